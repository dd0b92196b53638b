"""Cells of the standard tables as the checks see them: patterns, evidence, places, blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from linter.checks.kind import Problem
from linter.checks.outcome import CellEvidence, Place
from linter.checks.wording import column_name, joined, row_name
from linter.report.model import StandardTable, State, TableCell
from linter.report.norm import EVERY_TABLE, STATISTICS, TABLE_EDITIONS, TableSpec, table_spec

CellKey: TypeAlias = tuple[str | None, str]

SIGNED_COLUMNS = frozenset({"change"})
"""Columns of 本年增/减, where a negative number is right."""

EMPTY_STATES = frozenset({State.BLANK, State.PLACEHOLDER})
"""What people leave for zero."""


def spec_of(table: StandardTable) -> TableSpec:
    """The norm by which the table was read."""
    return table_spec(table.key, table.layout)


def matches(pattern: str, key: str | None) -> bool:
    """Whether a row or column key fits `*`, `group.*` or the key itself."""
    if pattern == "*":
        return True
    if key is None:
        return False
    return key.startswith(pattern[:-1]) if pattern.endswith(".*") else key == pattern


def matching(patterns: Iterable[str], keys: Sequence[str | None]) -> list[str | None]:
    """The keys that fit any of the patterns, in the order of `keys`."""
    return list(_matching(tuple(patterns), tuple(keys)))


@lru_cache(maxsize=1024)
def _matching(patterns: tuple[str, ...], keys: tuple[str | None, ...]) -> tuple[str | None, ...]:
    # The same few patterns meet the same few layouts in every report.
    return tuple(key for key in keys if any(matches(pattern, key) for pattern in patterns))


def rows_of(table: StandardTable) -> list[str | None]:
    """The rows whose cells the table holds, in printed order."""
    return list(_axes(table)[0])


def columns_of(table: StandardTable) -> list[str | None]:
    """The columns whose cells the table holds, in printed order."""
    return list(_axes(table)[1])


class _Axes(NamedTuple):
    """The rows and columns of the table with these cells."""

    cells: Mapping[CellKey, TableCell]
    lines: tuple[tuple[str | None, ...], tuple[str, ...]]


_KEPT_TABLES = 16
_axes_of: dict[int, _Axes] = {}


def _axes(table: StandardTable) -> tuple[tuple[str | None, ...], tuple[str, ...]]:
    """Rows and columns in printed order, kept for the last few tables: every rule asks for them."""
    found = _axes_of.get(id(table.cells))
    if found is None or found.cells is not table.cells:
        if len(_axes_of) >= _KEPT_TABLES:
            _axes_of.clear()
        rows = tuple(dict.fromkeys([row for row, _ in table.cells]))
        columns = tuple(dict.fromkeys([column for _, column in table.cells]))
        found = _axes_of[id(table.cells)] = _Axes(table.cells, (rows, columns))
    return found.lines


def evidence_of(table: StandardTable, key: CellKey) -> CellEvidence:
    """The cell as quoted in evidence."""
    cell = table.cells[key]
    return CellEvidence(table.key, key[0], key[1], cell.text, cell.state.value, cell.value, cell.location)


def place_of(table: StandardTable, row: str | None = None, column: str | None = None) -> Place:
    """A place inside the table; the file position is that of the cell, or of the table."""
    cell = table.cells.get((row, column)) if column is not None else None
    location = cell.location if cell else table.location
    return Place(
        spec_of(table).section or None, table.key, row, column, location, cell.text if cell else None
    )


def blocks_of(table: StandardTable, keys: Iterable[CellKey]) -> Iterator[list[CellKey]]:
    """The cells in blocks that hang together as printed, side by side or one above the other."""
    order = {key: index for index, key in enumerate(table.cells)}
    rows = {row: index for index, row in enumerate(rows_of(table))}
    columns = {column: index for index, column in enumerate(columns_of(table))}
    left = {(rows[row], columns[column]): (row, column) for row, column in keys}
    while left:
        position = next(iter(left))
        block, front = [left.pop(position)], [position]
        while front:
            row, column = front.pop()
            for near in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
                if near in left:
                    block.append(left.pop(near))
                    front.append(near)
        yield sorted(block, key=order.__getitem__)


def describe(table: StandardTable, keys: Sequence[CellKey], lang: str = "zh") -> str:
    """The cells in as few words as they allow: the whole table, whole columns or rows, or names."""
    spec = spec_of(table)
    chosen = set(keys)
    if len(chosen) == len(table.cells):
        return f"整张表（{len(chosen)} 格）" if lang == "zh" else f"the whole table ({len(chosen)} cells)"
    if len(columns_of(table)) == 1:
        return joined((row_name(spec, row) for row, _ in keys), lang, most=8)
    parts: list[str] = []
    for find in _disputes_groups, _columns, _rows:
        lines = [(name, members) for name, members in find(table, spec) if members <= chosen]
        parts.extend(_runs(find(table, spec), lines, lang, find))
        for _, members in lines:
            chosen -= members
    left = [key for key in keys if key in chosen]
    parts.extend(_by_column(spec, left, lang) if len(left) > 5 else [_name(spec, key) for key in left])
    if len(parts) > MOST_PARTS:
        parts = _by_column(spec, keys, lang)
    return joined(parts, lang, most=8)


MOST_PARTS = 6
"""More names than these are not read; the cells are then counted by column."""

_Line: TypeAlias = tuple[str, set[CellKey]]


def _name(spec: TableSpec, key: CellKey) -> str:
    row, column = key
    name = column_name(spec, row, column)
    return f"{row_name(spec, row)} × {name}" if row else name


def _disputes_groups(table: StandardTable, spec: TableSpec) -> list[_Line]:
    """The three groups of the disputes table."""
    if table.key != "disputes":
        return []
    groups: dict[str, set[CellKey]] = {}
    for row, column in table.cells:
        groups.setdefault(spec.column(None, column).group, set()).add((row, column))
    return list(groups.items())


def _columns(table: StandardTable, spec: TableSpec) -> list[_Line]:
    """Columns of more than two cells."""
    columns: dict[str, set[CellKey]] = {}
    for row, column in table.cells:
        columns.setdefault(column, set()).add((row, column))
    return [
        (column_name(spec, next(iter(members))[0], column), members)
        for column, members in columns.items()
        if len(members) > 2
    ]


def _rows(table: StandardTable, spec: TableSpec) -> list[_Line]:
    """Rows of more than one cell, unless the table is a single row."""
    rows: dict[str | None, set[CellKey]] = {}
    for row, column in table.cells:
        rows.setdefault(row, set()).add((row, column))
    return [(row_name(spec, row), cells) for row, cells in rows.items() if row and len(cells) > 1]


def _runs(lines: list[_Line], chosen: list[_Line], lang: str, find: Callable[..., list[_Line]]) -> list[str]:
    """Whole lines by name; three and more that follow one another as from … to …."""
    zh, en = {_disputes_groups: ("组", "group"), _columns: ("列", "column"), _rows: ("行", "row")}[find]
    wanted = {name for name, _ in chosen}
    runs: list[list[str]] = [[]]
    for name, _ in lines:
        if name in wanted:
            runs[-1].append(name)
        elif runs[-1]:
            runs.append([])
    texts: list[str] = []
    for run in runs:
        if len(run) > 2:
            texts.append(
                f"“{run[0]}”至“{run[-1]}”{len(run)} {zh}"
                if lang == "zh"
                else f"{len(run)} {en}s from {run[0]} to {run[-1]}"
            )
        else:
            texts.extend(f"“{name}”整{zh}" if lang == "zh" else f"{en} {name}" for name in run)
    return texts


def _by_column(spec: TableSpec, keys: Sequence[CellKey], lang: str) -> list[str]:
    """Many single cells, counted by column."""
    counts: dict[str, int] = {}
    for row, column in keys:
        name = column_name(spec, row, column)
        counts[name] = counts.get(name, 0) + 1
    if lang == "en":
        return [f"{count} cell{'s' if count > 1 else ''} of column {name}" for name, count in counts.items()]
    return [f"“{name}”列 {count} 格" for name, count in counts.items()]


def unknown_tables(tables: Sequence[str]) -> Iterator[Problem]:
    """The faults of a rule's parameter `tables`: names that no standard table has."""
    for index, table in enumerate(tables):
        if table not in EVERY_TABLE:
            yield ("tables", index), _no_such_table(table)


