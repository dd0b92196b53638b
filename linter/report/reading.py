"""How surely a report was read, told to the reader of the verdicts: what was lost, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from linter.document.model import Document
from linter.report.model import Certainty, Deviation, Reading, StandardTable, State, TableCell
from linter.report.norm import STATISTICS, table_spec

_SCANNED = "第 {pages} 页是扫描图片，没有文字可读"
_POOR_SHARE = 0.5
_GROUP_NUMBER = re.compile(r"（[一二三四五六七]）")
_REMARK = re.compile(r"(?<=.)（[^（）]*）$")


def is_unread(table: StandardTable) -> bool:
    """Whether something of a table that stands in the report could not be read."""
    return table.found and (
        any(cell.state is State.LOST for cell in table.cells.values())
        or any(deviation.lost for deviation in table.deviations)
    )


def with_lost(
    tables: Mapping[str, StandardTable], deviations: Sequence[Deviation]
) -> dict[str, StandardTable]:
    """The tables, those not found lost where `deviations` tell that they may be there unread."""
    reasons = {
        each.table: each.lost for each in deviations if each.part == "table" and each.kind == "missing"
    }
    return {
        key: table if table.found or table.lost else _as_lost(table, reasons.get(key))
        for key, table in tables.items()
    }


def _as_lost(table: StandardTable, reason: str | None) -> StandardTable:
    if reason is None:
        return table
    cell = TableCell("", State.LOST, reason=reason)
    return table._replace(cells=dict.fromkeys(table.cells, cell), lost=reason)


def reading_of(
    document: Document, deviations: Sequence[Deviation], tables: Mapping[str, StandardTable]
) -> Reading:
    """The reading of `document`: what is lost in its structure (`deviations`) and in its tables."""
    notes = list(document.notes)
    if document.scanned_pages:
        notes.append(_SCANNED.format(pages="、".join(map(str, document.scanned_pages))))
    told = {key for key, table in tables.items() if table.lost}
    notes += _lost_parts([each for each in deviations if each.part != "table" or each.table not in told])
    for table in tables.values():
        notes += _table_notes(table)
    unread = any(map(is_unread, tables.values()))
    standard = [table for key, table in tables.items() if key != STATISTICS]
    cells = sum(len(table.cells) for table in standard)
    lost = sum(cell.state is State.LOST for table in standard for cell in table.cells.values())
    certainty: Certainty = "full"
    guessed = any(table.notes for table in tables.values())
    doubtful = guessed or document.scanned_pages or document.recognised_pages
    if unread or lost or doubtful or any(deviation.lost for deviation in deviations):
        certainty = "poor" if lost > _POOR_SHARE * max(cells, 1) else "partial"
    return Reading(document.reader, certainty, tuple(dict.fromkeys(notes)))


def _lost_parts(deviations: Sequence[Deviation]) -> list[str]:
    """A note for each reason for which sections or tables may have been lost, naming these."""
    parts: dict[str, list[str]] = {}
    for deviation in deviations:
        if deviation.lost:
            named = _table_name(deviation.table) if deviation.table else f"“{deviation.expected}”"
            parts.setdefault(deviation.lost, []).append(named)
    return [f"{'、'.join(dict.fromkeys(names))}：{reason}" for reason, names in parts.items()]


def _table_notes(table: StandardTable) -> list[str]:
    """One note for each reason for which the table or cells of it were lost."""
    name = _table_name(table.key)
    notes = [f"{name}：{table.lost}"] if table.lost else []
    lost: dict[str, list[str | None]] = {}
    for (row, _), cell in table.cells.items():
        if cell.state is State.LOST and cell.reason and cell.reason != table.lost:
            lost.setdefault(cell.reason, []).append(row)
    notes += [f"{name}：{note}" for note in table.notes]
    return [*notes, *(f"{name}：{_where(table, rows)}：{reason}" for reason, rows in lost.items())]


def _where(table: StandardTable, rows: Sequence[str | None]) -> str:
    """The lost cells in few words, given the row of each."""
    if len(rows) == len(table.cells):
        return f"全部 {len(rows)} 格"
    keys = list(dict.fromkeys(rows))
    if keys == [None]:
        return f"{len(rows)} 格"
    label = f"“{_row_name(table, keys[0])}”"
    whole = len(rows) == sum(row in keys for row, _ in table.cells)
    of_them = "" if whole else f"的 {len(rows)} 格"
    return f"{label}行{of_them}" if len(keys) == 1 else f"{label}等 {len(keys)} 行{of_them}"


def _row_name(table: StandardTable, key: str | None) -> str:
    """A row as a reader finds it: （三）2.其他法律行政法规禁止公开."""
    row = table_spec(table.key, "2019" if table.layout == "2019" else "2021").row(key)
    if row is None:  # the single row （六）其他处理 under the form of 2021
        return next((label.text for label in table.rows if label.key == key), key or "")
    group = _GROUP_NUMBER.match(row.group)
    return (group[0] if group else "") + _REMARK.sub("", row.label)


def _table_name(key: str) -> str:
    """第三部分表格 for applications."""
    return table_spec(key, "2021").name_zh.partition("（")[0]
