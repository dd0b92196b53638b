"""DOC and WPS: our own reading of the Word 97–2003 binary format, after MS-DOC.

The modules doc*.py each hold one part of it; what a paragraph means is told as for DOCX. Files of
Word 6 and 95 go through LibreOffice where it is installed.
"""

from __future__ import annotations

import struct

from linter.document.celledges import table_of
from linter.document.doccells import Piece, Rows
from linter.document.docfile import Damaged, TooOld, open_word_file
from linter.document.docwalk import Walk
from linter.document.docxraw import paragraph_block
from linter.document.docxseen import Seen
from linter.document.model import Block, Document, Link, Location, Picture, Unreadable
from linter.document.olecontainer import BROKEN, Container


def read_doc(container: Container, data: bytes) -> Document:
    """Read a .doc or .wps file from its streams; `data` is the whole file.

    Raises Unreadable, with a line for the user, where the file is damaged, protected, too old, or
    built to exhaust memory or time.
    """
    try:
        file = open_word_file(container)
        seen = Seen()
        walk = Walk(file, seen)
        pieces = walk.blocks(0, file.lengths[0])
    except TooOld:
        from linter.document.office import read_converted

        return read_converted(data)
    except (Damaged, struct.error, LookupError) as error:
        raise Unreadable(BROKEN) from error
    blocks, links = _placed(pieces, seen)
    if not blocks:
        raise Unreadable("文件中没有文字" + ("，只有嵌入的对象" if seen["对象"] else ""))
    return Document("doc", tuple(blocks), tuple(links), (*seen.notes(), *walk.lists.notes()))


def _placed(pieces: list[Piece], seen: Seen) -> tuple[list[Block], list[Link]]:
    """The blocks with their locations, and the links in them."""
    blocks: list[Block] = []
    links: list[Link] = []
    paragraphs = tables = 0
    for piece in pieces:
        if isinstance(piece, Rows):
            table = table_of(piece.rows, tables + 1)
            if table is None:
                continue
            tables += 1
            seen.add_slots(table.row_count, table.column_count)
            blocks.append(table)
            links += [
                Link(shown, target, Location(table=tables, row=row + 1, cell=cell + 1))
                for row, cell, shown, target in piece.links
            ]
        elif isinstance(piece, Picture):
            blocks.append(Picture(location=Location(paragraph=paragraphs or None)))
        else:
            paragraphs += 1
            location = Location(paragraph=paragraphs)
            links += [Link(shown, target, location) for shown, target in piece.links]
            if piece.text and not piece.text.isspace():
                blocks.append(paragraph_block(piece, location))
    return blocks, links
