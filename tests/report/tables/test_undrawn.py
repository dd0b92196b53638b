"""Tables whose cells no lines divide: what is not sure is lost, never shifted, and no header is at fault."""

from __future__ import annotations

from collections.abc import Sequence

from grids import APPLICANTS, applications_header, applications_rows, grid, items

from linter.report.model import StandardTable, State
from linter.report.tables import read_tables, recognise_tables

KEYS = ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total")


def rows_without(*blank: int) -> list[list[str]]:
    """Rows whose value tells row and column; columns `blank` are blank in all of them."""
    rows = applications_rows("2019")
    for index, row in enumerate(rows):
        row[2:] = ["" if at in blank else str(100 * (index + 1) + at) for at in range(7)]
    return rows


def widened(rows: Sequence[Sequence[str]], at: int, name: str) -> list[list[str]]:
    """The rows with one column more, in which only the last header row has a word."""
    return [[*row[:at], name if index == 1 else "", *row[at:]] for index, row in enumerate(rows)]


def read(rows: Sequence[Sequence[str]]) -> StandardTable:
    return read_tables(recognise_tables(items(grid(rows, "aligned"))), "2019")["applications"]


def values(table: StandardTable, row: str) -> list[object]:
    return [table.cells[row, key].value for key in KEYS]


def test_a_column_made_by_a_word_of_the_header_is_none() -> None:
    table = read(widened([*applications_header(), *rows_without()], 4, "企"))
    assert values(table, "new") == [100, 101, 102, 103, 104, 105, 106]


def test_a_blank_column_that_the_header_names_is_blank() -> None:
    table = read([*applications_header(), *rows_without(2)])
    assert table.cells["new", "research"].state is State.BLANK
    assert table.cells["new", "public_interest"].value == 103


def test_a_blank_column_beside_a_word_of_the_header_shifts_nothing() -> None:
    header = applications_header()
    header[1] = ["", "", "自", "然人", *APPLICANTS[1:4], *APPLICANTS[5:]]
    moved = [[*row[:3], "", *row[3:6], *row[7:]] for row in rows_without(4)]
    table = read([*header, *moved])
    assert {table.cells["new", key].value for key in KEYS} <= {None, 100}
    assert table.cells["new", "other"].state is State.LOST


def test_words_of_the_header_are_no_fault() -> None:
    header = applications_header()
    header[1] = ["", "", "自然人", "商业企业科", "研机构", *APPLICANTS[3:]]
    assert not [each for each in read([*header, *rows_without()]).deviations if not each.lost]


def test_a_group_label_beside_its_rows_leaves_them_sure() -> None:
    rows = rows_without()
    place = next(index for index, row in enumerate(rows) if "公开出版物" in row[1])
    rows[place][0] = "（五）不予处理"
    assert values(read([*applications_header(), *rows]), "rejected.publication")[0] == 100 * (place + 1)


def test_two_labels_of_rows_beside_one_row_of_figures_leave_it_lost() -> None:
    rows = rows_without()
    rows[1][1] = rows[2][1]
    table = read([*applications_header(), *rows])
    assert table.cells["granted", "total"].value in (None, 306)
    assert table.cells["carried_in", "total"].value in (None, 206)


def test_a_torn_bracket_leaves_the_row_lost() -> None:
    rows = rows_without()
    rows[0][2] = "100（其中2"
    assert {read([*applications_header(), *rows]).cells["new", key].state for key in KEYS} == {State.LOST}


def test_a_renamed_row_with_all_figures_is_known_by_its_place() -> None:
    rows = [*applications_header(), *rows_without()]
    rows[10][1] = rows[10][1][:-1] + "吗"
    table = read(rows)
    assert table.cells["new", "business"].value == 101
    assert not [cell for cell in table.cells.values() if cell.state is State.LOST]


def test_a_renamed_row_with_a_blank_is_lost() -> None:
    """The figure that is missing may have run into the label."""
    rows = [*applications_header(), *rows_without()]
    rows[10][1] = rows[10][1][:-1] + "5" + rows[10][1][-1]
    rows[10][2] = ""
    lost = [place for place, cell in read(rows).cells.items() if cell.state is State.LOST]
    assert len({row for row, _ in lost}) == 1
    assert len(lost) == 7


def test_a_label_half_beside_its_figures_is_one_row() -> None:
    rows = rows_without()
    place = next(index for index, row in enumerate(rows) if "反复申请" in row[1])
    label, figures = rows[place][1], rows[place][2:]
    rows[place : place + 1] = [["", label[:9], *[""] * 7], ["", label[9:], *figures]]
    table = read([*applications_header(), *rows])
    assert values(table, "rejected.excessive")[0] == int(figures[0])
    assert not [cell for cell in table.cells.values() if cell.state is State.LOST]


def test_the_last_of_several_labels_in_one_cell_names_no_row() -> None:
    """The figures may be those of any of them."""
    rows = rows_without()
    place = next(index for index, row in enumerate(rows) if "不掌握" in row[1])
    rows[place : place + 3] = [["", "".join(row[1] for row in rows[place : place + 3]), *rows[place][2:]]]
    table = read([*applications_header(), *rows])
    assert {table.cells["unavailable.unclear", key].state for key in KEYS} == {State.LOST}
