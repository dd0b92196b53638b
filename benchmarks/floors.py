"""What bare extraction costs: the least a reader must do, with no thought for what it reads.

docx: unzip the document part, parse it, take the text of every paragraph and every table as a grid
with its merged cells. doc: the text by the piece table without what is deleted and without the codes
of fields, the properties of paragraphs, every table as a grid by the edges of its cells. html:
decode, parse, take the text of the page and every table as a grid with its spans; of a whole page
that of its main content, the smallest element with 80 % of the text of its <p>. pdf: position of
every character, bounds and segments of every drawn path, the grid that the lines form, slots with no
line between them united to one cell, each character in its cell, text by position; no joining of pages.
ofd: the same from the XML of each page, by the matrix of each object.
"""

from __future__ import annotations

import ctypes
import io
import re
import struct
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeAlias

Grid = dict[tuple[int, int], str]
_Char: TypeAlias = tuple[float, float, str]
"""How far right and how far up a character stands, and what it is."""
_Line: TypeAlias = tuple[float, float, float]
"""Where a line runs, and from where to where."""


def docx_floor(data: bytes) -> tuple[list[str], list[Grid]]:
    """Paragraph texts and table grids of a Word document."""
    from lxml import etree

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{w}t")) for p in root.iter(f"{w}p")]
    grids: list[Grid] = []
    for table in root.iter(f"{w}tbl"):
        grid: Grid = {}
        for row, tr in enumerate(table.iter(f"{w}tr")):
            column = 0
            for tc in tr.iter(f"{w}tc"):
                span = tc.find(f"{w}tcPr/{w}gridSpan")
                merge = tc.find(f"{w}tcPr/{w}vMerge")
                if merge is not None and merge.get(f"{w}val") != "restart":
                    text = grid.get((row - 1, column), "")
                else:
                    text = "".join(t.text or "" for t in tc.iter(f"{w}t"))
                for _ in range(int(span.get(f"{w}val", "1")) if span is not None else 1):
                    grid[row, column] = text
                    column += 1
        grids.append(grid)
    return paragraphs, grids


