"""The characters of a scanned page: those in the cells of its tables, and the lines outside them.

A cell with ink is recognised by itself, line by line; a cell without ink is blank. Figures are
recognised twice, from different cuts of the picture; where the two differ, where one of them is not
sure, or where the ink does not fall into as many pieces as there are digits, they are doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from linter.document.frames import read_frames
from linter.document.geometry import Box, Char, is_wide, median
from linter.document.paged import UNRECOGNISED
from linter.document.scanengine import Glyph, Image, Span, find_lines, recognise
from linter.document.scanpicture import Even

_INSET = 0.7
_SPECK = 1.1
_MARK = 2.2
"""Points: smaller ink is dust, ink smaller than a mark is not recognised."""
_SURE = 0.8
_ROOM = 0.22
_OTHER_ROOM = 0.42
_DETECTION_SCALE = 1.3
"""Pixels of a point at which lines outside tables are looked for."""
_FAR_APART = 40.0
"""Points without ink between parts of the page that are looked at one by one."""
_LONGEST_FIGURE = 16
_MOST_CELLS = 3000
_DASHES = "-—–－_一"
_FIGURE = frozenset("0123456789/%+-＋－()（）")
"""Signs that are what two recognitions say they are."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """A line of ink in the page's pixels. `cell` is its place among the cells, -1 outside tables."""

    box: Span
    cell: int
    cut: bool = False


class PageText(NamedTuple):
    """The characters of a page in points, in reading order within each cell and line, and how sure
    their recognition is on the whole."""

    chars: list[Char]
    sure: float


def page_text(page: Even) -> PageText:
    """What is printed on a page."""
    areas = [area.box for frame in read_frames(page.rulings) for area in frame.areas][:_MOST_CELLS]
    strips = [strip for index, box in enumerate(areas) for strip in _strips(page, box, index)]
    strips = [line for strip in strips for line in _lines_of(page.ink, strip, _em(strips))]
    strips += [_Strip(span, -1) for span in _outside(page, areas)]
    small = [strip for strip in strips if max(_width(strip.box), _height(strip.box)) < _MARK * page.scale]
    strips = [strip for strip in strips if strip not in set(small)]
    marked, filled = ({strip.cell for strip in some} for some in (small, strips))
    usual = median(_height(strip.box) for strip in strips) if strips else 0.0
    read = recognise([_cut(page.picture, strip.box, usual, _ROOM) for strip in strips])
    doubtful = _doubtful(page, strips, read, usual)
    chars = [
        char
        for strip, glyphs, doubt in zip(strips, read, doubtful, strict=True)
        for char in _placed(glyphs, strip, page.scale, usual, doubtful=doubt or strip.cell in marked - {-1})
    ]
    chars += [_unknown(strip, page.scale) for strip in small if strip.cell >= 0 and strip.cell not in filled]
    sureness = [glyph.sure for glyphs in read for glyph in glyphs]
    return PageText(chars, sum(sureness) / len(sureness) if sureness else 0.0)


# --- where the ink is --------------------------------------------------------------------------


def _strips(page: Even, box: Box, index: int) -> Iterator[_Strip]:
    """The lines of ink in a cell from top to bottom, each from left to right."""
    import cv2
    import numpy

    left, top, right, bottom = _inner(page, box)
    if right - left < 3 or bottom - top < 3:
        return
    ink = page.ink[top:bottom, left:right]
    if not ink.any():
        return
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    speck = _SPECK * page.scale
    kept = numpy.zeros(count, numpy.uint8)
    cut = False
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[label])
        edge = x == 0 or y == 0 or x + width == right - left or y + height == bottom - top
        line_rest = edge and min(width, height) <= speck
        if max(width, height) < speck or area < 4 or line_rest:
            continue
        kept[label] = 1
        cut |= x == 0 or x + width == right - left
    clean: Image = kept[labels]
    for first, last in _bands(clean.any(axis=1).tolist(), page.scale):
        columns = clean[first:last].any(axis=0).tolist()
        for start, end in _parts(columns, 1.6 * (last - first)):
            rows = clean[first:last, start:end].any(axis=1)
            y0, y1 = int(rows.argmax()), len(rows) - int(rows[::-1].argmax())
            yield _Strip(Span(left + start, top + first + y0, left + end, top + first + y1), index, cut)


