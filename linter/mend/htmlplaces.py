"""Where the paragraphs and cells of a web page begin in its source.

The reader gives lines, and a page may be one line. So the page is read once more with a line of its own
for each tag: a line break inside a tag changes nothing of what the page shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from linter.document.model import Block, Document, Location, Paragraph, Table, Unreadable

_OPENING = re.compile(r"<(?P<name>[a-z][a-z0-9:]*)(?=[\s/>])[^>]*>", re.I)
_MOST_LINES = 60_000
"""Lines that libxml2 counts; it knows no more than 65,535."""

Key: TypeAlias = tuple[int | None, int | None, int | None, int | None]


class Begins(NamedTuple):
    """Where a paragraph or cell begins: `tag` is the place of its tag in the text, `inner` that behind it;
    `text` is what the reader gives of it."""

    tag: int
    inner: int
    text: str


def key_of(location: Location) -> Key:
    """What tells the places of a page apart."""
    return (location.paragraph, location.table, location.row, location.cell)


def places_of(text: str, document: Document) -> Mapping[Key, Begins]:
    """The places of what `document` was read from `text`; none where the page cannot be read so."""
    from linter.document.html import read_html
    from linter.document.ordinary import with_ordinary_characters

    pieces: list[str] = []
    begins: dict[int, tuple[int, int]] = {}
    line = 1
    past = 0
    for tag in _OPENING.finditer(text):
        name_end = tag.end("name")
        pieces += [text[past:name_end], "\n", text[name_end : tag.end()]]
        line += text.count("\n", past, tag.end()) + 1
        begins[line] = (tag.start(), tag.end())
        past = tag.end()
    if line > _MOST_LINES:
        return {}
    try:
        again = with_ordinary_characters(read_html("".join([*pieces, text[past:]])))
    except Unreadable:
        return {}
    given, found = list(_texts(document.blocks)), list(_texts(again.blocks))
    if [(key_of(at), words) for at, words in given] != [(key_of(at), words) for at, words in found]:
        return {}
    return {
        key_of(at): Begins(*begins[at.line], words)
        for at, words in found
        if at.line is not None and at.line in begins
    }


def _texts(blocks: tuple[Block, ...]) -> Iterator[tuple[Location, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.location, block.text
        elif isinstance(block, Table):
            yield from ((cell.location, cell.text) for cell in block.cells)
