"""Step three of table recovery: the joined rows aligned to the norm's row and column keys.

Rows are known by label and order, columns by header and geometry. What cannot be placed with
certainty is handed on as lost with the reason; numbers are never counted off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from linter.document.model import NOWHERE, Location
from linter.report.norm import BlockSpec, LineSpec, TableSpec
from linter.report.tables.headers import FoundColumn, Header, HeaderZone, names_columns, read_header
from linter.report.tables.joined import Fragment, GridCell, GridRow, JoinedTable
from linter.report.tables.labels import Match, compact, fold, is_common, match_label, tables_named_by
from linter.report.tables.values import is_blank, looks_like_value

MERGED = "单元格被合并，无法确定数字属于哪一格"
MISCOUNTED = "这一行的单元格数与表头不符，无法确定各数属于哪一列"
TWO_LABELS = "这一行有两个标签，无法确定数字属于哪一行"
CUT_OFF = "这一行在转换时错位，最后的单元格被截掉"


class FoundValue(NamedTuple):
    """The text of one value cell, with its column; `lost` says why it could not be placed."""

    column: str
    text: str
    location: Location = NOWHERE
    lost: str | None = None


class FoundRow(NamedTuple):
    """A row of values. `key` is the row its label names (None: no row of the norm)."""

    key: str | None
    label: str
    match: Match | None
    values: tuple[FoundValue, ...]
    fragment: int
    location: Location = NOWHERE


class Aligned(NamedTuple):
    """All rows found, in order, and the headers above them."""

    rows: tuple[FoundRow, ...]
    headers: tuple[Header, ...]


def align_rows(spec: TableSpec, joined: JoinedTable, known_rows: tuple[LineSpec, ...]) -> Aligned:
    """Read the rows of table `spec` (disclosure or applications) from its joined grid.

    `known_rows` are the rows that may be met, those of other editions included.
    """
    rows: list[FoundRow] = []
    headers: list[Header] = []
    zone: HeaderZone | None = None
    before: GridRow | None = None
    starts = _value_columns(joined, known_rows)
    filled = _filled_columns(joined, known_rows)
    for row in joined.rows:
        label = _row_label(row, known_rows)
        if label is None:
            if names_columns(row, spec):
                if zone and zone.fragment == row.fragment:
                    zone = zone._replace(rows=(*zone.rows, row))
                else:
                    zone = HeaderZone((row,), before is not None and before.fragment != row.fragment)
                before = row
            elif _has_figures(row):
                rows.append(_unknown_row(row, headers[-1] if headers else None))
            continue
        cell, line, match = label
        before = row
        if zone:
            block = _block_of(line, spec) or spec.blocks[0]
            if header := read_header(zone, block, row, cell, len(starts.get(row.fragment, ()))):
                headers.append(header)
            zone = None
        fragment = joined.fragments[row.fragment]
        drawn = fragment.source != "aligned"
        if drawn or not _shares_grid(headers, row, joined, filled):
            columns = _columns_for(line, spec, headers if drawn else ())
        else:
            columns = _columns_due(line, spec, headers[-1])
        under = _value_cells(row, cell, columns, starts.get(row.fragment))
        if drawn:
            values = _place(under, cell, columns, fragment)
        elif _has_second_label(row, cell, line, known_rows):
            values = _all_lost(cell, columns, TWO_LABELS)
        else:
            values = _place_undrawn(under, cell, columns, filled.get(row.fragment, frozenset()))
        rows.append(FoundRow(line.key, compact(cell.text), match, values, row.fragment, cell.location))
    return Aligned(tuple(_without_group_rows(rows, known_rows)), tuple(headers))


def _without_group_rows(rows: Sequence[FoundRow], known_rows: tuple[LineSpec, ...]) -> list[FoundRow]:
    """The rows without those that are only the group label of the next one, in a row of its own."""
    specs = {spec.key: spec for spec in known_rows}
    kept: list[FoundRow] = []
    for row, following in zip(rows, [*rows, None][1:], strict=True):
        below = specs.get(following.key or "") if following else None
        is_blank_row = all(is_blank(value.text) and not value.lost for value in row.values)
        if not (row.key and below and is_blank_row and fold(below.group) == fold(specs[row.key].label)):
            kept.append(row)
    return kept


def _has_second_label(
    row: GridRow, label: GridCell, line: LineSpec, known_rows: tuple[LineSpec, ...]
) -> bool:
    """Whether another row's label stands beside `label`, no group's: then the figures may be that row's."""
    others = [cell for cell in row.cells if cell.end <= label.column and not is_blank(cell.text)]
    for cell in others:
        match = match_label(cell.text, known_rows)
        if match and match[1] == "exact" and not (line.group and fold(match[0].label) == fold(line.group)):
            return True
    return False


