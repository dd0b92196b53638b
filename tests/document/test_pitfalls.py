"""Every pitfall of reading PDF, DOCX, HTML and text that was measured, and the test that guards against it.

`PITFALLS` points to the tests; those that had no other place stand below.
"""

from __future__ import annotations

import pytest
from pitfalls import without_test

from linter.document.html import read_html
from linter.document.model import Document, Paragraph, Table
from linter.document.tabs import merged
from linter.document.text import read_text

_PDF = "document/test_pdf.py::test_"
_RULING = "document/test_ruling.py::test_"
_DOCX = "document/test_docx.py::test_"
_HTML = "document/test_html.py::test_"
_TEXT = "document/test_text.py::test_"
_ROWS = "report/tables/test_textlines.py::test_"
_GRIDS = "report/tables/test_grids.py::test_"
_HERE = "document/test_pitfalls.py::test_"

PITFALLS: dict[str, tuple[str, ...]] = {
    # PDF
    "stream order is not reading order": (
        _PDF + "1_stream_order_is_not_reading_order",
        _RULING + "stream_order_is_not_reading_order",
    ),
    "page numbers inside paragraphs": (
        _PDF + "2_page_numbers_inside_paragraphs",
        _PDF + "2_a_number_that_may_be_text_is_kept_and_noted",
    ),
    "the table of section 3 crosses page ends": (
        _PDF + "3_table_over_a_page_end_gives_a_fragment_each",
        _GRIDS + "a_table_cut_by_pages_with_its_header_repeated_is_one",
    ),
    "a group label is cut in the middle of a word": (_RULING + "rest_of_a_cut_group_label_makes_no_row",),
    "a row may be torn": (
        _PDF + "4_torn_row_gives_its_parts_and_a_blank_row_at_the_page_top_stays",
        _GRIDS + "a_torn_row_is_one_row",
    ),
    "a row really blank at the top of a page is no torn row": (
        _RULING + "genuinely_blank_row_at_page_top_is_kept",
        _GRIDS + "a_row_really_blank_at_the_top_of_a_page_stays_blank",
    ),
    "repeated header rows": (_PDF + "5_repeated_header_rows_are_left_in_their_fragment",),
    "a header alone at a page end": (
        _PDF + "6_header_alone_at_a_page_end",
        _GRIDS + "the_figures_alone_on_a_new_page_belong_to_the_header_before",
    ),
    "vertical text in four ways": (
        _PDF + "7_vertical_text_in_a_vertical_font",
        _PDF + "libreoffice_vertical_text_in_four_ways",
        _RULING + "downwards_in_two_columns_from_right_to_left",
        "report/tables/test_labels.py::test_vertical_text_read_in_the_wrong_direction_keeps_its_letters",
    ),
    "pages with no text layer, mixed with others": (_PDF + "8_pages_without_text_layer",),
    "pdfium is not thread-safe": (_PDF + "9_no_threads",),
    "a page end cuts a row open": (
        _RULING + "row_cut_by_page_end_is_kept",
        _PDF + "chromium_table_cut_by_page_ends",
    ),
    "text as Kangxi radicals": (_PDF + "kangxi_and_compatibility_code_points_become_ordinary",),
    # DOCX
    "automatic numbers are no text": (_DOCX + "an_automatic_number_stands_in_front_of_the_text",),
    "a format of numbers that is not known": (_DOCX + "an_unknown_number_format_is_noted",),
    "tracked insertions and deletions": (
        _DOCX + "tracked_changes_are_read_as_accepted_and_reported",
        _DOCX + "rows_and_cells_tracked_as_deleted_or_inserted",
    ),
    "content controls, block, inline, row and cell": (_DOCX + "content_controls_block_inline_row_and_cell",),
    "smart tags": (_DOCX + "smart_tags_and_custom_xml",),
    "a text box stands twice, as choice and fallback": (
        _DOCX + "a_text_box_is_read_once_after_its_anchor",
        _DOCX + "alternatives_around_runs_and_blocks_are_taken_once",
    ),
    "a nested table": (
        _DOCX + "a_small_table_in_a_cell_is_text_of_the_cell",
        _DOCX + "a_large_table_among_other_cells_follows_as_a_table",
    ),
    "a hidden run": (_DOCX + "hidden_text_is_left_out_and_noted",),
    "spans, merges and gaps of rows": (
        _DOCX + "grid_span_and_v_merge",
        _DOCX + "legacy_h_merge",
        _DOCX + "grid_before_and_grid_after",
    ),
    "breaks, tabs and hyphens": (_DOCX + "breaks_tabs_and_special_hyphens",),
    "a word is cut into runs": (_DOCX + "a_word_cut_into_runs_is_one_text",),
    "one-twip columns of a conversion": (_DOCX + "one_twip_columns_of_libreoffice_disappear",),
    # HTML and Markdown
    "the title stands several times on a page": (
        _HERE + "the_title_stands_several_times_and_older_reports_in_the_side_bar",
        _HTML + "a_full_page_is_reduced_to_its_report",
    ),
    "gb2312 means gb18030": (_HTML + "word_markup_declared_gb2312_is_read_as_gb18030",),
    "no-break and ideographic blanks as indents": (_HERE + "indents_of_no_break_and_ideographic_blanks",),
    "markup of Word in blank cells": (_HERE + "markup_of_word_in_a_blank_cell_leaves_it_blank",),
    "spans written carelessly": (_HERE + "a_span_written_carelessly",),
    "layout tables around the whole report": (
        _HTML + "a_nested_layout_table_gives_the_inner_one",
        _HTML + "a_layout_table_of_three_rows_round_the_whole_report_is_transparent",
    ),
    "0 and blank must be read as written": (_HERE + "zero_blank_and_stroke_stay_apart",),
    "pipe tables with blank covered cells, or raw html": (
        "document/test_markdown.py::test_pipe_tables",
        "document/test_markdown.py::test_inline_html_tables_and_tab_tables_are_counted_together",
    ),
    # text
    "each cell a line": (
        _ROWS + "one_cell_a_line_is_read_below_an_unmixed_header",
        _ROWS + "one_cell_a_line_below_a_mixed_header_is_lost",
        _ROWS + "one_cell_a_line_on_pages_is_read_where_a_row_stands_whole_and_its_total_agrees",
    ),
    "blank cells vanish": (_ROWS + "a_row_with_fewer_figures_than_columns_is_lost_with_the_reason",),
    "a label is split around its values": (_ROWS + "figures_in_the_middle_of_a_broken_label_belong_to_it",),
    "cells run together": (
        "report/tables/test_together.py::test_what_only_a_sum_could_decide_is_a_candidate",
        "report/tables/test_together.py::test_no_wrong_number_is_read",
    ),
    "page breaks are form feeds or runs of blank lines": (
        _TEXT + "a_paragraph_goes_on_over_a_page_break",
        _TEXT + "pages_are_unknown_without_form_feeds",
        _HERE + "a_page_break_of_blank_lines_cuts_no_table",
    ),
    "blanks beside figures": (
        "report/test_frontmatter.py::test_years_are_read_as_written",
        "report/tables/test_values.py::test_what_is_not_plainly_a_figure_is_text",
    ),
    "justified lines": (_TEXT + "justified_spacing_is_undone_and_other_blanks_are_kept",),
    "a header read with blanks inside its words": (
        "report/tables/test_labels.py::test_the_norms_wording_is_known_however_it_is_broken_or_spaced",
    ),
    "charset": (
        "document/test_charset.py::test_the_charset_is_found_by_content",
        "document/test_charset.py::test_characters_beyond_gbk_and_a_short_stub",
    ),
    "bars without a rule of Markdown": (_HERE + "bars_without_a_rule_part_cells",),
    "merged cells repeated in every place they cover": (
        _HERE + "a_merged_cell_repeated_in_each_place_it_covers_is_one",
    ),
    # whatever the format
    "the type is told by content, not by name": (
        "document/test_registry.py::test_the_type_is_decided_by_content",
    ),
}


def test_every_pitfall_has_a_test() -> None:
    assert without_test(PITFALLS) == []


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
