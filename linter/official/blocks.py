"""The blocks of an official document, and the lines of a template that stand for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

_HEADING = re.compile(r"(#+) +(.*)")


class Heading(NamedTuple):
    """A heading; the title of the document has level 1."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """A paragraph of text, in which 【…】 is to be replaced."""

    text: str


class Addressee(NamedTuple):
    """To whom the document goes: a line of its own at the margin."""

    text: str


class Signature(NamedTuple):
    """A line of the signature, at the end."""

    text: str


class Sheet(NamedTuple):
    """A plain table: its head, its rows, and how wide each column is against the others."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    weights: tuple[int, ...]


Text: TypeAlias = Heading | Addressee | Paragraph | Signature


def text_block(line: str) -> Text:
    """The block that a line stands for: # a heading, @ the addressee, > a signature, else a paragraph."""
    if heading := _HEADING.fullmatch(line):
        return Heading(len(heading[1]), heading[2])
    if line.startswith("@"):
        return Addressee(line[1:].strip())
    return Signature(line[1:].strip()) if line.startswith(">") else Paragraph(line)