def _em(strips: Sequence[_Strip]) -> float:
    """About the font size: in tables the lowest strips are of digits."""
    heights = sorted(_height(strip.box) for strip in strips)
    return heights[len(heights) // 4] / 0.74 if heights else 1.0


def _lines_of(ink: Image, strip: _Strip, em: float) -> Iterator[_Strip]:
    """The lines of a strip: where they are set without a gap, they are parted where least ink is."""
    left, top, right, bottom = strip.box
    count = round((bottom - top) / (1.02 * em))
    if count < 2:
        yield strip
        return
    rows = ink[top:bottom, left:right].sum(axis=1)
    pitch = (bottom - top) / count
    cuts = [0]
    for index in range(1, count):
        first, last = round((index - 0.25) * pitch), round((index + 0.25) * pitch) + 1
        cuts.append(first + int(rows[first:last].argmin()))
    for first, last in pairwise([*cuts, bottom - top]):
        part: Image = ink[top + first : top + last, left:right]
        for start, end in _parts(part.any(axis=0).tolist(), 1.6 * (last - first)):
            level = part[:, start:end].any(axis=1).tolist()
            low, high = level.index(True), len(level) - level[::-1].index(True)
            box = Span(left + start, top + first + low, left + end, top + first + high)
            yield _Strip(box, strip.cell, strip.cut)


def _inner(page: Even, box: Box) -> Span:
    height, width = page.ink.shape
    left, top, right, bottom = (value * page.scale for value in box)
    inset = _INSET * page.scale
    return Span(
        max(0, round(left + inset)),
        max(0, round(top + inset)),
        min(width, round(right - inset)),
        min(height, round(bottom - inset)),
    )


def _bands(rows: Sequence[bool], scale: float) -> list[tuple[int, int]]:
    """Runs of rows with ink; the strokes of 二 and 三 are one run."""
    runs = _runs(rows, 1)
    if len(runs) < 2:
        return runs
    usual = max(median(last - first for first, last in runs), 6 * scale)
    bands = [runs[0]]
    for first, last in runs[1:]:
        before, end = bands[-1]
        low = min(end - before, last - first) < 0.5 * usual
        if low and last - before <= 1.25 * usual and first - end < 0.5 * usual:
            bands[-1] = (before, last)
        else:
            bands.append((first, last))
    return bands


def _parts(columns: Sequence[bool], gap: float) -> list[tuple[int, int]]:
    """Runs of columns with ink, those near one another as one."""
    return _runs(columns, max(2, round(gap)))


def _runs(marks: Sequence[bool], gap: int) -> list[tuple[int, int]]:
    """Where marks stand: (first, last + 1), runs less than `gap` apart as one."""
    runs: list[tuple[int, int]] = []
    for index, mark in enumerate(marks):
        if not mark:
            continue
        if runs and index - runs[-1][1] < gap:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _outside(page: Even, areas: Sequence[Box]) -> Iterator[Span]:
    """The lines of text outside the tables."""
    import cv2

    picture, ink = page.picture.copy(), page.ink.copy()
    for box in areas:
        left, top, right, bottom = (max(0, round(value * page.scale)) for value in box)
        picture[top:bottom, left:right] = 255
        ink[top:bottom, left:right] = 0
    if not ink.any():
        return
    factor = _DETECTION_SCALE / page.scale
    height, width = ink.shape
    for first, last in _runs(ink.any(axis=1).tolist(), round(_FAR_APART * page.scale)):
        above, below = max(0, first - round(6 * page.scale)), min(height, last + round(6 * page.scale))
        small = cv2.resize(picture[above:below], None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        for span in find_lines(small):
            left, top, right, bottom = (round(value / factor) for value in span)
            right, top, bottom = min(right, width), above + top, min(above + bottom, below)
            if right - left >= 3 and bottom - top >= 3 and ink[top:bottom, left:right].any():
                yield _line(ink[top:bottom, left:right], left, top, right)


def _line(ink: Image, left: int, top: int, right: int) -> Span:
    """The line of text in a box that may show parts of the lines above and below it."""
    middle = ink.shape[0] / 2
    runs = _runs(ink.any(axis=1).tolist(), 2)
    first, last = max(runs, key=lambda run: (run[0] <= middle < run[1], run[1] - run[0]))
    columns = ink[first:last].any(axis=0)
    start, end = int(columns.argmax()), len(columns) - int(columns[::-1].argmax())
    return Span(left + start, top + first, min(left + end, right), top + last)


def _width(box: Span) -> int:
    return box.right - box.left


def _height(box: Span) -> int:
    return box.bottom - box.top


# --- what it says ------------------------------------------------------------------------------


def _cut(picture: Image, box: Span, usual: float, padding: float) -> Image:
    """The part of the picture to be recognised, with room round the ink.

    The room is made of white paper, because neighbouring lines must not show.
    """
    import cv2

    beside, above = _room(box, usual, padding)
    inside = picture[box.top : box.bottom, box.left : box.right]
    return cv2.copyMakeBorder(inside, above, above, beside, beside, cv2.BORDER_CONSTANT, value=255)


def _room(box: Span, usual: float, padding: float) -> tuple[int, int]:
    """Pixels beside and above the ink; a dash or a point gets the height of a usual line."""
    high = _height(box)
    full = 0.62 * usual if high < 0.5 * usual else high
    around = round(padding * full)
    return 2 * around, around + round((full - high) / 2)


def _doubtful(
    page: Even, strips: Sequence[_Strip], read: Sequence[tuple[Glyph, ...]], usual: float
) -> list[bool]:
    """Which strips in cells hold a figure (or another short sign) that may be misread."""
    doubtful = [False] * len(strips)
    figures = []
    for index, (strip, glyphs) in enumerate(zip(strips, read, strict=True)):
        if strip.cell < 0:
            continue
        if not glyphs:
            doubtful[index] = True
        elif len(glyphs) <= _LONGEST_FIGURE and not any(is_wide(glyph.text) for glyph in glyphs):
            figures.append(index)
    again = recognise([_cut(page.picture, strips[index].box, usual, _OTHER_ROOM) for index in figures])
    for index, second in zip(figures, again, strict=True):
        first, strip = read[index], strips[index]
        doubtful[index] = strip.cut or not _agree(first, second) or not _has_shape(page, strip, first)
    return doubtful


def _agree(first: Sequence[Glyph], second: Sequence[Glyph]) -> bool:
    said, again = ([glyph.text for glyph in glyphs] for glyphs in (first, second))
    spaced = any(a.isdigit() and b == " " for a, b in pairwise(said))
    return said == again and not spaced and all(glyph.sure >= _SURE for glyph in (*first, *second))


def _has_shape(page: Even, strip: _Strip, glyphs: Sequence[Glyph]) -> bool:
    """Whether the ink falls into as many pieces from left to right as there are characters, and signs
    have the shape that tells them from their likes."""
    left, top, right, bottom = strip.box
    ink = page.ink[top:bottom, left:right]
    pieces = _runs(ink.any(axis=0).tolist(), 1)
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


def _unknown(strip: _Strip, scale: float) -> Char:
    left, top, right, bottom = (value / scale for value in strip.box)
    return Char(UNRECOGNISED, left, top, right, bottom, True)


def _placed(
    glyphs: Sequence[Glyph], strip: _Strip, scale: float, usual: float, *, doubtful: bool
) -> Iterator[Char]:
    """The characters of a line with their boxes; neighbours share a border, where no blank is between."""
    if not glyphs:
        if strip.cell >= 0:
            yield _unknown(strip, scale)
        return
    high = float(_height(strip.box))
    if any(is_wide(glyph.text) for glyph in glyphs):
        em = max(high / 0.94, 0.8 * usual if high < 0.5 * usual else 0.0)
    else:
        em = max(high / 0.74, 0.8 * usual if high < 0.4 * usual else 0.0)
    middle = (strip.box.top + strip.box.bottom) / 2
    beside = _room(strip.box, usual, _ROOM)[0]
    wide = _width(strip.box) + 2 * beside
    spots = [
        (glyph.text, strip.box.left - beside + glyph.middle * wide, em / 2 if is_wide(glyph.text) else em / 4)
        for index, glyph in enumerate(glyphs)
        if not (glyph.text == " " and _between_digits(glyphs, index))
    ]
    borders = []
    for (text, at, half), (following, then, other) in pairwise(spots):
        near = 1.3 * em if text.isdigit() and following.isdigit() else 1.7 * (half + other)
        apart = then - at > near or " " in (text, following)
        borders.append((at + half, then - other) if apart else ((at + then) / 2,) * 2)
    lefts = [spots[0][1] - spots[0][2], *(border[1] for border in borders)]
    rights = [*(border[0] for border in borders), spots[-1][1] + spots[-1][2]]
    for (text, at, _), left, right in zip(spots, lefts, rights, strict=True):
        if text != " ":
            yield Char(
                text,
                left / scale,
                (middle - em / 2) / scale,
                max(right, at + 0.1 * em) / scale,
                (middle + em / 2) / scale,
                doubtful,
            )


def _between_digits(glyphs: Sequence[Glyph], index: int) -> bool:
    around = (*glyphs[max(0, index - 1) : index], *glyphs[index + 1 : index + 2])
    return len(around) == 2 and all(glyph.text.isdigit() for glyph in around)
