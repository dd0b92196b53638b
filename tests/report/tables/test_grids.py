"""Tables from grids: pieces found, joined over page ends, aligned to the norm's rows and columns."""

from __future__ import annotations

import pytest
from grids import APPLICANTS, applications_header, applications_rows, grid, items, pieces

from linter.document.model import Cell, Location, Table
from linter.report.flow import Piece, Text
from linter.report.model import StandardTable, State
from linter.report.tables import begins_torn, layout_of, read_tables, recognise_tables


def read(*grids: Table, edition: str = "2019", key: str = "applications") -> StandardTable:
    return read_tables(recognise_tables(items(*grids)), edition)[key]  # type: ignore[arg-type]


def numbers(table: StandardTable, row: str) -> list[object]:
    return [table.cells[row, column].value for column in KEYS]


KEYS = ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total")


def numbered(edition: str = "2019") -> list[list[str]]:
    """Rows whose value tells row and column, so that no shift goes unseen."""
    rows = applications_rows(edition)
    for index, row in enumerate(rows):
        row[2:] = [str(100 * (index + 1) + column) for column in range(7)]
    return rows


def test_a_whole_table_is_read_cell_by_cell() -> None:
    table = read(grid(applications_header() + numbered()))
    assert numbers(table, "new") == [100, 101, 102, 103, 104, 105, 106]
    assert numbers(table, "carried_out") == [2300, 2301, 2302, 2303, 2304, 2305, 2306]
    assert table.deviations == ()


def test_a_vertical_label_drawn_in_one_place_lacks_what_comes_twice() -> None:
    rows = [*applications_header(), *numbered()]
    rows[1][3] = "商业企"
    printed = grid(rows)
    cells = [cell._replace(location=cell.location._replace(page=2)) for cell in printed.cells]
    assert read(printed._replace(cells=tuple(cells))).deviations == ()
    assert [deviation.kind for deviation in read(printed).deviations] == ["renamed"]


def test_every_cell_keeps_its_place_in_the_file() -> None:
    table = read(grid(applications_header() + numbered()))
    assert table.cells["new", "business"].location == Location(row=3, cell=4)


def test_a_table_cut_by_pages_with_its_header_repeated_is_one() -> None:
    rows = numbered()
    table = read(grid(applications_header() + rows[:9]), grid(applications_header() + rows[9:]))
    assert numbers(table, "denied.process")[0] == 1000
    assert table.deviations == ()


def test_a_torn_row_is_one_row() -> None:
    rows = numbered()
    torn = rows[6]
    upper = [torn[0], "3.危及“三安全一稳", *torn[2:]]
    lower = ["", "定”", *[""] * 7]
    table = read(grid(applications_header() + rows[:6] + [upper]), grid([lower, *rows[7:]]))
    assert numbers(table, "denied.security_stability")[0] == 700
    assert numbers(table, "denied.third_party")[0] == 800
    assert table.deviations == ()


def torn_figures(upper: list[str], lower: list[str], first: str = "") -> StandardTable:
    """The table cut by a page end in the middle of its row 7, whose figures are given in two parts."""
    rows = numbered()
    label = rows[6][1].removesuffix(first) if first == "定”" else rows[6][1]
    top = grid(applications_header() + rows[:6] + [[rows[6][0], label, *upper]], source="ruled")
    return read(top, grid([[first, "", *lower], *rows[7:]], source="ruled"))


@pytest.mark.parametrize("first", ["", "公开", "定”"])
def test_figures_that_a_page_end_tore_in_two_are_whole(first: str) -> None:
    upper, lower = ["2161", "0", "117", "366", "2201", "0", "121"], ["5", "", "", "", "9", "", ""]
    table = torn_figures(upper, lower, first)
    assert numbers(table, "denied.security_stability") == [21615, 0, 117, 366, 22019, 0, 121]
    assert numbers(table, "denied.third_party")[0] == 800
    assert table.deviations == ()


