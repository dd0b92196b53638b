"""Step three of table recovery: the joined rows aligned to the norm's row and column keys.

Rows are known by label and order, columns by header and geometry. What cannot be placed with
certainty is handed on as lost with the reason; numbers are never counted off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from linter.document.model import NOWHERE, Location
from linter.report.norm import BlockSpec, LineSpec, TableSpec
from linter.report.tables.headers import FoundColumn, Header, HeaderZone, names_columns, read_header
from linter.report.tables.joined import GridCell, GridRow, JoinedTable
from linter.report.tables.labels import (
    Match,
    compact,
    fold,
    is_common,
    known_label,
    label_among_groups,
    match_label,
    tables_named_by,
)
from linter.report.tables.placed import (
    SHARED_LABEL,
    TWO_LABELS,
    FoundValue,
    all_lost,
    place,
    place_ragged,
    place_undrawn,
    value_cells,
)
from linter.report.tables.values import is_blank, looks_like_value

_Label: TypeAlias = tuple[GridCell, LineSpec, Match]
"""The cell that labels a row, the line it names, and how."""


_SHORTEST_LABEL = 4
"""A shorter label (其他) also stands in others."""


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


class _Table(NamedTuple):
    """A table with what its rows have in common: for each fragment, where value cells begin in most
    rows, and which grid columns hold a value in some row."""

    spec: TableSpec
    joined: JoinedTable
    known_rows: tuple[LineSpec, ...]
    starts: Mapping[int, tuple[int, ...]]
    filled: Mapping[int, frozenset[int]]


def align_rows(spec: TableSpec, joined: JoinedTable, known_rows: tuple[LineSpec, ...]) -> Aligned:
    """Read the rows of table `spec` (disclosure or applications) from its joined grid.

    `known_rows` are the rows that may be met, those of other editions included.
    """
    rows: list[FoundRow] = []
    headers: list[Header] = []
    zone: HeaderZone | None = None
    before: GridRow | None = None
    labels = [
        _row_label(row, known_rows, drawn=joined.fragments[row.fragment].source != "aligned")
        for row in joined.rows
    ]
    labelled = [(row, label) for row, label in zip(joined.rows, labels, strict=True) if label]
    starts = _value_columns(labelled)
    ragged = _ragged_blocks(spec, joined, labels)
    table = _Table(spec, joined, known_rows, starts, _filled_columns(labelled))
    for row, below, label in zip(joined.rows, [*joined.rows, None][1:], labels, strict=True):
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
            if (row.fragment, block.title) not in ragged and (
                header := read_header(zone, block, row, cell, len(starts.get(row.fragment, ())))
            ):
                headers.append(header)
            zone = None
        own = _block_of(line, spec) or spec.blocks[0]
        if _is_shared(cell, row, below):
            values = all_lost(cell, _columns_for(line, spec, ()), SHARED_LABEL)
        elif (row.fragment, own.title) in ragged:
            values = place_ragged(row, cell, own.columns)
        else:
            values = _values(row, cell, line, headers, table)
        rows.append(FoundRow(line.key, compact(cell.text), match, values, row.fragment, cell.location))
    return Aligned(tuple(_without_group_rows(rows, known_rows)), tuple(headers))


def _values(
    row: GridRow, label: GridCell, line: LineSpec, headers: Sequence[Header], table: _Table
) -> tuple[FoundValue, ...]:
    """The values of a row that `label` names `line`, below `headers`."""
    starts = table.starts.get(row.fragment)
    fragment = table.joined.fragments[row.fragment]
    if fragment.source != "aligned":
        columns = _columns_for(line, table.spec, headers)
        return place(value_cells(row, label, columns, starts), label, columns, fragment)
    if headers and (header := _on_grid_of(row, headers[-1], table)):
        columns = _columns_due(line, table.spec, header)
    else:
        columns = _columns_for(line, table.spec, ())
    if _has_second_label(row, label, line, table.known_rows):
        return all_lost(label, columns, TWO_LABELS)
    filled = table.filled.get(row.fragment, frozenset())
    return place_undrawn(value_cells(row, label, columns, starts), label, columns, filled)


def _without_group_rows(rows: Sequence[FoundRow], known_rows: tuple[LineSpec, ...]) -> list[FoundRow]:
    """The rows without those that are only the group label of the next one, in a row of its own."""
    specs = {spec.key: spec for spec in known_rows}
    kept: list[FoundRow] = []
    for row, following in zip(rows, [*rows, None][1:], strict=True):
        below = specs.get(following.key or "") if following else None
        is_group = row.key and below and fold(below.group) == fold(specs[row.key].label)
        if not (is_group and all(is_blank(value.text) and not value.lost for value in row.values)):
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


def _row_label(row: GridRow, known_rows: tuple[LineSpec, ...], *, drawn: bool) -> _Label | None:
    """The cell that labels the row, with the line it names; the innermost label wins.

    Where cells are not `drawn`, signs of a group's label may stand in it.
    """
    fresh = [cell for cell in row.cells if not cell.continued]
    for index in range(len(fresh) - 1, -1, -1):
        cell = fresh[index]
        if looks_like_value(cell.text) or index == len(row.cells) - 1:
            continue
        end = cell.end
        after = [other for other in row.cells if other.column >= end]
        if not after or any(tables_named_by(other.text) or is_common(other.text) for other in after[:2]):
            continue
        if is_common(cell.text) and sum(not is_blank(other.text) for other in after) < 2:
            continue
        match = known_label(cell.text, known_rows) or (
            None if drawn else label_among_groups(cell.text, known_rows)
        )
        match = match or match_label(cell.text, known_rows) or _label_in_parts(fresh[: index + 1], known_rows)
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
    printed = fold(last)
    for spec in known_rows:
        for wording in map(fold, spec.wordings):
            if len(printed) > len(wording) >= 6 and printed.endswith(wording):
                before = printed.removesuffix(wording).replace(fold(spec.group), "")
                return None if _names_row(before, known_rows) else (spec, "exact")
    return None


def _names_row(text: str, known_rows: tuple[LineSpec, ...]) -> bool:
    """Whether a row's label stands in the text: then figures beside it may be that row's."""
    labels = (fold(wording) for spec in known_rows for wording in spec.wordings)
    return any(len(label) >= _SHORTEST_LABEL and label in text for label in labels)


def _is_shared(label: GridCell, row: GridRow, below: GridRow | None) -> bool:
    """Whether the row below has figures beside the same label cell, and no label of its own: then a line
    between labels was not seen, and the figures of both may be of other rows."""
    if below is None or below.fragment != row.fragment:
        return False
    reaching = any(cell.continued and cell.column == label.column for cell in below.cells)
    fresh = [cell for cell in below.cells if cell.column >= label.column and not cell.continued]
    filled = [cell for cell in fresh if not is_blank(cell.text)]
    return reaching and bool(filled) and all(looks_like_value(cell.text) for cell in filled)


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
    return next((block for block in spec.blocks if line.key in _row_keys(block.rows)), None)


@cache
def _row_keys(rows: tuple[LineSpec, ...]) -> frozenset[str]:
    return frozenset(row.key for row in rows)


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
    are due and no others, else the norm's, at the places of those it shows. Its words may be torn."""
    block = _block_of(line, spec) or header.block
    due = [column.key for column in block.columns]
    shown = [column.key for column in header.columns]
    if header.block == block and len(shown) == len(due) and set(shown) == set(due):
        return header.columns
    sure = {column.key: column for column in header.columns if column.match in ("exact", "variant")}
    return tuple(
        sure.get(column.key) or FoundColumn(column.key, column.label, None, -1, -1)
        for column in block.columns
    )


