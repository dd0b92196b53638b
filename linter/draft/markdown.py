"""A draft as Markdown; its tables are HTML, as Markdown has no merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from linter.draft.form import Block, DraftTable
from linter.official.blocks import Addressee, Heading, Paragraph, Signature
from linter.render.form import Box


def to_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown text."""
    return "\n\n".join(map(_text, blocks)) + "\n"


def _text(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {text}"
        case Addressee(text) | Paragraph(text) | Signature(text):
            return text
        case DraftTable(_, rows):
            drawn = "\n".join(f"<tr>{''.join(_cell(box, text) for box, text in row)}</tr>" for row in rows)
            return f"<table>\n{drawn}\n</table>"


def _cell(box: Box, text: str) -> str:
    tag = "td" if box.role == "cell" else "th"
    spans = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", box.rows), ("colspan", box.columns)) if count > 1
    )
    return f"<{tag}{spans}>{escape(text)}</{tag}>"
