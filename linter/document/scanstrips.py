"""Where the ink of a scanned page is: the lines of characters in the cells of its tables and outside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from linter.document.frames import read_frames
from linter.document.geometry import Box, median
from linter.document.scanengine import Image, Span, find_lines
from linter.document.scanpicture import Even

_INSET = 0.7
_SPECK = 1.1
_MARK = 2.2
"""Points: smaller ink is dust, ink smaller than a mark is not recognised."""
_DETECTION_SCALE = 1.3
"""Pixels of a point at which lines outside tables are looked for."""
_MOST_DETECTED = 1_300_000
"""Pixels looked at at once: half as much again as A4 has at that scale, some 600 MB."""
_FAR_APART = 40.0
"""Points without ink between parts of the page that are looked at one by one."""
_MOST_CELLS = 3000


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of ink in the page's pixels. `cell` is its place among the cells, -1 outside tables."""

    box: Span
    cell: int
    cut: bool = False

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.box.right - self.box.left

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.box.bottom - self.box.top


class Inked(NamedTuple):
    """Where the ink of a page is: `strips` to be recognised, marks too small for it, the cells' insides,
    and the usual height of a line."""

    strips: list[Strip]
    marks: list[Strip]
    cells: list[Span]
    usual: float


def inked(page: Even) -> Inked:
    """The lines of ink of a page, those in cells first."""
    areas = [area.box for frame in read_frames(page.rulings) for area in frame.areas][:_MOST_CELLS]
    cells = [_inner(page, box) for box in areas]
    found = [strip for index, cell in enumerate(cells) for strip in _strips(page, cell, index)]
    em = _em(found)
    strips = [line for strip in found for line in _lines_of(page.ink, strip, em)]
    strips += [Strip(span, -1) for span in _outside(page, areas)]
    least = _MARK * page.scale
    marks = [strip for strip in strips if max(strip.width, strip.height) < least]
    strips = [strip for strip in strips if max(strip.width, strip.height) >= least]
    return Inked(strips, marks, cells, median(strip.height for strip in strips) if strips else 0.0)


def _strips(page: Even, cell: Span, index: int) -> Iterator[Strip]:
    """The lines of ink in a cell from top to bottom, each from left to right."""
    import cv2
    import numpy

    left, top, right, bottom = cell
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
            yield Strip(Span(left + start, top + first + y0, left + end, top + first + y1), index, cut)


def _em(strips: Sequence[Strip]) -> float:
    """About the font size: in tables the lowest strips are of digits."""
    heights = sorted(strip.height for strip in strips)
    return heights[len(heights) // 4] / 0.74 if heights else 1.0


def _lines_of(ink: Image, strip: Strip, em: float) -> Iterator[Strip]:
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
            yield Strip(box, strip.cell, strip.cut)


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
    found = runs(rows, 1)
    if len(found) < 2:
        return found
    usual = max(median(last - first for first, last in found), 6 * scale)
    bands = [found[0]]
    for first, last in found[1:]:
        before, end = bands[-1]
        low = min(end - before, last - first) < 0.5 * usual
        if low and last - before <= 1.25 * usual and first - end < 0.5 * usual:
            bands[-1] = (before, last)
        else:
            bands.append((first, last))
    return bands


def _parts(columns: Sequence[bool], gap: float) -> list[tuple[int, int]]:
    """Runs of columns with ink, those near one another as one."""
    return runs(columns, max(2, round(gap)))


def runs(marks: Sequence[bool], gap: int) -> list[tuple[int, int]]:
    """Where marks stand: (first, last + 1), runs less than `gap` apart as one."""
    found: list[tuple[int, int]] = []
    for index, mark in enumerate(marks):
        if not mark:
            continue
        if found and index - found[-1][1] < gap:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


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
    height, width = ink.shape
    for first, last in runs(ink.any(axis=1).tolist(), round(_FAR_APART * page.scale)):
        above, below = max(0, first - round(6 * page.scale)), min(height, last + round(6 * page.scale))
        most = (_MOST_DETECTED / (width * (below - above))) ** 0.5
        factor = min(1.0, _DETECTION_SCALE / page.scale, most)
        small = cv2.resize(picture[above:below], None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        for span in find_lines(small):
            left, top, right, bottom = (round(value / factor) for value in span)
            right, top, bottom = min(right, width), above + top, min(above + bottom, below)
            if right - left >= 3 and bottom - top >= 3 and ink[top:bottom, left:right].any():
                yield _line(ink[top:bottom, left:right], left, top, right)


def _line(ink: Image, left: int, top: int, right: int) -> Span:
    """The line of text in a box that may show parts of the lines above and below it."""
    middle = ink.shape[0] / 2
    found = runs(ink.any(axis=1).tolist(), 2)
    first, last = max(found, key=lambda run: (run[0] <= middle < run[1], run[1] - run[0]))
    columns = ink[first:last].any(axis=0)
    start, end = int(columns.argmax()), len(columns) - int(columns[::-1].argmax())
    return Span(left + start, top + first, min(left + end, right), top + last)


def cut_out(picture: Image, strip: Strip, usual: float, padding: float) -> Image:
    """The part of the picture to be recognised, with room round the ink.

    The room is made of white paper, because neighbouring lines must not show.
    """
    import cv2

    box = strip.box
    beside, above = room(strip, usual, padding)
    inside = picture[box.top : box.bottom, box.left : box.right]
    return cv2.copyMakeBorder(inside, above, above, beside, beside, cv2.BORDER_CONSTANT, value=255)


def room(strip: Strip, usual: float, padding: float) -> tuple[int, int]:
    """Pixels beside and above the ink; a dash or a point gets the height of a usual line."""
    high = strip.height
    full = 0.62 * usual if high < 0.5 * usual else high
    around = round(padding * full)
    return 2 * around, around + round((full - high) / 2)