def test_figures_torn_in_a_way_that_no_line_end_makes_are_lost() -> None:
    table = torn_figures(["2", "0", "117", "366", "2201", "0", "121"], ["161", "", "", "", "9", "", ""])
    states = [table.cells["denied.security_stability", key].state for key in KEYS]
    assert states[0] == states[4] == State.LOST
    assert states[1] == State.NUMBER


def test_a_row_really_blank_at_the_top_of_a_page_stays_blank() -> None:
    rows = numbered()
    rows[6][2:] = [""] * 7
    table = read(grid(applications_header() + rows[:6]), grid(rows[6:]))
    assert {table.cells["denied.security_stability", key].state for key in KEYS} == {State.BLANK}
    assert numbers(table, "denied.prohibited_by_law")[0] == 600


def test_a_header_torn_by_a_page_end_loses_no_column() -> None:
    upper = [*applications_header()[:1], ["", "", "自然人", "法人或其他组织", "", "", "", "", "总计"]]
    lower = ["", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""]
    table = read(grid(upper), grid([lower, *numbered()]))
    assert numbers(table, "new") == [100, 101, 102, 103, 104, 105, 106]


def test_columns_in_another_order_go_by_their_header() -> None:
    header = [["", "", *reversed(APPLICANTS)]]
    table = read(grid(header + numbered()))
    assert numbers(table, "new") == [106, 105, 104, 103, 102, 101, 100]


def test_an_added_column_does_not_shift_the_others() -> None:
    header = [["", "", "自然人", "法人小计", *APPLICANTS[1:]]]
    rows = [[*row[:3], "999", *row[3:]] for row in numbered()]
    table = read(grid(header + rows))
    assert numbers(table, "new") == [100, 101, 102, 103, 104, 105, 106]
    assert [(one.part, one.kind, one.found) for one in table.deviations] == [("column", "extra", "法人小计")]


def test_a_row_cut_off_by_its_conversion_loses_its_last_cell_only() -> None:
    rows = numbered()
    rows[4] = ["", "（三）不", rows[4][1], *rows[4][2:8]]
    table = read(grid(applications_header() + rows))
    assert numbers(table, "denied.state_secret") == [500, 501, 502, 503, 504, 505, None]
    last = table.cells["denied.state_secret", "total"]
    assert (last.state, bool(last.reason)) == (State.LOST, True)


def test_a_merged_value_cell_is_lost_not_spread() -> None:
    rows = applications_header() + numbered()
    cells = [cell for cell in grid(rows).cells if not (cell.row == 2 and cell.column in (3, 4))]
    merged = Cell(2, 3, "7", 1, 2)
    table = read(
        Table(tuple(sorted([*cells, merged], key=lambda c: (c.row, c.column))), len(rows), 9, "markup")
    )
    assert {table.cells["new", key].state for key in ("business", "research")} == {State.LOST}
    assert table.cells["new", "natural_person"].value == 100
    assert table.cells["new", "total"].value == 106


def test_a_missing_row_is_absent_and_said_to_be_missing() -> None:
    rows = numbered()
    table = read(grid(applications_header() + rows[:10] + rows[11:], "markup"))
    assert table.cells["denied.enforcement_file", "total"].state is State.ABSENT
    assert [(one.kind, one.key, one.lost) for one in table.deviations] == [
        ("missing", "denied.enforcement_file", None)
    ]


def test_a_row_missing_where_the_conversion_cut_the_page_is_lost() -> None:
    rows = numbered()
    table = read(grid(applications_header() + rows[:10]), grid(rows[11:]))
    assert table.cells["denied.enforcement_file", "total"].state is State.LOST
    assert [bool(one.lost) for one in table.deviations] == [True]


def test_a_table_that_begins_in_its_middle_has_lost_its_first_rows() -> None:
    fragment = grid(numbered()[7:])
    found = recognise_tables(items(fragment))
    assert isinstance(found[0], Piece)
    assert begins_torn(found[0])
    table = read_tables(found, "2019")["applications"]
    assert table.cells["new", "total"].state is State.LOST
    assert table.cells["denied.third_party", "total"].value == 806


