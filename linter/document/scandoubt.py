"""Which figures of a scan may be misread.

Figures are recognised twice, from different cuts of the picture; where the two differ, where one of them
is not sure, where the ink does not fall into as many pieces as there are digits, or where something faint
stands beside it, they are doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from linter.document.geometry import is_wide, median
from linter.document.scanengine import Glyph, Span, recognise
from linter.document.scanpicture import Even
from linter.document.scanstrips import Inked, Strip, cut_out, runs

_SURE = 0.8
_OTHER_ROOM = 0.42
_LONGEST_FIGURE = 16
_FAINTEST = 226
"""How light the middle of a mark may be that is still seen beside a figure."""
_DASHES = "-—–－_一"
_FIGURE = frozenset("0123456789/%+-＋－()（）")
"""Signs that are what two recognitions say they are."""


def doubtful_strips(page: Even, inked: Inked, read: Sequence[tuple[Glyph, ...]]) -> list[bool]:
    """Which strips in cells hold a figure (or another short sign) that may be misread."""
    strips = inked.strips
    doubtful = [False] * len(strips)
    figures = []
    for index, (strip, glyphs) in enumerate(zip(strips, read, strict=True)):
        if strip.cell < 0:
            continue
        if not glyphs:
            doubtful[index] = True
        elif len(glyphs) <= _LONGEST_FIGURE and not any(is_wide(glyph.text) for glyph in glyphs):
            figures.append(index)
    again = recognise([cut_out(page.picture, strips[index], inked.usual, _OTHER_ROOM) for index in figures])
    for index, second in zip(figures, again, strict=True):
        first, strip = read[index], strips[index]
        doubtful[index] = (
            strip.cut
            or not _agree(first, second)
            or not _has_shape(page, strip, first)
            or _has_company(page, strip, inked.cells[strip.cell])
        )
    return doubtful


def _agree(first: Sequence[Glyph], second: Sequence[Glyph]) -> bool:
    said, again = ([glyph.text for glyph in glyphs] for glyphs in (first, second))
    spaced = any(a.isdigit() and b == " " for a, b in pairwise(said))
    return said == again and not spaced and all(glyph.sure >= _SURE for glyph in (*first, *second))


def _has_company(page: Even, strip: Strip, cell: Span) -> bool:
    """Whether a mark too faint to be ink stands right before or after a figure: a sign printed thin."""
    import cv2

    left, top, right, bottom = strip.box
    # Nearer than a point are the blurred edges of the figure itself, and of the cell's borders.
    near, far = round(page.scale), max(6, round(strip.height))
    sides = (
        (max(left - far, cell.left + near), left - near),
        (right + near, min(right + far, cell.right - near)),
    )
    for first, last in sides:
        if last - first < 3:
            continue
        beside = page.picture[top:bottom, first:last]
        if cv2.blur(beside, (3, 3)).min() < _FAINTEST:
            return True
    return False


def _has_shape(page: Even, strip: Strip, glyphs: Sequence[Glyph]) -> bool:
    """Whether the ink falls into as many pieces from left to right as there are characters, and signs
    have the shape that tells them from their likes."""
    left, top, right, bottom = strip.box
    ink = page.ink[top:bottom, left:right]
    pieces = runs(ink.any(axis=0).tolist(), 1)
    said = [glyph.text for glyph in glyphs if glyph.text != " "]
    if len(pieces) != len(said):
        return False
    extents = []
    for start, end in pieces:
        rows = ink[:, start:end].any(axis=1)
        extents.append((int(rows.argmax()), len(rows) - int(rows[::-1].argmax())))
    digits = [extent for text, extent in zip(said, extents, strict=True) if text.isdigit()]
    return all(
        _is_like(text, end - start, extent, digits)
        for text, (start, end), extent in zip(said, pieces, extents, strict=True)
    )


def _is_like(text: str, wide: int, extent: tuple[int, int], digits: Sequence[tuple[int, int]]) -> bool:
    """Whether a sign beside digits is as high and stands as low as it should; `extent` are its rows."""
    first, last = extent
    if text in _DASHES:
        return last - first < 0.45 * wide
    if text in "+＋":
        return last - first > 0.65 * wide
    if text not in ",.，．、·" or not digits:
        return text in _FIGURE
    high = median(end - start for start, end in digits)
    below = last - median(end for _, end in digits)
    if text in ",，":
        return below > 0.1 * high
    return text in ".．" and below < 0.06 * high and last - first < 0.35 * high
