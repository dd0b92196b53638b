"""None in the prose and some in the table, or the reverse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.amounts import Total, amounts, bad_totals, evidence_cells, open_table, unknown_names
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.stated import (
    clause_of,
    exact,
    is_whole,
    names_nobody,
    place_of_fact,
    speaks_of,
    whose,
    words_of,
)
from linter.checks.wording import number_text, table_name
from linter.report.facts import Fact, facts_of
from linter.report.model import Report


class Nothing(NamedTuple):
    """Quantities of the prose that are none where the cells `sum` (over the lines `each`) add up to zero,
    and only there. A figure counts only in a context that has one of `beside` (and none of `foreign`
    without it); none is not said of all where the words that follow have one of `unless` (被纠错)."""

    quantities: tuple[str, ...]
    table: Literal["disclosure", "applications", "disputes"]
    along: Literal["rows", "columns"]
    sum: tuple[str, ...]
    each: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Parameters(NamedTuple):
    """What may be none; `totals` say what columns are made of. A government that names nobody may mean
    that it had none itself: with `doubt` "only" nothing else is judged, with "none" all but that."""

    items: tuple[Nothing, ...]
    totals: tuple[Total, ...] = ()
    doubt: Literal["any", "none", "only"] = "any"


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each item that the prose speaks of; where its statements differ and one agrees, it
    passes."""
    facts = facts_of(report)
    for item in parameters.items:
        told = [f for f in facts if f.quantity in item.quantities and _says(f) is not None]
        own = [f for f in told if _comparable(item, f, facts, report)]
        if own and parameters.doubt == ("none" if _doubtful(own[0], report) else "only"):
            continue
        table = report.tables.get(item.table)
        if table is None or not own:
            continue
        if not table.found:
            yield open_table(table, report, (), [words_of(own[0])], False)
            continue
        found = list(amounts(table, item.along, item.sum, item.each, parameters.totals))
        if not found:
            continue
        said = {_says(fact) for fact in told}
        some, none = any(a.low for a in found), any(a.certain and not a.low for a in found)
        if (some and True in said) or (none and False in said):
            yield Verdict(Outcome.PASS, place_of_fact(own[0]))
        elif not some and not none:
            unknown = [key for amount in found for key in amount.unknown]
            if unknown and said == {False}:
                yield open_table(table, report, unknown, [words_of(own[0])], True)
        else:
            amount = found[0]
            fact = own[0]
            arguments = {
                "words": words_of(fact),
                "table": table_name(table.key),
                "table.en": table_name(table.key, "en"),
                "cells": amount.name,
                "value": amount.text,
                "value.en": f"{'' if amount.certain else 'at least '}{number_text(amount.low)}",
            }
            stated = exact(fact) or 0
            low = amount.low or 0
            evidence = Evidence(
                f"{number_text(stated)} {'≠' if amount.certain else '<'} {amount.formula}",
                stated,
                low,
                stated - low,
                evidence_cells(table, [amount]),
            )
            place = place_of_fact(fact)
            yield Verdict(Outcome.FAIL, place, arguments, evidence, item=item.quantities[0])


def _says(fact: Fact) -> bool | None:
    """Whether there are some (True) or none (False); None where the statement says neither."""
    if fact.claim == "none":
        return False
    value = exact(fact)
    return None if value is None else value > 0


def _doubtful(fact: Fact, report: Report) -> bool:
    return _says(fact) is False and names_nobody(fact, report)


def _comparable(item: Nothing, fact: Fact, facts: Sequence[Fact], report: Report) -> bool:
    return (
        whose(fact, report) == "table"
        and is_whole(fact, facts, ())
        and not any(word in clause_of(fact) for word in item.unless)
        and (fact.claim == "none" or speaks_of(fact, report, item.beside, item.foreign))
    )


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown rows and columns."""
    for index, item in enumerate(parameters.items):
        for name, reason in unknown_names(item.table, editions, item.along, item.sum, item.each):
            where = ("sum", item.sum.index(name)) if name in item.sum else ("each",)
            yield ("items", index, *where), reason
    yield from bad_totals(parameters.totals, editions)


KIND = Kind(
    name="table_none",
    parameters=Parameters,
    arguments=frozenset({"words", "table", "cells", "value"}),
    nested={"items": Nothing, "totals": Total},
    check=check,
    verify=verify,
)
