# ruff: noqa: E501
"""The HTML reader: fragments, full pages, Word-pasted markup, spans."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.document.html import read_html
from linter.document.model import Document, Paragraph, Picture, Table, Unreadable
from linter.document.registry import read_document

PASSAGES = [
    "一、总体情况",
    "云溪县水务局全年主动公开政府信息 120 条，其中通过门户网站公开 98 条，通过其他方式公开 22 条，内容准确及时。",
    "（一）主动公开。本局坚持应公开尽公开的原则，围绕水利工程、供水保障等重点领域公开信息，回应群众关切的问题。",
    "二、主动公开政府信息情况",
    "六、其他需要报告的事项",
    "本局本年度没有收取信息处理费，也没有其他需要报告的事项，特此说明，欢迎社会各界监督指导。",
]
TITLE = "云溪县水务局2023年政府信息公开工作年度报告"
GRID = (
    "<table><tr><th rowspan=2>类别</th><th colspan='2'>数量</th></tr><tr><td>本年</td><td>上年</td></tr>"
    + "".join(f"<tr><td>项目{n}</td><td>{n}</td><td>&nbsp;</td></tr>" for n in range(30))
    + "</table>"
)
CONTENT = (
    "".join(f"<p>　　{text}</p>" for text in PASSAGES[:4])
    + GRID
    + "".join(f"<p>{text}</p>" for text in PASSAGES[4:])
)


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.row(row)] for row in range(table.row_count)]


def only_table(html: str) -> Table:
    (table,) = tables(read_html(html))
    return table


OTHER_YEARS = "".join(
    f"<li><a href='/{year}.html'>云溪县水务局{year}年政府信息公开工作年度报告</a><span>[{year + 1}-01-20]</span></li>"
    for year in range(2015, 2023)
)
MENU = "".join(
    f"<li><a href='/{name}'>{name}</a></li>"
    for name in ("首页", "政务公开", "办事服务", "互动交流", "走进云溪")
)
FOOT = "<div class='foot'><p>版权所有：云溪县人民政府办公室</p><p>主办：云溪县人民政府办公室　网站标识码：0000000000</p><p>苏ICP备00000000号</p></div>"

MODERN_PAGE = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{TITLE}_云溪县人民政府</title>
<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2024-01-22 09:30">
<script>var years = "一、不可见";</script><style>.a {{color: red}}</style></head>
<body><header><div class="logo"><a href="/">云溪县人民政府</a></div></header>
<nav><ul>{MENU}</ul></nav>
<div class="crumb">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 年度报告</div>
<div class="wrap"><div class="side"><h3>历年报告</h3><ul>{OTHER_YEARS}</ul></div>
<div class="article"><h1>{TITLE}</h1>
<div class="info"><span>发布日期：2024-01-22</span> <span>来源：云溪县水务局</span> <span>字体：[大 中 小]</span></div>
<div id="zoom">{CONTENT}</div>
<div class="tools"><a href="javascript:print()">打印</a><a href="javascript:close()">关闭</a></div>
</div></div>{FOOT}</body></html>"""

TABLE_PAGE = f"""<html><head><title>{TITLE}</title></head><body>
<table width="1000"><tr><td colspan="2">{"".join(f"<a href='/{n}'>栏目{n}</a> | " for n in range(9))}</td></tr>
<tr><td width="200"><table><tr><td>历年报告</td></tr>{OTHER_YEARS.replace("<li>", "<tr><td>").replace("</li>", "</td></tr>")}</table></td>
<td><table><tr><td align="center"><b>{TITLE}</b></td></tr><tr><td>发布时间：2024年1月22日　来源：云溪县水务局</td></tr>
<tr><td>{CONTENT}</td></tr></table></td></tr>
<tr><td colspan="2">版权所有：云溪县人民政府　苏ICP备00000000号</td></tr></table></body></html>"""


