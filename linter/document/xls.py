"""Workbooks of old Excel and WPS (.xls, .et: BIFF8 in an OLE container) → Document.

Values are those that the program stored when the file was last saved; nothing is calculated here.
"""

from __future__ import annotations

from typing import NamedTuple

from linter.document.biff import (
    Record,
    Records,
    double,
    is_biff8,
    long,
    packed_number,
    shared_strings,
    short,
    string_at,
)
from linter.document.model import Block, Document, Unreadable
from linter.document.olecontainer import Container
from linter.document.sheetcells import (
    MOST_CELLS,
    UNREAD,
    Form,
    Sheet,
    number_form,
    sheet_blocks,
    sheet_notes,
    shown_number,
)
from linter.document.xlsx import MOST_SHEETS, counted

_MOST_STREAM = 16 * 1024 * 1024
_MOST_MERGED = 20_000

_FILE_PASS, _BOUND_SHEET, _DATE_MODE, _FORMAT, _XF, _STRINGS = 0x2F, 0x85, 0x22, 0x41E, 0xE0, 0xFC
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
_BLANK, _NUMBER, _LABEL, _BOOLEAN, _RK, _SHARED, _RICH = 0x201, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6
_FORMULA, _RESULT, _RKS, _BLANKS = 0x06, 0x207, 0xBD, 0xBE
_SINGLE = frozenset((_BLANK, _NUMBER, _LABEL, _BOOLEAN, _RK, _SHARED, _RICH, _FORMULA))


class _Entry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    start: int
    hidden: bool


class _Style(NamedTuple):
    """What a cell format says: what numbers are, and whether there are borders."""

    form: Form
    boxed: bool


_PLAIN = _Style("", False)
_IS_STRING = b"\0\xff\xff"
_TO_CALCULATE = 2


def read_xls(container: Container) -> Document:
    """Read a workbook. Raises Unreadable where it is broken, encrypted or older than Excel 97."""
    records = Records(_stream(container))
    book = _Book(records)
    blocks: list[Block] = []
    notes: list[str] = []
    cells = 0
    for entry in book.entries[:MOST_SHEETS]:
        if cells > MOST_CELLS:
            notes.append(f"表格过大，工作表“{entry.name}”及其后各表未读取")
            break
        sheet = book.sheet(entry)
        if entry.hidden:
            notes += [f"工作表“{entry.name}”是隐藏的，未读取"] if sheet.texts else []
            continue
        blocks += sheet_blocks(sheet, *counted(blocks))
        notes += sheet_notes(sheet)
        cells += len(sheet.texts) + len(sheet.boxed)
    return Document(reader="xls", blocks=tuple(blocks), notes=tuple(notes))


def _stream(container: Container) -> bytes:
    stream = container.read("Workbook") or container.read("Book") or b""
    if len(stream) > _MOST_STREAM:
        raise Unreadable("Excel 表格过大，不像一份年度报告，未读取")
    if not is_biff8(stream):
        raise Unreadable("Excel 文件已损坏，或是 Excel 95 及更早的版本，请另存为 .xlsx 后再检查")
    return stream


