"""Figures of another scope than the table's, where the prose gives none of the table's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.amounts import Total, amounts, bad_totals, evidence_cells, unknown_names
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.stated import exact, place_of_fact, speaks_of, whose, words_of
from linter.checks.wording import number_text, table_name
from linter.report.facts import Fact, facts_of
from linter.report.model import Report


class Scoped(NamedTuple):
    """A quantity of the prose with the sums of cells that it may give (as in table_figures)."""

    quantity: str
    table: Literal["disclosure", "applications", "disputes"]
    along: Literal["rows", "columns"]
    bases: tuple[tuple[str, ...], ...]
    each: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


class Parameters(NamedTuple):
    """The quantities; `organs` are the endings of words that name an organ or a region, and not a time
    or a sort; `totals` say what columns are made of."""

    figures: tuple[Scoped, ...]
    organs: tuple[str, ...]
    totals: tuple[Total, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each quantity stated; nothing is said where a cell has no figure."""
    facts = facts_of(report)
    for item in parameters.figures:
        told = [f for f in facts if f.quantity == item.quantity and exact(f) is not None]
        table = report.tables.get(item.table)
        if table is None or not table.found or not told:
            continue
        found = [a for b in item.bases for a in amounts(table, item.along, b, item.each, parameters.totals)]
        if not found or not all(amount.certain for amount in found):
            continue
        place = place_of_fact(told[0])
        if any(amount.may_be(exact(fact) or 0) for amount in found for fact in told) or any(
            fact.whole is None and whose(fact, report) == "table" for fact in told
        ):
            yield Verdict(Outcome.PASS, place)
            continue
        fact = next((f for f in told if _of_another(parameters, item, f, report)), None)
        if fact is None:
            continue
        amount, value = found[0], exact(fact) or 0
        arguments = {
            "words": words_of(fact),
            "figure": number_text(value),
            "scope": fact.scope_text or "",
            "table": table_name(table.key),
            "table.en": table_name(table.key, "en"),
            "cells": amount.name,
            "value": amount.text,
        }
        low = amount.low or 0
        evidence = Evidence(
            f"{number_text(value)} ≠ {amount.formula}",
            value,
            low,
            value - low,
            evidence_cells(table, found[:1]),
        )
        yield Verdict(Outcome.FAIL, place_of_fact(fact), arguments, evidence, item=item.quantity)


def _of_another(parameters: Parameters, item: Scoped, fact: Fact, report: Report) -> bool:
    words = fact.scope_text or ""
    named = fact.scope == "region" or words.endswith(parameters.organs)
    return bool(words) and named and fact.whole is None and speaks_of(fact, report, item.beside, item.foreign)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown rows and columns."""
    for index, item in enumerate(parameters.figures):
        for number, base in enumerate(item.bases):
            for name, reason in unknown_names(item.table, editions, item.along, base, item.each):
                names = [each.removeprefix("-") for each in base]
                where = ("bases", number, names.index(name)) if name in names else ("each",)
                yield ("figures", index, *where), reason
    yield from bad_totals(parameters.totals, editions)


KIND = Kind(
    name="other_scope",
    parameters=Parameters,
    arguments=frozenset({"words", "figure", "scope", "table", "cells", "value"}),
    nested={"figures": Scoped, "totals": Total},
    check=check,
    verify=verify,
)