@pytest.mark.parametrize("page", [MODERN_PAGE, TABLE_PAGE], ids=["div layout", "table layout"])
def test_a_full_page_is_reduced_to_its_report(page: str) -> None:
    document = read_html(page)
    text = "\n".join(paragraphs(document))
    assert [part for part in paragraphs(document) if part in PASSAGES] == PASSAGES
    assert TITLE in "".join(paragraphs(document)[:2])
    assert text.count(TITLE) == 1
    assert not re.search("2022年|版权|ICP|栏目1|首页|历年|不可见", text)
    (table,) = tables(document)
    assert (table.row_count, table.column_count) == (32, 3)
    assert document.metadata["title"] == TITLE
    assert document.metadata["published"] == "2024-01-22"
    assert document.metadata["publisher"] == "云溪县水务局"
    assert all("2022" not in link.text for link in document.links)


def test_sections_in_boxes_of_their_own_are_all_kept() -> None:
    boxes = f"<div>{CONTENT}</div><div><p>七、补充说明</p><p>另有说明一则。</p></div>"
    page = f"<body><ul>{MENU}</ul><div class='main'>{boxes}</div>{FOOT}</body>"
    assert "七、补充说明" in paragraphs(read_html(page))


def test_a_fragment_is_taken_whole() -> None:
    document = read_html(
        "<p align=center><b>标题一行</b></p>散在外面的字<p>发布日期：2021-03-02</p>" + CONTENT
    )
    assert paragraphs(document)[:3] == ["标题一行", "散在外面的字", "发布日期：2021-03-02"]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.bold, first.centered, first.location.paragraph) == (True, True, 1)
    assert document.metadata["published"] == "2021-03-02"


def test_word_markup_declared_gb2312_is_read_as_gb18030() -> None:
    html = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><body lang=ZH-CN>"
        "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->"
        "<p class=MsoNormal style='text-indent:32.0pt'><span style='mso-spacerun:yes'>&nbsp;&nbsp; </span>"
        "<span lang=EN-US>2023</span><span>年，朱镕\n基路㙍站</span><span lang=EN-US><o:p></o:p></span></p>"
        "<table class=MsoNormalTable border=1><tr><td rowspan='2 ' colspan=''><p><b>合</b><b>计</b><o:p>&nbsp;</o:p></p></td>"
        "<td><p><span>1</span><span>2</span></p></td></tr><tr><td><o:p>&nbsp;</o:p></td></tr>"
        "<![if !supportMisalignedColumns]><tr height=0><td width=1></td><td width=1></td></tr><![endif]></table></body></html>"
    )
    document = read_document(html.encode("gb18030"))
    assert paragraphs(document) == ["2023年，朱镕基路㙍站"]
    (table,) = tables(document)
    assert texts(table) == [["合计", "12"], [""]]
    assert table.cells[0].row_span == 2


def test_what_a_browser_hides_is_left_out() -> None:
    html = "<p>见</p><p style='display: none'>隐一</p><p hidden>隐二</p>尾<script>x</script><noscript>隐三</noscript>巴<template><p>隐四</p></template>"
    assert paragraphs(read_html(html)) == ["见", "尾巴"]


def test_deleted_text_is_left_out_and_said() -> None:
    document = read_html("<p>共 <del>3</del>5 件</p>")
    assert paragraphs(document) == ["共 5 件"]
    assert document.notes


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("甲<br>", ["甲"]),
        (
            "<div>一、概况<br>　　第一段，正文。<br>　　第二段。<br><br>落款</div>",
            ["一、概况", "第一段，正文。", "第二段。", "落款"],
        ),
        ("<p align=center>云溪县水务局<br>2023年度报告</p>", ["云溪县水务局2023年度报告"]),
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3 style='list-style-type:cjk-ideographic'><li><p>甲</p></li></ol>", ["三、甲"]),
        ("<ul><li>甲</li></ul>", ["甲"]),
        ("<pre>甲\n\n乙</pre>", ["甲", "乙"]),
        ("<p>甲&nbsp;&nbsp;乙&emsp;</p>", ["甲 乙"]),
    ],
)
def test_text_becomes_paragraphs(html: str, expected: list[str]) -> None:
    assert paragraphs(read_html(html)) == expected


