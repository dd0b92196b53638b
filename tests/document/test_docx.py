"""Every construct of real Word drafts that ready-made readers drop, double or misplace."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from linter.document import docxseen
from linter.document.archive import Archive
from linter.document.docx import read_docx
from linter.document.docxfields import MAX_OPEN_FIELDS
from linter.document.docxstyles import MAX_LINEAGE, Styles
from linter.document.docxwalk import MAX_LINK
from linter.document.model import Cell, Document, Link, Paragraph, Picture, Table, Unreadable

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, styles: str = "", numbering: str = "", links: dict[str, str] | None = None) -> bytes:
    relations = [f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>']
    relations.append(f'<Relationship Id="n" Type="{OFFICE}/numbering" Target="/word/numbering.xml"/>')
    for name, target in (links or {}).items():
        outside = f'Target="{escape(target)}" TargetMode="External"'
        relations.append(f'<Relationship Id="{name}" Type="{OFFICE}/hyperlink" {outside}/>')
    relationships = f'<Relationships xmlns="{PACKAGE}">{"".join(relations)}</Relationships>'
    return packed(
        {
            "word/document.xml": f"<w:document {NS}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/styles.xml": f"<w:styles {NS}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {NS}>{numbering}</w:numbering>",
            "word/_rels/document.xml.rels": relationships,
        }
    )


def read_bytes(data: bytes) -> Document:
    return read_docx(Archive(data))


def read(body: str, styles: str = "", numbering: str = "", links: dict[str, str] | None = None) -> Document:
    return read_bytes(docx(body, styles, numbering, links))


def p(content: str = "", properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    paragraphs = content if content.startswith("<w:") else p(r(content) if content else "")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


def wide(twips: int, kind: str = "dxa") -> str:
    return f'<w:tcW w:w="{twips}" w:type="{kind}"/>'


def begin(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(table: Table) -> list[list[str | None]]:
    """Each position's text; a position covered by a cell that begins elsewhere shows "〃"."""
    rows: list[list[str | None]] = []
    for row in range(table.row_count):
        rows.append([])
        for column in range(table.column_count):
            cell = table.slots.get((row, column))
            here = cell is not None and (cell.row, cell.column) == (row, column)
            rows[-1].append(cell.text if cell and here else "〃" if cell else None)
    return rows


# --- Runs and paragraphs


def test_a_word_cut_into_runs_is_one_text() -> None:
    assert texts(
        read(p(r("20") + '<w:proofErr w:type="x"/>' + r("23") + "<w:bookmarkStart/>" + r("年")))
    ) == ["2023年"]


def test_empty_paragraphs_are_no_blocks_but_are_counted() -> None:
    first, second = read(p(r("甲")) + p() + p(r(" ")) + p(r("乙"))).blocks
    assert (first.location.paragraph, second.location.paragraph) == (1, 4)


def test_breaks_tabs_and_special_hyphens() -> None:
    run = (
        "<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:cr/>"
        + r("3")[5:-6]
    )
    block = read(p(f"<w:r>{run}</w:r>")).blocks[0]
    assert isinstance(block, Paragraph)
    assert block.text == "甲乙\t1-2 3"
    assert [line.text for line in block.lines] == ["甲", "乙\t1-2", "3"]


def test_numbers_on_two_lines_never_run_together() -> None:
    assert texts(read(p(r("电话 5044") + "<w:r><w:br/></w:r>" + r("5045")))) == ["电话 5044 5045"]


def test_a_page_break_adds_no_text() -> None:
    assert texts(
        read(p('<w:r><w:br w:type="page"/></w:r>' + r("一、")) + p('<w:r><w:br w:type="page"/></w:r>'))
    ) == ["一、"]


def test_blanks_of_a_pretty_printed_file_are_not_text() -> None:
    assert texts(read("<w:p>\n <w:r>\n  <w:t>\n   甲\n  </w:t>\n </w:r>\n " + r("乙 ") + "</w:p>")) == [
        "甲乙"
    ]


