"""Figures of the prose against the cells of a table that state the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from linter.checks.cells import evidence_of, place_of, spec_of, unknown_lines
from linter.checks.identity import unread_table
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Number, Outcome, Place, Verdict
from linter.checks.proof import unknown_reason
from linter.checks.texts import bad_expression, pattern
from linter.checks.wording import number_text, quoted, row_name, table_name
from linter.compiled import load_yaml
from linter.report.model import Report, StandardTable

if TYPE_CHECKING:
    from linter.report.facts import Fact


class Pair(NamedTuple):
    """A quantity of the prose, and the rows of which one must say the same."""

    quantity: str
    rows: tuple[str, ...]


class Parameters(NamedTuple):
    """`not_counting`: an expression for words before a figure that make it one of another thing.

    `not_beside`: quantities beside which the figures cannot be compared, for they may count in them
    (what was carried in counts as received, or not).
    """

    table: str
    column: str
    pairs: tuple[Pair, ...]
    not_counting: str = ""
    not_beside: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each quantity of the prose; none where the table has no such row."""
    table = report.tables.get(parameters.table)
    if table is None or not table.found:
        return
    # The reading of prose is loaded only for reports that have such a table.
    from linter.report.facts import facts_of

    facts = facts_of(report)
    if table.lost:
        if any(fact.quantity in {pair.quantity for pair in parameters.pairs} for fact in facts):
            yield unread_table(table, report)
        return
    if any(fact.quantity in parameters.not_beside for fact in facts):
        return
    for pair in parameters.pairs:
        rows = [row for row in pair.rows if (row, parameters.column) in table.cells]
        said = [fact for fact in facts if _is_comparable(fact, pair.quantity, parameters.not_counting)]
        if rows and said:
            yield _judge(table, parameters.column, rows, said)


def _is_comparable(fact: Fact, quantity: str, not_counting: str) -> bool:
    """Whether the fact is an exact figure for the quantity of the whole report, not of a part of it."""
    if fact.quantity != quantity or fact.scope == "part":
        return False
    if fact.scope == "self" and fact.scope_text:
        return False
    if fact.claim == "none":
        return True
    value = fact.value
    if fact.kind != "count" or value is None or value.approximate or value.percent or value.garbled:
        return False
    parted = fact.whole is not None and not quantity.startswith(("channel.", "result."))
    before = fact.sentence.partition(fact.text)[0] + fact.text
    return not parted and not (not_counting and pattern(not_counting).search(before))


def _judge(table: StandardTable, column: str, rows: Sequence[str], said: Sequence[Fact]) -> Verdict:
    cells = [table.cells[row, column] for row in rows]
    place = place_of(table, rows[0], column)
    figures = {_value(fact) for fact in said}
    if figures & {cell.value for cell in cells if cell.value is not None}:
        return Verdict(Outcome.PASS, place)
    unknown = [(row, column) for row, cell in zip(rows, cells, strict=True) if cell.value is None]
    if unknown:
        reason, reason_en = unknown_reason(table, unknown)
        return Verdict(Outcome.OPEN, place, reason=reason, reason_en=reason_en)
    fact, cell = said[0], cells[0]
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "row": row_name(spec_of(table), rows[0]),
        "cell": number_text(cell.value),
        "figure": number_text(_value(fact)),
        "words": quoted(fact.text or fact.sentence),
    }
    evidence = Evidence(
        left=_value(fact),
        right=cell.value,
        difference=_value(fact) - (cell.value or 0),
        cells=tuple(evidence_of(table, (row, column)) for row in rows),
    )
    where = Place(fact.section, table.key, rows[0], column, fact.location, fact.text)
    return Verdict(Outcome.FAIL, where, arguments, evidence)


def _value(fact: Fact) -> Number:
    return fact.value.value if fact.value is not None else 0


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown table, rows, column and quantities; a bad expression."""
    known = _quantities()
    for index, name in enumerate(parameters.not_beside):
        if name not in known:
            yield ("not_beside", index), _no_such_quantity(name, known)
    for index, pair in enumerate(parameters.pairs):
        if pair.quantity not in known:
            yield ("pairs", index, "quantity"), _no_such_quantity(pair.quantity, known)
        for name, reason in unknown_lines(parameters.table, editions, pair.rows, [parameters.column]):
            at: tuple[str | int, ...] = ("table",) if name == parameters.table else ("column",)
            yield (("pairs", index, "rows") if name in pair.rows else at), reason
    if fault := bad_expression(parameters.not_counting):
        yield ("not_counting",), fault


def _quantities() -> list[str]:
    """The keys of what prose counts; a whole of disputes also with its outcomes."""
    families = load_yaml("grammars", "quantities.yaml")["families"]
    outcomes = families["outcomes"]
    keys = [key for name, family in families.items() if name != "outcomes" for key in family]
    return keys + [f"{key}.{outcome}" for key in families["disputes"] for outcome in outcomes]


def _no_such_quantity(name: str, known: Sequence[str]) -> str:
    return f"没有数量“{name}”，可用的有：{'、'.join(known)}"


KIND = Kind(
    name="stated_cell",
    parameters=Parameters,
    arguments=frozenset({"table", "row", "cell", "figure", "words"}),
    nested={"pairs": Pair},
    check=check,
    verify=verify,
)
