"""Placing the figures of a text row by the blanks that its empty cells left behind.

Some conversions print a blank between cells, also between empty ones, so that an empty row is a run
of about two blanks a cell. Where several rows of the table show that, a row with fewer figures than
columns can be placed, if the blanks allow one placing only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from linter.document.model import Line


class Placed(Protocol):
    """A value with the line and columns it stands in."""

    @property
    def line(self) -> int:
        """The index of its line."""

    @property
    def start(self) -> int:
        """Where it begins in that line, from 0."""

    @property
    def end(self) -> int:
        """The place after it."""


Value = TypeVar("Value", bound=Placed)
Trace = tuple[tuple[int, int], Sequence[Placed]]

# An empty cell leaves one blank of its own and one between it and the next cell.
_PER_CELL = 2
_LEAST_EMPTY_ROWS = 3


def place_by_blanks(
    label_end: tuple[int, int],
    values: Sequence[Value],
    rows: Sequence[Trace],
    lines: Sequence[Line],
    columns: int,
) -> list[Value | None] | None:
    """The value of each column (None: an empty cell), or None where the blanks do not decide.

    `label_end` is the line and column where the row's label ends; `rows` are all rows of the table
    as (label end, values), the evidence that empty cells leave blanks in this text.
    """
    if columns < 3 or not _empty_cells_leave_blanks(rows, lines, columns):
        return None
    if not values:
        return [None] * columns if _is_empty_row(label_end, lines, columns) else None
    if len({value.line for value in values}) > 1 or len(values) > columns:
        return None
    gaps = _gaps(label_end, values, lines)
    placings = list(_allotments(gaps, columns - len(values)))
    if len(placings) != 1:
        return None
    placed: list[Value | None] = []
    for empty, value in zip(placings[0], (*values, None), strict=True):
        placed.extend([None] * empty)
        if value is not None:
            placed.append(value)
    return placed


def _empty_cells_leave_blanks(rows: Sequence[Trace], lines: Sequence[Line], columns: int) -> bool:
    empty = sum(not values and _is_empty_row(label_end, lines, columns) for label_end, values in rows)
    return empty >= _LEAST_EMPTY_ROWS


def _is_empty_row(label_end: tuple[int, int], lines: Sequence[Line], columns: int) -> bool:
    """Whether the label is followed by the blanks of a whole empty row, on its line or the next."""
    line, column = label_end
    trailing = lines[line].text[column:]
    following = lines[line + 1].text if line + 1 < len(lines) else ""
    least = _PER_CELL * columns - 1
    return any(len(run) >= least and not run.strip() for run in (trailing, following))


def _gaps(label_end: tuple[int, int], values: Sequence[Placed], lines: Sequence[Line]) -> list[int]:
    """The widths of the blanks before, between and after the values."""
    line = values[0].line
    text = lines[line].text
    begin = label_end[1] if label_end[0] == line else 0
    edges = [begin]
    gaps = []
    for value in values:
        gaps.append(value.start - edges[-1])
        edges.append(value.end)
    gaps.append(len(text) - edges[-1])
    return gaps


def _allotments(gaps: Sequence[int], empty: int) -> Iterator[tuple[int, ...]]:
    """Every way to have `empty` empty cells in all, each gap holding as many as fit its width."""
    last = len(gaps) - 1

    def choose(index: int, left: int) -> Iterator[tuple[int, ...]]:
        if index > last:
            if left == 0:
                yield ()
            return
        own = (0, 1, 2) if index in (0, last) else (1, 2, 3)
        for here in sorted(
            {(gaps[index] - blanks) // _PER_CELL for blanks in own if _fits(gaps[index] - blanks)}
        ):
            for rest in choose(index + 1, left - here):
                yield (here, *rest)

    return choose(0, empty)


def _fits(width: int) -> bool:
    """Whether a width is a whole number of empty cells, the blanks of the values' own cells taken off."""
    return width >= 0 and width % _PER_CELL == 0
