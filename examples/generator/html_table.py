"""Tables of HTML pages."""

from __future__ import annotations

from html import escape

from examples.generator.grids import Grid, GridCell
from examples.generator.layout import Layout


def table_html(grid: Grid, layout: Layout, *, styled: bool = True) -> str:
    """A grid as a `table` element with spans."""
    rows = []
    for row in range(grid.row_count):
        cells = "".join(_cell(cell, layout, styled=styled) for cell in grid.cells if cell.row == row)
        height = f' style="height:{layout.row_height // 15}px"' if styled and layout.row_height else ""
        rows.append(f"<tr{height}>{cells}</tr>")
    columns = _columns(grid, layout) if styled else ""
    if layout.repeat_header and grid.header_rows:
        head, body = rows[: grid.header_rows], rows[grid.header_rows :]
        content = f"<thead>{''.join(head)}</thead><tbody>{chr(10).join(body)}</tbody>"
    else:
        content = f"<tbody>{chr(10).join(rows)}</tbody>"
    attributes = ' border="1" cellspacing="0" cellpadding="2"' if styled else ""
    return f"<table{attributes}>{columns}{content}</table>"


def _columns(grid: Grid, layout: Layout) -> str:
    if grid.key != "applications":
        return ""
    weights = [*layout.widths[-grid.label_columns :], *([70] * (grid.column_count - grid.label_columns))]
    return (
        "<colgroup>"
        + "".join(f'<col style="width:{100 * w // sum(weights)}%">' for w in weights)
        + "</colgroup>"
    )


def cell_spans(cell: GridCell) -> str:
    """The span attributes of a cell."""
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    return spans + (f' colspan="{cell.column_span}"' if cell.column_span > 1 else "")


def _cell(cell: GridCell, layout: Layout, *, styled: bool) -> str:
    tag = "th" if cell.role == "header" and layout.seed % 3 == 0 else "td"
    style = ""
    if styled:
        align = layout.align if cell.role == "value" else "center"
        style = f' style="text-align:{align}"' if cell.role != "label" else ""
        if cell.vertical and layout.vertical == "tbrl":
            style = ' style="writing-mode:vertical-rl;text-align:center"'
    text = "<br>".join(escape(line) for line in cell.text.split("\n"))
    return f"<{tag}{cell_spans(cell)}{style}>{text}</{tag}>"
