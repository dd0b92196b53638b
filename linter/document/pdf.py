"""Digital PDF → Document: tables from drawn lines, paragraphs from positions.

Each page gives one Table per ruled table it shows; joining the parts of a table that crosses a page
end is left to the report, which knows what the rows are called.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from linter.document.geometry import Box
from linter.document.model import (
    Block,
    Cell,
    Document,
    Line,
    Link,
    Location,
    Paragraph,
    Picture,
    Table,
    Unreadable,
)
from linter.document.pageflow import (
    Passage,
    Sheet,
    flow,
    sheet,
    with_cut_rows,
    without_frames,
    without_furniture,
)
from linter.document.pagetext import cell_text, glued, read_lines
from linter.document.pdfchars import UNKNOWN
from linter.document.pdfpage import Page, PageLink, read_page
from linter.document.ruling import FilledGrid, read_grids

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
    pages: list[_ReadPage] = []
    for number in range(1, min(total, MOST_PAGES) + 1):
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            raise Unreadable(f"PDF 文件已损坏：第 {number} 页无法读取")
        try:
            pages.append(_read_page(read_page(document, page, number)))
        finally:
            pdfium.FPDF_ClosePage(page)
    return _document(pages, total, _title(document))


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page as lines and tables. `state` is "text", "blank", "scanned" or "unmapped" (no Unicode)."""

    sheet: Sheet
    state: str
    pictures: tuple[Box, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...]


def _read_page(page: Page) -> _ReadPage:
    state = _state(page)
    notes: list[str] = []
    if page.capped:
        notes.append(f"第 {page.number} 页内容过多，只读取了前一部分")
    if state != "text":
        pictures = tuple(box for box in page.pictures if _is_picture(box, page))
        return _ReadPage(Sheet(page.number, page.width, page.height, ()), state, pictures, (), tuple(notes))
    if page.hidden_text:
        notes.append(f"第 {page.number} 页是扫描图像，文字来自识别层，可能有错字，请核对原件")
    unknown = sum(char.text == UNKNOWN for char in page.chars)
    if unknown:
        notes.append(f"第 {page.number} 页有 {unknown} 个字符在文件中没有编码信息，以“{UNKNOWN}”代替")
    tables, rest = read_grids(page.rulings, page.chars)
    lines = read_lines(rest)
    return _ReadPage(
        without_frames(sheet(page.number, page.width, page.height, [*tables, *lines])),
        state,
        tuple(box for box in page.pictures if _is_picture(box, page)),
        tuple(_links(page)),
        tuple(notes),
    )


def _state(page: Page) -> str:
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


# --- assembling --------------------------------------------------------------------------------


def _document(pages: Sequence[_ReadPage], total: int, title: str) -> Document:
    scanned = tuple(page.sheet.number for page in pages if page.state == "scanned")
    unmapped = tuple(page.sheet.number for page in pages if page.state == "unmapped")
    if not any(page.state == "text" for page in pages):
        if scanned:
            raise Unreadable(
                "PDF 是扫描件，没有文字层，无法读取；请提供由文字处理软件导出的 PDF 或原始文件。"
            )
        if unmapped:
            raise Unreadable("PDF 中的字体没有编码信息，文字无法识别；请提供原始文件")
        raise Unreadable("PDF 各页均为空白，没有文字")
    notes = [note for page in pages for note in page.notes]
    if total > len(pages):
        notes.append(f"文件共 {total} 页，只读取了前 {len(pages)} 页")
    if scanned:
        notes.append(f"{_page_list(scanned)}没有文字层（扫描件），其内容未能读取")
    if unmapped:
        notes.append(f"{_page_list(unmapped)}的字体没有编码信息，其内容未能读取")
    sheets, ambiguous = without_furniture([page.sheet for page in pages])
    return Document(
        reader="pdf",
        blocks=tuple(_blocks(flow(with_cut_rows(sheets)), pages)),
        links=tuple(link for page in pages for link in page.links),
        notes=(*notes, *ambiguous),
        metadata={"title": title} if title else {},
        pages=total,
        scanned_pages=tuple(sorted((*scanned, *unmapped))),
    )


def _page_list(numbers: Sequence[int]) -> str:
    return "第 " + "、".join(map(str, numbers)) + " 页"


def _blocks(items: Sequence[tuple[int, Passage | FilledGrid]], pages: Sequence[_ReadPage]) -> list[Block]:
    placed: list[tuple[int, float, Block]] = []
    paragraphs = tables = 0
    for page, item in items:
        if isinstance(item, Passage):
            paragraphs += 1
            placed.append((page, item.lines[0][1].top, _paragraph(item, paragraphs)))
        else:
            tables += 1
            placed.append((page, item.grid.box[1], _table(item, page, tables)))
    for one in pages:
        number = one.sheet.number
        for box in one.pictures:
            picture = Picture(location=Location(page=number, box=_rounded(box)))
            place = next(
                (at for at, (page, top, _) in enumerate(placed) if (page, top) > (number, box[1])),
                len(placed),
            )
            placed.insert(place, (number, box[1], picture))
    return [block for _, _, block in placed]


def _paragraph(passage: Passage, index: int) -> Paragraph:
    lines = tuple(
        Line(line.text, Location(page=page, box=_rounded(line.box), paragraph=index))
        for page, line in passage.lines
    )
    page = passage.lines[0][0]
    boxes = [line.box for number, line in passage.lines if number == page]
    return Paragraph(
        passage.text,
        lines,
        Location(page=page, box=_rounded(_union(boxes)), paragraph=index),
        centered=passage.centered,
    )


def _table(filled: FilledGrid, page: int, index: int) -> Table:
    grid = filled.grid
    order: Counter[int] = Counter()
    cells = []
    for area, chars in zip(grid.areas, filled.chars, strict=True):
        order[area.row] += 1
        location = Location(
            page=page, box=_rounded(area.box), table=index, row=area.row + 1, cell=order[area.row]
        )
        text = cell_text(chars, area.box)
        cells.append(Cell(area.row, area.column, text, area.row_span, area.column_span, location))
    return Table(
        tuple(cells),
        len(grid.ys) - 1,
        len(grid.xs) - 1,
        source="ruled",
        location=Location(page=page, box=_rounded(grid.box), table=index),
        edges=(round(grid.xs[0], 1), round(grid.xs[-1], 1)),
    )


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _union(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


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
    box = _rounded(_union([part.box for part in parts]))
    return Link(text, parts[0].target, Location(page=page.number, box=box))
