"""The text reader: broken lines, tab-separated tables, page marks, heads of crawled pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.document.model import Document, Paragraph, Table, Unreadable
from linter.document.text import read_text

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"

PROSE = (
    "云溪县水务局坚持以公开为常态、不公开为例外，围绕农村供水、河道治理等群众关心的事项及时公开信息，"
    "全年通过门户网站公开信息 98 条，通过公众号公开信息 22 条，制作解读材料 6 份，回应留言 15 条，"
    "各项工作按照年初确定的计划推进，没有发生因公开工作引起的投诉，也没有出现信息内容错误的情形。"
)
PLAIN = PROSE.replace(" ", "")


def wrapped(text: str, width: int = 28, indent: int = 2) -> list[str]:
    lines, room = [], width - indent
    while text:
        lines.append(text[:room])
        text, room = text[room:], width
    return lines


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


LAYOUT = [
    "云溪县水务局",
    "一、总体情况",
    *wrapped(PROSE),
    "二、主动公开政府信息情况",
    "信息内容",
    "规章 0 0 0",
    *wrapped(PROSE),
]


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", " \n\n"])
def test_lines_broken_by_a_page_are_rejoined(separator: str) -> None:
    document = read_text(separator.join(LAYOUT))
    assert paragraphs(document) == [
        "云溪县水务局", "一、总体情况", PROSE, "二、主动公开政府信息情况", "信息内容", "规章 0 0 0", PROSE,
    ]  # fmt: skip
    assert document.lossy


def test_one_paragraph_a_line_stays_so() -> None:
    text = f"标题\n{PROSE}\n{PROSE[:70]}。\n落款单位\n2024年1月3日\n"
    assert paragraphs(read_text(text)) == ["标题", PROSE, PROSE[:70] + "。", "落款单位", "2024年1月3日"]


def test_a_sentence_cut_by_a_page_between_long_lines_is_rejoined() -> None:
    assert paragraphs(read_text(f"一、概况\n\n{PROSE[:45]}\n\n{PROSE[45:]}\n")) == ["一、概况", PROSE]


def test_the_width_of_lines_is_seen_in_a_text_of_short_paragraphs() -> None:
    """Most lines end a paragraph; the few that break off a sentence tell where lines were broken."""
    short = ["依据条例编制本报告，现予公布，欢迎监督。", "全年没有收到申请，也没有上年结转的申请。"]
    long = [f"{number}是{PROSE[:62]}。" for number in "一二三四"]
    lines = [line for each in [*long, *short, *long] for line in wrapped(each, 38, 0)]
    assert paragraphs(read_text("\n".join(lines))) == [*long, *short, *long]


@pytest.mark.parametrize("width", [35, 36, 38, 39])
def test_a_reference_broken_at_the_end_of_a_line_is_rejoined(width: int) -> None:
    basis = "按照《中华人民共和国政府信息公开条例》的要求以及国办公开办函〔2019〕60号文件的格式，编制本报告。"
    lines = ["标题", *wrapped(PLAIN, width, 0), "一、总体情况", *wrapped(basis, width, 0)]
    assert paragraphs(read_text("\n".join(lines))) == ["标题", PLAIN, "一、总体情况", basis]


def test_items_at_full_lines_are_paragraphs_of_their_own_unless_the_list_runs_on() -> None:
    first, second = f"一是{PLAIN[:35]}。", f"二是{PLAIN[:50]}。"
    lines = [*wrapped(PLAIN, 38, 0), first, *wrapped(second, 38, 0)]
    assert paragraphs(read_text("\n".join(lines))) == [PLAIN, first, second]
    running = f"主要做法：一是{PLAIN[:30]}；"
    lines = [*wrapped(PLAIN, 38, 0), running, *wrapped(second, 38, 0)]
    assert paragraphs(read_text("\n".join(lines))) == [PLAIN, running + second]


def test_figures_of_a_year_written_as_a_line_of_their_own_are_rejoined() -> None:
    read = paragraphs(read_text("2022\n\n年云溪县水务局政府信息公开工作年度报告\n\n一、总体情况\n"))
    assert read == ["2022年云溪县水务局政府信息公开工作年度报告", "一、总体情况"]


def test_every_line_keeps_its_place_and_its_blanks() -> None:
    document = read_text("甲 \n\f  乙\u00a0 3   4  \n")
    first, second = document.blocks
    assert isinstance(first, Paragraph) and isinstance(second, Paragraph)
    assert [
        (line.text, line.location.page, line.location.line, line.location.column) for line in second.lines
    ] == [("  乙\u00a0 3   4  ", 2, 2, 2)]
    assert (first.lines[0].text, first.location.page, document.pages) == ("甲 ", 1, 2)


def test_pages_are_unknown_without_form_feeds() -> None:
    document = read_text("甲\n乙")
    assert document.pages is None
    assert document.blocks[0].location.page is None


def test_a_line_of_blanks_is_kept_with_the_label_above_it() -> None:
    (block,) = read_text("4.保护第三方合法权益 \n              \n").blocks
    assert isinstance(block, Paragraph)
    assert [line.text for line in block.lines] == ["4.保护第三方合法权益 ", " " * 14]


def test_page_numbers_are_dropped_and_lone_figures_kept() -> None:
    text = f"{PROSE}\n— 1 —\n\f{PROSE}\n第 2 页 共 3 页\n\f总计\n7\n"
    assert paragraphs(read_text(text)) == [PROSE, PROSE, "总计", "7"]
    counted = f"{PROSE}\n5\n\f{PROSE}\n6\n\f总计\n0\n"
    assert paragraphs(read_text(counted)) == [PROSE, PROSE, "总计", "0"]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    lines = wrapped(PROSE)
    text = "\n".join(lines[:2]) + "\n- 1 -\n\f" + "\n".join(lines[2:])
    assert paragraphs(read_text(text)) == [PROSE]


def test_justified_spacing_is_undone_and_other_blanks_are_kept() -> None:
    assert paragraphs(read_text("本 报 告 电 子 版 可 查 阅\n\n科 研\n\n上一年 项目数量")) == [
        "本报告电子版可查阅", "科 研", "上一年 项目数量",
    ]  # fmt: skip


def test_runs_of_lines_with_tabs_become_tables() -> None:
    document = read_text("二、情况\n甲\t\t乙\n规章\t0\t \n\t\t续\n\n尾\t9\n一行\n")
    (table,) = tables(document)
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "甲"), (0, 1, ""), (0, 2, "乙"), (1, 0, "规章"), (1, 1, "0"), (1, 2, ""),
        (2, 0, ""), (2, 1, ""), (2, 2, "续"),
    ]  # fmt: skip
    assert (table.row_count, table.column_count, table.source) == (3, 3, "tabs")
    assert (table.cells[4].location.line, table.cells[4].location.column, table.cells[4].location.row) == (
        3,
        4,
        2,
    )
    assert not document.lossy
    assert "尾\t9" in paragraphs(document)


def test_a_broken_cell_inside_a_run_is_not_lost_and_a_heading_ends_it() -> None:
    document = read_text("甲\t1\n其余的字\n乙\t2\n三、标题\n丙\t3\n丁\t4\n")
    assert [[cell.text for cell in table.cells] for table in tables(document)] == [
        ["甲", "1", "其余的字", "乙", "2"], ["丙", "3", "丁", "4"],
    ]  # fmt: skip
    assert paragraphs(document) == ["三、标题"]


def test_rows_with_a_blank_line_below_each_are_one_table() -> None:
    (table,) = tables(read_text("甲\t1\n\n乙\t2\n\n丙\t3\n"))
    assert table.row_count == 3


def test_tabs_as_indents_and_after_numbers_are_no_table() -> None:
    text = f"\t一、概况\n\t{PROSE}\n1.\t{PROSE}\n2.\t{PROSE}\n"
    assert tables(read_text(text)) == []


def test_the_head_of_a_crawled_page_becomes_metadata() -> None:
    head = "标题: 云溪县2023年度报告\n发布时间: 2024-01-22 09:30\n文号: \n发布机构: 云溪县水务局\n"
    text = f"{head}====== 正文 ======\n云溪县2023年度报告 本报告…\n"
    document = read_text(text)
    assert document.metadata == {
        "title": "云溪县2023年度报告",
        "published": "2024-01-22",
        "publisher": "云溪县水务局",
    }
    assert len(document.blocks) == 1
    other = read_text(text.replace("\n云溪县2023年度报告 ", "\n"))
    assert isinstance(other.blocks[0], Paragraph)
    assert (other.blocks[0].text, other.blocks[0].style) == ("云溪县2023年度报告", "title")


def test_a_link_target_written_as_a_line_is_paired_with_the_address_shown() -> None:
    lines = ["本局网址为 http://www.yunxi.example，详情请见该站。", *wrapped(PROSE)]
    text = "\n\n".join(lines[:3]) + "\n\nhttp://www.yunxl.example/\n " + "\n\n".join(lines[3:])
    document = read_text(text)
    assert [(link.text, link.target) for link in document.links] == [
        ("http://www.yunxi.example", "http://www.yunxl.example/")
    ]
    assert "yunxl" not in "".join(paragraphs(document))
    assert read_text("网址：\nhttp://www.yunxi.example\n").links == ()


@pytest.mark.parametrize("text", ["", " \n\t\n", "\f"])
def test_blank_text_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read_text(text)


_FIELDS = st.text("0123456789甲乙丙（）.%", max_size=5)


@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(st.lists(_FIELDS, min_size=width, max_size=width), min_size=2, max_size=8)
    )
)
@settings(max_examples=100, deadline=None)
def test_a_tab_separated_grid_reads_back_equal(rows: list[list[str]]) -> None:
    rows[0][0], rows[-1][0], rows[0][1] = "甲乙", "丙", "数"
    document = read_text("\n".join("\t".join(row) for row in rows) + "\n")
    (table,) = tables(document)
    assert [[cell.text for cell in table.row(index)] for index in range(table.row_count)] == rows


@given(st.text(st.sampled_from("一二、（）。，甲乙0 1\t\n\f\r\u3000—-第页http://.:=标题正文"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_nothing_printed_is_lost(text: str) -> None:
    try:
        document = read_text(text)
    except Unreadable:
        return
    shown = "".join(
        line.text for block in document.blocks if isinstance(block, Paragraph) for line in block.lines
    )
    shown += "".join(cell.text for table in tables(document) for cell in table.cells)
    dropped = [
        line
        for line in text.replace("\f", "\n").replace("\r", "\n").split("\n")
        if line.strip() and line.strip()[0] in "—-第=h标0123456789"
    ]
    printed = "".join(text.split())
    assert len("".join(shown.split())) >= len(printed) - sum(map(len, dropped)) - (
        len(printed) if "正文" in text and "===" in text else 0
    )


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
@pytest.mark.parametrize(
    ("name", "tables_found", "line", "count"),
    [
        ("2020-zhongwei-affairs-center.txt", 6, 61, 6),
        ("2019-guyuan-government-office.txt", 0, 13, 6),
        ("2016-zhongwei-city.txt", 0, 35, 19),
    ],
)
def test_samples(name: str, tables_found: int, line: int, count: int) -> None:
    document = read_text((SAMPLES / name).read_text("utf-8"))
    assert len(tables(document)) == tables_found
    if tables_found:
        assert any(table.location.line == line for table in tables(document))
    else:
        block = next(block for block in document.blocks if block.location.line == line)
        assert isinstance(block, Paragraph)
        assert len(block.lines) == count


def test_cells_a_line_each_ended_by_a_bar_are_cells_on_lines() -> None:
    cells = ["规章", "0", "0", "0", "行政规范性文件", "3", "1", "7", "行政许可", "12"]
    text = "二、主动公开政府信息情况\n" + "".join(f"{cell} |\n" for cell in cells) + "|||\n正文一段。\n"
    found = [block.lines for block in read_text(text).blocks if isinstance(block, Paragraph)]
    printed = [line.text.strip() for lines in found for line in lines]
    assert printed == ["二、主动公开政府信息情况", *cells, "正文一段。"]
