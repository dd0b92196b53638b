"""Blanks read as zero, where a profile says so (design.md §3)."""

from __future__ import annotations

from linter.checks.cells import EMPTY_STATES
from linter.report.model import Report, StandardTable, TableCell


def blanks_as_zero(report: Report) -> Report:
    """The report with the value 0 in its blank cells. They stay blank: that they are is another
    rule's matter. What was lost in reading stays unknown."""
    tables = {key: _filled(table) for key, table in report.tables.items()}
    return report._replace(tables=tables)


def _filled(table: StandardTable) -> StandardTable:
    return table._replace(cells={key: _zero(cell) for key, cell in table.cells.items()})


def _zero(cell: TableCell) -> TableCell:
    return cell._replace(value=0) if cell.state in EMPTY_STATES else cell
