"""The figures of reports as clean data, and the main ones year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from linter.checks.wording import column_name, row_name
from linter.corpus.record import Record
from linter.render.place import spec_of
from linter.report.model import Report, State
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
    """A cell: its keys, what the form calls its table, row and column, its state, its number as text."""

    table: str
    row: str | None
    column: str
    table_label: str
    row_label: str
    column_label: str
    state: str
    value: str | None


def figures(record: Record, report: Report, lang: str) -> Iterator[Figure]:
    """Every cell of the tables that were found."""
    for key, rows in record.cells.items():
        spec = spec_of(report, key)
        name = spec.name_en if lang == "en" else spec.name_zh
        for row, column, state, value in rows:
            called = row_name(spec, row), column_name(spec, row, column)
            yield Figure(key, row, column, name, *called, state, value)


class YearRow(NamedTuple):
    """One figure over the years: what it is called, and per year (text, state)."""

    table: str
    label: str
    values: tuple[tuple[str, str], ...]


def year_on_year(standings: Sequence[Standing], reports: Sequence[Report | None], lang: str) -> list[YearRow]:
    """The main figures of a unit, a column for each of `standings`; those that no year has are left out."""
    found = []
    by_year: list[dict[tuple[str, str | None, str], Figure]] = [
        {(one.table, one.row, one.column): one for one in figures(standing.filing.record, report, lang)}
        if report and standing.filing.record
        else {}
        for standing, report in zip(standings, reports, strict=True)
    ]
    for key in MAIN:
        known = [cells.get(key) for cells in by_year]
        named: Any = next((one for one in known if one), None)
        if named:
            label = " · ".join(part for part in (named.row_label, named.column_label) if part)
            found.append(YearRow(named.table_label, label, tuple(_shown(one) for one in known)))
    return found


def _shown(one: Figure | None) -> tuple[str, str]:
    if one is None:
        return "", State.ABSENT.value
    return one.value or "", one.state
