"""OLE compound files (.doc, .wps, .xls …) opened within bounds."""

from __future__ import annotations

import io
import struct

import olefile

from linter.document.model import Unreadable

MAX_ENTRIES = 10_000
"""Streams and storages a file may list; a document with hundreds of pictures has some hundreds."""

BROKEN = "文件已损坏或不完整，请重新保存或重新获取后再试"
_HEADER_BYTES = 512
_SECTOR_SHIFTS = (9, 12)
_FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error, RecursionError)


class Container:
    """The streams of a compound file by their names at its top level."""

    def __init__(self, data: bytes) -> None:
        """Open the file `data`. Raises Unreadable where it is no intact compound file."""
        _check_header(data)
        try:
            self._ole = _Ole(io.BytesIO(data))
            self._names = {kid.name for kid in self._ole.root.kids}
        except _FAULTS as error:
            raise Unreadable(BROKEN) from error

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes | None:
        """The bytes of the stream `name`, or None where there is none. Raises Unreadable where it is cut."""
        if name not in self._names:
            return None
        try:
            data: bytes = self._ole.openstream([name]).read()
            complete = len(data) == self._ole.get_size([name])
        except _FAULTS as error:
            raise Unreadable(BROKEN) from error
        if not complete:
            raise Unreadable(BROKEN)
        return data


class _Ole(olefile.OleFileIO):  # type: ignore[misc]
    """olefile with a bound on the directory, which it would compare entry by entry with all before."""

    def _load_direntry(self, sid: int) -> object:
        self.loaded = getattr(self, "loaded", 0) + 1
        if self.loaded > MAX_ENTRIES:
            raise ValueError("too many entries")
        return super()._load_direntry(sid)


def _check_header(data: bytes) -> None:
    """Refuse tables that claim to be longer than the file: they are read in full before anything else."""
    if len(data) < 3 * _HEADER_BYTES:
        raise Unreadable(BROKEN)
    (shift,) = struct.unpack_from("<H", data, 30)
    claims = struct.unpack_from("<I", data, 44) + struct.unpack_from("<IIII", data, 60)[1::2]
    if shift not in _SECTOR_SHIFTS or max(claims) > len(data) >> shift:
        raise Unreadable(BROKEN)
