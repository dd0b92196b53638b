"""The length of a section's prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import sections_of, unread_prose
from linter.checks.wording import section_name
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS


class Parameters(NamedTuple):
    """The section, and the characters that it should have at least and at most (0: no limit)."""

    section: str
    least: int = 0
    most: int = 0


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict; none for a section without words, which is another check's matter."""
    parts = sections_of(report, parameters.section)
    count = sum(characters(part.text) for part in parts)
    if not count:
        return
    place = Place(parameters.section, location=parts[0].location, excerpt=parts[0].heading)
    short = count < parameters.least
    if not short and (not parameters.most or count <= parameters.most):
        yield Verdict(Outcome.PASS, place)
        return
    if unread := unread_prose(report):
        yield Verdict(Outcome.OPEN, place, reason=unread[0], reason_en=unread[1])
        return
    arguments = {
        "section": section_name(parameters.section),
        "section.en": section_name(parameters.section, "en"),
        "count": str(count),
        "limit": str(parameters.least if short else parameters.most),
    }
    yield Verdict(Outcome.FAIL, place, arguments)


def characters(text: str) -> int:
    """Characters as word processors count Chinese: signs included, a figure or Latin word as one."""
    return len(re.findall(r"[A-Za-z0-9.,:%/_-]+|\S", text))


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown section; no limit at all."""
    del editions
    if parameters.section not in SECTION_KEYS:
        yield ("section",), f"没有部分“{parameters.section}”，可用的有：{'、'.join(SECTION_KEYS)}"
    if not parameters.least and not parameters.most:
        yield (), "应写 least 或 most，说明字数的限度"


KIND = Kind(
    name="length",
    parameters=Parameters,
    arguments=frozenset({"section", "count", "limit"}),
    check=check,
    verify=verify,
)
