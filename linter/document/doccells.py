"""The table being read from a Word 97–2003 file: cells end by marks, rows by a mark with their shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from linter.document.celledges import EdgeCell
from linter.document.docsprm import ParagraphLook
from linter.document.doctables import row_cells, row_shape
from linter.document.docxraw import PICTURE_ONLY, Grid, Raw, Text, cell_text
from linter.document.docxseen import Seen
from linter.document.model import Picture

_USUAL_WIDTH = 9_000
"""The width in twips of a table between the margins of A4."""


class Rows(NamedTuple):
    """A table as rows of cells with their edges, and the links in them as (row, cell, text, target)."""

    rows: list[list[EdgeCell]]
    links: list[tuple[int, int, str, str]]


Piece: TypeAlias = Text | Picture | Rows
"""What the walk over a file collects."""


class OpenTable:
    """The rows so far, the cells of the open row, what the open cell holds, and a row inside it."""

    __slots__ = ("_cell", "_cells", "_inner", "_kept", "_links", "_rows", "_seen")

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._clear()

    def _clear(self) -> None:
        self._rows: list[list[EdgeCell]] = []
        self._links: list[tuple[int, int, str, str]] = []
        self._cells: list[str] = []
        self._cell: list[Raw] = []
        self._inner: list[str] = []
        self._kept = False

    def add(self, paragraph: Text, after: Sequence[Piece], look: ParagraphLook) -> None:
        """Add a paragraph and what hangs on it; rows of a table in a cell are lines, set apart by tabs."""
        held: list[Raw] = [paragraph]
        for piece in after:
            if isinstance(piece, Rows):
                held += [Text("\t".join(cell.text for cell in row)) for row in piece.rows]
            else:
                held.append(piece)
        if paragraph.links:
            self._links += [(len(self._rows), len(self._cells), *link) for link in paragraph.links]
        if look.depth > 1 and look.ends_cell:
            self._inner.append(cell_text(held))
        else:
            self._cell += held

    def end_cell(self, *, deleted: bool) -> None:
        """End the open cell; `deleted` says whether its mark is."""
        self._seen.add_places(1)
        text = cell_text(self._cell)
        if text == PICTURE_ONLY:
            self._seen["图片格"] += 1
        self._cells.append(text)
        self._cell = []
        self._kept |= not deleted or text != ""

    def end_row(self, look: ParagraphLook, *, deleted: bool) -> None:
        """End the open row, or the row of a table inside the open cell.

        A row is deleted where its mark, the marks of its cells and all their text are: LibreOffice
        sets the mark of a row like the text before it.
        """
        if look.depth > 1:
            self._cell.append(Text("\t".join(self._inner)))
            self._inner = []
            return
        texts, self._cells, self._cell = self._cells, [], []
        kept, self._kept = self._kept, False
        if not texts:
            return
        if deleted and not kept:
            self._seen["删除"] += 1
            self._links = [link for link in self._links if link[0] < len(self._rows)]
            return
        shape = row_shape(look.row)
        if len(shape.along) != len(texts):
            self._seen["列宽"] += 1
            row = _like_row_above(self._rows[-1] if self._rows else None, texts)
        else:
            row = row_cells(shape, texts)
        if self._rows:
            above = {(cell.left, cell.right) for cell in self._rows[-1]}
            covered = [c for c in row if c.down == "continues" and c.text and (c.left, c.right) in above]
            self._seen["遮住"] += len(covered)
        self._rows.append(row)

    def taken(self) -> list[Piece]:
        """The table, closed; of a row without its end what it holds as text."""
        pieces: list[Piece] = [Rows(self._rows, self._links)] if self._rows else []
        if self._cells or self._cell:
            pieces += [Text(text) for text in self._cells if text]
            pieces += [piece for piece in self._cell if not isinstance(piece, Grid)]
        self._clear()
        return pieces


def _like_row_above(above: Sequence[EdgeCell] | None, texts: Sequence[str]) -> list[EdgeCell]:
    """A row that tells of another count of cells than it has: with the edges of the row above if these fit.

    Where they do not, it is one cell: a figure without a column is better than one in the wrong column.
    """
    if above is None:
        width = _USUAL_WIDTH // len(texts)
        return [EdgeCell(width * index, width * (index + 1), text) for index, text in enumerate(texts)]
    if len(above) == len(texts):
        return [EdgeCell(cell.left, cell.right, text) for cell, text in zip(above, texts, strict=True)]
    if not above:
        return []
    return [EdgeCell(above[0].left, above[-1].right, "\t".join(texts))]
