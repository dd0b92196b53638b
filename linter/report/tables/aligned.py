"""Step three of table recovery: the joined rows aligned to the norm's row and column keys.

Rows are known by label and order, columns by header and geometry. What cannot be placed with
certainty is handed on as lost with the reason; numbers are never counted off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from linter.document.model import NOWHERE, Location
from linter.report.norm import BlockSpec, LineSpec, TableSpec
from linter.report.tables.joined import Fragment, GridCell, GridRow, JoinedTable
from linter.report.tables.labels import Match, compact, fold, is_common, match_label, tables_named_by
from linter.report.tables.values import is_blank, looks_like_value

MERGED = "单元格被合并，无法确定数字属于哪一格"
MISCOUNTED = "这一行的单元格数与表头不符，无法确定各数属于哪一列"
CUT_OFF = "这一行在转换时错位，最后的单元格被截掉"


@dataclass(frozen=True, slots=True)
class FoundValue:
    """The text of one value cell, with its column; `lost` says why it could not be placed."""

    column: str
    text: str
    location: Location = NOWHERE
    lost: str | None = None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of values. `key` is the row its label names (None: no row of the norm)."""

    key: str | None
    label: str
    match: Match | None
    values: tuple[FoundValue, ...]
    fragment: int
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column header as printed. `key` None: no column of the norm; `match` as for labels."""

    key: str | None
    text: str
    match: Match | None
    column: int
    end: int
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of one block as its header shows them, left to right."""

    block: BlockSpec
    columns: tuple[FoundColumn, ...]
    fragment: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """All rows found, in order, and the headers above them."""

    rows: tuple[FoundRow, ...]
    headers: tuple[Header, ...]


def align_rows(spec: TableSpec, joined: JoinedTable, known_rows: tuple[LineSpec, ...]) -> Aligned:
    """Read the rows of table `spec` (disclosure or applications) from its joined grid.

    `known_rows` are the rows that may be met, those of other editions included.
    """
    rows: list[FoundRow] = []
    headers: list[Header] = []
    zone: list[GridRow] = []
    starts = _value_columns(joined, known_rows)
    for row in joined.rows:
        label = _row_label(row, known_rows)
        if label is None:
            if _names_columns(row, spec):
                if zone and zone[-1].fragment != row.fragment:
                    zone = []
                zone.append(row)
            elif _has_figures(row):
                rows.append(_unknown_row(row, headers[-1] if headers else None))
            continue
        cell, line, match = label
        if zone:
            block = _block_of(line, spec) or spec.blocks[0]
            if header := _header(zone, block, row, cell, len(starts.get(row.fragment, ()))):
                headers.append(header)
            zone = []
        columns = _columns_for(line, spec, headers)
        fragment = joined.fragments[row.fragment]
        values = _place(row, cell, columns, fragment, starts.get(row.fragment))
        rows.append(FoundRow(line.key, compact(cell.text), match, values, row.fragment, cell.location))
    return Aligned(tuple(rows), tuple(headers))


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


def _names_columns(row: GridRow, spec: TableSpec) -> bool:
    """Whether the row belongs to a header: a corner, a group of columns or a column label."""
    words = {fold(cell.text) for cell in row.cells if not is_blank(cell.text)}
    for block in spec.blocks:
        known = {fold(block.corner), "申请人情况", "法人或其他组织"}
        for column in block.columns:
            known.update(fold(wording) for wording in column.wordings)
            known.add(fold(column.group))
        if words & (known - {""}):
            return True
    return False


