"""Workbooks of Excel and WPS (.xlsx, OOXML) → Document.

Values are those that the program stored when the file was last saved; nothing is calculated here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from linter.document.archive import Archive, parse_xml
from linter.document.model import Block, Document, Paragraph, Table, Unreadable
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
from linter.document.xmlvalues import child, children, is_true, local

MOST_SHEETS = 64
_MOST_MERGED = 20_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_xlsx(archive: Archive) -> Document:
    """Read a workbook from its opened container. Raises Unreadable where parts are missing or broken."""
    book = _Book(archive)
    blocks: list[Block] = []
    notes: list[str] = []
    cells = 0
    for name, part, hidden in book.sheets():
        if cells > MOST_CELLS:
            notes.append(f"表格过大，工作表“{name}”及其后各表未读取")
            break
        tree = book.part(part)
        if tree is None:
            notes.append(f"工作表“{name}”的内容缺失，未能读取")
        elif hidden:
            data = child(tree, "sheetData")
            if data is not None and len(data):
                notes.append(f"工作表“{name}”是隐藏的，未读取")
        elif local(tree) == "worksheet":
            sheet = book.sheet(name, tree)
            blocks += sheet_blocks(sheet, *counted(blocks))
            notes += sheet_notes(sheet)
            cells += len(sheet.texts) + len(sheet.boxed)
    return Document(reader="xlsx", blocks=tuple(blocks), notes=tuple(notes))


def counted(blocks: list[Block]) -> tuple[int, int]:
    """How many paragraphs and tables there are."""
    return (
        sum(isinstance(block, Paragraph) for block in blocks),
        sum(isinstance(block, Table) for block in blocks),
    )


def place_of(reference: str) -> tuple[int, int] | None:
    """`C2` → (1, 2)."""
    match = _REFERENCE.fullmatch(reference.replace("$", "").upper())
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return max(int(match[2]) - 1, 0), column - 1


class _Book:
    """The parts of a workbook that the cells of all sheets refer to."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        book = self.part("xl/workbook.xml")
        if book is None:
            raise Unreadable("不是有效的 Excel 文件（缺少 xl/workbook.xml）")
        self._book = book
        properties = child(book, "workbookPr")
        self._from_1904 = properties is not None and is_true(properties.get("date1904"))
        calculation = child(book, "calcPr")
        # A program that cannot calculate stores 0 for every formula and asks for calculation.
        self._uncalculated = calculation is not None and is_true(calculation.get("fullCalcOnLoad"))

    def part(self, name: str) -> etree._Element | None:
        data = self._archive.read(name)
        return None if data is None else parse_xml(data, name)

    def sheets(self) -> Iterator[tuple[str, str, bool]]:
        """Name, part and whether it is hidden, of each sheet in the workbook's order."""
        targets = {}
        relations = self.part("xl/_rels/workbook.xml.rels")
        for relation in relations if relations is not None else ():
            target = relation.get("Target") or ""
            joined = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[relation.get("Id") or ""] = posixpath.normpath(joined)
        listed = child(self._book, "sheets")
        for number, sheet in enumerate(
            children(listed, "sheet")[:MOST_SHEETS] if listed is not None else (), 1
        ):
            own = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
            part = targets.get(own, f"xl/worksheets/sheet{number}.xml")
            hidden = (sheet.get("state") or "visible") != "visible"
            yield sheet.get("name") or str(number), part, hidden

    def sheet(self, name: str, tree: etree._Element) -> Sheet:
        sheet = Sheet(name)
        data = child(tree, "sheetData")
        row_number = -1
        for row in data if data is not None else ():
            given = row.get("r") or ""
            row_number = (
                int(given) - 1 if given.isascii() and given.isdigit() and len(given) < 8 else row_number + 1
            )
            if is_true(row.get("hidden")):
                sheet.hidden_rows.add(row_number)
            column = -1
            for cell in row:
                place = place_of(cell.get("r") or "")
                column = place[1] if place is not None else column + 1
                sheet.put(row_number, column, self._text(cell))
                if cell.get("s") in self._boxed:
                    sheet.box(row_number, column)
        self._add_layout(sheet, tree)
        return sheet

    def _add_layout(self, sheet: Sheet, tree: etree._Element) -> None:
        columns = child(tree, "cols")
        for column in columns if columns is not None else ():
            first, last = column.get("min") or "", column.get("max") or ""
            if is_true(column.get("hidden")) and first.isdigit() and last.isdigit():
                sheet.hidden_columns.update(range(int(first[:5]) - 1, min(int(last[:5]), 16_384)))
        merged = child(tree, "mergeCells")
        for area in list(merged)[:_MOST_MERGED] if merged is not None else ():
            start, _, end = (area.get("ref") or "").partition(":")
            corner, other = place_of(start), place_of(end)
            if corner is not None and other is not None:
                sheet.merge(*corner, *other)

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            inline = child(cell, "is")
            return "" if inline is None else _string(inline)
        stored = child(cell, "v")
        value = (stored.text or "").strip(" ") if stored is not None else ""
        if kind == "e" or (child(cell, "f") is not None and self._is_uncalculated(value, kind, stored)):
            return UNREAD
        if kind == "s":
            index = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else -1
            return self._strings[index] if 0 <= index < len(self._strings) else UNREAD
        if kind == "b":
            return "是" if value == "1" else "否"
        return self._number(value, cell.get("s") or "0") if kind == "n" and value else value

    def _is_uncalculated(self, value: str, kind: str, stored: etree._Element | None) -> bool:
        return stored is None or (kind == "n" and not value) or (self._uncalculated and value == "0")

    def _number(self, value: str, style: str) -> str:
        return shown_number(value, self._forms.get(style, ""), from_1904=self._from_1904)

    @cached_property
    def _strings(self) -> list[str]:
        shared = self.part("xl/sharedStrings.xml")
        return [] if shared is None else [_string(item) for item in shared]

    @cached_property
    def _styles(self) -> etree._Element | None:
        return self.part("xl/styles.xml")

    @cached_property
    def _forms(self) -> dict[str, Form]:
        """Style → "date" or "percent", where its numbers are one of these."""
        if self._styles is None:
            return {}
        written = child(self._styles, "numFmts")
        codes = {
            each.get("numFmtId") or "": each.get("formatCode") or ""
            for each in (written if written is not None else ())
        }
        forms: dict[str, Form] = {}
        for index, style in enumerate(_cell_styles(self._styles)):
            number = style.get("numFmtId") or "0"
            known = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
            if form := number_form(known, codes.get(number)):
                forms[str(index)] = form
        return forms

    @cached_property
    def _boxed(self) -> frozenset[str]:
        """The styles that draw borders."""
        borders = child(self._styles, "borders") if self._styles is not None else None
        if borders is None or self._styles is None:
            return frozenset()
        drawn = [sum((side.get("style") or "none") != "none" for side in border) >= 2 for border in borders]
        found = set()
        for index, style in enumerate(_cell_styles(self._styles)):
            border = style.get("borderId") or ""
            if border.isascii() and border.isdigit() and len(border) < 6 and int(border) < len(drawn):
                found |= {str(index)} if drawn[int(border)] else set()
        return frozenset(found)


def _cell_styles(styles: etree._Element) -> Iterator[etree._Element]:
    formats = child(styles, "cellXfs")
    return iter(formats if formats is not None else ())


def _string(item: etree._Element) -> str:
    """The text of a string, its runs joined, readings of its characters left out."""
    pieces = []
    for each in item:
        if local(each) == "t":
            pieces.append(each.text or "")
        elif local(each) == "r":
            pieces += [piece.text or "" for piece in children(each, "t")]
    return "".join(pieces).replace("_x000D_", "").replace("\r\n", "\n")
