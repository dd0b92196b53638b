"""The score of one report: which applicable obligations it met, and what each one not met costs.

Points are decimals with two places, cut off in the unit's favour, so that the items printed on a card
add up to the score printed on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any, Literal, NamedTuple, TypeAlias

from linter.checks.outcome import Outcome
from linter.checks.profile import Profiled
from linter.checks.rulebook import Rule
from linter.corpus.model import Filing
from linter.corpus.record import Record
from linter.score.formula import Formula, shipped_formula
from linter.score.local import LocalScore, local_score

CENT = Decimal("0.01")
ZERO = Decimal("0.00")

Shown: TypeAlias = Mapping[str, tuple[int, ...]]
"""Rule → the numbers of the findings that show it not met."""

Kind = Literal["lost", "compared", "cap", "floor", "missing"]
State = Literal["met", "lost", "open", "aside", "not-applicable"]
"""How an obligation stands. "aside": not met, but every finding of it was set aside with a reason."""


class Obligation(NamedTuple):
    """What a rule on one report weighs, and in which dimension."""

    dimension: str
    weight: Decimal


class Scheme(NamedTuple):
    """By what reports are scored: a profile, the rules that it holds, and the formula. `obligations` are the
    rules on one report, `compared` what each rule on several reports costs, both by code."""

    profiled: Profiled
    formula: Formula
    rules: Mapping[str, Rule]
    obligations: Mapping[str, Obligation]
    compared: Mapping[str, Decimal]


def scheme_of(profiled: Profiled, formula: Formula | None = None) -> Scheme:
    """The formula, that which ships where none is given, over the rules of a profile."""
    formula = formula or shipped_formula()
    held = {
        rule.code: rule
        for rule in profiled.rulebook.rules
        if rule.code in profiled.held and formula.counts(rule)
    }
    compared = {code: formula.costs(rule) for code, rule in held.items() if formula.compares(rule)}
    obligations = {
        code: Obligation(formula.dimension(rule), formula.weight(rule))
        for code, rule in held.items()
        if code not in compared
    }
    return Scheme(profiled, formula, held, obligations, compared)


class Item(NamedTuple):
    """A line of a card: `points` (below zero where they are lost) for the rule `code`, which the findings
    of these numbers show. `weight` out of `of` (all decided weight of the dimension) is how much of
    the dimension's points `available` the obligation is."""

    kind: Kind
    points: Decimal
    code: str = ""
    dimension: str = ""
    weight: Decimal = ZERO
    of: Decimal = ZERO
    available: Decimal = ZERO
    findings: tuple[int, ...] = ()


class Part(NamedTuple):
    """A dimension of one report: its points, what is left of them, and how its obligations stand."""

    key: str
    available: Decimal
    score: Decimal
    weight: Decimal
    met: int
    lost: int
    open: int


class Score(NamedTuple):
    """How one unit's report of one year stands. `own` is the score of the report by itself, `total` what is
    left after the comparison with others; None where there is nothing to score. `aside` are rules whose
    findings were set aside; `share` is the part of the applicable weight that could be decided."""

    status: Literal["scored", "missing", "unreadable", "undecided"]
    own: Decimal | None
    total: Decimal | None
    items: tuple[Item, ...] = ()
    parts: tuple[Part, ...] = ()
    aside: tuple[str, ...] = ()
    decided: int = 0
    open: int = 0
    share: Decimal = ZERO
    local: LocalScore | None = None


def score(filing: Filing, scheme: Scheme, dismissed: Collection[str] = ()) -> Score:
    """The score of what a unit filed for a year. Findings with a fingerprint in `dismissed` do not count."""
    shown = shown_by(filing.findings, dismissed)
    local = local_score(filing, scheme.profiled, dismissed)
    if filing.status == "missing":
        full = scheme.formula.full.quantize(CENT)
        return Score("missing", ZERO, ZERO, (Item("missing", -full),), local=local)
    if filing.record is None or filing.record.reason:
        return Score("unreadable", None, None, local=local)
    own = _own(filing.record, shown, scheme)
    return _compared(own, filing, shown, scheme)._replace(local=local)


def shown_by(findings: Iterable[Mapping[str, Any]], dismissed: Collection[str] = ()) -> Shown:
    """The numbers, from 1, of the findings that show a rule not met, by its code: its own, else those that
    have the same cause. Those with a fingerprint in `dismissed` show nothing."""
    own: dict[str, tuple[int, ...]] = {}
    others: dict[str, tuple[int, ...]] = {}
    for number, finding in enumerate(findings, 1):
        if finding["fingerprint"] in dismissed:
            continue
        own[finding["code"]] = (*own.get(finding["code"], ()), number)
        for code in dict.fromkeys(related["code"] for related in finding.get("related", ())):
            others[code] = (*others.get(code, ()), number)
    return {**others, **own}


