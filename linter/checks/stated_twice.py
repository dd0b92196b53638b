"""The same quantity stated twice in the prose, with different figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.bases import WHOLES, carried
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Number, Outcome, Verdict
from linter.checks.prose import exact, place_of_fact, said, unit_of, unknown_quantity
from linter.checks.relation import size
from linter.checks.sum_slips import digit_slip
from linter.checks.texts import pattern
from linter.checks.wording import number_text
from linter.report.facts import Fact, facts_of
from linter.report.model import Report

_DIGITS = r"\d+"


class Same(NamedTuple):
    """A quantity told in one way: the key of the fact, of which one of `words` and, where given, one of
    `about` must stand in its text, and none of `unless`. Ways with different words (收到, 受理) are never
    compared."""

    quantity: str
    words: tuple[str, ...]
    about: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Parameters(NamedTuple):
    """`not_in`: words of a sentence by which it may count something else (累计, 以来, 含上年结转)."""

    same: tuple[Same, ...]
    not_in: tuple[str, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each quantity stated more than once."""
    facts = facts_of(report)
    keys = {same.quantity for same in parameters.same}
    plain = [
        fact
        for fact in facts
        if fact.quantity in keys and not any(word in fact.sentence for word in parameters.not_in)
    ]
    for same in parameters.same:
        yield from _judge(report, facts, [fact for fact in plain if _is(fact, same)], plain, same)
    yield from _garbled(facts)


def _is(fact: Fact, same: Same) -> bool:
    return (
        fact.quantity == same.quantity
        and fact.kind == "count"
        and fact.whole is None
        and exact(fact) is not None
        and any(word in fact.text for word in same.words)
        and (not same.about or any(word in fact.text for word in same.about))
        and not any(word in fact.text for word in same.unless)
    )


def _whose(fact: Fact) -> str:
    """Whose figure it is; this organ is itself under any of its names."""
    return "" if fact.scope == "self" else f"{fact.scope} {fact.scope_text}"


def _judge(
    report: Report, facts: Sequence[Fact], stated: Sequence[Fact], plain: Sequence[Fact], same: Same
) -> Iterator[Verdict]:
    firsts: dict[tuple[str, str | None], Fact] = {}
    for fact in stated:
        if fact.scope == "part":
            continue
        first = firsts.setdefault((_whose(fact), unit_of(fact)), fact)
        if first is fact or first.sentence == fact.sentence:
            continue
        left, right = exact(first), exact(fact)
        if left is None or right is None:
            continue
        if left == right or _carried_over(report, facts, first, size(left - right)):
            yield Verdict(Outcome.PASS, place_of_fact(fact))
        else:
            yield _failed(first, fact, left, right)
    for (whose, _), first in firsts.items():
        for claim in plain:
            if claim.claim != "none" or claim.quantity != same.quantity or _whose(claim) != whose:
                continue
            value = exact(first)
            if value and claim.sentence != first.sentence:
                yield _failed(first, claim, value, 0)


def _carried_over(report: Report, facts: Sequence[Fact], fact: Fact, difference: Number) -> bool:
    """Whether the figures differ by applications carried over, which one of them may count in."""
    if fact.quantity not in WHOLES:
        return False
    known = carried(report, facts, fact)
    return known.lost or difference in known.into or difference in known.out


def _garbled(facts: Sequence[Fact]) -> Iterator[Verdict]:
    """A figure that is none as printed (20-8-名), where the same thing has another figure elsewhere."""
    for fact in facts:
        if fact.value is None or not fact.value.garbled or not fact.what:
            continue
        for other in facts:
            value = exact(other)
            if (
                value is None
                or other.what != fact.what
                or unit_of(other) != unit_of(fact)
                or other.kind != "count"
                or other.sentence == fact.sentence
                or _whose(other) != _whose(fact)
                or number_text(value) in pattern(_DIGITS).findall(fact.value.text)
            ):
                continue
            yield _failed(fact, other, fact.value.value, value)
            break


def _failed(first: Fact, second: Fact, left: Number, right: Number) -> Verdict:
    garbled = first.value is not None and first.value.garbled
    printed = first.value.text.removesuffix(unit_of(first) or "") if garbled and first.value else ""
    formula = f"{printed or number_text(left)} ≠ {number_text(right)}"
    slip = digit_slip(left, right)
    arguments = {
        "first": said(first),
        "second": said(second),
        "formula": formula,
        "slip": f"；{slip.zh}" if slip.zh else "",
        "slip.en": f"; {slip.en}" if slip.en else "",
    }
    evidence = Evidence(formula=formula, left=left, right=right, difference=left - right)
    place = place_of_fact(first if garbled else second)
    return Verdict(Outcome.FAIL, place, arguments, evidence, item=second.quantity or second.what)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown quantities."""
    del editions
    for index, same in enumerate(parameters.same):
        if reason := unknown_quantity(same.quantity):
            yield ("same", index, "quantity"), reason


KIND = Kind(
    name="stated-twice",
    parameters=Parameters,
    arguments=frozenset({"first", "second", "formula", "slip"}),
    nested={"same": Same},
    check=check,
    verify=verify,
)
