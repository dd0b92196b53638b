"""A Word 97–2003 file: its streams and the table of where things are (MS-DOC 2.5, the FIB)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from linter.document.model import Unreadable
from linter.document.olecontainer import Container

ENCRYPTED = "文件设有密码，无法读取，请取消密码后再试"
MAX_CHARACTERS = 3_000_000
"""Characters of all texts of a file that are still read; a long report has 100,000."""

_MAX_ITEMS = 500_000
_MAGIC, _OLD_MAGICS = 0xA5EC, (0xA5DC, 0xA5EC, 0xA697, 0xA699)
_FIRST_VERSION = 0xC1
"""The nFib of Word 97; Word 6 and 95 have 101 to 104 and no table stream."""
_COMPLEX, _ENCRYPTED, _TABLE_1, _OBFUSCATED = 0x0004, 0x0100, 0x0200, 0x8000

STYLES, SECTIONS, CHARACTER_PAGES, PARAGRAPH_PAGES, FONTS, PIECES = 1, 6, 12, 13, 15, 33
ANCHORS, DRAWINGS, TEXT_BOXES, LISTS, LIST_OVERRIDES = 40, 50, 56, 73, 74


class Damaged(Exception):
    """Something in the file lies where it cannot."""


class TooOld(Exception):
    """A file of Word 6 or 95."""


class WordFile(NamedTuple):
    """The streams of a file and where their structures are.

    `lengths` are the characters of the main text, the footnotes, headers, macros, comments, endnotes,
    text boxes, and text boxes of headers, which follow one another. `spans` are (offset, length) of
    structures in the table stream. `read_data` gives the stream where long properties and pictures lie.
    """

    main: bytes
    table: bytes
    read_data: Callable[[], bytes]
    lengths: Sequence[int]
    spans: Sequence[tuple[int, int]]
    fast_saved: bool

    def structure(self, index: int) -> bytes:
        """The bytes of a structure, none where the file has none. Raises Damaged."""
        offset, length = self.spans[index] if index < len(self.spans) else (0, 0)
        return part(self.table, offset, length) if length else b""


def part(data: bytes, at: int, length: int) -> bytes:
    """The `length` bytes at `at`. Raises Damaged where they are not all there."""
    if at < 0 or length < 0 or at + length > len(data):
        raise Damaged
    return data[at : at + length]


def plc(data: bytes, size: int) -> tuple[tuple[int, ...], list[bytes]]:
    """A PLC: n + 1 positions and n items of `size` bytes. Raises Damaged where it is far too long."""
    count = (len(data) - 4) // (4 + size)
    if count > _MAX_ITEMS:
        raise Damaged
    if count < 1:
        return (), []
    positions = struct.unpack_from(f"<{count + 1}I", data)
    start = 4 * (count + 1)
    return positions, [data[at : at + size] for at in range(start, start + count * size, size)]


def open_word_file(container: Container) -> WordFile:
    """The Word file in a container.

    Raises Unreadable where it is protected or no Word file, TooOld for Word 6 and 95, Damaged.
    """
    main = container.read("WordDocument") or b""
    magic, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 10)
    if magic not in _OLD_MAGICS:
        raise Damaged
    if flags & (_ENCRYPTED | _OBFUSCATED):
        raise Unreadable(ENCRYPTED)
    table = container.read("1Table" if flags & _TABLE_1 else "0Table")
    if table is None:
        raise TooOld if version < _FIRST_VERSION else Damaged
    if magic != _MAGIC:
        raise Damaged
    lengths, spans = _positions(main)
    if sum(lengths) > MAX_CHARACTERS:
        raise Unreadable(f"文件的文字超过 {MAX_CHARACTERS // 10_000} 万字，不像一份年度报告，未读取")
    return WordFile(
        main, table, lambda: container.read("Data") or b"", lengths, spans, bool(flags & _COMPLEX)
    )


def _positions(main: bytes) -> tuple[list[int], list[tuple[int, int]]]:
    """The lengths of the texts and the places of the structures: three tables, each after its length."""
    at = 32
    (shorts,) = struct.unpack_from("<H", main, at)
    at += 2 + 2 * shorts
    (longs,) = struct.unpack_from("<H", main, at)
    if longs < 11:
        raise Damaged
    lengths = list(struct.unpack_from("<8i", main, at + 2 + 4 * 3))
    at += 2 + 4 * longs
    (pairs,) = struct.unpack_from("<H", main, at)
    numbers = struct.unpack_from(f"<{2 * pairs}I", main, at + 2)
    if min(lengths) < 0:
        raise Damaged
    return lengths, list(zip(numbers[::2], numbers[1::2], strict=True))
