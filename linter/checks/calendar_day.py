"""Days written in the text that no calendar has: 13月5日, 2月30日."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import bad_scope, pattern, place_in, stretches
from linter.checks.wording import joined, quoted
from linter.report.model import Report

# Figures that stand before a month without its own 年 between them belong to a broken date, and say nothing.
_DAY = (
    r"(?:(?<![0-9])(?P<year>(?:19|20)[0-9]{2})\s*年\s*|(?<![0-9.])(?<![0-9.]\s))"
    r"(?P<month>[0-9]{1,2})\s*月\s*(?P<day>[0-9]{1,2})\s*[日号]"
)
_LEAP_YEAR = 2020


class Parameters(NamedTuple):
    """The scopes in which dates are read."""

    scopes: tuple[str, ...] = ("title", "lead", "sections", "tail")


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One failure for all such days; a pass where there is none."""
    found: list[tuple[str, Place]] = []
    for stretch in stretches(report, parameters.scopes):
        if "月" not in stretch.text or _is_incomplete_period(stretch.text, report):
            continue
        for match in pattern(_DAY).finditer(stretch.text):
            year = int(match["year"] or _LEAP_YEAR)
            if not _exists(year, int(match["month"]), int(match["day"])):
                found.append(("".join(match[0].split()), place_in(stretch, *match.span())))
    if not found:
        yield Verdict(Outcome.PASS)
        return
    shown = list(dict.fromkeys(quoted(text) for text, _ in found))
    arguments = {"found": joined(shown), "found.en": joined(shown, "en"), "count": str(len(found))}
    yield Verdict(Outcome.FAIL, found[0][1], arguments, item="+".join(shown))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _is_incomplete_period(text: str, report: Report) -> bool:
    """Whether the text states the period of the figures with a date that could not be read: that it
    lacks a date is said there."""
    period = report.period
    return period is not None and None in (period.start, period.end) and period.text in text


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown scopes."""
    del editions
    for index, scope in enumerate(parameters.scopes):
        if reason := bad_scope(scope):
            yield ("scopes", index), reason


KIND = Kind(
    name="calendar_day",
    parameters=Parameters,
    arguments=frozenset({"found", "count"}),
    check=check,
    verify=verify,
)
