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

_SENTENCE = r"[^。！？；\n]+[。！？；]?"
_BRACKETED = r"《[^《》]*》|〈[^〈〉]*〉|“[^“”]*”|〔[^〔〕]*〕|（[^（）]*）|\([^()]*\)"


class Claim(NamedTuple):
    """A sentence form with a group `year`, which must be `at_least` years after the report year.

    A statement of the report's own facts: 0, so an earlier year is stale. A plan: 1.
    """

    regex: str
    at_least: int
    scopes: tuple[str, ...] = ("sections",)


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
            for sentence in pattern(_SENTENCE).finditer(stretch.text):
                bare = pattern(_BRACKETED).sub(lambda part: "□" * len(part[0]), sentence[0])
                found = pattern(claim.regex).search(bare)
                if not found or any(pattern(e).search(bare) for e in parameters.unless):
                    continue
                year = year_in(found["year"] + "年")
                if year is None or int(year) >= report.year + claim.at_least:
                    continue
                clean = False
                start = sentence.start() + found.start("year")
                arguments = {
                    "year": year,
                    "report_year": str(report.year),
                    "expected": str(report.year + claim.at_least),
                    "sentence": quoted(sentence[0].strip()),
                }
                place = place_in(stretch, start, sentence.start() + found.end())
                yield Verdict(Outcome.FAIL, place, arguments, item=f"{year}:{sentence[0].strip()[:24]}")
    if clean:
        yield Verdict(Outcome.PASS)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Bad expressions, a missing group, unknown scopes."""
    del editions
    for index, claim in enumerate(parameters.claims):
        if reason := bad_expression(claim.regex):
            yield ("claims", index, "regex"), reason
        elif "year" not in pattern(claim.regex).groupindex:
            yield ("claims", index, "regex"), "正则表达式中应有名为 year 的组：(?P<year>…)"
        for number, scope in enumerate(claim.scopes):
            if reason := bad_scope(scope):
                yield ("claims", index, "scopes", number), reason
    for index, expression in enumerate(parameters.unless):
        if reason := bad_expression(expression):
            yield ("unless", index), reason


KIND = Kind(
    name="year_mention",
    parameters=Parameters,
    arguments=frozenset({"year", "report_year", "expected", "sentence"}),
    nested={"claims": Claim},
    check=check,
    verify=verify,
)
