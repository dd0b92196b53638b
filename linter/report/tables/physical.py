"""Step one of table recovery: which grids and lines of the flow are pieces of a standard table.

A piece is a run of grid rows, or of text lines, that belong to one standard table; one grid may hold
several tables, and one table is usually several pieces, cut by page ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from linter.document.model import Cell, Line, Table
from linter.report.flow import Item, Piece, Text
from linter.report.headings import heading_key
from linter.report.norm import TABLE_KEYS, table_spec
from linter.report.tables.labels import compact, tables_named_by
from linter.report.tables.values import looks_like_value

# A header torn from its row by a page end may show a few columns more or fewer.
_WIDTH_SLACK = 3


def recognise_tables(items: Sequence[Item]) -> tuple[Item, ...]:
    """The flow with every grid and text line of a standard table turned into a `Piece`."""
    from linter.report.tables.textregions import recognise_text_tables

    found: list[Item] = []
    for item in items:
        if isinstance(item, Table):
            found.extend(_pieces_of(item, found))
        else:
            found.append(item)
    return _without_foreign(recognise_text_tables(found))


def _without_foreign(items: Sequence[Item]) -> tuple[Item, ...]:
    """The flow with grids that only resemble a standard table left as they were.

    A report may have tables of its own in other sections, of permits or penalties say. Where a standard
    table is found in its own section, its likeness elsewhere is none of it.
    """
    sections: list[str | None] = []
    section: str | None = None
    for item in items:
        if isinstance(item, Text) and (heading := heading_key(item.text)) and heading.standard:
            section = heading.key
        sections.append(section)
    at_home = {
        item.table
        for item, section in zip(items, sections, strict=True)
        if isinstance(item, Piece) and section == item.table
    }
    return tuple(
        item.grid
        if isinstance(item, Piece)
        and item.grid
        and item.table in at_home
        and section not in (None, item.table)
        else item
        for item, section in zip(items, sections, strict=True)
    )


def _pieces_of(grid: Table, before: Sequence[Item]) -> list[Item]:
    keys = _row_tables(grid)
    if not any(keys):
        continued = _continued_table(grid, before) or _table_of_figures(grid, before)
        return [Piece(continued, grid, location=grid.location)] if continued else [grid]
    pieces: list[Item] = []
    start = 0
    for end in range(1, grid.row_count + 1):
        if end == grid.row_count or keys[end] != keys[start]:
            part = _rows(grid, start, end)
            key = keys[start]
            pieces.append(Piece(key, part, location=part.location) if key else part)
            start = end
    return pieces


def _row_tables(grid: Table) -> list[str | None]:
    """For each row the standard table it belongs to; rows that name none go with their neighbours."""
    votes: list[list[str]] = [[] for _ in range(grid.row_count)]
    for cell in grid.cells:
        votes[cell.row].extend(tables_named_by(cell.text))
    named = [max(row, key=row.count) if row else None for row in votes]
    if sum(key is not None for key in named) < _needed(grid):
        return [None] * grid.row_count
    keys = list(named)
    for row in range(1, grid.row_count):
        keys[row] = keys[row] or keys[row - 1]
    for row in range(grid.row_count - 2, -1, -1):
        keys[row] = keys[row] or keys[row + 1]
    return keys


def _needed(grid: Table) -> int:
    """How many rows must name a standard table: a chance word in a foreign table is not enough."""
    return 1 if grid.row_count < 8 else 2


def _continued_table(grid: Table, before: Sequence[Item]) -> str | None:
    """The table that a grid without any label continues: a piece of equal width right before it."""
    for item in reversed(before):
        if isinstance(item, Piece) and item.grid is not None:
            as_wide = abs(item.grid.column_count - grid.column_count) <= _WIDTH_SLACK
            return item.table if as_wide and _has_row_of_values(grid) else None
        if isinstance(item, Text) and is_page_number(item.text):
            continue
        return None
    return None


def _table_of_figures(grid: Table, before: Sequence[Item]) -> str | None:
    """The table without row labels whose figures a grid without lines holds, below its section's heading.

    Without lines, the words of its header may be torn or stand outside the grid.
    """
    if grid.source != "aligned":
        return None
    headings = (heading_key(item.text) for item in reversed(before) if isinstance(item, Text))
    section = next((heading.key for heading in headings if heading and heading.standard), None)
    if section not in TABLE_KEYS or any(block.rows for block in table_spec(section, "2021").blocks):
        return None
    due = len(table_spec(section, "2021").blocks[0].columns)
    rows = [[cell.text for cell in grid.row(row) if cell.text.strip()] for row in range(grid.row_count)]
    return section if any(len(row) == due and all(map(looks_like_value, row)) for row in rows) else None


def _has_row_of_values(grid: Table) -> bool:
    rows = [grid.row(row) for row in range(grid.row_count)]
    return any(
        len(row) > 2 and sum(looks_like_value(cell.text) for cell in row) * 3 >= len(row) * 2 for row in rows
    )


def _rows(grid: Table, start: int, end: int) -> Table:
    """The rows start…end of a grid as a grid of their own; cells keep their positions in the file."""
    if (start, end) == (0, grid.row_count):
        return grid
    cells = tuple(
        Cell(
            row=max(cell.row, start) - start,
            column=cell.column,
            text=cell.text if cell.row >= start else "",
            row_span=min(cell.row + cell.row_span, end) - max(cell.row, start),
            column_span=cell.column_span,
            location=cell.location,
        )
        for cell in grid.cells
        if cell.row < end and cell.row + cell.row_span > start
    )
    location = next((cell.location for cell in cells), grid.location)
    return Table(cells, end - start, grid.column_count, grid.source, location, grid.edges)


def lines_of(text: Text) -> tuple[Line, ...]:
    """The physical lines of a text; the text itself where the format has none."""
    return text.lines or (Line(text.text, text.location),)


def is_page_number(text: str) -> bool:
    """Whether a stray line is only a page number."""
    return bool(re.fullmatch(r"[-—–－·.]*(第?\d{1,3}页?)([/共]\d{1,3}页?)?[-—–－·.]*", compact(text)))
