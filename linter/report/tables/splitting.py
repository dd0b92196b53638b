"""A run of digits cut into the figures of a row: how many ways there are, and which agree with the sums.

The cells of a row ran together: 2171218 may be 217, 1, 218 or many others. A figure has no zero in
front, so that a zero is a figure of its own wherever none is under way.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

Figures: TypeAlias = tuple[int, ...]

# Longer runs are not searched; no figure of a report has more digits.
_LONGEST_RUN = 80
_MOST_DIGITS = 9
_MOST_STEPS = 20_000


def only_filling(runs: Sequence[str], columns: int) -> Figures | None:
    """The one way to cut the runs into `columns` figures, a cell never empty; None where there are more.

    Between two runs of digits stands a blank, which parts figures.
    """
    found = _fillings(runs, columns, 2)
    return found[0] if found is not None and len(found) == 1 else None


def forced_figures(runs: Sequence[str], columns: int) -> Figures | None:
    """The figures that stand in so many columns whether a cell may be empty or not, or None.

    They can be cut in one way only, and not into fewer: every zero in front is a figure of its own.
    """
    least = sum(len(run) - len(rest) + bool(rest) for run in runs for rest in [run.lstrip("0")])
    return only_filling(runs, columns) if least == columns else None


def fillings_that_add_up(runs: Sequence[str], groups: Sequence[int], most: int) -> tuple[Figures, ...]:
    """The ways to cut the runs so that the last figure of each group is the sum of those before it.

    `groups` are the sizes of the groups. Nothing where there are more than `most` or the search is long.
    """
    found = _Search(runs, groups).all(most)
    return tuple(found) if found is not None and len(found) <= most else ()


def adds_up(figures: Figures, groups: Sequence[int]) -> bool:
    """Whether the last figure of each group is the sum of those before it."""
    start = 0
    for size in groups:
        if sum(figures[start : start + size - 1]) != figures[start + size - 1]:
            return False
        start += size
    return True


def _fillings(runs: Sequence[str], columns: int, most: int) -> list[Figures] | None:
    """Up to `most` of the ways to cut the runs into so many figures."""
    return _Search(runs, (1,) * columns, sums=False).all(most - 1)


class _Search:
    """Depth first, each figure the shortest first; a dead end is remembered where sums do not matter."""

    def __init__(self, runs: Sequence[str], groups: Sequence[int], *, sums: bool = True) -> None:
        self.text = "".join(runs)
        self.borders = _borders(runs)
        self.last = {end - 1 for end in _ends(groups)} if sums else set[int]()
        self.first = set(_ends(groups)) if sums else set[int]()
        self.columns = sum(groups)
        self.steps = 0
        self.found: list[Figures] = []
        self.fits = cache(self._fits)

    def all(self, most: int) -> list[Figures] | None:
        """The cuts found, at most one more than `most`; None where the search was given up."""
        if not self.text or len(self.text) > _LONGEST_RUN or len(self.text) < self.columns:
            return []
        self._go(0, (), 0, most)
        return None if self.steps > _MOST_STEPS else self.found

    def _go(self, place: int, figures: Figures, total: int, most: int) -> None:
        self.steps += 1
        if self.steps > _MOST_STEPS or len(self.found) > most:
            return
        column = len(figures)
        if column == self.columns:
            self.found.append(figures)
            return
        if column in self.first:
            total = 0
        for end in self._figure_ends(place):
            if not self.fits(end, self.columns - column - 1):
                continue
            value = int(self.text[place:end])
            if column not in self.last or value == total:
                self._go(end, (*figures, value), total + value, most)

    def _figure_ends(self, place: int) -> range:
        """Where a figure that begins at `place` may end."""
        limit = min(self.borders[place], place + _MOST_DIGITS)
        return range(place + 1, (place + 1 if self.text[place] == "0" else limit) + 1)

    def _fits(self, place: int, columns: int) -> bool:
        """Whether the text from `place` on can be cut into so many figures at all."""
        if place == len(self.text) or columns == 0:
            return place == len(self.text) and columns == 0
        return any(self.fits(end, columns - 1) for end in self._figure_ends(place))


def _ends(groups: Sequence[int]) -> list[int]:
    ends: list[int] = []
    for size in groups:
        ends.append((ends[-1] if ends else 0) + size)
    return ends


def _borders(runs: Sequence[str]) -> list[int]:
    """For each digit the end of its run."""
    borders: list[int] = []
    for run in runs:
        borders.extend([len(borders) + len(run)] * len(run))
    return borders
