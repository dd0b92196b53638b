"""The figures of reports as clean data, and the main ones year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.checks.wording import cell_name, table_name
from linter.corpus.record import Record
from linter.report.model import State
from linter.report.norm import TABLE_EDITIONS, TableSpec, table_spec
from linter.score.standing import Standing

MAIN: tuple[tuple[str, str | None, str], ...] = (
    ("disclosure", "regulations", "in_force"),
    ("disclosure", "normative_documents", "in_force"),
    ("disclosure", "licensing", "decisions"),
    ("disclosure", "penalties", "decisions"),
    ("disclosure", "coercion", "decisions"),
    ("disclosure", "fees", "amount"),
    ("applications", "new", "total"),
    ("applications", "carried_in", "total"),
    ("applications", "granted", "total"),
    ("applications", "result_total", "total"),
    ("applications", "carried_out", "total"),
    ("disputes", None, "review.total"),
    ("disputes", None, "litigation_direct.total"),
    ("disputes", None, "litigation_after_review.total"),
)
"""The figures shown year by year: (table, row, column)."""


class Figure(NamedTuple):
    """A cell: its keys, its state, its number as text."""

    table: str
    row: str | None
    column: str
    state: str
    value: str | None


def figures(record: Record) -> Iterator[Figure]:
    """Every cell of the tables that were found."""
    for key, rows in record.cells.items():
        yield from (Figure(key, *cell) for cell in rows)


def spec_in(record: Record, table: str) -> TableSpec:
    """The form by which the rows and columns of a table of the record are named."""
    layout = record.layouts.get(table, record.edition)
    return table_spec(table, layout if layout in TABLE_EDITIONS else "2021")


class YearRow(NamedTuple):
    """One figure over the years: what it is called, and per year (text, state)."""

    table: str
    label: str
    values: tuple[tuple[str, str], ...]


def year_on_year(standings: Sequence[Standing], lang: str) -> list[YearRow]:
    """The main figures of a unit, a column for each of `standings`; those that no year has are left out."""
    records = [one.filing.record for one in standings]
    by_year = [
        {(one.table, one.row, one.column): one for one in figures(record)} if record else {}
        for record in records
    ]
    rows = []
    for key in MAIN:
        known = [cells.get(key) for cells in by_year]
        record = next((record for record, one in zip(records, known, strict=True) if record and one), None)
        if record:
            table, row, column = key
            label = cell_name(spec_in(record, table), row, column)
            rows.append(YearRow(table_name(table, lang), label, tuple(_shown(one) for one in known)))
    return rows


def _shown(one: Figure | None) -> tuple[str, str]:
    if one is None:
        return "", State.ABSENT.value
    return one.value or "", one.state
