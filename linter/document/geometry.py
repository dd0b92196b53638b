"""The common ground of paged formats: characters and drawn lines with their boxes.

Coordinates are points from the page's upper left corner; `top` < `bottom`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple, TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""(left, top, right, bottom) in points."""

THIN = 3.0
"""A drawn box no thicker than this is a line."""


class Char(NamedTuple):
    """One character (or ligature) and its box: the advance width, and about the height of the font.

    A tuple, because a document makes thousands of them. `doubtful` tells that it may be misread.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    doubtful: bool = False


char_of: Callable[[tuple[str, float, float, float, float, bool]], Char] = partial(tuple.__new__, Char)
"""A Char of its values, all of them: where thousands are made, in half the time."""


class Ruling(NamedTuple):
    """A drawn line, or a dash of one, as the thin box it covers."""

    x0: float
    top: float
    x1: float
    bottom: float


def rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Ruling, ...]:
    """The four sides of a drawn rectangle."""
    return (
        Ruling(left, top, right, top),
        Ruling(left, bottom, right, bottom),
        Ruling(left, top, left, bottom),
        Ruling(right, top, right, bottom),
    )


def is_wide(text: str) -> bool:
    """Whether a character is set in a full square, as Han characters and their punctuation are."""
    return text >= "\u2e80" or text in "“”‘’…—"


def median(values: Iterable[float]) -> float:
    """The middle value. Raises IndexError if there is none; `statistics` would be slow to import."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
