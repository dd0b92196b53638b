"""Rows of tables in a Word 97–2003 file: the edges and merges that a row's mark carries (MS-DOC 2.9.317)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from linter.document.celledges import EdgeCell, Merge
from linter.document.docfile import Damaged

_CELL_BYTES = 20
_MAX_CELLS = 64
_DEFINITION, _INSERT, _DELETE, _WIDTHS, _MERGE, _SPLIT, _MERGE_DOWN = (
    *(0xD608, 0x7621, 0x5622, 0x7623),
    *(0x5624, 0x5625, 0xD62B),
)


class RowShape(NamedTuple):
    """The edges of a row's cells in twips, one more than cells, and each cell's marks of merging.

    `along`: 0 for none, else the first and the further ones of a set differ; `down`: 1 continues the
    cell above, 2 or 3 is the first.
    """

    edges: tuple[int, ...] = ()
    along: tuple[int, ...] = ()
    down: tuple[int, ...] = ()


@lru_cache(maxsize=1024)
def row_shape(data: bytes) -> RowShape:
    """The shape that a row's modifiers give; empty without a definition."""
    edges: list[int] = []
    along: list[int] = []
    down: list[int] = []
    for code, operand in _listed(data):
        if code == _DEFINITION:
            edges, along, down = _defined(operand)
        elif code == _MERGE_DOWN and len(operand) >= 2:
            if operand[0] < len(down):
                down[operand[0]] = operand[1] & 3
        elif code in (_MERGE, _SPLIT):
            first, limit = operand[0], min(operand[1], len(along))
            for index in range(first, limit):
                along[index] = 0 if code == _SPLIT else 2 if index == first else 1
        elif code == _DELETE:
            _delete(edges, along, down, operand[0], operand[1])
        elif code == _INSERT:
            _insert(edges, along, down, operand)
        elif code == _WIDTHS:
            _widen(edges, operand)
    return RowShape(tuple(edges), tuple(along), tuple(down))


def row_cells(shape: RowShape, texts: Sequence[str]) -> list[EdgeCell]:
    """The cells of a row with its texts; cells that the shape has no edges for are left out."""
    cells: list[EdgeCell] = []
    first = 0
    for index, text in enumerate(texts[: len(shape.along)]):
        mark = shape.along[index]
        along: Merge = ""
        if mark and first and mark != first:
            along = "continues"
        else:
            # Which of the two marks is the first one's differs between the descriptions of the format.
            first = mark
            along = "first" if mark else ""
        down: Merge = ("", "continues", "first", "first")[shape.down[index]]
        cells.append(EdgeCell(shape.edges[index], shape.edges[index + 1], text, along, down))
    return cells


def _listed(data: bytes) -> list[tuple[int, bytes]]:
    """The modifiers of a row as `ParagraphLook` keeps them."""
    listed: list[tuple[int, bytes]] = []
    at = 0
    while at + 4 <= len(data):
        code, length = struct.unpack_from("<HH", data, at)
        listed.append((code, data[at + 4 : at + 4 + length]))
        at += 4 + length
    return listed


def _defined(operand: bytes) -> tuple[list[int], list[int], list[int]]:
    count = operand[0]
    if count > _MAX_CELLS:
        raise Damaged
    edges = list(struct.unpack_from(f"<{count + 1}h", operand, 1))
    marks = [0] * count
    start = 1 + 2 * (count + 1)
    for index in range(min(count, (len(operand) - start) // _CELL_BYTES)):
        (marks[index],) = struct.unpack_from("<H", operand, start + _CELL_BYTES * index)
    return edges, [mark & 3 for mark in marks], [mark >> 5 & 3 for mark in marks]


def _delete(edges: list[int], along: list[int], down: list[int], first: int, limit: int) -> None:
    limit = min(limit, len(along))
    if first < limit:
        removed = edges[limit] - edges[first]
        edges[first:] = [edges[first], *(edge - removed for edge in edges[limit + 1 :])]
        del along[first:limit]
        del down[first:limit]


def _insert(edges: list[int], along: list[int], down: list[int], operand: bytes) -> None:
    first, count, width = struct.unpack("<BBh", operand)
    if not edges or first > len(along) or len(along) + count > _MAX_CELLS:
        return
    left = edges[first]
    added = [left + width * (index + 1) for index in range(count)]
    edges[first + 1 :] = [*added, *(edge + width * count for edge in edges[first + 1 :])]
    along[first:first] = [0] * count
    down[first:first] = [0] * count


def _widen(edges: list[int], operand: bytes) -> None:
    first, limit, width = struct.unpack("<BBh", operand)
    for index in range(first, min(limit, len(edges) - 1)):
        change = edges[index] + width - edges[index + 1]
        for later in range(index + 1, len(edges)):
            edges[later] += change
