"""Relations between the figures of one year and those of the year before.

One fails only where no reading of the unknown cells satisfies it. A figure that a table has lost may be
taken from the prose that states it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.cells import columns_of, evidence_of, matching, place_of, rows_of, spec_of, unknown_lines
from linter.checks.identity import judge_instance, unread_table
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import CellEvidence, Evidence, Outcome, Verdict
from linter.checks.proof import formula, side_text, unknown_reason
from linter.checks.relation import Instance, Relation, Side, Term, known, size
from linter.checks.stated import exact, whose
from linter.checks.texts import stretches
from linter.checks.wording import column_name, number_text, row_name, table_name
from linter.report.facts import facts_of
from linter.report.model import Report, StandardTable, State, TableCell

_LAST = "last."
_TOTAL = "total"


class Form(NamedTuple):
    """One relation: rows (or columns) on either side; `-x` is subtracted, `last.x` is last year's."""

    left: tuple[str, ...]
    right: tuple[str, ...]


class Stated(NamedTuple):
    """The quantity by which prose states a cell."""

    row: str
    column: str
    quantity: str


class Parameters(NamedTuple):
    """`along` says whether the forms name rows or columns, `each` over which lines of the other axis they
    are expanded. What fails is open where the prose has one of the words of `explained_by`, which may
    account for the difference. `last_editions` are the forms that last year's report may have.
    """

    table: str
    along: Literal["rows", "columns"]
    forms: tuple[Form, ...]
    each: tuple[str, ...] = ("*",)
    relation: Relation = "="
    explained_by: tuple[str, ...] = ()
    stated: tuple[Stated, ...] = ()
    last_editions: tuple[str, ...] = ("2019", "2021")


class _Pair(NamedTuple):
    """An instance with the terms of last year's table marked, by their place among its terms."""

    instance: Instance
    last: frozenset[int]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each relation; nothing where no report of the year before is at hand."""
    previous = report.previous
    if previous is None or previous.edition not in parameters.last_editions:
        return
    table, before = report.tables.get(parameters.table), previous.tables.get(parameters.table)
    if table is None or before is None:
        return
    table, before = _completed(parameters, table, report), _completed(parameters, before, previous)
    if not table.found and all(cell.value is None for cell in table.cells.values()):
        yield unread_table(table, report)
        return
    wrong: set[str] = set()
    for pair in _pairs(parameters, table, before):
        verdict = judge_instance(pair.instance)
        if verdict.outcome is Outcome.FAIL:
            verdict = _failed(pair, before, previous)
            verdict = _explained(parameters, _following(verdict, wrong), report)
        elif verdict.outcome is Outcome.OPEN:
            reason, reason_en = _reason(pair, before, previous)
            verdict = verdict._replace(reason=reason, reason_en=reason_en, evidence=None)
            verdict = verdict._replace(zero_reading="", zero_reading_en="")
        yield verdict


def _following(verdict: Verdict, wrong: set[str]) -> Verdict:
    """The failure; that of the total follows from those of its parts."""
    cause = f"across-years {verdict.place.table}"
    if verdict.place.column == _TOTAL and wrong:
        return verdict._replace(because=cause)
    first = not wrong
    wrong.add(str(verdict.place.column))
    return verdict._replace(causes=cause) if first else verdict


def _completed(parameters: Parameters, table: StandardTable, report: Report) -> StandardTable:
    """The table with the cells it lost that the report's prose states beyond doubt."""
    found: dict[tuple[str | None, str], TableCell] = {}
    for each in parameters.stated:
        cell = table.cells.get((each.row, each.column))
        if cell is None or cell.state is not State.LOST:
            continue
        told = [
            fact
            for fact in facts_of(report)
            if fact.quantity == each.quantity and fact.kind == "count" and whose(fact, report) == "table"
        ]
        values = {exact(fact) for fact in told}
        if len(values) == 1 and (value := values.pop()) is not None:
            place = told[0].location
            found[each.row, each.column] = TableCell(told[0].text, State.NUMBER, value, location=place)
    return table._replace(cells={**table.cells, **found}) if found else table


def _pairs(parameters: Parameters, table: StandardTable, before: StandardTable) -> Iterator[_Pair]:
    rows, columns = rows_of(table), columns_of(table)
    others = columns if parameters.along == "rows" else rows
    for form in parameters.forms:
        for other in matching(parameters.each, others):
            terms: list[Term] = []
            last: set[int] = set()
            for patterns, direction, side in ((form.left, 1, "left"), (form.right, -1, "right")):
                for term, of_last in _terms(parameters, patterns, other, (table, before)):
                    if of_last:
                        last.add(len(terms))
                    whole: Side = "left" if side == "left" else "right"
                    terms.append(term._replace(weight=term.weight * direction, side=whole))
            if {term.side for term in terms} == {"left", "right"} and last and len(last) < len(terms):
                yield _Pair(_instance(parameters, table, tuple(terms), other), frozenset(last))


