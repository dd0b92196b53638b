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
_BRACKETED = (
    r"《[^《》]*》|〈[^〈〉]*〉|“[^“”]*”|〔[^〔〕]*〕|（(?![一二三四五六七八九十]+）)[^（）]*）|\([^()]*\)"
)


class Claim(NamedTuple):
    """A sentence form with a group `year`, which must be `at_least` years after the report year.

    A statement of the report's own facts: 0, so an earlier year is stale. A plan: 1. `what` says in
    Chinese and English what the form should be about. `unless`: what in the clause shows that the
    earlier year is meant, `unless_beside` what in the sentences before and after; there the same form
    with another year always does, since then the figures of several years stand side by side.
    """

    regex: str
    at_least: int
    what_zh: str
    what_en: str
    scopes: tuple[str, ...] = ("sections",)
    unless: str = ""
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
        paragraphs = list(stretches(report, claim.scopes))
        for index, stretch in enumerate(paragraphs):
            text = pattern(_BRACKETED).sub(lambda part: "□" * len(part[0]), stretch.text)
            for sentence in pattern(_CLAUSE).finditer(text):
                found = pattern(claim.regex).search(sentence[0])
                unless = (*parameters.unless, *filter(None, [claim.unless]))
                if not found or any(pattern(e).search(sentence[0]) for e in unless):
                    continue
                beside = [
                    *(other.text for other in paragraphs[max(0, index - 1) : index]),
                    *_around(text, sentence.start(), sentence.end()),
                    *(other.text for other in paragraphs[index + 1 : index + 2]),
                ]
                if _among_years(claim, found["year"], beside):
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


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentence before a clause and the one after, with what else its own sentence says."""
    stops = [0, *(stop.end() for stop in pattern(_FULL_STOP).finditer(text)), len(text)]
    before = [stop for stop in stops if stop <= start][-2:]
    after = [stop for stop in stops if stop >= end][:2]
    return text[before[0] : start], text[end : after[-1]]


def _among_years(claim: Claim, year: str, beside: Iterable[str]) -> bool:
    """Whether the neighbouring sentences show that this year is meant and not the report year."""
    for text in beside:
        if claim.unless_beside and pattern(claim.unless_beside).search(text):
            return True
        for clause in pattern(_CLAUSE).finditer(text):
            other = pattern(claim.regex).search(clause[0])
            if other and other["year"] != year:
                return True
    return False


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Bad expressions, a missing group, unknown scopes."""
    del editions
    for index, claim in enumerate(parameters.claims):
        if reason := bad_expression(claim.regex):
            yield ("claims", index, "regex"), reason
        elif "year" not in pattern(claim.regex).groupindex:
            yield ("claims", index, "regex"), "正则表达式中应有名为 year 的组：(?P<year>…)"
        for key in ("unless", "unless_beside"):
            if reason := bad_expression(getattr(claim, key)):
                yield ("claims", index, key), reason
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
