"""Two quantities of the prose of which one is at most the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.prose import amount, place_of_fact, said, stated, unknown_quantity
from linter.checks.wording import number_text
from linter.report.model import Report


class Parameters(NamedTuple):
    """`quantity` must be at most `at_most`; sentences with one of `unless` are not judged."""

    quantity: str
    at_most: str
    unless: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict where each of the two is stated once."""
    lower = stated(report, parameters.quantity)
    upper = stated(report, parameters.at_most)
    if len(lower) != 1 or len(upper) != 1:
        return
    left, right = amount(lower[0]), amount(upper[0])
    words = lower[0].sentence + upper[0].sentence
    if left is None or right is None or any(word in words for word in parameters.unless):
        return
    place = place_of_fact(lower[0])
    if left <= right:
        yield Verdict(Outcome.PASS, place)
        return
    formula = f"{number_text(left)} > {number_text(right)}"
    arguments = {"figure": said(lower[0]), "limit": said(upper[0]), "formula": formula}
    evidence = Evidence(formula=formula, left=left, right=right, difference=left - right)
    yield Verdict(Outcome.FAIL, place, arguments, evidence, item=parameters.quantity)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown quantities."""
    del editions
    for key in ("quantity", "at_most"):
        if reason := unknown_quantity(getattr(parameters, key)):
            yield (key,), reason


KIND = Kind("figure-order", Parameters, frozenset({"figure", "limit", "formula"}), check, verify)
