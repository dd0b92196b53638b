"""A quantity of the prose against a cell whose figure bounds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.cells import evidence_of, spec_of, unknown_lines
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Number, Outcome, Verdict
from linter.checks.prose import amount, place_of_fact, plain, said, stated, unknown_quantity
from linter.checks.wording import cell_name, number_text, table_name
from linter.report.facts import Fact
from linter.report.model import Report, StandardTable

_BROKEN = {"<=": ">", "!=": "="}


class Parameters(NamedTuple):
    """A figure of `quantity` above zero and not below `at_least` must be at most (`<=`), or other than
    (`!=`), the cell; a unit of the cell is `factor` of the figure's (万元: 10000 元). Sentences with one
    of `unless` are not judged."""

    quantity: str
    table: str
    row: str
    column: str
    relation: Literal["<=", "!="]
    factor: int = 1
    at_least: int = 0
    unless: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each figure of the quantity; open where the cell has none."""
    table = report.tables.get(parameters.table)
    for fact in stated(report, parameters.quantity):
        value = amount(fact)
        if not value or value < parameters.at_least:
            continue
        if any(word in fact.sentence for word in parameters.unless):
            continue
        key = (parameters.row, parameters.column)
        cell = table.cells.get(key) if table is not None else None
        if table is None or cell is None:
            continue
        if cell.value is None:
            reason = f"{cell_name(spec_of(table), *key)}没有可读的数字，无法核对"
            yield Verdict(
                Outcome.OPEN,
                place_of_fact(fact),
                reason=reason,
                reason_en="the cell of the table has no figure",
            )
            continue
        yield _judge(parameters, fact, value, table, plain(cell.value * parameters.factor))


def _judge(parameters: Parameters, fact: Fact, value: Number, table: StandardTable, limit: Number) -> Verdict:
    place, key = place_of_fact(fact), (parameters.row, parameters.column)
    if value <= limit if parameters.relation == "<=" else value != limit:
        return Verdict(Outcome.PASS, place)
    formula = f"{number_text(value)} {_BROKEN[parameters.relation]} {number_text(limit)}"
    arguments = {
        "figure": said(fact),
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "cell": cell_name(spec_of(table), *key),
        "written": table.cells[key].text.strip(),
        "formula": formula,
    }
    evidence = Evidence(formula, value, limit, value - limit, (evidence_of(table, key),))
    return Verdict(Outcome.FAIL, place, arguments, evidence, item=parameters.quantity)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown quantity, table, row or column."""
    if reason := unknown_quantity(parameters.quantity):
        yield ("quantity",), reason
    for name, reason in unknown_lines(parameters.table, editions, (parameters.row,), (parameters.column,)):
        key = next(k for k in ("table", "row", "column") if getattr(parameters, k) == name)
        yield (key,), reason


KIND = Kind(
    "figure-cell", Parameters, frozenset({"figure", "table", "cell", "written", "formula"}), check, verify
)
