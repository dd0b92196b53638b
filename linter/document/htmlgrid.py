"""HTML tables → grids: spans resolved as browsers do, layout tables told from tables of data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.document.htmltree import source_line, text_of
from linter.document.lines import BLANKS
from linter.document.model import Cell, Link, Location, Table, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_ABSURD_SPAN = 64
_MAX_COLUMNS = 1000
_MOST_TALL = 50
"""Cells of several rows with an absurd span that are still stretched."""
_MAX_DEPTH = 300
_BLANK_RUN = re.compile(r"[ \t\r\n\f\u00a0]+")
_HAN_BREAK = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_GROUPS = {"thead": 0, "tfoot": 2}
_BREAKING = frozenset(
    {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "section", "ul", "ol"}
)
# The elements that part a cell's text into lines or stand for text of their own.
_PARTING = ("br", "td", "th", "img", "input", *_BREAKING)


@dataclass(frozen=True, slots=True)
class Row:
    """One table row as marked up: its cells and the row group they may span within."""

    cells: tuple[_Element, ...]
    group: int
    element: _Element | None


def table_rows(table: _Element) -> list[Row]:
    """The rows of `table` itself, head first and foot last; a cell outside any row gets one of its own."""
    found: list[tuple[int, int, Row]] = []
    group = 0
    loose: list[_Element] = []
    loose_group = False

    def close_loose() -> None:
        if loose:
            found.append((1, group, Row(tuple(loose), group, None)))
            loose.clear()

    for kind, order, element in _row_parts(table, 1):
        if kind == "cell":
            if not loose and not loose_group:
                group, loose_group = group + 1, True
            loose.append(element)
            continue
        close_loose()
        if kind == "group":
            group, loose_group = group + 1, False
        elif kind == "row":
            cells = tuple(cell for cell in element.iterchildren() if cell.tag in ("td", "th"))
            found.append((order, group, Row(cells, group, element)))
    close_loose()
    return [row for _, _, row in sorted(found, key=lambda item: (item[0], item[1]))]


def _row_parts(parent: _Element, order: int, depth: int = 0) -> Iterator[tuple[str, int, _Element]]:
    for child in parent.iterchildren():
        tag = child.tag
        if tag == "tr":
            yield "row", order, child
        elif tag in ("td", "th"):
            yield "cell", order, child
        elif tag in ("thead", "tbody", "tfoot"):
            yield "group", order, child
            yield from _row_parts(child, _GROUPS.get(tag, 1), depth + 1)
            yield "group", order, child
        elif tag not in ("table", "caption", "colgroup", "col") and depth < 20:
            yield from _row_parts(child, order, depth + 1)


def is_layout(table: _Element, rows: list[Row]) -> bool:
    """Whether the table only arranges a page: the things inside its cells are then read one by one."""
    cells = [cell for row in rows for cell in row.cells]
    if not cells:
        return True
    if table.find(".//table") is not None:
        plain: list[_Element] = []
        framing: list[_Element] = []
        for cell in cells:
            (plain if cell.find(".//table") is None else framing).append(cell)
        if any(_holds_passage(cell) or _holds_data_table(cell) for cell in framing):
            return True
        own = sum(1 for cell in plain if _has_text(cell))
        return own < 2 * len(framing) or len(rows) < 3
    if len(cells) == 1:
        return True
    if len(cells) <= 8 or all(len(row.cells) <= 1 for row in rows):
        return any(_holds_passage(cell) for cell in cells)
    return False


def _holds_passage(cell: _Element) -> bool:
    breaks = sum(1 for part in cell.iter("p", "div", "br", "li"))
    return breaks >= 3 and len(text_of(cell)) > 300


def _holds_data_table(cell: _Element) -> bool:
    return any(
        sum(1 for _ in table.iter("tr")) >= 3 and sum(1 for _ in table.iter("td", "th")) >= 8
        for table in cell.iter("table")
    )


def _has_text(cell: _Element) -> bool:
    return text_of(cell).strip(BLANKS + "\n") != ""


def grid(rows: list[Row], location: Location) -> tuple[Table, list[Link]] | None:
    """The grid of a table of data, and the links in it; None where it has no cell.

    Raises Unreadable for a table of more than 1000 columns.
    """
    rows = [row for row in rows if not _is_column_ruler(row)]
    ends = {row.group: index + 1 for index, row in enumerate(rows)}
    cells: list[Cell] = []
    links: list[Link] = []
    taken: dict[int, int] = {}
    stretched: list[int] = []
    width = 0
    for index, row in enumerate(rows):
        column = 0
        for place, element in enumerate(row.cells):
            while taken.get(column, 0) > index:
                column += 1
            wide = high = 1
            if (value := element.get("colspan")) is not None:
                wide = _width(value, taken, column, index)
                if wide == 0:
                    stretched.append(len(cells))
                wide = max(1, wide)
            if (value := element.get("rowspan")) is not None:
                high = min(_span(value) or len(rows), ends[row.group] - index)
            line = source_line(element) or location.line
            spot = Location(None, None, line, None, None, location.table, index + 1, place + 1)
            if len(element):
                text = cell_text(element)
                links += _cell_links(element, spot)
            else:
                text = clean(element.text or "")
            cells.append(Cell(index, column, text, high, wide, spot))
            for step in range(column, column + wide):
                taken[step] = index + high
            column += wide
        width = max(width, column)
        if width > _MAX_COLUMNS:
            raise Unreadable("表格列数异常（超过 1000 列），无法读取")
    if not cells:
        return None
    _stretch(cells, stretched, width)
    return Table(tuple(cells), len(rows), width, "markup", location), links


def _width(value: str, taken: Mapping[int, int], column: int, row: int) -> int:
    """The columns that a cell with this colspan covers; 0 for one with an absurd span that nothing ends."""
    wide = _span(value) or 1
    if wide > _ABSURD_SPAN:
        # A cell that spans from above ends it.
        return int(any(end > row for begin, end in taken.items() if begin > column))
    return next((step for step in range(1, wide) if taken.get(column + step, 0) > row), wide)


def _stretch(cells: list[Cell], stretched: list[int], width: int) -> None:
    """Let the cells with an absurd span, by their places in `cells`, reach to the table's edge."""
    tall = 0
    for number in stretched:
        cell = cells[number]
        last = number + 1 == len(cells) or cells[number + 1].row > cell.row
        tall += last and cell.row_span > 1
        if not last or (cell.row_span > 1 and (tall > _MOST_TALL or _is_hemmed(cells, cell))):
            continue
        cells[number] = cell._replace(column_span=width - cell.column)


