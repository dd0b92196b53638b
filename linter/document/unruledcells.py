"""The cells of a table without lines on a common grid."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from linter.document.frames import Area
from linter.document.geometry import Box, Char, median
from linter.document.ruling import FilledGrid, Grid
from linter.document.unruledcolumns import Columns, is_value
from linter.document.unruledrows import Band
from linter.document.words import TextRow, Word

Placed: TypeAlias = tuple[int, tuple[int, int], bool, list[Word]]
"""Row, first and last column (-2 and -1 are those of labels), whether it labels, and its words."""


def header_cells(header: Sequence[TextRow], columns: Columns, left: float) -> list[Placed]:
    """The header as rows of what spans several columns, and one row of single columns below them."""
    spanning: list[list[Placed]] = []
    leaves: dict[int, list[Word]] = {}
    corner: list[Word] = []
    count = len(columns.spans)
    for number, row in enumerate(header):
        wide: list[Placed] = []
        below = len(header[number + 1].words) if number + 1 < len(header) else 0
        inside = [
            word
            for word in row.words
            if word.x0 + word.x1 > 2 * columns.labels_end
            and (word.x0 > columns.labels_end - 0.5 * word.em or word.x1 > columns.spans[0][0])
        ]
        for word in row.words:
            place = columns.at(word)
            if word not in inside or place is None:
                corner.append(word)
                continue
            crossing = word.x0 < columns.labels_end - word.em
            apart = not _is_line_of_cell(header, number, columns)
            alone = len(inside) == 1 and count > 2 and len(word.text) > 1 and _is_centered(word, columns)
            first = not leaves and not corner and len(row.words) == 1
            titled = first and (below == count + 1 or _is_centered(word, columns, left))
            if (titled and apart) or (crossing and len(row.words) == 1):
                wide.append((0, (-2, count - 1), False, [word]))
            elif alone and apart:
                wide.append((0, (0, count - 1), False, [word]))
            elif place[0] < place[1]:
                wide.append((0, place, False, [word]))
            else:
                leaves.setdefault(place[0], []).append(word)
        if wide:
            spanning.append(wide)
    cells = [
        (index, place, False, words) for index, wide in enumerate(spanning) for _, place, _, words in wide
    ]
    if leaves or corner:
        cells.append((len(spanning), (-2, -1), False, corner))
        cells += [(len(spanning), (at, at), False, leaves.get(at, [])) for at in range(count)]
    return cells


def _is_line_of_cell(header: Sequence[TextRow], number: int, columns: Columns) -> bool:
    """Whether a row of the header is a line of a cell whose neighbours stand beside it, no line away."""
    row = header[number]
    for other in (*header[max(number - 1, 0) : number], *header[number + 1 : number + 2]):
        names = [word for word in other.words if word.x0 + word.x1 > 2 * columns.labels_end]
        near = abs(other.middle - row.middle) < 0.9 * row.words[0].em
        if near and len(names) >= max(len(columns.spans) - 1, 1):
            return True
    return False


def _is_centered(word: Word, columns: Columns, left: float | None = None) -> bool:
    """Whether a word stands in the middle of the columns, or of all from `left` on."""
    middle = ((columns.spans[0][0] if left is None else left) + columns.borders[-1]) / 2
    return abs((word.x0 + word.x1) / 2 - middle) < 2.0 * word.em


def body_cells(bands: Sequence[Band], columns: Columns) -> list[Placed]:
    """The cells of the rows of figures, counted on from row 1000."""
    cells: list[Placed] = []
    for index, band in enumerate(bands, 1000):
        cells.append((index, (-2, -2), True, list(band.outer)))
        cells.append((index, (-1, -1), True, list(band.label)))
        held: dict[int, list[Word]] = {}
        wide: list[tuple[tuple[int, int], Word]] = []
        for word in band.values:
            place = columns.at(word)
            if place is None:  # beside all columns: then nothing of the row is sure
                wide.append(((0, len(columns.spans) - 1), word))
            elif place[0] < place[1] and not is_value(word):
                wide.append((place, word))
            else:
                middle = (word.x0 + word.x1) / 2
                borders = columns.borders
                at = next((i for i in range(*place) if middle < borders[i + 1]), place[1])
                held.setdefault(at, []).append(word)
        covered: set[int] = set()
        for place, word in wide:
            if covered.isdisjoint(range(place[0], place[1] + 1)):
                words = [word, *(w for at in range(place[0], place[1] + 1) for w in held.pop(at, []))]
                cells.append((index, place, False, words))
                covered.update(range(place[0], place[1] + 1))
        cells += [
            (index, (at, at), False, held.get(at, []))
            for at in range(len(columns.spans))
            if at not in covered
        ]
    return cells


def united(
    cells: Sequence[Placed], header: Sequence[TextRow], bands: Sequence[Band], columns: Columns
) -> FilledGrid:
    """The cells on a common grid: label columns in front where something stands in them."""
    borders = columns.borders
    numbers = sorted({row for row, _, _, _ in cells})
    place_of = {number: index for index, number in enumerate(numbers)}
    labels = [word for _, place, _, words in cells if place[1] < 0 for word in words]
    outer = [word for _, place, is_label, words in cells if is_label and place == (-2, -2) for word in words]
    inner = [
        word.x0 for _, place, is_label, words in cells if is_label and place == (-1, -1) for word in words
    ]
    shift = 2 if outer else 1 if labels else 0
    left = min((word.x0 for word in labels), default=borders[0]) - 2.0
    xs = [min(left, borders[0] - 1.0), *borders] if shift else list(borders)
    if shift == 2:
        middle = max((x for x in inner if x > left + 4), default=(left + borders[0]) / 2)
        middle = median([x for x in inner if x > left + 4] or [middle])
        xs.insert(1, min(max(middle - 1.0, xs[0] + 1.0), borders[0] - 0.5))
    ys = _heights(cells, numbers)
    filled: list[tuple[Area, tuple[Char, ...]]] = []
    for row, (begin, end), is_label, words in cells:
        if not shift and begin < 0 and end < 0:
            continue
        first = max(begin + shift if begin >= 0 else begin + 2, 0) if shift == 2 else max(begin + shift, 0)
        final = max(end + shift, 0)
        if shift == 1 and begin == end == -2:
            continue
        if shift == 2 and is_label and begin == -2 and not words:
            continue
        if shift == 2 and is_label and begin == -1 and not _has(cells, row, -2):
            first = 0
        index = place_of[row]
        box: Box = (xs[first], ys[index], xs[final + 1], ys[index + 1])
        chars = tuple(char for word in words for char in word.chars)
        filled.append((Area(index, first, 1, final - first + 1, box), chars))
    filled.sort(key=lambda cell: (cell[0].row, cell[0].column))
    grid = Grid(tuple(xs), tuple(ys), tuple(area for area, _ in filled))
    return FilledGrid(grid, tuple(chars for _, chars in filled), "aligned")


def _has(cells: Sequence[Placed], row: int, column: int) -> bool:
    return any(cell[0] == row and cell[1] == (column, column) and cell[3] for cell in cells)


def _heights(cells: Sequence[Placed], numbers: Sequence[int]) -> list[float]:
    """Borders between the rows: in the middle between what stands in them."""
    extents: list[tuple[float, float]] = []
    for number in numbers:
        words = [word for row, _, _, words in cells if row == number for word in words]
        tops = [word.top for word in words] or [extents[-1][1] if extents else 0.0]
        bottoms = [word.bottom for word in words] or [tops[0] + 1.0]
        extents.append((min(tops), max(bottoms)))
    ys = [extents[0][0] - 1.0]
    for above, below in pairwise(extents):
        ys.append(max((above[1] + below[0]) / 2, ys[-1] + 0.5))
    ys.append(max(extents[-1][1] + 1.0, ys[-1] + 0.5))
    return ys
