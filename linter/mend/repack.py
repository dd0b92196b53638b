"""A zip container with some of its parts changed, every other one kept as it is packed, byte for byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from linter.document.archive import canonical
from linter.document.model import Unreadable

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DEFLATED, _UTF8 = 8, 0x800
_FIRST_DAY = 0x21  # 1980-01-01: no clock in what is written, so that the same input gives the same bytes
_DIRECTORY_ENTRY = b"PK\x01\x02"


class _Kept(NamedTuple):
    """An entry of the container's listing, and where its data are."""

    name: str
    listed: bytes
    start: int
    end: int


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The container with `parts` put in, in the place of those of the same name or at its end.

    Raises Unreadable where the listing is of a kind that such files do not have.
    """
    out = io.BytesIO()
    listing: list[bytes] = []
    left = {canonical(name): (name, part) for name, part in parts.items()}
    for kept in _entries(data):
        offset = out.tell()
        replaced = left.pop(canonical(kept.name), None)
        if replaced is None:
            out.write(data[kept.start : kept.end])
            listing.append(kept.listed[:42] + struct.pack("<L", offset) + kept.listed[46:])
        else:
            listing.append(_write(out, kept.name, replaced[1]))
    listing += [_write(out, name, part) for name, part in left.values()]
    start = out.tell()
    directory = b"".join(listing)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(listing), len(listing), len(directory), start, 0)
    out.write(directory + end)
    return out.getvalue()


def _entries(data: bytes) -> list[_Kept]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("文件已损坏或不完整（压缩包无法打开），请重新保存或重新获取后再试") from error
    listed = archive.infolist()
    starts = sorted({entry.header_offset for entry in listed} | {archive.start_dir})
    ends = dict(pairwise(starts))
    kept: list[_Kept] = []
    place = archive.start_dir
    for entry in listed:
        if data[place : place + 4] != _DIRECTORY_ENTRY:
            raise Unreadable("压缩包的目录已损坏，不能写出改动后的文件，请用 Word 另存后再试")
        name_size, extra_size, comment_size = struct.unpack_from("<3H", data, place + 28)
        size = _CENTRAL.size + name_size + extra_size + comment_size
        listing = data[place : place + size]
        if b"\xff\xff\xff\xff" in (listing[20:24], listing[24:28], listing[42:46]):
            raise Unreadable("压缩包是 ZIP64 格式，不能写出改动后的文件，请用 Word 另存后再试")
        kept.append(_Kept(entry.filename, listing, entry.header_offset, ends[entry.header_offset]))
        place += size
    return kept


def _write(out: io.BytesIO, name: str, new: bytes) -> bytes:
    """Write a part; returns its entry for the listing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(new) + packer.flush()
    raw = name.encode()
    flags = 0 if name.isascii() else _UTF8
    check, offset = zlib.crc32(new), out.tell()
    fields = (20, flags, _DEFLATED, 0, _FIRST_DAY, check, len(packed), len(new), len(raw), 0)
    out.write(_LOCAL.pack(b"PK\x03\x04", *fields) + raw + packed)
    return _CENTRAL.pack(b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, offset) + raw
