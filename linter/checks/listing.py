"""Lists of the prose: a whole with the figures that the reader of facts tells as its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from linter.checks.outcome import Number
from linter.checks.partition import Figures, adds_up
from linter.checks.prose import exact, same_passage, unit_of
from linter.report.facts import Fact


class Listing(NamedTuple):
    """A whole with parts of one sort; `family` is the first word of their keys, "" where these differ.

    `at` and `places` are the places of whole and parts among the facts.
    """

    whole: Fact
    parts: tuple[Fact, ...]
    family: str
    at: int
    places: frozenset[int]


def listings(facts: Sequence[Fact], dividing: Collection[str]) -> Iterator[Listing]:
    """The lists of at least two parts; parts of several families, of which one is `dividing`, are as many
    lists (by applicant, by result)."""
    members: dict[int, list[int]] = {}
    for place, fact in enumerate(facts):
        if fact.whole is not None and fact.kind == "count":
            members.setdefault(_rooted(facts, fact.whole, fact), []).append(place)
    for at, places in members.items():
        whole = facts[at]
        if whole.kind != "count" or not exact(whole):
            continue
        families = {_family(facts[place]) for place in places}
        natural = families & set(dividing)
        groups = {families.pop() if len(families) == 1 else "": places}
        if len(families) > 1 and natural and "" not in families:
            # Applicants and results: each is a division of its own.
            groups = {name: [p for p in places if _family(facts[p]) == name] for name in sorted(natural)}
        for name, group in groups.items():
            if len(group) > 1:
                yield Listing(whole, tuple(facts[p] for p in group), name, at, frozenset(group))


def _rooted(facts: Sequence[Fact], at: int, part: Fact) -> int:
    """The whole of a part: results are those of the applications, not of those carried over, which the
    text may name in between."""
    above = facts[at].whole
    if _family(part) == "result" and (facts[at].quantity or "").startswith("applications.carried") and above:
        return above
    return at


def _family(fact: Fact) -> str:
    return (fact.quantity or "").partition(".")[0]


def earlier_figures(facts: Sequence[Fact], listing: Listing) -> list[Number]:
    """The figures of the sentence before the whole that count in its unit: the list may be one of these."""
    whole = listing.whole
    return [
        value
        for fact in facts[: listing.at]
        if fact.sentence == whole.sentence
        and fact.kind == "count"
        and same_passage(fact, whole)
        and unit_of(fact) == unit_of(whole)
        and (value := exact(fact)) is not None
    ]


def spans(earlier: Sequence[Number], total: Number) -> frozenset[Number]:
    """Each earlier figure, and what the last ones make together with the whole."""
    found: set[Number] = set(earlier)
    together = total
    for value in reversed(earlier):
        together += value
        found.add(together)
    return frozenset(found)


def may_begin_anew(text: str, whole: Fact, before: Fact, part: Fact) -> bool:
    """Whether the list may end before `part`: behind a stop, or where the list of an outer whole goes on."""
    return whole.whole is not None or any(mark in text[before.end : part.start] for mark in "；;。")


def nested(facts: Sequence[Fact], listing: Listing, total: Number) -> bool:
    """Whether the parts with those of their own, read as one list, make the whole after all."""
    flat = [
        fact
        for place, fact in enumerate(facts)
        if (place in listing.places or fact.whole in listing.places)
        and fact.kind == "count"
        and unit_of(fact) == unit_of(listing.whole)
    ]
    values = [value for fact in flat if (value := exact(fact)) is not None]
    if len(flat) == len(listing.parts) or len(values) < len(flat):
        return False
    every = [True] * len(values)
    return adds_up(Figures(values, every, every), {total})


def summed_up(facts: Sequence[Fact], words: tuple[str, ...]) -> Iterator[Listing]:
    """The sums that follow their parts (…，以上合计 9件), with the figures of the sentence before them."""
    for at, fact in enumerate(facts):
        if fact.kind != "count" or fact.whole is not None or not fact.text.startswith(words):
            continue
        places = [
            place
            for place in range(at)
            if facts[place].sentence == fact.sentence and same_passage(facts[place], fact)
        ]
        parts = tuple(facts[place] for place in places)
        if len(parts) > 1 and all(part.kind == "count" and part.whole is None for part in parts):
            yield Listing(fact, parts, "", at, frozenset(places))