def test_a_renamed_row_is_read_and_named() -> None:
    rows = numbered()
    rows[5][1] = "2.其他法规禁止公开"
    table = read(grid(applications_header() + rows))
    assert table.cells["denied.prohibited_by_law", "total"].value == 606
    assert [(one.kind, one.key, one.found) for one in table.deviations] == [
        ("renamed", "denied.prohibited_by_law", "2.其他法规禁止公开")
    ]


def test_a_subtotal_row_is_extra() -> None:
    rows = numbered()
    rows.insert(12, ["", "小计", *["9"] * 7])
    table = read(grid(applications_header() + rows))
    assert [(one.kind, one.found) for one in table.deviations] == [("extra", "小计")]
    assert numbers(table, "unavailable.not_held")[0] == 1300


def test_rows_out_of_order_keep_their_figures() -> None:
    rows = numbered()
    rows[16], rows[17] = rows[17], rows[16]
    table = read(grid(applications_header() + rows))
    assert {one.kind for one in table.deviations} == {"moved"}
    assert numbers(table, "rejected.repeat")[0] == 1700
    assert numbers(table, "rejected.publication")[0] == 1800


def test_the_unsplit_row_of_edition_2021_stays_one_row() -> None:
    header = grid([*applications_header(), *numbered("2019")])
    table = read(header, edition="2021")
    assert table.layout == "2021"
    assert numbers(table, "other")[0] == 2100
    assert ("other.unpaid", "total") not in table.cells
    assert [(one.kind, one.key) for one in table.deviations] == [("split", "other")]


def disclosure_2021(*figures: str) -> list[list[str]]:
    one, two, three, four, five, six, seven, eight, nine, ten = figures
    return [
        ["第二十条第（一）项", "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", one, two, three],
        ["行政规范性文件", four, five, six],
        ["第二十条第（五）项", "", "", ""],
        ["信息内容", "本年处理决定数量", "", ""],
        ["行政许可", seven, "", ""],
        ["第二十条第（六）项", "", "", ""],
        ["信息内容", "本年处理决定数量", "", ""],
        ["行政处罚", eight, "", ""],
        ["行政强制", nine, "", ""],
        ["第二十条第（八）项", "", "", ""],
        ["信息内容", "本年收费金额（单位：万元）", "", ""],
        ["行政事业性收费", ten, "", ""],
    ]


def test_each_block_of_the_disclosure_table_has_columns_of_its_own() -> None:
    table = read(grid(disclosure_2021(*"123456789", "10.5")), edition="2021", key="disclosure")
    assert [str(cell.value) for cell in table.cells.values()] == [*"123456789", "10.5"]
    assert table.deviations == ()


@pytest.mark.parametrize("cut", [2, 4, 7, 9, 11])
def test_the_disclosure_table_may_be_cut_anywhere(cut: int) -> None:
    rows = disclosure_2021(*"123456789", "10.5")
    table = read(grid(rows[:cut]), grid(rows[cut:]), edition="2021", key="disclosure")
    assert [str(cell.value) for cell in table.cells.values()] == [*"123456789", "10.5"]


def test_the_layout_is_told_by_the_tables_not_by_the_year() -> None:
    found = recognise_tables(items(grid(disclosure_2021(*["0"] * 10))))
    assert layout_of(found) == "2021"
    assert read_tables(found, "2019")["disclosure"].layout == "2021"


DISPUTES = [
    ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
    [
        *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
        "未经复议直接起诉",
        *[""] * 4,
        "复议后起诉",
        *[""] * 4,
    ],
    [*[""] * 5, *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2],
]


def test_the_fifteen_figures_of_the_disputes_table() -> None:
    table = read(grid([*DISPUTES, [str(number) for number in range(15)]]), key="disputes")
    assert [cell.value for cell in table.cells.values()] == list(range(15))


