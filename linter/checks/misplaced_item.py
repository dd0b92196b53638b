"""A matter of its own that is numbered below the heading of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import sections_of
from linter.checks.wording import section_name
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS

_UPPER = r"\s*[（(][一二三四五六七八九十]+[)）]\s*(?P<words>[^。；：，\n]{2,24})"
_LOWER = r"\s*\d{1,2}\s*[.、．]\s*(?P<words>[^，。；：\n]{2,16})"


class Parameters(NamedTuple):
    """An item (1. …) that has one of `words` should not stand under a heading （一）… that has one of
    `under`; it is right where some heading （一）… of the section has one of `words` itself."""

    section: str
    words: tuple[str, ...]
    under: tuple[str, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for a section that has the words, and headings of the upper level; none elsewhere."""
    passages = [p for part in sections_of(report, parameters.section) for p in part.passages]
    if not any(_has(passage.text, parameters.words) for passage in passages):
        return
    uppers = {index: m["words"] for index, p in enumerate(passages) if (m := re.match(_UPPER, p.text))}
    if not uppers:
        return
    if not any(_has(words, parameters.words) for words in uppers.values()):
        upper = ""
        for index, passage in enumerate(passages):
            upper = uppers.get(index, upper)
            lower = re.match(_LOWER, passage.text)
            if lower and _has(lower["words"], parameters.words) and _has(upper, parameters.under):
                arguments = {
                    "section": section_name(parameters.section),
                    "section.en": section_name(parameters.section, "en"),
                    "found": lower[0].strip(),
                    "upper": upper.strip(),
                }
                place = Place(
                    parameters.section, location=passage.location, excerpt=passage.text[:40].strip()
                )
                yield Verdict(Outcome.FAIL, place, arguments)
                return
    yield Verdict(Outcome.PASS, Place(parameters.section))


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown section."""
    del editions
    if parameters.section not in SECTION_KEYS:
        yield ("section",), f"没有部分“{parameters.section}”，可用的有：{'、'.join(SECTION_KEYS)}"


KIND = Kind(
    name="misplaced_item",
    parameters=Parameters,
    arguments=frozenset({"section", "found", "upper"}),
    check=check,
    verify=verify,
)
