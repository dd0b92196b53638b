"""Tables of a Word document: spans, vertical text, widths, repeated headers, odd constructs."""

from __future__ import annotations

from dataclasses import dataclass

from examples.generator.docx_parts import text_width
from examples.generator.docx_runs import Runs, deleted, inserted, run
from examples.generator.grids import Grid, GridCell
from examples.generator.layout import Borders, Layout

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_DRAWN: dict[Borders, tuple[str, ...]] = {
    "horizontal": ("top", "bottom", "insideH"),
    "vertical": ("left", "right", "insideV"),
    "outer": ("top", "left", "bottom", "right"),
    "three-line": ("top", "bottom"),
    "cells": (),
    "none": (),
    "zebra": (),
}


def _borders(layout: Layout) -> str:
    """The `w:tblBorders` of a table."""
    borders = layout.borders
    kind = borders if borders in ("dotted", "dashed") else "single"
    color = "FFFFFF" if borders == "white" else "000000"
    drawn = _DRAWN.get(borders, _SIDES)
    look = f'w:sz="{layout.line}" w:space="0" w:color="{color}"'
    sides = "".join(f'<w:{side} w:val="{kind if side in drawn else "nil"}" {look}/>' for side in _SIDES)
    return f"<w:tblBorders>{sides}</w:tblBorders>"


@dataclass(frozen=True)
class _Drawing:
    """A grid while it is drawn: column widths in twips, the column with a one-twip one behind it."""

    grid: Grid
    layout: Layout
    runs: Runs
    widths: list[int]
    thin: int | None


def table_xml(grid: Grid, layout: Layout, runs: Runs, *, wide: bool) -> str:
    """A grid as `w:tbl`."""
    widths = column_widths(grid, layout, text_width(layout, landscape=wide))
    drawing = _Drawing(grid, layout, runs, widths, _thin_column(grid, layout))
    columns = "".join(
        f'<w:gridCol w:w="{width}"/>' + ('<w:gridCol w:w="1"/>' if index == drawing.thin else "")
        for index, width in enumerate(widths)
    )
    rows = "".join(_row(drawing, row) for row in range(grid.row_count))
    margins = "".join(f'<w:{side} w:w="{layout.padding}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{_borders(layout)}<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def column_widths(grid: Grid, layout: Layout, total: int) -> list[int]:
    """Widths in twips that fill `total`."""
    weights = list(layout.widths[-grid.label_columns :]) if grid.label_columns else []
    value = layout.value_width if grid.key == "applications" else 160
    weights += [value] * (grid.column_count - grid.label_columns)
    scale = total / sum(weights)
    return [int(weight * scale) for weight in weights]


def _thin_column(grid: Grid, layout: Layout) -> int | None:
    """The column behind which a one-twip column stands, as conversions leave them."""
    if "thin-columns" not in layout.extras or grid.key != "disputes":
        return None
    return layout.seed % (grid.column_count - 1)


def _row(drawing: _Drawing, row: int) -> str:
    grid, layout = drawing.grid, drawing.layout
    slots = grid.slots()
    cells: list[str] = []
    column = 0
    before = _omitted(grid, row, layout)
    while column < grid.column_count:
        cell = slots[row, column]
        if column >= before:
            cells.append(_cell(drawing, cell, row))
        column += cell.column_span
    properties = f'<w:gridBefore w:val="{before}"/>' if before else ""
    height = layout.row_height
    if layout.vertical == "tbrl" and any(
        cell.row == row and cell.vertical and cell.role == "header" for cell in grid.cells
    ):
        height = max(height, 1500)
    if height:
        properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    if layout.repeat_header and row < grid.header_rows:
        properties += "<w:tblHeader/>"
    xml = f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"
    if "content-controls" in layout.extras and row == grid.row_count - 2:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"
    return xml


def _omitted(grid: Grid, row: int, layout: Layout) -> int:
    """How many leading columns the row leaves out with `gridBefore`: blank group labels only."""
    if "grid-before" not in layout.extras:
        return 0
    leading = [cell for cell in grid.cells if cell.row == row and cell.column < grid.label_columns]
    count = 0
    for cell in leading:
        if cell.text or cell.role != "group":
            break
        count = cell.column + cell.column_span
    return count


def _cell(drawing: _Drawing, cell: GridCell, row: int) -> str:
    layout, thin = drawing.layout, drawing.thin
    span = cell.column_span
    end = cell.column + span - 1
    if thin is not None:
        inside = cell.column <= thin < end
        header_left = cell.role == "header" and end == thin
        body_right = cell.role == "value" and cell.column == thin + 1
        span += inside or header_left or body_right
    properties = f'<w:tcW w:w="{sum(drawing.widths[cell.column : end + 1])}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if cell.row_span > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    if cell.vertical and layout.vertical == "tbrl":
        properties += '<w:textDirection w:val="tbRl"/>'
    if layout.borders in ("white", "cells") or (layout.borders == "zebra" and row % 2):
        properties += '<w:shd w:val="clear" w:color="auto" w:fill="E6ECF4"/>'
    properties += f'<w:vAlign w:val="{layout.valign}"/>'
    text = cell.text if row == cell.row else ""
    content = _content(drawing, cell, text)
    xml = f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"
    if "content-controls" in layout.extras and cell.role == "value" and (cell.row + cell.column) % 17 == 0:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"
    return xml


def _content(drawing: _Drawing, cell: GridCell, text: str) -> str:
    extras = drawing.layout.extras
    align = {"label": "left", "value": drawing.layout.align}.get(cell.role, "center")
    start = f'<w:p><w:pPr><w:spacing w:line="240"/><w:jc w:val="{align}"/></w:pPr>'
    if "cell-paragraphs" in extras:
        return "".join(f"{start}{run(line) if line else ''}</w:p>" for line in text.split("\n"))
    if cell.role == "value" and "insertions" in extras and cell.column % 3 == 0 and text:
        return f"{start}{inserted(run(text), 7)}</w:p>"
    if cell.role == "value" and "deletions" in extras and cell.column % 4 == 0 and text:
        return f"{start}{deleted('6', 8)}{run(text)}</w:p>"
    return f"{start}{drawing.runs.runs(text) if text else ''}</w:p>"
