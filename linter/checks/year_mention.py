"""Statements that put the facts or plans of the report into a wrong year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.facts import year_in
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Verdict
from linter.checks.texts import bad_expression, bad_scope, pattern, place_in, stretches
from linter.checks.wording import quoted
from linter.report.model import Report

_CLAUSE = r"[^。！？；\n]+[。！？；]?"
_FULL_STOP = r"[。！？\n]"
_BRACKETED = r"《[^《》]*》|〈[^〈〉]*〉|“[^“”]*”|〔[^〔〕]*〕|（[^（）]*）|\([^()]*\)"


class Claim(NamedTuple):
    """A sentence form with a group `year`, which must be `at_least` years after the report year.

    A statement of the report's own facts: 0, so an earlier year is stale. A plan: 1. `what` says in
    Chinese and English what the form should be about. `unless_beside`: what in the sentences before
    and after shows that the earlier year is meant (figures of several years, one after the other).
    """

    regex: str
    at_least: int
    what_zh: str
    what_en: str
    scopes: tuple[str, ...] = ("sections",)
    unless_beside: str = ""


class Parameters(NamedTuple):
    """The claims; a sentence in which one of `unless` matches (a comparison) is never accused."""

    claims: tuple[Claim, ...]
    unless: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A failure for each stale sentence; titles, quotations and document numbers do not count."""
    if report.year is None:
        return
    clean = True
    for claim in parameters.claims:
        for stretch in stretches(report, claim.scopes):
            text = pattern(_BRACKETED).sub(lambda part: "□" * len(part[0]), stretch.text)
            for sentence in pattern(_CLAUSE).finditer(text):
                found = pattern(claim.regex).search(sentence[0])
                if not found or any(pattern(e).search(sentence[0]) for e in parameters.unless):
                    continue
                if claim.unless_beside and pattern(claim.unless_beside).search(
                    _around(text, sentence.start(), sentence.end())
                ):
                    continue
                year = year_in(found["year"] + "年")
                if year is None or int(year) >= report.year + claim.at_least:
                    continue
                clean = False
                start = sentence.start() + found.start("year")
                words = stretch.text[sentence.start() : sentence.end()].strip()
                arguments = {
                    "what": claim.what_zh,
                    "what.en": claim.what_en,
                    "year": year,
                    "report_year": str(report.year),
                    "expected": str(report.year + claim.at_least),
                    "sentence": quoted(words),
                }
                place = place_in(stretch, start, sentence.start() + found.end())
                yield Verdict(Outcome.FAIL, place, arguments, item=f"{year}:{words[:24]}")
    if clean:
        yield Verdict(Outcome.PASS)


def _around(text: str, start: int, end: int) -> str:
    """The sentences before and after a clause, and what else its own sentence says."""
    stops = [0, *(stop.end() for stop in pattern(_FULL_STOP).finditer(text)), len(text)]
    before = [stop for stop in stops if stop <= start][-2:]
    after = [stop for stop in stops if stop >= end][:2]
    return text[before[0] : start] + "\n" + text[end : after[-1]]


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Bad expressions, a missing group, unknown scopes."""
    del editions
    for index, claim in enumerate(parameters.claims):
        if reason := bad_expression(claim.regex):
            yield ("claims", index, "regex"), reason
        elif "year" not in pattern(claim.regex).groupindex:
            yield ("claims", index, "regex"), "正则表达式中应有名为 year 的组：(?P<year>…)"
        if reason := bad_expression(claim.unless_beside):
            yield ("claims", index, "unless_beside"), reason
        for number, scope in enumerate(claim.scopes):
            if reason := bad_scope(scope):
                yield ("claims", index, "scopes", number), reason
    for index, expression in enumerate(parameters.unless):
        if reason := bad_expression(expression):
            yield ("unless", index), reason


KIND = Kind(
    name="year_mention",
    parameters=Parameters,
    arguments=frozenset({"what", "year", "report_year", "expected", "sentence"}),
    nested={"claims": Claim},
    check=check,
    verify=verify,
)
