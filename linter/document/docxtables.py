"""The tables of a DOCX file: rows, cells and the several ways of merging them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from lxml import etree

from linter.document.docxcolumns import align, preferred_width, twips
from linter.document.docxnames import DELETED, TC, TCPR, TR, TRACKED, TRPR, VAL, T, W, is_on
from linter.document.docxraw import PICTURE_ONLY, Grid, GridCell, Raw, Row, Text, cell_text, has_content
from linter.document.docxseen import Seen
from linter.document.docxwrappers import surrounded
from linter.document.model import Picture

_GRID, _GRID_COLUMN, _WIDTH_BEFORE = (W + name for name in ("tblGrid", "gridCol", "wBefore"))
_GRID_SPAN, _GRID_BEFORE, _GRID_AFTER = (W + name for name in ("gridSpan", "gridBefore", "gridAfter"))
_MERGED_DOWN, _MERGED_ALONG, _HIDDEN_ROW = (W + name for name in ("vMerge", "hMerge", "hidden"))
_CELL_INSERTED, _CELL_DELETED = (W + name for name in ("cellIns", "cellDel"))

_MAX_SPAN = 200
"""Grid columns that one cell is believed to span; Word itself allows 63 in a table."""
_SMALL_TABLE_CELLS = 6
"""A table inside a cell with no more cells than this is part of the cell's text."""

ReadCell: TypeAlias = Callable[[etree._Element], list[Raw]]


def table_blocks(table: etree._Element, read: ReadCell, seen: Seen) -> list[Raw]:
    """The table as a block; what is laid out by it, where it only serves as a frame.

    `read` gives the blocks of a cell; what is worth a note is counted in `seen`. Raises Unreadable
    where the table exceeds the bounds of `seen`.
    """
    widths: list[float | None] = []
    for grid in table.iterchildren(_GRID):
        widths = [twips(column.get(W + "w")) for column in grid.iterchildren(_GRID_COLUMN)]
    width = sum(known or 0 for known in widths)
    rows = _Rows(read, seen, width)
    rows.add_rows(table)
    spanned = max((row.total for row in rows.rows), default=0)
    seen.add_slots(len(rows.rows), spanned)
    column_count = align(rows.rows, widths, width)
    seen.add_slots(len(rows.rows), max(0, column_count - spanned))
    return _unframed(Grid(_merged(rows.rows, read, seen), column_count), seen)


