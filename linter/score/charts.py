"""The figures behind the charts; the macros of templates/score/charts.html.j2 draw them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

_STEPS = (Decimal("0.0"), Decimal("0.05"), Decimal("0.15"), Decimal("0.3"), Decimal("0.5"))


class Bar(NamedTuple):
    """A bar: its label, its value, and the text shown at it."""

    label: str
    value: float
    text: str = ""


def histogram(totals: Iterable[Decimal], width: int = 10) -> list[Bar]:
    """How many scores lie in each class of `width` points; the highest class holds 100 as well."""
    counts = [0] * (100 // width)
    for total in totals:
        counts[min(int(total) // width, len(counts) - 1)] += 1
    first = next((index for index, count in enumerate(counts) if count), len(counts) - 1)
    return [
        Bar(f"{index * width}–{(index + 1) * width}", count, str(count))
        for index, count in enumerate(counts)
        if index >= min(first, 5)
    ]


def shade(lost: int, decided: int) -> int:
    """0 (nothing lost) to 5 (half or more): the step of the heat map."""
    share = Decimal(lost) / decided
    return sum(share > step for step in _STEPS[:-1]) + (share >= _STEPS[-1])


class Point(NamedTuple):
    """A year on a line, with None where nothing is known. Its figure stands above it, or below."""

    label: str
    value: float | None
    above: bool = True


class Line(NamedTuple):
    """A line of a chart of 0 to 100; `name` is its class and says its colour."""

    name: str
    title: str
    points: Sequence[Point]


def apart(one: Line, other: Line) -> list[Line]:
    """Two lines of the same years whose figures do not stand on each other: the larger has its above."""
    firsts, seconds = [], []
    for first, second in zip(one.points, other.points, strict=True):
        above = (first.value or 0) >= (second.value or 0)
        firsts.append(first._replace(above=above))
        seconds.append(second._replace(above=not above))
    return [one._replace(points=firsts), other._replace(points=seconds)]
