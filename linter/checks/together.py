"""Two cells of a row that are zero together or non-zero together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import evidence_of, matching, place_of, rows_of, spec_of, unknown_lines
from linter.checks.identity import unread_table
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.proof import unknown_reason
from linter.checks.wording import column_name, number_text, row_name, table_name
from linter.report.model import Report, StandardTable


class Parameters(NamedTuple):
    """The two columns, looked at in each of the rows."""

    table: str
    rows: tuple[str, ...]
    columns: tuple[str, str]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """Open where a cell has no figure: a non-zero figure beside an unknown one proves nothing."""
    table = report.tables.get(parameters.table)
    if table is None:
        return
    if not table.found:
        yield unread_table(table, report)
        return
    for row in matching(parameters.rows, rows_of(table)):
        keys = [(row, column) for column in parameters.columns if (row, column) in table.cells]
        if len(keys) == 2:
            yield _judge(table, keys)


def _judge(table: StandardTable, keys: list[tuple[str | None, str]]) -> Verdict:
    cells = [table.cells[key] for key in keys]
    place = place_of(table, keys[0][0])
    evidence = Evidence(cells=tuple(evidence_of(table, key) for key in keys))
    unknown = [key for key in keys if table.cells[key].value is None]
    if unknown:
        reason, reason_en = unknown_reason(table, unknown)
        return Verdict(Outcome.OPEN, place, evidence=evidence, reason=reason, reason_en=reason_en)
    if bool(cells[0].value) == bool(cells[1].value):
        return Verdict(Outcome.PASS, place)
    spec = spec_of(table)
    zero, other = (0, 1) if not cells[0].value else (1, 0)
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "row": row_name(spec, keys[0][0]),
        "zero": column_name(spec, *keys[zero]),
        "other": column_name(spec, *keys[other]),
        "value": number_text(cells[other].value),
    }
    place = place_of(table, *keys[zero])
    return Verdict(Outcome.FAIL, place, arguments, evidence)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, rows and columns."""
    if len(parameters.columns) != 2:
        yield ("columns",), "应写两个列名"
    for name, reason in unknown_lines(parameters.table, editions, parameters.rows, parameters.columns):
        if name == parameters.table:
            yield ("table",), reason
        elif name in parameters.rows:
            yield ("rows", parameters.rows.index(name)), reason
        else:
            yield ("columns", parameters.columns.index(name)), reason


KIND = Kind(
    name="together",
    parameters=Parameters,
    arguments=frozenset({"table", "row", "zero", "other", "value"}),
    check=check,
    verify=verify,
)
