"""Workbooks (.xlsx by XlsxWriter, .xls by xlwt): the whole report on one sheet, or a sheet a table."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from examples.generator.grids import Grid, table_grids
from examples.generator.layout import Layout
from examples.generator.truth import Prose, Truth
from examples.generator.wording import caption, closing_lines, title_lines

_WIDTH = 10


class _Entry(NamedTuple):
    """What is written where: a number where the text is one, as people type it."""

    row: int
    column: int
    row_span: int
    column_span: int
    value: str | float
    bordered: bool


def to_xlsx(truth: Truth, layout: Layout) -> bytes:
    """The report as a workbook of today."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    ruled = book.add_format({"border": 1, "text_wrap": True, "align": "center"})
    plain = book.add_format({"text_wrap": True})
    for name, entries in _sheets(truth, layout):
        sheet = book.add_worksheet(name)
        for entry in entries:
            style = ruled if entry.bordered else plain
            last = (entry.row + entry.row_span - 1, entry.column + entry.column_span - 1)
            if last != (entry.row, entry.column):
                sheet.merge_range(entry.row, entry.column, *last, "", style)
            sheet.write(entry.row, entry.column, entry.value, style)
    book.close()
    return buffer.getvalue()


def to_xls(truth: Truth, layout: Layout) -> bytes:
    """The report as a workbook of Excel 97."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    ruled = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    plain = xlwt.easyxf("")
    for name, entries in _sheets(truth, layout):
        sheet: Any = book.add_sheet(name)
        for entry in entries:
            style = ruled if entry.bordered else plain
            write: Callable[..., None] = sheet.write
            if entry.row_span * entry.column_span > 1:
                last = (entry.row + entry.row_span - 1, entry.column + entry.column_span - 1)
                sheet.write_merge(entry.row, last[0], entry.column, last[1], entry.value, style)
            else:
                write(entry.row, entry.column, entry.value, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheets(truth: Truth, layout: Layout) -> Iterator[tuple[str, list[_Entry]]]:
    bordered = layout.seed % 4 != 3
    apart = layout.seed % 2 == 1
    entries: list[_Entry] = []
    row = 0

    def write(text: str) -> None:
        nonlocal row
        entries.append(_Entry(row, 0, 1, _WIDTH, text, False))
        row += 1

    for text in (*title_lines(truth, layout), *truth.lead):
        write(text)
    number = 0
    for part in truth.sections:
        write(part.heading)
        for item in part.body:
            if isinstance(item, Prose):
                write(item.text)
                continue
            if apart:
                number += 1
                yield f"文字{number}", entries
                entries, row = [], 0
            for line in caption(item.key, layout):
                write(line)
            for grid in table_grids(truth.tables[item.key], layout):
                entries += _table(grid, row + 1, bordered=bordered)
                row += grid.row_count + 2
            if apart:
                yield f"表{number}", entries
                entries, row = [], 0
    for text in closing_lines(truth):
        write(text)
    yield "报告", entries


def _table(grid: Grid, top: int, *, bordered: bool) -> list[_Entry]:
    return [
        _Entry(top + cell.row, cell.column, cell.row_span, cell.column_span, _value(cell.text), bordered)
        for cell in grid.cells
    ]


def _value(text: str) -> str | float:
    return float(text) if re.fullmatch(r"0|[1-9]\d{0,9}(?:\.\d*[1-9])?", text) else text