def _no_such_table(table: str) -> str:
    return f"没有表格“{table}”，应为 {'、'.join(EVERY_TABLE)} 之一"


def unknown_lines(
    table: str, editions: Sequence[str], rows: Iterable[str], columns: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Row and column patterns that no edition of the rule has in `table`, each with what is right."""
    if table not in EVERY_TABLE:
        yield table, _no_such_table(table)
        return
    having = ("pre-2019",) if table == STATISTICS else TABLE_EDITIONS
    specs = [table_spec(table, edition) for edition in editions if edition in having]
    if not specs:
        due = " 或 ".join(having)
        yield table, f"规则适用的格式（{'、'.join(editions)}）没有表格 {table}，应在 editions 中写 {due}"
        return
    keys = [key for spec in specs for key in spec.cell_keys()]
    known_rows = list(dict.fromkeys(row for row, _ in keys))
    known_columns = list(dict.fromkeys(column for _, column in keys))
    for pattern in rows:
        if not matching([pattern], known_rows):
            names = "、".join(row for row in known_rows if row) or "（此表没有行名）"
            yield pattern, f"表格 {table} 没有行“{pattern}”，可用的行：{names}"
    for pattern in columns:
        if not matching([pattern], known_columns):
            yield pattern, f"表格 {table} 没有列“{pattern}”，可用的列：{'、'.join(known_columns)}"
