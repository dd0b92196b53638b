# ruff: noqa: E501
"""The pitfalls of drafts in Word, each by its name: what the walk must see, skip, or say."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from test_docx import (
    DOWN,
    NS,
    ON,
    W,
    box,
    drawing,
    grid,
    p,
    packed,
    r,
    read,
    read_bytes,
    span,
    tables,
    tbl,
    tc,
    texts,
    tr,
)

from benchmarks.compare import Score, compare
from benchmarks.corpus import made
from examples.generator.docx import to_docx
from linter.document.model import Picture
from linter.document.registry import read_document
from linter.report.read import read_report

NAME = f"{{{W}}}".__add__


# --- §4: what the probe file of formats.md holds


def test_automatic_number() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert texts(read(p(r("总体情况"), listed) + p(r("其他事项"), listed), numbering=numbering)) == [
        "一、总体情况",
        "二、其他事项",
    ]


def test_tracked_insertion_and_deletion_in_a_cell() -> None:
    changed = (
        '<w:del w:id="1"><w:r><w:delText>3</w:delText></w:r></w:del><w:ins w:id="2">' + r("4") + "</w:ins>"
    )
    document = read(tbl(tr(tc("新收"), tc(p(r("1") + changed)))))
    assert grid(tables(document)[0]) == [["新收", "14"]]
    assert any("修订" in note for note in document.notes)


def test_moved_text_is_read_where_it_went() -> None:
    document = read(
        p(f'<w:moveFrom w:id="1">{r("甲")}</w:moveFrom>')
        + p(r("乙"))
        + p(f'<w:moveTo w:id="1">{r("甲")}</w:moveTo>')
    )
    assert texts(document) == ["乙", "甲"]


def test_content_control_block_inline_row_and_cell() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = control(p(r("块"))) + p(control(r("行内"))) + tbl(control(tr(tc("a"), control(tc("1")))))
    document = read(body)
    assert texts(document) == ["块", "行内"]
    assert grid(tables(document)[0]) == [["a", "1"]]


def test_a_place_holder_of_a_content_control_is_text_as_shown() -> None:
    shown = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + r("单击此处输入")
        + "</w:sdtContent></w:sdt>"
    )
    assert texts(read(p(shown))) == ["单击此处输入"]


def test_smart_tag() -> None:
    assert texts(
        read(p(r("截至") + f'<w:smartTag w:element="date">{r("2023年")}</w:smartTag>' + r("底")))
    ) == ["截至2023年底"]


def test_text_box_of_word_and_of_wps_once() -> None:
    wps = f"<w:r>{drawing(box(p(r('框'))))}</w:r>"
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(r('框'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    both = f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{drawing(box(p(r('框'))))}</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{p(r('框'))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    for body in (wps, old, both):
        assert texts(read(p(body))) == ["框"]


def test_a_table_in_a_text_box_is_a_table() -> None:
    document = read(p(f"<w:r>{drawing(box(tbl(tr(tc('a'), tc('1')))))}</w:r>"))
    assert grid(tables(document)[0]) == [["a", "1"]]


def test_nested_table() -> None:
    document = read(tbl(tr(tc(tbl(*(tr(tc("a"), tc("1"), tc("2")) for _ in range(4))) + p()))))
    assert [len(table.cells) for table in tables(document)] == [12]


def test_hidden_run() -> None:
    document = read(p(r("甲") + r("乙", "<w:vanish/>")))
    assert texts(document) == ["甲"]
    assert any("隐藏" in note for note in document.notes)


def test_hyperlink_and_field_results() -> None:
    field = f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>'
    assert texts(read(p(r("第") + field + r("页")))) == ["第3页"]


def test_runs_cut_a_year() -> None:
    assert texts(read(p(r("20") + r("23") + r("年")))) == ["2023年"]


# --- the list of issue 4


def test_comments_are_said_and_not_read() -> None:
    marks = (
        '<w:commentRangeStart w:id="0"/>'
        + r("甲")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    document = read(p(marks))
    assert texts(document) == ["甲"]
    assert any("批注" in note for note in document.notes)


@pytest.mark.parametrize("tag", ["footnoteReference", "endnoteReference"])
def test_footnotes_are_said_and_not_read(tag: str) -> None:
    mark = f'<w:r><w:{tag} w:id="2"/></w:r>'
    document = read(p(r("甲") + mark) + tbl(tr(tc("a"), tc(p(r("12") + mark)))))
    assert texts(document) == ["甲"]
    assert grid(tables(document)[0]) == [["a", "12"]]
    assert any("2 处脚注" in note for note in document.notes)


def test_headers_and_footers_are_no_text() -> None:
    sections = '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>'
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {NS}><w:body>{p(r('甲'))}{sections}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {NS}>{p(r('页眉'))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NS}>{p(r('— 3 —'))}</w:ftr>",
    }
    assert texts(read_bytes(packed(parts))) == ["甲"]


ROWS = (["类别", "自然人", "总计"], ["新收", "3", "3"], ["上年结转", "", "0"])


def test_a_table_drawn_with_tabs_is_a_table() -> None:
    def line(cells: list[str]) -> str:
        return p("<w:r><w:tab/></w:r>".join(r(cell) for cell in cells))

    document = read(p(r("前")) + "".join(map(line, ROWS)) + p(r("后")))
    (table,) = tables(document)
    assert grid(table) == list(ROWS)
    assert table.source == "tabs"
    assert texts(document) == ["前", "后"]
    assert [block.location.paragraph for block in document.blocks if not isinstance(block, Picture)][-1] == 5


def test_lines_with_a_tab_here_and_there_are_no_table() -> None:
    lines = ["联系人：张三\t电话：1", "地址：甲路\t邮编：2", "一、总体情况\t1", "二、其他\t2"]
    assert (
        tables(
            read(
                "".join(
                    p(r(line.split("\t")[0]) + "<w:r><w:tab/></w:r>" + r(line.split("\t")[1]))
                    for line in lines
                )
            )
        )
        == []
    )


def test_a_table_drawn_with_tabs_in_unequal_rows_stays_text() -> None:
    def line(cells: list[str]) -> str:
        return p("<w:r><w:tab/></w:r>".join(r(cell) for cell in cells))

    assert tables(read("".join(map(line, [*ROWS, ["其他", "1"]])))) == []


def test_merged_cells_tblgrid_absent() -> None:
    body = tbl(tr(tc("a", DOWN), tc("b", span(2))), tr(tc("", ON), tc("1"), tc("2"))).replace(
        "<w:tblGrid></w:tblGrid>", ""
    )
    assert grid(tables(read(body))[0]) == [["a", "b", "〃"], ["〃", "1", "2"]]


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_docm_and_dotx(kind: str) -> None:
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    data = packed(
        {
            "[Content_Types].xml": types,
            "word/document.xml": f"<w:document {NS}><w:body>{p(r('甲'))}</w:body></w:document>",
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        }
    )
    assert texts(read_document(data)) == ["甲"]


def test_a_table_pasted_as_a_picture_is_a_picture() -> None:
    document = read(p(r("二、")) + p(f"<w:r>{drawing('<a:blip/>')}</w:r>"))
    assert any(isinstance(block, Picture) for block in document.blocks)


# --- whole reports, their tables made as people make them

Change = Callable[[Any], None]


def changed(data: bytes, change: Change) -> bytes:
    """A Word file with its document part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                change(root)
                part = etree.tostring(root)
            after.writestr(name, part)
    return out.getvalue()


