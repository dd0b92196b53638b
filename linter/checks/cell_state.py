"""Cells in states that the form does not want, one verdict for each block that hangs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.cells import (
    CellKey,
    blocks_of,
    columns_of,
    describe,
    evidence_of,
    matching,
    place_of,
    rows_of,
    unknown_lines,
    unknown_tables,
)
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.wording import joined, quoted, table_name
from linter.report.model import Report, StandardTable, TableCell
from linter.report.norm import TABLE_KEYS

MOST_BLOCKS = 3
MOST_SHARE = 1 / 2
"""A table with more separate blocks, or a larger share of its cells, has one cause all over it, such
as zeros left blank: one verdict."""


class Parameters(NamedTuple):
    """`states` are the unwanted states; `noted` is for figures with words beside them."""

    states: tuple[Literal["blank", "placeholder", "text", "noted"], ...]
    tables: tuple[str, ...] = TABLE_KEYS
    rows: tuple[str, ...] = ("*",)
    columns: tuple[str, ...] = ("*",)


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A failure for each block of unwanted cells, a pass for each table without any.

    Cells that were lost or are absent are no matter of this check: missing rows and tables have
    checks of their own.
    """
    for key in parameters.tables:
        table = report.tables.get(key)
        if table is None or not table.found:
            continue
        rows = set(matching(parameters.rows, rows_of(table)))
        columns = set(matching(parameters.columns, columns_of(table)))
        unwanted = frozenset(parameters.states)
        noted = "noted" in parameters.states
        found = [
            place
            for place, cell in table.cells.items()
            if (cell.state in unwanted or (noted and cell.note is not None))
            and place[0] in rows
            and place[1] in columns
        ]
        if not found:
            yield Verdict(Outcome.PASS, place_of(table))
            continue
        blocks = list(blocks_of(table, found))
        if len(blocks) > MOST_BLOCKS or len(found) > MOST_SHARE * len(table.cells):
            blocks = [found]
        for block in blocks:
            yield _failed(table, block)


def _failed(table: StandardTable, keys: list[CellKey]) -> Verdict:
    rows, columns = {row for row, _ in keys}, {column for _, column in keys}
    row = rows.pop() if len(rows) == 1 else None
    column = columns.pop() if len(columns) == 1 else None
    place = place_of(table, row, column)
    if column is None or (row, column) not in table.cells:
        first = table.cells[keys[0]].location
        place = type(place)(place.section, place.table, row, column, first)
    texts = list(dict.fromkeys(_shown(table.cells[key]) for key in keys))
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "cells": describe(table, keys),
        "cells.en": describe(table, keys, "en"),
        "count": str(len(keys)),
        "texts": joined(texts),
        "texts.en": joined(texts, "en"),
    }
    return Verdict(
        Outcome.FAIL, place, arguments, Evidence(cells=tuple(evidence_of(table, key) for key in keys))
    )


def _shown(cell: TableCell) -> str:
    return quoted(cell.text)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, rows and columns."""
    unknown = list(unknown_tables(parameters.tables))
    yield from unknown
    if unknown:
        return
    for axis, patterns in (("rows", parameters.rows), ("columns", parameters.columns)):
        for index, pattern in enumerate(patterns):
            problems = [
                list(
                    unknown_lines(
                        table,
                        editions,
                        [pattern] if axis == "rows" else [],
                        [pattern] if axis == "columns" else [],
                    )
                )
                for table in parameters.tables
            ]
            if all(problems):
                yield (axis, index), problems[0][0][1]


KIND = Kind(
    name="cell_state",
    parameters=Parameters,
    arguments=frozenset({"table", "cells", "count", "texts"}),
    check=check,
    verify=verify,
)
