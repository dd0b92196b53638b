"""Dates of a report of which one cannot be earlier than the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.facts import FACTS, Fact, unknown_fact
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Verdict
from linter.report.model import Report


class Order(NamedTuple):
    """Two facts that are dates; the same day is in order."""

    earlier: str
    later: str


class Parameters(NamedTuple):
    """The orders, judged together in one verdict.

    `unless_broken`: orders that, where they are broken themselves, leave nothing to say here: the
    same wrong date is then another rule's matter.
    """

    orders: tuple[Order, ...]
    unless_broken: tuple[Order, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """Nothing where no order has both of its dates."""
    judged = [(order, *_pair(order, report)) for order in parameters.orders]
    judged = [(order, one, two) for order, one, two in judged if one.day and two.day]
    if not judged or any(_broken(*_pair(order, report)) for order in parameters.unless_broken):
        return
    broken = [(order, one, two) for order, one, two in judged if _broken(one, two)]
    if not broken:
        yield Verdict(Outcome.PASS, judged[0][2].place)
        return
    order, one, two = broken[0]
    found = (f"{_said(o.later, b)}早于{_said(o.earlier, a)}" for o, a, b in broken)
    found_en = (f"{_said_en(o.later, b)} is before {_said_en(o.earlier, a)}" for o, a, b in broken)
    arguments = {
        "found": "；".join(found),
        "found.en": "; ".join(found_en),
        "earlier": one.value or "",
        "earlier.en": one.value_en or "",
        "earlier_name": FACTS[order.earlier].zh,
        "earlier_name.en": FACTS[order.earlier].en,
        "later": two.value or "",
        "later.en": two.value_en or "",
        "later_name": FACTS[order.later].zh,
        "later_name.en": FACTS[order.later].en,
    }
    place = two.place if two.place.excerpt else one.place
    yield Verdict(Outcome.FAIL, place, arguments, item="+".join(o.later for o, _, _ in broken))


def _pair(order: Order, report: Report) -> tuple[Fact, Fact]:
    return FACTS[order.earlier].find(report), FACTS[order.later].find(report)


def _broken(earlier: Fact, later: Fact) -> bool:
    return earlier.day is not None and later.day is not None and later.day < earlier.day


def _said(name: str, fact: Fact) -> str:
    return f"{FACTS[name].zh}（{fact.value}）"


def _said_en(name: str, fact: Fact) -> str:
    return f"the {FACTS[name].en} ({fact.value_en})"


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown facts, and facts that are no dates."""
    del editions
    for key in ("orders", "unless_broken"):
        for index, order in enumerate(getattr(parameters, key)):
            for side, name in order._asdict().items():
                if reason := unknown_fact(name):
                    yield (key, index, side), reason
                elif not FACTS[name].dated:
                    dates = "、".join(each for each, spec in FACTS.items() if spec.dated)
                    yield (key, index, side), f"“{name}”不是日期，可用的有：{dates}"


KIND = Kind(
    name="date_order",
    parameters=Parameters,
    arguments=frozenset({"found", "earlier", "earlier_name", "later", "later_name"}),
    nested={"orders": Order, "unless_broken": Order},
    check=check,
    verify=verify,
)
