"""Drawn lines → frames: the slots of each table and the areas they unite to.

Pure geometry. A frame is a set of lines that cross or touch; a border that the page end (or an
open-sided layout) leaves undrawn is completed from the ends of the lines which run up to it; slots
with no line between them are one area.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from linter.document.geometry import THIN, Box, Ruling

JOIN = 3.5
"""Lines nearer than this are one border (double borders, cells drawn with a box each)."""
DASH_GAP = 4.5
"""Pieces on one line with no larger gap between them are one line."""
SHORTEST = 6.0
"""A line shorter than this is no border."""
MOST_LINES = 600
"""With more lines than this the page is a drawing, not a table."""


class Area(NamedTuple):
    """A cell of a grid: position and spans count slots from 0; `box` in points."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


class _Line(NamedTuple):
    """A merged line: `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


# --- lines -------------------------------------------------------------------------------------


def _lines(rulings: Iterable[Ruling]) -> tuple[list[_Line], list[_Line]]:
    """Horizontal and vertical lines. Dots (neither wide nor high) count for both until merged."""
    across: list[_Line] = []
    down: list[_Line] = []
    for x0, top, x1, bottom in rulings:
        width, height = x1 - x0, bottom - top
        if height <= THIN and (width >= 1.5 * height or width <= THIN):
            across.append(_Line((top + bottom) / 2, x0, x1))
        if width <= THIN and (height >= 1.5 * width or height <= THIN):
            down.append(_Line((x0 + x1) / 2, top, bottom))
    return _merged(across), _merged(down)


def _merged(pieces: list[_Line]) -> list[_Line]:
    """Pieces that lie on one line and follow one another → lines long enough for a border."""
    lines: list[_Line] = []
    pieces.sort()
    first = 0
    while first < len(pieces):
        last = first
        while last + 1 < len(pieces) and pieces[last + 1].at - pieces[first].at <= 1.0:
            last += 1
        group = sorted(pieces[first : last + 1], key=lambda piece: piece.start)
        at, start, end = group[0]
        for piece in group[1:]:
            if piece.start <= end + DASH_GAP:
                end = max(end, piece.end)
            else:
                lines.append(_Line(at, start, end))
                at, start, end = piece
        lines.append(_Line(at, start, end))
        first = last + 1
    return [line for line in lines if line.end - line.start >= SHORTEST]


def _clusters(values: Iterable[float]) -> list[float]:
    """Positions with near ones united, each at the middle of what it unites."""
    borders: list[float] = []
    group: list[float] = []
    for value in sorted(values):
        if group and (value - group[-1] > JOIN or value - group[0] > 2 * JOIN):
            borders.append((group[0] + group[-1]) / 2)
            group = []
        group.append(value)
    if group:
        borders.append((group[0] + group[-1]) / 2)
    return borders


def _nearest(borders: Sequence[float], value: float) -> int:
    index = bisect_right(borders, value)
    if index == 0:
        return 0
    if index == len(borders) or value - borders[index - 1] <= borders[index] - value:
        return index - 1
    return index


def _crossing(across: list[_Line], down: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Sets of lines that hang together, as (horizontal, vertical)."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    loose = set(range(len(down)))
    for h, (y, left, right) in enumerate(across):
        for v, (x, top, bottom) in enumerate(down):
            if left - JOIN <= x <= right + JOIN and top - JOIN <= y <= bottom + JOIN:
                parent[root(len(across) + v)] = root(h)
                loose.discard(v)
    # A row higher than the page shows nothing but its side borders: they end at the same heights.
    orphans = sorted(loose)
    for one in orphans:
        for other in orphans:
            a, b = down[one], down[other]
            if one < other and abs(a.start - b.start) <= JOIN and abs(a.end - b.end) <= JOIN:
                parent[root(len(across) + other)] = root(len(across) + one)
    sets: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for h, line in enumerate(across):
        sets[root(h)][0].append(line)
    for v, line in enumerate(down):
        sets[root(len(across) + v)][1].append(line)
    return [lines for lines in sets.values() if len(lines[1]) >= 2 or len(lines[0]) >= 2]


# --- frames ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """A set of lines as slots.

    `owner` maps each slot to its area, `bare` counts the outer sides of each area that nothing is
    drawn along; `open_top` and `open_bottom` tell the borders completed from line ends.
    """

    xs: list[float]
    ys: list[float]
    areas: list[Area]
    owner: dict[tuple[int, int], int]
    bare: list[int]
    open_top: bool
    open_bottom: bool

    @property
    def extent(self) -> float:
        """The surface, for telling an inner frame from an outer one."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def read_frames(rulings: Iterable[Ruling]) -> list[Frame]:
    """The frames of a page, single boxes included; none where the page is a drawing."""
    across, down = _lines(rulings)
    if len(across) > MOST_LINES or len(down) > MOST_LINES:
        return []
    frames = (_frame(h_lines, v_lines) for h_lines, v_lines in _crossing(across, down))
    return [frame for frame in frames if frame is not None]


