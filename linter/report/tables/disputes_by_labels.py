"""The table of section 4 in another arrangement than the form's: three tables, or a row for each outcome.

A figure is placed by the labels beside and above it, one for the proceedings and one for the outcome.
The table is read only where each of the fifteen pairs has one cell and every cell its pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linter.report.norm import TableSpec
from linter.report.tables.aligned import FoundRow
from linter.report.tables.joined import GridCell, GridRow, JoinedTable
from linter.report.tables.labels import fold
from linter.report.tables.placed import FoundValue
from linter.report.tables.values import is_blank, looks_like_value

_GROUPS = {
    "行政复议": "review",
    "未经复议直接起诉": "litigation_direct",
    "行政诉讼未经复议直接起诉": "litigation_direct",
    "复议后起诉": "litigation_after_review",
    "行政诉讼复议后起诉": "litigation_after_review",
}
_OUTCOMES = {
    "结果维持": "upheld",
    "结果纠正": "corrected",
    "其他结果": "other",
    "尚未审结": "pending",
    "总计": "total",
    "合计": "total",
}


def place_by_labels(spec: TableSpec, joined: JoinedTable) -> FoundRow | None:
    """The fifteen figures by their labels, or None where these do not tell each of them."""
    found: dict[str, FoundValue] = {}
    for index, row in enumerate(joined.rows):
        if not any(_is_value(cell) for cell in row.cells):
            continue
        for cell in row.cells:
            if cell.continued or not looks_like_value(cell.text):
                continue
            key = _key(joined.rows, index, cell)
            if key is None and is_blank(cell.text):
                continue
            if key is None or key in found:
                return None
            found[key] = FoundValue(key, cell.text.strip(), cell.location)
    keys = [column.key for column in spec.blocks[0].columns]
    if set(found) != set(keys):
        return None
    values = tuple(found[key] for key in keys)
    return FoundRow(None, "", None, values, 0, values[0].location)


def _is_value(cell: GridCell) -> bool:
    return not cell.continued and not is_blank(cell.text) and looks_like_value(cell.text)


def _key(rows: Sequence[GridRow], index: int, cell: GridCell) -> str | None:
    """The column of the form that a cell is, by the nearest labels of each kind."""
    labels = [fold(label.text) for label in _labels(rows, index, cell)]
    group = next((_GROUPS[label] for label in labels if label in _GROUPS), None)
    outcome = next((_OUTCOMES[label] for label in labels if label in _OUTCOMES), None)
    return f"{group}.{outcome}" if group and outcome else None


def _labels(rows: Sequence[GridRow], index: int, cell: GridCell) -> Iterator[GridCell]:
    """The cells to the left of a cell, the nearest first, then those above it, the lowest first."""
    yield from reversed([other for other in rows[index].cells if other.end <= cell.column])
    for row in reversed(rows[:index]):
        for other in row.cells:
            if other.column < cell.end and cell.column < other.end:
                yield other
