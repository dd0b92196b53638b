"""Paths of an OFD page (`AbbreviatedData`) → the lines they draw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from linter.document.affine import Matrix, moved
from linter.document.geometry import THIN, Box, Ruling, rectangle

Outline: TypeAlias = list[tuple[float, float]]

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_SHADING_POINTS = 5
_FARTHEST = 1e9


def read_outlines(data: str, matrix: Matrix, most: int) -> tuple[list[Outline], Outline]:
    """The straight outlines of a path, and all its points, at most about so many.

    A curve ends an outline; the next one begins where the curve leads to. Where the data break the
    grammar, nothing is read.
    """
    try:
        try:
            outlines, points = _read(data.split(), matrix, most)
        except (ValueError, KeyError):  # written without blanks
            outlines, points = _read(_TOKEN.findall(data), matrix, most)
    except (ValueError, KeyError, IndexError):
        return [], []
    # False, too, where one of them is no number.
    return (outlines, points) if sum(abs(x) + abs(y) for x, y in points) < _FARTHEST else ([], [])


def _read(tokens: Sequence[str], matrix: Matrix, most: int) -> tuple[list[Outline], Outline]:
    a, b, c, d, e, f = matrix
    outlines: list[Outline] = []
    points: Outline = []
    everything: Outline = []
    at, last = 0, len(tokens)
    while at < last and len(everything) < most:
        sign = tokens[at]
        end = at + _OPERANDS[sign]
        if sign == "C":
            if len(points) > 1:
                outlines.append([*points, points[0]] if points[-1] != points[0] else points)
                points = points[:1]
            at += 1
            continue
        x, y = float(tokens[end - 1]), float(tokens[end])
        point = (a * x + c * y + e, b * x + d * y + f)
        everything.append(point)
        if sign == "L" and points:
            points.append(point)
        else:
            if sign in ("Q", "B"):
                pairs = zip(tokens[at + 1 : end - 1 : 2], tokens[at + 2 : end - 1 : 2], strict=True)
                everything += [moved(float(x), float(y), matrix) for x, y in pairs]
            if len(points) > 1:
                outlines.append(points)
            points = [point]
        at = end + 1
    if len(points) > 1:
        outlines.append(points)
    return outlines, everything


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
