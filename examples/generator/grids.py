"""The standard tables as grids with spans, in the shape that a layout asks for."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from examples.generator.layout import Layout
from examples.generator.older import CHAPTERS
from examples.generator.truth import Block, Line, TableTruth
from linter.report.model import State
from linter.report.norm import STATISTICS

OUTER_LABEL = "三、本年度办理结果"
Role = Literal["title", "header", "group", "label", "value"]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its spans; `vertical` marks a narrow label that may run downwards."""

    row: int
    column: int
    text: str
    role: Role
    row_span: int = 1
    column_span: int = 1
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be drawn. `label_columns` stand left of the values; `header_rows` may repeat."""

    key: str
    cells: tuple[GridCell, ...]
    row_count: int
    column_count: int
    header_rows: int
    label_columns: int

    def slots(self) -> dict[tuple[int, int], GridCell]:
        """Each covered position → the cell that covers it."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }


def table_grids(table: TableTruth, layout: Layout) -> tuple[Grid, ...]:
    """The grids that show `table`: one, or for table 二 perhaps one for each article."""
    if table.key == "disclosure":
        grids = _disclosure(table, layout)
    elif table.key == STATISTICS:
        grids = (_statistics(table, layout),)
    elif table.key == "applications":
        grids = _continued(_applications(table, layout), layout)
    else:
        grids = (_disputes(table, layout),)
    rng = random.Random(f"labels {layout.seed} {table.key}")
    return tuple(_restyled(grid, layout, rng) for grid in grids)


def _value(table: TableTruth, row: str | None, column: str, layout: Layout) -> str:
    cell = table.cells[row, column]
    return layout.figure(cell.text) if cell.state is State.NUMBER else cell.text


def _disclosure(table: TableTruth, layout: Layout) -> tuple[Grid, ...]:
    if layout.split_disclosure:
        return tuple(_disclosure_grid(table, (block,), layout) for block in table.blocks)
    return (_disclosure_grid(table, table.blocks, layout),)


def _disclosure_grid(table: TableTruth, blocks: tuple[Block, ...], layout: Layout) -> Grid:
    width = 1 + max(len(block.columns) for block in blocks)
    cells: list[GridCell] = []
    row = 0
    for block in blocks:
        if block.title:
            cells.append(GridCell(row, 0, block.title, "title", 1, width))
            row += 1
        lines = [(block.corner, [column.label for column in block.columns], "header")]
        lines += [
            (line.label, [_value(table, line.key, column.key, layout) for column in block.columns], "value")
            for line in block.rows
        ]
        for label, texts, role in lines:
            cells.append(GridCell(row, 0, label, "label" if role == "value" else "header"))
            for index, text in enumerate(texts, 1):
                span = width - index if index == len(texts) else 1
                cells.append(GridCell(row, index, text, "value" if role == "value" else "header", 1, span))
            row += 1
    return Grid(table.key, tuple(cells), row, width, 0, 1)


def _statistics(table: TableTruth, layout: Layout) -> Grid:
    """Indicator, unit, figure; the chapters of the form as rows without a figure."""
    block = table.blocks[0]
    lines = [(block.corner, "计量单位", block.columns[0].label)]
    for line in block.rows:
        if line.key in CHAPTERS:
            lines.append((CHAPTERS[line.key], "——", "——"))
        lines.append((line.label, line.group, _value(table, line.key, block.columns[0].key, layout)))
    cells = [
        GridCell(row, column, text, "header" if row == 0 else "value" if column else "label")
        for row, texts in enumerate(lines)
        for column, text in enumerate(texts)
    ]
    return Grid(table.key, tuple(cells), len(lines), 3, 1, 1)


def _applicant_header(block: Block, start: int) -> list[GridCell]:
    """Three header rows right of the label columns: 申请人情况, groups, single columns."""
    cells = [GridCell(0, start, "申请人情况", "header", 1, len(block.columns))]
    column = start
    for group, lines in groupby(block.columns, key=lambda line: line.group):
        members = list(lines)
        if group:
            cells.append(GridCell(1, column, group, "header", 1, len(members)))
            cells += [
                GridCell(2, column + index, line.label, "header", vertical=True)
                for index, line in enumerate(members)
            ]
        else:
            cells += [
                GridCell(1, column + index, line.label, "header", 2, vertical=True)
                for index, line in enumerate(members)
            ]
        column += len(members)
    return cells


def _applications(table: TableTruth, layout: Layout) -> Grid:
    block = table.blocks[0]
    labels = 2 if layout.stacked else 3
    width = labels + len(block.columns)
    cells = [GridCell(0, 0, block.corner, "header", 3, labels), *_applicant_header(block, labels)]
    row, outer_open = 3, False
    for line in block.rows:
        if layout.stacked and line.group and not outer_open:
            cells.append(GridCell(row, 0, OUTER_LABEL, "title", 1, width))
            row += 1
        outer_open = bool(line.group)
        cells += _application_row(table, line, row, labels, layout)
        row += 1
    grid = Grid(table.key, tuple(cells), row, width, 3, labels)
    return _merged_groups(grid, layout)


