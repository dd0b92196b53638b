"""What the prose denies although a cell counts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import evidence_of, spec_of, unknown_lines
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Place, Verdict
from linter.checks.texts import bad_expression, bad_scope, pattern, place_in, stretches
from linter.checks.wording import cell_name, number_text, quoted, table_name
from linter.report.model import Report, State


class Parameters(NamedTuple):
    """Where the cell is above zero, none of `wordings` may stand in `scopes`; a sentence that matches
    `unless` denies something else. `only_with`: plain strings of which every match contains one."""

    table: str
    row: str
    column: str
    wordings: tuple[str, ...]
    scopes: tuple[str, ...]
    only_with: tuple[str, ...]
    unless: str = ""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict where the cell is above zero; open where it was lost and the prose denies it."""
    table = report.tables.get(parameters.table)
    key = (parameters.row, parameters.column)
    if table is None or key not in table.cells:
        return
    cell = table.cells[key]
    lost = cell.state is State.LOST
    if not cell.value and not lost:
        return
    found = _denied(parameters, report)
    if found is None:
        if not lost:
            yield Verdict(Outcome.PASS)
        return
    words, place = found
    if lost:
        yield Verdict(
            Outcome.OPEN,
            place,
            reason=f"{cell_name(spec_of(table), *key)}未能读出，无法核对",
            reason_en="the cell of the table was lost",
        )
        return
    arguments = {
        "words": quoted(words),
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "cell": cell_name(spec_of(table), *key),
        "value": number_text(cell.value),
    }
    evidence = Evidence(
        f"0 ≠ {number_text(cell.value)}", 0, cell.value, -(cell.value or 0), (evidence_of(table, key),)
    )
    yield Verdict(Outcome.FAIL, place, arguments, evidence, item=f"{parameters.row}/{parameters.column}")


def _denied(parameters: Parameters, report: Report) -> tuple[str, Place] | None:
    for stretch in stretches(report, parameters.scopes):
        if not any(word in stretch.text for word in parameters.only_with):
            continue
        for wording in parameters.wordings:
            for found in pattern(wording).finditer(stretch.text):
                begin = stretch.text.rfind("。", 0, found.start()) + 1
                end = stretch.text.find("。", found.end())
                sentence = stretch.text[begin : end if end >= 0 else len(stretch.text)]
                if parameters.unless and pattern(parameters.unless).search(sentence):
                    continue
                return found.group(), place_in(stretch, found.start(), found.end())
    return None


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown cell or scope, bad expressions."""
    for name, reason in unknown_lines(parameters.table, editions, (parameters.row,), (parameters.column,)):
        key = next(k for k in ("table", "row", "column") if getattr(parameters, k) == name)
        yield (key,), reason
    for index, scope in enumerate(parameters.scopes):
        if fault := bad_scope(scope):
            yield ("scopes", index), fault
    for index, wording in enumerate(parameters.wordings):
        if fault := bad_expression(wording):
            yield ("wordings", index), fault
    if fault := bad_expression(parameters.unless):
        yield ("unless",), fault


KIND = Kind("denial", Parameters, frozenset({"words", "table", "cell", "value"}), check, verify)
