"""The columns of a DOCX table: one common grid for rows that were written with different ones."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from itertools import accumulate, pairwise

from lxml import etree

from linter.document.docxnames import TCPR, W
from linter.document.docxraw import GridCell, Row, has_content

_WIDTH, _WIDTH_KIND, _CELL_WIDTH = W + "w", W + "type", f"{TCPR}/{W}tcW"
_THIN_TWIPS = 28.35
"""Half a millimetre: LibreOffice's conversions leave columns of one twip between the real ones."""


def twips(text: str | None) -> float | None:
    """A width in twips, None where it is not given or not positive."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 < value < 1e6 else None


def preferred_width(element: etree._Element, table_width: float) -> float | None:
    """A preferred width in twips; shares of the table are 1/50 percent, or written as "50%"."""
    text = element.get(_WIDTH) or ""
    kind = element.get(_WIDTH_KIND, "dxa")
    if kind == "pct" or text.endswith("%"):
        share = twips(text.removesuffix("%"))
        whole = 100 if text.endswith("%") else 5000
        return share / whole * table_width if share and table_width else None
    return twips(text) if kind == "dxa" else None


def align(rows: list[Row], widths: list[float | None], table_width: float) -> int:
    """Give the cells of `rows` the edges of one common grid; returns its number of columns.

    `widths` are those the table states for its grid. Rows that span as many columns as most do are
    placed by their spans. A row that does not (a missing gridSpan or gridAfter) is placed by its
    cells' widths against the others. Grid columns too thin to hold a character disappear.
    """
    if not rows:
        return 0
    totals = Counter(row.total for row in rows)
    whole = max(totals, key=lambda total: (totals[total], total == len(widths), total))
    for row in rows if len(totals) > 1 else ():
        last = row.cells[-1]
        if row.total > whole > last.left and _cell_width(last, table_width) is None:
            row.total = last.right = whole  # a span past the table's edge ends there
    if len(widths) != whole:
        widths = [None] * whole
    by_span = all(row.total == whole for row in rows)
    if not (by_span and all(width is not None and width >= _THIN_TWIPS for width in widths)):
        regular = [row for row in rows if row.total == whole]
        edges = _grid_edges(regular, widths, table_width)
        if edges is not None:
            overflow = max(row.total for row in rows) - whole
            edges += [edges[-1] + 20 * _THIN_TWIPS * extra for extra in range(1, overflow + 1)]
            _place(rows, whole, edges, table_width)
    if any(row.removed for row in rows):
        _drop_removed_columns(rows)
    return max((row.cells[-1].right for row in rows if row.cells), default=0)


def _cell_width(cell: GridCell, table_width: float) -> float | None:
    """The preferred width of a cell in twips, None where it is not given."""
    total = 0.0
    for element in cell.elements:
        stated = element.find(_CELL_WIDTH)
        width = None if stated is None else preferred_width(stated, table_width)
        if width is None:
            return None
        total += width
    return total


def _grid_edges(rows: list[Row], widths: list[float | None], table_width: float) -> list[float] | None:
    """Where the grid lines stand, in twips, by the cells of one column; None if that is unknown."""
    from statistics import median

    single: dict[int, list[float]] = {}
    for row in rows:
        for cell in row.cells:
            if cell.right - cell.left == 1 and (width := _cell_width(cell, table_width)) is not None:
                single.setdefault(cell.left, []).append(width)
    edges = [0.0]
    for index, grid_width in enumerate(widths):
        known = median(single[index]) if index in single else grid_width
        if known is None:
            return None
        edges.append(edges[-1] + known)
    return edges


def _place(rows: list[Row], whole: int, edges: list[float], table_width: float) -> None:
    """Move every cell to the common grid of all rows, those placed by width included."""
    positions = sorted(set(edges))
    narrowest = min((b - a for a, b in pairwise(edges) if b - a >= _THIN_TWIPS), default=edges[-1])
    tolerance = min(0.03 * edges[whole], 0.35 * narrowest)
    placed: list[tuple[Row, list[tuple[float, float]]]] = []
    for row in rows:
        measured = None if row.total == whole else _measured(row, edges[: whole + 1], table_width)
        if measured is None:
            placed.append((row, [(edges[cell.left], edges[cell.right]) for cell in row.cells]))
            continue
        lines: list[float] = []
        for place in measured:
            nearest = _nearest(positions, place)
            if abs(nearest - place) > tolerance or (lines and nearest <= lines[-1]):
                nearest = max(place, lines[-1] + 1 if lines else 0.0)
                insort(positions, nearest)
            lines.append(nearest)
        placed.append((row, list(pairwise(lines))))
    filled = {
        span
        for row, spans in placed
        for cell, span in zip(row.cells, spans, strict=True)
        if any(map(has_content, cell.blocks))
    }
    line_at = _grid_lines(sorted(set(positions)), filled)
    for row, spans in placed:
        row.removed = [(line_at[edges[left]], line_at[edges[right]]) for left, right in row.removed]
        for cell, (left, right) in zip(row.cells, spans, strict=True):
            cell.left, cell.right = line_at[left], line_at[right]
        row.cells = [cell for cell in row.cells if cell.left < cell.right]


def _nearest(positions: list[float], place: float) -> float:
    """The position nearest to `place` among `positions`, which are sorted and not empty."""
    index = bisect_left(positions, place)
    return min(positions[max(0, index - 1) : index + 1], key=lambda position: abs(position - place))


def _measured(row: Row, edges: list[float], table_width: float) -> list[float] | None:
    """The row's cell edges by the widths of its cells, None where one of them is not known."""
    known = (_cell_width(cell, table_width) for cell in row.cells)
    widths = [width for width in known if width is not None]
    if row.removed or len(widths) < len(row.cells):
        return None
    start = edges[min(row.before, len(edges) - 1)] if row.before_width is None else row.before_width
    room = edges[-1] - start
    # Widths are rounded and padded here and there: a row about as long as the table is as long.
    scale = room / sum(widths) if abs(sum(widths) - room) < 0.05 * edges[-1] else 1.0
    return list(accumulate((width * scale for width in widths), initial=start))


def _grid_lines(positions: list[float], filled: set[tuple[float, float]]) -> dict[float, int]:
    """The number of the grid line at each position.

    Positions closer than half a millimetre share one, unless a cell between them has content:
    Word widens such a column to show it.
    """
    widest = max((right - left for left, right in pairwise(positions)), default=0.0)
    lines = [0]
    for left, right in pairwise(positions):
        thin = right - left < _THIN_TWIPS and widest > 10 * _THIN_TWIPS and (left, right) not in filled
        lines.append(lines[-1] + (not thin))
    return dict(zip(positions, lines, strict=True))


def _drop_removed_columns(rows: list[Row]) -> None:
    """Drop the grid columns that only cells tracked as deleted stood in."""
    removed = {column for row in rows for left, right in row.removed for column in range(left, right)}
    needed = {cell.left for row in rows for cell in row.cells if cell.right - cell.left == 1}
    gone = sorted(removed - needed)
    for cell in (cell for row in rows for cell in row.cells) if gone else ():
        cell.left -= bisect_left(gone, cell.left)
        cell.right -= bisect_left(gone, cell.right)
