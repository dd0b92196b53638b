"""The characters of a PDF page through pdfium: what they are and the box each stands in."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from math import hypot, pi
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from linter.document.geometry import Box, Char, is_wide
from linter.document.ordinary import ordinary_characters

MOST_CHARS = 60_000

_TALL = 30.0
"""Taller boxes are checked: pdfium gives characters of vertical fonts boxes of many times the size."""


UNKNOWN = "\ufffd"
"""Stands for a printed character of which the file does not say what it is."""


RawChar: TypeAlias = tuple[str, float, float, float, float, float, float]
"""Text, PDF box (left, bottom, right, top), origin (x, y)."""

# pdfium marks a hyphen at a line's end so.
_HYPHEN = 0x02
_LIGATURES = frozenset({"ff", "fi", "fl", "ffi", "ffl"})
_INVISIBLE = frozenset({0x0A, 0x0D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD})
_BLANKS = frozenset({0x09, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F})


def read_chars(page: Any) -> tuple[list[RawChar], bool, int | None]:
    """Characters with their PDF boxes, whether there were too many, and the turns to upright."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return [], False, None
    try:
        total = pdfium.FPDFText_CountChars(text_page)
        count = min(total, MOST_CHARS)
        chars = _with_parted_ligatures(list(_read_chars(text_page, count)))
        return chars, total > count, _turns(text_page, count)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _read_chars(text_page: Any, count: int) -> Iterator[RawChar]:
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    get_origin = pdfium.FPDFText_GetCharOrigin
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    reference = ctypes.byref(box)
    ordinary = ordinary_characters()
    high = 0
    for index in range(count):
        code = get_unicode(text_page, index)
        if code in _INVISIBLE:
            continue
        if code in _BLANKS:
            if pdfium.FPDFText_IsGenerated(text_page, index):
                continue
            text = " "
        elif 0xD800 <= code < 0xDC00:
            high = code
            continue
        elif 0xDC00 <= code < 0xE000:
            text = chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else UNKNOWN
            high = 0
        else:
            text = ordinary.get(code) or _character(code)
        get_box(text_page, index, reference)
        get_origin(text_page, index, x, y)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if top - bottom > _TALL:
            left, bottom, right, top = _upright(
                text_page, index, (left, bottom, right, top), (x.value, y.value)
            )
        yield text, left, bottom, right, top, x.value, y.value


def _with_parted_ligatures(chars: list[RawChar]) -> list[RawChar]:
    """The letters of one glyph (ﬃ) side by side: pdfium gives each the box of all."""
    for index in range(1, len(chars)):
        if chars[index - 1][0] == "f" and chars[index][1:] == chars[index - 1][1:]:
            break
    else:
        return chars
    parted: list[RawChar] = []
    index = 0
    while index < len(chars):
        _, x0, bottom, x1, top, x, y = chars[index]
        end = index + 1
        while end < len(chars) and end - index < 3 and chars[end][1:] == chars[index][1:]:
            end += 1
        letters = "".join(char[0] for char in chars[index:end])
        if letters in _LIGATURES:
            width = (x1 - x0) / len(letters)
            for at, letter in enumerate(letters):
                left = x0 + at * width
                parted.append((letter, left, bottom, left + width, top, x + at * width, y))
        else:
            parted += chars[index:end]
        index = end
    return parted


def settled(raw: Iterable[RawChar], width: float, height: float) -> list[Char]:
    """Characters with boxes of equal make; those beside the page are left out.

    pdfium's boxes are as high as the font says, or only as high as the glyph, which differs between
    the characters of one line. What runs from left to right gets a box by its size and base line.
    """
    chars: list[Char] = []
    base = em = 0.0
    for text, x0, top, x1, bottom, x, y in raw:
        high, wide = bottom - top, x1 - x0
        if not (-20 < x0 < width + 20 and -20 < top < height + 20):
            continue
        if -0.3 * wide - 1 <= x - x0 <= 0.3 * wide + 1 and y > top + 0.2 * high:
            own = wide if is_wide(text) else high / 1.15
            em = own if own > em or not -0.5 < y - base < 0.5 else em
            base = y
            if em > 0 and wide > 0:
                chars.append(Char(text, x0, base - 0.86 * em, x1, base + 0.14 * em))
                continue
        if wide > 0 and high > 0:
            chars.append(Char(text, x0, top, x1, bottom))
    return chars


def _character(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    if code < 0x20 or 0xE000 <= code < 0xF900 or code >= 0xFFFE:
        return UNKNOWN
    return chr(code)


def _upright(text_page: Any, index: int, box: Box, origin: tuple[float, float]) -> Box:
    """The box of a tall character; where the font is vertical, a square at the character's origin."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    em = pdfium.FPDFText_GetFontSize(text_page, index) * hypot(matrix.c, matrix.d)
    if em <= 0 or box[3] - box[1] < 2.2 * em:
        return box
    x, y = origin
    return x, y - 0.14 * em, x + em, y + 0.86 * em


def _turns(text_page: Any, count: int) -> int | None:
    """Clockwise quarter turns that set most of the text upright; None where there is no majority.

    They are the page's own rotation, or else a landscape table was drawn sideways.
    """
    angles = []
    for index in range(0, count, max(1, count // 24)):
        if pdfium.FPDFText_GetUnicode(text_page, index) > 0x20:
            angles.append(pdfium.FPDFText_GetCharAngle(text_page, index))
    for turns, direction in ((0, 0.0), (1, 3 * pi / 2), (2, pi), (3, pi / 2)):
        if sum(abs(angle - direction) < 0.1 for angle in angles) * 4 > 3 * len(angles) > 0:
            return turns
    return None
