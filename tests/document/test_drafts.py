# ruff: noqa: E501
"""Word files as drafts are, through the whole linter: what a construct may and may not change in the verdict.

Each construct is worked into a whole report wherever people put it. The findings and open items must be those
of the plain report: of a faultless one, and of one with a wrong sum and a blank cell. What was left out is said.
"""

from __future__ import annotations

from typing import Any

import pytest
from drafts import (  # fmt: skip
    Change,
    changed,
    checked,
    copied,
    paragraphs,
    plain,
    run,
    runs_of,
    tag,
    text_of,
    value_cells,
    wrapped,
    xml,
)
from lxml import etree

from linter.document.model import Paragraph
from linter.report.model import State

FAULTS = ("", "changed-cell", "blank-cell")


def same_verdict(change: Change, note: str = "", **parts: str) -> None:
    """The change leaves findings and open items as they are; `note` is said, and nothing where it is ""."""
    named = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    for fault in FAULTS:
        outcome, expected = checked(changed(change, fault, named)), plain(fault)
        assert outcome.findings == expected.findings
        assert outcome.open == expected.open
        said = [line for line in outcome.document.notes if line not in expected.document.notes]
        assert [note in line for line in said] == ([True] if note else []), said


# --- comments


def test_comments_everywhere() -> None:
    def change(root: Any) -> None:
        for number, element in enumerate([*paragraphs(root), *value_cells(root)]):
            first, *_, last = runs_of(element) * 2
            first.addprevious(xml(f'<w:commentRangeStart w:id="{number}"/>'))
            last.addnext(xml(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
            last.addnext(xml(f'<w:commentRangeEnd w:id="{number}"/>'))

    body = f'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0"><w:p>{run("此数有误，应为999")}</w:p></w:comment></w:comments>'
    same_verdict(change, "批注", word__comments=body)


# --- tracked changes, read as accepted


def test_tracked_everything_inserted() -> None:
    def change(root: Any) -> None:
        for found in list(root.iter(tag("r"))):
            wrapped(found, '<w:ins w:id="1" w:author="a">', "</w:ins>")

    same_verdict(change, "修订")


def test_tracked_figures_replaced() -> None:
    def change(root: Any) -> None:
        for cell in value_cells(root):
            first = runs_of(cell)[0]
            first.addprevious(
                xml('<w:del w:id="2" w:author="a"><w:r><w:delText>999</w:delText></w:r></w:del>')
            )
            wrapped(first, '<w:ins w:id="1" w:author="a">', "</w:ins>")

    same_verdict(change, "修订")


def test_tracked_rows_of_an_older_version_deleted() -> None:
    def change(root: Any) -> None:
        for row in list(root.iter(tag("tr"))):
            if not any(True for _ in value_cells(row)) or row.find(f".//{tag('vMerge')}") is not None:
                continue
            old = copied(row)
            for found in list(old.iter(tag("r"))):
                text = found.find(tag("t"))
                if text is not None:
                    text.tag = tag("delText")
                wrapped(found, '<w:del w:id="4" w:author="a">', "</w:del>")
            properties = old.find(tag("trPr"))
            if properties is None:
                properties = etree.Element(tag("trPr"))
                old.insert(0, properties)
            properties.append(xml('<w:del w:id="3" w:author="a"/>'))
            row.addnext(old)

    same_verdict(change, "修订")


def test_tracked_sections_moved_from_elsewhere() -> None:
    def change(root: Any) -> None:
        body = root.find(tag("body"))
        for paragraph in paragraphs(root)[4:8]:
            old = copied(paragraph)
            for found in list(old.findall(tag("r"))):
                wrapped(found, '<w:moveFrom w:id="5" w:author="a">', "</w:moveFrom>")
            mark = xml('<w:pPr><w:rPr><w:moveFrom w:id="6" w:author="a"/></w:rPr></w:pPr>')
            former = old.find(tag("pPr"))
            if former is not None:
                old.remove(former)
            old.insert(0, mark)
            body.insert(0, old)
            for found in list(paragraph.findall(tag("r"))):
                wrapped(found, '<w:moveTo w:id="7" w:author="a">', "</w:moveTo>")

    same_verdict(change, "修订")


def test_tracked_changes_of_formats_alone_are_no_note() -> None:
    def change(root: Any) -> None:
        for found in root.iter(tag("r")):
            found.insert(0, xml('<w:rPr><w:b/><w:rPrChange w:id="1" w:author="a"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>'))  # fmt: skip

    same_verdict(change)


# --- headers and footers


def test_headers_and_footers_of_another_report() -> None:
    def change(root: Any) -> None:
        section = root.find(tag("body")).find(tag("sectPr"))
        section.insert(0, xml('<w:headerReference w:type="default" r:id="h"/>'))
        section.insert(0, xml('<w:footerReference w:type="default" r:id="f"/>'))

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    head = f"<w:hdr {space}><w:p>{run('别处机关2015年政府信息公开工作年度报告')}</w:p></w:hdr>"
    foot = f'<w:ftr {space}><w:p>{run("— ")}<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>{run(" —")}</w:p></w:ftr>'
    same_verdict(change, word__header1=head, word__footer1=foot)


# --- footnotes


def test_footnotes_at_figures_and_paragraphs() -> None:
    def change(root: Any) -> None:
        for number, element in enumerate([*paragraphs(root), *value_cells(root)]):
            runs_of(element)[-1].addnext(
                xml(
                    f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number + 2}"/></w:r>'
                )
            )

    note = f'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p>{run("含上年结转数量 12 件")}</w:p></w:footnote></w:footnotes>'
    same_verdict(change, "脚注", word__footnotes=note)


# --- text boxes


def wps_box(inner: str) -> str:
    """A text box as Word writes it, for new versions and for old ones."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def vml_box(inner: str) -> str:
    """A text box as WPS and old versions of Word write it."""
    return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


@pytest.mark.parametrize("box", [wps_box, vml_box], ids=["wps", "vml"])
@pytest.mark.parametrize("what", ["title", "paragraphs", "tables"])
def test_text_boxes_around(what: str, box: Any) -> None:
    def change(root: Any) -> None:
        body = root.find(tag("body"))
        found = paragraphs(root) if what != "tables" else body.findall(tag("tbl"))
        for element in found[:1] if what == "title" else found:
            # Where the box is written twice, so is what it holds.
            holder = xml("<w:p>" + box("<w:HERE/>") + "</w:p>")
            element.addprevious(holder)
            for here in list(holder.iter(tag("HERE"))):
                here.getparent().replace(here, copied(element))
            body.remove(element)

    same_verdict(change)


# --- content controls

CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"


@pytest.mark.parametrize("kind", ["<w:text/>", "<w:dropDownList/>", '<w:date w:fullDate="2015-01-01T00:00:00Z"/>', "<w:docPartObj/>"])  # fmt: skip
@pytest.mark.parametrize("name", ["p", "r", "tr", "tc", "tbl"])
def test_content_controls_around(name: str, kind: str) -> None:
    def change(root: Any) -> None:
        for element in list(root.iter(tag(name))):
            wrapped(element, CONTROL[0].format(kind), CONTROL[1])

    same_verdict(change)


# --- fields


def field(code: str, result: str) -> str:
    """A field with its code and the result that is shown."""
    marks = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return marks.format("begin") + instruction + marks.format("separate") + run(result) + marks.format("end")


@pytest.mark.parametrize(
    "code", ["=SUM(ABOVE)", "=SUM(LEFT) \\# 0", "REF x \\h", "FORMTEXT", "MERGEFIELD a", "DOCPROPERTY b"]
)
def test_fields_give_the_figures(code: str) -> None:
    def change(root: Any) -> None:
        for cell in value_cells(root):
            first = runs_of(cell)[0]
            made = xml(f"<w:p>{field(code, text_of(first))}</w:p>")
            for part in list(made):
                first.addprevious(part)
            first.getparent().remove(first)

    same_verdict(change)


@pytest.mark.parametrize("code", ["DATE \\@ yyyy年M月d日", "TIME", "FILLIN", "QUOTE"])
def test_fields_give_years_and_dates(code: str) -> None:
    def change(root: Any) -> None:
        for paragraph in paragraphs(root):
            for first in runs_of(paragraph):
                shown = text_of(first)
                if "年" not in shown:
                    continue
                made = xml(f"<w:p>{field(code, shown)}</w:p>")
                for part in list(made):
                    first.addprevious(part)
                first.getparent().remove(first)

    same_verdict(change)


def test_fields_of_page_numbers_are_no_text() -> None:
    def change(root: Any) -> None:
        for paragraph in paragraphs(root)[3::3]:
            paragraph.addnext(xml(f'<w:p><w:r><w:lastRenderedPageBreak/></w:r>{run("— ")}{field("PAGE", "3")}{run(" —")}</w:p>'))  # fmt: skip

    same_verdict(change)


def test_fields_hold_a_table_of_contents() -> None:
    def change(root: Any) -> None:
        begun = field("TOC \\o &quot;1-3&quot;", "一、总体情况\t1").replace(
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""
        )
        lines = "二、主动公开政府信息情况\t2", "三、收到和处理政府信息公开申请情况\t3"
        ends = "", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        at = paragraphs(root)[0]
        for text, end in reversed(list(zip(lines, ends, strict=True))):
            at.addnext(xml(f"<w:p>{run(text)}{end}</w:p>"))
        at.addnext(xml(f"<w:p>{begun}</w:p>"))

    same_verdict(change, "目录")


# --- smart tags


def test_smart_tags_around_years_and_figures() -> None:
    def change(root: Any) -> None:
        for found in list(root.iter(tag("r"))):
            wrapped(found, '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate"><w:smartTagPr><w:attr w:name="Year" w:val="1899"/></w:smartTagPr>', "</w:smartTag>")  # fmt: skip

    same_verdict(change)


# --- automatic numbers


def numbering(*levels: tuple[str, str]) -> str:
    """The part of automatic numbers: one list, its levels given as format and text."""
    made = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    return (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def with_numbers(root: Any) -> None:
    """The numbers of the six sections made automatic."""
    for paragraph in paragraphs(root):
        text = text_of(paragraph)
        if len(text) > 25 or text[1:2] != "、" or text[0] not in "一二三四五六":
            continue
        for part in paragraph.iter(tag("t")):
            if part.text and "、" in part.text:
                part.text = part.text.split("、", 1)[1]
                break
            part.text = ""
        properties = paragraph.find(tag("pPr"))
        if properties is None:
            properties = etree.Element(tag("pPr"))
            paragraph.insert(0, properties)
        for old in properties.findall(tag("numPr")):
            properties.remove(old)
        properties.append(xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'))


@pytest.mark.parametrize("form", ["chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting", "taiwaneseCountingThousand"])  # fmt: skip
def test_numbers_of_sections_made_automatic(form: str) -> None:
    same_verdict(with_numbers, word__numbering=numbering((form, "%1、"), ("decimal", "（%2）")))


@pytest.mark.parametrize(
    ("form", "text", "number"),
    [
        ("ideographTraditional", "%1、", "甲、"),
        ("decimalEnclosedCircle", "%1", "①"),
        ("decimalFullWidth", "%1．", "１．"),
        ("chineseLegalSimplified", "%1、", "壹、"),
        ("ideographZodiac", "%1、", "子、"),
        ("upperRoman", "%1. ", "I. "),
    ],
)
def test_numbers_of_another_kind_are_shown_as_word_shows_them(form: str, text: str, number: str) -> None:
    outcome = checked(changed(with_numbers, "", {"word/numbering.xml": numbering((form, text))}))
    headings = [b for b in outcome.document.blocks if isinstance(b, Paragraph) and b.number]
    assert headings[0].text.startswith(number)
    # The tables are found whatever numbers their sections have.
    tables = plain().report.tables
    assert {key: {place: cell.value for place, cell in table.cells.items()} for key, table in outcome.report.tables.items()} == {
        key: {place: cell.value for place, cell in table.cells.items()} for key, table in tables.items()
    }  # fmt: skip


# --- tables made otherwise


def test_landscape_sections_around_the_tables() -> None:
    def change(root: Any) -> None:
        for table in list(root.iter(tag("tbl"))):
            size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
            table.addprevious(xml('<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'))  # fmt: skip
            table.addnext(xml(f"<w:p><w:pPr><w:sectPr>{size}</w:sectPr></w:pPr></w:p>"))

    same_verdict(change)


@pytest.mark.parametrize("way", ["direction", "paragraphs", "breaks", "blanks"])
def test_vertical_text_in_the_labels(way: str) -> None:
    def change(root: Any) -> None:
        for cell in list(root.iter(tag("tc"))):
            text = text_of(cell)
            if not text or not 2 <= len(text) <= 8 or any(c.isdigit() for c in text):
                continue
            if way == "direction":
                properties = cell.find(tag("tcPr"))
                properties.append(xml('<w:textDirection w:val="tbRlV"/>'))
                continue
            first, *others = cell.findall(tag("p"))
            for old in [*others, *first.findall(tag("r"))]:
                old.getparent().remove(old)
            if way == "paragraphs":
                first.append(xml(run(text[0])))
                for character in reversed(text[1:]):
                    first.addnext(xml(f"<w:p>{run(character)}</w:p>"))
            else:
                parting = "<w:br/>" if way == "breaks" else '<w:t xml:space="preserve"> </w:t>'
                first.append(xml("<w:r>" + parting.join(f"<w:t>{c}</w:t>" for c in text) + "</w:r>"))

    same_verdict(change)


FRAME = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>{}<w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>'
TITLE_ROW = f"<w:tr><w:tc><w:p>{run('单位：件')}</w:p></w:tc></w:tr>"


@pytest.mark.parametrize("above", ["", TITLE_ROW], ids=["alone", "with a row above"])
def test_nested_tables_in_a_frame(above: str) -> None:
    def change(root: Any) -> None:
        for table in list(root.iter(tag("tbl"))):
            wrapped(table, FRAME.format(above), "<w:p/></w:tc></w:tr></w:tbl>")

    outcome = checked(changed(change))
    assert outcome.findings == plain().findings
    assert outcome.open == plain().open


def test_nested_tables_round_the_whole_report() -> None:
    def change(root: Any) -> None:
        body = root.find(tag("body"))
        frame = xml(FRAME.format("") + "</w:tc></w:tr></w:tbl>")
        cell = next(frame.iter(tag("tc")))
        for block in list(body):
            if block.tag != tag("sectPr"):
                cell.append(block)
        body.insert(0, frame)

    same_verdict(change)


def test_nested_tables_of_one_cell_each_for_a_figure() -> None:
    def change(root: Any) -> None:
        for cell in list(value_cells(root)):
            paragraph = cell.find(tag("p"))
            wrapped(paragraph, "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
            cell.append(xml("<w:p/>"))

    same_verdict(change)


@pytest.mark.parametrize("head", [False, True], ids=["", "header repeated"])
@pytest.mark.parametrize("between", ["", "<w:p/><w:p/>", "<w:p><w:r><w:br w:type='page'/></w:r></w:p>", f"<w:p>{run('续表')}</w:p>", f"<w:p>{run('（续上表）')}</w:p>"])  # fmt: skip
def test_tables_split_by_hand(between: str, head: bool) -> None:
    def change(root: Any) -> None:
        for table in list(root.iter(tag("tbl"))):
            rows = table.findall(tag("tr"))
            middle = len(rows) // 2
            if middle < 4:
                continue
            second = copied(table)
            copies = second.findall(tag("tr"))
            for row in rows[middle:]:
                table.remove(row)
            kept = 0
            while head and not any(True for _ in value_cells(copies[kept])):
                kept += 1
            for row in copies[kept:middle]:
                second.remove(row)
            for merge in copies[middle].iter(tag("vMerge")):
                merge.set(tag("val"), "restart")
            table.addnext(second)
            for block in reversed(list(xml(f"<w:body>{between}</w:body>"))):
                table.addnext(block)

    same_verdict(change)


def test_a_table_split_by_hand_into_one_for_review_and_one_for_lawsuits() -> None:
    def change(root: Any) -> None:
        table = list(root.iter(tag("tbl")))[2]
        second = copied(table)
        for one, kept in ((table, range(5)), (second, range(5, 15))):
            for row in one.findall(tag("tr")):
                column = 0
                for cell in row.findall(tag("tc")):
                    spans = cell.find(f"{tag('tcPr')}/{tag('gridSpan')}")
                    if column not in kept:
                        row.remove(cell)
                    column += int(spans.get(tag("val"))) if spans is not None else 1
            for number, grid_column in enumerate(one.find(tag("tblGrid")).findall(tag("gridCol"))):
                if number not in kept:
                    grid_column.getparent().remove(grid_column)
        table.addnext(second)
        table.addnext(xml("<w:p/>"))

    for fault in FAULTS:
        outcome, expected = checked(changed(change, fault)), plain(fault)
        assert outcome.findings - expected.findings == {}
        read = outcome.report.tables["disputes"].cells
        for place, cell in expected.report.tables["disputes"].cells.items():
            assert read[place].state == State.LOST or read[place].value == cell.value


def test_a_table_split_by_hand_within_merged_cells() -> None:
    """The lower half goes on with merged cells that no row of it begins."""

    def change(root: Any) -> None:
        table = list(root.iter(tag("tbl")))[1]
        rows = table.findall(tag("tr"))
        second = copied(table)
        copies = second.findall(tag("tr"))
        for row in rows[10:]:
            table.remove(row)
        for row in copies[:10]:
            second.remove(row)
        table.addnext(second)
        table.addnext(xml("<w:p/>"))

    same_verdict(change)


@pytest.mark.parametrize("border", ['w:val="nil"', 'w:val="none"', 'w:val="single" w:color="FFFFFF"'])
def test_merged_cells_made_with_borders_not_seen(border: str) -> None:
    def change(root: Any) -> None:
        for merge in list(root.iter(tag("vMerge"))):
            properties = merge.getparent()
            properties.remove(merge)
            properties.append(xml(f"<w:tcBorders><w:top {border}/><w:bottom {border}/></w:tcBorders>"))

    same_verdict(change)


PICTURE = '<w:p><w:r><w:drawing><wp:inline><wp:docPr descr=""/><a:graphic><a:graphicData><a:blip r:embed="i"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
VML_PICTURE = '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="i"/></v:shape></w:pict></w:r></w:p>'


@pytest.mark.parametrize("picture", [PICTURE, VML_PICTURE], ids=["drawing", "vml"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_table_pasted_as_a_picture_is_a_finding(number: int, picture: str) -> None:
    def change(root: Any) -> None:
        table = list(root.iter(tag("tbl")))[number]
        table.addprevious(xml(picture))
        table.getparent().remove(table)

    outcome = checked(changed(change))
    new = outcome.findings - plain().findings
    assert len(new) == 1, new
    assert "图片" in next(iter(new))[1]


@pytest.mark.parametrize("parting", ["\t", "    ", "\u3000\u3000"], ids=["tabs", "blanks", "wide blanks"])
def test_tables_drawn_with(parting: str) -> None:
    """No fault is invented: what cannot be placed is open."""

    def change(root: Any) -> None:
        for table in list(root.iter(tag("tbl"))):
            for row in table.iter(tag("tr")):
                texts = [text_of(cell) for cell in row.iter(tag("tc"))]
                table.addprevious(xml(f"<w:p>{run(parting.join(texts))}</w:p>"))
            table.getparent().remove(table)

    for fault in ("", "changed-cell"):
        outcome = checked(changed(change, fault))
        assert outcome.findings - plain(fault).findings == {}, outcome.findings - plain(fault).findings
