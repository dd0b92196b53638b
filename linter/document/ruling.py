"""Drawn lines → grids of cells with real spans, and characters → the cell they stand in.

Pure geometry, shared by every paged format (PDF, OFD, scans). Coordinates are points from the
page's upper left corner, `top` < `bottom`. A table is a set of lines that cross or touch; a border
that the page end (or an open-sided layout) leaves undrawn is completed from the ends of the lines
which run up to it; slots with no line between them are one cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""(left, top, right, bottom) in points."""

THIN = 3.0
"""A drawn box no thicker than this is a line."""
JOIN = 3.5
"""Lines nearer than this are one border (double borders, cells drawn with a box each)."""
DASH_GAP = 4.5
"""Pieces on one line with no larger gap between them are one line."""
SHORTEST = 6.0
"""A line shorter than this is no border."""
OPEN_STRIP = 12.0
"""A strip left open by a page end and lower than a line of text is the margin of a cut row."""
MOST_LINES = 1200
"""With more lines than this the page is a drawing, not a table."""


class Char(NamedTuple):
    """One character (or ligature) and its box: the advance width, and about the height of the font.

    A tuple, because a document makes thousands of them.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Ruling(NamedTuple):
    """A drawn line, or a dash of one, as the thin box it covers."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of a grid: position and spans count slots from 0; `box` in points."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table. `xs` and `ys` are the borders, so there is one slot fewer of each."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]

    @property
    def box(self) -> Box:
        """The outline."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


@dataclass(frozen=True, slots=True)
class FilledGrid:
    """A grid and the characters of each of its areas, in the order in which they were given."""

    grid: Grid
    chars: tuple[tuple[Char, ...], ...]


class _Line(NamedTuple):
    """A merged line: `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


def rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Ruling, ...]:
    """The four sides of a drawn rectangle."""
    return (
        Ruling(left, top, right, top),
        Ruling(left, bottom, right, bottom),
        Ruling(left, top, left, bottom),
        Ruling(right, top, right, bottom),
    )


def read_grids(rulings: Iterable[Ruling], chars: Sequence[Char]) -> tuple[list[FilledGrid], list[Char]]:
    """The tables of a page from top to bottom, and the characters that stand in none of them.

    A single box, a frame without text and rulings that cross nothing are no tables; their
    characters are among the rest. `chars` must come in the order of the file, blanks included.
    """
    frames = sorted(_frames(rulings), key=lambda frame: frame.extent)
    if not frames:
        return [], list(chars)
    places = _places(frames, chars)
    filled = [_fill(frame, index, places, chars) for index, frame in enumerate(frames)]
    tables = [table for table in filled if table is not None]
    kept = {index for index, table in enumerate(filled) if table is not None}
    rest = [char for char, place in zip(chars, places, strict=True) if place is None or place[0] not in kept]
    return sorted(tables, key=lambda table: table.grid.ys[0]), rest


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
class _Frame:
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
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def _frames(rulings: Iterable[Ruling]) -> list[_Frame]:
    across, down = _lines(rulings)
    if len(across) > MOST_LINES or len(down) > MOST_LINES:
        return []
    frames = (_frame(h_lines, v_lines) for h_lines, v_lines in _crossing(across, down))
    return [frame for frame in frames if frame is not None]


def _frame(across: list[_Line], down: list[_Line]) -> _Frame | None:
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
        if slot not in owner:
            for rectangle_slots in _rectangles(_region(slot, rows, columns, walls_right, walls_below)):
                for each in rectangle_slots:
                    owner[each] = len(regions)
                regions.append(rectangle_slots)
    areas, bare = [], []
    for slots in regions:
        (row, column), (last_row, last_column) = slots[0], slots[-1]
        box = (xs[column], ys[row], xs[last_column + 1], ys[last_row + 1])
        areas.append(Area(row, column, last_row - row + 1, last_column - column + 1, box))
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
    return _Frame(xs, ys, areas, owner, bare, open_top, open_bottom)


def _completed(borders: list[float], crossing: list[_Line]) -> tuple[list[float], bool, bool]:
    """Borders with the outermost ones added where two crossing lines run on to the same end."""
    starts = sorted(line.start for line in crossing)
    ends = sorted((line.end for line in crossing), reverse=True)
    before = next((a for a, b in zip(starts, starts[1:], strict=False) if b - a <= JOIN), None)
    after = next((a for a, b in zip(ends, ends[1:], strict=False) if a - b <= JOIN), None)
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


# --- characters --------------------------------------------------------------------------------

_Place: TypeAlias = tuple[int, int] | None
_DIGITS = frozenset("0123456789.,%")


def _places(frames: Sequence[_Frame], chars: Sequence[Char]) -> list[_Place]:
    """For each character the (frame, area) that holds its centre; the smallest frame wins."""
    places: list[_Place] = []
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        place: _Place = None
        for index, frame in enumerate(frames):
            xs, ys = frame.xs, frame.ys
            if xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]:
                slot = (bisect_right(ys, y) - 1, bisect_right(xs, x) - 1)
                place = (index, frame.owner[slot])
                break
        places.append(place)
    _keep_numbers_whole(chars, places)
    return places


def _keep_numbers_whole(chars: Sequence[Char], places: list[_Place]) -> None:
    """A number too wide for its cell runs over the border: it belongs where most of it stands."""
    start = 0
    while start < len(chars):
        end = start + 1
        while end < len(chars) and _same_number(chars[end - 1], chars[end]):
            end += 1
        run = places[start:end]
        if len(set(run)) > 1:
            inside = [place for place in run if place is not None]
            places[start:end] = [Counter(inside).most_common(1)[0][0]] * len(run)
        start = end


def _same_number(a: Char, b: Char) -> bool:
    return (
        a.text in _DIGITS
        and b.text in _DIGITS
        and abs(a.bottom - b.bottom) < 1.0
        and -0.3 < b.x0 - a.x1 < 0.06 * (a.bottom - a.top)
    )


def _fill(frame: _Frame, index: int, places: Sequence[_Place], chars: Sequence[Char]) -> FilledGrid | None:
    """The frame with its characters; None where it is no table."""
    held: dict[int, list[Char]] = defaultdict(list)
    for char, place in zip(chars, places, strict=True):
        if place is not None and place[0] == index:
            held[place[1]].append(char)
    written = {area for area, content in held.items() if any(char.text != " " for char in content)}
    rows = range(len(frame.ys) - 1)
    first, last = _filled_rows(frame, written, rows)
    kept = [
        area
        for area in range(len(frame.areas))
        if (area in written or frame.bare[area] < 2)
        and frame.areas[area].row + frame.areas[area].row_span > first
        and frame.areas[area].row <= last
    ]
    columns = len(frame.xs) - 1
    enough = len(kept) >= 2 and (len(written) >= 2 if columns == 1 else bool(written) or columns >= 3)
    if not enough:
        return None
    kept.sort(key=lambda area: (frame.areas[area].row, frame.areas[area].column))
    ys = frame.ys[first : last + 2]
    areas = tuple(_cut(frame.areas[area], first, last, ys) for area in kept)
    return FilledGrid(Grid(tuple(frame.xs), tuple(ys), areas), tuple(tuple(held[area]) for area in kept))


def _filled_rows(frame: _Frame, written: set[int], rows: range) -> tuple[int, int]:
    """First and last row, without the empty strip that a row cut by the page end leaves."""

    def empty(row: int) -> bool:
        low = frame.ys[row + 1] - frame.ys[row] < OPEN_STRIP
        owners = {frame.owner[row, column] for column in range(len(frame.xs) - 1)}
        starts_here = {area for area in owners if frame.areas[area].row_span == 1}
        return low and not (starts_here & written)

    first, last = rows[0], rows[-1]
    if frame.open_top and first < last and empty(first):
        first += 1
    if frame.open_bottom and first < last and empty(last):
        last -= 1
    return first, last


def _cut(area: Area, first: int, last: int, ys: Sequence[float]) -> Area:
    """The area within the rows that are kept, counted from the first of them."""
    row = max(area.row, first) - first
    bottom = min(area.row + area.row_span - 1, last) - first
    box = (area.box[0], ys[row], area.box[2], ys[bottom + 1])
    return Area(row, area.column, bottom - row + 1, area.column_span, box)
