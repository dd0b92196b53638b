"""Shares of one list that name all of it and must make 100 %."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.prose import passage_of, place_of_fact
from linter.checks.texts import bad_expression, pattern
from linter.checks.wording import number_text
from linter.report.facts import Fact, facts_of
from linter.report.model import Report


class Parameters(NamedTuple):
    """A list of shares is complete where the last is named with one of `rest` (其他). `neutral`: what may
    stand before its figures; another base (占全市总量的) makes no list. None of `unless` may stand between
    its shares."""

    rest: tuple[str, ...]
    neutral: str
    unless: tuple[str, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each complete list of shares."""
    sentences: dict[tuple[str | None, int, str], list[Fact]] = {}
    for fact in facts_of(report):
        if fact.kind == "share" and fact.value is not None and fact.value.percent:
            sentences.setdefault((fact.section, fact.passage, fact.sentence), []).append(fact)
    for shares in sentences.values():
        if len(shares) > 1 and _complete(parameters, passage_of(report, shares[0]), shares):
            yield _judge(shares)


def _complete(parameters: Parameters, text: str, shares: Sequence[Fact]) -> bool:
    if not text or any(share.value is None or share.value.approximate for share in shares):
        return False
    wholes = [share.whole for share in shares]
    if None not in wholes and len(set(wholes)) == len(wholes):
        return False  # each with the figure it is told of, by which it is judged
    starts = [shares[0].start, *(share.end for share in shares[:-1])]
    segments = [text[start : share.end] for start, share in zip(starts, shares, strict=True)]
    if any(word in "".join(segments[1:]) for word in parameters.unless):
        return False
    if not any(word in segments[-1] for word in parameters.rest):
        return False
    return all(pattern(parameters.neutral).search("".join(segment.split())) for segment in segments)


def _judge(shares: Sequence[Fact]) -> Verdict:
    values = [Decimal(share.value.value) for share in shares if share.value is not None]
    place = place_of_fact(shares[0])
    # Shares before the list may have another whole.
    if any(_makes_all(values[start:]) for start in range(len(values) - 1)):
        return Verdict(Outcome.PASS, place)
    total = sum(values, start=Decimal(0))
    formula = f"{' + '.join(f'{number_text(value)}%' for value in values)} = {number_text(total)}% ≠ 100%"
    arguments = {"sum": f"{number_text(total)}%", "count": str(len(values)), "formula": formula}
    evidence = Evidence(formula=formula, left=total, right=100, difference=total - 100)
    return Verdict(Outcome.FAIL, place, arguments, evidence, item=shares[0].what)


def _makes_all(values: Sequence[Decimal]) -> bool:
    """Whether shares make 100 %, each rounded by half a unit of its last digit or cut off by one."""
    unit = max(Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))) for value in values)
    return -unit * len(values) <= sum(values) - 100 <= unit * len(values) / 2


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """A bad expression."""
    del editions
    if reason := bad_expression(parameters.neutral):
        yield ("neutral",), reason


KIND = Kind("shares-sum", Parameters, frozenset({"sum", "count", "formula"}), check, verify)
