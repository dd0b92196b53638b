"""Comments in a Word draft stand at the places of the findings, and nothing else of the file changes."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from mending import NAMESPACE, TYPES, W, comments_in, faulty, judged, part, reader_of, word_file

from examples.generator import make_layout, to_docx
from examples.generator.pdf import Absent, converted, soffice
from linter.checks.outcome import Fix, Judgement
from linter.document.model import Document, Location, Paragraph, Table
from linter.document.registry import read_document
from linter.mend.annotate import annotate_docx, without_annotations
from linter.mend.docxcomments import with_comments
from linter.mend.docxfixes import with_fixes
from linter.mend.fix import fixed
from linter.mend.notes import Note, Part, notes_of
from linter.mend.repack import repacked
from linter.render.extract_json import render_report
from linter.report.model import Report, State

FORM = Path(__file__).resolve().parents[3] / "shared" / "samples" / "form-2021-blank.docx"
try:
    soffice()
    HAS_OFFICE = True
except Absent:
    HAS_OFFICE = False
with_office = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")


def note(location: Location, excerpt: str = "", word: str = "") -> Note:
    return Note("error", "gongkai-lint 错误", location, (Part("", "说明 <b>&\x01"),), excerpt, word)


def shown(document: Document) -> list[str]:
    """The text of every paragraph and cell with its place."""
    return [
        f"{block.location} {block.text}"
        if isinstance(block, Paragraph)
        else "\n".join(f"{cell.row} {cell.column} {cell.row_span} {cell.text}" for cell in block.cells)
        for block in document.blocks
        if isinstance(block, Paragraph | Table)
    ]


def texts_at(report: Report) -> dict[Location, str]:
    found: dict[Location, str] = {}
    for block in report.document.blocks:
        if isinstance(block, Paragraph):
            found[block.location] = block.text
        elif isinstance(block, Table):
            found |= {cell.location: cell.text for cell in block.cells}
    return found


def solid(text: str) -> str:
    return "".join(text.split())


def expected_anchors(report: Report, judgement: Judgement) -> list[tuple[str, str]]:
    """The message of each note with the text of its place, without blanks."""
    texts = texts_at(report)
    return [(solid(note.text), solid(texts.get(note.location, ""))) for note in notes_of(report, judgement)]


@pytest.mark.parametrize("seed", range(24))
def test_every_comment_stands_at_its_finding_and_the_document_reads_the_same(seed: int) -> None:
    data = to_docx(faulty(seed, "2021" if seed % 2 else "2019"), make_layout(seed))
    report, judgement = judged(data)
    annotated = annotate_docx(data, report, judgement)
    again = read_document(annotated, "draft.docx")
    assert shown(again) == shown(report.document)
    comments = comments_in(annotated)
    wanted = expected_anchors(report, judgement)
    assert len(comments) == len(wanted)
    assert len({comment.id for comment in comments}) == len(comments)
    assert all(comment.author.startswith("gongkai-lint ") for comment in comments)
    at = {solid(comment.text): solid(comment.anchor) for comment in comments}
    for message, place in wanted:
        # An automatic number is part of what is read, not of what is written; the note on words in a text
        # box stands at the paragraph that holds it.
        assert place.endswith(at[message]) or place in at[message]


@pytest.mark.parametrize("seed", range(0, 24, 3))
def test_annotating_again_replaces_our_comments_and_cutting_them_off_leaves_none(seed: int) -> None:
    data = to_docx(faulty(seed, "2021" if seed % 2 else "2019"), make_layout(seed))
    report, judgement = judged(data)
    annotated = annotate_docx(data, report, judgement)
    assert annotate_docx(annotated, report, judgement) == annotated
    bare = without_annotations(annotated)
    assert comments_in(bare) == []
    assert shown(read_document(bare, "draft.docx")) == shown(report.document)


def test_other_parts_keep_their_very_bytes_as_packed() -> None:
    data = to_docx(faulty(3, "2021"), make_layout(3))
    annotated = annotate_docx(data, *judged(data))
    changed = {
        "word/document.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
    }
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(annotated)) as after:
        assert after.testzip() is None
        for entry in before.infolist():
            if entry.filename not in changed:
                kept = after.getinfo(entry.filename)
                assert (kept.CRC, kept.date_time, kept.compress_size) == (
                    entry.CRC,
                    entry.date_time,
                    entry.compress_size,
                )


def test_the_main_document_only_gains_marks() -> None:
    data = to_docx(faulty(5, "2021"), make_layout(5))
    annotated = part(annotate_docx(data, *judged(data)), "word/document.xml")
    marks = rb'<w:commentRange(?:Start|End) w:id="\d+"/>|<w:r><w:commentReference w:id="\d+"/></w:r>'
    left = re.sub(marks, b"", annotated)
    # Where a comment is on one sentence, its run is parted; nothing else is new.
    left = re.sub(
        rb'</w:t></w:r><w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">', b"", left
    )
    whole = re.sub(
        rb'</w:t></w:r><w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">',
        b"",
        part(data, "word/document.xml"),
    )
    assert left == whole


def test_a_comment_on_prose_marks_its_sentence_alone() -> None:
    text = "全年公开信息 10 条。其中 &amp; 网站 8 条。其余略。"
    body = f"<w:p><w:pPr/><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
    annotated = with_comments(
        word_file(body), [note(Location(paragraph=1), "公开信息 10 条。其中 & 网站 8 条", "网站 8 条")]
    )
    assert [comment.marked for comment in comments_in(annotated)] == ["其中 & 网站 8 条。"]
    xml = part(annotated, "word/document.xml").decode()
    assert xml.count("<w:rPr><w:b/></w:rPr>") == 3
    assert read_document(annotated, "a.docx").blocks == read_document(word_file(body), "a.docx").blocks


@pytest.mark.parametrize(
    "body",
    [
        "<w:p/><w:p><w:r><w:t>一</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:jc w:val='center'/></w:pPr></w:p><w:p><w:r><w:t>一</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>一</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:ins w:id='1' w:author='甲'><w:r><w:t>一</w:t></w:r></w:ins><w:del w:id='2' w:author='甲'>"
        "<w:r><w:delText>二</w:delText></w:r></w:del></w:p>",
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>一</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "</w:r></w:p>",
    ],
    ids=[
        "empty paragraph",
        "properties alone",
        "empty cell",
        "content control",
        "tracked change",
        "text box",
    ],
)
def test_odd_paragraphs_take_comments_and_read_the_same(body: str) -> None:
    data = word_file(body)
    before = read_document(data, "a.docx")
    places = [Location(paragraph=1), Location(table=1, row=1, cell=1), Location(table=9), Location()]
    annotated = with_comments(data, [note(place, "一") for place in places])
    assert read_document(annotated, "a.docx").blocks == before.blocks
    assert len(comments_in(annotated)) == len(places)
    xml = part(annotated, "word/document.xml")
    for comment in comments_in(annotated):
        number = comment.id.encode()
        start, end = (
            xml.index(b'<w:commentRange%s w:id="%s"/>' % (name, number)) for name in (b"Start", b"End")
        )
        assert start < end
    # Word takes no comment inside a text box.
    assert not re.search(rb"<w:txbxContent>.*commentReference.*</w:txbxContent>", xml)


def test_what_is_small_enough_to_be_read_is_small_enough_to_be_noted_and_fixed() -> None:
    drawn = random.Random(1)
    long = "".join(
        f"<w:p w:rsidR='{drawn.getrandbits(4000):x}'><w:r><w:t>文</w:t></w:r></w:p>" for _ in range(4000)
    )
    data = word_file("<w:p><w:r><w:t>一、概述</w:t></w:r></w:p>" + long)
    assert len(read_document(data, "a.docx").blocks) == 4001
    here = Location(paragraph=1)
    assert len(comments_in(with_comments(data, [note(here)]))) == 1
    assert with_fixes(data, [Fix(here, "概述", "总体情况")]) != data


def test_comments_of_other_people_are_kept_and_their_numbers_not_used() -> None:
    body = (
        '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>正文。</w:t></w:r><w:commentRangeEnd w:id="7"/>'
        '<w:r><w:commentReference w:id="7"/></w:r></w:p>'
    )
    kept = '<w:comment w:id="7" w:author="王主任"><w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment>'
    office = "http://schemas.openxmlformats.org"
    relationships = (
        f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>'
    )
    parts = {
        "word/comments.xml": f'<w:comments xmlns:w="{NAMESPACE}">{kept}</w:comments>',
        "word/_rels/document.xml.rels": relationships,
    }
    data = word_file(body, parts)
    once = with_comments(data, [note(Location(paragraph=1))])
    twice = with_comments(once, [note(Location(paragraph=1)), note(Location(paragraph=1))])
    for annotated, ids in ((once, ["7", "8"]), (twice, ["7", "8", "9"])):
        assert sorted(comment.id for comment in comments_in(annotated)) == ids
        assert kept.encode() in part(annotated, "word/comments.xml")
    assert with_comments(twice, [])  # ours alone go
    assert [comment.author for comment in comments_in(with_comments(twice, []))] == ["王主任"]


def test_a_document_with_another_prefix_gets_marks_that_declare_their_own() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "word/document.xml",
            f'<x:document xmlns:x="{NAMESPACE}"><x:body><x:p><x:r><x:t>正文。</x:t></x:r></x:p></x:body>'
            "</x:document>",
        )
    annotated = with_comments(out.getvalue(), [note(Location(paragraph=1))])
    assert [comment.marked for comment in comments_in(annotated)] == ["正文。"]


def test_a_strict_document_gets_comments_in_its_own_namespace() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>正文。</w:t></w:r></w:p></w:body>'
            "</w:document>",
        )
    annotated = with_comments(out.getvalue(), [note(Location(paragraph=1))])
    assert NAMESPACE.encode() not in part(annotated, "word/comments.xml")
    assert strict.encode() in part(annotated, "word/comments.xml")
    relationships = part(annotated, "word/_rels/document.xml.rels")
    assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in relationships
    assert with_comments(annotated, [note(Location(paragraph=1))]) == annotated


def test_what_is_missing_is_noted_at_the_nearest_place() -> None:
    truth = faulty(2, "2019", 0)
    from examples.generator import with_defects

    missing, _ = with_defects(truth, 2, ["missing-section", "missing-table"])
    data = to_docx(missing, make_layout(2))
    report, judgement = judged(data)
    codes = {finding.name for finding in judgement.findings}
    assert {"missing-section", "missing-table"} & codes
    assert all(comment.anchor for comment in comments_in(annotate_docx(data, report, judgement)))


@with_office
@pytest.mark.parametrize("seed", [3, 4])
def test_libreoffice_finds_every_comment_at_its_place_and_the_same_text(seed: int, tmp_path: Path) -> None:
    data = to_docx(faulty(seed, "2021" if seed % 2 else "2019"), make_layout(seed))
    _office_agrees(data, tmp_path)


@with_office
def test_the_printed_pages_are_the_same_with_comments() -> None:
    data = to_docx(faulty(3, "2021"), make_layout(3))
    printed = converted({"plain": data, "noted": annotate_docx(data, *judged(data))}, "docx", "pdf")
    plain, noted = (read_document(printed[name], f"{name}.pdf") for name in ("plain", "noted"))
    assert noted.blocks == plain.blocks


@with_office
@pytest.mark.skipif(not FORM.exists(), reason="the official form is not in ../shared/samples")
def test_the_official_form_goes_the_same_way(tmp_path: Path) -> None:
    _office_agrees(FORM.read_bytes(), tmp_path)


@with_office
@pytest.mark.skipif(not FORM.exists(), reason="the official form is not in ../shared/samples")
def test_the_filled_form_of_an_organ_is_annotated_fixed_and_read_the_same(tmp_path: Path) -> None:
    data = filled_form(FORM.read_bytes())
    _office_agrees(data, tmp_path)
    before, judgement = judged(data)
    assert {cell.state for table in before.tables.values() for cell in table.cells.values()} == {State.NUMBER}
    noted = annotate_docx(data, before, judgement)
    assert annotate_docx(without_annotations(noted), *judged(without_annotations(noted))) == noted
    for file in (data, noted):
        once = fixed(file, reader_of("form.docx"))
        assert "概述" not in {section.title for section in once.report.sections}
        assert "０" not in {
            cell.text for table in once.report.tables.values() for cell in table.cells.values()
        }
        assert fixed(once.data, reader_of("form.docx")).data == once.data
        assert extracted(once.report) == extracted(before)
        assert len(comments_in(once.data)) == len(comments_in(file))


def filled_form(form: bytes) -> bytes:
    """The official form with an organ, figures written in full-width digits, and a wrong heading."""
    root = etree.fromstring(part(form, "word/document.xml"))
    body = root[0]
    heading = next(text for text in root.iter(W + "t") if text.text == "一、总体情况")
    heading.text = "一、概述"
    before = next(block for block in body if heading in block.iter(W + "t"))
    for text in ("青川县水务局2022年政府信息公开工作年度报告", "统计期限自2022年1月1日起至12月31日止。"):
        paragraph = etree.Element(W + "p")
        etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = text
        before.addprevious(paragraph)
    number = 0
    for cell in root.iter(W + "tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        covered = merge is not None and merge.get(W + "val") != "restart"
        empty = cell.find(W + "p")
        if covered or empty is None or "".join(map(str, cell.itertext())).strip():
            continue
        number += 1
        run = etree.SubElement(empty, W + "r")
        etree.SubElement(run, W + "t").text = "０１２３４５６７８９"[number % 10] + (
            "" if number % 3 else "２"
        )
    return repacked(form, {"word/document.xml": etree.tostring(root)})


def extracted(report: Report) -> object:
    """What `extract` says of the figures, without the wording and place of a cell."""
    said = json.loads(render_report(report))
    return [_bare(said[key]) for key in ("tables", "facts", "year", "period")]


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in ("text", "location")}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def saved_by_office(documents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The documents as LibreOffice writes them after it has opened them."""
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [soffice(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "docx", "--outdir", str(folder / "out")]
    files = [str(folder / f"{name}.docx") for name in documents]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return {name: (folder / "out" / f"{name}.docx").read_bytes() for name in documents}


def _office_agrees(data: bytes, tmp_path: Path) -> None:
    annotated = annotate_docx(data, *judged(data))
    ours = comments_in(annotated)
    assert ours
    saved = saved_by_office({"plain": data, "noted": annotated}, tmp_path)
    theirs = {solid(comment.text): comment for comment in comments_in(saved["noted"])}
    assert len(theirs) == len({solid(comment.text) for comment in ours})
    for comment in ours:
        found = theirs[solid(comment.text)]
        assert (found.author, solid(found.anchor)) == (comment.author, solid(comment.anchor))
    plain, noted = (read_document(saved[name], "a.docx") for name in ("plain", "noted"))
    assert shown(noted) == shown(plain)