class _Rows:
    """The rows of one table as they are found, those inside content controls too."""

    def __init__(self, read: ReadCell, seen: Seen, table_width: float) -> None:
        self.rows: list[Row] = []
        self._read = read
        self._seen = seen
        self._table_width = table_width

    def add_rows(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == TR:
                row = Row()
                columns_after = self._row_properties(child, row)
                if columns_after is not None:
                    self._add_cells(child, row)
                    row.total += columns_after
                    if row.cells:
                        self.rows.append(row)
            elif (inner := surrounded(child, tag, self._seen)) is not None:
                self.add_rows(inner)

    def _row_properties(self, element: etree._Element, row: Row) -> int | None:
        """Note what the row skips before; returns the columns after it, None if it is not shown."""
        after = 0
        for properties in element.iterchildren(TRPR):
            for item in properties:
                tag = item.tag
                if tag in TRACKED:
                    self._seen[TRACKED[tag]] += 1
                    if tag in DELETED:
                        return None
                elif tag == _HIDDEN_ROW and is_on(item):
                    self._seen["隐藏"] += 1
                    return None
                elif tag == _GRID_BEFORE:
                    row.before = row.total = _count(item)
                elif tag == _GRID_AFTER:
                    after = _count(item)
                elif tag == _WIDTH_BEFORE:
                    row.before_width = preferred_width(item, self._table_width)
        return after

    def _add_cells(self, parent: etree._Element, row: Row) -> None:
        for child in parent:
            tag = child.tag
            if tag == TC:
                self._add_cell(child, row)
            elif (inner := surrounded(child, tag, self._seen)) is not None:
                self._add_cells(inner, row)

    def _add_cell(self, element: etree._Element, row: Row) -> None:
        span = 1
        down = along = removed = False
        if len(element) and (properties := element[0]).tag == TCPR:
            for item in properties:
                tag = item.tag
                if tag == _GRID_SPAN:
                    span = max(1, _count(item))
                elif tag == _MERGED_DOWN:
                    down = _continues(item)
                elif tag == _MERGED_ALONG:
                    along = _continues(item)
                elif tag == _CELL_INSERTED:
                    self._seen["插入"] += 1
                elif tag == _CELL_DELETED:
                    self._seen["删除"] += 1
                    removed = True
        left = row.total
        row.total = right = left + span
        if removed:
            row.removed.append((left, right))
        elif along and row.cells:
            row.cells[-1].right = right
            row.cells[-1].elements.append(element)
            _note_covered(element, self._seen)
        else:
            blocks = [] if down else self._read(element)
            order = len(row.cells) + 1
            cell = GridCell(element, left, right, order=order, continues=down, blocks=blocks)
            row.cells.append(cell)


def _continues(merge: etree._Element) -> bool:
    """Whether a merge mark continues the cell before it; that is what a mark without value means."""
    return merge.get(VAL, "continue") == "continue"


def _count(element: etree._Element) -> int:
    """A count of grid columns, bounded."""
    text = element.get(VAL) or ""
    return min(int(text), _MAX_SPAN) if text.isdecimal() and len(text) < 10 else 0


def _note_covered(cell: etree._Element, seen: Seen) -> None:
    """Text in a cell that a merge covers is nowhere to be seen in Word."""
    if any((text.text or "").strip() for text in cell.iter(T)):
        seen["遮住"] += 1


def _merged(rows: list[Row], read: ReadCell, seen: Seen) -> list[list[GridCell]]:
    """The cells of the rows with those united that are merged downwards."""
    kept: list[list[GridCell]] = []
    above: dict[int, GridCell] = {}
    for row in rows:
        begun: list[GridCell] = []
        here: dict[int, GridCell] = {}
        for cell in row.cells:
            origin = cell
            if cell.continues:
                origin = above.get(cell.left, cell)
                if origin is not cell and origin.right == cell.right:
                    origin.row_span += 1
                    _note_covered(cell.elements[0], seen)
                else:
                    origin = cell
                    cell.blocks = read(cell.elements[0])
            if origin is cell:
                begun.append(cell)
            here[cell.left] = origin
        kept.append(begun)
        above = here
    return kept


def _unframed(grid: Grid, seen: Seen) -> list[Raw]:
    """The blocks a layout table holds, or the table itself followed by large tables of its cells."""
    cells = [cell for row in grid.rows for cell in row]
    others = [block for cell in cells for block in cell.blocks if not isinstance(block, Text)]
    if not others and len(cells) > 1:
        return [grid]
    filled = [cell for cell in cells if any(map(has_content, cell.blocks))]
    inner = [block for block in others if isinstance(block, Grid)]
    if len(cells) == 1 or (inner and len(filled) == 1):
        return [block for cell in filled for block in cell.blocks]
    large = [block for block in inner if _is_large(block)]
    if large and grid.column_count == 1:
        return [block for cell in filled for block in cell.blocks]
    for cell in cells if large else ():
        cell.blocks = [block for block in cell.blocks if not _is_large(block)]
    for cell in filled:
        if any(isinstance(block, Picture) for block in cell.blocks):
            seen["图片格"] += cell_text(cell.blocks) == PICTURE_ONLY
    return [grid, *large]


def _is_large(block: Raw) -> bool:
    """Whether the block is a table that stands for itself."""
    if not isinstance(block, Grid) or len(block.rows) < 2 or block.column_count < 2:
        return False
    return sum(map(len, block.rows)) > _SMALL_TABLE_CELLS
