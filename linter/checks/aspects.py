"""Aspects that the prose must treat, each told by any of its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import bad_scope, has_words, sections_of, stretches, unread_prose
from linter.checks.wording import joined, section_name
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS


class Aspect(NamedTuple):
    """One aspect, its name in Chinese and English, and plain `words` of which one must stand in the text.

    Occurrences of `not_counting` (监督管理局 for 监督) are taken out first.
    """

    zh: str
    en: str
    words: tuple[str, ...]
    not_counting: tuple[str, ...] = ()


class Parameters(NamedTuple):
    """The aspects, looked for in `scopes` without the headings of sections, and not in the sections
    `apart_from` (plans). The verdict belongs to `section`; where that has no words of its own, its
    emptiness is another check's matter. A text fails that leaves out at least `least` and, where given,
    at most `most` of the aspects."""

    section: str
    aspects: tuple[Aspect, ...]
    scopes: tuple[str, ...] = ("prose",)
    apart_from: tuple[str, ...] = ()
    least: int = 1
    most: int = 0


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict that names all that are missing."""
    parts = sections_of(report, parameters.section)
    if not any(has_words(part.text) for part in parts):
        return
    headings = {section.heading for section in report.sections}
    text = "\n".join(
        "".join(part.text.split())
        for part in stretches(report, parameters.scopes)
        if part.section not in parameters.apart_from and part.text not in headings
    )
    place = Place(parameters.section, location=parts[0].location, excerpt=parts[0].heading)
    missing = [aspect for aspect in parameters.aspects if not _treated(aspect, text)]
    if len(missing) < parameters.least or 0 < parameters.most < len(missing):
        yield Verdict(Outcome.PASS, place)
    elif unread := unread_prose(report):
        yield Verdict(Outcome.OPEN, place, reason=unread[0], reason_en=unread[1])
    else:
        arguments = {
            "section": section_name(parameters.section),
            "section.en": section_name(parameters.section, "en"),
            "missing": joined(aspect.zh for aspect in missing),
            "missing.en": joined((aspect.en for aspect in missing), "en"),
            "count": str(len(missing)),
        }
        yield Verdict(Outcome.FAIL, place, arguments)


def _treated(aspect: Aspect, text: str) -> bool:
    for words in aspect.not_counting:
        text = text.replace(words, "，")
    return any(word in text for word in aspect.words)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown section or scope, aspects without words."""
    del editions
    if parameters.section not in SECTION_KEYS:
        yield ("section",), f"没有部分“{parameters.section}”，可用的有：{'、'.join(SECTION_KEYS)}"
    for index, scope in enumerate(parameters.scopes):
        if reason := bad_scope(scope):
            yield ("scopes", index), reason
    for index, key in enumerate(parameters.apart_from):
        if key not in SECTION_KEYS:
            yield ("apart_from", index), f"没有部分“{key}”，可用的有：{'、'.join(SECTION_KEYS)}"
    for index, aspect in enumerate(parameters.aspects):
        if not aspect.words:
            yield ("aspects", index, "words"), "至少要有一个用词"


KIND = Kind(
    name="aspects",
    parameters=Parameters,
    arguments=frozenset({"section", "missing", "count"}),
    nested={"aspects": Aspect},
    check=check,
    verify=verify,
)
