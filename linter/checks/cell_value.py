"""Figures that a cell of its kind cannot have: negative counts, fractions of a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import SIGNED_COLUMNS, CellKey, evidence_of, place_of, spec_of, unknown_tables
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.wording import cell_name, number_text, table_name
from linter.report.model import Report, StandardTable, TableCell
from linter.report.norm import TABLE_KEYS

_MULTIPLES = {"万": 10_000, "亿": 100_000_000}


class Parameters(NamedTuple):
    """Which tables are looked at. Columns of amounts may hold fractions, columns of 增/减 signs."""

    tables: tuple[str, ...] = TABLE_KEYS


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A failure for each impossible figure, a pass for each table without one."""
    for key in parameters.tables:
        table = report.tables.get(key)
        if table is None or not table.found:
            continue
        found = [place for place, cell in table.cells.items() if _fault(table, place, cell)]
        if not found:
            yield Verdict(Outcome.PASS, place_of(table))
        for place in found:
            yield _failed(table, place)


def _fault(table: StandardTable, key: CellKey, cell: TableCell) -> tuple[str, str] | None:
    value = cell.value
    if value is None:
        return None
    if value < 0 and key[1] not in SIGNED_COLUMNS:
        return "负数", "negative"
    if isinstance(value, int) or _decimal(table, key):
        return None
    # 1.2万 is a whole count.
    count = value * _MULTIPLES.get(cell.unit or "", 1)
    if count != count.to_integral_value():
        return "小数", "a fraction"
    return None


def _decimal(table: StandardTable, key: CellKey) -> bool:
    try:
        return spec_of(table).column(*key).decimal
    except KeyError:
        return False


def _failed(table: StandardTable, key: CellKey) -> Verdict:
    cell = table.cells[key]
    fault = _fault(table, key, cell) or ("", "")
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "cell": cell_name(spec_of(table), *key),
        "value": number_text(cell.value),
        "fault": fault[0],
        "fault.en": fault[1],
    }
    return Verdict(Outcome.FAIL, place_of(table, *key), arguments, Evidence(cells=(evidence_of(table, key),)))


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables."""
    del editions
    yield from unknown_tables(parameters.tables)


KIND = Kind(
    name="cell_value",
    parameters=Parameters,
    arguments=frozenset({"table", "cell", "value", "fault"}),
    check=check,
    verify=verify,
)
