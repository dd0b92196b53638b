"""Paths of an OFD page (`AbbreviatedData`) → the lines they draw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from linter.document.affine import Matrix, moved
from linter.document.geometry import THIN, Box, Ruling, rectangle

Outline: TypeAlias = list[tuple[float, float]]

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_SHADING_POINTS = 5


def read_outlines(data: str, matrix: Matrix, most: int) -> tuple[list[Outline], list[tuple[float, float]]]:
    """The straight outlines of a path, and all its points, at most so many.

    A curve ends an outline; the next one begins where the curve leads to.
    """
    outlines: list[Outline] = []
    points: Outline = []
    everything: list[tuple[float, float]] = []
    for sign, values in _commands(data):
        if len(everything) >= most:
            break
        if sign == "C":
            if len(points) > 1:
                outlines.append([*points, points[0]] if points[-1] != points[0] else points)
                points = points[:1]
            continue
        point = moved(values[-2], values[-1], matrix)
        everything.append(point)
        if sign == "L" and points:
            points.append(point)
            continue
        if sign in "QB":
            everything += [moved(values[at], values[at + 1], matrix) for at in range(0, len(values) - 2, 2)]
        if len(points) > 1:
            outlines.append(points)
        points = [point]
    if len(points) > 1:
        outlines.append(points)
    return outlines, everything


def _commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each operator with its operands; reading ends where the data break the grammar."""
    tokens = _TOKEN.findall(data)
    at, last = 0, len(tokens)
    while at < last:
        sign = tokens[at]
        count = _OPERANDS.get(sign)
        if count is None:
            return
        pieces = tokens[at + 1 : at + 1 + count]
        if len(pieces) < count or any(piece.isalpha() for piece in pieces):
            return
        values = tuple(map(float, pieces))
        if any(not -1e6 < value < 1e6 for value in values):
            return
        yield sign, values
        at += 1 + count


def path_rulings(outlines: list[Outline], points: Outline, *, stroked: bool, filled: bool) -> list[Ruling]:
    """The lines that a path shows: thin shapes, and the straight sides of what is stroked.

    A filled area without an outline is shading.
    """
    whole = _box_round(points)
    if min(whole[2] - whole[0], whole[3] - whole[1]) <= THIN:
        return [Ruling(*whole)] if stroked or filled else []
    if not stroked and (not filled or len(points) <= _SHADING_POINTS):
        return []
    rulings: list[Ruling] = []
    for outline in outlines:
        box = _box_round(outline)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            rulings.append(Ruling(*box))
        elif stroked:
            rulings += _sides(outline, box)
    return rulings


def _sides(outline: Outline, box: Box) -> Sequence[Ruling]:
    upright = all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in pairwise(outline))
    if len(outline) == 5 and upright and outline[0] == outline[-1]:
        return rectangle(*box)
    return [
        Ruling(*_box_round([a, b]))
        for a, b in pairwise(outline)
        if abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5
    ]


def _box_round(points: Outline) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
