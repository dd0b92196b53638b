"""Workbooks of old Excel and WPS (.xls, .et: BIFF in an OLE container) → Document.

python-calamine reads the values; borders, hidden rows and errors come from the records themselves,
which are checked first: a lying record must not make the library claim the memory it names.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from linter.document.model import Block, Document, Unreadable
from linter.document.sheetcells import MOST_CELLS, UNREAD, Sheet, sheet_blocks, sheet_notes, shown_number
from linter.document.xlsx import MOST_SHEETS, counted

_MISSING = '读取 .xls、.et 表格需要附加组件，请先安装：pip install "gongkai-lint[xlsx]"'
_BROKEN = "Excel 文件已损坏，无法读取"
_LARGE = "Excel 表格过大，不像一份年度报告，未读取"
_MOST_SLOTS = 1_000_000
"""Places in the rectangle round a sheet's cells: the library makes room for all of them."""
_MOST_STREAM = 32 * 1024 * 1024

_BOUND_SHEET, _FILE_PASS, _XF, _DIMENSIONS, _EOF = 0x85, 0x2F, 0xE0, 0x200, 0x0A
_ROW, _COLUMNS, _FORMULA, _ERROR = 0x208, 0x7D, 0x06, 0x205
_CELLS = frozenset((0x06, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6, 0x02, 0x03, 0x04, 0x05))
_SEVERAL = frozenset((0xBD, 0xBE))


@dataclass(slots=True)
class _Facts:
    """What the records of one sheet say beside the values."""

    boxed: list[tuple[int, int]] = field(default_factory=list)
    errors: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_xls(data: bytes) -> Document:
    """Read a workbook. Raises Unreadable where it is broken or encrypted, or the extra is missing."""
    try:
        import olefile
        import python_calamine
    except ImportError:
        raise Unreadable(_MISSING) from None
    facts = _checked(olefile, data)
    blocks: list[Block] = []
    notes: list[str] = []
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        cells = 0
        for index, entry in enumerate(book.sheets_metadata[:MOST_SHEETS]):
            name = entry.name
            if cells > MOST_CELLS:
                notes.append(f"表格过大，工作表“{name}”及其后各表未读取")
                break
            if entry.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            source = book.get_sheet_by_name(name)
            if entry.visible != python_calamine.SheetVisibleEnum.Visible:
                notes += [f"工作表“{name}”是隐藏的，未读取"] if source.height else []
                continue
            sheet = _sheet(name, source, facts[index] if index < len(facts) else _Facts())
            blocks += sheet_blocks(sheet, *counted(blocks))
            notes += sheet_notes(sheet)
            cells += len(sheet.texts) + len(sheet.boxed)
    except Unreadable:
        raise
    except BaseException as error:
        # A panic of the library is no Exception.
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        raise Unreadable(_BROKEN) from None
    return Document(reader="xls", blocks=tuple(blocks), notes=tuple(notes))


def _sheet(name: str, source: Any, facts: _Facts) -> Sheet:
    sheet = Sheet(name)
    start = source.start or (0, 0)
    for down, row in enumerate(source.to_python(skip_empty_area=True)):
        for right, value in enumerate(row):
            sheet.put(start[0] + down, start[1] + right, _text(value))
    for row, column in facts.errors:
        sheet.put(row, column, UNREAD)
    for row, column in facts.boxed:
        sheet.box(row, column)
    for corner, other in source.merged_cell_ranges or ():
        sheet.merge(*corner, *other)
    sheet.hidden_rows, sheet.hidden_columns = facts.hidden_rows, facts.hidden_columns
    return sheet


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return shown_number(repr(value))
    date = getattr(value, "date", None)
    if callable(date):
        return str(date())
    return str(value)


# --- the records --------------------------------------------------------------------------------


def _checked(olefile: Any, data: bytes) -> list[_Facts]:
    """What the records of each sheet say. Raises Unreadable where they name too much."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = [
                container.openstream(entry).read(_MOST_STREAM + 1)
                for entry in container.listdir()
                if entry[-1].lower() in ("workbook", "book")
            ]
    except Exception:  # what olefile raises on broken containers is not documented
        raise Unreadable(_BROKEN) from None
    if not streams:
        raise Unreadable(_BROKEN)
    if any(len(stream) > _MOST_STREAM for stream in streams):
        raise Unreadable(_LARGE)
    read = [_facts(stream) for stream in streams]
    return read[0] if len(read) == 1 else []


def _facts(stream: bytes) -> list[_Facts]:
    starts: list[int] = []
    borders: list[bool] = []
    for kind, body in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Unreadable("Excel 文件设有密码，无法读取，请取消密码后再试")
        if kind == _BOUND_SHEET and len(body) >= 4:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _XF:
            drawn = struct.unpack_from("<H", body, 10)[0] if len(body) >= 20 else 0
            borders.append(sum(bool(drawn >> shift & 15) for shift in (0, 4, 8, 12)) >= 2)
    # Dimensions and cells are checked wherever they stand, whichever sheet they are said to be of.
    _check_extent(_records(stream, 0, whole=True))
    return [_sheet_facts(stream, start, borders) for start in starts[:MOST_SHEETS]]


def _records(stream: bytes, start: int, *, whole: bool = False) -> Iterator[tuple[int, bytes]]:
    """The records of a substream, or of all substreams from there."""
    at, end = start, len(stream)
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == _EOF and not whole:
            return
        at += 4 + size


def _check_extent(records: Iterator[tuple[int, bytes]]) -> None:
    lows, highs = [1 << 32, 1 << 16], [0, 0]
    for kind, body in records:
        if kind == _DIMENSIONS and len(body) >= 12:
            top, bottom, left, right = struct.unpack_from("<IIHH", body)
            if max(bottom - top, 1) * max(right - left, 1) > _MOST_SLOTS or bottom > 1 << 20:
                raise Unreadable(_LARGE)
        elif (kind in _CELLS or kind in _SEVERAL) and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            last = column + len(body) // 2 if kind in _SEVERAL else column
            lows = [min(lows[0], row), min(lows[1], column)]
            highs = [max(highs[0], row), max(highs[1], last)]
            if (highs[0] - lows[0] + 1) * (highs[1] - lows[1] + 1) > _MOST_SLOTS:
                raise Unreadable(_LARGE)


def _sheet_facts(stream: bytes, start: int, borders: list[bool]) -> _Facts:
    facts = _Facts()
    for kind, body in _records(stream, start):
        if kind == _ROW and len(body) >= 16:
            if body[12] & 0x20:
                facts.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS and len(body) >= 10:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1:
                facts.hidden_columns.update(range(first, min(last + 1, 256)))
        elif kind in _CELLS and len(body) >= 6:
            row, column, style = struct.unpack_from("<HHH", body)
            if style < len(borders) and borders[style]:
                facts.boxed.append((row, column))
            if (kind == _ERROR and body[7:8] == b"\x01") or (kind == _FORMULA and _failed(body[6:14])):
                facts.errors.add((row, column))
        elif kind in _SEVERAL and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            step = 6 if kind == 0xBD else 2
            for at in range(4, len(body) - 3, step):
                style = struct.unpack_from("<H", body, at)[0]
                if style < len(borders) and borders[style]:
                    facts.boxed.append((row, column + (at - 4) // step))
    return facts


def _failed(result: bytes) -> bool:
    return len(result) == 8 and result[6:] == b"\xff\xff" and result[0] == 2
