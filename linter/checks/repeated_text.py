"""Text of last year's report that stands in this year's again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.likeness import repeated
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import sections_of, unread_prose
from linter.checks.wording import quoted, section_name
from linter.report.model import Passage, Report
from linter.report.norm import SECTION_KEYS

_SHOWN = 3


class Parameters(NamedTuple):
    """A section fails where more than `share` of its letters stand in the same section of last year,
    `stock` phrases left out; sections of fewer than `least` letters are not judged."""

    sections: tuple[str, ...]
    share: float
    least: int
    stock: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each section that both reports have."""
    previous = report.previous
    if previous is None:
        return
    for key in parameters.sections:
        own, before = _passages(report, key), _passages(previous, key)
        if not own or not before:
            continue
        place = Place(section=key, location=own[0].location)
        reason = unread_prose(report) or unread_prose(previous)
        if reason is not None:
            yield Verdict(Outcome.OPEN, place, reason=reason[0], reason_en=reason[1])
            continue
        found = repeated(_texts(own), _texts(before), parameters.stock)
        if found.letters < parameters.least:
            continue
        if found.share <= parameters.share:
            yield Verdict(Outcome.PASS, place)
            continue
        first = found.sentences[0] if found.sentences else ""
        at = next((passage.location for passage in own if first in passage.text), own[0].location)
        arguments = {
            "section": section_name(key),
            "section.en": section_name(key, "en"),
            "percent": f"{found.share:.0%}",
            "letters": str(found.letters),
            "last_year": str(previous.year),
            "count": str(len(found.sentences)),
            "sentences": "、".join(map(quoted, found.sentences[:_SHOWN])),
        }
        shown = Place(section=key, location=at, excerpt=first[:60] or None)
        yield Verdict(Outcome.FAIL, shown, arguments)


def _passages(report: Report, key: str) -> list[Passage]:
    return [passage for section in sections_of(report, key) for passage in section.passages]


def _texts(passages: Sequence[Passage]) -> list[str]:
    return [passage.text for passage in passages]


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown sections."""
    del editions
    for index, key in enumerate(parameters.sections):
        if key not in SECTION_KEYS:
            yield ("sections", index), f"没有部分“{key}”，应为 {'、'.join(SECTION_KEYS)} 之一"


KIND = Kind(
    name="repeated_text",
    parameters=Parameters,
    arguments=frozenset({"section", "percent", "letters", "last_year", "count", "sentences"}),
    check=check,
    verify=verify,
)
