"""An official document as a Word file, set as GB/T 9704 has it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from linter.official.blocks import Addressee, Heading, Paragraph, Sheet, Signature, Text
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
# What no XML may hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDTH = 8840
"""Twips between the margins."""


def package(blocks: Sequence[dict[str, Any]]) -> bytes:
    """The .docx of shaped blocks; the same blocks give the same bytes."""
    texts = resource_folder("templates") / "official"
    document = render("official/document.xml.j2", {"blocks": blocks})
    members = {member: (texts / name).read_text("utf-8") for member, name in _PARTS.items()}
    members["word/document.xml"] = _NO_XML.sub("", document)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return buffer.getvalue()


def shaped_text(block: Text) -> dict[str, Any]:
    """A block of text as the template of the document wants it."""
    match block:
        case Heading(level, text):
            return _styled("Title" if level == 1 else f"Heading{level - 1}", text)
        case Paragraph(text):
            return _styled("Normal", text)
        case Addressee(text):
            return _styled("Addressee", text)
        case Signature(text):
            return _styled("Signature", text)


def shaped_sheet(sheet: Sheet) -> dict[str, Any]:
    """A plain table as the template of the document wants it."""
    widths = shared(WIDTH, sheet.weights)
    rows = [(True, sheet.head), *((False, row) for row in sheet.rows)]
    return {
        "kind": "table",
        "widths": widths,
        "rows": [
            {"header": head, "cells": [_cell(text, width) for text, width in zip(row, widths, strict=True)]}
            for head, row in rows
        ],
    }


def shared(width: int, weights: Sequence[int]) -> list[int]:
    """`width` shared out by the weights."""
    return [width * weight // sum(weights) for weight in weights]


def _cell(text: str, width: int) -> dict[str, Any]:
    return {"width": width, "columns": 1, "merge": "", "style": "TableCell", "text": text}


def _styled(style: str, text: str) -> dict[str, Any]:
    return {"kind": "text", "style": style, "parts": list(_parts(text))}


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in runs, each with whether it is a prompt."""
    for part in _PROMPT.split(text):
        if part:
            yield part, part.startswith("【")
