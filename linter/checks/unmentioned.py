"""Cases that a table counts and the prose is silent on, although it tells of their like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.amounts import amounts, evidence_cells, open_table, unknown_names
from linter.checks.cells import spec_of
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.stated import place_of_fact, speaks_of, whose, words_of
from linter.checks.texts import bad_scope, sections_of, unread_prose
from linter.checks.wording import cell_name, joined, number_text, table_name
from linter.report.facts import Fact, facts_of
from linter.report.model import Report


class Matter(NamedTuple):
    """Cases counted by `cells` (over the lines `each`), which any of `words` mentions. They are missed
    where the prose tells of one of the quantities `alongside`, in a context that has one of `beside` (and
    none of `foreign` without it)."""

    zh: str
    en: str
    table: Literal["disclosure", "applications", "disputes"]
    along: Literal["rows", "columns"]
    cells: tuple[str, ...]
    words: tuple[str, ...]
    alongside: tuple[str, ...]
    each: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


class Parameters(NamedTuple):
    """The matters, each looked for in the prose of `sections` (not in their headings)."""

    matters: tuple[Matter, ...]
    sections: tuple[str, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each matter whose like the prose tells of."""
    text = "\n".join(part.text for key in parameters.sections for part in sections_of(report, key))
    for item in parameters.matters:
        told = _told(item, report)
        table = report.tables.get(item.table)
        if told is None or table is None:
            continue
        place = place_of_fact(told)
        if any(word in text for word in item.words):
            yield Verdict(Outcome.PASS, place)
        elif not table.found:
            yield open_table(table, report, (), [words_of(told)], False)
        else:
            found = [a for name in item.cells for a in amounts(table, item.along, (name,), item.each, ())]
            counted = [amount for amount in found if amount.low]
            unknown = [key for amount in found for key in amount.unknown]
            unread = unread_prose(report)
            if counted and unread:
                yield Verdict(Outcome.OPEN, place, reason=unread[0], reason_en=unread[1])
            elif counted:
                keys = [key for amount in counted for key in amount.keys if table.cells[key].value]
                keys = [key for key in keys if not key[1].endswith("total")] or keys
                names = [(cell_name(spec_of(table), *key), table.cells[key].value) for key in keys]
                arguments = {
                    "what": item.zh,
                    "what.en": item.en,
                    "words": words_of(told),
                    "table": table_name(table.key),
                    "table.en": table_name(table.key, "en"),
                    "cells": joined(f"“{name}” {number_text(value)}" for name, value in names),
                    "cells.en": joined((f"{name}: {number_text(value)}" for name, value in names), "en"),
                }
                evidence = Evidence(cells=evidence_cells(table, counted))
                yield Verdict(Outcome.FAIL, place, arguments, evidence, item=item.en)
            elif unknown:
                yield open_table(table, report, unknown, [words_of(told)], True)
            else:
                yield Verdict(Outcome.PASS, place)


def _told(item: Matter, report: Report) -> Fact | None:
    """The statement on the like of the matter: a figure or none of it."""
    return next(
        (
            fact
            for fact in facts_of(report)
            if fact.quantity in item.alongside
            and (fact.kind == "count" or fact.claim == "none")
            and whose(fact, report) == "table"
            and speaks_of(fact, report, item.beside, item.foreign)
        ),
        None,
    )


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown rows, columns and sections."""
    for index, item in enumerate(parameters.matters):
        for name, reason in unknown_names(item.table, editions, item.along, item.cells, item.each):
            where = ("cells", item.cells.index(name)) if name in item.cells else ("each",)
            yield ("matters", index, *where), reason
    for index, scope in enumerate(parameters.sections):
        if (fault := bad_scope(scope)) is not None:
            yield ("sections", index), fault


KIND = Kind(
    name="unmentioned",
    parameters=Parameters,
    arguments=frozenset({"what", "words", "table", "cells"}),
    nested={"matters": Matter},
    check=check,
    verify=verify,
)
