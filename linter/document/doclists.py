"""The lists of a Word 97–2003 file (MS-DOC 2.9.197 PlfLst, 2.9.196 PlfLfo)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple

from linter.document.docfile import LIST_OVERRIDES, LISTS, Damaged, WordFile, part
from linter.document.docsprm import character_look
from linter.document.listcounts import MAX_NUMBER, Level, NumberedList

MAX_LISTS = 4_096
_LIST_BYTES, _LEVEL_BYTES, _OVERRIDE_BYTES = 28, 28, 16
_SIMPLE, _LEGAL, _NO_RESTART = 0x01, 0x04, 0x08
_FOLLOWERS = ("tab", "space", "nothing")
_NO_NUMBER = 255
# The formats of numbers in their order (MS-OSHARED 2.2.1.3), named as DOCX names them.
_FORMATS = [
    "decimal",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "ordinal",
    "cardinalText",
    "ordinalText",
    "hex",
    "chicago",
    "ideographDigital",
    "japaneseCounting",
    "aiueo",
    "iroha",
    "decimalFullWidth",
    "decimalHalfWidth",
    "japaneseLegal",
    "japaneseDigitalTenThousand",
    "decimalEnclosedCircle",
    "decimalFullWidth2",
    "aiueoFullWidth",
    "irohaFullWidth",
    "decimalZero",
    "bullet",
    "ganada",
    "chosung",
    "decimalEnclosedFullstop",
    "decimalEnclosedParen",
    "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle",
    "ideographTraditional",
    "ideographZodiac",
    "ideographZodiacTraditional",
    "taiwaneseCounting",
    "ideographLegalTraditional",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
    "chineseCounting",
    "chineseLegalSimplified",
    "chineseCountingThousand",
    "decimal",
    "koreanDigital",
    "koreanCounting",
    "koreanLegal",
    "koreanDigital2",
    "hebrew1",
    "arabicAlpha",
    "hebrew2",
    "arabicAbjad",
    "hindiVowels",
    "hindiConsonants",
    "hindiNumbers",
    "hindiCounting",
    "thaiLetters",
    "thaiNumbers",
    "thaiCounting",
    "vietnameseCounting",
    "numberInDash",
    "russianLower",
    "russianUpper",
]


class _Override(NamedTuple):
    """A list as paragraphs refer to it: the list it stands for, what it changes in its levels."""

    source: int
    levels: dict[int, Level]
    starts: dict[int, int]


def lists_of(file: WordFile) -> Callable[[str], NumberedList | None]:
    """The lists by their numbers, which count from 1; they are read when the first is asked for."""
    found: list[_Override] = []
    sources: dict[int, dict[int, Level]] = {}

    def resolve(number: str) -> NumberedList | None:
        if not sources:
            sources.update(_sources(file))
            found.extend(_overrides(file))
        index = int(number) - 1
        if not 0 <= index < len(found):
            return None
        override = found[index]
        levels = {**sources.get(override.source, {}), **override.levels}
        for level, start in override.starts.items():
            if level in levels:
                levels[level] = levels[level]._replace(start=start)
        return NumberedList(str(override.source), levels, override.starts)

    return resolve


def _sources(file: WordFile) -> dict[int, dict[int, Level]]:
    """The levels of the lists, which lie behind the table of lists."""
    table = file.structure(LISTS)
    if not table:
        return {}
    (count,) = struct.unpack_from("<H", table)
    if count > MAX_LISTS:
        raise Damaged
    at = sum(file.spans[LISTS])
    sources: dict[int, dict[int, Level]] = {}
    for index in range(count):
        entry = part(table, 2 + _LIST_BYTES * index, _LIST_BYTES)
        levels: dict[int, Level] = {}
        for level in range(1 if entry[26] & _SIMPLE else 9):
            levels[level], at = _level(file.table, at)
        sources[struct.unpack_from("<i", entry)[0]] = levels
    return sources


def _overrides(file: WordFile) -> list[_Override]:
    data = file.structure(LIST_OVERRIDES)
    if not data:
        return []
    (count,) = struct.unpack_from("<I", data)
    if count > MAX_LISTS:
        raise Damaged
    overrides: list[_Override] = []
    at = 4 + _OVERRIDE_BYTES * count
    for index in range(count):
        entry = part(data, 4 + _OVERRIDE_BYTES * index, _OVERRIDE_BYTES)
        levels: dict[int, Level] = {}
        starts: dict[int, int] = {}
        at += 4
        for _ in range(entry[12]):
            start, flags = struct.unpack_from("<iI", data, at)
            at += 8
            if flags & 0x20:
                levels[flags & 0xF], at = _level(data, at)
            elif flags & 0x10:
                starts[flags & 0xF] = start
        overrides.append(_Override(struct.unpack_from("<i", entry)[0], levels, starts))
    return overrides


def _level(data: bytes, at: int) -> tuple[Level, int]:
    """The level at `at`, and where the next thing begins."""
    start, form, flags = struct.unpack_from("<iBB", data, at)
    places = part(data, at + 6, 9)
    follower, characters, paragraph, limit = (data[at + offset] for offset in (15, 24, 25, 26))
    at += _LEVEL_BYTES + paragraph
    look = character_look(part(data, at, characters))
    at += characters
    (length,) = struct.unpack_from("<H", data, at)
    text = part(data, at + 2, 2 * length).decode("utf-16-le", "replace")
    level = Level(
        start=start,
        format="none" if form == _NO_NUMBER else _FORMATS[form] if form < len(_FORMATS) else str(form),
        text=_pattern(text, places),
        suffix=_FOLLOWERS[follower] if follower < len(_FOLLOWERS) else "tab",
        restart=limit if flags & _NO_RESTART else None,
        legal=bool(flags & _LEGAL),
        hidden=look.hidden == 1,
    )
    return level, at + 2 + 2 * length


def _pattern(text: str, places: bytes) -> str:
    """The pattern of a number with "%1" for the first level, where the file has its bare number."""
    written = [*text[:MAX_NUMBER]]
    for place in set(places):
        if 1 <= place <= len(written) and (level := ord(written[place - 1])) < 9:
            written[place - 1] = f"%{level + 1}"
    return "".join(written)
