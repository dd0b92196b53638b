"""Tables without lines between their cells, or with some: columns and rows from the places of words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from linter.document.geometry import Char, Ruling, is_wide
from linter.document.pagetext import cell_text
from linter.document.ruling import FilledGrid
from linter.document.unruled import is_partly_ruled, read_unruled, shows_values
from linter.document.unruledcolumns import Columns
from linter.document.unruledheader import Opening

EM = 10.0
Placed = tuple[float, float, str]
"""Left edge, top, text."""


def chars(*words: Placed) -> list[Char]:
    """The characters of words; ASCII signs are half as wide as Han."""
    made = []
    for left, top, text in words:
        x = left
        for sign in text:
            width = EM if is_wide(sign) else EM / 2
            made.append(Char(sign, x, top, x + width, top + EM))
            x += width
    return made


def grid(filled: FilledGrid) -> list[list[str]]:
    """The texts row by row, merged cells once, line breaks left out."""
    rows: list[list[str]] = [[] for _ in range(len(filled.grid.ys) - 1)]
    for area, content in zip(filled.grid.areas, filled.chars, strict=True):
        rows[area.row].append(cell_text(content, area.box).replace("\n", ""))
    return rows


def read(
    *words: Placed, rulings: Sequence[Ruling] = (), carried: Columns | Opening | None = None
) -> list[list[list[str]]]:
    return [grid(table) for table in read_unruled(chars(*words), rulings, carried).tables]


def row(top: float, *values: str, first: float = 200.0) -> list[Placed]:
    """Figures in the middle of columns 60 points wide; a blank string leaves a cell blank."""
    return [(first + 60 * at - len(value) * EM / 4, top, value) for at, value in enumerate(values) if value]


def names(top: float, *texts: str, first: float = 200.0) -> list[Placed]:
    """Column names in the middle of their columns."""
    return [(first + 60 * at - len(text) * EM / 2, top, text) for at, text in enumerate(texts)]


HEADER = names(100, "自然人", "企业", "总计")


def test_columns_by_their_figures_and_header() -> None:
    words = [
        *HEADER,
        (50, 120, "新收"),
        *row(120, "1", "20", "21"),
        (50, 140, "结转"),
        *row(140, "3", "0", "3"),
    ]
    assert read(*words) == [
        [["", "自然人", "企业", "总计"], ["新收", "1", "20", "21"], ["结转", "3", "0", "3"]]
    ]


@pytest.mark.parametrize("shift", [-1.0, 1.0])
def test_figures_set_to_the_side_under_names_in_the_middle(shift: float) -> None:
    def set_aside(top: float, *values: str) -> list[Placed]:
        return [
            (200 + 60 * at + 25 * shift - (len(value) * EM / 2 if shift > 0 else 0), top, value)
            for at, value in enumerate(values)
        ]

    words = [*HEADER, (50, 120, "新收申请"), *set_aside(120, "1", "20", "21")]
    words += [(50, 140, "结转申请"), *set_aside(140, "100", "0", "100")]
    [found] = read(*words)
    assert found[0][-3:] == ["自然人", "企业", "总计"]
    assert [cells[-3:] for cells in found[1:]] == [["1", "20", "21"], ["100", "0", "100"]]


def test_a_blank_cell_stays_in_its_column() -> None:
    words = [
        *HEADER,
        (50, 120, "新收"),
        *row(120, "1", "20", "21"),
        (50, 140, "结转"),
        *row(140, "3", "", "3"),
    ]
    assert read(*words)[0][2] == ["结转", "3", "", "3"]


def test_a_blank_column_is_known_by_its_name() -> None:
    words = [*HEADER, (50, 120, "新收"), *row(120, "1", "", "1"), (50, 140, "结转"), *row(140, "3", "", "3")]
    assert read(*words)[0][1:] == [["新收", "1", "", "1"], ["结转", "3", "", "3"]]


def test_a_label_of_several_lines_stands_evenly_round_its_figures() -> None:
    words = [*HEADER, (50, 120, "1.属于国"), *row(126, "1", "2", "3"), (50, 132, "家秘密")]
    words += [(50, 146, "2.其他"), *row(146, "4", "5", "9")]
    assert read(*words)[0][1:] == [["1.属于国家秘密", "1", "2", "3"], ["2.其他", "4", "5", "9"]]


def test_a_label_whose_first_line_holds_the_figures() -> None:
    words = [*HEADER]
    for at, label in enumerate(("1.属于国", "2.法律规", "3.危及安")):
        words += [(50, 120 + 26 * at, label), *row(120 + 26 * at, "1", "2", "3"), (50, 132 + 26 * at, "定密")]
    assert [cells[0] for cells in read(*words)[0][1:]] == ["1.属于国定密", "2.法律规定密", "3.危及安定密"]


def test_a_row_without_figures_is_blank_not_its_neighbours() -> None:
    words = [*HEADER, (50, 120, "1.属于"), *row(120, "1", "2", "3"), (50, 140, "2.其他")]
    words += [(50, 160, "3.危及"), *row(160, "4", "5", "9")]
    assert read(*words)[0][1:] == [
        ["1.属于", "1", "2", "3"],
        ["2.其他", "", "", ""],
        ["3.危及", "4", "5", "9"],
    ]


def test_group_labels_stand_left_of_labels() -> None:
    words = [*HEADER, (80, 120, "1.属于国家"), *row(120, "1", "2", "3"), (40, 130, "不予"), (40, 142, "公开")]
    words += [(80, 150, "2.其他法律"), *row(150, "4", "5", "9")]
    assert [cells[-4:] for cells in read(*words)[0][1:]] == [
        ["1.属于国家", "1", "2", "3"],
        ["2.其他法律", "4", "5", "9"],
    ]


def test_drawn_lines_divide_rows() -> None:
    words = [*HEADER, (50, 120, "新收政府"), *row(120, "1", "2", "3"), (50, 132, "信息")]
    words += [(50, 150, "结转"), *row(150, "4", "5", "9")]
    across = [Ruling(40, y, 350, y) for y in (95, 115, 146, 165)]
    assert read(*words, rulings=across)[0][1:] == [["新收政府信息", "1", "2", "3"], ["结转", "4", "5", "9"]]


def test_columns_go_on_over_the_page_end() -> None:
    first = read_unruled(
        chars(
            *HEADER,
            (50, 120, "新收"),
            *row(120, "1", "20", "21"),
            (50, 140, "结转"),
            *row(140, "3", "0", "3"),
        ),
        (),
        None,
    )
    assert isinstance(first.carried, Columns)
    following = [(50.0, 40.0, "公开"), *row(40, "7", "", "7"), (50.0, 60.0, "其他"), *row(60, "8", "", "8")]
    assert read(*following, carried=first.carried) == [[["公开", "7", "", "7"], ["其他", "8", "", "8"]]]


def test_figures_out_of_order_are_no_table() -> None:
    words = [(50.0, 120.0, "新收"), (200.0, 120.0, "1"), (212.0, 120.0, "2"), (50.0, 140.0, "结转")]
    words += [(195.0, 140.0, "123456"), (50.0, 160.0, "其他"), (204.0, 160.0, "7"), (240.0, 160.0, "9")]
    assert read(*words) == []


def test_a_page_number_between_dashes_is_no_row() -> None:
    words = [
        *HEADER,
        (50, 120, "新收"),
        *row(120, "1", "20", "21"),
        (50, 140, "结转"),
        *row(140, "3", "0", "3"),
    ]
    words += [(190, 160, "-"), (200, 160, "2"), (210, 160, "-")]
    found = read_unruled(chars(*words), (), None)
    assert len(grid(found.tables[0])) == 3
    assert "".join(char.text for char in found.rest) == "-2-"


def test_prose_with_figures_is_no_table() -> None:
    assert not shows_values(
        ["全年收到申请 12 件，办结 10 件。", "联系电话：0512-1234567", "第二十条第（五）项"]
    )
    words: list[Placed] = [(50, 100 + 20 * at, "全年收到申请12件，办结10件，结转2件。") for at in range(4)]
    assert read(*words) == []


def test_a_heading_above_the_table_is_not_part_of_it() -> None:
    words = [(50, 80, "三、收到和处理"), *HEADER, (50, 120, "新收"), *row(120, "1", "20", "21")]
    words += [(50, 140, "结转"), *row(140, "3", "0", "3")]
    found = read_unruled(chars(*words), (), None)
    assert "".join(char.text for char in found.rest) == "三、收到和处理"


def test_a_frame_round_all_divides_no_columns() -> None:
    from linter.document.geometry import rectangle
    from linter.document.ruling import read_grids

    words = chars((50, 120, "新收"), *row(120, "1", "20", "21"), (50, 140, "结转"), *row(140, "3", "0", "3"))
    [table], _ = read_grids(rectangle(40, 110, 350, 160), words)
    assert is_partly_ruled(table)


def test_a_drawn_grid_stays_one() -> None:
    from linter.document.ruling import read_grids

    lines = [Ruling(40, y, 350, y) for y in (115, 135, 155)]
    lines += [Ruling(x, 115, x, 155) for x in (40, 170, 230, 290, 350)]
    words = chars((50, 120, "新收"), *row(120, "1", "20", "21"), (50, 140, "结转"), *row(140, "3", "0", "3"))
    [table], _ = read_grids(lines, words)
    assert not is_partly_ruled(table)


def test_a_heading_in_larger_type_right_below_ends_the_table() -> None:
    words = [
        *HEADER,
        (50, 120, "新收"),
        *row(120, "1", "20", "21"),
        (50, 140, "结转"),
        *row(140, "3", "0", "3"),
    ]
    heading = [Char(sign, 50 + 15 * at, 170, 65 + 15 * at, 185) for at, sign in enumerate("四、复议和诉讼")]
    found = read_unruled([*chars(*words), *heading], (), None)
    assert len(grid(found.tables[0])) == 3
    assert "".join(char.text for char in found.rest) == "四、复议和诉讼"


def test_columns_do_not_go_on_where_another_header_ends_the_page() -> None:
    words = [
        *HEADER,
        (50, 120, "新收"),
        *row(120, "1", "20", "21"),
        (50, 140, "结转"),
        *row(140, "3", "0", "3"),
    ]
    assert not isinstance(read_unruled(chars(*words, *names(170, "数量", "金额")), (), None).carried, Columns)


def test_a_figure_broken_over_lines_stays_in_its_row() -> None:
    words = [*HEADER, *row(116, "13", "", "14"), (50, 120, "新收"), *row(124, "2", "", "3")]
    words += [*row(120, "", "9", ""), (50, 150, "结转"), *row(150, "3", "0", "3")]
    [table] = read_unruled(chars(*words), (), None).tables
    texts = [
        cell_text(content, area.box) for area, content in zip(table.grid.areas, table.chars, strict=True)
    ]
    assert texts[4:8] == ["新收", "13\n2", "9", "14\n3"]


def test_the_name_of_a_group_between_rows_is_a_row() -> None:
    words = [
        *HEADER,
        (50, 120, "新收"),
        *row(120, "1", "20", "21"),
        (50, 140, "结转"),
        *row(140, "3", "0", "3"),
    ]
    words += [(170, 160, "办理结果"), (50, 180, "公开"), *row(180, "4", "5", "9"), (50, 200, "其他")]
    found = read_unruled(chars(*words, *row(200, "0", "1", "1")), (), None)
    assert not found.rest
    assert [cells for table in found.tables for cells in grid(table)][3][0] == "办理结果"


def test_figures_under_names_that_begin_left_of_them_have_no_labels() -> None:
    words = [*names(100, "结果维持", "结果纠正", "总计"), *row(120, "1", "2", "3"), *row(140, "0", "0", "0")]
    assert read(*words)[0] == [["结果维持", "结果纠正", "总计"], ["1", "2", "3"], ["0", "0", "0"]]


def test_a_label_torn_by_the_page_end_keeps_the_figures_on_its_first_line() -> None:
    first = [
        *HEADER,
        (50.0, 120.0, "1.属于秘密"),
        *row(120, "1", "2", "3"),
        (50.0, 140.0, "2.要求行政"),
        *row(140, "4", "5", "9"),
        (50.0, 152.0, "机关确认"),
    ]
    assert read(*first)[0][1:] == [["1.属于秘密", "1", "2", "3"], ["2.要求行政机关确认", "4", "5", "9"]]


def test_the_rest_of_a_label_at_a_page_top_is_a_row_of_its_own() -> None:
    following = [
        *names(30, "自然人", "企业", "总计"),
        (50.0, 50.0, "或重新出具"),
        (50.0, 70.0, "3.重复申请"),
        *row(70, "7", "0", "7"),
        (50.0, 90.0, "4.其他"),
        *row(90, "8", "0", "8"),
    ]
    assert read(*following)[0][1:] == [
        ["或重新出具", "", "", ""],
        ["3.重复申请", "7", "0", "7"],
        ["4.其他", "8", "0", "8"],
    ]


@pytest.mark.parametrize("figure", [205.0, 300.0, 380.0], ids=["left", "middle", "right"])
def test_a_single_column_is_as_wide_as_its_name(figure: float) -> None:
    words = [(80.0, 100.0, "信息内容"), (260.0, 100.0, "本年处理决定数量"), (50.0, 120.0, "行政许可")]
    assert read(*words, (figure, 120.0, "17")) == [[["信息内容", "本年处理决定数量"], ["行政许可", "17"]]]


def test_a_single_figure_between_two_lines_of_label_and_of_name() -> None:
    words = [
        (260.0, 100.0, "本年处理决"),
        (80.0, 106.0, "信息内容"),
        (260.0, 112.0, "定数量"),
        (50.0, 130.0, "行政事业"),
        (300.0, 136.0, "17"),
        (50.0, 142.0, "性收费"),
    ]
    assert read(*words) == [[["信息内容", "本年处理决定数量"], ["行政事业性收费", "17"]]]


def test_a_row_whose_header_ends_the_page_before() -> None:
    header = [(50.0, 700.0, "正文。"), (80.0, 760.0, "信息内容"), (260.0, 760.0, "本年处理决定数量")]
    opening = read_unruled(chars(*header), (), None).carried
    assert opening == Opening(1)
    following = [(50.0, 40.0, "行政许可"), (400.0, 40.0, "17")]
    assert read(*following, carried=opening) == [[["行政许可", "17"]]]
    assert read(*following, (450.0, 40.0, "18"), carried=opening) == []


def test_blank_columns_at_regular_steps_are_known_where_the_header_runs_together() -> None:
    titles = [(182.0 + 40 * at, 100.0, "商业企业") for at in range(5)]
    figures = [(200.0 + 40 * at, top, str(at)) for top in (120.0, 140.0) for at in (0, 1, 3, 4)]
    words = [*titles, (50.0, 120.0, "1.新收"), (50.0, 140.0, "2.结转"), *figures]
    assert read(*words)[0][1:] == [["1.新收", "0", "1", "", "3", "4"], ["2.结转", "0", "1", "", "3", "4"]]


def test_an_item_set_close_to_its_group_is_told_by_its_number() -> None:
    words = [
        *HEADER,
        (50.0, 120.0, "（三）不1.属于秘密"),
        *row(120, "1", "2", "3"),
        (90.0, 140.0, "2.其他"),
        *row(140, "4", "5", "9"),
    ]
    assert read(*words)[0][1:] == [["（三）不", "1.属于秘密", "1", "2", "3"], ["2.其他", "4", "5", "9"]]


def piled(left: float, top: float, text: str) -> list[Char]:
    """Upright text without room: each sign a tenth of a line below the one before."""
    return [Char(sign, left, top + at, left + EM, top + at + EM) for at, sign in enumerate(text)]


def test_upright_text_drawn_upon_itself_is_kept_out_of_rows_and_headings() -> None:
    words = [
        *HEADER,
        (50.0, 120.0, "（七）办结总数"),
        *row(120, "1", "2", "3"),
        (50.0, 140.0, "四、结转下年度"),
        *row(140, "4", "5", "9"),
        (50.0, 175.0, "四、政府信息公开行政复议"),
    ]
    signs = [*chars(*words[:-1]), *piled(80, 146, "三、本年度办理结果"), *chars(words[-1])]
    found = read_unruled(signs, (), None)
    assert [grid(table)[1:] for table in found.tables] == [
        [["（七）办结总数", "1", "2", "3"], ["四、结转下年度", "4", "5", "9"]]
    ]
    assert "".join(char.text for char in found.rest) == "四、政府信息公开行政复议"


def test_names_of_columns_drawn_over_the_first_figures_do_not_run_into_them() -> None:
    labels = [
        (50.0, 120.0, "1.新收"),
        *row(120, "1", "2", "3"),
        (50.0, 140.0, "2.结转"),
        *row(140, "4", "5", "9"),
    ]
    upright = [
        sign
        for at, text in enumerate(["自然人", "企业家", "总计数"])
        for sign in piled(195 + 60 * at, 113, text)
    ]
    [table] = read_unruled([*upright, *chars(*labels)], (), None).tables
    assert grid(table) == [
        ["", "自然人", "企业家", "总计数"],
        ["1.新收", "1", "2", "3"],
        ["2.结转", "4", "5", "9"],
    ]


def test_a_figure_right_behind_its_label_is_told_by_its_column() -> None:
    words = [*HEADER, (50.0, 120.0, "新收"), (50.0, 140.0, "结转"), (50.0, 160.0, "办结")]
    words += [(left, top, "7") for top in (120.0, 140.0, 160.0, 180.0) for left in (192.0, 252.0, 312.0)]
    words.append((122.0, 180.0, "继续办理的申请"))
    assert read(*words)[0][-1] == ["继续办理的申请", "7", "7", "7"]


def test_two_items_a_line_apart_are_two_rows_of_figures() -> None:
    words = [
        *HEADER,
        (50.0, 120.0, "1.新收"),
        *row(120, "1", "2", "3"),
        (50.0, 128.5, "2.结转"),
        *row(128.5, "4", "5", "9"),
    ]
    assert read(*words)[0][1:] == [["1.新收", "1", "2", "3"], ["2.结转", "4", "5", "9"]]


def test_a_leading_block_of_blank_columns_without_labels_is_known_by_its_names() -> None:
    words = [
        *names(100, "维持", "纠正", "总计", "维持", "纠正", "总计"),
        *row(120, "1", "2", "3", first=380.0),
    ]
    words += row(140, "0", "0", "0", first=380.0)
    assert read(*words)[0][1:] == [["", "", "", "1", "2", "3"], ["", "", "", "0", "0", "0"]]


def test_a_running_head_is_no_part_of_the_first_label() -> None:
    words = [(50.0, 40.0, "内部校对稿样"), (50.0, 80.0, "1.新收"), *row(80, "1", "2", "3")]
    words += [(50.0, 100.0, "2.结转"), *row(100, "4", "5", "9")]
    assert read(*words)[0] == [["1.新收", "1", "2", "3"], ["2.结转", "4", "5", "9"]]


def test_a_sign_of_a_group_that_reads_as_a_placeholder_is_no_figure() -> None:
    words = [*HEADER, (50.0, 120.0, "1.新收申请"), *row(120, "1", "2", "3")]
    words += [(20.0, 140.0, "无"), (50.0, 140.0, "2.结转申请"), *row(140, "4", "5", "9")]
    assert [cells[-3:] for cells in read(*words)[0][1:]] == [["1", "2", "3"], ["4", "5", "9"]]
