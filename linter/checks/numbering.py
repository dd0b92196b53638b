"""The numerals of the section headings: consecutive, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.checks.kind import Kind, nothing_to_verify
from linter.checks.outcome import Fix, Outcome, Place, Verdict
from linter.checks.texts import unread_prose
from linter.checks.wording import numeral
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS

_NUMERAL = re.compile("[0-9]+|[一二三四五六七八九十]+")


class Parameters(NamedTuple):
    """No parameters: the numerals say all."""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict over the numbered headings; unnumbered ones in between may take a number."""
    del parameters
    numbered = [section for section in report.sections if section.number is not None]
    if len(numbered) < 2:
        return
    shown = "、".join(numeral(section.number or 0) for section in numbered)
    previous = 0
    skipped = 0
    for section in report.sections:
        if section.number is None:
            skipped += 1
            continue
        expected = previous + 1
        if not expected <= section.number <= expected + skipped:
            place = Place(section=section.key, location=section.location, excerpt=section.heading)
            gap = SECTION_KEYS[previous : section.number - 1]
            missing = [key for key in gap if not any(s.key == key for s in report.sections)]
            if gap and len(missing) == len(gap) == section.number - 1 - previous:
                place = Place(missing[0], location=section.location, excerpt=section.heading)
            arguments = {
                "numbers": shown,
                "heading": section.heading,
                "found": numeral(section.number),
                "expected": numeral(expected),
            }
            if unread := unread_prose(report):
                yield Verdict(Outcome.OPEN, place, reason=unread[0], reason_en=unread[1])
            else:
                yield Verdict(Outcome.FAIL, place, arguments, item=section.heading, fixes=_fixes(report))
            return
        previous, skipped = section.number, 0
    yield Verdict(Outcome.PASS)


def _fixes(report: Report) -> tuple[Fix, ...]:
    """The numbers of the form, where nothing but the numbers is wrong: every section once, in order."""
    if tuple(section.key for section in report.sections) != SECTION_KEYS:
        return ()
    return tuple(
        Fix(section.location, section.heading, _renumbered(section.heading, number))
        for number, section in enumerate(report.sections, start=1)
        if section.number not in (None, number)
    )


def _renumbered(heading: str, number: int) -> str:
    """The heading with its first numeral replaced by one of the same kind."""
    numeral_of = _NUMERAL.search(heading)
    if numeral_of is None:
        return heading
    new = str(number) if numeral_of[0].isdecimal() else numeral(number)
    return heading[: numeral_of.start()] + new + heading[numeral_of.end() :]


KIND = Kind(
    name="numbering",
    parameters=Parameters,
    arguments=frozenset({"numbers", "heading", "found", "expected"}),
    check=check,
    verify=nothing_to_verify,
)
