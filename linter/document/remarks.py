"""Comments in the source of a page or text that speak to this program: `<!-- gongkai: … -->`.

What a comment stands before is found by reading the source a second time, with a mark in its place;
the document itself is read from the source without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from linter.document.model import REMARK, Block, Document, Location, Paragraph, Remark, Table

_COMMENT = re.compile(rf"<!--\s*({REMARK}\s*[:：].{{0,500}}?)\s*-->", re.S | re.I)
# Characters for private use, which no reader takes for anything but text; digits would be figures.
_OPEN, _CLOSE, _FIRST = "\ue010", "\ue011", 0xE100
_MARK = re.compile(f"{_OPEN}(.){_CLOSE}")
_MOST = 1000


class _Mark(NamedTuple):
    """Where the mark of a remark was found: in the block `block` or, of a table, its cell; where it stands
    by itself, `block` is the one that follows."""

    block: int
    cell: int | None = None


def with_remarks(text: str, read: Callable[[str], Document]) -> Document:
    """The document that `read` makes of `text`, with the remarks in its comments. Raises what it raises."""
    if REMARK not in text.lower():
        return read(text)
    found = list(_COMMENT.finditer(text))[:_MOST]
    if not found:
        return read(text)
    document = read(_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text))
    places = _places(read(_marked(text)), len(document.blocks))
    remarks = []
    for number, comment in enumerate(found):
        line = text.count("\n", 0, comment.start()) + 1
        where = _location(document, places.get(number), line)
        remarks.append(Remark(" ".join(comment[1].split()), "inline", where, line=line))
    return document._replace(remarks=tuple(remarks))


def _marked(text: str) -> str:
    """The source with a mark for each comment; one on lines of its own is set apart from what follows."""
    numbers = count()

    def mark(comment: re.Match[str]) -> str:
        written = f"{_OPEN}{chr(_FIRST + next(numbers))}{_CLOSE}"
        before = text[text.rfind("\n", 0, comment.start()) + 1 : comment.start()]
        after = text[comment.end() :].partition("\n")[0]
        return f"\n\n{written}\n\n" if not before.strip() and not after.strip() else written

    return _COMMENT.sub(mark, text, count=_MOST)


def _places(marked: Document, blocks: int) -> dict[int, _Mark]:
    """Number of a remark → its place among the blocks of the document without marks."""
    places: dict[int, _Mark] = {}
    at = 0
    for block in marked.blocks:
        marks = list(_marks(block))
        places |= {number: _Mark(at, cell) for number, cell, _ in marks}
        alone = marks and all(cell is None and not _MARK.sub("", text).strip() for _, cell, text in marks)
        at += not alone
    # Where the marks changed what the blocks are, their count tells nothing.
    return places if at == blocks else {}


def _marks(block: Block) -> Iterator[tuple[int, int | None, str]]:
    """The marks in a block, each with its cell and the text around it."""
    texts: list[tuple[int | None, str]] = []
    if isinstance(block, Paragraph):
        texts = [(None, block.text)]
    elif isinstance(block, Table):
        texts = [(index, cell.text) for index, cell in enumerate(block.cells)]
    for cell, text in texts:
        for mark in _MARK.finditer(text):
            yield ord(mark[1]) - _FIRST, cell, text


def _location(document: Document, mark: _Mark | None, line: int) -> Location:
    """The place of the block or cell that a remark on `line` belongs to."""
    if mark is not None and mark.block < len(document.blocks):
        block = document.blocks[mark.block]
        if isinstance(block, Table) and mark.cell is not None and mark.cell < len(block.cells):
            return block.cells[mark.cell].location
        return block.location
    if mark is not None:
        return Location(line=line)
    return _following(document, line)


def _following(document: Document, line: int) -> Location:
    """The place of the first block that does not stand before `line`."""
    for block in document.blocks:
        if block.location.line is not None and block.location.line >= line:
            return block.location
    return Location(line=line)