@pytest.mark.parametrize(
    ("font", "char", "expected"),
    [
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "F081", "①"),
        ("Symbol", "F033", "3"),
        ("宋体", "2460", "①"),
        ("Wingdings", "F033", "\ufffd"),
        ("Unknown", "F033", "\ufffd"),
    ],
)
def test_symbols(font: str, char: str, expected: str) -> None:
    assert texts(read(p(f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'))) == [expected]


def test_a_formula_keeps_its_characters_and_a_fraction_its_stroke() -> None:
    fraction = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert texts(read(p(r("占") + f"<m:oMath>{fraction}</m:oMath>"))) == ["占1/2"]


def test_of_phonetic_guides_only_the_base_is_read() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('zhong')}</w:rt><w:rubyBase>{r('中')}</w:rubyBase></w:ruby></w:r>"
    assert texts(read(p(ruby + r("宁")))) == ["中宁"]


# --- Style hints

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="单位一级"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="o"><w:name w:val="条"/>'
    '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="secret"><w:name w:val="s"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="hide"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="hide2"><w:name w:val="h2"/><w:basedOn w:val="hide"/></w:style>'
    '<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("properties", "role"),
    [
        (style("1"), "heading1"),
        (style("own"), "heading1"),
        (style("T"), "title"),
        (style("o"), "heading3"),
        ('<w:outlineLvl w:val="1"/>', "heading2"),
        (style("1") + '<w:outlineLvl w:val="9"/>', ""),
        ("", ""),
        (style("missing"), ""),
    ],
)
def test_the_role_of_a_paragraph(properties: str, role: str) -> None:
    block = read(p(r("甲"), properties), STYLES).blocks[0]
    assert isinstance(block, Paragraph)
    assert block.style == role


@pytest.mark.parametrize(
    ("content", "properties", "bold"),
    [
        (r("甲", "<w:b/>") + r(" ") + r("乙", "<w:b/>"), "", True),
        (r("甲", "<w:b/>") + r("乙"), "", False),
        (r("甲", '<w:b w:val="0"/>'), style("1"), False),
        (r("甲"), style("1"), True),
        (r("甲", '<w:rStyle w:val="strong"/>'), "", True),
        (r("甲", '<w:rStyle w:val="strong"/>'), style("1"), False),  # styles toggle each other
    ],
)
def test_bold(content: str, properties: str, bold: bool) -> None:
    block = read(p(content, properties), STYLES).blocks[0]
    assert isinstance(block, Paragraph)
    assert block.bold is bold


def test_centered_directly_or_by_style() -> None:
    blocks = read(p(r("甲"), '<w:jc w:val="center"/>') + p(r("乙"), style("own")) + p(r("丙")), STYLES).blocks
    assert [isinstance(block, Paragraph) and block.centered for block in blocks] == [True, True, False]


# --- Automatic numbers

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="H1"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H2"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%4"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
)
LIST_STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1b"><w:name w:val="x"/><w:basedOn w:val="H1"/></w:style>'
)


def item(level: int, number: int = 5) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_an_automatic_number_stands_in_front_of_the_text() -> None:
    document = read(p(r("总体情况"), item(0)) + p(r("公开"), item(1)) + p(r("问题"), item(0)), "", NUMBERING)
    assert texts(document) == ["一、总体情况", "（一）公开", "二、问题"]
    assert [b.number for b in document.blocks if isinstance(b, Paragraph)] == ["一、", "（一）", "二、"]


def test_a_number_and_a_figure_after_it_do_not_run_together() -> None:
    body = p(r("2023 年"), item(2)) + p(r("属于"), item(2)) + p(r("5 件"), item(3))
    assert texts(read(body, "", NUMBERING)) == ["1. 2023 年", "2.属于", "1 5 件"]


def test_numbers_linked_to_styles() -> None:
    body = p(r("甲"), style("H1")) + p(r("乙"), style("H2")) + p(r("丙"), style("H1b"))
    assert texts(read(body, LIST_STYLES, NUMBERING)) == ["一、甲", "（一）乙", "二、丙"]


def test_list_zero_takes_a_styles_number_away() -> None:
    body = p(r("甲"), style("H1") + item(0, 0)) + p(r("乙"), style("H1"))
    assert texts(read(body, LIST_STYLES, NUMBERING)) == ["甲", "一、乙"]


def test_a_deleted_paragraph_is_not_counted() -> None:
    gone = p("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", item(0) + "<w:rPr><w:del/></w:rPr>")
    assert texts(read(gone + p(r("新"), item(0)), "", NUMBERING)) == ["一、新"]


def test_numbers_in_table_cells() -> None:
    body = tbl(
        *(tr(tc(p(r(text), item(2))), tc("0")) for text in ("属于国家秘密", "其他")), widths=(500, 500)
    )
    assert grid(tables(read(body, "", NUMBERING))[0]) == [["1.属于国家秘密", "0"], ["2.其他", "0"]]


def test_an_unknown_number_format_is_noted() -> None:
    numbering = NUMBERING.replace("chineseCountingThousand", "koreanLegal")
    document = read(p(r("甲"), item(0)), "", numbering)
    assert texts(document) == ["1、甲"]
    assert any("koreanLegal" in note for note in document.notes)


# --- Tracked changes and hidden text


def test_tracked_changes_are_read_as_accepted_and_reported() -> None:
    body = p(
        r("甲")
        + f"<w:ins>{r('加')}</w:ins>"
        + "<w:del><w:r><w:delText>减</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{r('原处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo>"
    )
    document = read(body)
    assert texts(document) == ["甲加新处"]
    assert document.notes == (
        "文中有尚未处理的修订（插入 1 处、删除 1 处、移动 2 处），已按全部接受修订后的内容检查",
    )


