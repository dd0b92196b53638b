"""Cells that ran together: read where labels, order and separators decide, candidates elsewhere."""

from __future__ import annotations

import pytest
from grids import applications_rows, text_items
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.report.model import StandardTable, State
from linter.report.tables import read_tables, recognise_tables
from linter.report.tables.splitting import fillings_that_add_up, forced_figures, only_filling

HEAD = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）申请人情况自然人法人或其他组织总计"
    "商业企业科研机构社会公益组织法律服务机构其他"
)
KEYS = ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total")
GROUPS = (7,)


def read(rows: dict[int, str]) -> StandardTable:
    """The table with the given rows, the others zeros throughout."""
    labels = [row[0] or row[1] for row in applications_rows("2021")]
    text = HEAD + "".join(f"{label}{rows.get(index, '0000000')}" for index, label in enumerate(labels))
    return read_tables(recognise_tables(text_items(text)), "2021")["applications"]


def states(table: StandardTable, row: str) -> set[State]:
    return {table.cells[row, key].state for key in KEYS}


def numbers(table: StandardTable, row: str) -> list[object]:
    return [table.cells[row, key].value for key in KEYS]


def test_as_many_zeros_as_columns_are_zeros() -> None:
    assert numbers(read({}), "carried_in") == [0] * 7


def test_as_many_digits_as_columns_are_figures_of_one_digit_if_their_sum_says_so_too() -> None:
    table = read({0: "1200003", 2: "1200004"})
    assert numbers(table, "new") == [1, 2, 0, 0, 0, 0, 3]
    assert states(table, "granted") == {State.LOST}


def test_what_only_a_sum_could_decide_is_a_candidate() -> None:
    table = read({0: "15130000154"})
    assert states(table, "new") == {State.LOST}
    assert table.cells["new", "total"].candidates == ((151, 3, 0, 0, 0, 0, 154),)


def test_a_blank_parts_figures() -> None:
    assert numbers(read({0: "12 3 0 0 0 0 15"}), "new") == [12, 3, 0, 0, 0, 0, 15]


def test_the_number_of_the_next_label_is_no_figure() -> None:
    assert numbers(read({12: "7000007"}), "unavailable.not_held") == [7, 0, 0, 0, 0, 0, 7]


def test_where_a_row_has_too_few_digits_cells_may_be_empty_and_only_zeros_are_sure() -> None:
    table = read({0: "1200003", 1: "00"})
    assert states(table, "new") == {State.LOST}
    assert states(table, "carried_in") == {State.LOST}
    assert numbers(table, "granted") == [0] * 7


@pytest.mark.parametrize("figures", ["1200003甲", "", "1,200003", "-100001"])
def test_what_is_not_digits_alone_is_lost_without_candidates(figures: str) -> None:
    table = read({0: figures})
    assert states(table, "new") == {State.LOST}
    assert table.cells["new", "total"].candidates == ()


def test_rows_in_another_order_leave_the_table_lost() -> None:
    labels = [row[0] or row[1] for row in applications_rows("2021")]
    labels[0], labels[1] = labels[1], labels[0]
    text = HEAD + "".join(f"{label}0000000" for label in labels)
    table = read_tables(recognise_tables(text_items(text)), "2021")["applications"]
    assert {cell.state for cell in table.cells.values()} == {State.LOST}


def test_a_reading_of_digits_is_said_to_be_one() -> None:
    (note,) = read({0: "1200003"}).notes
    assert "1 行" in note
    assert read({}).notes == ()


figures = st.lists(st.integers(0, 300), min_size=6, max_size=6).map(lambda row: (*row, sum(row)))


@settings(max_examples=200, deadline=None)
@given(figures)
def test_the_true_figures_are_among_the_readings(row: tuple[int, ...]) -> None:
    text = "".join(map(str, row))
    assert only_filling([text], 7) in (None, row)
    found = fillings_that_add_up([text], GROUPS, 10_000)
    assert not found or row in found


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.integers(0, 24), figures, max_size=8))
def test_no_wrong_number_is_read(rows: dict[int, tuple[int, ...]]) -> None:
    table = read({index: "".join(map(str, row)) for index, row in rows.items()})
    keys = [label.key for label in table.rows]
    for index, key in enumerate(keys):
        truth = rows.get(index, (0,) * 7)
        for column, value in zip(KEYS, truth, strict=True):
            cell = table.cells[key, column]
            assert cell.state is State.LOST or cell.value == value


def test_a_long_run_of_digits_is_given_up() -> None:
    assert fillings_that_add_up(["1" * 79], (5, 5, 5), 4) == ()
    assert only_filling(["9" * 5000], 7) is None


@pytest.mark.parametrize(
    ("runs", "columns", "figures"),
    [
        (["00"], 2, (0, 0)),
        (["07"], 2, (0, 7)),
        (["0012"], 3, (0, 0, 12)),
        (["10", "5"], 2, (10, 5)),
        (["12"], 2, None),
        (["012"], 3, None),
        (["70"], 2, None),
        ([], 2, None),
    ],
)
def test_zeros_and_blanks_part_figures(
    runs: list[str], columns: int, figures: tuple[int, ...] | None
) -> None:
    assert forced_figures(runs, columns) == figures
