"""Growth told of two figures of the same sentence: its direction and its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from linter.checks.kind import Kind, nothing_to_verify
from linter.checks.outcome import Evidence, Number, Outcome, Verdict
from linter.checks.prose import exact, place_of_fact, said, unit_of
from linter.checks.relation import size
from linter.checks.wording import number_text
from linter.report.facts import Fact, facts_of
from linter.report.model import Report

_KINDS = {"growth": 1, "decline": -1}


class Parameters(NamedTuple):
    """`not_in`: words of a sentence by which the growth may be told of something else."""

    not_in: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each growth whose two figures stand in its sentence."""
    facts = facts_of(report)
    for place, fact in enumerate(facts):
        if fact.kind not in _KINDS or fact.whole is None:
            continue
        if any(word in fact.sentence for word in parameters.not_in):
            continue
        now = facts[fact.whole]
        before = _former(facts, place, now)
        if before is None:
            continue
        left, right = exact(before), exact(now)
        if left is None or right is None or now.kind != "count" or unit_of(before) != unit_of(now):
            continue
        verdicts = [_judge(_Change(fact, before, now, left, right))]
        verdicts += [
            _judge(_Change(fact, before, other, left, value))
            for other in facts[:place]
            if other.sentence == now.sentence
            and other.kind == "count"
            and other is not now
            and unit_of(other) == unit_of(now)
            and (value := exact(other)) is not None
        ]
        # The growth may be told of an earlier figure of the sentence.
        passed = [verdict for verdict in verdicts if verdict.outcome is Outcome.PASS]
        yield passed[0] if passed else verdicts[0]


def _former(facts: Sequence[Fact], place: int, now: Fact) -> Fact | None:
    """The one earlier figure of the same thing in the sentence; None where there is none, or several."""
    found = [
        fact
        for at, fact in enumerate(facts)
        if fact.kind == "last_year"
        and fact.sentence == now.sentence
        and ((fact.quantity is not None and fact.quantity == now.quantity) or abs(at - place) <= 2)
    ]
    several = [fact for fact in facts if fact.sentence == now.sentence and fact.kind == "count"]
    if len(found) != 1 or (now.quantity is None and len(several) > 1):
        return None
    return found[0]


class _Change(NamedTuple):
    """A growth with the figures of both years."""

    fact: Fact
    before: Fact
    now: Fact
    left: Number
    right: Number

    @property
    def sign(self) -> int:
        """1 for growth, -1 for a decline."""
        return _KINDS[self.fact.kind]

    @property
    def told(self) -> tuple[str, str]:
        """The direction that the text tells."""
        return ("增长", "growth") if self.sign > 0 else ("下降", "decline")


def _judge(change: _Change) -> Verdict:
    place = place_of_fact(change.fact if change.fact.text else change.now)
    grown, value = change.right - change.left, change.fact.value
    if grown * change.sign < 0 or (grown == 0 and value is not None and value.value):
        formula = f"{number_text(change.left)} → {number_text(change.right)}"
        evidence = Evidence(formula=formula, left=change.left, right=change.right, difference=-grown)
        real = ("增加", "more") if grown > 0 else ("减少", "less") if grown < 0 else ("持平", "the same")
        return Verdict(Outcome.FAIL, place, _arguments(change, change.told, real, formula), evidence)
    if value is None or value.approximate or value.garbled or grown == 0 or not change.left:
        return Verdict(Outcome.PASS, place)
    steps = f"|{number_text(change.right)} - {number_text(change.left)}|"
    stated = Decimal(value.value)
    if value.percent:
        real_size, mark = Decimal(size(grown)) * 100 / Decimal(change.left), "%"
        unit = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
        right = abs(real_size - stated) < unit
        real_size = real_size.quantize(min(unit, Decimal("0.1")), ROUND_HALF_UP)
        steps += f" ÷ {number_text(change.left)}"
    else:
        real_size, mark = Decimal(size(grown)), ""
        right = value.unit != unit_of(change.now) or real_size == stated
    if right:
        return Verdict(Outcome.PASS, place)
    formula = f"{steps} = {number_text(real_size)}{mark} ≠ {number_text(stated)}{mark}"
    evidence = Evidence(formula=formula, left=real_size, right=stated, difference=real_size - stated)
    told = [f"{word} {number_text(stated)}{mark}" for word in change.told]
    shown = f"{number_text(real_size)}{mark}"
    return Verdict(Outcome.FAIL, place, _arguments(change, told, (shown, shown), formula), evidence)


def _arguments(change: _Change, told: Sequence[str], real: Sequence[str], formula: str) -> dict[str, str]:
    return {
        "before": said(change.before),
        "now": said(change.now),
        "told": told[0],
        "told.en": told[1],
        "real": real[0],
        "real.en": real[1],
        "formula": formula,
    }


KIND = Kind(
    name="growth",
    parameters=Parameters,
    arguments=frozenset({"before", "now", "told", "real", "formula"}),
    check=check,
    verify=nothing_to_verify,
)
