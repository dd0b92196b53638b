"""On which line of a TOML file something stands: tomllib does not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

Keys: TypeAlias = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_PART = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s.\"'=]+")
_KEY = re.compile(rf"^\s*((?:{_PART.pattern})(?:\s*\.\s*(?:{_PART.pattern}))*)\s*=")


def line_of(text: str, keys: Keys, value: str | None = None) -> int:
    """The line (from 1) of what stands under `keys`, or of the nearest above it that is there.

    `value` is the text of an item of a list, which may stand on a line further down.
    """
    found, best = 1, 0
    for number, path in _lines(text):
        shared = len(path) if path == keys[: len(path)] else 0
        if shared > best:
            found, best = number, shared
    if value is None:
        return found
    for number, line in enumerate(text.split("\n")[found - 1 :], found):
        if f'"{value}"' in line or f"'{value}'" in line:
            return number
    return found


def _lines(text: str) -> Iterator[tuple[int, Keys]]:
    """The lines that begin a table or give a key, with the full path of each."""
    table: Keys = ()
    seen: Counter[Keys] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                seen[table] += 1
                table = (*table, seen[table] - 1)
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_parts(key[1]))


def _parts(written: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(written))
