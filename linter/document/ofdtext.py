"""Text objects of an OFD page → characters with their boxes.

A TextCode says what is written and where each character's origin stands; how wide a character is
stands in its font only, so widths are those of usual fonts, corrected by the next character's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import hypot
from typing import NamedTuple

from lxml import etree

from linter.document.affine import Matrix, moved
from linter.document.geometry import Char, char_of, is_wide
from linter.document.xmlvalues import attributes, number, numbers

UNKNOWN = "\ufffd"
"""Stands for a printed character of which the file does not say what it is."""

_PLACEHOLDER = "¤"
"""What the standard has a producer write for a glyph that stands for no character."""
_ASCENT, _DESCENT = 0.86, 0.14
_INVISIBLE = frozenset("\n\r\u00ad\u200b\u200c\u200d\u2060\ufeff")
_BLANKS = frozenset("\t \u00a0\u3000\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B))))
# As most of a report: Han characters and their punctuation, each in a full square, shown as they are.
_SQUARES = re.compile("[\u3001-\udfff\uff01-\uffef]+")
_NARROW = frozenset(".,;:!'|`iljIft()[] \u00a0")
_BROAD = frozenset("mwMW@%&")
# Radicals, compatibility forms, vertical forms.
_COMPATIBLE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB07), range(0xFE10, 0xFE50), range(0x2F800, 0x2FA20))
_TILT = 0.1
"""Text that leans more than this (as a tangent) is a watermark."""


class _Setting(NamedTuple):
    """How a TextObject sets its characters; directions in quarter turns clockwise."""

    size: float
    stretch: float
    reading: int
    turned: int


_SETTING = ("Size", "HScale", "ReadDirection", "CharDirection")
"""The attributes that give a _Setting, in its order."""


def read_text(
    parts: Mapping[str, Sequence[etree._Element]], given: Mapping[str, str], matrix: Matrix, most: int
) -> tuple[list[Char], int | None]:
    """The characters of a TextObject, at most so many, blanks included, in the order of the file.

    With them, how often they are turned clockwise (None where they lean). `parts` are the object's
    children by name, `given` its attributes; `matrix` leads from its own space to the page in points.
    """
    setting = _setting(*map(given.get, _SETTING))
    if setting.size <= 0:
        return [], 0
    a, b, c, d, _, _ = matrix
    upright = not b and not c and a > 0 and d > 0 and not setting.turned
    boxes = _boxes if upright else _turned_boxes
    chars: list[Char] = []
    x = y = 0.0
    for code in parts.get("TextCode", ()):
        text = _content(code, most - len(chars))
        told = attributes(code)
        x, y = number(told.get("X"), x), number(told.get("Y"), y)
        if not text:
            continue
        if len(text) == 1:
            if upright and _SQUARES.match(text):  # some producers write each Han character apart
                chars.append(_square(text, x, y, matrix, setting))
                continue
            xs, ys = [x], [y]
        else:
            xs, ys = _origins(told, text, (x, y), setting)
        coded = _PLACEHOLDER in text and "CGTransform" in parts
        chars += boxes(text, xs, ys, matrix, setting, coded=coded)
    return chars, 0 if upright else _turns(*_base_line(matrix, setting))


@lru_cache(maxsize=1024)
def _setting(size: str | None, stretch: str | None, reading: str | None, turned: str | None) -> _Setting:
    return _Setting(number(size, 3.7), number(stretch, 1.0) or 1.0, _quarter(reading), _quarter(turned))


def _content(code: etree._Element, most: int) -> str:
    text = code.text or ""
    if "\n" in text:  # indented by a program that makes XML look well
        text = text.strip()
    return text[:most]


def _quarter(text: str | None) -> int:
    return 0 if text is None else round(number(text) / 90) % 4


# --- where the characters stand -----------------------------------------------------------------


def _origins(
    told: Mapping[str, str], text: str, start: tuple[float, float], setting: _Setting
) -> tuple[list[float], list[float]]:
    """The origins of the characters, in the object's space: how far right and how far down they are,
    once where all are equally far down. `told` are the attributes of the TextCode."""
    reading = setting.reading
    across, down = steps(told.get("DeltaX"), len(text) - 1), steps(told.get("DeltaY"), len(text) - 1)
    if not across and not down:
        em = setting.size if reading % 2 else setting.size * setting.stretch
        advance = [em * _natural(char) for char in text[:-1]]
        across, down = _along(advance, reading)
    elif reading and not down:
        # Deltas count in the direction of reading, which the producer did not turn.
        across, down = _along(across, reading)
    x, y = start
    if not across and not down:
        return [x] * len(text), [y]
    xs = list(accumulate(across, initial=x)) if across else [x] * len(text)
    ys = list(accumulate(down, initial=y)) if down else [y]
    return xs, ys


def _along(distances: list[float], reading: int) -> tuple[list[float], list[float]]:
    sign = -1.0 if reading >= 2 else 1.0
    signed = [sign * distance for distance in distances]
    return ([], signed) if reading % 2 else (signed, [])


def steps(text: str | None, count: int) -> list[float]:
    """`count` distances, as a list of numbers gives them in which `g n v` stands for n times v.

    Of a list that is too short the last distance goes on. Empty where there is none at all.
    """
    if not text or count < 1:
        return []
    values: list[float] = []
    if "g" not in text:
        values = numbers(text)[:count]
    else:
        pieces = text.replace(",", " ").split()
        at = 0
        while at < len(pieces) and len(values) < count:
            if pieces[at] == "g" and at + 2 < len(pieces):
                times = int(pieces[at + 1]) if pieces[at + 1].isdecimal() and len(pieces[at + 1]) < 19 else 0
                values += [number(pieces[at + 2])] * min(times, count - len(values))
                at += 3
            else:
                values.append(number(pieces[at]))
                at += 1
    if values:
        values += values[-1:] * (count - len(values))
    return values


@lru_cache(maxsize=4096)
def _natural(text: str) -> float:
    """The usual width of a character, in em."""
    if is_wide(text):
        return 1.0
    if text in _NARROW:
        return 0.33
    return 0.85 if text in _BROAD else 0.62 if "A" <= text <= "Z" else 0.5


# --- boxes --------------------------------------------------------------------------------------


def _square(text: str, x: float, y: float, matrix: Matrix, setting: _Setting) -> Char:
    """As `_boxes`, for one Han character."""
    a, _, _, d, e, f = matrix
    size, stretch, _, _ = setting
    left, base = a * x + e, d * y + f
    top, bottom = base - _ASCENT * size * d, base + _DESCENT * size * d
    return char_of((text, left, top, left + size * stretch * a, bottom, False))


def _boxes(
    text: str, xs: Sequence[float], ys: Sequence[float], matrix: Matrix, setting: _Setting, *, coded: bool
) -> list[Char]:
    a, _, _, d, e, f = matrix
    size, stretch, _, _ = setting
    above, below, wide = _ASCENT * size * d, _DESCENT * size * d, size * stretch * a
    lefts = [a * x + e for x in xs]
    glyphs = map(_coded_glyph if coded else _glyph, text)
    if len(ys) == 1:
        base = d * ys[0] + f
        top, bottom = base - above, base + below
        if _SQUARES.fullmatch(text):
            return [
                char_of((sign, left, top, left + wide, bottom, False))
                for sign, left in zip(text, lefts, strict=True)
            ]
        return [
            char_of((shown, left, top, left + wide * width, bottom, False))
            for (shown, width), left in zip(glyphs, lefts, strict=True)
            if shown
        ]
    chars: list[Char] = []
    for (shown, width), left, y in zip(glyphs, lefts, ys, strict=True):
        base = d * y + f
        if shown:
            chars.append(char_of((shown, left, base - above, left + wide * width, base + below, False)))
    return chars


def _base_line(matrix: Matrix, setting: _Setting) -> tuple[float, float]:
    """The direction on the page in which a character's base line runs."""
    return _direction(*((1, 0), (0, 1), (-1, 0), (0, -1))[setting.turned], matrix)


