"""OLE compound files, written plainly: for making and mutating .doc files."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_SMALLEST = 4096
"""Streams below this size would lie in a stream of small ones; they are filled up with zeros instead."""
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams at its top level; at most 7 MB."""
    ordered = sorted(streams.items(), key=lambda item: (len(item[0]), item[0].upper()))
    filled = [(name, data.ljust(_SMALLEST, b"\0")) for name, data in ordered]
    entries = 1 + len(filled)
    directory = -(-entries * 128 // _SECTOR)
    sizes = [-(-len(data) // _SECTOR) for _, data in filled]
    tables = 1
    while tables * 128 < tables + directory + sum(sizes):
        tables += 1
    chain = [_FAT] * tables + _run(tables, directory)
    starts: list[int] = []
    for size in sizes:
        starts.append(len(chain))
        chain += _run(len(chain), size)
    chain += [_FREE] * (tables * 128 - len(chain))
    header = _MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, tables, tables, 0, _SMALLEST, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    listing = _entry("Root Entry", 5, (_FREE, 1 if filled else _FREE), (_END, 0))
    for index, (name, data) in enumerate(filled):
        after = index + 2 if index + 2 < entries else _FREE
        listing += _entry(name, 2, (after, _FREE), (starts[index], len(data)))
    body = b"".join(data + bytes(-len(data) % _SECTOR) for _, data in filled)
    return header + struct.pack(f"<{len(chain)}I", *chain) + listing.ljust(directory * _SECTOR, b"\0") + body


def _run(start: int, size: int) -> list[int]:
    return [*range(start + 1, start + size), _END] if size else []


def _entry(name: str, kind: int, links: tuple[int, int], place: tuple[int, int]) -> bytes:
    """An entry of the directory: `links` to the next entry and its first child, `place` is start and size."""
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, _FREE, *links)
    return head + bytes(36) + struct.pack("<IQ", *place)
