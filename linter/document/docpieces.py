"""The text of a Word 97–2003 file, which lies in pieces (MS-DOC 2.8.35, the piece table)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from linter.document.docfile import PIECES, Damaged, WordFile, part, plc

_BYTES = 0x40000000
"""The mark of a piece with a byte for each character."""
_OLD_MODIFIERS = {0x05: 0x2403, 0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x78: 0x2640} | {
    0x41: 0x0800,
    0x42: 0x0801,
    0x55: 0x0835,
    0x5C: 0x083C,
    0x75: 0x0855,
}
"""Modifiers that a piece gives in short, and their usual codes (MS-DOC 2.9.215)."""


class Piece(NamedTuple):
    """Characters `start` to `end` of the text, which lie from `offset` on with `width` bytes each.

    `changes` are modifiers that hold for all of them, as a fast save leaves them.
    """

    start: int
    end: int
    offset: int
    width: int
    changes: bytes


class Run(NamedTuple):
    """Modifiers of the bytes from `start` to `end` of the main stream."""

    start: int
    end: int
    value: bytes


def read_pieces(file: WordFile) -> tuple[str, list[Piece]]:
    """All texts of the file as one string, a character for each position, and the pieces it came from."""
    table, modifiers = _piece_table(file.structure(PIECES))
    positions, items = plc(table, 8)
    wanted = sum(file.lengths)
    texts: list[str] = []
    pieces: list[Piece] = []
    reached = 0
    for start, end, item in zip(positions, positions[1:], items, strict=False):
        if start != reached or end < start:
            raise Damaged
        reached = min(end, wanted + 1)
        if reached == start:
            continue
        place, change = struct.unpack_from("<IH", item, 2)
        width = 1 if place & _BYTES else 2
        offset = (place & (_BYTES - 1)) // (2 if width == 1 else 1)
        texts.append(_decoded(part(file.main, offset, (reached - start) * width), width))
        pieces.append(Piece(start, reached, offset, width, _changes(change, modifiers)))
    if reached < wanted:
        raise Damaged
    return "".join(texts), pieces


def placed(pieces: Sequence[Piece], runs: Sequence[Run]) -> tuple[list[int], list[bytes]]:
    """The runs by characters: where each ends, and its modifiers; b"" where no run says anything."""
    starts = [run.start for run in runs]
    ends: list[int] = []
    values: list[bytes] = []
    for start, end, offset, width, changes in pieces:
        at = start
        index = max(0, bisect_right(starts, offset) - 1)
        while at < end and index < len(runs):
            run_start, run_end, value = runs[index]
            first = start + (run_start - offset) // width
            last = min(end, start + (run_end - offset) // width)
            index += 1
            if first > at:
                ends.append(min(first, end))
                values.append(b"")
                at = ends[-1]
            if last > at:
                ends.append(last)
                values.append(value + changes)
                at = last
        if at < end:
            ends.append(end)
            values.append(b"")
    return ends, values


def _piece_table(data: bytes) -> tuple[bytes, list[bytes]]:
    """The PLC of pieces, and the modifiers that pieces refer to."""
    at = 0
    modifiers: list[bytes] = []
    while part(data, at, 1) == b"\x01":
        (length,) = struct.unpack_from("<H", data, at + 1)
        modifiers.append(part(data, at + 3, length))
        at += 3 + length
    if data[at] != 2:
        raise Damaged
    (length,) = struct.unpack_from("<I", data, at + 1)
    return part(data, at + 5, length), modifiers


def _changes(change: int, modifiers: Sequence[bytes]) -> bytes:
    if change & 1:
        return modifiers[change >> 1] if change >> 1 < len(modifiers) else b""
    code = _OLD_MODIFIERS.get(change >> 1 & 0x7F)
    return struct.pack("<HB", code, change >> 8) if code else b""


def _decoded(data: bytes, width: int) -> str:
    if width == 1:
        return (
            "".join(_SINGLE[value] for value in data) if max(data, default=0) > 127 else data.decode("ascii")
        )
    text = data.decode("utf-16-le", "surrogatepass")
    if len(text) * 2 == len(data):
        return text
    # Characters beyond the basic plane count as two; they are joined when their paragraph is read.
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))


_SINGLE = [bytes([value]).decode("cp1252", "replace").replace("\ufffd", chr(value)) for value in range(256)]
