"""Digital PDF → Document: tables from drawn lines, paragraphs from positions.

Each page gives one Table per ruled table it shows; joining the parts of a table that crosses a page
end is left to the report, which knows what the rows are called.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from linter.document.geometry import Box
from linter.document.model import Document, Link, Location, Unreadable
from linter.document.paged import (
    PageState,
    ReadPage,
    paged_document,
    rounded,
    text_page,
    union,
    unread_page,
)
from linter.document.pagetext import glued, read_lines
from linter.document.pdfchars import UNKNOWN
from linter.document.pdfpage import Page, PageLink, on_paper, read_page
from linter.document.ruling import read_grids

MOST_PAGES = 500
_SMALLEST_PICTURE = 20.0


def read_pdf(data: bytes) -> Document:
    """Read a PDF from its bytes.

    Raises Unreadable where the file is broken, cut off or encrypted, or is a scan without text.
    """
    with _opened(data) as document:
        return _read(document)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    _refuse_truncated(data)
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        error = pdfium.FPDF_GetLastError()
        if error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Unreadable("PDF 已加密，需要密码才能打开；请提供未加密的文件")
        raise Unreadable("PDF 文件已损坏，无法打开")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def placers(data: bytes, pages: Collection[int]) -> dict[int, Callable[[float, float, float, float], Box]]:
    """For each of these pages, counted from 1, the way from the boxes of locations back to the file's own
    coordinates. Raises Unreadable as `read_pdf` does."""
    found: dict[int, Callable[[float, float, float, float], Box]] = {}
    with _opened(data) as document:
        for number in pages:
            page = pdfium.FPDF_LoadPage(document, number - 1)
            if page:
                try:
                    found[number] = on_paper(page)
                finally:
                    pdfium.FPDF_ClosePage(page)
    return found


def _refuse_truncated(data: bytes) -> None:
    """Pdfium repairs a file that was cut off and shows its first pages only: half a report."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("不是有效的 PDF 文件")
    end = data.rfind(b"%%EOF")
    if end < 0 and b"startxref" in data[-2048:]:
        return
    if end < 0 or b" obj" in data[end:]:
        raise Unreadable("PDF 文件不完整（缺少结尾），可能没有下载或复制完整")


def _read(document: Any) -> Document:
    total = pdfium.FPDF_GetPageCount(document)
    if total < 1:
        raise Unreadable("PDF 文件已损坏，读不到任何一页")
    pages: list[ReadPage] = []
    for number in range(1, min(total, MOST_PAGES) + 1):
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            raise Unreadable(f"PDF 文件已损坏：第 {number} 页无法读取")
        try:
            read = _read_page(read_page(document, page, number), pages[-1] if pages else None)
            pages.append(_recognised(page, read))
        finally:
            pdfium.FPDF_ClosePage(page)
    states = {page.state for page in pages}
    if not states & {"text", "recognised"}:
        raise Unreadable(_without_text(states))
    document_read = paged_document("pdf", pages, total=total, title=_title(document))
    return document_read._replace(notes=(*document_read.notes, *_how_to_read(states)))


def _without_text(states: set[PageState]) -> str:
    if "scanned" in states:
        reasons = ("PDF 是扫描件，没有文字层，无法读取", *_how_to_read(states))
        return "；".join(reasons) + "；或者请提供由文字处理软件导出的 PDF 或原始文件"
    if "unmapped" in states:
        return "PDF 中的字体没有编码信息，文字无法识别；请提供原始文件"
    return "PDF 各页均为空白，没有文字"


def _how_to_read(states: set[PageState]) -> tuple[str, ...]:
    """What to install for pages that are only pictures, where it is missing."""
    if "scanned" not in states:
        return ()
    from linter.document.scanengine import HOW_TO_INSTALL, is_installed

    return () if is_installed() else (HOW_TO_INSTALL,)


