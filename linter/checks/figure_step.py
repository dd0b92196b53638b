"""Figures of the prose that come in steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.prose import amount, place_of_fact, said, stated, unknown_quantity
from linter.checks.wording import number_text
from linter.report.model import Report


class Parameters(NamedTuple):
    """The quantity and its step; judged in sentences with one of `only_with` and none of `unless`."""

    quantity: str
    step: int
    only_with: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each figure of the quantity; amounts count in 元."""
    for fact in stated(report, parameters.quantity):
        value = amount(fact)
        if value is None or not value or any(word in fact.sentence for word in parameters.unless):
            continue
        if parameters.only_with and not any(word in fact.sentence for word in parameters.only_with):
            continue
        rest = value % parameters.step
        if not rest:
            yield Verdict(Outcome.PASS, place_of_fact(fact))
            continue
        steps = f"{number_text(value // parameters.step)} × {parameters.step}"
        formula = f"{number_text(value)} = {steps} + {number_text(rest)}"
        arguments = {"figure": said(fact), "step": str(parameters.step), "formula": formula}
        evidence = Evidence(formula=formula, left=value, right=value - rest, difference=rest)
        yield Verdict(Outcome.FAIL, place_of_fact(fact), arguments, evidence, item=fact.quantity or "")


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown quantity, no step."""
    del editions
    if reason := unknown_quantity(parameters.quantity):
        yield ("quantity",), reason
    if parameters.step < 1:
        yield ("step",), "应为正整数"


KIND = Kind("figure-step", Parameters, frozenset({"figure", "step", "formula"}), check, verify)