def test_text_that_others_put_in_w_t_inside_a_deletion_is_dropped() -> None:
    assert texts(read(p(r("甲") + f"<w:del>{r('减')}</w:del>"))) == ["甲"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = p(r("前半"), "<w:rPr><w:del/></w:rPr>") + p(r("后半"), '<w:jc w:val="center"/>')
    document = read(body)
    assert texts(document) == ["前半后半"]
    assert "删除 1 处" in document.notes[0]


def test_a_deleted_paragraph_mark_before_a_table_loses_no_text() -> None:
    document = read(p(r("前半"), "<w:rPr><w:del/></w:rPr>") + tbl(tr(tc("1"), tc("2"))) + p(r("后")))
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table", "Paragraph"]


def test_rows_and_cells_tracked_as_deleted_or_inserted() -> None:
    body = tbl(
        tr(tc("甲"), tc("1")),
        tr(tc("旧"), tc("9"), properties="<w:del/>"),
        tr(tc("新"), tc("2"), properties="<w:ins/>"),
        widths=(500, 500),
    )
    document = read(body)
    assert grid(tables(document)[0]) == [["甲", "1"], ["新", "2"]]
    assert "插入 1 处、删除 1 处" in document.notes[0]


def test_a_column_tracked_as_deleted_disappears_without_shifting_others() -> None:
    body = tbl(
        tr(tc("合", span(3)), tc("总")),
        tr(tc("甲"), tc("旧", "<w:cellDel/>"), tc("乙"), tc("丙")),
        tr(tc("1"), tc("9", "<w:cellDel/>"), tc("2"), tc("3")),
        widths=(500, 500, 500, 500),
    )
    assert grid(tables(read(body))[0]) == [["合", "〃", "总"], ["甲", "乙", "丙"], ["1", "2", "3"]]


@pytest.mark.parametrize(
    ("content", "properties"),
    [
        (r("见") + r("藏", "<w:vanish/>"), ""),
        (r("见") + r("藏", '<w:rStyle w:val="hide"/>'), ""),
        (r("见") + r("藏", '<w:rStyle w:val="hide2"/>'), ""),
        (r("藏") + r("见", '<w:vanish w:val="0"/>'), style("secret")),
    ],
)
def test_hidden_text_is_left_out_and_noted(content: str, properties: str) -> None:
    document = read(p(content, properties), STYLES)
    assert texts(document) == ["见"]
    assert document.notes == ("文中有 1 处隐藏文字，未计入检查",)


def test_vanish_switched_off_hides_nothing() -> None:
    document = read(p(r("见", '<w:vanish w:val="false"/>')))
    assert (texts(document), document.notes) == (["见"], ())


# --- Wrappers and fields


def test_content_controls_block_inline_row_and_cell() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    body = control(p(r("块"))) + p(r("行") + control(r("内")))
    body += tbl(
        control(tr(tc("1"), control(tc("2")))), tr(tc("3"), tc(control(p(r("4"))))), widths=(500, 500)
    )
    document = read(body)
    assert texts(document) == ["块", "行内"]
    assert grid(tables(document)[0]) == [["1", "2"], ["3", "4"]]


def test_smart_tags_and_custom_xml() -> None:
    inner = f"<w:smartTag><w:smartTagPr/><w:smartTag>{r('2023')}</w:smartTag>{r('年')}</w:smartTag>"
    assert texts(read(p(f"<w:customXml>{inner}</w:customXml>"))) == ["2023年"]


def test_hyperlinks_of_relationships() -> None:
    body = p(r("见 ") + f'<w:hyperlink r:id="x">{r("http://a.")}{r("gov.cn")}</w:hyperlink>')
    document = read(body, links={"x": "http://b.gov.cn/?a=1&b=2"})
    assert texts(document) == ["见 http://a.gov.cn"]
    assert [(link.text, link.target, link.location.paragraph) for link in document.links] == [
        ("http://a.gov.cn", "http://b.gov.cn/?a=1&b=2", 1)
    ]


def test_a_link_inside_a_table_cell_knows_its_cell() -> None:
    body = tbl(tr(tc("甲"), tc(p(f'<w:hyperlink r:id="x">{r("网")}</w:hyperlink>'))))
    link: Link = read(body, links={"x": "http://a.cn"}).links[0]
    assert (link.location.table, link.location.row, link.location.cell) == (1, 1, 2)


@pytest.mark.parametrize(
    ("code", "target"),
    [
        (' HYPERLINK "http://b.cn/x" \\o "提示" ', "http://b.cn/x"),
        ("HYPERLINK http://b.cn", "http://b.cn"),
        ('HYPERLINK \\l "_Toc1"', None),
        (" PAGE ", None),
    ],
)
def test_fields_keep_their_result_and_drop_their_code(code: str, target: str | None) -> None:
    for body in (
        p(r("甲") + begin(code) + r("乙") + END + r("丙")),
        p(
            r("甲")
            + f'<w:fldSimple w:instr="{escape(code, {chr(34): "&quot;"})}">{r("乙")}</w:fldSimple>'
            + r("丙")
        ),
    ):
        document = read(body)
        assert texts(document) == ["甲乙丙"]
        assert [(link.text, link.target) for link in document.links] == ([("乙", target)] if target else [])


def test_fields_inside_a_fields_code_are_code() -> None:
    nested = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + begin("MERGEFIELD a") + r("码") + END
    nested += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("果") + END
    assert texts(read(p(nested))) == ["果"]


def test_a_field_that_is_never_closed_swallows_nothing_of_later_paragraphs() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert texts(read(p(broken) + p(r("甲")))) == ["甲"]
    assert texts(read(p(begin("TOC") + r("甲")) + p(r("乙")))) == ["甲", "乙"]


def test_circled_characters_made_by_a_field() -> None:
    code = "<w:r><w:instrText>eq \\o\\ac(○,3)</w:instrText></w:r>"
    field = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}{END}'
    assert texts(read(p(field + r("项")))) == ["③项"]


