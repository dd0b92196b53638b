"""LibreOffice and our reader of .doc files: its files are read exactly, and it is asked for the oldest."""

from __future__ import annotations

import io
import os
import stat
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from made_doc import par, word_file, word_streams

from examples.generator import make_layout, make_report, to_docx
from examples.generator.ole import compound_file
from examples.generator.pdf import Absent, converted, soffice, writable_as_doc
from linter.document import office
from linter.document.model import Document, Paragraph, Picture, Table, Unreadable
from linter.document.registry import read_document

FORM = Path(__file__).resolve().parents[3] / "shared" / "samples" / "form-2021-blank.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
try:
    soffice()
    HAS_OFFICE = True
except Absent:
    HAS_OFFICE = False
with_office = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")


def grids(document: Document) -> list[dict[tuple[int, int], tuple[str, int, int]]]:
    """The tables' cells by place, columns counted where a cell begins: others a .doc file cannot have."""
    found = []
    for block in document.blocks:
        if isinstance(block, Table):
            begun = sorted({cell.column for cell in block.cells} | {block.column_count})
            found.append(
                {
                    (cell.row, begun.index(cell.column)): (
                        cell.text,
                        cell.row_span,
                        begun.index(cell.column + cell.column_span) - begun.index(cell.column),
                    )
                    for cell in block.cells
                }
            )
    return found


def paragraphs(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(b.text, b.number, b.style, b.centered) for b in document.blocks if isinstance(b, Paragraph)]


@with_office
def test_generated_reports_are_read_as_their_word_files_are() -> None:
    sources = {}
    for seed in range(24):
        layout = writable_as_doc(make_layout(seed))
        # LibreOffice writes blank cells where a row begins later than the others.
        layout = replace(layout, extras=layout.extras - {"grid-before"})
        sources[f"{seed}"] = to_docx(make_report(seed, "2021" if seed % 2 else "2019"), layout)
    for name, data in converted(sources, "docx", "doc").items():
        ours, truth = read_document(data, "a.doc"), read_document(sources[name], "a.docx")
        assert ours.reader == "doc"
        assert grids(ours) == grids(truth), name
        assert paragraphs(ours) == paragraphs(truth), name
        assert [link[:2] for link in ours.links] == [link[:2] for link in truth.links], name


def filled(form: bytes) -> tuple[bytes, int]:
    """The form with a figure in every blank cell, counted from 1, and how many there are."""
    count = 0
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                for cell in root.iter(W + "tc"):
                    merge = cell.find(f"{W}tcPr/{W}vMerge")
                    covered = merge is not None and merge.get(W + "val") != "restart"
                    if covered or "".join(str(piece) for piece in cell.itertext()).strip():
                        continue
                    count += 1
                    paragraph = cell.find(W + "p")
                    assert paragraph is not None
                    etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = str(count)
                data = etree.tostring(root)
            new.writestr(name, data)
    return result.getvalue(), count


@with_office
@pytest.mark.skipif(not FORM.exists(), reason="../shared/samples is not there")
def test_the_blank_form_and_the_filled_one() -> None:
    form, count = filled(FORM.read_bytes())
    made = converted({"blank": FORM.read_bytes(), "filled": form}, "docx", "doc")
    blank, full = read_document(made["blank"], "a.doc"), read_document(made["filled"], "a.doc")
    found = [block for block in blank.blocks if isinstance(block, Table)]
    assert [(table.row_count, table.column_count) for table in found] == [(14, 4), (28, 10), (4, 15)]
    assert all(
        set(table.slots) == {(r, c) for r in range(table.row_count) for c in range(table.column_count)}
        for table in found
    )
    assert [sum(not cell.text for cell in table.cells) for table in found] == [10, 175, 15]
    assert grids(blank) == grids(read_document(FORM.read_bytes(), "a.docx"))
    assert grids(full) == grids(read_document(form, "a.docx"))
    figures = []
    for empty, block in zip(found, [b for b in full.blocks if isinstance(b, Table)], strict=True):
        figures += [
            now.text for was, now in zip(empty.cells, block.cells, strict=True) if was.text != now.text
        ]
    assert figures == [str(number) for number in range(1, count + 1)]


PROBE = f"""<w:document xmlns:w="{W[1:-1]}"><w:body>
<w:p><w:r><w:t>收到</w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t>三</w:t></w:r></w:ins>
<w:del w:id="2" w:author="a"><w:r><w:delText>四</w:delText></w:r></w:del><w:r><w:t>件</w:t></w:r>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r></w:p>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>
<w:tr><w:tc><w:tcPr><w:tcW w:w="3000"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>
<w:tr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl><w:p/></w:tc>
<w:tc><w:tcPr><w:tcW w:w="3000"/></w:tcPr><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl><w:p><w:r><w:t>完</w:t></w:r></w:p><w:sectPr/></w:body></w:document>"""


@with_office
def test_conversion_keeps_tracked_deletions_and_we_leave_them_out() -> None:
    package = io.BytesIO()
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r" Type="http://schemas.openxmlformats.org'
            '/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", PROBE)
    document = read_document(converted({"probe": package.getvalue()}, "docx", "doc")["probe"], "a.doc")
    assert [text for text, *_ in paragraphs(document)] == ["收到三件", "完"]
    assert grids(document) == [{(0, 0): ("甲\n乙\t1", 1, 1), (0, 1): ("2", 1, 1)}]
    assert any("修订" in note for note in document.notes)
    assert any("隐藏" in note for note in document.notes)
    assert not any(isinstance(block, Picture) for block in document.blocks)


# --- Word 6 and 95


def word_95() -> bytes:
    """A file as these have it, by its marks: an old number, no table stream."""
    return compound_file({"WordDocument": word_streams([par("正文")], version=104)["WordDocument"]})


def fake_office(folder: Path, script: str) -> None:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_word_95_without_libreoffice_names_the_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match=r"LibreOffice.*另存为 \.docx"):
        read_document(word_95(), "报告.doc")


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for LibreOffice")
def test_word_95_is_converted_and_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(to_docx(make_report(1, "2021"), make_layout(3)))
    fake_office(tmp_path, f"mkdir out; cp {made} out/report.docx; pwd > {tmp_path}/at")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    document = read_document(word_95(), "报告.doc")
    assert document.reader == "doc"
    assert "LibreOffice" in document.notes[0]
    assert not Path((tmp_path / "at").read_text().strip()).exists()


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for LibreOffice")
@pytest.mark.parametrize(("script", "word"), [("exit 1", "未能转换"), ("sleep 30", "中止")])
def test_a_conversion_that_fails_or_hangs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, word: str
) -> None:
    fake_office(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(office, "SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(Unreadable, match=word):
        read_document(word_95(), "报告.doc")
    assert time.monotonic() - started < 10


def test_a_file_with_a_password_is_never_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "read_converted", lambda data: pytest.fail("handed on"))
    streams = word_streams([par("正文")], version=104, flags=0x0100)
    with pytest.raises(Unreadable, match="密码"):
        read_document(compound_file({"WordDocument": streams["WordDocument"]}), "报告.doc")


@with_office
def test_the_real_libreoffice_converts() -> None:
    document = office.read_converted(word_file([par("正文"), par("收到3件")]))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["正文", "收到3件"]
