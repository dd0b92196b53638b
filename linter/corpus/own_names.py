"""What a text says of who wrote it: the organ's names and those of its places, which a copy changes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from linter.checks.organ_names import parts_of, places_of
from linter.corpus.roster import Roster, Unit

_SHORTEST = 2


def own_names(unit: Unit, roster: Roster) -> tuple[str, ...]:
    """The names and short names of an organ and of those above it, and of their places; the longest first."""
    found: set[str] = set()
    for organ in _with_those_above(unit, roster):
        for name in (organ.name, *organ.aliases):
            found |= _of_name(name)
    # 教育 of 教育局 is the organ's own matter; that of its parent is not.
    found |= {parts_of(name).core for name in (unit.name, *unit.aliases)}
    return tuple(sorted((name for name in found if len(name) >= _SHORTEST), key=lambda one: (-len(one), one)))


def expression(names: Iterable[str]) -> str:
    """The regular expression that finds any of the names, the first before the others."""
    return "|".join(map(re.escape, names))


def _of_name(name: str) -> set[str]:
    places = places_of(name)
    found = {name, *places, *(place[:-1] for place in places)}
    rest = name
    for place in places:
        rest = rest.removeprefix(place)
        # 县教育局 and 教育局 for 青禾县教育局.
        found |= {place[-1] + rest, rest}
    core = parts_of(name).core
    if name.endswith(("人民政府", "政府")) or re.search("[镇乡]$|街道", rest):
        found.add(core)
    return found - {"人民政府", "政府", "办公室"}


def _with_those_above(unit: Unit, roster: Roster) -> list[Unit]:
    chain = [unit]
    while (parent := roster.by_name.get(chain[-1].parent)) is not None and parent not in chain:
        chain.append(parent)
    return chain
