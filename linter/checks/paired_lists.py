"""Two numbered lists of which the second answers the first: problems and measures."""

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

_STYLES = (
    r"(?:^|[，。；：、\s])(?P<number>[一二三四五六七八九十])是",
    r"[（(](?P<number>[一二三四五六七八九十])[)）]",
    r"(?:^|[。；：\s])(?P<number>\d)[.、．](?!\d)",
)
_FIRST = {"一", "1"}


class Parameters(NamedTuple):
    """The section, and `turn`: plain words of which one stands between the two lists."""

    section: str
    turn: tuple[str, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict where the section has exactly two lists of one style; none elsewhere."""
    parts = sections_of(report, parameters.section)
    text = "\n".join(part.text for part in parts)
    for style in _STYLES:
        lists = _lists(style, text)
        if len(lists) != 2 or min(map(len, lists)) < 2 or _nested(style, text, lists[1][0]):
            continue
        if not any(word in text[lists[0][-1] : lists[1][0]] for word in parameters.turn):
            continue
        first, second = map(len, lists)
        place = Place(parameters.section, location=parts[0].location, excerpt=parts[0].heading)
        if first <= second:
            yield Verdict(Outcome.PASS, place)
        elif unread := unread_prose(report):
            yield Verdict(Outcome.OPEN, place, reason=unread[0], reason_en=unread[1])
        else:
            arguments = {
                "section": section_name(parameters.section),
                "section.en": section_name(parameters.section, "en"),
                "first": str(first),
                "second": str(second),
            }
            yield Verdict(Outcome.FAIL, place, arguments)
        return


def _lists(style: str, text: str) -> list[list[int]]:
    """The places of the items, a new list from each first number on."""
    lists: list[list[int]] = []
    for match in re.finditer(style, text, re.MULTILINE):
        if match["number"] in _FIRST or not lists:
            lists.append([])
        lists[-1].append(match.start())
    return lists


def _nested(style: str, text: str, start: int) -> bool:
    """Whether items of another style stand in the second list: then its items are not all counted."""
    return any(re.search(other, text[start:], re.MULTILINE) for other in _STYLES if other != style)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown section."""
    del editions
    if parameters.section not in SECTION_KEYS:
        yield ("section",), f"没有部分“{parameters.section}”，可用的有：{'、'.join(SECTION_KEYS)}"


KIND = Kind(
    name="paired_lists",
    parameters=Parameters,
    arguments=frozenset({"section", "first", "second"}),
    check=check,
    verify=verify,
)
