"""Records of an Excel 97 workbook stream (BIFF8), as .xls and .et hold it → what they say.

Every length and place is checked against the stream: what does not fit is passed over.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.document.model import Unreadable

MOST_RECORDS = 400_000
_MOST_STRINGS = 200_000

_EOF, _CONTINUE, _BOF = 0x0A, 0x3C, 0x809


class Record(NamedTuple):
    """A record with the pieces of its body: the first, then those of its continuations."""

    kind: int
    parts: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        """The first piece, which is all of most records."""
        return self.parts[0]


class Records:
    """The records of a stream; how many are read in all is bounded."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._left = MOST_RECORDS

    def of(self, start: int) -> Iterator[Record]:
        """The records of the substream that begins at `start`. Raises Unreadable past the bound."""
        at = start
        while True:
            kind, body, at = self._next(at)
            if kind is None:
                return
            parts = [body]
            while True:
                following, more, after = self._next(at)
                if following != _CONTINUE:
                    break
                parts.append(more)
                at = after
            yield Record(kind, tuple(parts))
            if kind == _EOF:
                return

    def _next(self, at: int) -> tuple[int | None, bytes, int]:
        if at < 0 or at + 4 > len(self._stream):
            return None, b"", at
        self._left -= 1
        if self._left < 0:
            raise Unreadable("Excel 表格过大，不像一份年度报告，未读取")
        kind, size = struct.unpack_from("<HH", self._stream, at)
        return kind, self._stream[at + 4 : at + 4 + size], at + 4 + size


def is_biff8(stream: bytes) -> bool:
    """Whether the stream begins as a workbook of Excel 97 or later."""
    return len(stream) >= 8 and struct.unpack_from("<HHH", stream)[::2] == (_BOF, 0x0600)


def short(body: bytes, at: int) -> int:
    """The unsigned 16-bit number there; 0 past the end."""
    return int.from_bytes(body[at : at + 2], "little") if at + 2 <= len(body) else 0


def long(body: bytes, at: int) -> int:
    """The unsigned 32-bit number there; 0 past the end."""
    return int.from_bytes(body[at : at + 4], "little") if at + 4 <= len(body) else 0


def double(body: bytes, at: int) -> str:
    """The floating-point number there, written out; "" past the end."""
    return repr(struct.unpack_from("<d", body, at)[0]) if at + 8 <= len(body) else ""


def packed_number(value: int) -> str:
    """An RK value: 30 bits of a whole number or of a fraction, perhaps in hundredths."""
    if value & 2:
        number: float = (value >> 2) - (1 << 30 if value & 0x80000000 else 0)
    else:
        number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", value & 0xFFFFFFFC))[0]
    return repr(number / 100 if value & 1 else number)


def string_at(parts: Sequence[bytes], at: int, *, wide_count: bool = True) -> str:
    """The string that begins at a place of the first piece, with its count of 16 or of 8 bits."""
    reader = _Strings(parts, at)
    try:
        return reader.string(reader.take(2 if wide_count else 1))
    except EOFError:
        return ""


def shared_strings(record: Record) -> list[str]:
    """The table of strings that cells refer to; cut short where the file is."""
    reader = _Strings(record.parts, 8)
    strings: list[str] = []
    count = min(long(record.body, 4), _MOST_STRINGS)
    try:
        while len(strings) < count:
            strings.append(reader.string(reader.take(2)))
    except EOFError:
        pass
    return strings


class _Strings:
    """Reads strings that run over the pieces of a record."""

    def __init__(self, parts: Sequence[bytes], at: int) -> None:
        self._parts = parts
        self._part = 0
        self._at = at

    def take(self, size: int) -> bytes:
        """That many bytes, over the ends of pieces. Raises EOFError."""
        taken = b""
        while len(taken) < size:
            piece = self._piece()[: size - len(taken)]
            taken += piece
            self._at += len(piece)
        return taken

    def _piece(self) -> bytes:
        """The rest of the piece, or the next one that has a rest."""
        while self._at >= len(self._parts[self._part]):
            if self._part + 1 >= len(self._parts):
                raise EOFError
            self._part, self._at = self._part + 1, 0
        return self._parts[self._part][self._at :]

    def string(self, counted: bytes) -> str:
        """A string of so many characters: its flags, its characters, what is left of formatting."""
        left = int.from_bytes(counted, "little")
        flags = self.take(1)[0]
        runs = int.from_bytes(self.take(2), "little") if flags & 8 else 0
        extra = int.from_bytes(self.take(4), "little") if flags & 4 else 0
        width = 2 if flags & 1 else 1
        pieces: list[str] = []
        while left > 0:
            if self._at >= len(self._parts[self._part]):
                # Characters that go on in the next piece begin there with flags of their own.
                self._piece()
                width = 2 if self.take(1)[0] & 1 else 1
            piece = self._parts[self._part][self._at : self._at + left * width]
            count = len(piece) // width
            if count == 0:
                raise EOFError
            piece = piece[: count * width]
            pieces.append(piece.decode("utf-16-le" if width == 2 else "latin-1", "replace"))
            self._at += len(piece)
            left -= count
        self._skip(4 * runs + extra)
        return "".join(pieces)

    def _skip(self, size: int) -> None:
        while size > 0:
            step = min(size, len(self._piece()))
            self._at += step
            size -= step
