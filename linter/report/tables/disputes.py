"""Step three for the table of section 4: one row of fifteen figures under two or three header rows."""

from __future__ import annotations

from collections.abc import Sequence

from linter.report.norm import TableSpec
from linter.report.tables.aligned import FoundRow
from linter.report.tables.headers import FoundColumn
from linter.report.tables.joined import GridCell, GridRow, JoinedTable
from linter.report.tables.labels import compact, fold, match_label
from linter.report.tables.placed import MERGED, MISCOUNTED, FoundValue
from linter.report.tables.values import is_blank, looks_like_value

SEVERAL_ROWS = "这张表有不止一行数字，无法确定哪一行是结果"


def align_disputes(spec: TableSpec, joined: JoinedTable) -> tuple[FoundRow | None, tuple[FoundColumn, ...]]:
    """The row of figures with its columns, and the column labels printed (empty if unreadable).

    The columns are those of the header where all fifteen can be told apart in it, else the last
    fifteen of the row: the form has no other columns.
    """
    block = spec.blocks[0]
    keys = [column.key for column in block.columns]
    header_rows = [row for row in joined.rows if not _is_data(row)]
    data_rows = [row for row in joined.rows if _is_data(row)]
    filled = [row for row in data_rows if any(not is_blank(cell.text) for cell in row.cells)]
    if not data_rows:
        return None, ()
    if len(filled) > 1:
        values = tuple(FoundValue(key, "", joined.location, SEVERAL_ROWS) for key in keys)
        return FoundRow(None, "", None, values, filled[0].fragment, joined.location), ()
    row = filled[0] if filled else data_rows[-1]
    columns = _printed_columns(header_rows, spec)
    if joined.fragments[row.fragment].source == "aligned":
        cells = _undrawn_cells(row, columns, len(keys))
    else:
        cells = _value_cells(row, len(keys))
    location = row.cells[0].location if row.cells else joined.location
    if len(cells) != len(keys):
        values = tuple(FoundValue(key, "", location, MISCOUNTED) for key in keys)
    else:
        values = tuple(
            FoundValue(key, cell.text.strip(), cell.location, MERGED if cell.continued else None)
            for key, cell in zip(keys, cells, strict=True)
        )
    return FoundRow(None, "", None, values, row.fragment, location), columns


def _is_data(row: GridRow) -> bool:
    """A row of figures, placeholders and blanks; one label cell in front is allowed."""
    fresh = [cell for cell in row.cells if not cell.continued]
    if len(row.cells) < 10 or len(fresh) < 10:
        return False
    words = [cell for cell in fresh if not looks_like_value(cell.text)]
    if not words:
        return True
    figures = sum(any(character.isdigit() for character in cell.text) for cell in fresh)
    return figures * 2 > len(fresh) and all(not _names_result(cell.text) for cell in words)


def _names_result(text: str) -> bool:
    return fold(text) in {"结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "行政复议", "行政诉讼"}


def _value_cells(row: GridRow, count: int) -> list[GridCell]:
    cells = list(row.cells)
    if len(cells) > count:
        extra = cells[: len(cells) - count]
        trailing = cells[count:]
        if all(is_blank(cell.text) for cell in trailing) and not is_blank(cells[0].text):
            return cells[:count]
        if all(not looks_like_value(cell.text) or is_blank(cell.text) for cell in extra):
            return cells[len(cells) - count :]
    return cells


def _undrawn_cells(row: GridRow, columns: Sequence[FoundColumn], count: int) -> list[GridCell]:
    """The value cells of a row without drawn cells: as many figures as are due, or one for each column
    of the header; else none. A word of the header may have made a column of its own."""
    filled = [cell for cell in row.cells if not is_blank(cell.text)]
    if len(filled) == count:
        return filled
    under = [cell for cell in row.cells if any(cell.column == column.column for column in columns)]
    others = [cell for cell in row.cells if cell not in under]
    labels = all(is_blank(cell.text) and cell.end <= under[0].column for cell in others) if under else False
    return under if len(under) == count and labels else []


def _printed_columns(header_rows: Sequence[GridRow], spec: TableSpec) -> tuple[FoundColumn, ...]:
    """The fifteen column labels as printed, or () where the header cannot be read as fifteen."""
    lowest: dict[int, GridCell] = {}
    for row in header_rows:
        for cell in row.cells:
            if not is_blank(cell.text):
                lowest.update(dict.fromkeys(range(cell.column, cell.end), cell))
    leaves: list[GridCell] = []
    for column in sorted(lowest):
        if lowest[column] not in leaves:
            leaves.append(lowest[column])
    specs = spec.blocks[0].columns
    if len(leaves) > len(specs) and all(not _names_result(leaf.text) for leaf in leaves[: len(leaves) - 15]):
        leaves = leaves[len(leaves) - 15 :]
    if len(leaves) != len(specs):
        return ()
    found = []
    for leaf, line in zip(leaves, specs, strict=True):
        match = match_label(leaf.text, (line,))
        found.append(
            FoundColumn(
                line.key,
                compact(leaf.text),
                match[1] if match else "similar",
                leaf.column,
                leaf.end,
                leaf.location,
            )
        )
    return tuple(found) if sum(column.match == "exact" for column in found) >= 8 else ()
