"""Two organs that a report names, which must not be plainly different ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.facts import FACTS, unknown_fact
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Verdict
from linter.checks.texts import pattern
from linter.checks.wording import quoted
from linter.report.issuer import kind_of
from linter.report.model import Report

# The places of a name, one after the other from its beginning. 市 in 市场, 县 in 县级 and the like is no end.
_PLACE = (
    r"(?P<stem>[\u4e00-\u9fff]{2,9}?)"
    r"(?:(?P<town>(?<!城)镇(?!江)|(?<!城)乡(?!村)|街道)|(?P<county>县(?!级)|区(?!域|划)|旗)|(?P<city>自治州|地区|盟|州|市(?![场容监管]|民[中服]|政(?!府)))"
    r"|(?P<province>自治区|省(?!级)))"
)
_LEVELS = ("town", "county", "city", "province")
_ABOVE_ALL = (
    "国家税务总局",
    "中华人民共和国",
    "中国共产党",
    "中共",
    "国家",
)


class Parameters(NamedTuple):
    """The two facts, and the words that tell what an organ deals with.

    `functions`: each entry has the words of one field, separated by blanks; organs of one field may
    be one organ under two names, those of different fields are different.
    """

    left: str
    right: str
    functions: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """Nothing where one of them is not named."""
    left, right = FACTS[parameters.left].find(report), FACTS[parameters.right].find(report)
    if left.value is None or right.value is None:
        return
    if not different(left.value, right.value, parameters.functions):
        yield Verdict(Outcome.PASS, right.place)
        return
    arguments = {
        "left": quoted(left.value),
        "right": quoted(right.value),
        "left_name": FACTS[parameters.left].zh,
        "left_name.en": FACTS[parameters.left].en,
        "right_name": FACTS[parameters.right].zh,
        "right_name.en": FACTS[parameters.right].en,
    }
    yield Verdict(Outcome.FAIL, right.place, arguments, item=f"{left.value}/{right.value}")


def different(one: str, other: str, functions: Sequence[str]) -> bool:
    """Whether two names are surely those of different organs: of different places of one level, or
    departments of different fields. Short forms, offices of an organ, and two names of one are not."""
    if one in other or other in one:
        return False
    places, others = _places(one), _places(other)
    for level in _LEVELS:
        mine, theirs = places.get(level, []), others.get(level, [])
        if mine and theirs:
            if not any(a[:2] == b[:2] for a in mine for b in theirs) and not (
                any(stem in other for stem in mine) or any(stem in one for stem in theirs)
            ):
                return True
            break
    if not kind_of(one) == kind_of(other) == "department":
        return False
    fields, other_fields = _fields(one, functions), _fields(other, functions)
    return bool(fields and other_fields) and not fields & other_fields


def _places(name: str) -> dict[str, list[str]]:
    """The stems of the places in a name, by level."""
    for prefix in _ABOVE_ALL:
        name = name.removeprefix(prefix)
    found: dict[str, list[str]] = {}
    at = 0
    while (match := pattern(_PLACE).match(name, at)) is not None:
        found.setdefault(match.lastgroup or "", []).append(match["stem"])
        at = match.end()
    return found


def _fields(name: str, functions: Sequence[str]) -> set[int]:
    return {index for index, words in enumerate(functions) if any(word in name for word in words.split())}


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown facts."""
    del editions
    for key in ("left", "right"):
        if reason := unknown_fact(getattr(parameters, key)):
            yield (key,), reason


KIND = Kind(
    name="organs",
    parameters=Parameters,
    arguments=frozenset({"left", "right", "left_name", "right_name"}),
    check=check,
    verify=verify,
)