def _row_label(row: GridRow, known_rows: tuple[LineSpec, ...]) -> tuple[GridCell, LineSpec, Match] | None:
    """The cell that labels the row, with the line it names; the innermost label wins."""
    fresh = [cell for cell in row.cells if not cell.continued]
    for index in range(len(fresh) - 1, -1, -1):
        cell = fresh[index]
        if looks_like_value(cell.text) or index == len(row.cells) - 1:
            continue
        after = [other for other in row.cells if other.column >= cell.end]
        if not after or any(tables_named_by(other.text) or is_common(other.text) for other in after[:2]):
            continue
        if is_common(cell.text) and sum(not is_blank(other.text) for other in after) < 2:
            continue
        match = match_label(cell.text, known_rows) or _label_in_parts(fresh[: index + 1], known_rows)
        if match:
            return cell, match[0], match[1]
    return None


def _label_in_parts(
    cells: Sequence[GridCell], known_rows: tuple[LineSpec, ...]
) -> tuple[LineSpec, Match] | None:
    """A label spread over two cells, or standing behind its group's label in one."""
    last = cells[-1].text
    if len(cells) > 1 and (match := match_label(cells[-2].text + last, known_rows)) and match[1] == "exact":
        return match
    printed = compact(last)
    for spec in known_rows:
        for wording in spec.wordings:
            if len(printed) > len(wording) >= 6 and fold(printed).endswith(fold(wording)):
                return spec, "exact"
    return None


def _has_figures(row: GridRow) -> bool:
    figures = [cell for cell in row.cells if not is_blank(cell.text) and looks_like_value(cell.text)]
    return len(figures) >= 2


def _unknown_row(row: GridRow, header: Header | None) -> FoundRow:
    words = [cell for cell in row.cells if not is_blank(cell.text) and not looks_like_value(cell.text)]
    label = words[-1] if words else None
    end = label.end if label else 0
    cells = [cell for cell in row.cells if cell.column >= end]
    columns = header.columns if header else ()
    values: tuple[FoundValue, ...] = ()
    if len(columns) == len(cells):
        values = tuple(
            FoundValue(column.key, cell.text.strip(), cell.location)
            for column, cell in zip(columns, cells, strict=True)
            if column.key
        )
    location = (label or row.cells[0]).location
    return FoundRow(None, compact(label.text) if label else "", None, values, row.fragment, location)


def _block_of(line: LineSpec, spec: TableSpec) -> BlockSpec | None:
    return next((block for block in spec.blocks if line.key in [row.key for row in block.rows]), None)


def _columns_for(line: LineSpec, spec: TableSpec, headers: Sequence[Header]) -> tuple[FoundColumn, ...]:
    """The columns above a row: those of the last header, if it is the row's own, else the norm's."""
    block = _block_of(line, spec) or (headers[-1].block if headers else spec.blocks[0])
    if headers:
        shown = {column.key for column in headers[-1].columns if column.key}
        wanted = {column.key for column in block.columns}
        if len(shown & wanted) * 2 > len(wanted):
            return headers[-1].columns
    return tuple(FoundColumn(column.key, column.label, None, -1, -1) for column in block.columns)


