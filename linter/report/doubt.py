"""Figures that may have been misread: what stands on a scan is not taken for a figure unless it is sure."""

from __future__ import annotations

from collections.abc import Mapping

from linter.document.model import Document, Location, Table
from linter.report.model import StandardTable, State, TableCell
from linter.report.tables.values import read_value

_OUTSIDE_CELLS = "扫描件上的“{text}”不在画线的表格内，识别不够可靠，请核对扫描件"

_NOTHING_SEEN = "扫描件上这一格没有认出文字，可能是空白，请核对扫描件"
_NO_FIGURE = "扫描件上的“{text}”不像数字，可能认错，请核对扫描件"
_NOT_MET = "扫描件上没有认出这一行或这一列，请核对扫描件"


def with_doubts(tables: Mapping[str, StandardTable], document: Document) -> dict[str, StandardTable]:
    """The tables with every doubtful cell lost, for the reason that the document gives."""
    doubts = {
        cell.location: cell.doubt
        for block in document.blocks
        if isinstance(block, Table)
        for cell in block.cells
        if cell.doubt
    }
    if not doubts and not document.recognised_pages:
        return dict(tables)
    return {
        key: table._replace(
            cells={place: _doubted(cell, doubts, document) for place, cell in table.cells.items()}
        )
        for key, table in tables.items()
    }


def _doubted(cell: TableCell, doubts: Mapping[Location, str], document: Document) -> TableCell:
    if cell.state is State.ABSENT and document.recognised_pages:
        return cell._replace(state=State.LOST, reason=_NOT_MET)
    recognised = cell.location.page is None or cell.location.page in document.recognised_pages
    if cell.state is State.BLANK and document.recognised_pages and recognised:
        return cell._replace(state=State.LOST, reason=_NOTHING_SEEN)
    if cell.state not in (State.NUMBER, State.PLACEHOLDER, State.TEXT):
        return cell
    reason = doubts.get(cell.location)
    if not reason and cell.state is State.TEXT and document.recognised_pages and recognised:
        reason = _NO_FIGURE.format(text=" ".join(cell.text.split()))
    if not reason and recognised and document.recognised_pages and cell.location.table is None:
        reason = _OUTSIDE_CELLS.format(text=" ".join(cell.text.split()))
    if not reason:
        return cell
    likely = read_value(cell.text).value
    return TableCell(cell.text, State.LOST, reason=reason, location=cell.location, likely=likely)
