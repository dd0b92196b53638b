"""Front-matter facts whose written form must fit a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.facts import FACTS, unknown_fact
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Verdict
from linter.checks.texts import bad_expression, pattern
from linter.checks.wording import quoted
from linter.report.model import Report


class Shape(NamedTuple):
    """A fact and the expression that its whole value must match."""

    fact: str
    regex: str


class Parameters(NamedTuple):
    """The shapes, each judged by itself."""

    shapes: tuple[Shape, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each fact that is stated."""
    for shape in parameters.shapes:
        fact = FACTS[shape.fact].find(report)
        if fact.value is None:
            continue
        if pattern(shape.regex).fullmatch("".join(fact.value.split())):
            yield Verdict(Outcome.PASS, fact.place)
        else:
            arguments = {
                "what": FACTS[shape.fact].zh,
                "what.en": FACTS[shape.fact].en,
                "found": quoted(fact.value),
            }
            yield Verdict(Outcome.FAIL, fact.place, arguments, item=shape.fact)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown facts, bad expressions."""
    del editions
    for index, shape in enumerate(parameters.shapes):
        if reason := unknown_fact(shape.fact):
            yield ("shapes", index, "fact"), reason
        if reason := bad_expression(shape.regex):
            yield ("shapes", index, "regex"), reason


KIND = Kind(
    name="format",
    parameters=Parameters,
    arguments=frozenset({"what", "found"}),
    nested={"shapes": Shape},
    check=check,
    verify=verify,
)
