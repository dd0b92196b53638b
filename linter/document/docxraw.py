"""What the walk over a DOCX file collects: blocks that do not know their places yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from lxml import etree

from linter.document.model import Line, Location, Paragraph, Picture

PICTURE_ONLY = "[图片]"
"""The text of a cell that holds pictures and nothing else."""


class Text(NamedTuple):
    """A paragraph with newlines for forced line breaks; `links` are (shown text, target).

    `element` is the w:p with which it begins, None for the text of a plain table cell.
    """

    text: str
    number: str = ""
    style: str = ""
    bold: bool = False
    centered: bool = False
    links: Sequence[tuple[str, str]] = ()
    element: etree._Element | None = None


class GridCell:
    """A cell; `left` and `right` are edges of the grid, `order` counts the row's cells from 1.

    `elements` are the w:tc merged along the row into it; `continues` says that it is merged with the
    cell above.
    """

    __slots__ = ("blocks", "continues", "elements", "left", "order", "right", "row_span")

    def __init__(
        self,
        element: etree._Element,
        left: int,
        right: int,
        *,
        order: int,
        continues: bool,
        blocks: list[Raw],
    ) -> None:
        self.elements = [element]
        self.left, self.right = left, right
        self.order = order
        self.continues = continues
        self.blocks = blocks
        self.row_span = 1


class Row:
    """A row of `total` grid columns so far. `before` are columns it skips, `before_width` in twips;
    `removed` are the edges of cells tracked as deleted.
    """

    __slots__ = ("before", "before_width", "cells", "removed", "total")

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self.before = 0
        self.before_width: float | None = None
        self.total = 0
        self.removed: list[tuple[int, int]] = []


class Grid(NamedTuple):
    """A table: its rows without the cells that a merge covers."""

    rows: list[list[GridCell]]
    column_count: int


Raw: TypeAlias = Text | Grid | Picture


def has_content(block: Raw) -> bool:
    """Whether anything can be seen of the block."""
    return not isinstance(block, Text) or block.text.strip() != ""


def cell_text(blocks: list[Raw]) -> str:
    """The text of a cell, a line for each paragraph; a cell of pictures only says so.

    The rows of a small table inside it are lines, its cells are set apart by tabs.
    """
    if len(blocks) == 1 and isinstance(only := blocks[0], Text):
        return only.text.strip()
    lines: list[str] = []
    pictures = False
    for block in blocks:
        if isinstance(block, Text):
            lines.append(block.text)
        elif isinstance(block, Picture):
            pictures = True
        else:
            lines += ["\t".join(cell_text(cell.blocks) for cell in row) for row in block.rows]
    text = "\n".join(lines).strip()
    return text or (PICTURE_ONLY if pictures else "")


def paragraph_block(block: Text, location: Location) -> Paragraph:
    """The paragraph at its place, with broken lines rejoined."""
    lines = block.text.split("\n")
    pieces: list[str] = []
    for line in lines:
        if stripped := line.strip():
            # Chinese is written without blanks; anything else must not run together: numbers above all.
            chinese = bool(pieces) and pieces[-1][-1] > "\u2e7f" and stripped[0] > "\u2e7f"
            pieces += [stripped] if chinese or not pieces else [" ", stripped]
    return Paragraph(
        text="".join(pieces),
        lines=tuple(Line(line, location) for line in lines),
        location=location,
        style=block.style,
        number=block.number,
        bold=block.bold,
        centered=block.centered,
    )