def scores(change: Change, count: int = 6) -> Score:
    total = Score()
    for index in range(count):
        truth, layout, _ = made(index)
        document = read_document(changed(to_docx(truth, layout), change), "a.docx")
        total.add(compare(truth, read_report(document, "a.docx"), str(index)))
    return total


def in_halves(gap: int, *, head: bool) -> Change:
    """Every table parted in two, `gap` empty paragraphs between them, its first row repeated or not."""

    def change(root: Any) -> None:
        for table in list(root.iter(NAME("tbl"))):
            second = copy.deepcopy(table)
            rows = list(second.iterchildren(NAME("tr")))
            middle = len(rows) // 2
            if middle < 2:
                continue
            for row in list(table.iterchildren(NAME("tr")))[middle:]:
                table.remove(row)
            for row in rows[int(head) : middle]:
                second.remove(row)
            for merge in rows[middle].iter(NAME("vMerge")):
                merge.set(NAME("val"), "restart")
            for block in (second, *(etree.Element(NAME("p")) for _ in range(gap))):
                table.addnext(block)

    return change


@pytest.mark.parametrize("head", [False, True])
@pytest.mark.parametrize("gap", [0, 2])
def test_tables_split_by_hand_into_several(gap: int, head: bool) -> None:
    score = scores(in_halves(gap, head=head))
    assert (score.wrong, score.lost, score.states) == (0, 0, score.cells)


