"""Modifiers of a Word 97–2003 file (MS-DOC 2.6): properties as changes to what the style says."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

from linter.document.docfile import CHARACTER_PAGES, PARAGRAPH_PAGES, Damaged, WordFile, part, plc
from linter.document.docpieces import Run
from linter.document.model import Unreadable

MAX_RUNS = 400_000
"""Stretches of equal properties that are read; a long report has 5,000."""

_MAX_LONG = 20_000_000
"""Bytes of properties in the data stream; each row of a table can have some 2,000."""
_PAGE = 512
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
"""Modifiers that say where in the data stream there are more."""
_OF_ROWS = 5
_HEAD = struct.Struct("<HH")
_DEF_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_OPERAND_BYTES = (1, 1, 2, 4, 2, 2, 0, 3)
"""By the upper three bits of a code; the operand of 6 begins with its length."""


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of each modifier; an operand of changing length comes without that length.

    Ends at the first one that is cut off.
    """
    at, end = 0, len(data)
    while at + 3 <= end:
        code = data[at] | data[at + 1] << 8
        at += 2
        size = _OPERAND_BYTES[code >> 13]
        if not size:
            if code == _DEF_TABLE:
                size = data[at] | data[at + 1] << 8 if at + 2 <= end else end
                at, size = at + 2, size - 1
            elif code == _CHANGE_TABS and data[at] == 255:
                size = _tabs_bytes(data, at + 1)
                at += 1
            else:
                size = data[at]
                at += 1
        if size < 0 or at + size > end:
            return
        yield code, data[at : at + size]
        at += size


def _tabs_bytes(data: bytes, at: int) -> int:
    """The length of a list of tabs too long to tell it in a byte."""
    removed = data[at] if at < len(data) else 0
    size = 1 + 4 * removed
    added = data[at + size] if at + size < len(data) else 0
    return size + 1 + 3 * added


def character_runs(file: WordFile) -> list[Run]:
    """The modifiers of all characters that have any, by their place in the main stream."""
    runs: list[Run] = []
    for page, count in _pages(file, CHARACTER_PAGES, runs):
        starts = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            at = 2 * page[4 * (count + 1) + index]
            value = page[at + 1 : at + 1 + page[at]] if at else b""
            _append(runs, starts[index], starts[index + 1], value)
    return runs


def paragraph_runs(file: WordFile) -> list[Run]:
    """The modifiers of all paragraphs, each after the two bytes of its style."""
    runs: list[Run] = []
    for page, count in _pages(file, PARAGRAPH_PAGES, runs):
        starts = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            at = 2 * page[4 * (count + 1) + 13 * index]
            value = b""
            if at:
                # The length is in words and counts itself, unless it is 0 and a further byte tells.
                length, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
                value = page[at : at + length]
            _append(runs, starts[index], starts[index + 1], value)
    return runs


def _pages(file: WordFile, index: int, runs: list[Run]) -> Iterator[tuple[bytes, int]]:
    """The pages of properties with their numbers of entries."""
    _, items = plc(file.structure(index), 4)
    if len(items) > len(file.main) // _PAGE:
        raise Damaged
    for item in items:
        number = struct.unpack("<I", item)[0] & 0x3FFFFF
        page = part(file.main, number * _PAGE, _PAGE)
        yield page[:-1], page[-1]
        if len(runs) > MAX_RUNS:
            raise Unreadable("文件的格式变化过多，不像一份年度报告，未读取")


_run_of: Callable[[tuple[int, int, bytes]], Run] = partial(tuple.__new__, Run)


def _append(runs: list[Run], start: int, end: int, value: bytes) -> None:
    if end < start or (runs and start < runs[-1][1]):
        raise Damaged
    if end > start:
        runs.append(_run_of((start, end, value)))


