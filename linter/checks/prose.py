"""Facts of the prose for checks: where they stand, the text around them, their figures for people."""

from __future__ import annotations

from decimal import Decimal

from linter.checks.outcome import Number, Place
from linter.checks.wording import quoted
from linter.report.facts import Fact, facts_of
from linter.report.model import Report

_LONGEST = 26  # signs of a fact that are quoted
_UNITS_OF_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def exact(fact: Fact) -> Number | None:
    """The figure of a count, or None where it is none that can be compared exactly."""
    value = fact.value
    if value is None or value.approximate or value.percent or value.garbled:
        return None
    return value.value


def unit_of(fact: Fact) -> str | None:
    """The unit of a fact's figure."""
    return fact.value.unit if fact.value is not None else None


def yuan(fact: Fact) -> Number | None:
    """An exact amount of money in 元, or None where it is no such amount."""
    factor = _UNITS_OF_MONEY.get(unit_of(fact) or "")
    value = exact(fact)
    return None if factor is None or value is None else plain(value * factor)


def amount(fact: Fact) -> Number | None:
    """An exact figure; of money in 元."""
    value = yuan(fact)
    return exact(fact) if value is None else value


def stated(report: Report, quantity: str) -> list[Fact]:
    """The figures of the organ itself for a quantity, parts of others left out."""
    return [
        fact
        for fact in facts_of(report)
        if fact.quantity == quantity and fact.kind == "count" and fact.scope == "self" and fact.whole is None
    ]


def unknown_quantity(key: str) -> str | None:
    """The reason where no quantity of the prose has this key."""
    from linter.report.facts.vocabulary import vocabulary

    known = {meaning.key for meaning in vocabulary().meanings}
    return None if key in known else f"没有数量“{key}”，可用的见 grammars/quantities.yaml 的 families"


def plain(value: Number) -> Number:
    """A number without zeros behind the point: 400.00 → 400."""
    return int(value) if value == int(value) else Decimal(value).normalize()


def passage_of(report: Report, fact: Fact) -> str:
    """The text of the passage in which a fact stands."""
    for section in report.sections:
        if section.key != fact.section or fact.passage >= len(section.passages):
            continue
        passage = section.passages[fact.passage]
        if passage.location == fact.location and passage.text[fact.start : fact.end] == fact.text:
            return passage.text
    return ""


def same_passage(one: Fact, other: Fact) -> bool:
    """Whether two facts stand in one passage."""
    return (one.section, one.passage, one.location) == (other.section, other.passage, other.location)


def place_of_fact(fact: Fact) -> Place:
    """The place of a fact, with the words around it in its sentence."""
    sentence = fact.sentence
    start = max(0, sentence.find(fact.text))
    end = start + len(fact.text)
    before, after = max(0, start - 16), min(len(sentence), end + 24)
    excerpt = ("…" if before else "") + sentence[before:after] + ("…" if after < len(sentence) else "")
    return Place(fact.section, location=fact.location, excerpt=" ".join(excerpt.split()))


def said(fact: Fact) -> str:
    """The words of a fact between quotation marks; of long ones the end, where the figure stands."""
    flat, what = _flat(fact.text), _flat(fact.what)
    if what and what not in flat and flat + what in _flat(fact.sentence):
        flat += what  # 20名 监督员
    return quoted(flat) if len(flat) <= _LONGEST else f"“…{flat[2 - _LONGEST :]}”"


def _flat(text: str) -> str:
    return "".join(text.split())