def _on_grid_of(row: GridRow, header: Header, table: _Table) -> Header | None:
    """A header as it stands above `row`: its own grid's, or that of one with the same columns.

    The labels of one may take a grid column more: columns are counted from the right.
    """
    own, above = row.fragment, header.fragment
    if own == above:
        return header
    fragments = table.joined.fragments
    shift = fragments[own].width - fragments[above].width
    filled = {column + shift for column in table.filled.get(above, ())}
    if filled != table.filled.get(own, frozenset()):
        return None
    columns = (
        column._replace(column=column.column + shift, end=column.end + shift)
        if column.column >= 0
        else column
        for column in header.columns
    )
    return header._replace(columns=tuple(columns))


def _filled_columns(labelled: Sequence[tuple[GridRow, _Label]]) -> dict[int, frozenset[int]]:
    """For each fragment the grid columns that hold a value in some row."""
    found: dict[int, set[int]] = {}
    for row, (label, _, _) in labelled:
        end = label.end
        filled = {cell.column for cell in row.cells if cell.column >= end and cell.text.strip()}
        found.setdefault(row.fragment, set()).update(filled)
    return {fragment: frozenset(columns) for fragment, columns in found.items()}


def _value_columns(labelled: Sequence[tuple[GridRow, _Label]]) -> dict[int, tuple[int, ...]]:
    """For each fragment, where value cells begin in most of its rows."""
    votes: dict[int, Counter[tuple[int, ...]]] = {}
    for row, (label, _, _) in labelled:
        end = label.end
        begins = tuple([cell.column for cell in row.cells if cell.column >= end])
        votes.setdefault(row.fragment, Counter())[begins] += 1
    return {fragment: counter.most_common(1)[0][0] for fragment, counter in votes.items()}


def _ragged_blocks(
    spec: TableSpec, joined: JoinedTable, labels: Sequence[_Label | None]
) -> set[tuple[int, str]]:
    """The blocks (fragment, title) of text with tabs whose rows end at different places: somewhere tabs
    are missing, so that the places of the cells say nothing."""
    ends: dict[tuple[int, str], set[int]] = {}
    for row, label in zip(joined.rows, labels, strict=True):
        if joined.fragments[row.fragment].source != "tabs":
            continue
        if label:
            block = _block_of(label[1], spec) or spec.blocks[0]
            ends.setdefault((row.fragment, block.title), set()).add(row.cells[-1].end)
        elif len(spec.blocks) == 1 and names_columns(row, spec):
            ends.setdefault((row.fragment, spec.blocks[0].title), set()).add(row.cells[-1].end)
    return {place for place, found in ends.items() if len(found) > 1}