class CharacterLook(NamedTuple):
    """What the modifiers of characters say. `bold` and `hidden` are None where nothing is said, else
    0, 1, or 128 for as the style has it and 129 for the opposite. `symbol` is a font and a code in it,
    `font` the font of what is no Chinese.
    """

    bold: int | None = None
    hidden: int | None = None
    deleted: bool = False
    inserted: bool = False
    style: int | None = None
    symbol: tuple[int, int] | None = None
    special: bool = False
    object: bool = False
    font: int | None = None


def character_look(data: bytes) -> CharacterLook:
    """What the modifiers in `data` say of characters."""
    bold = hidden = style = symbol = font = None
    deleted = inserted = special = is_object = False
    for code, operand in modifiers(data):
        if code == 0x0835:
            bold = operand[0]
        elif code == 0x083C:
            hidden = operand[0]
        elif code == 0x0800:
            deleted = operand[0] == 1
        elif code == 0x0801:
            inserted = operand[0] == 1
        elif code == 0x0855:
            special = operand[0] == 1
        elif code in (0x0856, 0x080A):
            is_object |= operand[0] == 1
        elif code == 0x4A30:
            style = operand[0] | operand[1] << 8
        elif code == 0x4A4F:
            font = operand[0] | operand[1] << 8
        elif code == 0x6A09:
            symbol = (operand[0] | operand[1] << 8, operand[2] | operand[3] << 8)
    return CharacterLook(bold, hidden, deleted, inserted, style, symbol, special, is_object, font)


class ParagraphLook(NamedTuple):
    """What the modifiers of a paragraph say; None where nothing is said.

    `depth` counts the tables around it, `ends_row` and `ends_cell` what its mark ends (an inner cell
    only). `row` are the modifiers of the row it ends.
    """

    style: int = 0
    centered: bool | None = None
    outline: int | None = None
    list_id: int | None = None
    level: int | None = None
    depth: int = 0
    ends_row: bool = False
    ends_cell: bool = False
    row: bytes = b""


class Paragraphs:
    """What modifiers say of paragraphs; long ones lie in the data stream."""

    def __init__(self, read_data: Callable[[], bytes]) -> None:
        self._data = cache(read_data)
        self._read_elsewhere = 0

    def look(self, value: bytes) -> ParagraphLook:
        """What the two bytes of a style and the modifiers after it say."""
        style = value[0] | value[1] << 8 if len(value) > 1 else 0
        centered = outline = list_id = level = None
        depth = in_table = 0
        ends_row = ends_cell = False
        row: list[bytes] = []
        for code, operand in self._with_long_ones(value[2:]):
            if code >> 10 & 7 == _OF_ROWS:
                row.append(_HEAD.pack(code, len(operand)) + operand)
            elif code in (0x2403, 0x2461):
                centered = operand[0] == 1
            elif code == 0x4600:
                style = operand[0] | operand[1] << 8
            elif code == 0x2640:
                outline = operand[0]
            elif code == 0x460B:
                list_id = operand[0] | operand[1] << 8
            elif code == 0x260A:
                level = operand[0]
            elif code == 0x2416:
                in_table = int(operand[0] == 1)
            elif code == 0x6649:
                depth = max(0, struct.unpack("<i", operand)[0])
            elif code in (0x2417, 0x244C):
                ends_row |= operand[0] == 1
            elif code == 0x244B:
                ends_cell = operand[0] == 1
        depth = max(depth, in_table)
        return ParagraphLook(
            style, centered, outline, list_id, level, depth, ends_row, ends_cell, b"".join(row)
        )

    def _with_long_ones(self, data: bytes) -> list[tuple[int, bytes]]:
        found = list(modifiers(data))
        if all(code not in _ELSEWHERE for code, _ in found):
            return found
        whole: list[tuple[int, bytes]] = []
        for code, operand in found:
            if code not in _ELSEWHERE:
                whole.append((code, operand))
                continue
            (at,) = struct.unpack("<I", operand)
            (length,) = struct.unpack("<H", part(self._data(), at, 2))
            self._read_elsewhere += length
            if self._read_elsewhere > _MAX_LONG:
                raise Damaged
            whole += modifiers(part(self._data(), at + 2, length))
        return whole
