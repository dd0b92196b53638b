"""Claims of the prose (all done, all upheld) that cells of a table belie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.amounts import Total, amounts, bad_totals, evidence_cells, open_table, unknown_names
from linter.checks.cells import spec_of
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.stated import exact, place_of_fact, whose, words_of
from linter.checks.wording import cell_name, joined, number_text, row_name, table_name
from linter.report.facts import Fact, facts_of
from linter.report.model import Report, StandardTable


class Belief(NamedTuple):
    """A claim about one of the quantities, true only where the cells `zero` are. `unless` are words in its
    sentence that make it a claim of something less, `after` what the figure before it may count (parts,
    by the beginning of their keys); `unless_stated`: a figure of the prose that owns up to what the cells
    hold."""

    claim: Literal["all_done", "in_time", "all_upheld"]
    quantities: tuple[str, ...]
    table: Literal["disclosure", "applications", "disputes"]
    along: Literal["rows", "columns"]
    zero: tuple[str, ...]
    each: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    unless_stated: tuple[str, ...] = ()


class Parameters(NamedTuple):
    """The claims; `totals` say what columns are made of."""

    claims: tuple[Belief, ...]
    totals: tuple[Total, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each belief that the prose claims, however often it does."""
    facts = facts_of(report)
    for item in parameters.claims:
        table = report.tables.get(item.table)
        made = [
            fact
            for place, fact in enumerate(facts)
            if fact.claim == item.claim
            and fact.quantity in item.quantities
            and whose(fact, report) == "table"
            and _follows(item, facts, place)
        ]
        if table is None or not made:
            continue
        full = [fact for fact in made if not any(word in fact.sentence for word in item.unless)]
        if not full or _owned(item, facts):
            yield Verdict(Outcome.PASS, place_of_fact(made[0]))
        elif not table.found:
            yield open_table(table, report, (), [words_of(full[0])], False)
        else:
            yield from _judge(parameters, item, table, report, full[0])


def _follows(item: Belief, facts: Sequence[Fact], place: int) -> bool:
    """Whether the claim is not told of some other figure that stands before it in its sentence."""
    claim = facts[place]
    before = [f for f in facts[:place] if f.sentence == claim.sentence and f.kind == "count"]
    return not before or (before[-1].quantity or "-").startswith(item.after)


def _owned(item: Belief, facts: Iterable[Fact]) -> bool:
    return any(fact.quantity in item.unless_stated and exact(fact) for fact in facts)


def _judge(
    parameters: Parameters, item: Belief, table: StandardTable, report: Report, fact: Fact
) -> Iterator[Verdict]:
    found = [
        amount
        for name in item.zero
        for amount in list(amounts(table, item.along, (name,), item.each, parameters.totals))[:1]
    ]
    if not found:
        return
    counted = [amount for amount in found if amount.low]
    place = place_of_fact(fact)
    if not counted:
        unknown = [key for amount in found for key in amount.unknown]
        if unknown:
            yield open_table(table, report, unknown, [words_of(fact)], True)
        else:
            yield Verdict(Outcome.PASS, place)
        return
    spec = spec_of(table)
    names = [
        (row_name(spec, key[0]) if item.along == "rows" else cell_name(spec, *key), table.cells[key].value)
        for amount in counted
        for key in amount.keys
        if table.cells[key].value
    ]
    total = sum((amount.low or 0 for amount in counted), start=0)
    arguments = {
        "words": words_of(fact),
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "cells": joined(f"“{name}” {number_text(value)}" for name, value in names),
        "cells.en": joined((f"{name}: {number_text(value)}" for name, value in names), "en"),
        "value": number_text(total),
    }
    evidence = Evidence(
        " + ".join(number_text(value) for _, value in names) + f" = {number_text(total)} > 0",
        total,
        0,
        total,
        evidence_cells(table, counted),
    )
    yield Verdict(Outcome.FAIL, place, arguments, evidence, item=f"{item.claim}:{fact.quantity}")


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown rows and columns."""
    for index, item in enumerate(parameters.claims):
        for name, reason in unknown_names(item.table, editions, item.along, item.zero, item.each):
            where = ("zero", item.zero.index(name)) if name in item.zero else ("each",)
            yield ("claims", index, *where), reason
    yield from bad_totals(parameters.totals, editions)


KIND = Kind(
    name="table_claims",
    parameters=Parameters,
    arguments=frozenset({"words", "table", "cells", "value"}),
    nested={"claims": Belief, "totals": Total},
    check=check,
    verify=verify,
)
