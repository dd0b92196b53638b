"""A draft as a Word document, set as official documents are (GB/T 9704)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from linter.draft.form import Block, DraftTable, Heading, Paragraph, Signature, grid
from linter.render.template import render
from linter.resources import resource_folder

_PARTS = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package-relations.xml",
    "word/_rels/document.xml.rels": "document-relations.xml",
    "word/styles.xml": "styles.xml",
    "word/footer.xml": "footer.xml",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROMPT = re.compile("(【[^】]*】)")
_WIDTH = 8840
"""Twips between the margins."""
_APPLICATION_LABELS = (5, 7, 16)


def to_docx(blocks: Sequence[Block]) -> bytes:
    """The blocks as a .docx; the same blocks give the same bytes."""
    texts = resource_folder("templates") / "draft"
    document = render("draft/document.xml.j2", {"blocks": [_shaped(block) for block in blocks]})
    members = {member: (texts / name).read_text("utf-8") for member, name in _PARTS.items()}
    members["word/document.xml"] = document
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return buffer.getvalue()


def _shaped(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            style = "Title" if level == 1 else f"Heading{level - 1}"
            return {"kind": "text", "style": style, "parts": list(_parts(text))}
        case Paragraph(text):
            return {"kind": "text", "style": "Normal", "parts": list(_parts(text))}
        case Signature(text):
            return {"kind": "text", "style": "Signature", "parts": list(_parts(text))}
        case DraftTable():
            return _table(block)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in runs, each with whether it is a prompt."""
    for part in _PROMPT.split(text):
        if part:
            yield part, part.startswith("【")


def _table(table: DraftTable) -> dict[str, Any]:
    widths = _widths(table)
    header = [all(box.role in ("group", "column") for box, _ in row) for row in table.rows].index(False)
    rows = [
        {
            "header": index < header and table.key != "disclosure",
            "cells": [
                {
                    "width": sum(widths[column : column + box.columns]),
                    "columns": box.columns,
                    "merge": "continue" if again else "restart" if box.rows > 1 else "",
                    "style": "TableLabel" if box.role == "row" else "TableCell",
                    "text": text,
                }
                for column, box, text, again in row
            ],
        }
        for index, row in enumerate(grid(table.rows))
    ]
    return {"kind": "table", "widths": widths, "rows": rows}


def _widths(table: DraftTable) -> list[int]:
    """The width of each column in twips: narrow for figures, wide for labels."""
    labels: tuple[int, ...] = ()
    value = 1
    if table.key == "applications":
        labels, value = _APPLICATION_LABELS, 7
    elif table.key == "disclosure":
        labels = (table.columns * 2 // 5,)
    weights = [*labels, *[value] * (table.columns - len(labels))]
    return [_WIDTH * weight // sum(weights) for weight in weights]
