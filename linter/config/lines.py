"""On which line of a TOML file something stands: tomllib does not tell.

The text is known to be TOML, so that its keys and values are only stepped over, not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

Keys: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?s:\\.|.)*?"{3,5}|' + r"'''(?s:.)*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'"
)
_BARE = re.compile(r"[^\s.=\[\]{},\"'#]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_HEADER = re.compile(r"\[\[?")


class _Place(NamedTuple):
    """Where the key or item `keys` begins, and how its value is written if that is a string."""

    line: int
    keys: Keys
    written: str = ""


def line_of(text: str, keys: Keys, value: str | None = None) -> int:
    """The line (from 1) of what stands under `keys`, or of the nearest above it that is there.

    `value` is the text of an item of a list, which may stand on a line further down.
    """
    found, best = 1, 0
    items: list[int] = []
    for place in _places(text):
        shared = len(place.keys) if place.keys == keys[: len(place.keys)] else 0
        if shared > best:
            found, best = place.line, shared
        if value is not None and place.keys[:-1] == keys and _says(place.written, value):
            items.append(place.line)
    return items[0] if items else found


@lru_cache(maxsize=32)
def _places(text: str) -> tuple[_Place, ...]:
    return tuple(_Walk(text).places())


def _says(written: str, value: str) -> bool:
    return bool(written) and _text_of(written) == value


def _text_of(written: str) -> str:
    """What a key or a string says."""
    if written[0] not in "\"'":
        return written
    import tomllib

    try:
        return str(tomllib.loads(f"x = {written}")["x"])
    except tomllib.TOMLDecodeError:
        return written.strip("\"'")


class _Walk:
    """The way through a text from key to key."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line, self._counted = 1, 0
        # How many tables each array of tables ([[x]]) has so far.
        self._arrays: dict[Keys, int] = {}

    def places(self) -> Iterator[_Place]:
        table: Keys = ()
        while self._next():
            begun = self._at
            if header := _HEADER.match(self._text, self._at):
                line = self._here()
                self._at = header.end()
                table = self._opened(self._key(), many=header.end() - header.start() == 2)
                yield _Place(line, table)
                self._at = self._after("\n")
            else:
                yield from self._pair(table)
            if self._at <= begun:
                return

    def _next(self) -> str:
        """The next character that says something; "" at the end."""
        if blank := _BLANK.match(self._text, self._at):
            self._at = blank.end()
        return self._text[self._at : self._at + 1]

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _after(self, mark: str) -> int:
        found = self._text.find(mark, self._at)
        return len(self._text) if found < 0 else found + 1

    def _opened(self, names: Keys, *, many: bool) -> Keys:
        """The full path of a header: below an array of tables its last table is meant."""
        path: Keys = ()
        for index, name in enumerate(names):
            path = (*path, name)
            if many and index == len(names) - 1:
                self._arrays[path] = self._arrays.get(path, 0) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path] - 1)
        return path

    def _key(self) -> Keys:
        """The parts of a key up to what follows it."""
        parts: list[str] = []
        while self._next():
            found = _STRING.match(self._text, self._at) or _BARE.match(self._text, self._at)
            if found:
                parts.append(_text_of(found[0]))
                self._at = found.end()
            elif self._text[self._at] == ".":
                self._at += 1
            else:
                break
        return tuple(parts)

    def _pair(self, above: Keys) -> Iterator[_Place]:
        line = self._here()
        keys = (*above, *self._key())
        # Each part of a dotted key is a table of its own.
        yield from (_Place(line, keys[:end]) for end in range(len(above) + 1, len(keys) + 1))
        if self._next() == "=":
            self._at += 1
            yield from self._value(keys)

    def _value(self, keys: Keys) -> Iterator[_Place]:
        mark = self._next()
        if mark in ("[", "{"):
            yield from self._inside(keys, is_list=mark == "[")
        elif string := _STRING.match(self._text, self._at):
            yield _Place(self._here(), keys, string[0])
            self._at = string.end()
        elif scalar := _SCALAR.match(self._text, self._at):
            self._at = scalar.end()

    def _inside(self, keys: Keys, *, is_list: bool) -> Iterator[_Place]:
        """What stands in a list or in an inline table."""
        self._at += 1
        index = 0
        while (mark := self._next()) not in ("", "]", "}"):
            begun = self._at
            if mark == ",":
                self._at += 1
                continue
            if is_list:
                yield _Place(self._here(), (*keys, index))
                yield from self._value((*keys, index))
            else:
                yield from self._pair(keys)
            index += 1
            if self._at <= begun:
                return
        self._at += 1
