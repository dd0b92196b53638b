"""The values of one row placed under the columns of its table, with what cannot be placed as lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linter.document.model import NOWHERE, Location
from linter.report.norm import LineSpec
from linter.report.tables.headers import FoundColumn
from linter.report.tables.joined import Fragment, GridCell, GridRow
from linter.report.tables.values import is_blank

MERGED = "单元格被合并，无法确定数字属于哪一格"
MISCOUNTED = "这一行的单元格数与表头不符，无法确定各数属于哪一列"
SHARED_LABEL = "几行的标签在同一格里，无法确定数字属于哪一行"
TWO_LABELS = "这一行有两个标签，无法确定数字属于哪一行"
TORN = "这一行的文字不完整，无法确定各格的内容"
CUT_OFF = "这一行在转换时错位，最后的单元格被截掉"


class FoundValue(NamedTuple):
    """The text of one value cell, with its column; `lost` says why it could not be placed.

    `candidates` are the readings of its whole row among which nothing decides.
    """

    column: str
    text: str
    location: Location = NOWHERE
    lost: str | None = None
    candidates: tuple[tuple[int, ...], ...] = ()


def value_cells(
    row: GridRow, label: GridCell, columns: Sequence[FoundColumn], starts: tuple[int, ...] | None
) -> list[GridCell]:
    """The cells of a row that hold its values, `starts` being where they begin in the other rows."""
    cells = [cell for cell in row.cells if cell.column >= label.end]
    if starts is not None and len(starts) == len(columns):
        # A blank left of where values begin in the other rows is part of the labels.
        return [cell for cell in cells if cell.end > starts[0] or not is_blank(cell.text)]
    return cells


def place_undrawn(
    cells: Sequence[GridCell], label: GridCell, columns: Sequence[FoundColumn], filled: frozenset[int]
) -> tuple[FoundValue, ...]:
    """The values of a row without drawn cells under its columns; grid columns not `filled` are all blank.

    Only here columns may be missing from the grid itself, so that nothing but the full number tells.
    A word of the header beside the figures makes a column that no row fills: it is none where the
    filled ones are as many as are due, and this row has them all. One that is due and blank in all
    rows has to be shown by the header.
    """
    wide = len(columns) > 1 and any(cell.column_span > 1 for cell in cells)
    if len(cells) > len(columns) and not wide:
        cells = [cell for cell in cells if cell.column in filled]
        sure = len(cells) == len(columns) and not any(is_blank(cell.text) for cell in cells)
    else:
        headed = all(column.column >= 0 for column in columns)
        sure = len(cells) == len(columns) and not wide
        sure = sure and all(
            cell.column == column.column or (cell.column in filled and not headed)
            for cell, column in zip(cells, columns, strict=True)
        )
    if not sure:
        return all_lost(label, columns, MISCOUNTED)
    if any(_is_torn(cell.text) for cell in cells):
        return all_lost(label, columns, TORN)
    return tuple(_value(column.key, cell) for column, cell in zip(columns, cells, strict=True) if column.key)


def _is_torn(text: str) -> bool:
    """Whether one of two brackets is missing."""
    return sum(map(text.count, "(（")) != sum(map(text.count, ")）"))


def all_lost(label: GridCell, columns: Sequence[FoundColumn], reason: str) -> tuple[FoundValue, ...]:
    """A lost value for each column of the row with this label."""
    return tuple(FoundValue(column.key, "", label.location, reason) for column in columns if column.key)


def place(
    cells: list[GridCell], label: GridCell, columns: Sequence[FoundColumn], fragment: Fragment
) -> tuple[FoundValue, ...]:
    """The values of a row under its columns."""
    first, rest = cells[: len(columns)], cells[len(columns) :]
    if rest and all(is_blank(cell.text) for cell in rest) and _under_header(first, columns):
        cells = first
    if len(cells) == len(columns):
        return tuple(
            _value(column.key, cell) for column, cell in zip(columns, cells, strict=True) if column.key
        )
    if fragment.source == "tabs" and len(cells) < len(columns) and _is_cut(cells, columns, fragment):
        return tuple(
            _value(column.key, cells[index])
            if index < len(cells)
            else FoundValue(column.key, "", label.location, CUT_OFF)
            for index, column in enumerate(columns)
            if column.key
        )
    return _place_by_geometry(cells, columns, label)


def place_ragged(row: GridRow, label: GridCell, columns: Sequence[LineSpec]) -> tuple[FoundValue, ...]:
    """The values of a row of which tabs may be missing: as many figures as the norm has columns, and no
    blank among them, are sure; all else is lost."""
    cells = [cell for cell in row.cells if cell.column >= label.end]
    places = [index for index, cell in enumerate(cells) if not is_blank(cell.text)]
    filled = cells[places[0] : places[-1] + 1] if places else []
    if len(filled) == len(columns) and not any(is_blank(cell.text) for cell in filled):
        return tuple(_value(column.key, cell) for column, cell in zip(columns, filled, strict=True))
    return tuple(FoundValue(column.key, "", label.location, MISCOUNTED) for column in columns)


def _value(column: str, cell: GridCell) -> FoundValue:
    return FoundValue(column, cell.text.strip(), cell.location, MERGED if cell.continued else None)


def _under_header(cells: Sequence[GridCell], columns: Sequence[FoundColumn]) -> bool:
    if any(column.column < 0 for column in columns):
        return True
    return all(cell.column == column.column for cell, column in zip(cells, columns, strict=True))


def _is_cut(cells: Sequence[GridCell], columns: Sequence[FoundColumn], fragment: Fragment) -> bool:
    """Whether a label of one field more pushed the row to the right, over the width of the grid.

    Then the values that are left stand without a gap from the label to the grid's right end, and
    only the last ones are gone.
    """
    shift = len(columns) - len(cells)
    reaches_end = bool(cells) and cells[-1].end == fragment.width
    return shift <= 2 and reaches_end and not any(is_blank(cell.text) for cell in cells)


def _place_by_geometry(
    cells: Sequence[GridCell], columns: Sequence[FoundColumn], label: GridCell
) -> tuple[FoundValue, ...]:
    """Cells to the columns they lie under; a merged or a missing cell leaves its columns lost."""
    values: list[FoundValue] = []
    for column in columns:
        if column.key is None:
            continue
        under = [cell for cell in cells if cell.column < column.end and cell.end > column.column]
        if column.column < 0 or len(under) != 1:
            values.append(FoundValue(column.key, "", label.location, MISCOUNTED))
            continue
        cell = under[0]
        wide = sum(other.column < cell.end and other.end > cell.column for other in columns) > 1
        if wide and not is_blank(cell.text):
            values.append(FoundValue(column.key, cell.text.strip(), cell.location, MERGED))
        else:
            values.append(_value(column.key, cell))
    return tuple(values)
