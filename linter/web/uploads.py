"""Files as a browser sends them, taken in piece by piece and cut off at their limits."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from linter.render.excerpt import harmless

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_LONGEST_NAME = 120
_MIB = 1024 * 1024


class Limits(NamedTuple):
    """How much is taken in: bytes of a file and of a request, files of a request; bytes and files held
    at all; minutes they are kept; seconds that reading one may take."""

    file_bytes: int = 100 * _MIB
    request_bytes: int = 200 * _MIB
    request_files: int = 50
    held_bytes: int = 1024 * _MIB
    held_files: int = 200
    minutes: float = 60
    seconds: float = 300


class Upload(NamedTuple):
    """A file received. `name` is a label only: it never names anything on this machine."""

    name: str
    data: bytes


class Refused(Exception):
    """An upload that is not taken: the HTTP status and one line for the user, named by its key in
    linter/web/words.py, with its arguments."""

    def __init__(self, status: int, key: str, **arguments: object) -> None:
        super().__init__(key)
        self.status, self.key, self.arguments = status, key, arguments


async def received(
    content_type: str,
    content_length: str | None,
    stream: AsyncIterator[bytes],
    limits: Limits,
    reserve: Callable[[int], None],
) -> list[Upload]:
    """The files of a multipart/form-data request.

    `reserve` is told of bytes before they are kept, and may refuse them. Raises Refused as soon as a
    limit is passed, before the rest is read.
    """
    from python_multipart.exceptions import ParseError
    from python_multipart.multipart import MultipartParser, parse_options_header

    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise Refused(400, "refused_form")
    if content_length and content_length.isdecimal() and int(content_length) > limits.request_bytes:
        raise _too_large(limits.request_bytes)
    parts = _Parts(limits, reserve)
    try:
        parser = MultipartParser(boundary, parts.callbacks())
        taken = 0
        async for piece in stream:
            taken += len(piece)
            if taken > limits.request_bytes:
                raise _too_large(limits.request_bytes)
            parser.write(piece)
        parser.finalize()
    except ParseError:
        raise Refused(400, "refused_form") from None
    if not parts.whole:
        raise Refused(400, "refused_form")
    return parts.files


def label(name: str) -> str:
    """A file name as shown: without folders, control or direction characters, and not too long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = " ".join(re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", harmless(last)).split())
    if len(plain) > _LONGEST_NAME:
        suffix = PurePosixPath(plain).suffix[:10]
        plain = plain[: _LONGEST_NAME - len(suffix)] + suffix
    return plain if plain.strip(". ") else "未命名"


def megabytes(size: int) -> int:
    """Whole megabytes, as limits are stated."""
    return size // _MIB


def _too_large(limit: int) -> Refused:
    return Refused(413, "refused_request_size", limit=megabytes(limit))


class _Parts:
    """The parts of a request while they come in; those without a file name are passed over."""

    def __init__(self, limits: Limits, reserve: Callable[[int], None]) -> None:
        self.files: list[Upload] = []
        self.whole = False
        self._limits = limits
        self._reserve = reserve
        self._field = b""
        self._value = b""
        self._name: str | None = None
        self._data = bytearray()

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_part_data": self._part_data,
            "on_part_end": self._end,
            "on_end": self._all,
        }

    def _begin(self) -> None:
        self._name = None
        self._data = bytearray()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        from python_multipart.multipart import parse_options_header

        if self._field.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            name = options.get(b"filename")
            # A form sent without a file chosen has a part with an empty name.
            self._name = name.decode("utf-8", "replace") if name else None
            if name and len(self.files) >= self._limits.request_files:
                raise Refused(413, "refused_count", limit=self._limits.request_files)
        self._field = self._value = b""

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._name is None:
            return
        if len(self._data) + end - start > self._limits.file_bytes:
            limit = megabytes(self._limits.file_bytes)
            raise Refused(413, "refused_file_size", name=label(self._name), limit=limit)
        self._reserve(end - start)
        self._data += data[start:end]

    def _end(self) -> None:
        if self._name is not None:
            self.files.append(Upload(label(self._name), bytes(self._data)))
        self._begin()

    def _all(self) -> None:
        self.whole = True
