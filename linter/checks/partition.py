"""Whether the figures of a list can make up a whole, in any consistent reading of the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from linter.checks.outcome import Number

_MOST = 40  # figures of a list; a longer one is no list of parts


class Figures(NamedTuple):
    """The figures of a list, in order.

    One marked in `heads` may be followed by its own parts (不予公开 3件、国家秘密 1件、内部信息 2件),
    which are not added again. One marked in `ends` may begin something else, so that the list ends
    before it.
    """

    values: Sequence[Number]
    heads: Sequence[bool]
    ends: Sequence[bool]


def adds_up(figures: Figures, wholes: Collection[Number]) -> bool:
    """Whether some reading of the list makes one of `wholes`. A list may divide its whole twice (by
    applicant, then by result): then each division must make the whole."""
    if len(figures.values) > _MOST:
        return True
    return any(_reaches(figures, 0, whole, whole) for whole in wholes)


def _reaches(figures: Figures, at: int, left: Number, whole: Number) -> bool:
    """Whether the figures from `at` on make `left`, or that and then the whole again."""
    if left < 0 or at == len(figures.values):
        return left == 0
    if left == 0 and at and (figures.ends[at] or (whole and _reaches(figures, at, whole, whole))):
        return True
    left -= figures.values[at]
    return any(_reaches(figures, end, left, whole) for end in _behind(figures, at))


def _behind(figures: Figures, at: int) -> list[int]:
    """The places where the list may go on behind a figure: the next, or behind its own parts."""
    value, found = figures.values[at], [at + 1]
    if not figures.heads[at] or not value:
        return found
    run: Number = 0
    for place in range(at + 1, len(figures.values)):
        run += figures.values[place]
        if run > value:
            break
        if run == value and place > at + 1:
            found.append(place + 1)
    return found
