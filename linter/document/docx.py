"""DOCX: our own walk over the XML, since drafts hold what ready-made readers drop or double.

Content controls, tracked changes, hidden runs, text boxes, automatic numbers, field codes and the
several ways of merging cells are read as Word shows the document with all changes accepted.
Element names and their meaning are those of ECMA-376 part 1. The modules docx*.py each hold one
part of it; here the blocks get their places.
"""

from __future__ import annotations

from functools import lru_cache

from linter.document.archive import Archive
from linter.document.docxcomments import Fixed, remarks
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
    root = package.main()
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Unreadable("不是有效的 Word 文档（缺少正文部分 word/document.xml）")
    styles = Styles(package.related("styles"))
    lists = Numbering(lambda: package.related("numbering"), styles.list_of)
    seen = Seen()
    try:
        blocks, links, fixed = _placed(Walk(styles, lists, package.relationships, seen).blocks(body))
    except RecursionError as error:
        raise Unreadable("文档内部的嵌套层数过多，无法读取") from error
    title = package.title()
    return Document(
        reader="docx",
        blocks=tuple(blocks),
        links=tuple(links),
        notes=(*seen.notes(), *lists.notes()),
        metadata={"title": title} if title else {},
        remarks=remarks(package.related("comments"), fixed) if fixed else (),
    )


def _placed(raw: list[Raw]) -> tuple[list[Block], list[Link], list[Fixed]]:
    """The blocks with their locations, and the links and comments in them."""
    blocks: list[Block] = []
    links: list[Link] = []
    fixed: list[Fixed] = []
    paragraphs = tables = 0
    drawn = Drawn(raw)
    past = 0
    for index, block in enumerate(raw):
        if isinstance(block, Text) and block.comments:
            fixed += [(one, Location(paragraph=paragraphs + 1)) for one in block.comments]
        if index < past:
            paragraphs += isinstance(block, Text)
        elif (end := drawn.end(index)) is not None:
            past = end
            paragraphs += 1
            tables += 1
            blocks.append(drawn.table(index, paragraphs, tables))
        elif isinstance(block, Grid):
            tables += 1
            blocks.append(_table_block(block, tables, links, fixed))
        elif isinstance(block, Picture):
            blocks.append(Picture(block.alt, Location(paragraph=paragraphs or None)))
        else:
            paragraphs += 1
            location = Location(paragraph=paragraphs)
            links += [Link(shown, target, location) for shown, target in block.links]
            if block.text and not block.text.isspace():
                blocks.append(paragraph_block(block, location))
    return blocks, links, fixed


def _table_block(grid: Grid, table: int, links: list[Link], fixed: list[Fixed]) -> Table:
    """The table with its cells in place; the links and comments in them are added to `links` and `fixed`."""
    cells: list[Cell] = []
    for index, row in enumerate(grid.rows):
        for cell in row:
            location = _cell_location(table, index + 1, cell.order)
            span = cell.right - cell.left
            cells.append(Cell(index, cell.left, cell_text(cell.blocks), cell.row_span, span, location))
            for block in cell.blocks:
                if isinstance(block, Text) and block.links:
                    links += [Link(shown, target, location) for shown, target in block.links]
                if isinstance(block, Text) and block.comments:
                    fixed += [(one, location) for one in block.comments]
    return Table(tuple(cells), len(grid.rows), grid.column_count, "markup", Location(table=table))


@lru_cache(maxsize=4096)
def _cell_location(table: int, row: int, cell: int) -> Location:
    """The place of a cell. All reports have much the same tables, so that these places are shared."""
    return Location(table=table, row=row, cell=cell)
