"""Ruled tables: drawn lines and characters → cells with real spans and the characters in them.

Pure geometry, shared by every paged format (PDF, OFD, scans).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from linter.document.frames import Area, Frame, read_frames
from linter.document.geometry import Box, Char, Ruling, is_wide

OPEN_STRIP = 12.0
"""A strip left open by a page end and lower than a line of text is the margin of a cut row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. `xs` and `ys` are the borders, so there is one slot fewer of each.

    `open_ended` tells that no line is drawn along its top nor along its bottom.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    open_ended: bool = False

    @property
    def box(self) -> Box:
        """The outline."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


@dataclass(frozen=True, slots=True)
class FilledGrid:
    """A grid and the characters of each of its areas, in the order in which they were given.

    `source` says where the borders come from, as that of a Table does.
    """

    grid: Grid
    chars: tuple[tuple[Char, ...], ...]
    source: str = "ruled"


def read_grids(rulings: Iterable[Ruling], chars: Sequence[Char]) -> tuple[list[FilledGrid], list[Char]]:
    """The tables of a page from top to bottom, and the characters that stand in none of them.

    A frame without text and rulings that cross nothing are no tables; their characters are among the
    rest. A single box is a grid of one area: most likely a frame round a paragraph, but at a page's
    end or beginning perhaps a row of a table. `chars` must come in the order of the file.
    """
    frames = sorted(read_frames(rulings), key=lambda frame: frame.extent)
    if not frames:
        return [], list(chars)
    places = _places(frames, chars)
    filled = [_fill(frame, held) for frame, held in zip(frames, _held(frames, places, chars), strict=True)]
    tables = [table for table in filled if table is not None]
    kept = {index for index, table in enumerate(filled) if table is not None}
    rest = [char for char, place in zip(chars, places, strict=True) if place is None or place[0] not in kept]
    return sorted(tables, key=lambda table: table.grid.ys[0]), rest


# --- characters --------------------------------------------------------------------------------

_Place: TypeAlias = tuple[int, int] | None
_DIGITS = frozenset("0123456789.,%")


def _places(frames: Sequence[Frame], chars: Sequence[Char]) -> list[_Place]:
    """For each character the (frame, area) that holds its centre; the smallest frame wins."""
    bounds = [
        (index, frame.xs[0], frame.xs[-1], frame.ys[0], frame.ys[-1], frame)
        for index, frame in enumerate(frames)
    ]
    places: list[_Place] = []
    for _, x0, top, x1, bottom, _ in chars:
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        for index, left, right, first, last, frame in bounds:
            if left <= x < right and first <= y < last:
                slot = bisect_right(frame.ys, y) - 1, bisect_right(frame.xs, x) - 1
                places.append((index, frame.owner[slot]))
                break
        else:
            places.append(None)
    _keep_numbers_whole(chars, places)
    _keep_columns_whole(frames, chars, places)
    return places


def _place(frames: Sequence[Frame], x: float, y: float) -> _Place:
    for index, frame in enumerate(frames):
        xs, ys = frame.xs, frame.ys
        if xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]:
            return index, frame.owner[bisect_right(ys, y) - 1, bisect_right(xs, x) - 1]
    return None


def _keep_numbers_whole(chars: Sequence[Char], places: list[_Place]) -> None:
    """A number too wide for its cell runs over the border: it belongs where most of it stands."""
    end = 0
    for start in [index for index, char in enumerate(chars) if char[0] in _DIGITS]:
        if start < end:
            continue
        end = start + 1
        while end < len(chars) and _same_number(chars[end - 1], chars[end]):
            end += 1
        run = places[start:end]
        if len(set(run)) > 1:
            inside = [place for place in run if place is not None]
            places[start:end] = [Counter(inside).most_common(1)[0][0]] * len(run)


def _same_number(a: Char, b: Char) -> bool:
    return (
        a.text in _DIGITS
        and b.text in _DIGITS
        and abs(a.bottom - b.bottom) < 1.0
        and -0.3 < b.x0 - a.x1 < 0.06 * (a.bottom - a.top)
    )


def _keep_columns_whole(frames: Sequence[Frame], chars: Sequence[Char], places: list[_Place]) -> None:
    """Vertical text too long for its row runs over the border below: it belongs where it begins."""
    piles: list[range] = []
    # The next one beside it on the same line, as of nearly all: not worth a second look.
    starts = [
        index for index, (a, b) in enumerate(pairwise(chars)) if a[2] != b[2] or b[1] < (a[1] + a[3]) / 2
    ]
    end = 0
    for start in starts:
        if start < end:
            continue
        end = start + 1
        if _one_place(chars[start], chars[end]):
            while end < len(chars) and _one_place(chars[start], chars[end]):
                end += 1
            piles.append(range(start, end))
        elif step := _step_down(chars[start], chars[end]):
            while end + 1 < len(chars) and abs(_step_down(chars[end], chars[end + 1]) - step) < 0.25 * step:
                end += 1
            if end - start >= 2 and places[start + 1] == places[start]:
                places[start : end + 1] = [places[start]] * (end + 1 - start)
    _raise_piles(frames, chars, places, piles)


def _raise_piles(
    frames: Sequence[Frame], chars: Sequence[Char], places: list[_Place], piles: Sequence[range]
) -> None:
    """Columns of text that a producer prints all in one place, too low: a cell with a text of its own
    below a border is not theirs."""
    piled = {index for pile in piles for index in pile}
    taken = {place for index, place in enumerate(places) if index not in piled and chars[index].text != " "}
    for pile in piles:
        run = [chars[index] for index in pile]
        x, top = (run[0].x0 + run[0].x1) / 2, min(char.top for char in run)
        place = _place(frames, x, top)
        if place is not None and place in taken:
            above = _place(frames, x, frames[place[0]].areas[place[1]].box[1] - 1.0)
            place = place if above is None or above in taken else above
        for index in pile:
            places[index] = place


def _one_place(a: Char, b: Char) -> bool:
    """Whether two different characters are printed over one another."""
    size = a.x1 - a.x0
    return (
        abs(a.x0 - b.x0) < 0.2 * size
        and abs(a.top - b.top) < 0.2 * size
        and a.text != b.text
        and is_wide(a.text)
        and is_wide(b.text)
        and not a.text.isdigit()
        and not b.text.isdigit()
    )


def _step_down(a: Char, b: Char) -> float:
    """The distance at which `b` stands right below `a` in vertical text, or 0."""
    size = a.x1 - a.x0
    down = b.top - a.top
    apart = abs(a.x0 + a.x1 - b.x0 - b.x1) > 0.4 * size or not 0.6 * size < down < 1.8 * size
    return 0.0 if apart or not is_wide(a.text) or not is_wide(b.text) else down


def _held(
    frames: Sequence[Frame], places: Sequence[_Place], chars: Sequence[Char]
) -> list[dict[int, list[Char]]]:
    """For each frame the characters of its areas."""
    held: list[dict[int, list[Char]]] = [defaultdict(list) for _ in frames]
    for char, place in zip(chars, places, strict=True):
        if place is not None:
            held[place[0]][place[1]].append(char)
    return held


def _fill(frame: Frame, held: dict[int, list[Char]]) -> FilledGrid | None:
    """The frame with its characters, by area; None where it is no table."""
    written = {area for area, content in held.items() if any(char[0] != " " for char in content)}
    rows = _kept_rows(frame, written)
    shown = set(rows)
    kept = [
        (area, tuple(held.get(index, ())))
        for index, area in enumerate(frame.areas)
        if (index in written or not frame.bare[index]) and not shown.isdisjoint(_rows_of(area))
    ]
    columns = len(frame.xs) - 1
    enough = len(written) >= 2 if columns == 1 else bool(written) or columns >= 3
    if not kept or not (enough or (len(kept) == 1 and written)):
        return None
    ys = (*(frame.ys[row] for row in rows), frame.ys[rows[-1] + 1])
    cells = sorted(
        ((_renumbered(area, rows, ys), content) for area, content in kept),
        key=lambda cell: (cell[0].row, cell[0].column),
    )
    areas = tuple(area for area, _ in cells)
    grid = Grid(tuple(frame.xs), ys, areas, frame.open_top and frame.open_bottom)
    return FilledGrid(grid, tuple(content for _, content in cells))


def _rows_of(area: Area) -> range:
    return range(area.row, area.row + area.row_span)


def _kept_rows(frame: Frame, written: set[int]) -> list[int]:
    """The slot rows that are rows of the table.

    A row cut by a page end leaves an empty strip where nothing but the outer border goes on; and the
    empty rest of a group label cut there may end at another height than the rows beside it.
    """
    starting: dict[int, list[int]] = defaultdict(list)
    for index, area in enumerate(frame.areas):
        starting[area.row].append(index)
    last = len(frame.ys) - 2
    rows = []
    for row in range(last + 1):
        own = [index for index in starting[row] if frame.areas[index].row_span == 1 or row > 0]
        if any(index in written for index in own):
            rows.append(row)
            continue
        at_open_end = (row == 0 and frame.open_top) or (row == last and frame.open_bottom)
        low = frame.ys[row + 1] - frame.ys[row] < OPEN_STRIP
        width = sum(frame.areas[index].column_span for index in own)
        strip = at_open_end and (low or len(own) <= 1)
        rest_of_group = row > 0 and 2 * width < len(frame.xs) - 1
        if not strip and not rest_of_group:
            rows.append(row)
    return rows or [0]


def _renumbered(area: Area, rows: Sequence[int], ys: Sequence[float]) -> Area:
    """The area within the rows that are kept, counted among them."""
    if len(rows) == rows[-1] + 1:
        last = min(area.row + area.row_span, len(rows))
        box = (*area.box[:3], ys[last])
        return Area(area.row, area.column, last - area.row, area.column_span, box)
    own = [index for index, row in enumerate(rows) if row in _rows_of(area)]
    box = (area.box[0], ys[own[0]], area.box[2], ys[own[-1] + 1])
    return Area(own[0], area.column, len(own), area.column_span, box)
