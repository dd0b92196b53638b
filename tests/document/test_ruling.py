"""Drawn lines and characters → tables with real spans: pure geometry."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.document.geometry import Char, Ruling, rectangle
from linter.document.pagetext import cell_text
from linter.document.ruling import FilledGrid, read_grids

SIZE = 10.0


def across(y: float, x0: float, x1: float, thickness: float = 0.5) -> Ruling:
    return Ruling(x0, y - thickness / 2, x1, y + thickness / 2)


def down(x: float, y0: float, y1: float, thickness: float = 0.5) -> Ruling:
    return Ruling(x - thickness / 2, y0, x + thickness / 2, y1)


def lattice(xs: list[float], ys: list[float]) -> list[Ruling]:
    """Every line of a regular table."""
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def written(text: str, x: float, y: float, size: float = SIZE) -> list[Char]:
    """A line of text from left to right that begins at (x, y); ASCII is half as wide."""
    chars = []
    for sign in text:
        width = size / 2 if sign.isascii() else size
        chars.append(Char(sign, x, y, x + width, y + size))
        x += width
    return chars


def stacked(text: str, x: float, y: float, pitch: float = SIZE) -> list[Char]:
    """A column of text from top to bottom."""
    return [Char(sign, x, y + i * pitch, x + SIZE, y + i * pitch + SIZE) for i, sign in enumerate(text)]


def tables(rulings: Iterable[Ruling], *texts: list[Char]) -> tuple[list[FilledGrid], str]:
    """The tables found, and the text outside them."""
    grids, rest = read_grids(rulings, [char for text in texts for char in text])
    return grids, "".join(char.text for char in rest)


def cells(table: FilledGrid) -> list[tuple[int, int, int, int, str]]:
    """(row, column, row span, column span, text) of each cell."""
    return [
        (area.row, area.column, area.row_span, area.column_span, cell_text(chars, area.box))
        for area, chars in zip(table.grid.areas, table.chars, strict=True)
    ]


def texts(table: FilledGrid) -> list[str]:
    return [text for *_, text in cells(table)]


class TestGrid:
    def test_regular_table(self) -> None:
        lines = lattice([50, 150, 250], [100, 120, 140])
        [table], rest = tables(
            lines, written("规章", 60, 105), written("3", 160, 105), written("表外", 60, 200)
        )
        assert cells(table) == [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "3"), (1, 0, 1, 1, ""), (1, 1, 1, 1, "")]
        assert table.grid.box == (50, 100, 250, 140)
        assert rest == "表外"

    def test_merged_cells_have_their_real_spans(self) -> None:
        lines = [
            *rectangle(50, 100, 250, 160),
            across(120, 100, 250),
            across(140, 100, 250),
            down(100, 100, 160),
            down(150, 120, 160),
        ]
        [table], _ = tables(lines, written("组", 60, 125), written("标题", 160, 105))
        assert [cell[:4] for cell in cells(table)] == [
            (0, 0, 3, 1),
            (0, 1, 1, 2),
            (1, 1, 1, 1),
            (1, 2, 1, 1),
            (2, 1, 1, 1),
            (2, 2, 1, 1),
        ]

    def test_each_cell_drawn_as_a_box_of_its_own(self) -> None:
        boxes = [
            rectangle(50 + 42 * c, 100 + 22 * r, 90 + 42 * c, 120 + 22 * r)
            for r in range(2)
            for c in range(3)
        ]
        [table], _ = tables(
            [line for box in boxes for line in box], written("0", 60, 105), written("7", 144, 127)
        )
        assert len(table.grid.areas) == 6
        assert texts(table) == ["0", "", "", "", "", "7"]

    def test_double_borders_are_one(self) -> None:
        lines = lattice([50, 150, 250], [100, 120, 140]) + lattice([52, 152, 252], [102, 122, 142])
        [table], _ = tables(lines, written("甲", 60, 106))
        assert len(table.grid.areas) == 4

    def test_dashed_and_dotted_lines(self) -> None:
        dashes = [
            across(y, x, x + 3) for y in (100, 120, 140) for x in range(50, 250, 6)
        ]  # 3 points drawn, 3 left out
        dots = [Ruling(x - 0.5, y, x + 0.5, y + 1) for x in (50, 150, 250) for y in range(100, 141, 3)]
        [table], _ = tables([*dashes, *dots], written("甲", 60, 106), written("乙", 160, 126))
        assert texts(table) == ["甲", "", "", "乙"]

    def test_open_sides_are_completed(self) -> None:
        lines = [across(y, 50, 250) for y in (100, 120, 140)] + [down(150, 100, 140)]
        [table], _ = tables(lines, written("甲", 60, 105), written("5", 240, 125))
        assert texts(table) == ["甲", "", "", "5"]

    def test_row_cut_by_page_end_is_kept(self) -> None:
        """No border is drawn at the page end: the ends of the vertical lines stand for it."""
        lines = [across(100, 50, 250), across(120, 50, 250)] + [down(x, 100, 150) for x in (50, 150, 250)]
        [table], _ = tables(lines, written("甲", 60, 105), written("乙", 60, 125), written("8", 160, 125))
        assert texts(table) == ["甲", "", "乙", "8"]

    def test_page_with_nothing_but_side_borders(self) -> None:
        lines = [down(x, 50, 400) for x in (50, 150, 250)]
        [table], _ = tables(lines, written("很长的一行", 60, 60))
        assert texts(table) == ["很长的一行", ""]

    def test_empty_strip_at_page_end_is_no_row(self) -> None:
        lines = [across(100, 50, 250), across(120, 50, 250)] + [down(x, 100, 128) for x in (50, 150, 250)]
        [table], _ = tables(lines, written("甲", 60, 105), written("1", 160, 105))
        assert len(table.grid.ys) - 1 == 1

    def test_blank_row_at_page_end_is_a_row(self) -> None:
        """Blank cells cut by the page end are no strip: the row must not vanish."""
        xs = [50, 100, 150, 200, 250]
        lines = [across(100, 50, 250), across(120, 50, 250)] + [down(x, 100, 145) for x in xs]
        [table], _ = tables(lines, written("1", 60, 105), written("2", 110, 105))
        assert len(table.grid.ys) - 1 == 2

    def test_genuinely_blank_row_at_page_top_is_kept(self) -> None:
        lines = lattice([50, 100, 150, 200], [40, 60, 80])
        [table], _ = tables(lines, written("甲", 60, 65), written("1", 110, 65))
        assert texts(table) == ["", "", "", "甲", "1", ""]

    def test_rest_of_a_cut_group_label_makes_no_row(self) -> None:
        """The empty rest of a merged label ends at another height than the rows beside it."""
        xs = [50, 100, 150, 200, 250, 300]
        lines = [across(40, 50, 300), across(70, 50, 300), across(90, 50, 300), across(55, 50, 100)]
        lines += [down(x, 40, 90) for x in xs]
        [table], _ = tables(
            lines, *[written(str(i), 110 + 50 * i, 50) for i in range(4)], written("乙", 60, 75)
        )
        assert [cell[4] for cell in cells(table) if cell[0] == 0][-4:] == ["0", "1", "2", "3"]
        assert len(table.grid.ys) - 1 == 2

    def test_two_tables_of_a_page_from_top_to_bottom(self) -> None:
        lower, upper = lattice([50, 150, 250], [300, 320]), lattice([50, 100, 150], [100, 120])
        found, _ = tables([*lower, *upper], written("下", 60, 305), written("上", 60, 105))
        assert [texts(table)[0] for table in found] == ["上", "下"]

    def test_inner_table_keeps_its_text(self) -> None:
        lines = [*lattice([20, 300, 580], [50, 400]), *lattice([50, 100, 150], [100, 120])]
        outer, inner = tables(lines, written("外", 320, 60), written("内", 60, 105))[0]
        assert (texts(outer), texts(inner)) == (["", "外"], ["内", ""])


class TestNoTable:
    def test_box_round_a_paragraph_is_one_area(self) -> None:
        [box], _ = tables(rectangle(50, 100, 500, 140), written("框内文字", 60, 105))
        assert len(box.grid.areas) == 1

    def test_underlining(self) -> None:
        lines = [across(115, 60, 100), across(140, 60, 160), across(165, 60, 100)]
        found, rest = tables(lines, written("下划线", 60, 105))
        assert (found, rest) == ([], "下划线")

    def test_empty_frame(self) -> None:
        assert tables(lattice([50, 150], [100, 120, 140]))[0] == []

    def test_drawing_with_thousands_of_lines(self) -> None:
        lines = [across(y * 1.2, 10, 900) for y in range(700)] + [down(x * 1.2, 0, 800) for x in range(700)]
        found, rest = tables(lines, written("图", 60, 105))
        assert (found, rest) == ([], "图")


class TestCharacters:
    def test_number_wider_than_its_cell_stays_whole(self) -> None:
        lines = lattice([50, 80, 110], [100, 120])
        [table], _ = tables(lines, written("1234567", 52, 105), written("0", 95, 105))
        assert texts(table) == ["1234567", "0"]

    def test_numbers_of_neighbouring_cells_stay_apart(self) -> None:
        lines = lattice([50, 71, 92], [100, 120])
        [table], _ = tables(lines, written("123", 55, 105), written("456", 75, 105))
        assert texts(table) == ["123", "456"]

    def test_vertical_text_longer_than_its_row_stays_whole(self) -> None:
        lines = lattice([50, 80, 110], [100, 130, 150])
        [table], _ = tables(lines, stacked("其他结果", 60, 101), written("3", 62, 142), written("4", 92, 142))
        assert texts(table) == ["其他结果", "", "3", "4"]

    def test_stream_order_is_not_reading_order(self) -> None:
        """Some producers write both quotation marks of a line together."""
        line = written("办“开放日”二", 60, 105)
        order = [0, 1, 5, 2, 3, 4, 6]
        [table], _ = tables(
            lattice([50, 200, 250], [100, 120]), [line[i] for i in order], written("1", 210, 105)
        )
        assert texts(table)[0] == "办“开放日”二"


BOX = (0.0, 0.0, 40.0, 60.0)


class TestVerticalText:
    """結果維持 in a narrow header cell, in the ways in which producers set it."""

    def test_line_breaks(self) -> None:
        chars = [char for i, sign in enumerate("结果维持") for char in written(sign, 15, 5 + 13 * i)]
        assert cell_text(chars, BOX) == "结果维持"

    def test_narrow_column(self) -> None:
        chars = [*written("结果", 2, 5), *written("维持", 2, 17)]
        assert cell_text(chars, (0, 0, 26, 60)) == "结果维持"

    def test_downwards_in_one_column(self) -> None:
        assert cell_text(stacked("结果维持", 15, 5), BOX) == "结果维持"

    def test_downwards_in_two_columns_from_right_to_left(self) -> None:
        chars = [*stacked("结果", 22, 5), *stacked("维持", 8, 5)]
        assert cell_text(chars, BOX) == "结果维持"

    def test_all_in_one_place(self) -> None:
        """With some vertical fonts every character has nearly the same position."""
        chars = [Char(sign, 10, 20 + i / 4, 20, 30 + i / 4) for i, sign in enumerate("结果维持")]
        assert cell_text(chars, BOX) == "结果维持"

    def test_upwards_with_turned_digits(self) -> None:
        chars, y = [], 80.0
        for sign in "总计2024年":
            y -= 5 if sign.isascii() else 10
            chars.append(Char(sign, 10, y, 20, y + (5 if sign.isascii() else 10)))
        assert cell_text(chars, BOX) == "总计2024年"

    def test_column_printed_in_one_place_on_the_border_belongs_above(self) -> None:
        pile = [Char(sign, 60, 119 + i / 4, 70, 129 + i / 4) for i, sign in enumerate("自然人")]
        [table], _ = tables(lattice([50, 80, 110], [100, 118, 140]), pile, written("9", 62, 125))
        assert texts(table) == ["自然人", "", "9", ""]


class TestCellText:
    @pytest.mark.parametrize(
        ("first", "second", "joined"),
        [
            ("其他法律行政法规", "禁止公开", "其他法律行政法规禁止公开"),
            ("危及“三安全一稳", "定”", "危及“三安全一稳定”"),
        ],
    )
    def test_label_wrapped_by_the_cell_width(self, first: str, second: str, joined: str) -> None:
        chars = [*written(first, 5, 5), *written(second, 5, 18)]
        assert cell_text(chars, (0, 0, 90, 40)) == joined

    def test_line_break_of_the_writer_is_kept(self) -> None:
        chars = [*written("22", 5, 5), *written("（其中修订16件）", 5, 18)]
        assert cell_text(chars, (0, 0, 200, 40)) == "22\n（其中修订16件）"

    def test_number_wrapped_by_the_cell_width(self) -> None:
        chars = [*written("428", 5, 5), *written("960", 5, 18), *written("2", 5, 31)]
        assert cell_text(chars, (0, 0, 25, 50)) == "4289602"

    def test_two_numbers_below_one_another_are_not_joined(self) -> None:
        chars = [*written("12", 5, 5), *written("7", 5, 18)]
        assert cell_text(chars, (0, 0, 80, 40)) == "12\n7"

    def test_blank_only_where_there_is_a_gap(self) -> None:
        assert cell_text([*written("总", 5, 5), *written("计", 25, 5)], (0, 0, 60, 20)) == "总 计"
        assert cell_text([*written("本年", 5, 5), *written("12", 27.5, 5)], (0, 0, 60, 20)) == "本年12"

    def test_evenly_stretched_line_has_no_blanks(self) -> None:
        chars = [char for i, sign in enumerate("政府信息公开") for char in written(sign, 5 + 17 * i, 5)]
        assert cell_text(chars, (0, 0, 200, 20)) == "政府信息公开"

    def test_bold_by_printing_twice(self) -> None:
        chars = [
            char
            for sign, x in (("总", 5), ("总", 5.3), ("计", 15), ("计", 15.3))
            for char in written(sign, x, 5)
        ]
        assert cell_text(chars, (0, 0, 60, 20)) == "总计"


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[float], list[float], list[tuple[int, int, int, int]]]:
    """Column borders, row borders, and a tiling of the slots by rectangles."""
    columns, rows = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    xs, ys = [40.0], [60.0]
    for _ in range(columns):
        xs.append(xs[-1] + draw(st.integers(25, 90)))
    for _ in range(rows):
        ys.append(ys[-1] + draw(st.integers(16, 60)))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    areas = []
    while free:
        row, column = min(free)
        wide = draw(st.integers(1, 3))
        high = draw(st.integers(1, 3))
        width = 1
        while width < wide and (row, column + width) in free:
            width += 1
        height = 1
        while height < high and all((row + height, column + i) in free for i in range(width)):
            height += 1
        free -= {(row + i, column + j) for i in range(height) for j in range(width)}
        areas.append((row, column, height, width))
    return xs, ys, areas


@settings(deadline=None, max_examples=60)
@given(layouts())
def test_grid_read_equals_grid_drawn(
    layout: tuple[list[float], list[float], list[tuple[int, int, int, int]]],
) -> None:
    """Any tiling whose borders are all used comes back cell by cell."""
    xs, ys, areas = layout
    used_xs = {xs[column] for _, column, _, _ in areas} | {xs[-1]}
    used_ys = {ys[row] for row, _, _, _ in areas} | {ys[-1]}
    drawn: list[Ruling] = []
    chars: list[Char] = []
    expected = []
    for number, (row, column, height, width) in enumerate(areas):
        drawn += rectangle(xs[column], ys[row], xs[column + width], ys[row + height])
        chars += written(str(number), xs[column] + 3, ys[row] + 3)
        spans = (
            sum(xs[column] < x <= xs[column + width] for x in used_xs),
            sum(ys[row] < y <= ys[row + height] for y in used_ys),
        )
        expected.append((str(number), spans[1], spans[0]))
    found, rest = read_grids(drawn, chars)
    assert rest == []
    got = [(text, high, wide) for table in found for _, _, high, wide, text in cells(table)]
    assert sorted(got) == sorted(expected)
