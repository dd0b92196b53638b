"""What can be said of a table read without lines between its cells: less than of a drawn one.

Where every row is the one due, each with its own label, the places of figures and blanks are sure.
Where one is not, its figures may belong to a neighbour, and a row that seems blank or missing may
only not have been met: all these are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from linter.report.norm import TableSpec
from linter.report.tables.aligned import FoundRow
from linter.report.tables.values import is_blank

UNSURE_ROW = "表格没有画出全部行线，无法确定这一行的标签和数字"
NOT_MET = "表格没有画出全部行线，没有找到这一行"


def is_whole(rows: Sequence[FoundRow], spec: TableSpec) -> bool:
    """Whether the rows are those of the form, in order and without a gap, each known by its label.

    One that only resembles its label is known by its place between two that are sure, if it has all
    figures: one that is missing may have been read as a part of the label.
    """
    order = [row.key for block in spec.blocks for row in block.rows]
    keys = [row.key for row in rows]
    sure = [row.match in ("exact", "variant") for row in rows]
    full = [not any(is_blank(value.text) for value in row.values) for row in rows]
    placed = all(a or b for a, b in pairwise([True, *sure, True]))
    return keys == order and placed and all(a or b for a, b in zip(sure, full, strict=True))


def with_unsure_lost(rows: Sequence[FoundRow]) -> list[FoundRow]:
    """The rows of a table that is not whole: only figures beside a label of their own stay."""
    return [row if _is_sure(row) else _lost(row) for row in rows]


def _is_sure(row: FoundRow) -> bool:
    figures = any(not is_blank(value.text) for value in row.values)
    return row.key is not None and row.match in ("exact", "variant") and figures


def _lost(row: FoundRow) -> FoundRow:
    values = tuple(value._replace(text="", lost=value.lost or UNSURE_ROW) for value in row.values)
    return row._replace(values=values)