def state(outcomes: Mapping[str, int], findings: tuple[int, ...]) -> State:
    """How an obligation stands that has these outcomes and is shown not met by these findings."""
    if outcomes.get(Outcome.FAIL.value):
        return "lost" if findings else "aside"
    if outcomes.get(Outcome.PASS.value):
        return "met"
    return "open" if outcomes.get(Outcome.OPEN.value) else "not-applicable"


class _Standing(NamedTuple):
    code: str
    state: State
    findings: tuple[int, ...]
    weight: Decimal


def _own(record: Record, shown: Shown, scheme: Scheme) -> Score:
    """The score of the report by itself: only the record's own outcomes count."""
    formula = scheme.formula
    standings: dict[str, list[_Standing]] = {one.key: [] for one in formula.dimensions}
    for code, outcomes in sorted(record.outcomes.items()):
        obligation = scheme.obligations.get(code)
        if obligation is None:
            continue
        findings = shown.get(code, ())
        found = _Standing(code, state(outcomes, findings), findings, obligation.weight)
        standings[obligation.dimension].append(found)
    decided = {key: _weight(every, "met", "lost") for key, every in standings.items()}
    available = _available(formula, [key for key, weight in decided.items() if weight])
    items = [
        Item("lost", -_cut(available[key] * one.weight / decided[key]), one.code, key)._replace(
            weight=one.weight, of=decided[key], available=available[key], findings=one.findings
        )
        for key, every in standings.items()
        for one in every
        if one.state == "lost"
    ]
    full = formula.full.quantize(CENT) if any(decided.values()) else None
    own = None if full is None else full + sum((item.points for item in items), ZERO)
    everyone = [one for every in standings.values() for one in every]
    applicable = _weight(everyone, "met", "lost", "open")
    return Score(
        "undecided" if own is None else "scored",
        own,
        own,
        tuple(items),
        tuple(_part(key, every, available, items) for key, every in standings.items()),
        aside=tuple(one.code for one in everyone if one.state == "aside"),
        decided=sum(one.state in ("met", "lost") for one in everyone),
        open=sum(one.state == "open" for one in everyone),
        share=_cut(sum(decided.values(), ZERO) / applicable) if applicable else ZERO,
    )


def _available(formula: Formula, keys: list[str]) -> dict[str, Decimal]:
    """The points of the dimensions about which something could be decided: together the full mark."""
    points = {one.key: one.points for one in formula.dimensions if one.key in keys}
    total = sum(points.values(), ZERO)
    shared = {key: _cut(formula.full * own / total) for key, own in points.items()}
    left = formula.full - sum(shared.values(), ZERO)
    for key in shared:
        if left <= 0:
            break
        shared[key] += CENT
        left -= CENT
    return shared


def _part(key: str, every: list[_Standing], available: Mapping[str, Decimal], items: list[Item]) -> Part:
    points = available.get(key, ZERO)
    lost = sum((item.points for item in items if item.dimension == key), ZERO)
    states = [one.state for one in every]
    weight = _weight(every, "met", "lost")
    return Part(
        key, points, points + lost, weight, states.count("met"), states.count("lost"), states.count("open")
    )


def _compared(own: Score, filing: Filing, shown: Shown, scheme: Scheme) -> Score:
    """What the comparison with other reports takes off."""
    if own.own is None:
        return own
    formula = scheme.formula
    items: list[Item] = []
    aside: list[str] = []
    for code, outcomes in sorted(filing.outcomes.items()):
        costs = scheme.compared.get(code)
        if costs is None:
            continue
        findings = shown.get(code, ())
        found = state(outcomes, findings)
        if found == "aside":
            aside.append(code)
        if found == "lost" and costs:
            items.append(Item("compared", -costs.quantize(CENT), code, findings=findings))
    lost = sum((item.points for item in items), ZERO)
    if -lost > formula.compared.cap:
        items.append(Item("cap", (-lost - formula.compared.cap).quantize(CENT)))
        lost = -formula.compared.cap
    if own.own + lost < 0:
        items.append(Item("floor", -(own.own + lost).quantize(CENT)))
        lost = -own.own
    return own._replace(
        total=(own.own + lost).quantize(CENT),
        items=(*own.items, *items),
        aside=(*own.aside, *aside),
    )


def _weight(every: Iterable[_Standing], *states: State) -> Decimal:
    return sum((one.weight for one in every if one.state in states), ZERO)


def _cut(points: Decimal) -> Decimal:
    """Two places; what is beyond them is cut off."""
    return points.quantize(CENT, rounding=ROUND_DOWN)