def without_borders(place: float) -> Change:
    """Cells merged downwards made single cells without lines between them, the text in one of them."""

    def change(root: Any) -> None:
        open_groups: dict[tuple[int, int], list[Any]] = {}
        for number, table in enumerate(root.iter(NAME("tbl"))):
            groups: list[list[Any]] = []
            for row in table.iterchildren(NAME("tr")):
                column = 0
                for cell in row.iterchildren(NAME("tc")):
                    merge = cell.find(f"{NAME('tcPr')}/{NAME('vMerge')}")
                    if merge is not None:
                        if merge.get(NAME("val")) == "restart":
                            open_groups[number, column] = []
                            groups.append(open_groups[number, column])
                        open_groups.setdefault((number, column), []).append(cell)
                        cell.find(NAME("tcPr")).remove(merge)
                        borders = etree.SubElement(cell.find(NAME("tcPr")), NAME("tcBorders"))
                        for side in ("top", "bottom"):
                            etree.SubElement(borders, NAME(side)).set(NAME("val"), "nil")
                    spans = cell.find(f"{NAME('tcPr')}/{NAME('gridSpan')}")
                    column += int(spans.get(NAME("val"))) if spans is not None else 1
            for group in groups:
                target = group[int(place * (len(group) - 1))]
                if target is not group[0]:
                    own = target.findall(NAME("p"))
                    for paragraph in group[0].findall(NAME("p")):
                        target.append(paragraph)
                    for paragraph in own:
                        group[0].append(paragraph)

    return change


@pytest.mark.parametrize("place", [0, 0.5, 1], ids=["above", "in the middle", "below"])
def test_merged_cells_made_with_blank_borders(place: float) -> None:
    score = scores(without_borders(place))
    assert (score.wrong, score.lost, score.states) == (0, 0, score.cells)


def test_no_grid_and_no_widths_as_some_wps_files() -> None:
    def change(root: Any) -> None:
        for element in list(root.iter(NAME("tblGrid"), NAME("tcW"), NAME("tblW"))):
            element.getparent().remove(element)

    score = scores(change)
    assert (score.wrong, score.lost, score.states) == (0, 0, score.cells)


def drawn_with(parting: str) -> Change:
    """Every table as paragraphs, cells parted by tabs or by blanks."""

    def change(root: Any) -> None:
        for table in list(root.iter(NAME("tbl"))):
            for row in table.iter(NAME("tr")):
                cells = []
                for cell in row.iter(NAME("tc")):
                    cells.append("".join(t.text or "" for t in cell.iter(NAME("t"))))
                paragraph = etree.Element(NAME("p"))
                run = etree.SubElement(paragraph, NAME("r"))
                for place, text in enumerate(cells):
                    if place and parting == "\t":
                        etree.SubElement(run, NAME("tab"))
                    shown = etree.SubElement(run, NAME("t"))
                    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                    shown.text = (parting if place and parting != "\t" else "") + text
                table.addprevious(paragraph)
            table.getparent().remove(table)

    return change


@pytest.mark.parametrize("parting", ["\t", "    "], ids=["tabs", "spaces"])
def test_tables_drawn_with_spaces_or_tabs_give_no_wrong_number(parting: str) -> None:
    score = scores(drawn_with(parting), 12)
    assert (score.wrong, score.missed) == (0, 0)
    assert score.right >= 0.85 * score.numbers


def test_the_whole_report_in_a_content_control() -> None:
    def change(root: Any) -> None:
        body = root.find(NAME("body"))
        control = etree.Element(NAME("sdt"))
        content = etree.SubElement(control, NAME("sdtContent"))
        for block in list(body):
            if block.tag != NAME("sectPr"):
                content.append(block)
        body.insert(0, control)

    score = scores(change)
    assert score.states == score.cells
