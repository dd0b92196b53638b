"""Word 97–2003 files: made by hand here, by LibreOffice in test_doc_office.py."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_doc import (
    BOLD,
    DELETED,
    HIDDEN,
    IN_TABLE,
    ROW_END,
    SPECIAL,
    Par,
    font_table,
    list_structures,
    one_style,
    par,
    row_definition,
    table_row,
    word_file,
    word_streams,
)

from examples.generator.ole import compound_file
from linter.document.model import Document, Paragraph, Picture, Table, Unreadable
from linter.document.registry import SUPPORTED_SUFFIXES, read_document

CENTERED = b"\x03\x24\x01"
IN_LIST = struct.pack("<HH", 0x460B, 1)


def read(paragraphs: list[Par], name: str = "报告.doc", **options: object) -> Document:
    return read_document(word_file(paragraphs, **options), name)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]


# --- Text


def test_paragraphs_of_both_widths() -> None:
    assert texts(read([par("一、总体情况"), par("收到3件。")])) == ["一、总体情况", "收到3件。"]
    assert texts(read([par("Caf\xe9 – 3")], narrow=True)) == ["Café – 3"]


def test_characters_beyond_the_basic_plane_are_whole() -> None:
    assert texts(read([par("𠮷林𡊄街"), par("3件")])) == ["𠮷林𡊄街", "3件"]


def test_bold_and_centred() -> None:
    (block,) = read([Par([("年度报告", BOLD)], "\r", CENTERED)]).blocks
    assert isinstance(block, Paragraph)
    assert (block.bold, block.centered) == (True, True)


def test_tabs_forced_lines_and_hard_blanks() -> None:
    (block,) = read([par("公开\x0b指南\t第\xa03\x1e4条\x1f")]).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "公开指南\t第\xa03-4条"
    assert [line.text for line in block.lines] == ["公开", "指南\t第\xa03-4条"]


def test_hidden_text_is_left_out_and_told() -> None:
    document = read([Par([("收到", b""), ("草稿", HIDDEN), ("3件", b"")])])
    assert texts(document) == ["收到3件"]
    assert any("隐藏" in note for note in document.notes)


def test_deleted_text_is_left_out_and_told() -> None:
    document = read([Par([("收到", b""), ("4", DELETED), ("3件", b"")])])
    assert texts(document) == ["收到3件"]
    assert any("修订" in note for note in document.notes)


def test_a_deleted_mark_joins_two_paragraphs() -> None:
    assert texts(read([Par([("收到", b"")], mark_modifiers=DELETED), par("3件")])) == ["收到3件"]


def test_a_deleted_mark_before_a_table_joins_nothing() -> None:
    gone = Par([("收到", b"")], mark_modifiers=DELETED)
    document = read([gone, *table_row([0, 900, 1800], ["甲", "1"]), par("完")])
    assert texts(document) == ["收到", "完"]
    assert [cell[0] for cell in cells(document)] == ["甲", "1"]


def test_a_deleted_row_is_left_out() -> None:
    row = table_row([0, 900, 1800], ["甲", "1"])
    gone = [
        paragraph._replace(runs=[(text, DELETED) for text, _ in paragraph.runs], mark_modifiers=DELETED)
        for paragraph in table_row([0, 900, 1800], ["乙", "2"])
    ]
    document = read([*row, *gone, par("完")])
    assert [cell[0] for cell in cells(document)] == ["甲", "1"]
    assert any("修订" in note for note in document.notes)


def test_a_row_whose_mark_alone_is_deleted_stays() -> None:
    row = table_row([0, 900, 1800], ["甲", "1"])
    row[-1] = row[-1]._replace(mark_modifiers=DELETED)
    assert [cell[0] for cell in cells(read([*row, par("完")]))] == ["甲", "1"]


def test_fields_show_their_result_and_links_keep_their_target() -> None:
    field = [("\x13", SPECIAL), (' HYPERLINK "http://www.a.example.cn/" ', b""), ("\x14", SPECIAL)]
    document = read([Par([("网址", b""), *field, ("www.b.example.cn", b""), ("\x15", SPECIAL), ("。", b"")])])
    assert texts(document) == ["网址www.b.example.cn。"]
    (link,) = document.links
    assert (link.text, link.target) == ("www.b.example.cn", "http://www.a.example.cn/")


def test_a_symbol_is_no_bracket() -> None:
    symbol = SPECIAL + struct.pack("<HHH", 0x6A09, 0, 0x2160)
    assert texts(read([Par([("第", b""), ("(", symbol), ("类(3)", b"")])])) == ["第Ⅰ类(3)"]


def test_a_character_of_a_symbol_font_is_what_it_shows() -> None:
    fonts = font_table(["宋体", "Wingdings"])
    ticked = struct.pack("<HH", 0x4A4F, 1)
    document = read([Par([("\uf0fe", ticked), ("同意\uf0fe", b"")])], fonts=fonts)
    assert texts(document) == ["☑同意\uf0fe"]


def test_a_picture_is_a_block() -> None:
    document = read([Par([("图", b""), ("\x01", SPECIAL)])])
    assert [type(block) for block in document.blocks] == [Paragraph, Picture]


def test_comments_are_counted() -> None:
    document = read([Par([("收到", b""), ("\x05", SPECIAL), ("3件", b"")])])
    assert texts(document) == ["收到3件"]
    assert any("批注" in note for note in document.notes)


# --- Styles and lists


@pytest.mark.parametrize(
    ("identifier", "name", "modifiers", "role"),
    [
        (2, "heading 2", b"", "heading2"),
        (62, "Title", b"", "title"),
        (0xFFE, "标题 3", b"", "heading3"),
        (0xFFE, "公文标题", struct.pack("<HB", 0x2640, 0), "heading1"),
        (0xFFE, "正文文本", b"", ""),
    ],
)
def test_styles_tell_the_role(identifier: int, name: str, modifiers: bytes, role: str) -> None:
    (block,) = read([par("总体情况", style=1)], styles=one_style(identifier, name, modifiers)).blocks
    assert isinstance(block, Paragraph)
    assert block.style == role


def test_automatic_numbers_belong_to_the_heading() -> None:
    lists = list_structures([(37, "\x00、"), (37, "（\x01）"), (0, "\x02.")])
    second, third = (IN_LIST + struct.pack("<HB", 0x260A, level) for level in (1, 2))
    body = [par("总体情况", IN_LIST), par("主动公开", second), par("依申请公开", second), par("申请", third)]
    document = read([*body, par("问题", IN_LIST), par("其他", second)], lists=lists)
    assert texts(document) == [
        *("一、总体情况", "（一）主动公开", "（二）依申请公开", "1.申请"),
        *("二、问题", "（一）其他"),
    ]
    assert [b.number for b in document.blocks if isinstance(b, Paragraph)][:2] == ["一、", "（一）"]


def test_a_place_of_a_number_told_twice_counts_once() -> None:
    table, levels, overrides = list_structures([(37, "\x00、")])
    twice = levels[:7] + b"\1" + levels[8:]
    assert texts(read([par("总体情况", IN_LIST)], lists=(table, twice, overrides))) == ["一、总体情况"]


def test_a_style_can_carry_the_list() -> None:
    lists = list_structures([(39, "第\x00条")])
    document = read([par("范围", style=1)], styles=one_style(0xFFE, "条", IN_LIST), lists=lists)
    assert texts(document) == ["第一条范围"]


# --- Tables


def test_cells_merged_downwards_have_one_text() -> None:
    document = read(
        [
            *table_row([0, 900, 1800], ["甲", "1"], [0x60, 0]),
            *table_row([0, 900, 1800], ["", "2"], [0x20, 0]),
            par("完"),
        ]
    )
    assert cells(document) == [("甲", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1)]


def test_text_that_a_merge_covers_is_told() -> None:
    edges = [0, 900, 1800]
    rows = [*table_row(edges, ["甲", "1"], [0x60, 0]), *table_row(edges, ["乙", "2"], [0x20, 0])]
    document = read([*rows, par("完")])
    assert [cell[0] for cell in cells(document)] == ["甲", "1", "2"]
    assert any("遮住" in note for note in document.notes)


@pytest.mark.parametrize("marks", [[2, 1, 2, 1], [1, 2, 1, 2]])
def test_cells_merged_along_a_row_by_either_reading_of_the_marks(marks: list[int]) -> None:
    wide = table_row([0, 900, 1800, 2700, 3600], ["甲", "", "乙", ""], marks)
    document = read([*wide, *table_row([0, 900, 1800, 2700, 3600], [*"1234"]), par("完")])
    assert cells(document)[:2] == [("甲", 0, 0, 1, 2), ("乙", 0, 2, 1, 2)]


def test_wide_cells_span_the_columns_that_others_make() -> None:
    document = read(
        [*table_row([0, 1800, 2700], ["甲", "乙"]), *table_row([0, 900, 1800, 2700], [*"123"]), par("完")]
    )
    assert cells(document)[:2] == [("甲", 0, 0, 1, 2), ("乙", 0, 2, 1, 1)]


def test_conversion_adds_one_twip_columns() -> None:
    document = read(
        [*table_row([0, 584, 585, 1168], ["甲", "", "乙"]), *table_row([0, 584, 1168], ["1", "2"])]
    )
    assert cells(document) == [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("1", 1, 0, 1, 1), ("2", 1, 1, 1, 1)]


def test_modifiers_after_the_definition_change_the_row() -> None:
    merged_down = struct.pack("<HBBB", 0xD62B, 2, 0, 1)
    inserted = struct.pack("<HBBh", 0x7621, 2, 1, 900)
    document = read(
        [
            *table_row([0, 900, 1800], ["甲", "1", "2"], [0x60, 0], inserted),
            *table_row([0, 900, 1800, 2700], ["", "3", "4"], [], merged_down),
            par("完"),
        ]
    )
    assert cells(document)[0] == ("甲", 0, 0, 2, 1)
    assert cells(document)[2] == ("2", 0, 2, 1, 1)


def test_long_properties_lie_in_the_data_stream() -> None:
    modifiers = ROW_END + row_definition([0, 900, 1800])
    data = struct.pack("<H", len(modifiers)) + modifiers
    row = [Par([("甲", b"")], "\x07", IN_TABLE), Par([("1", b"")], "\x07", IN_TABLE)]
    end = Par([], "\x07", struct.pack("<HI", 0x6646, 0))
    assert cells(read([*row, end, par("完")], data=data)) == [("甲", 0, 0, 1, 1), ("1", 0, 1, 1, 1)]


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    cell = [Par([("结果", b"")], "\r", IN_TABLE), Par([("维持", b"")], "\x07", IN_TABLE)]
    document = read([*cell, Par([], "\x07", ROW_END + row_definition([0, 900])), par("完")])
    assert cells(document) == [("结果\n维持", 0, 0, 1, 1)]


def test_a_table_in_a_cell_is_told_by_lines() -> None:
    deep = IN_TABLE + struct.pack("<Hi", 0x6649, 2)
    inner = [Par([(text, b"")], "\r", deep + b"\x4b\x24\x01") for text in ("甲", "1")]
    inner_end = Par([], "\r", deep + b"\x4c\x24\x01" + row_definition([0, 400, 800]))
    outer_end = Par([], "\x07", ROW_END + row_definition([0, 900]))
    document = read([*inner, inner_end, Par([("乙", b"")], "\x07", IN_TABLE), outer_end, par("完")])
    assert cells(document) == [("甲\t1\n乙", 0, 0, 1, 1)]


def test_a_row_without_edges_is_told_to_be_guessed() -> None:
    row = [Par([("甲", b"")], "\x07", IN_TABLE), Par([("1", b"")], "\x07", IN_TABLE)]
    document = read([*row, Par([], "\x07", ROW_END), par("完")])
    assert [cell[0] for cell in cells(document)] == ["甲", "1"]
    assert any("列宽" in note for note in document.notes)


def test_a_row_of_no_cells_is_none() -> None:
    document = read([par("正文"), Par([], "\x07", ROW_END + row_definition([0, 900])), par("完")])
    assert texts(document) == ["正文", "完"]
    assert len(document.blocks) == 2


def test_figures_of_a_row_without_edges_get_no_column_that_does_not_fit() -> None:
    cut = [Par([(text, b"")], "\x07", IN_TABLE) for text in "乙2"]
    body = [*table_row([0, 900, 1800, 2700], ["甲", "1", "2"]), *cut, Par([], "\x07", ROW_END), par("完")]
    assert cells(read(body))[-1] == ("乙\t2", 1, 0, 1, 3)


def test_a_link_in_a_cell_stands_there() -> None:
    code = ' HYPERLINK "http://a.example.cn/" '
    field = [("\x13", SPECIAL), (code, b""), ("\x14", SPECIAL), ("网址", b""), ("\x15", SPECIAL)]
    row = [Par([("甲", b"")], "\x07", IN_TABLE), Par(field, "\x07", IN_TABLE)]
    (link,) = read([*row, Par([], "\x07", ROW_END + row_definition([0, 900, 1800])), par("完")]).links
    assert (link.text, link.location.table, link.location.row, link.location.cell) == ("网址", 1, 1, 2)


# --- Kinds of files


def test_wps_is_the_same_container() -> None:
    assert {".doc", ".wps", ".dot"} <= SUPPORTED_SUFFIXES
    assert read([par("正文")], "报告.wps").reader == "doc"


def test_doc_files_are_often_html_or_rtf() -> None:
    assert read_document("<html><p>正文</p></html>".encode(), "报告.doc").reader == "html"
    assert read_document(rb"{\rtf1\ansi text\par}", "报告.doc").reader == "rtf"


def test_a_fast_saved_file_is_read_in_the_order_of_its_pieces() -> None:
    body = [par("一、总体情况"), *table_row([0, 900, 1800], ["甲", "1"]), par("完")]
    document = read(body, second_first=3, flags=0x0204)
    assert texts(document) == ["一、总体情况", "完"]
    assert [cell[0] for cell in cells(document)] == ["甲", "1"]


def test_what_a_fast_save_changed_in_a_piece_holds() -> None:
    hidden = 0x5C << 1 | 1 << 8
    assert texts(read([par("正文"), par("草稿")], second_first=1, second_changes=hidden, flags=0x0204)) == [
        "正文"
    ]


@pytest.mark.parametrize("flag", [0x0100, 0x8100, 0x8000])
def test_a_file_with_a_password_is_refused(flag: int) -> None:
    with pytest.raises(Unreadable, match="密码"):
        read([par("正文")], flags=0x0200 | flag)


def test_a_workbook_or_presentation_is_none() -> None:
    for stream, word in (("Workbook", "Excel"), ("PowerPoint Document", "演示")):
        with pytest.raises(Unreadable, match=word):
            read_document(compound_file({stream: b""}), "报告.doc")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_truncated_file_is_refused(part: float) -> None:
    data = word_file([par("正文一段"), *table_row([0, 900, 1800], ["甲", "1"]), par("完")])
    with pytest.raises(Unreadable, match="损坏"):
        read_document(data[: int(len(data) * part)], "报告.doc")


def test_text_that_is_not_all_there_is_refused() -> None:
    streams = word_streams([par("正文"), par("完")])
    main = bytearray(streams["WordDocument"])
    main[76:80] = struct.pack("<i", 5000)
    with pytest.raises(Unreadable, match="损坏"):
        read_document(compound_file({**streams, "WordDocument": bytes(main)}), "报告.doc")


def test_a_file_without_text_says_so() -> None:
    with pytest.raises(Unreadable, match="没有文字"):
        read([par("")])


SAMPLE = word_streams(
    [
        par("一、总体情况", IN_LIST),
        *table_row([0, 900, 1800], ["甲", "1"], [0x60, 0]),
        *table_row([0, 900, 1800], ["", "2"], [0x20, 0]),
        par("完", style=1),
    ],
    lists=list_structures([(37, "\x00、")]),
    styles=one_style(1, "heading 1", b""),
)


@given(
    st.sampled_from(["WordDocument", "1Table"]),
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255)), min_size=1, max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_every_offset_is_checked(stream: str, changes: list[tuple[int, int]]) -> None:
    data = bytearray(SAMPLE[stream])
    for at, value in changes:
        data[at % len(data)] = value
    try:
        read_document(compound_file({**SAMPLE, stream: bytes(data)}), "报告.doc")
    except Unreadable as reason:
        assert "\n" not in str(reason)
