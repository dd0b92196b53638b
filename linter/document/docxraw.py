"""What the walk over a DOCX file collects: blocks that do not know their places yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from linter.document.model import Picture

PICTURE_ONLY = "[图片]"
"""The text of a cell that holds pictures and nothing else."""


@dataclass(slots=True)
class Text:
    """A paragraph with newlines for forced line breaks; `links` are (shown text, target)."""

    text: str
    number: str = ""
    style: str = ""
    bold: bool = False
    centered: bool = False
    links: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class GridCell:
    """A cell; `left` and `right` are edges of the grid, `order` counts the row's cells from 1.

    `elements` are the w:tc merged along the row into it; `continues` says that it is merged with the
    cell above.
    """

    left: int
    right: int
    elements: list[etree._Element]
    order: int
    continues: bool
    blocks: list[Raw]
    row_span: int = 1


@dataclass(slots=True)
class Row:
    """A row of `total` grid columns so far. `before` are columns it skips, `before_width` in twips;
    `removed` are the edges of cells tracked as deleted.
    """

    cells: list[GridCell]
    before: int
    before_width: float | None
    total: int
    removed: list[tuple[int, int]]


@dataclass(slots=True)
class Grid:
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
