"""A standard table laid out as the official form prints it, with merged headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import lcm
from typing import Literal

from linter.checks.wording import plain_label
from linter.report.model import StandardTable, State
from linter.report.norm import STATISTICS, BlockSpec, LineSpec, TableSpec, table_spec

Role = Literal["cell", "row", "column", "group", "title"]
Key = tuple[str | None, str | None]

# Headings that the form prints above its column groups.
_APPLICANTS = "申请人情况"
_LITIGATION = "行政诉讼"


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of the drawn form. `key` is (row, column): both for a figure, one for its heading."""

    role: Role
    text: str = ""
    key: Key = (None, None)
    rows: int = 1
    columns: int = 1


def draw(table: StandardTable, spec: TableSpec) -> list[list[Box]]:
    """The form of `table`, row by row; covered positions have no box."""
    if spec.key == "disputes":
        return _disputes(spec.blocks[0])
    if spec.key == "applications":
        return _applications(table, spec.blocks[0])
    if spec.key == STATISTICS:
        return _disclosure([_printed_form(table, spec.blocks[0])])
    return _disclosure(spec.blocks)


def _printed_form(table: StandardTable, block: BlockSpec) -> BlockSpec:
    """The rows and columns that a report's form has: local forms have fewer, and others."""
    rows, columns = {row for row, _ in table.cells}, {column for _, column in table.cells}
    return block._replace(
        rows=tuple(line for line in block.rows if line.key in rows),
        columns=tuple(line for line in block.columns if line.key in columns),
    )


def _disclosure(blocks: Sequence[BlockSpec]) -> list[list[Box]]:
    """Blocks one below the other, their columns stretched to the same width."""
    parts = lcm(*(len(block.columns) for block in blocks))
    drawn: list[list[Box]] = []
    for block in blocks:
        stretch = parts // len(block.columns)
        drawn.append([Box("title", block.title, columns=parts + 1)])
        drawn.append(
            [
                Box("group", block.corner),
                *(Box("column", line.label, (None, line.key), columns=stretch) for line in block.columns),
            ]
        )
        drawn += [
            [
                Box("row", line.label, (line.key, None)),
                *(Box("cell", key=(line.key, column.key), columns=stretch) for column in block.columns),
            ]
            for line in block.rows
        ]
    return drawn


def _applications(table: StandardTable, block: BlockSpec) -> list[list[Box]]:
    """Labels in three columns: row, or 三、 and its results, or group and item."""
    rows = _printed_rows(table, block)
    outer = _outer_group(rows)
    drawn = _applicant_headings(block)
    for index, line in enumerate(rows):
        boxes: list[Box] = []
        inside = outer is not None and outer[0] <= index <= outer[1]
        if outer and index == outer[0]:
            boxes.append(Box("group", line.group, rows=outer[1] - outer[0] + 1))
        grouped = inside and outer is not None and line.group != rows[outer[0]].group
        if grouped and (index == 0 or rows[index - 1].group != line.group):
            size = sum(1 for _ in _same_group(rows, index))
            boxes.append(Box("group", line.group, rows=size))
        span = 1 if grouped else 2 if inside else 3
        boxes.append(Box("row", plain_label(line.label), (line.key, None), columns=span))
        boxes += [Box("cell", key=(line.key, column.key)) for column in block.columns]
        drawn.append(boxes)
    return drawn


def _printed_rows(table: StandardTable, block: BlockSpec) -> list[LineSpec]:
    """The form's rows; a single row （六） that the report keeps stands in place of the three."""
    rows = list(block.rows)
    kept = table.cells.get(("other", "total"))
    if kept is None or kept.state is State.ABSENT or any(line.key == "other" for line in rows):
        return rows
    single = table_spec(table.key, "2019").row("other")
    place = next((index for index, line in enumerate(rows) if line.key.startswith("other.")), None)
    if single is None or place is None:
        return rows
    present = [
        line
        for line in rows
        if not line.key.startswith("other.")
        or any(cell.state is not State.ABSENT for (row, _), cell in table.cells.items() if row == line.key)
    ]
    return [*present[:place], single, *present[place:]]


def _outer_group(rows: Sequence[LineSpec]) -> tuple[int, int] | None:
    """First and last row of the group that encloses others (三、本年度办理结果)."""
    for group in dict.fromkeys(line.group for line in rows if line.group):
        indexes = [index for index, line in enumerate(rows) if line.group == group]
        if any(rows[index].group != group for index in range(indexes[0], indexes[-1])):
            return indexes[0], indexes[-1]
    return None


def _same_group(rows: Sequence[LineSpec], start: int) -> list[LineSpec]:
    return list(next(iter(groupby(rows[start:], key=lambda line: line.group)))[1])


def _applicant_headings(block: BlockSpec) -> list[list[Box]]:
    first = [
        Box("group", block.corner, rows=3, columns=3),
        Box("group", _APPLICANTS, columns=len(block.columns)),
    ]
    second: list[Box] = []
    third: list[Box] = []
    for group, lines in groupby(block.columns, key=lambda line: line.group):
        members = list(lines)
        if group:
            second.append(Box("group", group, columns=len(members)))
            third += [Box("column", line.label, (None, line.key)) for line in members]
        else:
            second += [Box("column", line.label, (None, line.key), rows=2) for line in members]
    return [first, second, third]


def _disputes(block: BlockSpec) -> list[list[Box]]:
    groups = [(group, list(lines)) for group, lines in groupby(block.columns, key=lambda line: line.group)]
    first, *litigation = groups
    return [
        [
            Box("group", first[0], rows=2, columns=len(first[1])),
            Box("group", _LITIGATION, columns=sum(len(lines) for _, lines in litigation)),
        ],
        [Box("group", group, columns=len(lines)) for group, lines in litigation],
        [Box("column", line.label, ("", line.key)) for line in block.columns],
        [Box("cell", key=(None, line.key)) for line in block.columns],
    ]
