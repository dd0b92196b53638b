"""Whether two names can be those of one organ. In doubt they can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.report.issuer import kind_of
from linter.report.wording import squeeze

_PLACE = (
    r"[^省市县区旗州盟]{2,9}?(?:自治区|自治州|自治县|省|市(?!场|政|容|监)|县|区(?!划|域)|旗|州(?!局)|盟|地区)"
)
_SUFFIX = (
    r"(?:人民政府办公[厅室]|政府办公?[厅室]?|人民政府|政府|办事处|委员会|办公[厅室]|"
    r"[局厅委办处科站所院队会社馆]|中心|街道|[镇乡省市县区旗州盟])$"
)
# Signs that say nothing of what an organ does.
_COMMON = frozenset("和与及管理服务发展建设工作事务综合人民局委员会办公室厅中心县市区省州旗处总分直属")


class OrganName(NamedTuple):
    """A name in parts: the last `place` it gives (甲县; "" where none), `core` (自然资源), `suffix` (局)."""

    place: str
    core: str
    suffix: str


def parts_of(name: str) -> OrganName:
    """The parts of an organ's name."""
    rest = squeeze(name)
    places = places_of(rest)
    rest, place, suffix = rest[len("".join(places)) :], places[-1] if places else "", ""
    if rest:
        found = re.search(_SUFFIX, rest)
        if found and found[0] in {"人民政府", "政府"} and found.start():
            # 青山镇人民政府: the unit is the 镇.
            return OrganName(place, rest[: found.start() - 1], rest[found.start() - 1])
        if found:
            suffix, rest = found[0], rest[: found.start()]
            if suffix == "办事处":
                suffix, rest = "街道", rest.removesuffix("街道")
    return OrganName(place, rest, suffix)


def places_of(name: str) -> tuple[str, ...]:
    """The places that a name begins with, from above: 甲市, 乙县."""
    rest, places = squeeze(name), list[str]()
    while (match := re.match(_PLACE, rest)) and (len(match[0]) < len(rest) or not places):
        places.append(match[0])
        rest = rest[match.end() :]
    return tuple(places)


def foreign(own: str, other: str, akin: Sequence[str] = ()) -> bool:
    """Whether `other` is surely an organ of the same sort as `own`, but another one.

    Abbreviations, parts, the office of the same government, higher and lower organs are not.
    `akin`: expressions; two departments that both fit one of them may be plates of one organ.
    """
    own, other = squeeze(own), squeeze(other)
    kind = kind_of(own)
    if own in other or other in own or kind_of(other) != kind:
        return False
    a, b = parts_of(own), parts_of(other)
    if kind in {"government", "office"}:
        return not a.core and not b.core and _other_place(a, b)
    if a.suffix != b.suffix:
        return False
    if kind in {"township", "subdistrict"}:
        return min(len(a.core), len(b.core)) > 1 and a.core not in b.core and b.core not in a.core
    if kind != "department":
        return False
    return _other_place(a, b) if a.core == b.core else _other_field(a, b, akin)


def _other_field(a: OrganName, b: OrganName, akin: Sequence[str]) -> bool:
    """Whether two cores have no sign in common, and are no two plates of one organ."""
    mine, theirs = set(a.core) - _COMMON, set(b.core) - _COMMON
    if min(len(mine), len(theirs)) < 2 or mine & theirs:
        return False
    return not any(re.search(words, a.core) and re.search(words, b.core) for words in akin)


def _other_place(a: OrganName, b: OrganName) -> bool:
    """Whether two names give different places of one level (甲县 and 乙县)."""
    return (
        bool(a.place and b.place)
        and a.place[-1] == b.place[-1]
        and a.place not in b.place
        and b.place not in a.place
    )
