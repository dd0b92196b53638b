"""Figures that are all the same as in the report of the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import evidence_of, matches, place_of, unknown_tables
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.wording import table_name
from linter.report.model import Report, StandardTable


class Parameters(NamedTuple):
    """A table fails where all its figures are last year's and at least `least` of them are not zero.

    Cells that hold a stock, which may well stay as it was, are named by `apart`: `table/row/column`.
    """

    tables: tuple[str, ...]
    least: int
    apart: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each table that both reports have in the same form."""
    previous = report.previous
    if previous is None:
        return
    for key in parameters.tables:
        table, before = report.tables.get(key), previous.tables.get(key)
        if table is None or before is None or not table.found or not before.found:
            continue
        if table.layout != before.layout:
            continue
        yield from _judged(parameters, table, before, previous)


def _judged(
    parameters: Parameters, table: StandardTable, before: StandardTable, previous: Report
) -> Iterator[Verdict]:
    keys = [key for key in table.cells if key in before.cells and not _is_apart(parameters, table.key, key)]
    both = [(table.cells[key].value, before.cells[key].value) for key in keys]
    unknown = sum(one is None or other is None for one, other in both)
    if any(one != other for one, other in both if one is not None and other is not None):
        yield Verdict(Outcome.PASS, place_of(table))
        return
    same = [key for key, (one, _) in zip(keys, both, strict=True) if one]
    if unknown:
        reason = f"两年的表中有 {unknown} 格没有数字，无法确定是否全部相同"
        reason_en = f"{unknown} cells of the two years have no figure"
        yield Verdict(Outcome.OPEN, place_of(table), reason=reason, reason_en=reason_en)
    elif len(same) < parameters.least:
        yield Verdict(Outcome.PASS, place_of(table))
    else:
        arguments = {
            "table": table_name(table.key),
            "table.en": table_name(table.key, "en"),
            "count": str(len(same)),
            "last_year": str(previous.year),
        }
        evidence = Evidence(cells=tuple(evidence_of(table, key) for key in same))
        yield Verdict(Outcome.FAIL, place_of(table, *same[0]), arguments, evidence)


def _is_apart(parameters: Parameters, table: str, key: tuple[str | None, str]) -> bool:
    for pattern in parameters.apart:
        name, row, column = pattern.split("/")
        if name == table and matches(row, key[0]) and matches(column, key[1]):
            return True
    return False


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, names of cells that are not of the form table/row/column."""
    del editions
    yield from unknown_tables(parameters.tables)
    for index, pattern in enumerate(parameters.apart):
        if pattern.count("/") != 2:
            yield ("apart", index), f"“{pattern}”应写作 表格/行/列"


KIND = Kind(
    name="unchanged",
    parameters=Parameters,
    arguments=frozenset({"table", "count", "last_year"}),
    check=check,
    verify=verify,
)
