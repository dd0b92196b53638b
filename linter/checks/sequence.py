"""Numbered items inside a section: 一是、二是、三是, （一）（二）（三）, each following the one before.

Lists stand within lists, and a list may go on in the next paragraph. So a number is right if any list
that is not finished yet expects it; only what no list can expect is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import Stretch, bad_expression, bad_scope, pattern, place_in, stretches, unread_prose
from linter.checks.wording import quoted
from linter.report.model import Report

_NUMERALS = "一二三四五六七八九十"
_OPENING = ("首先", "第一", "其一", "一方面", "一要", "一、", "1.", "1、", "（1）", "（一）")
"""What may begin a list whose further items are numbered in another way."""


class Marker(NamedTuple):
    """An expression with a group `number`, a numeral from 一 to 十. What else it matches ends all
    lists. A paragraph is searched only where it has one of `only_with`."""

    regex: str
    only_with: tuple[str, ...]
    scopes: tuple[str, ...] = ("sections",)


class Parameters(NamedTuple):
    """The ways of numbering, each looked at by itself."""

    markers: tuple[Marker, ...]


class Item(NamedTuple):
    """A numeral found: its value (0 for the end of lists), and where it stands."""

    number: int
    stretch: Stretch
    start: int
    end: int


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A failure for the first number of each list that does not follow."""
    clean = True
    for marker in parameters.markers:
        section: list[Stretch] = []
        for stretch in (*stretches(report, marker.scopes), None):
            if section and (stretch is None or stretch.section != section[0].section):
                for item, before in _faults(marker, section):
                    if unread := unread_prose(report):
                        yield Verdict(Outcome.OPEN, _place(item), reason=unread[0], reason_en=unread[1])
                    else:
                        yield _failed(item, before)
                    clean = False
                section = []
            if stretch is not None:
                section.append(stretch)
    if clean:
        yield Verdict(Outcome.PASS)


def _faults(marker: Marker, section: Sequence[Stretch]) -> Iterator[tuple[Item, Item]]:
    """Items that follow none before them, each with the last item before it."""
    lists: list[Item] = []
    for item in _items(marker, section):
        if item.number == 0:
            lists = []
        elif item.number == 1:
            lists.append(item)
        if item.number < 2:
            continue
        fitting = [at for at, last in enumerate(lists) if last.number == item.number - 1]
        if fitting:
            lists[fitting[-1] :] = [item]
        elif lists:
            last = lists[-1]
            # Numerals left out may stand there in another form (二要、其二).
            other = _NUMERALS[last.number : item.number - 1] or _OPENING
            if not any(words in _between(section, last, item) for words in other):
                yield item, last
            # One fault tells of a list; what follows it does too.
            lists = []


def _items(marker: Marker, section: Sequence[Stretch]) -> Iterator[Item]:
    for stretch in section:
        if any(word in stretch.text for word in marker.only_with):
            for found in pattern(marker.regex).finditer(stretch.text):
                number = _NUMERALS.index(found["number"]) + 1 if found["number"] else 0
                yield Item(number, stretch, found.start(), found.end())


def _between(section: Sequence[Stretch], one: Item, two: Item) -> str:
    if one.stretch is two.stretch:
        return one.stretch.text[one.end : two.start]
    first = next(at for at, s in enumerate(section) if s is one.stretch)
    last = next(at for at, s in enumerate(section) if s is two.stretch)
    middle = (stretch.text for stretch in section[first + 1 : last])
    return "\n".join((one.stretch.text[one.end :], *middle, two.stretch.text[: two.start]))


def _place(item: Item) -> Place:
    return place_in(item.stretch, item.start, item.end)


def _failed(item: Item, before: Item) -> Verdict:
    found, previous = _NUMERALS[item.number - 1], _NUMERALS[before.number - 1]
    twice = item.number <= before.number
    arguments = {
        "found": found,
        "before": previous,
        "expected": _NUMERALS[before.number] if before.number < len(_NUMERALS) else "",
        "words": quoted(item.stretch.text[item.start : item.end + 16]),
        "problem": "重复" if twice else "跳号",
        "problem.en": "repeated" if twice else "skipped over",
    }
    return Verdict(
        Outcome.FAIL, _place(item), arguments, item=f"{found}:{item.stretch.text[item.end :][:12]}"
    )


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Bad expressions, a missing group, unknown scopes."""
    del editions
    for index, marker in enumerate(parameters.markers):
        if reason := bad_expression(marker.regex):
            yield ("markers", index, "regex"), reason
        elif "number" not in pattern(marker.regex).groupindex:
            yield ("markers", index, "regex"), "正则表达式中应有名为 number 的组：(?P<number>…)"
        for number, scope in enumerate(marker.scopes):
            if fault := bad_scope(scope):
                yield ("markers", index, "scopes", number), fault


KIND = Kind(
    name="sequence",
    parameters=Parameters,
    arguments=frozenset({"found", "before", "expected", "words", "problem"}),
    nested={"markers": Marker},
    check=check,
    verify=verify,
)
