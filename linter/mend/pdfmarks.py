"""An annotated PDF: highlights with the notes as their contents, appended to the file as an update.

The file's own bytes stay as they are and come first, so that the pages are the same and the update can
be cut off again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from linter.document.geometry import Box
from linter.document.model import Document, Paragraph
from linter.mend.annotated import NotAnnotated
from linter.mend.notes import Note, sentence

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject


_MISSING = '给 PDF 加批注需要另装一个组件：pip install "gongkai-lint[pdf]"'
_COLOURS = {"error": (1.0, 0.62, 0.58), "warning": (1.0, 0.85, 0.4), "info": (0.62, 0.82, 1.0)}
_MARK = b"\n%%gongkai-lint %d\n"
_MARKED = re.compile(rb"\n%gongkai-lint ([0-9]{1,10})\s*\Z")
_PRINTED = 4
_FIRST_CORNER: Box = (36.0, 24.0, 72.0, 48.0)


def with_highlights(data: bytes, document: Document, notes: Sequence[Note]) -> bytes:
    """The PDF, of which `document` was read, with a highlight for each note.

    Raises NotAnnotated where the file is protected or damaged, or the package for it is missing.
    """
    if not notes:
        return data
    try:
        from pypdf import PdfReader, PdfWriter
        from pypdf.errors import PyPdfError
    except ImportError:
        raise NotAnnotated(_MISSING) from None
    from linter.document.pdf import placers

    boxes = {note: list(_boxes(document, note)) for note in notes}
    places = placers(data, {page for found in boxes.values() for page, _ in found})
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise NotAnnotated("PDF 设有权限保护，不能加批注，请提供没有保护的文件")
        writer = PdfWriter(reader, incremental=True)
        for number, note in enumerate(notes):
            page = boxes[note][0][0]
            if page in places:
                shown = [places[page](*box) for at, box in boxes[note] if at == page]
                writer.add_annotation(page - 1, _highlight(note, number, shown))
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAnnotated(f"PDF 的内部结构有误，不能加批注（{type(error).__name__}）") from None
    return out.getvalue() + _MARK % len(data)


def without_highlights(data: bytes) -> bytes:
    """The PDF without the update of an earlier annotation."""
    found = _MARKED.search(data)
    return data[: int(found[1])] if found and int(found[1]) < len(data) else data


def _boxes(document: Document, note: Note) -> Iterator[tuple[int, Box]]:
    """What to highlight, each with its page: the lines of the sentence or the paragraph, or the cell."""
    location = note.location
    here = location.page, location.paragraph
    block = next(
        (
            block
            for block in document.blocks
            if isinstance(block, Paragraph)
            and location.paragraph is not None
            and (block.location.page, block.location.paragraph) == here
        ),
        None,
    )
    if block is not None:
        lines = [line for line in block.lines if line.location.page and line.location.box]
        text = "".join(line.text for line in lines)
        meant = sentence(text, note.excerpt, note.word) if note.excerpt else None
        start = 0
        for line in lines:
            end = start + len(line.text)
            if (meant is None or (start < meant[1] and meant[0] < end)) and line.location.box:
                yield line.location.page or 1, line.location.box
            start = end
        if lines:
            return
    yield location.page or 1, location.box or _FIRST_CORNER


def _highlight(note: Note, number: int, boxes: Sequence[Box]) -> DictionaryObject:
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    def numbers(values: Sequence[float]) -> ArrayObject:
        return ArrayObject(FloatObject(round(value, 2)) for value in values)

    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    quads = [value for x0, y0, x1, y1 in boxes for value in (x0, y1, x1, y1, x0, y0, x1, y0)]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight"),
            NameObject("/Rect"): numbers((min(lefts), min(bottoms), max(rights), max(tops))),
            NameObject("/QuadPoints"): numbers(quads),
            NameObject("/C"): numbers(_COLOURS[note.severity]),
            NameObject("/CA"): FloatObject(0.6),
            NameObject("/F"): NumberObject(_PRINTED),
            NameObject("/NM"): TextStringObject(f"gongkai-{number}"),
            NameObject("/T"): TextStringObject(note.author),
            NameObject("/Contents"): TextStringObject(note.text),
        }
    )