def doc_floor(data: bytes) -> tuple[list[str], list[Grid]]:
    """Paragraph texts and table grids of a Word 97–2003 document in one piece, as LibreOffice writes it."""
    import olefile

    ole = olefile.OleFileIO(io.BytesIO(data))
    main, table = ole.openstream("WordDocument").read(), ole.openstream("1Table").read()
    elsewhere = ole.openstream("Data").read() if ole.exists("Data") else b""
    (clx,) = struct.unpack_from("<I", main, 154 + 8 * 33)
    (start,) = struct.unpack_from("<I", table, clx + 5 + 8 + 2)
    (length,) = struct.unpack_from("<I", main, 76)
    text = _kept(main, table, start, main[start : start + 2 * length].decode("utf-16-le"))
    pages, size = struct.unpack_from("<II", main, 154 + 8 * 13)
    count = (size - 4) // 8
    paragraphs: list[str] = []
    tables: list[list[list[tuple[int, int, int, str]]]] = [[]]
    cells: list[str] = []
    lines: list[str] = []
    for number in struct.unpack_from(f"<{count}I", table, pages + 4 * (count + 1)):
        page = main[512 * number : 512 * number + 512]
        places = struct.unpack_from(f"<{page[-1] + 1}I", page)
        for index in range(page[-1]):
            words = text[(places[index] - start) // 2 : (places[index + 1] - start) // 2].replace("\0", "")
            if "\x13" in words:
                words = re.sub("\x13[^\x14\x15]*\x14?|\x15", "", words)
            at = 2 * page[4 * (page[-1] + 1) + 13 * index]
            said = page[at + 1 : at + 2 * page[at]] if page[at] else page[at + 2 : at + 2 + 2 * page[at + 1]]
            found = dict(_sprms(said[2:]))
            if 0x6646 in found:
                (at,) = struct.unpack("<I", found[0x6646])
                (size,) = struct.unpack_from("<H", elsewhere, at)
                found |= dict(_sprms(elsewhere[at + 2 : at + 2 + size]))
            if 0xD608 in found:
                tables[-1].append(_row(found[0xD608], cells))
                cells = []
            elif found.get(0x2416) == b"\1":
                for piece in words.split("\x07")[:-1]:
                    cells.append("".join((*lines, piece)))
                    lines = []
                lines += [words] if words.endswith("\r") else []
            else:
                paragraphs += words.split("\r")[:-1]
                tables += [[]] if tables[-1] else []
    return paragraphs, [_grid(rows) for rows in tables if rows]


def _kept(main: bytes, table: bytes, start: int, text: str) -> str:
    """The text with a zero for each deleted character, which w:t of a docx has not either."""
    pages, size = struct.unpack_from("<II", main, 154 + 8 * 12)
    count = (size - 4) // 8
    pieces: list[str] = []
    for number in struct.unpack_from(f"<{count}I", table, pages + 4 * (count + 1)):
        page = main[512 * number : 512 * number + 512]
        places = struct.unpack_from(f"<{page[-1] + 1}I", page)
        for index in range(page[-1]):
            at = 2 * page[4 * (page[-1] + 1) + index]
            words = text[(places[index] - start) // 2 : (places[index + 1] - start) // 2]
            deleted = at and dict(_sprms(page[at + 1 : at + 1 + page[at]])).get(0x0800) == b"\1"
            pieces.append("\0" * len(words) if deleted else words)
    return "".join(pieces) or text


def _sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(data):
        code = data[at] | data[at + 1] << 8
        at += 2
        size = (1, 1, 2, 4, 2, 2, 0, 3)[code >> 13]
        if code == 0xD608:
            size, at = (data[at] | data[at + 1] << 8) - 1, at + 2
        elif not size:
            size, at = data[at], at + 1
        yield code, data[at : at + size]
        at += size


def _row(defined: bytes, cells: list[str]) -> list[tuple[int, int, int, str]]:
    """Left edge, right edge, mark of merging and text of the cells of a row."""
    count = defined[0]
    edges = struct.unpack_from(f"<{count + 1}h", defined, 1)
    marks = [struct.unpack_from("<H", defined, 3 + 2 * count + 20 * index)[0] for index in range(count)]
    return list(zip(edges, edges[1:], marks, cells, strict=False))


def _grid(rows: list[list[tuple[int, int, int, str]]]) -> Grid:
    edges = sorted({edge for row in rows for cell in row for edge in cell[:2]})
    grid: Grid = {}
    for index, row in enumerate(rows):
        for left, right, mark, text in row:
            first, last = bisect_right(edges, left) - 1, bisect_right(edges, right) - 1
            shown = grid.get((index - 1, first), "") if mark & 0x60 == 0x20 else text
            for column in range(first, last):
                grid[index, column] = shown
    return grid


def html_floor(data: bytes) -> tuple[str, list[Grid]]:
    """The text of a page and its table grids."""
    return _html_content(_html_tree(data))


def html_page_floor(data: bytes) -> tuple[str, list[Grid]]:
    """The text and the table grids of the main content of a page."""
    return _html_content(_main_content(_html_tree(data)))


def _html_tree(data: bytes) -> Any:
    import lxml.html

    try:
        source = data.decode()
    except UnicodeDecodeError:
        source = data.decode("gb18030")
    return lxml.html.document_fromstring(source)


def _main_content(root: Any) -> Any:
    """The smallest element that holds 80 % of the text of all paragraphs."""
    held: dict[Any, int] = {}
    total = 0
    for paragraph in root.iter("p"):
        length = len("".join(paragraph.itertext()).strip())
        total += length
        for outer in paragraph.iterancestors():
            held[outer] = held.get(outer, 0) + length
    enough = [element for element, length in held.items() if length >= 0.8 * total]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=root)


def _html_content(root: Any) -> tuple[str, list[Grid]]:
    grids: list[Grid] = []
    for table in root.iter("table"):
        grid: Grid = {}
        for row, tr in enumerate(table.iter("tr")):
            column = 0
            for cell in tr.iter("td", "th"):
                while (row, column) in grid:
                    column += 1
                text = "".join(str(piece) for piece in cell.itertext())
                width, height = int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1)
                for down in range(height):
                    for right in range(width):
                        grid[row + down, column + right] = text
                column += width
        grids.append(grid)
    return "".join(str(piece) for piece in root.itertext()), grids


def pdf_floor(data: bytes) -> tuple[str, list[Grid]]:
    """The text of a PDF in reading order and, for each page, the cells between its lines."""
    import pypdfium2.raw as c

    document = c.FPDF_LoadMemDocument64(data, len(data), None)
    texts: list[str] = []
    grids: list[Grid] = []
    for number in range(c.FPDF_GetPageCount(document)):
        page = c.FPDF_LoadPage(document, number)
        text = c.FPDFText_LoadPage(page)
        chars = _characters(c, text)
        grids.append(_ruled_grid(chars, *_lines(c, page)))
        texts.append("".join(char for *_, char in sorted((-round(y), x, char) for x, y, char in chars)))
        c.FPDFText_ClosePage(text)
        c.FPDF_ClosePage(page)
    c.FPDF_CloseDocument(document)
    return "\f".join(texts), grids


