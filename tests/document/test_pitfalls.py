"""Pitfalls of reading that were measured and whose tests have no other place; docs/pitfalls.md lists all."""

from __future__ import annotations

import pytest

from linter.document.html import read_html
from linter.document.model import Document, Paragraph, Table
from linter.document.tabs import merged
from linter.document.text import read_text


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def _grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.row(row)] for row in range(table.row_count)]


def _page(table: str) -> str:
    return f"<html><body><p>青川县2023年政府信息公开工作年度报告</p><table>{table}</table></body></html>"


def test_the_title_stands_several_times_and_older_reports_in_the_side_bar() -> None:
    title = "青川县2023年政府信息公开工作年度报告"
    words = "本年度通过政府网站主动公开了政府信息若干条，各项制度健全，公众满意度不断提高。"
    prose = "".join(f"<p>第{number}段，{words}</p>" for number in range(12))
    older = "".join(
        f"<li><a href='#'>青川县{year}年政府信息公开工作年度报告</a></li>" for year in (2022, 2021)
    )
    page = (
        f"<html><head><title>{title}-青川县</title><meta name='ArticleTitle' content='{title}'></head>"
        f"<body><nav><a href='#'>首页</a></nav><div class='side'><ul>{older}</ul></div>"
        f"<div class='article'><h1>{title}</h1>{prose}</div></body></html>"
    )
    document = read_html(page)
    text = "\n".join(_paragraphs(document))
    assert text.count(title) == 1
    assert "2022年" not in text
    assert "2021年" not in text


@pytest.mark.parametrize("indent", ["&nbsp;&nbsp;&nbsp;&nbsp;", "\u3000\u3000", "&emsp;&emsp;"])
def test_indents_of_no_break_and_ideographic_blanks(indent: str) -> None:
    page = f"<html><body><p>{indent}一、总体情况</p><p>{indent}全年公开信息10条。</p></body></html>"
    assert _paragraphs(read_html(page)) == ["一、总体情况", "全年公开信息10条。"]


def test_markup_of_word_in_a_blank_cell_leaves_it_blank() -> None:
    blank = "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    (table,) = _tables(
        read_html(_page(f"<tr><td>规章</td><td>{blank}</td><td>0</td></tr><tr><td>甲<td>1<td>2"))
    )
    assert _grid(table)[0] == ["规章", "", "0"]


def test_a_span_written_carelessly() -> None:
    rows = (
        '<tr><td rowspan="2 ">甲</td><td colspan="">1</td><td>2</td></tr><tr><td colspan=" 2">3</td></tr>'
        "<tr><td>乙</td><td>4</td><td>5</td></tr>"
    )
    (table,) = _tables(read_html(_page(rows)))
    assert [(c.row, c.column, c.row_span, c.column_span) for c in table.cells][:4] == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 1, 1, 2),
    ]


def test_zero_blank_and_stroke_stay_apart() -> None:
    (table,) = _tables(read_html(_page("<tr><td>a</td><td>0</td><td></td><td>/</td></tr>" * 2)))
    assert _grid(table)[0] == ["a", "0", "", "/"]


def test_a_page_break_of_blank_lines_cuts_no_table() -> None:
    row = "规章\t1\t2\t3"
    document = read_text("\n".join([row, row, "", "", "", row, row]))
    assert [cells for table in _tables(document) for cells in _grid(table)] == [row.split("\t")] * 4


@pytest.mark.parametrize(
    "lines",
    [
        ["规章 | 1 | | 3", "规范性文件 | 4 | 5 | 6", "合计 | 5 | 5 | 9"],
        ["| 规章 | 1 | | 3 |", "| 规范性文件 | 4 | 5 | 6 |", "| 合计 | 5 | 5 | 9 |"],
        [
            "+----+---+---+---+",
            "| 规章 | 1 | | 3 |",
            "+----+---+---+---+",
            "| 规范性文件 | 4 | 5 | 6 |",
            "| 合计 | 5 | 5 | 9 |",
            "+----+---+---+---+",
        ],
        ["┌─┬─┬─┬─┐", "│规章│1││3│", "├─┼─┼─┼─┤", "│规范性文件│4│5│6│", "│合计│5│5│9│", "└─┴─┴─┴─┘"],
    ],
)
def test_bars_without_a_rule_part_cells(lines: list[str]) -> None:
    document = read_text("\n".join(["二、主动公开政府信息情况", *lines, "三、收到申请情况"]))
    (table,) = _tables(document)
    assert _grid(table) == [
        ["规章", "1", "", "3"],
        ["规范性文件", "4", "5", "6"],
        ["合计", "5", "5", "9"],
    ]
    assert _paragraphs(document) == ["二、主动公开政府信息情况", "三、收到申请情况"]


def test_a_line_of_links_parted_by_bars_is_no_table() -> None:
    document = read_text("首页 | 政务公开 | 年报\n\n首页 | 政务公开 | 年报\n政务服务 | 互动交流 | 数据")
    assert _tables(document) == []


def test_a_merged_cell_repeated_in_each_place_it_covers_is_one() -> None:
    lines = [
        "第二十条第（五）项\t第二十条第（五）项\t第二十条第（五）项",
        "信息内容\t处理决定数量\t处理决定数量",
        "行政许可\t12\t12",
        "行政处罚\t\t",
        "行政强制\t1\t2",
    ]
    (table,) = _tables(read_text("\n".join(lines)))
    assert [[(cell.text, cell.column_span) for cell in table.row(row)] for row in range(5)] == [
        [("第二十条第（五）项", 3)],
        [("信息内容", 1), ("处理决定数量", 2)],
        [("行政许可", 1), ("12", 2)],
        [("行政处罚", 1), ("", 2)],
        [("行政强制", 1), ("1", 1), ("2", 1)],
    ]


def test_equal_figures_of_neighbours_are_not_one_where_nothing_is_repeated() -> None:
    (table,) = _tables(read_text("规章\t0\t0\t0\n规范性文件\t无此类\t无此类\t无此类\n合计\t0\t0\t0"))
    assert merged(table.cells) == list(table.cells)
    assert all(cell.column_span == 1 for cell in table.cells)