def test_headings_and_line_breaks_are_kept() -> None:
    first = read_html("<h2>云溪县<br>年度报告</h2>").blocks[0]
    assert isinstance(first, Paragraph)
    assert first.style == "heading2"
    assert [line.text for line in first.lines] == ["云溪县", "年度报告"]


def test_links_and_pictures() -> None:
    document = read_html(
        "<p>见<a href='http://b.example/'>http://a.example</a>，<a href='mailto:x@y.cn'>x@z.cn</a>，<a href='javascript:0'>印</a></p>"
        "<table><tr><td>网址</td><td><a href='/c'>丙</a></td></tr></table><p><img src=a.png alt='图解'><img src=b.gif width=1></p>"
    )
    assert [(link.text, link.target) for link in document.links] == [
        ("http://a.example", "http://b.example/"),
        ("x@z.cn", "mailto:x@y.cn"),
        ("丙", "/c"),
    ]
    assert [block.alt for block in document.blocks if isinstance(block, Picture)] == ["图解"]


def test_spans_are_bounded_and_positions_counted() -> None:
    table = only_table(
        "<table><tr><td colspan=9999>题</td></tr><tr><td rowspan=9999>甲<td>乙<tr><td>丙<tr><td rowspan=0>丁</table>"
    )
    assert (table.row_count, table.column_count) == (4, 2)
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells] == [
        (0, 0, 1, 2), (1, 0, 3, 1), (1, 1, 1, 1), (2, 1, 1, 1), (3, 1, 1, 1),
    ]  # fmt: skip
    assert (table.cells[2].location.table, table.cells[2].location.row, table.cells[2].location.cell) == (
        1,
        2,
        2,
    )


def test_a_span_ends_with_its_row_group_and_the_foot_comes_last() -> None:
    table = only_table(
        "<table><tfoot><tr><td>尾</td><td>9</td></tr></tfoot><thead><tr><th rowspan=5>头</th><th>数</th></tr></thead>"
        "<tbody><tr><td>甲</td><td>1</td></tr></tbody></table>"
    )
    assert texts(table) == [["头", "数"], ["甲", "1"], ["尾", "9"]]


def test_a_nested_layout_table_gives_the_inner_one() -> None:
    table = only_table(
        "<table><tr><td><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table></td></tr></table>"
    )
    assert texts(table) == [["甲", "1"], ["乙", "2"]]


def test_countless_cells_with_absurd_spans_take_no_time() -> None:
    started = time.perf_counter()
    rows = "".join(f"<tr><td>a<td rowspan={1 + number % 2} colspan=900>b</tr>" for number in range(3000))
    table = only_table(f"<table><tr>{'<td>1' * 900}</tr>{rows}</table>")
    assert table.column_count == 900
    assert time.perf_counter() - started < 10


def test_cells_without_rows_and_text_outside_cells() -> None:
    document = read_html("<table>单位：件<td>甲<td>1<tr><td>乙<td>2</table>")
    assert paragraphs(document) == ["单位：件"]
    assert texts(tables(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_a_picture_in_a_cell_does_not_make_it_blank() -> None:
    assert texts(only_table("<table><tr><td>甲</td><td><img src=x.png></td></tr></table>")) == [
        ["甲", "[图片]"]
    ]


@pytest.mark.parametrize(
    "html", ["", "<!-- -->", "<html><head><title>只有标题</title></head></html>", "<p hidden>无</p>"]
)
def test_a_page_without_visible_text_is_unreadable(html: str) -> None:
    with pytest.raises(Unreadable):
        read_html(html)


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "font", "ul><li"])
def test_absurd_nesting_is_unreadable(tag: str) -> None:
    with pytest.raises(Unreadable):
        read_html(f"<{tag}>" * 100_000 + "字")