def _read_page(page: Page, before: ReadPage | None) -> ReadPage:
    state = _state(page)
    notes: list[str] = []
    if page.capped:
        notes.append(f"第 {page.number} 页内容过多，只读取了前一部分")
    pictures = tuple(box for box in page.pictures if _is_picture(box, page))
    if state != "text":
        unread = unread_page(page.number, page.width, page.height, state)
        return replace(unread, pictures=pictures, notes=tuple(notes))
    unknown = sum(char.text == UNKNOWN for char in page.chars)
    if unknown:
        notes.append(f"第 {page.number} 页有 {unknown} 个字符在文件中没有编码信息，以“{UNKNOWN}”代替")
    # A hidden layer was read from the picture by a program that does not say how surely.
    chars = [char._replace(doubtful=True) for char in page.chars] if page.hidden_text else page.chars
    read = text_page(
        page.number, page.width, page.height, chars, page.rulings, fills=page.fills, before=before
    )
    if page.hidden_text:
        read = replace(read, state="recognised")
    links = tuple(_links(page))
    return replace(read, pictures=pictures, links=links, notes=tuple(notes))


def _recognised(page: Any, read: ReadPage) -> ReadPage:
    """The page; one that is only a picture read by recognition, where that is installed."""
    if read.state != "scanned":
        return read
    from linter.document.scanengine import is_installed

    if not is_installed():
        return read
    from linter.document.scan import recognised_pdf_page

    recognised = recognised_pdf_page(page, read.sheet.number)
    return replace(recognised or read, notes=read.notes, pictures=read.pictures)


def _state(page: Page) -> PageState:
    printed = [char.text for char in page.chars if char.text != " "]
    if not printed:
        empty_table = not page.pictures and read_grids(page.rulings, [])[0]
        return "text" if empty_table else "scanned" if page.objects else "blank"
    if printed.count(UNKNOWN) > 0.3 * len(printed):
        return "unmapped"
    covered = max((_covered(box, page) for box in page.pictures), default=0.0)
    return "scanned" if covered > 0.6 and len(printed) < 30 else "text"


def _covered(box: Box, page: Page) -> float:
    width = min(box[2], page.width) - max(box[0], 0.0)
    height = min(box[3], page.height) - max(box[1], 0.0)
    return max(width, 0.0) * max(height, 0.0) / (page.width * page.height)


def _is_picture(box: Box, page: Page) -> bool:
    """Not a background, nor a dot or a bullet."""
    return min(box[2] - box[0], box[3] - box[1]) > _SMALLEST_PICTURE and _covered(box, page) < 0.6


def _title(document: Any) -> str:
    length = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < length < 4096:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip()


# --- links -------------------------------------------------------------------------------------


def _links(page: Page) -> Iterator[Link]:
    """The page's links; the parts of one that a line end (or a change of font) cut are one link."""
    parts: list[PageLink] = []
    for link in page.links:
        if parts and not _continues(parts[-1], link):
            yield _link(parts, page)
            parts = []
        parts.append(link)
    if parts:
        yield _link(parts, page)


def _continues(before: PageLink, link: PageLink) -> bool:
    _, top, right, bottom = before.box
    height = max(bottom - top, 1.0)
    beside = abs(link.box[1] - top) < 0.5 * height and -2 < link.box[0] - right < height
    below = 0.3 * height < link.box[1] - top < 2.5 * height and link.box[0] < right
    return link.target == before.target and (beside or below)


def _link(parts: Sequence[PageLink], page: Page) -> Link:
    text = ""
    for part in parts:
        left, top, right, bottom = part.box
        under = [
            char
            for char in page.chars
            if left <= (char.x0 + char.x1) / 2 <= right and top <= (char.top + char.bottom) / 2 <= bottom
        ]
        for line in read_lines(under):
            text = glued(text, line.text)
    box = rounded(union([part.box for part in parts]))
    return Link(text, parts[0].target, Location(page=page.number, box=box))
