"""The document as a flow of typed items, the input of the structure grammar and of table recovery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from linter.document.model import NOWHERE, Line, Location, Picture, Table


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or the part of one between two headings that stood inside it."""

    text: str
    lines: tuple[Line, ...] = ()
    location: Location = NOWHERE
    style: str = ""
    bold: bool = False
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a standard table as it stands in the flow: a grid, or lines of text.

    `table` is the key of the standard table it belongs to.
    """

    table: str
    grid: Table | None = None
    lines: tuple[Line, ...] = ()
    location: Location = NOWHERE


Item: TypeAlias = Text | Table | Piece | Picture