def _columns_due(line: LineSpec, spec: TableSpec, header: Header) -> tuple[FoundColumn, ...]:
    """The columns above a row of a table without lines: those of its own header, if it shows all that
    are due and no others, else the norm's. Without lines, words of a header may be torn."""
    block = _block_of(line, spec) or header.block
    due = [column.key for column in block.columns]
    shown = [column.key for column in header.columns]
    if header.block == block and len(shown) == len(due) and set(shown) == set(due):
        return header.columns
    return tuple(FoundColumn(column.key, column.label, None, -1, -1) for column in block.columns)


def _shares_grid(
    headers: Sequence[Header], row: GridRow, joined: JoinedTable, filled: Mapping[int, frozenset[int]]
) -> bool:
    """Whether the last header stands on the grid of `row`, or on one that has the same columns."""
    if not headers:
        return False
    own, above = row.fragment, headers[-1].fragment
    same = joined.fragments[own].width == joined.fragments[above].width
    return own == above or (same and filled.get(own) == filled.get(above))


def _filled_columns(joined: JoinedTable, known_rows: tuple[LineSpec, ...]) -> dict[int, frozenset[int]]:
    """For each fragment the grid columns that hold a value in some row."""
    found: dict[int, set[int]] = {}
    for row in joined.rows:
        if label := _row_label(row, known_rows):
            filled = {cell.column for cell in row.cells if cell.column >= label[0].end and cell.text.strip()}
            found.setdefault(row.fragment, set()).update(filled)
    return {fragment: frozenset(columns) for fragment, columns in found.items()}


def _value_columns(joined: JoinedTable, known_rows: tuple[LineSpec, ...]) -> dict[int, tuple[int, ...]]:
    """For each fragment, where value cells begin in most of its rows."""
    votes: dict[int, Counter[tuple[int, ...]]] = {}
    for row in joined.rows:
        if label := _row_label(row, known_rows):
            begins = tuple(cell.column for cell in row.cells if cell.column >= label[0].end)
            votes.setdefault(row.fragment, Counter())[begins] += 1
    return {fragment: counter.most_common(1)[0][0] for fragment, counter in votes.items()}


def _value_cells(
    row: GridRow, label: GridCell, columns: Sequence[FoundColumn], starts: tuple[int, ...] | None
) -> list[GridCell]:
    """The cells of a row that hold its values, `starts` being where they begin in the other rows."""
    cells = [cell for cell in row.cells if cell.column >= label.end]
    if starts is not None and len(starts) == len(columns):
        # A blank left of where values begin in the other rows is part of the labels.
        return [cell for cell in cells if cell.end > starts[0] or not is_blank(cell.text)]
    return cells


def _place_undrawn(
    cells: Sequence[GridCell], label: GridCell, columns: Sequence[FoundColumn], filled: frozenset[int]
) -> tuple[FoundValue, ...]:
    """The values of a row without drawn cells under its columns; grid columns not `filled` are all blank.

    Only here columns may be missing from the grid itself, so that nothing but the full number tells.
    A word of the header beside the figures makes a column that no row fills: it is none where the
    filled ones are as many as are due, and this row has them all.
    """
    wide = len(columns) > 1 and any(cell.column_span > 1 for cell in cells)
    if len(cells) > len(columns) and not wide:
        cells = [cell for cell in cells if cell.column in filled]
        sure = len(cells) == len(columns) and not any(is_blank(cell.text) for cell in cells)
    else:
        # A column that is blank in all rows may be another than the header seems to say.
        known = columns[0].column >= 0 or all(cell.column in filled for cell in cells)
        sure = len(cells) == len(columns) and not wide and known and _under_header(cells, columns)
    if not sure:
        return _all_lost(label, columns, MISCOUNTED)
    return tuple(_value(column.key, cell) for column, cell in zip(columns, cells, strict=True) if column.key)


def _all_lost(label: GridCell, columns: Sequence[FoundColumn], reason: str) -> tuple[FoundValue, ...]:
    return tuple(FoundValue(column.key, "", label.location, reason) for column in columns if column.key)


def _place(
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