def _application_row(
    table: TableTruth, line: Line, row: int, labels: int, layout: Layout
) -> Iterator[GridCell]:
    """The cells of one row, group labels not merged yet."""
    inner = line.group if line.group != OUTER_LABEL else ""
    column = 0
    if line.group and not layout.stacked:
        yield GridCell(row, 0, OUTER_LABEL, "group", vertical=True)
        column = 1
    if inner:
        yield GridCell(row, column, inner, "group")
        column += 1
    yield GridCell(row, column, line.label, "label", 1, labels - column)
    for index, applicant in enumerate(table.blocks[0].columns):
        yield GridCell(row, labels + index, _value(table, line.key, applicant.key, layout), "value")


def _merged_groups(grid: Grid, layout: Layout) -> Grid:
    """Runs of equal group labels, merged or blanked as the layout has them."""
    if layout.groups == "repeated":
        return grid
    groups = [cell for cell in grid.cells if cell.role == "group"]
    kept = [cell for cell in grid.cells if cell.role != "group"]
    previous: dict[int, GridCell] = {}
    for cell in groups:
        first = previous.get(cell.column)
        if first and first.text == cell.text and first.row + first.row_span == cell.row:
            previous[cell.column] = replace(first, row_span=first.row_span + 1)
            continue
        if first:
            kept += _run(first, layout)
        previous[cell.column] = cell
    for first in previous.values():
        kept += _run(first, layout)
    return replace(grid, cells=tuple(sorted(kept, key=lambda cell: (cell.row, cell.column))))


def _run(cell: GridCell, layout: Layout) -> list[GridCell]:
    if layout.groups == "merged":
        return [cell]
    rest = [replace(cell, row=cell.row + index, row_span=1, text="") for index in range(1, cell.row_span)]
    return [replace(cell, row_span=1), *rest]


def _continued(grid: Grid, layout: Layout) -> tuple[Grid, ...]:
    """The grid whole, or cut in two between two rows; merged labels begin again after the cut."""
    if layout.continued == "no":
        return (grid,)
    cut = random.Random(f"cut {layout.seed}").randint(grid.header_rows + 2, grid.row_count - 2)
    header = [cell for cell in grid.cells if cell.row < grid.header_rows and layout.continued == "headed"]
    shift = cut - (grid.header_rows if header else 0)
    before: list[GridCell] = []
    after: list[GridCell] = list(header)
    for cell in grid.cells:
        end = cell.row + cell.row_span
        if cell.row < cut:
            before.append(replace(cell, row_span=min(end, cut) - cell.row))
        if end > cut:
            start = max(cell.row, cut)
            after.append(replace(cell, row=start - shift, row_span=end - start))
    after.sort(key=lambda cell: (cell.row, cell.column))
    first = replace(grid, cells=tuple(before), row_count=cut)
    rest = replace(
        grid,
        cells=tuple(after),
        row_count=grid.row_count - shift,
        header_rows=grid.header_rows if header else 0,
    )
    return (first, rest)


def _disputes(table: TableTruth, layout: Layout) -> Grid:
    columns = table.blocks[0].columns
    cells: list[GridCell] = []
    start = 0
    runs = [(group, list(lines)) for group, lines in groupby(columns, key=lambda line: line.group)]
    suits = sum(len(lines) for group, lines in runs if group != "行政复议")
    for group, lines in runs:
        review = group == "行政复议"
        cells.append(GridCell(0 if review else 1, start, group, "header", 2 if review else 1, len(lines)))
        if not review and all(cell.text != "行政诉讼" for cell in cells):
            cells.append(GridCell(0, start, "行政诉讼", "header", 1, suits))
        for index, line in enumerate(lines):
            cells.append(GridCell(2, start + index, line.label, "header", vertical=True))
        start += len(lines)
    cells += [
        GridCell(3, index, _value(table, None, column.key, layout), "value")
        for index, column in enumerate(columns)
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(table.key, tuple(cells), 4, len(columns), 3, 0)


def _restyled(grid: Grid, layout: Layout, rng: random.Random) -> Grid:
    return replace(
        grid,
        cells=tuple(
            cell if cell.role == "value" else replace(cell, text=_label(cell, layout, rng))
            for cell in grid.cells
        ),
    )


def _label(cell: GridCell, layout: Layout, rng: random.Random) -> str:
    text = re.sub(r"^(\d)\.", rf"\1{layout.point}", cell.text)
    if layout.brackets == "half":
        text = text.replace("（", "(").replace("）", ")")
    if cell.vertical and layout.vertical == "breaks":
        return "\n".join(text)
    if cell.vertical and layout.vertical == "tbrl":
        return text
    if layout.labels == "spaced" and len(text) <= 6 and not re.search(r"[0-9（(]", text):
        return rng.choice((" ", " ", "\u3000")).join(text) if rng.random() < 0.6 else text
    if layout.labels == "broken" and len(text) >= 4 and rng.random() < 0.5:
        middle = rng.randint(2, len(text) - 2)
        return f"{text[:middle]}\n{text[middle:]}"
    return text