def _is_hemmed(cells: list[Cell], cell: Cell) -> bool:
    """Whether another cell covers a place to the right of `cell` in one of its rows."""
    return any(
        other.column + other.column_span > cell.column + 1
        and other.row < cell.row + cell.row_span
        and cell.row < other.row + other.row_span
        for other in cells
        if other is not cell
    )


def _span(value: str | None) -> int:
    """A span attribute: 1 where it is missing or no number; 0 stays 0."""
    found = _SPAN.match(value) if value else None
    return int(found.group(1)) if found else 1


def _is_column_ruler(row: Row) -> bool:
    """The last row that Word and Excel write only to keep column widths."""
    return row.element is not None and row.element.get("height") == "0" and not any(map(_has_text, row.cells))


def _cell_links(cell: _Element, location: Location) -> list[Link]:
    return [
        Link(clean(text), target, location)
        for anchor in cell.iterdescendants("a")
        if (target := (anchor.get("href") or "").strip())
        and is_hyperlink(target)
        and clean(text := text_of(anchor))
    ]


def is_hyperlink(target: str) -> bool:
    """Whether a link leads anywhere (not a script, not a place on the same page)."""
    return not target.startswith("#") and not target.lower().startswith(("javascript:", "data:", "about:"))


def cell_text(cell: _Element) -> str:
    r"""The text of a cell, lines parted by "\n"; a cell of blanks only is ""."""
    if len(cell) == 0:
        return clean(cell.text or "")
    if len(cell) == 1 and (only := cell[0]).tag == "p":
        around = f"{cell.text or ''}{only.tail or ''}"
        if not around or not around.strip(BLANKS + "\n"):
            if len(only) == 0:
                return clean(only.text or "")
            if next(only.iterdescendants(*_PARTING), None) is None:
                return clean(text_of(only))
    parts: list[str] = []
    _collect(cell, parts, 0)
    text = "".join(parts)
    lines = (clean(line) for line in text.split("\x01"))
    return "\n".join(line for line in lines if line)


def clean(text: str) -> str:
    """Runs of blanks made one, those at the ends dropped, line ends of the source taken out."""
    if text.isalnum() or not text:
        return text
    if "\n" in text:
        text = _HAN_BREAK.sub("", text)
    return _BLANK_RUN.sub(" ", text).strip(BLANKS + "\n").replace("\u200b", "").replace("\ufeff", "")


def _collect(element: _Element, parts: list[str], depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise Unreadable("网页标签嵌套过深，无法读取")
    if element.text:
        parts.append(element.text)
    for child in element.iterchildren():
        tag = child.tag
        if tag == "br" or tag in _BREAKING:
            parts.append("\x01")
        elif tag in ("td", "th"):
            parts.append(" ")
        if tag == "img":
            parts.append(picture_text(child))
        elif tag == "input":
            parts.append(child.get("value") or "" if child.get("type", "text") == "text" else "")
        else:
            _collect(child, parts, depth + 1)
        if tag in _BREAKING:
            parts.append("\x01")
        if child.tail:
            parts.append(child.tail)


def picture_text(image: _Element) -> str:
    """What stands for a picture inside text: its description, or [图片]; nothing for a spacer."""
    return "" if is_spacer(image) else (image.get("alt") or "").strip() or "[图片]"


def is_spacer(image: _Element) -> bool:
    """Whether the image is too small to show anything."""
    return any((image.get(side) or "").strip() in ("0", "1", "2", "3") for side in ("width", "height"))