def _frame(across: list[_Line], down: list[_Line]) -> Frame | None:
    xs, open_left, open_right = _completed(_clusters(line.at for line in down), across)
    ys, open_top, open_bottom = _completed(_clusters(line.at for line in across), down)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1:
        return None
    walls_right = _walls(down, xs, ys)
    walls_below = _walls(across, ys, xs)
    owner: dict[tuple[int, int], int] = {}
    regions: list[list[tuple[int, int]]] = []
    for slot in ((row, column) for row in range(rows) for column in range(columns)):
        row, column = slot
        if slot not in owner and (
            (row + 1 == rows or (row + 1, column) in walls_below)
            and (column + 1 == columns or (column + 1, row) in walls_right)
            and (row == 0 or (row, column) in walls_below)
            and (column == 0 or (column, row) in walls_right)
        ):  # walls all round, as of most
            owner[slot] = len(regions)
            regions.append([slot])
        elif slot not in owner:
            for rectangle_slots in _rectangles(_region(slot, rows, columns, walls_right, walls_below)):
                for each in rectangle_slots:
                    owner[each] = len(regions)
                regions.append(rectangle_slots)
    areas, bare = [], []
    for slots in regions:
        (row, column), (last_row, last_column) = slots[0], slots[-1]
        box = (xs[column], ys[row], xs[last_column + 1], ys[last_row + 1])
        areas.append(Area(row, column, last_row - row + 1, last_column - column + 1, box))
        if 0 < row <= last_row < rows - 1 and 0 < column <= last_column < columns - 1:
            bare.append(0)  # no outer side
            continue
        over, beside = range(column, last_column + 1), range(row, last_row + 1)
        bare.append(
            (row == 0 and not open_top and any((0, step) not in walls_below for step in over))
            + (
                last_row == rows - 1
                and not open_bottom
                and any((rows, step) not in walls_below for step in over)
            )
            + (column == 0 and not open_left and any((0, step) not in walls_right for step in beside))
            + (
                last_column == columns - 1
                and not open_right
                and any((columns, step) not in walls_right for step in beside)
            )
        )
    return Frame(xs, ys, areas, owner, bare, open_top, open_bottom)


def _completed(borders: list[float], crossing: list[_Line]) -> tuple[list[float], bool, bool]:
    """Borders with the outermost ones added where two crossing lines run on to the same end."""
    starts = sorted(line.start for line in crossing)
    ends = sorted((line.end for line in crossing), reverse=True)
    before = next((a for a, b in pairwise(starts) if b - a <= JOIN), None)
    after = next((a for a, b in pairwise(ends) if a - b <= JOIN), None)
    opened_before = before is not None and (not borders or before < borders[0] - SHORTEST)
    if before is not None and opened_before:
        borders = [before, *borders]
    opened_after = after is not None and bool(borders) and after > borders[-1] + SHORTEST
    if after is not None and opened_after:
        borders = [*borders, after]
    return borders, opened_before, opened_after


def _walls(lines: list[_Line], borders: list[float], steps: list[float]) -> set[tuple[int, int]]:
    """(border, step) pairs that are drawn along more than half of the step."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for at, start, end in lines:
        border = _nearest(borders, at)
        for step in range(max(0, bisect_right(steps, start) - 1), len(steps) - 1):
            if steps[step] >= end:
                break
            covered[border, step] += min(end, steps[step + 1]) - max(start, steps[step])
    return {
        (border, step)
        for (border, step), length in covered.items()
        if length > 0.5 * (steps[step + 1] - steps[step])
    }


def _region(
    slot: tuple[int, int],
    rows: int,
    columns: int,
    walls_right: set[tuple[int, int]],
    walls_below: set[tuple[int, int]],
) -> set[tuple[int, int]]:
    """The slots reached from `slot` without crossing a wall."""
    region = {slot}
    todo = [slot]
    while todo:
        row, column = todo.pop()
        steps = (
            (row, column + 1, column + 1 < columns and (column + 1, row) not in walls_right),
            (row, column - 1, column > 0 and (column, row) not in walls_right),
            (row + 1, column, row + 1 < rows and (row + 1, column) not in walls_below),
            (row - 1, column, row > 0 and (row, column) not in walls_below),
        )
        for next_row, next_column, free in steps:
            if free and (next_row, next_column) not in region:
                region.add((next_row, next_column))
                todo.append((next_row, next_column))
    return region


def _rectangles(region: set[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """A region as rectangles of slots, sorted; a gap in a drawn border makes a region crooked."""
    rest = set(region)
    found: list[list[tuple[int, int]]] = []
    while rest:
        row, column = min(rest)
        right = column
        while (row, right + 1) in rest:
            right += 1
        bottom = row
        while all((bottom + 1, each) in rest for each in range(column, right + 1)):
            bottom += 1
        slots = [(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)]
        rest.difference_update(slots)
        found.append(slots)
    return found