def test_a_blank_block_of_the_disputes_table_is_blank() -> None:
    table = read(grid([*DISPUTES, [*[""] * 5, *["0"] * 10]]), key="disputes")
    states = [cell.state for cell in table.cells.values()]
    assert states == [State.BLANK] * 5 + [State.NUMBER] * 10


def test_two_rows_of_figures_leave_the_disputes_table_undecided() -> None:
    table = read(grid([*DISPUTES, ["0"] * 15, ["1"] * 15]), key="disputes")
    assert {cell.state for cell in table.cells.values()} == {State.LOST}


def test_a_foreign_table_is_left_alone() -> None:
    foreign = grid([["姓名", "电话"], ["甲", "1"], ["乙", "2"]])
    assert recognise_tables((foreign,)) == (foreign,)


def test_the_figures_alone_on_a_new_page_belong_to_the_header_before() -> None:
    found = recognise_tables((grid(DISPUTES), Text("- 4 -"), grid([[str(number) for number in range(15)]])))
    table = read_tables(found, "2019")["disputes"]
    assert [cell.value for cell in table.cells.values()] == list(range(15))


def test_a_table_that_is_not_there_is_absent() -> None:
    tables = read_tables((), "2021")
    assert not tables["applications"].found
    assert {cell.state for cell in tables["applications"].cells.values()} == {State.ABSENT}
    assert read_tables((), "pre-2019") == {}


def test_a_table_of_the_reports_own_is_not_taken_for_a_standard_one() -> None:
    own = grid([["事项", "数量"], ["行政许可", "77"], ["行政处罚", "88"]])
    flow = (Text("一、总体情况"), own, Text("二、主动公开政府信息情况"), grid(disclosure_2021(*["0"] * 10)))
    found = recognise_tables(flow)
    assert found[1] == own
    assert read_tables(found, "2021")["disclosure"].cells["licensing", "decisions"].value == 0


def test_a_group_label_in_a_row_of_its_own_is_no_row() -> None:
    rows = numbered("2021")
    place = next(index for index, row in enumerate(rows) if row[1].startswith("1.申请人"))
    rows.insert(place, ["（六）其他处理", "", *[""] * 7])
    table = read(grid(applications_header() + rows), edition="2021")
    assert table.deviations == ()
    assert ("other", "total") not in table.cells


def test_a_header_copied_without_its_merged_cells_shifts_nothing() -> None:
    header = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ]
    rows = [[row[0] or row[1], *row[2:]] for row in numbered()]
    table = read(grid(header + rows))
    assert numbers(table, "new") == [100, 101, 102, 103, 104, 105, 106]
    assert numbers(table, "rejected.repeat")[0] == 1700
    assert table.deviations == ()


def test_a_column_in_another_unit_is_another_column() -> None:
    rows = disclosure_2021(*["0"] * 9, "7")
    rows[12][1] = "本年收费金额（单位：元）"
    table = read(grid(rows), edition="2021", key="disclosure")
    assert [(one.kind, one.key, one.found) for one in table.deviations] == [
        ("renamed", "amount", "本年收费金额（单位：元）")
    ]


def test_a_unit_behind_a_label_is_no_other_label() -> None:
    rows = disclosure_2021(*["0"] * 10)
    rows[1][1:] = ["本年制发件数（件）", "本年废止件数（单位：件）", "现行有效件数"]
    assert read(grid(rows), edition="2021", key="disclosure").deviations == ()


def test_figures_on_several_lines_of_a_cell_are_neither_one_number_nor_a_fault() -> None:
    rows = numbered()
    rows[0][2] = "1\n3"
    cell = read(grid(applications_header() + rows, "markup")).cells["new", "natural_person"]
    assert (cell.state, bool(cell.reason)) == (State.LOST, True)


def test_a_grid_of_which_no_row_is_left_is_lost() -> None:
    header = [["申请人情况", "自然人", "法人或其他组织", "总计"], ["", "", "商业企业", "科研机构"]]
    table = read_tables(pieces("applications", grid(header)), "2021")["applications"]
    assert {cell.state for cell in table.cells.values()} == {State.LOST}
