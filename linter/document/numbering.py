"""The lists of a DOCX file, counted as paragraphs refer to them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from linter.document.docxnames import MC, VAL, W, is_on
from linter.document.listcounts import BULLET, MAX_NUMBER, Counting, Level, NumberedList

_LEVELS = range(9)
_MAX_LINKS = 9
"""Lists that refer to one another through styles before one has levels of its own."""


class Numbering(Counting):
    """The lists of one document and how far each has been counted.

    `root` gives the root of the numbering part when the first list is asked for (None without the
    part); `style_number` the list id that a numbering style refers to (None where it has none).
    """

    def __init__(
        self, root: Callable[[], etree._Element | None], style_number: Callable[[str], str | None]
    ) -> None:
        super().__init__(self._definition)
        self._root = root
        self._style_number = style_number
        self._levels: dict[str, dict[int, Level]] = {}

    def level_of_style(self, number_id: str, style_id: str) -> int | None:
        """The level of list `number_id` that is bound to paragraph style `style_id`, if any."""
        found = self._list(number_id)
        if found is None:
            return None
        return next((index for index, level in found.levels.items() if level.style == style_id), None)

    @cached_property
    def _definitions(self) -> _Definitions:
        return _definitions(self._root())

    def _definition(self, number_id: str) -> NumberedList | None:
        number = self._definitions.numbers.get(number_id)
        if number is None:
            return None
        abstract_id = self._abstract_of(number)
        abstract = self._definitions.abstract.get(abstract_id)
        if abstract is None:
            return None
        levels = self._levels_of(abstract_id, abstract)
        restarts: dict[int, int] = {}
        for override in number.iterchildren(W + "lvlOverride"):
            index = _integer(override.get(W + "ilvl"), 0)
            if (definition := override.find(W + "lvl")) is not None and index in _LEVELS:
                levels[index] = _level(definition)
            if (start := override.find(W + "startOverride")) is not None:
                restarts[index] = _integer(start.get(VAL), 1)
                if index in levels:
                    levels[index] = levels[index]._replace(start=restarts[index])
        return NumberedList(abstract_id, levels, restarts)

    def _levels_of(self, abstract_id: str, abstract: etree._Element) -> dict[int, Level]:
        """The levels of an abstract list, which many lists may refer to, as a new dict."""
        if abstract_id not in self._levels:
            self._levels[abstract_id] = {
                index: _level(level)
                for level in abstract.iterchildren(W + "lvl")
                if (index := _integer(level.get(W + "ilvl"), 0)) in _LEVELS
            }
        return dict(self._levels[abstract_id])

    def _abstract_of(self, number: etree._Element) -> str:
        """The abstract list with levels of its own; a numStyleLink leads there through a style."""
        abstract_id = ""
        for _ in range(_MAX_LINKS):
            reference = number.find(W + "abstractNumId")
            abstract_id = reference.get(VAL, "") if reference is not None else ""
            style_id = self._definitions.links.get(abstract_id)
            if style_id is None:
                return abstract_id
            target = self._definitions.numbers.get(self._style_number(style_id) or "")
            if target is None:
                return self._definitions.owners.get(style_id, abstract_id)
            number = target
        return abstract_id


class _Definitions(NamedTuple):
    """The numbering part: abstract lists and lists by id, the style that an abstract list takes its
    levels from, and the abstract list a style owns.
    """

    abstract: Mapping[str, etree._Element]
    numbers: Mapping[str, etree._Element]
    links: Mapping[str, str]
    owners: Mapping[str, str]


def _definitions(root: etree._Element | None) -> _Definitions:
    abstract: dict[str, etree._Element] = {}
    numbers: dict[str, etree._Element] = {}
    links: dict[str, str] = {}
    owners: dict[str, str] = {}
    for child in root if root is not None else ():
        if child.tag == W + "abstractNum":
            abstract_id = child.get(W + "abstractNumId", "")
            abstract[abstract_id] = child
            if (link := child.find(W + "numStyleLink")) is not None:
                links[abstract_id] = link.get(VAL, "")
            if (style := child.find(W + "styleLink")) is not None:
                owners.setdefault(style.get(VAL, ""), abstract_id)
        elif child.tag == W + "num":
            numbers[child.get(W + "numId", "")] = child
    return _Definitions(abstract, numbers, links, owners)


def _level(element: etree._Element) -> Level:
    values = {str(child.tag): child.get(VAL, "") for child in element}
    picture = W + "lvlPicBulletId" in values
    return Level(
        start=_integer(values.get(W + "start"), 0),
        format="bullet" if picture else _number_format(element),
        text=BULLET if picture else values.get(W + "lvlText", "")[:MAX_NUMBER],
        suffix=values.get(W + "suff") or "tab",
        restart=_integer(values[W + "lvlRestart"], 0) if W + "lvlRestart" in values else None,
        style=values.get(W + "pStyle", ""),
        legal=is_on(element.find(W + "isLgl")),
        hidden=is_on(element.find(f"{W}rPr/{W}vanish")),
    )


def _number_format(level: etree._Element) -> str:
    """The level's number format; of an alternative the custom pattern, else the fallback."""
    found = level.find(W + "numFmt")
    if found is None:
        found = level.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    if found is None:
        return "decimal"
    if found.get(VAL) == "custom":
        return (found.get(W + "format") or "").split(",")[0].strip() or "decimal"
    return found.get(VAL) or "decimal"


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"[+-]?\d{1,9}", text) else default