def test_external_entities_are_not_read() -> None:
    document = read_html(
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>甲&x;</p></body></html>"
    )
    assert "root" not in "".join(paragraphs(document))


@st.composite
def grids(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int, str]]]:
    """Rows, columns and cells (row, column, height, width, text) that tile a grid."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in free:
                continue
            width = draw(st.integers(1, 3))
            width = next((step for step in range(1, width) if (row, column + step) not in free), width)
            height = min(draw(st.integers(1, 3)), rows - row)
            covered = {(row + down, column + right) for down in range(height) for right in range(width)}
            if not covered <= free:
                height, width, covered = 1, 1, {(row, column)}
            free -= covered
            cells.append(
                (
                    row,
                    column,
                    height,
                    width,
                    draw(st.sampled_from(["", "0", "12", "甲乙", "（一）<项>", "3 & 4"])),
                )
            )
    return rows, columns, cells


@given(grids())
@settings(max_examples=100, deadline=None)
def test_a_grid_written_as_html_reads_back_equal(
    written: tuple[int, int, list[tuple[int, int, int, int, str]]],
) -> None:
    rows, columns, cells = written
    html = "<table>"
    for row in range(rows):
        html += "<tr>"
        for at, _, height, width, text in cells:
            if at == row:
                shown = text.replace("&", "&amp;").replace("<", "&lt;") or "&nbsp;"
                html += f"<td rowspan={height} colspan={width}>{shown}</td>"
        html += "</tr>"
    found = tables(read_html(f"<p>前</p>{html}</table>"))
    if len(cells) == 1:
        assert len(found) <= 1
        return
    (table,) = found
    assert (table.row_count, table.column_count) == (rows, columns)
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells] == cells


_PIECES = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td rowspan=3>", "<td colspan=0>", "</td>", "<p>", "</p>", "<br>", "<ol>", "<li value=x>", "<div align=center>",
     "</div>", "<a href=x>", "</a>", "<h1>", "<b>", "一、甲", "，", "0", "&nbsp;", "\n", "<!--", "-->", "<nav>", "<img>", "<thead>", "<pre>", "\t", "<![if x]>"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_markup_is_read_or_unreadable(html: str) -> None:
    try:
        document = read_html(html)
    except Unreadable as reason:
        assert str(reason)
        return
    for table in tables(document):
        covered = [
            (r, c)
            for cell in table.cells
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(covered) == len(set(covered))
        assert all(row < table.row_count and column < table.column_count for row, column in covered)


def test_a_layout_table_of_three_rows_round_the_whole_report_is_transparent() -> None:
    prose = "".join(f"<p>{number}、{'正文' * 60}</p>" for number in range(4))
    data = "<table border=1><tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td>3</td></tr></table>"
    page = f"<table><tr><td>某局报告</td></tr><tr><td>【时间：2023-01-16】</td></tr><tr><td>{prose}{data}</td></tr></table>"
    blocks = read_html(page).blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [[cell.text for cell in table.cells] for table in tables] == [["规章", "0", "规范性文件", "3"]]
    assert len(blocks) == 7


def test_a_table_with_data_tables_in_its_cells_is_layout() -> None:
    data = "<table>" + "<tr><td>行政许可</td><td>0</td><td>1</td></tr>" * 3 + "</table>"
    page = "<table border=1>" + "".join(
        f"<tr><td>{heading}</td><td>{content}</td></tr>"
        for heading, content in (
            ("一、总体情况", "文字。"),
            ("二、主动公开政府信息情况", data),
            ("三、其他", "无。"),
        )
    )
    blocks = read_html(page + "</table>").blocks
    assert next(block.text for block in blocks if isinstance(block, Paragraph)) == "一、总体情况"
    assert [block.column_count for block in blocks if isinstance(block, Table)] == [3]
