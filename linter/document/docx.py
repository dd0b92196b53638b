"""DOCX: our own walk over the XML, since drafts hold what ready-made readers drop or double.

Content controls, tracked changes, hidden runs, text boxes, automatic numbers, field codes and the
several ways of merging cells are read as Word shows the document with all changes accepted.
Element names and their meaning are those of ECMA-376 part 1. The modules docx*.py each hold one
part of it; here the blocks get their places.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from linter.document.archive import Archive
from linter.document.docxdrawn import Drawn
from linter.document.docxnames import W
from linter.document.docxpackage import Package
from linter.document.docxraw import Grid, Raw, Text, cell_text, paragraph_block
from linter.document.docxseen import Seen
from linter.document.docxstyles import Styles
from linter.document.docxwalk import Walk
from linter.document.model import (
    Block,
    Cell,
    Document,
    Link,
    Location,
    Picture,
    Table,
    Unreadable,
)
from linter.document.numbering import Numbering


def read_docx(archive: Archive) -> Document:
    """Read the parts of a .docx file.

    Raises Unreadable, with a line for the user, where the file is damaged, protected, no Word
    document, or built to exhaust memory or time.
    """
    package = Package(archive)
    walked = walk(package)
    blocks, links = _placed(walked.raw)
    title = package.title()
    return Document(
        reader="docx",
        blocks=tuple(blocks),
        links=tuple(links),
        notes=walked.notes,
        metadata={"title": title} if title else {},
    )


class Walked(NamedTuple):
    """The main document as its blocks; `root` holds the elements that they refer to."""

    root: etree._Element
    raw: list[Raw]
    notes: tuple[str, ...]


def walk(package: Package) -> Walked:
    """The blocks of the main document, in order. Raises Unreadable as `read_docx` does."""
    root = package.main()
    body = root.find(W + "body") if root is not None else None
    if root is None or body is None:
        raise Unreadable("不是有效的 Word 文档（缺少正文部分 word/document.xml）")
    styles = Styles(package.related("styles"))
    lists = Numbering(lambda: package.related("numbering"), styles.list_of)
    seen = Seen()
    try:
        raw = Walk(styles, lists, package.relationships, seen).blocks(body)
    except RecursionError as error:
        raise Unreadable("文档内部的嵌套层数过多，无法读取") from error
    return Walked(root, raw, (*seen.notes(), *lists.notes()))


def elements(raw: list[Raw]) -> Iterator[tuple[Location, list[etree._Element]]]:
    """The elements at each location that `read_docx` gives: of a paragraph its w:p, of a cell its w:tc."""
    for counted in _counted(raw, Drawn(raw)):
        block = counted.block
        if isinstance(block, Grid):
            for index, row in enumerate(block.rows):
                for cell in row:
                    yield _cell_location(counted.tables, index + 1, cell.order), cell.elements
        elif isinstance(block, Text) and block.element is not None:
            yield Location(paragraph=counted.paragraphs), [block.element]


class _Counted(NamedTuple):
    """A block with the paragraphs and tables up to it. A drawn table begins at it, or holds it."""

    at: int
    block: Raw
    paragraphs: int
    tables: int
    begins_drawn: bool
    inside_drawn: bool


def _counted(raw: list[Raw], drawn: Drawn) -> Iterator[_Counted]:
    paragraphs = tables = past = 0
    for index, block in enumerate(raw):
        inside = index < past
        end = None if inside else drawn.end(index)
        past = past if end is None else end
        paragraphs += isinstance(block, Text)
        tables += end is not None or isinstance(block, Grid)
        yield _Counted(index, block, paragraphs, tables, end is not None, inside)


def _placed(raw: list[Raw]) -> tuple[list[Block], list[Link]]:
    """The blocks with their locations, and the links in them."""
    blocks: list[Block] = []
    links: list[Link] = []
    drawn = Drawn(raw)
    for index, block, paragraphs, tables, begins, inside in _counted(raw, drawn):
        if begins:
            blocks.append(drawn.table(index, paragraphs, tables))
        elif inside:
            continue
        elif isinstance(block, Grid):
            blocks.append(_table_block(block, tables, links))
        elif isinstance(block, Picture):
            blocks.append(Picture(block.alt, Location(paragraph=paragraphs or None)))
        else:
            location = Location(paragraph=paragraphs)
            links += [Link(shown, target, location) for shown, target in block.links]
            if block.text and not block.text.isspace():
                blocks.append(paragraph_block(block, location))
    return blocks, links


def _table_block(grid: Grid, table: int, links: list[Link]) -> Table:
    """The table with its cells in place; the links in them are added to `links`."""
    cells: list[Cell] = []
    for index, row in enumerate(grid.rows):
        for cell in row:
            location = _cell_location(table, index + 1, cell.order)
            span = cell.right - cell.left
            cells.append(Cell(index, cell.left, cell_text(cell.blocks), cell.row_span, span, location))
            for block in cell.blocks:
                if isinstance(block, Text) and block.links:
                    links += [Link(shown, target, location) for shown, target in block.links]
    return Table(tuple(cells), len(grid.rows), grid.column_count, "markup", Location(table=table))


@lru_cache(maxsize=4096)
def _cell_location(table: int, row: int, cell: int) -> Location:
    """The place of a cell. All reports have much the same tables, so that these places are shared."""
    return Location(table=table, row=row, cell=cell)