def ofd_floor(data: bytes) -> tuple[str, list[Grid]]:
    """The text of an OFD file in reading order and, for each page, the cells between its lines."""
    from lxml import etree

    texts: list[str] = []
    grids: list[Grid] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith("Content.xml"):
                continue
            chars: list[_Char] = []
            down: list[_Line] = []
            across: list[_Line] = []
            for item in etree.fromstring(archive.read(name)).iter("{*}TextObject", "{*}PathObject"):
                left, top, _, _ = map(float, item.get("Boundary", "0 0 0 0").split())
                a, b, c, d, e, f = map(float, item.get("CTM", "1 0 0 1 0 0").split())
                if item.tag.endswith("PathObject"):
                    drawn = "".join(part.text or "" for part in item.iter("{*}AbbreviatedData"))
                    ends = [float(piece) for piece in drawn.split() if not piece.isalpha()]
                    points = [
                        (left + a * x + c * y + e, -(top + b * x + d * y + f))
                        for x, y in zip(ends[::2], ends[1::2], strict=True)
                    ]
                    for (x0, y0), (x1, y1) in pairwise(points):
                        if abs(x0 - x1) < 0.2:
                            down.append((x0, min(y0, y1), max(y0, y1)))
                        elif abs(y0 - y1) < 0.2:
                            across.append((y0, min(x0, x1), max(x0, x1)))
                    continue
                for code in item.iter("{*}TextCode"):
                    x, y = float(code.get("X", "0")), float(code.get("Y", "0"))
                    text = code.text or ""
                    steps = _steps(code.get("DeltaX", "")) or [0.0] * len(text)
                    falls = _steps(code.get("DeltaY", "")) or [0.0] * len(text)
                    for char, step, fall in zip(text, [*steps, 0.0], [*falls, 0.0], strict=False):
                        chars.append((left + a * x + c * y + e, -(top + b * x + d * y + f), char))
                        x, y = x + step, y + fall
            grids.append(_ruled_grid(chars, down, across))
            texts.append("".join(char for *_, char in sorted((-round(y), x, char) for x, y, char in chars)))
    return "\f".join(texts), grids


def _ruled_grid(chars: list[_Char], down: list[_Line], across: list[_Line]) -> Grid:
    """The cells between lines, each at its first slot, with their texts."""
    xs, ys = _clustered([line[0] for line in down]), _clustered([line[0] for line in across])
    left = {
        (row, bisect_right(xs, at + 1))
        for at, start, end in down
        for row in range(bisect_right(ys, start + 1), bisect_right(ys, end - 1) + 1)
    }
    below = {
        (bisect_right(ys, at + 1), column)
        for at, start, end in across
        for column in range(bisect_right(xs, start + 1), bisect_right(xs, end - 1) + 1)
    }
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) + 1):
        for column in range(len(xs) + 1):
            slot = (row, column)
            if column and slot not in left:
                first[slot] = first[row, column - 1]
            else:
                first[slot] = first[row - 1, column] if row and slot not in below else slot
    held: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for x, y, char in chars:
        cell = first[bisect_right(ys, y), bisect_right(xs, x)]
        held.setdefault(cell, []).append((-round(y), x, char))
    return {cell: "".join(char for *_, char in sorted(content)) for cell, content in held.items()}


def _steps(text: str) -> list[float]:
    pieces = text.split()
    steps: list[float] = []
    while pieces:
        if pieces[0] == "g":
            steps += [float(pieces[2])] * int(pieces[1])
            del pieces[:3]
        else:
            steps.append(float(pieces.pop(0)))
    return steps


def _characters(c: Any, text: Any) -> list[_Char]:
    box = c.FS_RECTF()
    chars = []
    for index in range(c.FPDFText_CountChars(text)):
        code = c.FPDFText_GetUnicode(text, index)
        c.FPDFText_GetLooseCharBox(text, index, box)
        chars.append(((box.left + box.right) / 2, (box.top + box.bottom) / 2, chr(code)))
    return chars


def _lines(c: Any, page: Any) -> tuple[list[_Line], list[_Line]]:
    """Vertical and horizontal lines."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    x, y = ctypes.c_float(), ctypes.c_float()
    down: list[_Line] = []
    across: list[_Line] = []
    for index in range(c.FPDFPage_CountObjects(page)):
        item = c.FPDFPage_GetObject(page, index)
        if c.FPDFPageObj_GetType(item) != c.FPDF_PAGEOBJ_PATH:
            continue
        c.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        if right.value - left.value < 3:
            down.append(((left.value + right.value) / 2, bottom.value, top.value))
        elif top.value - bottom.value < 3:
            across.append(((top.value + bottom.value) / 2, left.value, right.value))
        else:
            points = []
            for part in range(c.FPDFPath_CountSegments(item)):
                c.FPDFPathSegment_GetPoint(c.FPDFPath_GetPathSegment(item, part), x, y)
                points.append((x.value, y.value))
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x0 - x1) < 0.5:
                    down.append((x0, min(y0, y1), max(y0, y1)))
                elif abs(y0 - y1) < 0.5:
                    across.append((y0, min(x0, x1), max(x0, x1)))
    return down, across


def _clustered(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > 2:
            kept.append(value)
    return kept