class _Book:
    """What the workbook says for all its sheets."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.entries: list[_Entry] = []
        self._strings: list[str] = []
        self._from_1904 = False
        codes: dict[int, str] = {}
        styles: list[tuple[int, bool]] = []
        for record in records.of(0):
            body = record.body
            if record.kind == _FILE_PASS:
                raise Unreadable("Excel 文件设有密码，无法读取，请取消密码后再试")
            if record.kind == _BOUND_SHEET and len(body) > 6 and body[5] == 0:
                name = string_at(record.parts, 6, wide_count=False)
                self.entries.append(_Entry(name, long(body, 0), bool(body[4] & 3)))
            elif record.kind == _STRINGS:
                self._strings = shared_strings(record)
            elif record.kind == _DATE_MODE:
                self._from_1904 = short(body, 0) == 1
            elif record.kind == _FORMAT:
                codes[short(body, 0)] = string_at(record.parts, 2)
            elif record.kind == _XF:
                sides = short(body, 10)
                styles.append((short(body, 2), sum(bool(sides >> at & 15) for at in (0, 4, 8, 12)) >= 2))
        self._styles = [_Style(number_form(each, codes.get(each)), boxed) for each, boxed in styles]

    def sheet(self, entry: _Entry) -> Sheet:
        """The sheet with its cells."""
        sheet = Sheet(entry.name)
        waiting: tuple[int, int] | None = None
        for record in self._records.of(entry.start):
            body = record.body
            if record.kind in _SINGLE and len(body) >= 6:
                place = short(body, 0), short(body, 2)
                style = self._styled(sheet, place, short(body, 4))
                sheet.put(*place, self._text(record, style))
                waiting = place if record.kind == _FORMULA and body[6:7] + body[12:14] == _IS_STRING else None
            elif record.kind == _RESULT and waiting is not None:
                sheet.put(*waiting, string_at(record.parts, 0))
                waiting = None
            elif record.kind in (_RKS, _BLANKS):
                self._several(sheet, record)
            else:
                _lay_out(sheet, record)
        return sheet

    def _several(self, sheet: Sheet, record: Record) -> None:
        """Cells of one row in one record."""
        body = record.body
        step = 6 if record.kind == _RKS else 2
        for number, at in enumerate(range(4, len(body) - 2 - step + 1, step)):
            place = short(body, 0), short(body, 2) + number
            style = self._styled(sheet, place, short(body, at))
            if record.kind == _RKS:
                sheet.put(*place, self._number(packed_number(long(body, at + 2)), style))

    def _styled(self, sheet: Sheet, place: tuple[int, int], number: int) -> _Style:
        style = self._styles[number] if number < len(self._styles) else _PLAIN
        if style.boxed:
            sheet.box(*place)
        return style

    def _text(self, record: Record, style: _Style) -> str:
        kind, body = record.kind, record.body
        text = ""
        if kind == _SHARED:
            index = long(body, 6)
            text = self._strings[index] if index < len(self._strings) else UNREAD
        elif kind in (_LABEL, _RICH):
            text = string_at(record.parts, 6)
        elif kind == _NUMBER:
            text = self._number(double(body, 6), style)
        elif kind == _RK:
            text = self._number(packed_number(long(body, 6)), style)
        elif kind == _BOOLEAN:
            text = UNREAD if body[7:8] != b"\0" else _truth(body[6:7])
        elif kind == _FORMULA:
            text = self._result(body[6:14], short(body, 14), style)
        return text

    def _result(self, result: bytes, flags: int, style: _Style) -> str:
        """The stored result of a formula; a string follows in a record of its own.

        A program that cannot calculate stores nothing, or 0, and asks for calculation.
        """
        waits = bool(flags & _TO_CALCULATE)
        if result[6:] != b"\xff\xff":
            number = self._number(double(result, 0), style)
            return UNREAD if not number or (waits and number == "0") else number
        if result[0] == 1:
            return _truth(result[2:3])
        # An empty text and none that was ever calculated look alike.
        return UNREAD

    def _number(self, written: str, style: _Style) -> str:
        return shown_number(written, style.form, from_1904=self._from_1904)


def _truth(value: bytes) -> str:
    return "是" if value == b"\x01" else "否"


def _lay_out(sheet: Sheet, record: Record) -> None:
    """Merged cells and what is hidden."""
    body = record.body
    if record.kind == _MERGED:
        count = min(short(body, 0), (len(body) - 2) // 8, _MOST_MERGED - len(sheet.merged))
        for at in range(2, 2 + 8 * count, 8):
            top, bottom, left, right = (short(body, at + step) for step in (0, 2, 4, 6))
            sheet.merge(top, left, bottom, right)
    elif record.kind == _ROW and len(body) >= 16 and body[12] & 0x20:
        sheet.hidden_rows.add(short(body, 0))
    elif record.kind == _COLUMNS and len(body) >= 10 and short(body, 8) & 1:
        sheet.hidden_columns.update(range(short(body, 0), min(short(body, 2) + 1, 256)))
