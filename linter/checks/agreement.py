"""Two facts of one report that must say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.facts import FACTS, unknown_fact
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Verdict
from linter.report.model import Report


class Parameters(NamedTuple):
    """`stated_in`: a fact which, where it is there, must also state `left` (a title its year)."""

    left: str
    right: str
    stated_in: str = ""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """Nothing where one of the facts is not stated: whether it must be is another check's matter."""
    left, right = FACTS[parameters.left].find(report), FACTS[parameters.right].find(report)
    unstated = False
    if left.value is None and parameters.stated_in:
        holder = FACTS[parameters.stated_in].find(report)
        unstated = holder.value is not None
    if not unstated and (left.value is None or right.value is None):
        return
    place = left.place if left.place.excerpt or not right.place.excerpt else right.place
    if left.value == right.value:
        yield Verdict(Outcome.PASS, place)
        return
    arguments = {
        "left": left.value or "（未写）",
        "left.en": left.value_en or left.value or "(none)",
        "right": right.value or "（未写）",
        "right.en": right.value_en or right.value or "(none)",
        "left_name": FACTS[parameters.left].zh,
        "left_name.en": FACTS[parameters.left].en,
        "right_name": FACTS[parameters.right].zh,
        "right_name.en": FACTS[parameters.right].en,
    }
    yield Verdict(Outcome.FAIL, place, arguments, item=f"{parameters.left}/{parameters.right}")


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown facts."""
    del editions
    for key in ("left", "right", "stated_in"):
        name = getattr(parameters, key)
        if name and (reason := unknown_fact(name)):
            yield (key,), reason


KIND = Kind(
    name="agreement",
    parameters=Parameters,
    arguments=frozenset({"left", "right", "left_name", "right_name"}),
    check=check,
    verify=verify,
)
