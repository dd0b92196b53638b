"""Lists counted and their numbers rendered as Word shows them (ECMA-376 part 1, 17.9).

The number of a heading may be in no text of the file at all: it follows from the list the
paragraph belongs to and from the paragraphs before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

BULLET = "•"
MAX_NUMBER = 64
"""Characters of a rendered number and of its pattern; the pattern of nine levels has 26."""


class Level(NamedTuple):
    """One level of a list. `restart` is the number (from 1) of the level whose use restarts it.

    None restarts after any higher level, 0 never. `style` is the id of the paragraph style bound
    to the level; `format` a value of ST_NumberFormat, or the pattern of a custom format ("001").
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    style: str = ""
    legal: bool = False
    hidden: bool = False


class NumberedList(NamedTuple):
    """A list as paragraphs refer to it: its counters' owner, its levels, its restarts."""

    counters: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


class Counting:
    """How far each list of one document has been counted.

    `resolve` gives the list with an id (None where there is none), once for each id.
    """

    def __init__(self, resolve: Callable[[str], NumberedList | None]) -> None:
        self._resolve = resolve
        self._lists: dict[str, NumberedList | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()
        self._unknown_formats: set[str] = set()

    def notes(self) -> list[str]:
        """What could not be rendered so far, in Chinese."""
        if not self._unknown_formats:
            return []
        formats = "、".join(name[:MAX_NUMBER] for name in sorted(self._unknown_formats)[:5])
        return [f"自动编号的格式（{formats}）无法还原，已按阿拉伯数字显示"]

    def advance(self, number_id: str, index: int) -> tuple[str, str]:
        """Count one paragraph of list `number_id` at level `index` (from 0).

        Returns the rendered number and what follows it ("tab", "space" or "nothing"). Both are
        empty where the list or level does not exist, as Word shows nothing then.
        """
        found = self._list(number_id)
        if found is None or (level := found.levels.get(index)) is None:
            return "", ""
        counts = self._counts.setdefault(found.counters, {})
        if index in found.restarts and (number_id, index) not in self._restarted:
            self._restarted.add((number_id, index))
            counts[index] = found.restarts[index]
        elif index in counts:
            counts[index] += 1
        else:
            counts[index] = level.start
        for deeper, definition in found.levels.items():
            if deeper > index and (definition.restart is None or index < definition.restart):
                counts.pop(deeper, None)
        return self._render(found.levels, level, counts), level.suffix

    def _render(self, levels: Mapping[int, Level], level: Level, counts: Mapping[int, int]) -> str:
        if level.hidden:
            return ""
        if level.format == "bullet":
            return "".join(BULLET if _is_symbol(char) else char for char in level.text)

        def place(match: re.Match[str]) -> str:
            referred = int(match[1]) - 1
            if (definition := levels.get(referred)) is None:
                return ""
            # A higher level that has not occurred yet shows its start value.
            value = counts.get(referred, definition.start)
            if level.legal:
                return str(value)
            rendered = format_number(value, definition.format)
            if rendered is None:
                self._unknown_formats.add(definition.format)
                return str(value)
            return rendered

        return re.sub(r"%([1-9])", place, level.text)[:MAX_NUMBER]

    def _list(self, number_id: str) -> NumberedList | None:
        if number_id not in self._lists:
            self._lists[number_id] = self._resolve(number_id)
        return self._lists[number_id]


def _is_symbol(char: str) -> bool:
    """Whether the character is a code of a symbol font, without meaning outside of it."""
    return "\ue000" <= char <= "\uf8ff"


_DIGITS = "〇一二三四五六七八九"
_FORMAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def format_number(value: int, number_format: str) -> str | None:
    """`value` written in a format of ST_NumberFormat; None for a format that is not known.

    A format of digits only ("001") is a custom one: zeros are filled up to its length. Values
    beyond a format's range are written as plain digits, as Word does.
    """
    if number_format == "none":
        return ""
    if number_format in _FORMATS:
        return _FORMATS[number_format](value) or str(value)
    if re.fullmatch(r"0{0,9}1", number_format):
        return str(value).zfill(len(number_format))
    return None


def _listed(symbols: str) -> Callable[[int], str]:
    return lambda value: symbols[value - 1] if 1 <= value <= len(symbols) else ""


def _range(first: str, count: int) -> Callable[[int], str]:
    return _listed("".join(chr(ord(first) + index) for index in range(count)))


def _letters(first: str) -> Callable[[int], str]:
    # After z comes aa, then bb: the letter is repeated (17.18.59), unlike spreadsheet columns. Word
    # repeats it 30 times at most.
    return lambda value: (
        chr(ord(first) + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 780 else ""
    )


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return ""
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    text = ""
    for size, letters in pairs:
        text += letters * (value // size)
        value %= size
    return text


def _digitwise(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(char)] for char in str(value)) if value >= 0 else ""


def _counting(value: int) -> str:
    """一 … 十, 十一 … 九十九, then digit by digit."""
    if not 0 < value < 100:
        return _digitwise("○一二三四五六七八九")(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def _positional(
    value: int, digits: str, units: str, *, zero: str, bare_ten: bool = False, bare_units: bool = False
) -> str:
    """A number below 10 000 with its units; `bare_ten` writes 十 for 一十 at the head,
    `bare_units` leaves out every 一 before a unit.
    """
    if not 0 < value < 10_000:
        return zero if value == 0 else ""
    text = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += zero if gap else ""
        gap = False
        silent = power > 0 and digit == 1 and (bare_units or (bare_ten and power == 1 and not text))
        text += ("" if silent else digits[digit]) + (units[power - 1] if power else "")
    return text


def _thousand(value: int) -> str:
    return _positional(value, _DIGITS, "十百千", zero="零", bare_ten=True)


def _japanese(value: int) -> str:
    return _positional(value, _DIGITS, "十百千", zero="", bare_units=True)


def _ordinal(value: int) -> str:
    teen = value % 100 in (11, 12, 13)
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _cycle(value: int) -> str:
    """The sixty pairs of stem and branch."""
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else ""


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "decimalFullWidth": _digitwise("０１２３４５６７８９"),
    "decimalFullWidth2": _digitwise("０１２３４５６７８９"),
    "decimalEnclosedCircle": _range("①", 20),
    "decimalEnclosedCircleChinese": _range("①", 20),
    "decimalEnclosedFullstop": _range("⒈", 20),
    "decimalEnclosedParen": _range("⑴", 20),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": lambda value: _positional(value, _FORMAL_SIMPLIFIED, "拾佰仟", zero="零"),
    "ideographLegalTraditional": lambda value: _positional(value, _FORMAL_TRADITIONAL, "拾佰仟", zero="零"),
    "ideographDigital": _digitwise(_DIGITS),
    "japaneseDigitalTenThousand": _digitwise(_DIGITS),
    "taiwaneseDigital": _digitwise("○一二三四五六七八九"),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographZodiacTraditional": _cycle,
    "ideographEnclosedCircle": _range("㊀", 10),
}