def test_an_automatic_table_of_contents_is_left_out_and_noted() -> None:
    entries = (
        p(begin('TOC \\o "1-3"') + r("一、甲\t1"))
        + p(r("二、乙\t") + begin("PAGEREF x") + r("2") + END)
        + p(END)
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p(r('目录'))}{entries}</w:sdtContent></w:sdt>"
    )
    for contents in (entries, control):
        document = read(p(r("题")) + contents + p(r("一、甲")))
        assert texts(document) == ["题", "一、甲"]
        assert document.notes == ("文中有 1 处自动目录，未作为正文检查",)


def test_comments_are_noted_and_not_read() -> None:
    document = read(p(r("甲") + '<w:r><w:commentReference w:id="0"/></w:r>'))
    assert (texts(document), document.notes) == (["甲"], ("文中有 1 处批注，批注内容未计入检查",))


# --- Drawings


def box(content: str) -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"


def drawing(inner: str, description: str = "") -> str:
    return (
        f'<w:drawing><wp:anchor><wp:docPr id="1" name="x" descr="{description}"/>'
        f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def test_a_text_box_is_read_once_after_its_anchor() -> None:
    content = p(r("框一")) + p(r("框二"))
    fallback = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    alternative = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing(box(content))}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read(p(r("前") + alternative + r("后")) + p(r("末")))) == ["前后", "框一", "框二", "末"]
    assert texts(read(p(f"<w:r>{fallback}</w:r>"))) == ["框一", "框二"]


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    body = tbl(tr(tc("甲"), tc(p(f"<w:r>{drawing(box(p(r('7'))))}</w:r>"))))
    assert grid(tables(read(body))[0]) == [["甲", "7"]]


def test_only_a_fallback_is_read_too() -> None:
    only = f"<mc:AlternateContent><mc:Fallback>{r('甲')}</mc:Fallback></mc:AlternateContent>"
    assert texts(read(p(only))) == ["甲"]


