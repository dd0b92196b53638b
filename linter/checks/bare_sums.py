"""Sums of the prose that say nothing but a number: 新收 33件，结转 2件，共 35件."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from linter.checks.listing import Listing
from linter.checks.prose import exact, same_passage, unit_of
from linter.report.facts import Fact

CERTAIN = "certain"  # the family of a sum that says how many figures it adds
_LEAST = 2  # figures that make a sum
_REACH = 8  # signs before a sum in which it is said to be one
_SO_MANY = {"二": 2, "两": 2, "三": 3, "四": 4}  # 二者合计, 三类共计
_ENDS = frozenset("，；。、）,;) \n")


def bare_sums(
    facts: Sequence[Fact], text_of: Callable[[Fact], str], words: tuple[str, ...], due: tuple[str, ...]
) -> Iterator[Listing]:
    """The sums, or what is said to be `due`, with the figures right before them that count the same unit."""
    for at in range(_LEAST, len(facts)):
        fact = facts[at]
        if fact.kind != "count" or fact.quantity is not None or fact.value is None or not exact(fact):
            continue
        said = fact.text.removesuffix(fact.value.text)
        if not unit_of(fact) or not _is_sum(fact, said, text_of(fact), words, due):
            continue
        places, many = _before(facts, at)
        many = many or (_SO_MANY.get(said[:1]) if said else None)
        certain = many is not None and len(places) >= many
        places = places[-many:] if many and certain else places
        if len(places) >= _LEAST:
            parts = tuple(facts[place] for place in places)
            yield Listing(fact, parts, CERTAIN if certain else "", at, frozenset(places))


def _is_sum(fact: Fact, said: str, text: str, words: tuple[str, ...], due: tuple[str, ...]) -> bool:
    if text[fact.end : fact.end + 1] not in _ENDS:
        return False
    if said:
        return said.endswith(due) or (said[0] in _SO_MANY and said.endswith(words))
    return text[max(0, fact.start - _REACH) : fact.start].rstrip().endswith(words)


def _before(facts: Sequence[Fact], at: int) -> tuple[list[int], int | None]:
    """The figures before a sum that it may add, and how many it says it does (两类合计)."""
    fact, places, many = facts[at], list[int](), None
    for place in range(at - 1, -1, -1):
        part = facts[place]
        if part.sentence != fact.sentence or not same_passage(part, fact) or part.kind != "count":
            break
        if unit_of(part) != unit_of(fact):
            if places or part.value is None or part.text != part.value.text:
                break
            many = _SO_MANY.get(part.text[0])
        elif not places or part.whole == facts[places[0]].whole:
            places.insert(0, place)
        elif part.whole is None or facts[places[0]].whole is not None:
            break  # others than parts of one that is added
    return places, many