def _turned_boxes(
    text: str, xs: Sequence[float], ys: Sequence[float], matrix: Matrix, setting: _Setting, *, coded: bool
) -> list[Char]:
    """As `_boxes`, for characters that do not stand upright in their object or on the page."""
    size, stretch, _, turned = setting
    ax, ay = _base_line(matrix, setting)
    bx, by = _direction(*((0, 1), (-1, 0), (0, -1), (1, 0))[turned], matrix)
    above, below = -_ASCENT * size, _DESCENT * size
    ys = ys if len(ys) > 1 else [ys[0]] * len(text)
    chars: list[Char] = []
    glyphs = map(_coded_glyph if coded else _glyph, text)
    for (shown, width), x, y in zip(glyphs, xs, ys, strict=True):
        if not shown:
            continue
        left, base = moved(x, y, matrix)
        along = size * stretch * width
        x0, y0 = left + bx * above, base + by * above
        x1, y1 = left + bx * below, base + by * below
        x2, y2 = left + ax * along + bx * above, base + ay * along + by * above
        x3, y3 = left + ax * along + bx * below, base + ay * along + by * below
        chars.append(
            Char(
                shown,
                min(x0, x1, x2, x3),
                min(y0, y1, y2, y3),
                max(x0, x1, x2, x3),
                max(y0, y1, y2, y3),
            )
        )
    return chars


def _direction(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, _, _ = matrix
    return a * x + c * y, b * x + d * y


def _turns(x: float, y: float) -> int | None:
    length = hypot(x, y)
    if abs(y) <= _TILT * length:
        return 0 if x >= 0 else 2
    if abs(x) <= _TILT * length:
        return 1 if y >= 0 else 3
    return None


@lru_cache(maxsize=4096)
def _glyph(sign: str) -> tuple[str, float]:
    """What a character shows, nothing where it is not seen, and its usual width in em."""
    return ("", 0.0) if sign in _INVISIBLE else (_shown(sign), _natural(sign))


def _coded_glyph(sign: str) -> tuple[str, float]:
    """As `_glyph`, in a text of which some characters are told by the numbers of their glyphs only."""
    return (UNKNOWN, _natural(sign)) if sign == _PLACEHOLDER else _glyph(sign)


def _shown(sign: str) -> str:
    if sign in _BLANKS:
        return " "
    code = ord(sign)
    if code < 0x20 or 0xE000 <= code < 0xF900 or code >= 0xFFFE:
        # Planes 15 and 16 are private, too; those between hold rare Han characters.
        return sign if 0x10000 <= code < 0xF0000 else UNKNOWN
    if any(code in span for span in _COMPATIBLE):
        from linter.document.ordinary import ordinary_characters

        return ordinary_characters().get(code, sign)
    return sign


def settled(chars: Iterable[Char]) -> list[Char]:
    """The characters, each no wider than up to the next one, where that stands close on its line."""
    fitted = list(chars)
    for index, (before, char) in enumerate(pairwise(tuple(fitted))):
        text, left, top, right, bottom, _ = before
        if -0.5 < char[4] - bottom < 0.5:
            step, width = char[1] - left, right - left
            if text < "\u2e80" and text not in " “”‘’…—":
                fits = 0.6 * width < step < 1.7 * width and step != width
            else:
                fits = 0.5 * width < step < 0.999 * width
            if fits:
                fitted[index] = char_of((text, left, top, char[1], bottom, False))
    return fitted
