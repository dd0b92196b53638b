"""The table of section 4 in other arrangements: read where labels tell every figure, else lost."""

from __future__ import annotations

import pytest
from grids import grid, items

from linter.report.model import StandardTable, State
from linter.report.tables import read_tables, recognise_tables

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
FIGURES = [["1", "2", "0", "3", "6"], ["0", "", "0", "0", "0"], ["4", "0", "/", "1", "5"]]


def read(*tables: list[list[str]]) -> StandardTable:
    grids = [grid(rows, "markup") for rows in tables]
    return read_tables(recognise_tables(items(*grids)), "2021")["disputes"]


def texts(table: StandardTable) -> list[str]:
    return [cell.text for cell in table.cells.values()]


WANTED = [figure for row in FIGURES for figure in row]


def test_three_tables_one_below_the_other() -> None:
    tables = [
        [[group, "", "", "", ""], list(OUTCOMES), row] for group, row in zip(GROUPS, FIGURES, strict=True)
    ]
    for rows in tables:  # the title of each spans its columns
        rows[0] = [rows[0][0]] * 5
    assert texts(read(*tables)) == WANTED


def test_a_row_for_each_outcome() -> None:
    rows = [["", *GROUPS]]
    rows += [[outcome, *(row[place] for row in FIGURES)] for place, outcome in enumerate(OUTCOMES)]
    assert texts(read(rows)) == WANTED


def test_a_row_for_each_of_the_proceedings() -> None:
    rows = [["", *OUTCOMES]] + [[group, *row] for group, row in zip(GROUPS, FIGURES, strict=True)]
    assert texts(read(rows)) == WANTED


@pytest.mark.parametrize(
    "rows",
    [
        [["", *OUTCOMES], ["行政复议", *FIGURES[0]], ["行政诉讼", *FIGURES[1]], ["复议后起诉", *FIGURES[2]]],
        [
            ["", *OUTCOMES],
            ["行政复议", *FIGURES[0]],
            ["复议后起诉", *FIGURES[1]],
            ["复议后起诉", *FIGURES[2]],
        ],
        [["", *OUTCOMES[:4], "备注"], *([group, *row] for group, row in zip(GROUPS, FIGURES, strict=True))],
    ],
)
def test_labels_that_do_not_tell_every_figure_leave_the_table_lost(rows: list[list[str]]) -> None:
    assert {cell.state for cell in read(rows).cells.values()} <= {State.LOST, State.ABSENT}
