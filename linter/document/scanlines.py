"""The drawn lines of tables in a scanned page, told from the strokes of characters.

`scale` is always the pixels of a point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.document.geometry import Ruling
from linter.document.scanengine import Image

_SHORTEST_ACROSS = 16.0
_SHORTEST_DOWN = 11.0
_LEAST_TABLE = (60.0, 14.0)
"""A table is at least so wide and high, in points."""
_LONG = 30.0
"""Points that no stroke of a character is long."""
_VERY_LONG = 90.0
"""Points that no strokes below one another are long between two borders."""


class _Run(NamedTuple):
    """A straight run of dark pixels: across its direction from `near` to `far`, along it from `first`
    to `last`; `down` tells its direction, `label` its mark among those of one direction."""

    down: bool
    near: int
    far: int
    first: int
    last: int
    label: int

    @property
    def middle(self) -> float:
        """Where it lies across its direction."""
        return (self.near + self.far) / 2


def drawn_lines(faint: Image, scale: float) -> tuple[tuple[Ruling, ...], Image]:
    """Lines of tables in points, and a mask of their pixels, somewhat widened.

    Strokes of characters are long and level, too. But they hang together with nothing as large as a
    table; and where they touch a border, or continue one, they leave gaps between one border and the
    next, and other strokes stand beside them.
    """
    import cv2
    import numpy

    masks = [_level(faint, scale, down=False), _level(faint, scale, down=True)]
    near = max(3, round(1.5 * scale) | 1)
    together = cv2.dilate(masks[0] | masks[1], numpy.ones((near, near), numpy.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(together)
    large = (stats[:, 2] >= _LEAST_TABLE[0] * scale) & (stats[:, 3] >= _LEAST_TABLE[1] * scale)
    large[0] = False
    tables = large[labels].astype(numpy.uint8)
    runs: list[_Run] = []
    marks = []
    for mask, down in zip(masks, (False, True), strict=True):
        _, marked, boxes, _ = cv2.connectedComponentsWithStats(mask * tables)
        marks.append(marked)
        runs += _runs(boxes.tolist(), scale, down=down)
    rulings: list[Ruling] = []
    drawn = numpy.zeros_like(faint)
    long = [run for run in runs if run.last - run.first >= _LONG * scale]
    # What crosses a line on its way is no ink beside it.
    bare = [faint.copy(), faint.copy()]
    for run in long:
        if run.last - run.first >= 2 * _LONG * scale:
            _part(bare[not run.down], run, run.first, run.last, 1)[:] = 0
    for run in runs:
        short = run.last - run.first < _LONG * scale
        if short and not all(_meets(run, end, long, scale) for end in (run.first, run.last)):
            continue
        for border in _stretches(marks[run.down], run, long, scale):
            if not _is_border(faint, bare[run.down], border, run.last - run.first, scale):
                continue
            part = _part(drawn, border, border.first, border.last)
            part |= (_part(marks[run.down], border, border.first, border.last) == run.label).astype(
                numpy.uint8
            )
            at, start, end = (value / scale for value in (border.middle, border.first, border.last))
            rulings.append(Ruling(at, start, at, end) if run.down else Ruling(start, at, end, at))
    return tuple(rulings), cv2.dilate(drawn, numpy.ones((3, 3), numpy.uint8))


def _level(faint: Image, scale: float, *, down: bool) -> Image:
    """The pixels of straight runs, small gaps in them closed."""
    import cv2

    gap = max(2, round(1.2 * scale))
    length = max(8, round((_SHORTEST_DOWN if down else _SHORTEST_ACROSS) * scale))
    small, long = ((1, gap), (1, length)) if down else ((gap, 1), (length, 1))
    closed = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, small))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, long))


def _runs(boxes: Sequence[Sequence[int]], scale: float, *, down: bool) -> Iterator[_Run]:
    for label, (left, top, width, height, area) in enumerate(boxes):
        long, across = (height, width) if down else (width, height)
        # A filled box or a bar is no line; but a stroke that touches a line makes it wide at one place.
        if label and area / long <= 4 * scale and across <= 14 * scale:
            if down:
                yield _Run(True, left, left + width, top, top + height, label)
            else:
                yield _Run(False, top, top + height, left, left + width, label)


def _part(image: Image, run: _Run, first: int, last: int, more: int = 0) -> Image:
    """The part of a picture that a run covers between two points of it."""
    across, along = slice(max(0, run.near - more), run.far + more), slice(first, last)
    return image[along, across] if run.down else image[across, along]


def _meets(run: _Run, end: int, others: Sequence[_Run], scale: float) -> bool:
    """Whether a run ends at a line that crosses it, or goes on as another line."""
    reach = 2.5 * scale
    for other in others:
        if other.down is not run.down:
            if abs(other.middle - end) < reach and other.first - reach < run.middle < other.last + reach:
                return True
        elif (
            abs(other.middle - run.middle) < scale
            and min(abs(other.first - end), abs(other.last - end)) < reach
        ):
            return True
    return False


def _stretches(marked: Image, run: _Run, long: Sequence[_Run], scale: float) -> Iterator[_Run]:
    """A run from each line that crosses it to the next, as wide as most of it is there."""
    import numpy

    cuts = {
        round(other.middle)
        for other in long
        if other.down is not run.down
        and run.first < other.middle < run.last
        and other.first - 2 * scale < run.middle < other.last + 2 * scale
    }
    for first, last in pairwise([run.first, *sorted(cuts), run.last]):
        if last - first < 3 * scale:
            continue
        filled = (_part(marked, run, first, last) == run.label).sum(axis=0 if run.down else 1)
        best = int(filled.argmax())
        full = numpy.flatnonzero(filled >= 0.5 * filled[best])
        near, far = best, best
        while near - 1 in full:
            near -= 1
        while far + 1 in full:
            far += 1
        if far - near < 3.5 * scale:
            yield run._replace(near=run.near + near, far=run.near + far + 1, first=first, last=last)


def _is_border(faint: Image, bare: Image, run: _Run, length: int, scale: float) -> bool:
    """Whether a stretch of a run of `length` is dark all along, with next to nothing beside it."""
    first, last = run.first, run.last
    if last - first >= _VERY_LONG * scale:
        return True
    along = 0 if run.down else 1
    whole = float(_part(faint, run, first, last).max(axis=1 - along).mean())
    if not run.down and length >= _VERY_LONG * scale:
        return whole >= 0.9
    if whole < (0.97 if length < _LONG * scale else 0.9):
        return False
    inset, gap, band = (max(least, round(share * scale)) for least, share in ((2, 1.5), (1, 0.7), (2, 1.4)))
    inner = (first + inset, last - inset)
    sides = [
        _part(bare, run._replace(near=start, far=start + band), *inner)
        for start in (max(0, run.near - gap - band), run.far + gap)
    ]
    crossed = [float(side.max(axis=1 - along).mean()) for side in sides if side.size] or [0.0]
    beside_text = min(crossed) < 0.03 and max(crossed) < 0.45
    return max(crossed) < 0.2 or (whole >= 0.97 and beside_text)
