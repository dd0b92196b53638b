"""The Markdown reader."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.document.markdown import read_markdown
from linter.document.model import Document, Paragraph, Table, Unreadable
from linter.document.registry import read_file

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


def paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("text", "shown", "style", "bold"),
    [
        ("# 标题", "标题", "heading1", False),
        ("##　一、总体情况 ##", "一、总体情况", "heading2", False),
        ("### **（一）公开**", "（一）公开", "heading3", True),
        ("标题\n===", "标题", "heading1", False),
        ("**一、总体情况**", "一、总体情况", "", True),
        ("**1. 做法。** 正文 *着重* 与 `代码`", "1. 做法。 正文 着重 与 代码", "", False),
        ("- 项目", "项目", "", False),
        ("1\\. 不是列表 \\*星\\*", "1. 不是列表 *星*", "", False),
        ("nx_zws@a.cn 与 a*b", "nx_zws@a.cn 与 a*b", "", False),
        ("> 引文", "引文", "", False),
        ("甲&nbsp;乙<br>", "甲 乙", "", False),
    ],
)
def test_marks_become_hints(text: str, shown: str, style: str, bold: bool) -> None:
    (block,) = paragraphs(read_markdown(text))
    assert (block.text, block.style, block.bold) == (shown, style, bold)


def test_links_and_addresses() -> None:
    document = read_markdown(
        "# 题\n\n见[http://a.example](http://b.example)和<http://c.example>，[**信箱**](mailto:a@b.cn)。"
    )
    assert [(link.text, link.target, link.location.line) for link in document.links] == [
        ("http://a.example", "http://b.example", 3),
        ("http://c.example", "http://c.example", 3),
        ("信箱", "mailto:a@b.cn", 3),
    ]
    assert paragraphs(document)[1].text == "见http://a.example和http://c.example，信箱。"


@pytest.mark.parametrize(
    "text",
    [
        "前\n\n| 类别 | 数 |\n|:--|--:|\n| a\\|b | **3** |\n|  | 4 |\n\n后",
        "前\n类别 | 数\n---|---\na\\|b | 3\n&nbsp; | 4\n\n后",
    ],
)
def test_pipe_tables(text: str) -> None:
    document = read_markdown(text)
    (table,) = tables(document)
    assert [[cell.text for cell in table.row(row)] for row in range(3)] == [
        ["类别", "数"],
        ["a|b", "3"],
        ["", "4"],
    ]
    assert [block.text for block in paragraphs(document)] == ["前", "后"]
    assert not document.lossy


def test_cells_know_their_line_and_column() -> None:
    (table,) = tables(read_markdown("| 甲 | 乙 |\n|---|---|\n| 1 | 22 |"))
    place = table.cells[3].location
    assert (place.line, place.column, place.row, place.cell, place.table) == (3, 7, 2, 2, 1)


def test_inline_html_tables_and_tab_tables_are_counted_together() -> None:
    document = read_markdown(
        "## 一、甲\n\n"
        "<table>\n<tr><td rowspan=2>a</td><td>1</td></tr>\n<tr><td>2</td></tr>\n</table>\n\n"
        "## 二、乙\n**规章**\t0\n文件\t1\n"
    )
    first, second = tables(document)
    assert (first.location.line, first.location.table, first.cells[2].location.line) == (3, 1, 5)
    assert (second.location.table, second.source, second.cells[0].text) == (2, "tabs", "规章")


def test_fences_keep_their_text() -> None:
    document = read_markdown("# 题\n\n```\n# 不是标题\n```\n尾")
    assert [block.text for block in paragraphs(document)] == ["题", "# 不是标题", "尾"]


@pytest.mark.parametrize("text", ["", "\n \n", "---", "```\n```"])
def test_nothing_printed_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read_markdown(text)


_CELLS = st.text("0123456789甲乙|（）<>&*.-", max_size=5).map(str.strip)


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
    )
)
@settings(max_examples=100, deadline=None)
def test_a_pipe_grid_reads_back_equal(rows: list[list[str]]) -> None:
    def escaped(text: str) -> str:
        return "".join("\\" + char if char in "|*<>&" else char for char in text)

    head = ["表头"] * len(rows[0])
    lines = ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in [head, *rows]]
    lines.insert(1, "|" + "---|" * len(head))
    (table,) = tables(read_markdown("\n".join(lines)))
    assert [[cell.text for cell in table.row(row)] for row in range(table.row_count)] == [head, *rows]


@given(st.text(st.sampled_from("#*_`[]()<>|-=\\~>! \t\n\f甲1。&http://<table>"), max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_unreadable(text: str) -> None:
    with contextlib.suppress(Unreadable):
        assert read_markdown(text).blocks


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
def test_a_sample_in_a_txt_file_is_seen_to_be_markdown() -> None:
    document = read_file(SAMPLES / "2020-zhongning-county.txt")
    assert document.reader == "markdown"
    assert len(tables(document)) == 7
    assert sum(block.style != "" for block in paragraphs(document)) == 12


def test_a_table_wrapped_in_a_page_of_its_own_on_one_line_is_read() -> None:
    line = "<html><body><table><tr><td>规章</td><td>0</td></tr></table></body></html>"
    blocks = read_markdown(f"# 一、总体情况\n\n{line}\n").blocks
    assert [[cell.text for cell in block.cells] for block in blocks if isinstance(block, Table)] == [
        ["规章", "0"]
    ]