def test_alternatives_around_runs_and_blocks_are_taken_once() -> None:
    def alternative(choice: str, fallback: str) -> str:
        return (
            f'<mc:AlternateContent><mc:Choice Requires="w14">{choice}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )

    body = alternative(p(r("块")), p(r("旧块"))) + p(alternative(r("行"), r("旧行")))
    assert texts(read(body)) == ["块", "行"]


def test_pictures_with_their_description() -> None:
    document = read(p(f"<w:r>{drawing('<a:blip/>', '机关分布图')}</w:r>"))
    assert [block.alt for block in document.blocks if isinstance(block, Picture)] == ["机关分布图"]


def test_word_art_is_text() -> None:
    assert texts(
        read(p('<w:r><w:pict><v:shape><v:textpath string="年度报告"/></v:shape></w:pict></w:r>'))
    ) == ["年度报告"]


def test_an_embedded_sheet_is_a_picture_and_noted() -> None:
    sheet = '<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
    document = read(p(f"<w:r>{sheet}</w:r>"))
    assert [type(block).__name__ for block in document.blocks] == ["Picture"]
    assert "嵌入对象" in document.notes[0]


def test_a_cell_with_only_a_picture_is_not_blank() -> None:
    document = read(tbl(tr(tc("甲"), tc(p(f"<w:r>{drawing('<a:blip/>')}</w:r>")))))
    assert grid(tables(document)[0]) == [["甲", "[图片]"]]
    assert "只有图片" in document.notes[0]


# --- Tables


def test_grid_span_and_v_merge() -> None:
    body = tbl(
        tr(tc("甲", span(2) + DOWN), tc("乙")),
        tr(tc("", span(2) + ON), tc("丙")),
        tr(tc("1"), tc("2"), tc("3")),
        widths=(500, 500, 500),
    )
    table = tables(read(body))[0]
    assert grid(table) == [["甲", "〃", "乙"], ["〃", "〃", "丙"], ["1", "2", "3"]]
    assert table.cells[0] == Cell(0, 0, "甲", 2, 2, table.cells[0].location)


def test_the_place_of_a_cell() -> None:
    body = p(r("x")) + tbl(tr(tc("0"), tc("0"))) + tbl(tr(tc("甲", DOWN), tc("1")), tr(tc("", ON), tc("2")))
    cell = tables(read(body))[1].cells[-1]
    assert (cell.location.table, cell.location.row, cell.location.cell) == (2, 2, 2)


def test_neighbouring_merges_that_restart_stay_apart() -> None:
    body = tbl(
        tr(tc("甲", DOWN), tc("1")),
        tr(tc("", ON), tc("2")),
        tr(tc("乙", DOWN), tc("3")),
        tr(tc("", ON), tc("4")),
    )
    assert grid(tables(read(body))[0]) == [["甲", "1"], ["〃", "2"], ["乙", "3"], ["〃", "4"]]


def test_a_continued_merge_without_an_origin_is_a_cell_of_its_own() -> None:
    body = tbl(tr(tc("5", ON), tc("1")), tr(tc("甲"), tc("2")))
    assert grid(tables(read(body))[0]) == [["5", "1"], ["甲", "2"]]


def test_a_merge_that_begins_in_a_deleted_row_keeps_its_cells() -> None:
    body = tbl(
        tr(tc("旧", DOWN), tc("1"), properties="<w:del/>"), tr(tc("", ON), tc("2")), tr(tc("", ON), tc("3"))
    )
    assert grid(tables(read(body))[0]) == [["", "2"], ["〃", "3"]]


def test_text_covered_by_a_merge_is_noted() -> None:
    document = read(tbl(tr(tc("甲", DOWN), tc("1")), tr(tc("盖", ON), tc("2"))))
    assert grid(tables(document)[0]) == [["甲", "1"], ["〃", "2"]]
    assert "遮住" in document.notes[0]


def test_legacy_h_merge() -> None:
    start, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    body = tbl(
        tr(tc("甲", start), tc("", on), tc("乙")), tr(tc("1"), tc("2"), tc("3")), widths=(500, 500, 500)
    )
    assert grid(tables(read(body))[0]) == [["甲", "〃", "乙"], ["1", "2", "3"]]


def test_grid_before_and_grid_after() -> None:
    before, after = '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="1"/>'
    body = tbl(
        tr(tc("1"), tc("2"), tc("3")),
        tr(tc("乙"), tc("丙"), properties=before),
        tr(tc("甲"), tc("乙"), properties=after),
        widths=(500, 500, 500),
    )
    assert grid(tables(read(body))[0]) == [["1", "2", "3"], [None, "乙", "丙"], ["甲", "乙", None]]


def test_rows_without_grid_spans_are_placed_by_their_widths() -> None:
    body = tbl(
        tr(tc("全", wide(4000))),
        tr(tc("甲", wide(1000)), tc("乙", wide(3000))),
        *(tr(*(tc(str(n), wide(1000)) for n in range(4))) for _ in range(3)),
        widths=(1000, 1000, 1000, 1000),
    )
    assert grid(tables(read(body))[0])[:3] == [
        ["全", "〃", "〃", "〃"],
        ["甲", "乙", "〃", "〃"],
        ["0", "1", "2", "3"],
    ]


def test_widths_that_differ_a_little_or_are_shares_still_meet_the_grid() -> None:
    body = tbl(
        tr(tc("甲", wide(1010)), tc("乙", wide(2965))),
        tr(tc("丙", wide(2500, "pct")), tc("丁", wide(2500, "pct"))),
        *(tr(*(tc(str(n), wide(1000)) for n in range(4))) for _ in range(3)),
        widths=(1000, 1000, 1000, 1000),
    )
    assert grid(tables(read(body))[0])[:2] == [["甲", "乙", "〃", "〃"], ["丙", "〃", "丁", "〃"]]


def test_most_rows_decide_what_the_grid_is_when_the_table_states_another() -> None:
    body = tbl(
        tr(tc("全", span(2))),
        *(tr(*(tc(str(n), wide(1000)) for n in range(4))) for _ in range(3)),
        widths=(2000, 2000),
    )
    assert grid(tables(read(body))[0])[1:] == [["0", "1", "2", "3"]] * 3


def test_former_properties_of_a_cell_count_for_nothing() -> None:
    former = f'<w:tcPrChange w:id="1" w:author="x"><w:tcPr>{span(2)}{ON}</w:tcPr></w:tcPrChange>'
    body = tbl(tr(tc("1", former), tc("2")), tr(tc("3"), tc("4")))
    assert grid(tables(read(body))[0]) == [["1", "2"], ["3", "4"]]


def test_a_row_with_edges_of_its_own_gets_columns_of_its_own() -> None:
    body = tbl(
        *(tr(tc("1", wide(2000)), tc("2", wide(2000))) for _ in range(3)),
        tr(tc("a", wide(1000)), tc("b", wide(2000)), tc("c", wide(1000))),
        widths=(2000, 2000),
    )
    assert grid(tables(read(body))[0])[2:] == [["1", "〃", "2", "〃"], ["a", "b", "〃", "c"]]


def test_a_short_row_without_widths_leaves_its_end_empty() -> None:
    body = tbl(tr(tc("1"), tc("2"), tc("3")), tr(tc("a"), tc("b")), widths=(500, 500, 500))
    assert grid(tables(read(body))[0])[1] == ["a", "b", None]


def test_a_span_past_the_edge_of_the_table_ends_there() -> None:
    body = tbl(tr(tc("甲", span(90))), tr(tc("1"), tc("2")), tr(tc("3"), tc("4")), widths=(500, 500))
    assert grid(tables(read(body))[0]) == [["甲", "〃"], ["1", "2"], ["3", "4"]]


def test_one_twip_columns_of_libreoffice_disappear() -> None:
    body = tbl(
        tr(tc("合", span(4))),
        tr(tc("1"), tc("2", span(2)), tc("3")),
        tr(tc("4"), tc("5"), tc("6", span(2))),
        tr(tc("7"), tc("8"), tc(""), tc("9")),
        widths=(584, 583, 1, 584),
    )
    assert grid(tables(read(body))[0]) == [
        ["合", "〃", "〃"],
        ["1", "2", "3"],
        ["4", "5", "6"],
        ["7", "8", "9"],
    ]


def test_a_thin_column_with_text_stays_so_that_no_figures_join() -> None:
    body = tbl(tr(tc("7"), tc("8"), tc("9")), tr(tc("1"), tc("2"), tc("3")), widths=(584, 1, 584))
    assert grid(tables(read(body))[0]) == [["7", "8", "9"], ["1", "2", "3"]]


def test_unknown_widths_drop_nothing() -> None:
    body = tbl(tr(tc("1"), tc(""), tc("3")), tr(tc("4"), tc(""), tc("6")), widths=(0, 0, 0))
    assert tables(read(body))[0].column_count == 3


def test_paragraphs_of_a_cell_are_lines() -> None:
    assert grid(tables(read(tbl(tr(tc(p(r("自")) + p(r("然")) + p(r("人"))), tc("1")))))[0]) == [
        ["自\n然\n人", "1"]
    ]


def test_a_hidden_row_is_left_out_and_noted() -> None:
    document = read(tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4"), properties="<w:hidden/>")))
    assert grid(tables(document)[0]) == [["1", "2"]]
    assert "隐藏" in document.notes[0]


INNER = tbl(tr(tc("甲"), tc("乙"), tc("丙")), tr(tc("1"), tc("2"), tc("3")), tr(tc("4"), tc("5"), tc("6")))


def test_a_table_that_only_frames_another_disappears() -> None:
    for frame in (tbl(tr(tc(INNER + p()))), tbl(tr(tc(""), tc(INNER + p()), tc("")))):
        document = read(p(r("前")) + frame + p(r("后")))
        assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table", "Paragraph"]
        assert grid(tables(document)[0])[1] == ["1", "2", "3"]
        assert tables(document)[0].location.table == 1


def test_a_one_column_layout_is_read_in_order() -> None:
    document = read(tbl(tr(tc("标题")), tr(tc(p(r("正文")) + INNER + p())), tr(tc("尾"))))
    assert [b.text if isinstance(b, Paragraph) else "表" for b in document.blocks] == [
        "标题",
        "正文",
        "表",
        "尾",
    ]


def test_a_small_table_in_a_cell_is_text_of_the_cell() -> None:
    body = tbl(tr(tc("甲"), tc(p(r("注")) + tbl(tr(tc("1"), tc("2"))) + p())), tr(tc("乙"), tc("0")))
    assert grid(tables(read(body))[0]) == [["甲", "注\n1\t2"], ["乙", "0"]]


def test_a_large_table_among_other_cells_follows_as_a_table() -> None:
    document = read(tbl(tr(tc("甲"), tc(INNER + p())), tr(tc("乙"), tc("0"))))
    assert [grid(table) for table in tables(document)] == [
        [["甲", ""], ["乙", "0"]],
        [["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]],
    ]


# --- The package


def test_the_title_of_the_properties_only_where_there_is_one() -> None:
    def core(title: str) -> bytes:
        names = 'xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        xml = f"<c:coreProperties {names}><dc:title>{title}</dc:title></c:coreProperties>"
        return packed(
            {"word/document.xml": f"<w:document {NS}><w:body/></w:document>", "docProps/core.xml": xml}
        )

    assert read_bytes(core(" 年报 ")).metadata == {"title": "年报"}
    assert read_bytes(core(" ")).metadata == {}


def test_a_main_part_of_another_name() -> None:
    relation = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/word/document2.xml"/>'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>',
        "word/document2.xml": f"<w:document {NS}><w:body>{p(r('甲'))}</w:body></w:document>",
    }
    assert texts(read_bytes(packed(parts))) == ["甲"]


def test_the_strict_form() -> None:
    strict = f"<w:document {NS}><w:body>{p(r('甲'))}</w:body></w:document>".replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert texts(read_bytes(packed({"word/document.xml": strict}))) == ["甲"]


def test_headers_and_footnotes_are_no_blocks() -> None:
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {NS}><w:body>{p(r('甲'))}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {NS}>{p(r('页眉'))}</w:hdr>",
        "word/footnotes.xml": f"<w:footnotes {NS}>{p(r('脚注'))}</w:footnotes>",
    }
    assert texts(read_bytes(packed(parts))) == ["甲"]


def test_a_zip_without_a_document_is_unreadable() -> None:
    with pytest.raises(Unreadable, match=r"word/document\.xml"):
        read_bytes(packed({"a.txt": "x"}))


def test_a_truncated_file_is_unreadable() -> None:
    data = docx(p(r("甲" * 5000)))
    for end in (0, 10, len(data) // 2, len(data) - 30):
        with pytest.raises(Unreadable):
            read_bytes(data[:end])


@pytest.mark.parametrize("document", ["<w:document", "", "<a/>", f"<w:document {NS}/>"])
def test_a_broken_document_part_is_unreadable(document: str) -> None:
    with pytest.raises(Unreadable):
        read_bytes(packed({"word/document.xml": document}))


def test_external_entities_are_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>'
    body = f"{entity}<w:document {NS}><w:body>{p('<w:r><w:t>&e;</w:t></w:r>')}</w:body></w:document>"
    with pytest.raises(Unreadable, match="DTD"):
        read_bytes(packed({"word/document.xml": body}))


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(Unreadable, match="压缩炸弹"):
        read_bytes(packed({"word/document.xml": b" " * 30_000_000}))


@pytest.mark.parametrize("depth", [100, 240, 900, 3000])
def test_extreme_nesting_is_read_or_refused_but_never_crashes(depth: int) -> None:
    body = "<w:sdt><w:sdtContent>" * depth + p(r("甲")) + "</w:sdtContent></w:sdt>" * depth
    try:
        assert texts(read(body)) == ["甲"]
    except Unreadable:
        assert depth > 100


# --- Properties


@st.composite
def partitions(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """(rows, columns, cells): a grid cut into merged cells (row, column, row span, column span)."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(2, 7))
    taken: set[tuple[int, int]] = set()
    cells: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = draw(st.integers(1, 3))
            while column + width > columns or any((row, column + k) in taken for k in range(width)):
                width -= 1
            height = min(draw(st.integers(1, 3)), rows - row)
            covered = {(row + i, column + k) for i in range(height) for k in range(width)}
            taken |= covered
            cells.append((row, column, height, width))
    return rows, columns, cells


def written(
    rows: int, columns: int, cells: list[tuple[int, int, int, int]], width: int, properties: str = ""
) -> str:
    at = {(row + i, column): (row, column, h, w) for row, column, h, w in cells for i in range(h)}
    lines = []
    for row in range(rows):
        line = ""
        for column in range(columns):
            if (row, column) not in at:
                continue
            top, _, height, count = at[row, column]
            merge = "" if height == 1 else DOWN if top == row else ON
            line += tc(f"{row}-{column}" if top == row else "", wide(width * count) + span(count) + merge)
        lines.append(tr(line, properties=properties))
    return tbl(*lines, widths=(width,) * columns)


@settings(max_examples=60, deadline=None)
@given(partitions(), st.sampled_from([0, 400, 1200]), st.sampled_from(["", '<w:gridAfter w:val="0"/>']))
def test_any_grid_of_merged_cells_reads_back_as_it_was_written(
    partition: tuple[int, int, list[tuple[int, int, int, int]]], width: int, properties: str
) -> None:
    rows, columns, cells = partition
    if len(cells) == 1:
        return  # a table of one cell is a frame
    table = tables(read(written(rows, columns, cells, width, properties)))[0]
    assert (table.row_count, table.column_count) == (rows, columns)
    assert [(c.row, c.column, c.row_span, c.column_span) for c in table.cells] == sorted(cells)
    assert [c.text for c in table.cells] == [f"{row}-{column}" for row, column, _, _ in sorted(cells)]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2000))
def test_damage_anywhere_is_read_or_unreadable(noise: bytes, at: int) -> None:
    data = docx(p(r("甲"), item(0)) + INNER, STYLES, NUMBERING)
    at %= len(data)
    try:
        read_bytes(data[:at] + noise + data[at + len(noise) :])
    except Unreadable as error:
        assert "\n" not in str(error)


# --- Real producers


def test_the_blank_form_of_2021() -> None:
    path = SAMPLES / "form-2021-blank.docx"
    if not path.exists():
        pytest.skip("../shared/samples is not there")
    document = read_bytes(path.read_bytes())
    found = tables(document)
    assert [(table.row_count, table.column_count) for table in found] == [(14, 4), (28, 10), (4, 15)]
    assert all(
        set(table.slots) == {(r, c) for r in range(table.row_count) for c in range(table.column_count)}
        for table in found
    )
    disclosure, applications, disputes = found
    assert sum(not cell.text for cell in disclosure.cells) == 10
    assert sum(not cell.text for cell in applications.cells) == 175
    assert sum(not cell.text for cell in disputes.cells) == 15
    assert document.notes == ()


HTML = """<html><head><meta charset="utf-8"></head><body><h1>年度报告</h1>
<table border="1"><tr><td colspan="3" rowspan="2">行</td><td colspan="2">申请人</td></tr>
<tr><td>自然人</td><td>总计</td></tr>
<tr><td rowspan="3">三</td><td colspan="2">（一）公开</td><td>1</td><td>2</td></tr>
<tr><td rowspan="2">（三）</td><td>1.甲</td><td></td><td>4</td></tr>
<tr><td>2.乙</td><td>5</td><td>6</td></tr></table>
<table border="1"><tr><td colspan="5">复议</td><td colspan="10">诉讼</td></tr>
<tr>{figures}</tr></table></body></html>""".format(figures="".join(f"<td>{n}</td>" for n in range(15)))


def test_tables_converted_by_libreoffice(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (tmp_path / "a.html").write_text(HTML, encoding="utf-8")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--infilter=HTML (StarWriter)",
        "--convert-to",
        "docx",
        "a.html",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    applications, disputes = tables(read_bytes((tmp_path / "a.docx").read_bytes()))
    assert grid(applications) == [
        ["行", "〃", "〃", "申请人", "〃"],
        ["〃", "〃", "〃", "自然人", "总计"],
        ["三", "（一）公开", "〃", "1", "2"],
        ["〃", "（三）", "1.甲", "", "4"],
        ["〃", "〃", "2.乙", "5", "6"],
    ]
    assert grid(disputes)[1] == [str(number) for number in range(15)]
    assert grid(disputes)[0] == ["复议", *["〃"] * 4, "诉讼", *["〃"] * 9]


# --- Bounds: a crafted file of 2 MB must not cost minutes or gigabytes


def test_more_paragraphs_or_cells_than_any_report_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docxseen, "MAX_PLACES", 30)
    assert len(texts(read(p(r("甲")) * 30))) == 30
    assert tables(read(tbl(tr(*[tc(p())] * 29))))
    for body in (
        "<w:p/>" * 31,
        tbl(tr(*["<w:tc/>"] * 31)),
        tbl(*["<w:tr/>"] * 31),
        tbl(tr(tc(tbl(*[tr(tc(p(r("甲"))))] * 16)))),
        p(f"<w:r>{drawing(box('<w:p/>' * 31))}</w:r>"),
    ):
        with pytest.raises(Unreadable, match="超过"):
            read(body)


def test_a_grid_larger_than_its_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docxseen, "MAX_SLOTS", 1000)
    assert tables(read(tbl(*[tr(tc(p(r("甲")), span(200)))] * 5)))
    with pytest.raises(Unreadable, match="巨大"):
        read(tbl(*[tr(tc(p(r("甲")), span(200)))] * 6))


def test_the_bounds_leave_room_for_fifty_times_a_long_report() -> None:
    assert docxseen.MAX_PLACES >= 50 * 2_000
    assert docxseen.MAX_SLOTS >= 50 * 500


def test_of_nested_fields_and_links_only_so_much_is_kept() -> None:
    opened = begin('HYPERLINK "http://a.cn"') * 200
    document = read(f"<w:p>{opened}{r('甲' * 5000)}{END * 200}</w:p>")
    assert texts(document) == ["甲" * 5000]
    assert len(document.links) == MAX_OPEN_FIELDS
    assert {len(link.text) for link in document.links} == {MAX_LINK}


def test_a_chain_of_styles_keeps_a_short_lineage_and_a_circle_ends() -> None:
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{i + 1}"/></w:style>'
        for i in range(200)
    )
    root = etree.fromstring(f"<w:styles {NS}>{chain}</w:styles>")
    assert len(Styles(root).named("s0").lineage) == MAX_LINEAGE
    circle = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    assert Styles(etree.fromstring(f"<w:styles {NS}>{circle}</w:styles>")).named("a").bold