def _terms(
    parameters: Parameters,
    patterns: Iterable[str],
    other: str | None,
    tables: tuple[StandardTable, StandardTable],
) -> Iterator[tuple[Term, bool]]:
    for pattern in patterns:
        sign = -1 if pattern.startswith("-") else 1
        name = pattern.removeprefix("-")
        of_last = name.startswith(_LAST)
        table = tables[of_last]
        lines = rows_of(table) if parameters.along == "rows" else columns_of(table)
        for line in matching([name.removeprefix(_LAST)], lines):
            key = (line, other) if parameters.along == "rows" else (other, line)
            cell = table.cells.get(key)  # type: ignore[arg-type]
            if cell is not None:
                yield Term(key, cell, sign, "left"), of_last  # type: ignore[arg-type]


def _instance(
    parameters: Parameters, table: StandardTable, terms: tuple[Term, ...], other: str | None
) -> Instance:
    spec = spec_of(table)
    own = terms[0].key
    if parameters.along == "columns":
        line = row_name(spec, other) or spec.column(None, own[1]).group
    else:
        line = column_name(spec, own[0], str(other))
    place = place_of(table, *own)
    return Instance(table, parameters.relation, parameters.along, terms, line, place)


def _failed(pair: _Pair, before: StandardTable, previous: Report) -> Verdict:
    instance = pair.instance
    left, left_en = side_text(instance, "left")
    right, right_en = side_text(instance, "right")
    gap = known(instance, "left") - known(instance, "right")
    table = instance.table
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "line": instance.line,
        "left": left,
        "left.en": left_en,
        "right": right,
        "right.en": right_en,
        "difference": number_text(size(gap)),
        "formula": formula(instance),
        "last_year": str(previous.year),
    }
    cells = tuple(_evidence(pair, place, before, previous) for place in range(len(instance.terms)))
    evidence = Evidence(formula(instance), known(instance, "left"), known(instance, "right"), gap, cells)
    return Verdict(Outcome.FAIL, instance.place, arguments, evidence)


def _evidence(pair: _Pair, place: int, before: StandardTable, previous: Report) -> CellEvidence:
    key = pair.instance.terms[place].key
    if place in pair.last:
        return evidence_of(before, key)._replace(year=previous.year)
    return evidence_of(pair.instance.table, key)


def _explained(parameters: Parameters, verdict: Verdict, report: Report) -> Verdict:
    """The failure, open where the report's prose names what may account for it."""
    for stretch in stretches(report, ("prose",)) if parameters.explained_by else ():
        for word in parameters.explained_by:
            if word in stretch.text:
                shown = verdict.arguments["formula"]
                return verdict._replace(
                    outcome=Outcome.OPEN,
                    reason=f"{shown}；文中提到“{word}”，差额可能由此而来，请核对",
                    reason_en=f"{shown}; the text speaks of “{word}”, which may account for it",
                )
    return verdict


def _reason(pair: _Pair, before: StandardTable, previous: Report) -> tuple[str, str]:
    """Which figures are unknown, this year's and last year's apart."""
    zh: list[str] = []
    en: list[str] = []
    for table, of_last in ((pair.instance.table, False), (before, True)):
        keys = [
            term.key
            for place, term in enumerate(pair.instance.terms)
            if term.cell.value is None and (place in pair.last) is of_last
        ]
        if keys:
            said, said_en = unknown_reason(table, keys)
            zh.append(f"{previous.year} 年度报告的{said}" if of_last else said)
            en.append(f"in the report of {previous.year}: {said_en}" if of_last else said_en)
    return "；".join(zh), "; ".join(en)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, rows and columns."""
    along_rows = parameters.along == "rows"
    each = list(parameters.each)
    for name, reason in unknown_lines(
        parameters.table, editions, () if along_rows else each, each if along_rows else ()
    ):
        yield (("table",) if name == parameters.table else ("each", each.index(name))), reason
    for index, form in enumerate(parameters.forms):
        for side, patterns in (("left", form.left), ("right", form.right)):
            for at, pattern in enumerate(patterns):
                name = pattern.removeprefix("-")
                having = parameters.last_editions if name.startswith(_LAST) else editions
                lines = [name.removeprefix(_LAST)]
                for _, reason in unknown_lines(
                    parameters.table, having, lines if along_rows else (), () if along_rows else lines
                ):
                    yield ("forms", index, side, at), reason


KIND = Kind(
    name="across_years",
    parameters=Parameters,
    arguments=frozenset({"table", "line", "left", "right", "difference", "formula", "last_year"}),
    nested={"forms": Form, "stated": Stated},
    check=check,
    verify=verify,
)
