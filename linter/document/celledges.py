"""Tables whose rows give the edges of their cells (DOC, RTF) → one grid with spans.

Each row is written with edges of its own; a common grid is made of all of them. Edges nearer to each
other than a thin column are one: conversions leave columns of one twip between the real ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from linter.document.model import Cell, Location, Table

THIN_TWIPS = 28.35
"""Half a millimetre: nothing can be written in a narrower column."""

Merge = Literal["", "first", "continues"]


class EdgeCell(NamedTuple):
    """A cell of a row: its edges in twips, its text, and how it is merged along the row and downwards."""

    left: float
    right: float
    text: str
    along: Merge = ""
    down: Merge = ""


def table_of(rows: Sequence[Sequence[EdgeCell]], number: int) -> Table | None:
    """The table of `rows`, the `number`th of its file counted from 1; None where no cell has a width."""
    united = [_united(row) for row in rows]
    edges = {edge for row in united for cell in row for edge in (cell.left, cell.right)}
    lines = _grid_lines(edges)
    if len(lines) < 2:
        return None
    nearest = {edge: _nearest(lines, edge) for edge in edges}
    spans: list[list[int]] = []
    cells: list[Cell] = []
    above: dict[tuple[int, int], int] = {}
    for index, row in enumerate(united):
        here: dict[tuple[int, int], int] = {}
        for order, cell in enumerate(row, 1):
            left, right = nearest[cell.left], nearest[cell.right]
            if right <= left:
                continue
            if cell.down == "continues" and (left, right) in above:
                origin = above[left, right]
                spans[origin][0] += 1
            else:
                origin = len(cells)
                spans.append([1])
                location = _cell_location(number, index + 1, order)
                cells.append(Cell(index, left, cell.text, 1, right - left, location))
            here[left, right] = origin
        above = here
    merged = tuple(
        cell if span[0] == 1 else cell._replace(row_span=span[0])
        for cell, span in zip(cells, spans, strict=True)
    )
    return Table(merged, len(united), len(lines) - 1, location=Location(table=number))


@lru_cache(maxsize=4096)
def _cell_location(table: int, row: int, cell: int) -> Location:
    """The place of a cell. All reports have much the same tables, so that these places are shared."""
    return Location(table=table, row=row, cell=cell)


def _united(row: Sequence[EdgeCell]) -> list[EdgeCell]:
    """The cells of a row with those united that are merged along it."""
    result: list[EdgeCell] = []
    for cell in row:
        if cell.along == "continues" and result:
            before = result[-1]
            text = before.text + ("\n" + cell.text if cell.text.strip() else "")
            result[-1] = before._replace(right=cell.right, text=text)
        else:
            result.append(cell)
    return result


def _grid_lines(edges: Iterable[float]) -> list[float]:
    lines: list[float] = []
    for edge in sorted(edges):
        if not lines or edge - lines[-1] > THIN_TWIPS:
            lines.append(edge)
    return lines


def _nearest(lines: Sequence[float], edge: float) -> int:
    at = bisect_left(lines, edge)
    around = [index for index in (at - 1, at) if 0 <= index < len(lines)]
    return min(around, key=lambda index: abs(lines[index] - edge))
