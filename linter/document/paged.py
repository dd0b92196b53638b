"""Pages of characters and drawn lines → the blocks of a Document, for every paged format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from linter.document.geometry import Box, Char, Ruling, rectangle
from linter.document.model import Block, Cell, Document, Line, Link, Location, Paragraph, Picture, Table
from linter.document.pageflow import (
    Passage,
    Sheet,
    flow,
    sheet,
    with_cut_rows,
    without_frames,
    without_furniture,
)
from linter.document.pagetext import cell_text, read_lines
from linter.document.ruling import FilledGrid, read_grids
from linter.document.unruled import is_partly_ruled, read_unruled, shows_values
from linter.document.unruledcolumns import Columns
from linter.document.unruledheader import Opening

UNRECOGNISED = "\ufffd"
"""Stands for ink on a scanned page of which it is not known what it says."""

PageState = Literal["text", "recognised", "blank", "scanned", "unmapped"]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as lines and tables.

    `state`: "scanned" has no text, "unmapped" text without Unicode; the text of one "recognised" was
    read from its picture. `carried` is what a table without lines has open at the page's end.
    """

    sheet: Sheet
    state: PageState
    pictures: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
    carried: Columns | Opening | None = None


def unread_page(number: int, width: float, height: float, state: PageState) -> ReadPage:
    """A page of which no text can be read."""
    return ReadPage(Sheet(number, width, height, ()), state)


def text_page(
    number: int,
    width: float,
    height: float,
    chars: Sequence[Char],
    rulings: Sequence[Ruling],
    *,
    fills: Sequence[Box] = (),
    before: ReadPage | None = None,
) -> ReadPage:
    """A page with text: its tables, and the lines outside them.

    `fills` are areas filled with a colour, `before` is the page before this one.
    """
    tables, rest = read_grids(rulings, chars)
    if any(is_partly_ruled(table) for table in tables):
        loose = {id(char) for char in rest}
        whole = [table for table in tables if not is_partly_ruled(table)]
        held = {id(char) for table in whole for cell in table.chars for char in cell}
        tables = whole
        rest = [char for char in chars if id(char) in loose or id(char) not in held]
    lines = read_lines(rest)
    carried = None
    if shows_values([line.text for line in lines]):
        drawn = [*rulings, *(side for box in fills for side in rectangle(*box))]
        found = read_unruled(rest, drawn, before.carried if before else None)
        carried = found.carried
        if found.tables:
            tables, lines = [*tables, *found.tables], read_lines(found.rest)
    elements = without_frames(sheet(number, width, height, [*tables, *lines]))
    return ReadPage(elements, "text", carried=carried)


def paged_document(reader: str, pages: Sequence[ReadPage], *, total: int, title: str = "") -> Document:
    """The Document of pages, with notes on those that could not be read. `total`: pages of the file."""
    scanned = tuple(page.sheet.number for page in pages if page.state == "scanned")
    unmapped = tuple(page.sheet.number for page in pages if page.state == "unmapped")
    recognised = tuple(page.sheet.number for page in pages if page.state == "recognised")
    notes = [note for page in pages for note in page.notes]
    if total > len(pages):
        notes.append(f"文件共 {total} 页，只读取了前 {len(pages)} 页")
    if scanned:
        notes.append(f"{_page_list(scanned)}没有文字层（扫描件），其内容未能读取")
    if recognised:
        notes.append(f"{_page_list(recognised)}的文字由图像识别得到，可能有错字，请核对扫描件")
    if unmapped:
        notes.append(f"{_page_list(unmapped)}的字体没有编码信息，其内容未能读取")
    sheets, ambiguous = without_furniture([page.sheet for page in pages])
    return Document(
        reader=reader,
        blocks=tuple(_blocks(flow(with_cut_rows(sheets)), pages)),
        links=tuple(link for page in pages for link in page.links),
        notes=(*notes, *ambiguous),
        metadata={"title": title} if title else {},
        pages=total,
        scanned_pages=tuple(sorted((*scanned, *unmapped))),
        recognised_pages=recognised,
    )


def _page_list(numbers: Sequence[int]) -> str:
    return "第 " + "、".join(map(str, numbers)) + " 页"


def _blocks(items: Sequence[tuple[int, Passage | FilledGrid]], pages: Sequence[ReadPage]) -> list[Block]:
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
            picture = Picture(location=Location(page=number, box=rounded(box)))
            place = next(
                (at for at, (page, top, _) in enumerate(placed) if (page, top) > (number, box[1])),
                len(placed),
            )
            placed.insert(place, (number, box[1], picture))
    return [block for _, _, block in placed]


def _paragraph(passage: Passage, index: int) -> Paragraph:
    lines = tuple(
        Line(line.text, Location(page=page, box=rounded(line.box), paragraph=index))
        for page, line in passage.lines
    )
    page = passage.lines[0][0]
    boxes = [line.box for number, line in passage.lines if number == page]
    return Paragraph(
        passage.text,
        lines,
        Location(page=page, box=rounded(union(boxes)), paragraph=index),
        centered=passage.centered,
    )


def _table(filled: FilledGrid, page: int, index: int) -> Table:
    grid = filled.grid
    order: Counter[int] = Counter()
    cells = []
    for area, chars in zip(grid.areas, filled.chars, strict=True):
        row = area.row
        order[row] += 1
        location = Location(page, rounded(area.box), None, None, None, index, row + 1, order[row])
        text = cell_text(chars, area.box)
        doubt = _doubt(text) if any(char.doubtful for char in chars) else ""
        cells.append(Cell(row, area.column, text, area.row_span, area.column_span, location, doubt))
    return Table(
        tuple(cells),
        len(grid.ys) - 1,
        len(grid.xs) - 1,
        source=filled.source,
        location=Location(page=page, box=rounded(grid.box), table=index),
        edges=(round(grid.xs[0], 1), round(grid.xs[-1], 1)),
    )


def _doubt(text: str) -> str:
    """Why a cell with doubtful characters may be misread."""
    if UNRECOGNISED in text:
        return "扫描件上此格有字迹，但未能识别，请核对扫描件"
    return f"扫描件上的“{' '.join(text.split())}”识别不够可靠，请核对扫描件"


def rounded(box: Box) -> Box:
    """A box to a tenth of a point."""
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box round all."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))
