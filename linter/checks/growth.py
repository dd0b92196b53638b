"""Growth told of two figures of the same sentence: its direction and its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from linter.checks.kind import Kind, nothing_to_verify
from linter.checks.outcome import Evidence, Number, Outcome, Verdict
from linter.checks.prose import exact, place_of_fact, said, unit_of
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
        yield _judge(fact, before, now, left, right)


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


def _judge(fact: Fact, before: Fact, now: Fact, left: Number, right: Number) -> Verdict:
    place = place_of_fact(fact if fact.text else now)
    change, sign = right - left, _KINDS[fact.kind]
    direction = f"{number_text(left)} → {number_text(right)}"
    told = {1: ("增长", "growth"), -1: ("下降", "decline")}
    if change * sign < 0 or (change == 0 and fact.value is not None and fact.value.value):
        real = {1: ("增加", "more"), -1: ("减少", "less"), 0: ("持平", "the same")}[(change > 0) - (change < 0)]
        return _failed(fact, before, now, direction, change, None, told[sign], real)
    value = fact.value
    if value is None or value.approximate or value.garbled or change == 0 or not left:
        return Verdict(Outcome.PASS, place)
    if not value.percent:
        if value.unit != unit_of(now) or value.value == abs(change):
            return Verdict(Outcome.PASS, place)
        stated, size = value.value, number_text(abs(change))
        formula = f"|{number_text(right)} - {number_text(left)}| = {size} ≠ {number_text(stated)}"
        words = (f"{told[sign][0]} {number_text(stated)}", f"{told[sign][1]} by {number_text(stated)}")
        return _failed(fact, before, now, formula, abs(change), stated, words, (size, size))
    rated = Decimal(value.value)
    unit = Decimal(1).scaleb(min(0, int(rated.as_tuple().exponent)))
    rate = Decimal(abs(change)) * 100 / Decimal(left)
    if abs(rate - rated) < unit:
        return Verdict(Outcome.PASS, place)
    digits = Decimal(1).scaleb(min(-1, int(rated.as_tuple().exponent)))
    shown = rate.quantize(digits, ROUND_HALF_UP)
    percent = f"{number_text(shown)}%"
    formula = (
        f"|{number_text(right)} - {number_text(left)}| ÷ {number_text(left)} = {percent} ≠ {number_text(rated)}%"
    )
    words = (f"{told[sign][0]} {number_text(rated)}%", f"{told[sign][1]} of {number_text(rated)}%")
    return _failed(fact, before, now, formula, shown, rated, words, (percent, percent))


def _failed(
    fact: Fact,
    before: Fact,
    now: Fact,
    formula: str,
    left: Number,
    right: Number | None,
    told: tuple[str, str],
    real: tuple[str, str],
) -> Verdict:
    arguments = {
        "before": said(before),
        "now": said(now),
        "told": told[0],
        "told.en": told[1],
        "real": real[0],
        "real.en": real[1],
        "formula": formula,
    }
    difference = None if right is None else left - right
    evidence = Evidence(formula=formula, left=left, right=right, difference=difference)
    return Verdict(Outcome.FAIL, place_of_fact(fact if fact.text else now), arguments, evidence, item=now.what)


KIND = Kind(
    name="growth",
    parameters=Parameters,
    arguments=frozenset({"before", "now", "told", "real", "formula"}),
    check=check,
    verify=nothing_to_verify,
)
