"""Rows of the statistics table from grids: the label by its words, the figure by its column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from linter.document.model import Cell, Location, Table
from linter.report.model import State
from linter.report.statistics.labels import UNITS, FoundRow, rows_named
from linter.report.tables.values import is_blank, read_value

UNPLACED = "这一行的单元格与表头不符，无法确定哪一格是本年度的数"

Role: TypeAlias = Literal["value", "cumulative", "other"]
_LEAST_ROWS = 4
# Formats in which a page end may swallow rows without a trace.
_LOSSY_SOURCES = frozenset({"tabs", "ruled"})


class _Column(NamedTuple):
    start: int
    end: int
    role: Role


class _Segment(NamedTuple):
    """A label with the cells up to the next one; a page may set two halves side by side."""

    label: Cell | None
    keys: tuple[str, ...]
    cells: tuple[Cell, ...]


def is_statistics(grid: Table) -> bool:
    """Whether the grid has enough of the table's labels."""
    named = {keys for cell in grid.cells if len(cell.text) > 1 and (keys := rows_named(cell.text))}
    headed = any("指标名称" in "".join(cell.text.split()) for cell in grid.row(0))
    return len(named) >= (2 if headed else _LEAST_ROWS)


def continues(grid: Table) -> bool:
    """Whether the grid has a label of the table at all, so that it may be the next piece of it."""
    return any(rows_named(cell.text) for cell in grid.cells if len(cell.text) > 1)


def rows_of_grids(grids: Sequence[Table]) -> list[FoundRow]:
    """The rows of the table, which may be cut into several grids by page ends."""
    found: list[FoundRow] = []
    header: tuple[_Column, ...] = ()
    for grid in grids:
        segments = [_segments(grid.row(row)) for row in range(grid.row_count)]
        # Side by side, the rows above one another are not those that follow one another.
        side_by_side = sum(sum(bool(part.keys) for part in row) > 1 for row in segments) > 1
        units = _unit_columns(grid, segments)
        header = _header(grid, segments) or header
        widths = Counter(
            len(_figures(part, units)) for row in segments for part in row if len(part.keys) == 1
        )
        usual = widths.most_common(1)[0][0] if widths else 0
        torn = grid is not grids[0] and grid.source in _LOSSY_SOURCES
        for row in segments:
            for part in row:
                if part.keys:
                    found.append(_row(part, units, header, usual, torn=torn or side_by_side))
                    torn = False
                elif part.label is not None:
                    found.append(_unknown_row(part.label, _figures(part, units)))
    return found


def _segments(cells: Sequence[Cell]) -> list[_Segment]:
    parts: list[_Segment] = []
    for cell in cells:
        keys = rows_named(cell.text)
        if keys or not parts:
            is_label = bool(keys) or _is_words(cell)
            parts.append(_Segment(cell if is_label else None, keys, () if is_label else (cell,)))
        elif not parts[-1].keys and not parts[-1].cells and _is_words(cell):
            # A group label at the left of an unknown label.
            parts[-1] = _Segment(cell, (), ())
        else:
            parts[-1] = parts[-1]._replace(cells=(*parts[-1].cells, cell))
    labelled = [part for part in parts if part.keys]
    # A group label before the known label is no row of its own.
    return labelled or parts


def _is_words(cell: Cell) -> bool:
    text = "".join(cell.text.split())
    return bool(text) and text not in UNITS and read_value(text).state is State.TEXT


def _unit_columns(grid: Table, segments: Sequence[Sequence[_Segment]]) -> frozenset[int]:
    """The columns in which units stand, told by the rows of the form."""
    votes: Counter[int] = Counter()
    for row in segments:
        for part in row:
            votes.update(cell.column for cell in part.cells if "".join(cell.text.split()) in UNITS)
    headed = {
        cell.column for cell in grid.cells if "".join(cell.text.split()) in ("计量单位", "单位", "计算单位")
    }
    return frozenset({column for column, count in votes.items() if count > 1} | headed)


def _header(grid: Table, segments: Sequence[Sequence[_Segment]]) -> tuple[_Column, ...]:
    """The columns as the lowest row above the first label names them; empty where none does.

    What spans the whole grid (a title, a year) heads no column.
    """
    first = next((index for index, row in enumerate(segments) if any(part.keys for part in row)), 0)
    for index in range(first - 1, -1, -1):
        columns = [
            _Column(cell.column, cell.column + cell.column_span, role)
            for cell in grid.row(index)
            if cell.column and (role := role_of("".join(cell.text.split()))) is not None
        ]
        if any(column.role == "value" for column in columns):
            return tuple(columns)
    return ()


def role_of(heading: str) -> Role | None:
    """What stands in a column by its heading; None for words that head no column."""
    if re.search("指标|单位|统计表|项目", heading):
        return None
    if "累计" in heading:
        return "cumulative"
    if re.search("上年|去年|上一年|同比|备注|说明|增[减长]", heading):
        return "other"
    return "value" if re.search(r"20\d\d|年度|本年|当年|统计|数|填报|合计", heading) else None


def _figures(part: _Segment, units: frozenset[int]) -> list[Cell]:
    return [
        cell for cell in part.cells if cell.column not in units and "".join(cell.text.split()) not in UNITS
    ]


def _unknown_row(label: Cell, figures: Sequence[Cell]) -> FoundRow:
    values = {str(place): (cell.text, cell.location) for place, cell in enumerate(figures)}
    return FoundRow((), label.text.strip(), values, label.location)


def _row(
    part: _Segment, units: frozenset[int], header: Sequence[_Column], usual: int, *, torn: bool
) -> FoundRow:
    label = part.label
    assert label is not None
    figures = _figures(part, units)
    values: dict[str, tuple[str, Location]] = {}
    lost = None
    if header:
        for cell in figures:
            over = [c for c in header if c.start < cell.column + cell.column_span and cell.column < c.end]
            role = over[0].role if len(over) == 1 else "other"
            if role != "other":
                lost = UNPLACED if role in values else lost
                values[role] = (cell.text, cell.location)
            elif len(over) > 1 and not is_blank(cell.text):
                lost = UNPLACED
        lost = lost or (None if "value" in values else UNPLACED)
    elif usual == len(figures) == 1:
        values["value"] = (figures[0].text, figures[0].location)
    else:
        lost = UNPLACED
    return FoundRow(part.keys, label.text.strip(), {} if lost else values, label.location, lost, torn)
