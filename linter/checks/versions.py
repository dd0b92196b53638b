"""Figures in which several files of one report differ: a page and its attachment, say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import EMPTY_STATES, evidence_of, place_of, spec_of, unknown_tables
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.wording import column_name, number_text, row_name, table_name
from linter.report.model import Report, StandardTable, TableCell

_SHOWN = 8


class Parameters(NamedTuple):
    """The tables whose figures must be the same wherever the report stands."""

    tables: tuple[str, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each table that another file of the report has as well, in the same form."""
    for other in report.versions:
        for key in parameters.tables:
            table, second = report.tables.get(key), other.tables.get(key)
            if table is None or second is None or not table.found or not second.found:
                continue
            if table.layout == second.layout:
                yield _judged(table, second, other)


def _judged(table: StandardTable, second: StandardTable, other: Report) -> Verdict:
    keys = [key for key in table.cells if key in second.cells]
    known = [key for key in keys if None not in (table.cells[key].value, second.cells[key].value)]
    differing = [key for key in known if table.cells[key].value != second.cells[key].value]
    name = other.path.replace("\\", "/").rsplit("/", 1)[-1]
    if not differing:
        unknown = sum(not _is_same(table.cells[key], second.cells[key]) for key in keys)
        if not unknown:
            return Verdict(Outcome.PASS, place_of(table))
        return Verdict(
            Outcome.OPEN,
            place_of(table),
            reason=f"与 {name} 相比，{unknown} 格至少有一方没有数字，无法核对",
            reason_en=f"{unknown} cells have no figure here or in {name}",
        )
    first = differing[0]
    spec = spec_of(table)
    row, column = row_name(spec, first[0]), column_name(spec, *first)
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "cell": f"{row}·{column}" if row else column,
        "here": number_text(table.cells[first].value or 0),
        "there": number_text(second.cells[first].value or 0),
        "file": name,
        "count": str(len(differing)),
    }
    cells = tuple(evidence_of(table, key) for key in differing[:_SHOWN])
    return Verdict(Outcome.FAIL, place_of(table, *first), arguments, Evidence(cells=cells))


def _is_same(one: TableCell, other: TableCell) -> bool:
    """Whether both hold the same figure, or nothing."""
    if one.value is not None or other.value is not None:
        return one.value == other.value
    return one.state is other.state and one.state in EMPTY_STATES


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables."""
    del editions
    yield from unknown_tables(parameters.tables)


KIND = Kind(
    name="versions",
    parameters=Parameters,
    arguments=frozenset({"table", "cell", "here", "there", "file", "count"}),
    check=check,
    verify=verify,
)
