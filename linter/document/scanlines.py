"""The drawn lines of tables in a scanned page, told from the strokes of characters.

`scale` is always the pixels of a point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.document.geometry import Ruling
from linter.document.scanengine import Image

_SHORTEST_ACROSS = 16.0
_SHORTEST_DOWN = 11.0
_LEAST_TABLE = (60.0, 14.0)
"""A table is at least so wide and high, in points."""
_LONG = 30.0
"""Points that no stroke of a character is long."""


class _Piece(NamedTuple):
    """A straight run of dark pixels: across its direction at `at`, from `start` to `end` along it.

    `crossed` is the share of its length with ink right beside it, `whole` the share that is really dark.
    """

    down: bool
    at: float
    start: float
    end: float
    label: int
    crossed: float
    whole: float


_VERY_LONG = 90.0
"""Points that no strokes below one another are long without a gap."""


def drawn_lines(faint: Image, scale: float) -> tuple[tuple[Ruling, ...], Image]:
    """Lines of tables in points, and a mask of their pixels, somewhat widened.

    Strokes of characters are long and level, too. But they hang together with nothing as large as a
    table; and where they touch a border, other strokes stand beside them or they end in the open.
    """
    import cv2
    import numpy

    masks = [_runs(faint, scale, down=False), _runs(faint, scale, down=True)]
    near = max(3, round(1.5 * scale) | 1)
    together = cv2.dilate(masks[0] | masks[1], numpy.ones((near, near), numpy.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(together)
    large = (stats[:, 2] >= _LEAST_TABLE[0] * scale) & (stats[:, 3] >= _LEAST_TABLE[1] * scale)
    large[0] = False
    tables = large[labels].astype(numpy.uint8)
    pieces: list[_Piece] = []
    pixels = []
    for mask, down in zip(masks, (False, True), strict=True):
        count, marked, boxes, _ = cv2.connectedComponentsWithStats(mask * tables)
        pixels.append((marked, count))
        pieces += _pieces(faint, boxes.tolist(), scale, down=down)
    kept = _borders(pieces)
    drawn = numpy.zeros_like(faint)
    for (marked, count), down in zip(pixels, (False, True), strict=True):
        chosen = numpy.zeros(count, numpy.uint8)
        chosen[[piece.label for piece in kept if piece.down is down]] = 1
        drawn |= chosen[marked]
    rulings = tuple(
        Ruling(at, start, at, end) if down else Ruling(start, at, end, at)
        for down, at, start, end, *_ in kept
    )
    return rulings, cv2.dilate(drawn, numpy.ones((3, 3), numpy.uint8))


def _runs(faint: Image, scale: float, *, down: bool) -> Image:
    """The pixels of straight runs, small gaps in them closed."""
    import cv2

    gap = max(2, round(1.2 * scale))
    length = max(8, round((_SHORTEST_DOWN if down else _SHORTEST_ACROSS) * scale))
    small, long = ((1, gap), (1, length)) if down else ((gap, 1), (length, 1))
    closed = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, small))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, long))


def _pieces(
    faint: Image, boxes: Sequence[Sequence[int]], scale: float, *, down: bool
) -> Iterator[_Piece]:
    for label, (left, top, width, height, area) in enumerate(boxes):
        if label == 0:
            continue
        long, across = (height, width) if down else (width, height)
        # A filled box or a bar is no line; a line that sags is higher than it is thick.
        if area / long > 3.5 * scale or across > 6 * scale:
            continue
        first, last = (top, top + height) if down else (left, left + width)
        near, far = (left, left + width) if down else (top, top + height)
        level = faint.T if down else faint
        along = slice(first, last)
        whole = float(level[near:far, along].max(axis=0).mean())
        crossed = _crossed(level, near, far, along, scale)
        yield _Piece(down, (near + far) / 2 / scale, first / scale, last / scale, label, crossed, whole)


def _crossed(faint: Image, near: int, far: int, along: slice, scale: float) -> float:
    """The share of the length of a level run beside which something is printed, on the fuller side."""
    inset = max(2, round(1.5 * scale))
    gap, band = max(1, round(0.7 * scale)), max(2, round(1.4 * scale))
    inner = slice(along.start + inset, along.stop - inset)
    sides = (faint[max(0, near - gap - band) : max(0, near - gap), inner], faint[far + gap : far + gap + band, inner])
    return max((float(side.max(axis=0).mean()) for side in sides if side.size), default=0.0)


def _borders(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces that are borders: the long ones, those in line with them, and bare ones between two.

    Strokes of characters below one another may look like a long line with gaps that others cross.
    """
    long = [
        piece
        for piece in pieces
        if piece.end - piece.start >= (_LONG if piece.crossed < 0.2 else _VERY_LONG if piece.down else 2 * _LONG)
        and (piece.crossed < 0.2 or piece.whole > 0.96)
    ]
    kept = list(long)
    for piece in pieces:
        if piece in long or piece.crossed > 0.25:
            continue
        touching = [_touches(piece, end, long) for end in (piece.start, piece.end)]
        in_line = any(
            other.down is piece.down
            and abs(other.at - piece.at) < 1.2
            and other.start - 3 < piece.end
            and piece.start < other.end + 3
            for other in long
        )
        if in_line or (all(touching) and piece.crossed < 0.1):
            kept.append(piece)
    return kept


def _touches(piece: _Piece, end: float, others: Sequence[_Piece]) -> bool:
    return any(
        other.down is not piece.down
        and abs(other.at - end) < 2.5
        and other.start - 2.5 < piece.at < other.end + 2.5
        for other in others
    )