def _header(
    zone: Sequence[GridRow], block: BlockSpec, row: GridRow, label: GridCell, values: int
) -> Header | None:
    """The columns shown by the header rows `zone`: each grid column's lowest label.

    `row` is the row of `block` under the header with its `label`, and `values` the number of value
    cells of most rows there: a header torn by a page end shows fewer labels than there are columns,
    and the rest are the norm's.
    """
    lowest: dict[int, GridCell] = {}
    for header_row in zone:
        for cell in header_row.cells:
            if not is_blank(cell.text):
                lowest.update(dict.fromkeys(range(cell.column, cell.end), cell))
    leaves = list(dict.fromkeys(lowest[column] for column in sorted(lowest)))
    known = [bool(match_label(leaf.text, block.columns)) for leaf in leaves]
    first = known.index(True) if True in known else 0
    if zone[0].fragment == row.fragment:
        first = next((n for n, leaf in enumerate(leaves) if known[n] or leaf.column >= label.end), first)
    leaves = leaves[first:]
    columns = _match_columns(leaves, block.columns)
    hits = sum(column.match in ("exact", "variant") for column in columns)
    if hits * 2 < len(block.columns):
        return None
    if len(columns) < values == len(block.columns):
        columns = _completed(columns, block)
    return Header(block, columns, zone[0].fragment)


def _completed(columns: Sequence[FoundColumn], block: BlockSpec) -> tuple[FoundColumn, ...]:
    """The columns with those whose labels the header does not show; as they are if out of order."""
    keys = [column.key for column in block.columns]
    shown = [column.key for column in columns]
    if None in shown or shown != [key for key in keys if key in shown]:
        return tuple(columns)
    by_key = {column.key: column for column in columns}
    return tuple(
        by_key.get(line.key) or FoundColumn(line.key, line.label, "exact", -1, -1) for line in block.columns
    )


def _block_of(line: LineSpec, spec: TableSpec) -> BlockSpec | None:
    return next((block for block in spec.blocks if line.key in [row.key for row in block.rows]), None)


def _match_columns(leaves: Sequence[GridCell], specs: tuple[LineSpec, ...]) -> tuple[FoundColumn, ...]:
    """The leaves of a header as columns; an unknown label at the place of a column not shown is its name."""
    matches = [match_label(leaf.text, specs) for leaf in leaves]
    matched = {match[0].key for match in matches if match}
    columns: list[FoundColumn] = []
    for index, (leaf, match) in enumerate(zip(leaves, matches, strict=True)):
        key, kind = (match[0].key, match[1]) if match else (None, None)
        if key in [column.key for column in columns if column.key]:
            if fold(leaf.text) == fold(columns[-1].text):
                columns[-1] = replace(columns[-1], end=leaf.end)  # a merged cell printed twice
                continue
            key, kind = None, None
        if key is None and len(leaves) == len(specs) and specs[index].key not in matched:
            key, kind = specs[index].key, "similar"
        columns.append(FoundColumn(key, compact(leaf.text), kind, leaf.column, leaf.end, leaf.location))
    return tuple(columns)


def _columns_for(line: LineSpec, spec: TableSpec, headers: Sequence[Header]) -> tuple[FoundColumn, ...]:
    """The columns above a row: those of the last header, if it is the row's own, else the norm's."""
    block = _block_of(line, spec) or (headers[-1].block if headers else spec.blocks[0])
    if headers:
        shown = {column.key for column in headers[-1].columns if column.key}
        wanted = {column.key for column in block.columns}
        if len(shown & wanted) * 2 > len(wanted):
            return headers[-1].columns
    return tuple(FoundColumn(column.key, column.label, None, -1, -1) for column in block.columns)


def _value_columns(joined: JoinedTable, known_rows: tuple[LineSpec, ...]) -> dict[int, tuple[int, ...]]:
    """For each fragment, where value cells begin in most of its rows."""
    votes: dict[int, Counter[tuple[int, ...]]] = {}
    for row in joined.rows:
        if label := _row_label(row, known_rows):
            begins = tuple(cell.column for cell in row.cells if cell.column >= label[0].end)
            votes.setdefault(row.fragment, Counter())[begins] += 1
    return {fragment: counter.most_common(1)[0][0] for fragment, counter in votes.items()}


def _place(
    row: GridRow,
    label: GridCell,
    columns: Sequence[FoundColumn],
    fragment: Fragment,
    starts: tuple[int, ...] | None,
) -> tuple[FoundValue, ...]:
    cells = [cell for cell in row.cells if cell.column >= label.end]
    if starts is not None and len(starts) == len(columns):
        # A blank left of where values begin in the other rows is part of the labels.
        cells = [cell for cell in cells if cell.end > starts[0] or not is_blank(cell.text)]
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
