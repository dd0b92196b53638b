"""A worksheet's cells → the blocks of a Document: text above and between tables, tables with spans."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from linter.document.model import Block, Cell, Line, Location, Paragraph, Table

MOST_ROWS, MOST_COLUMNS = 1000, 64
MOST_CELLS = 100_000
"""More is no annual report; what stands beyond is left out and said so."""
Form: TypeAlias = Literal["", "date", "percent"]
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENTS = frozenset((9, 10))
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_MOST_AREA = 4 * MOST_ROWS * MOST_COLUMNS
UNREAD = "\ufffd"
"""Stands for a value that the file does not hold: a formula never calculated, an error."""


@dataclass(slots=True)
class Sheet:
    """What a worksheet holds; positions count from 0. `merged`: upper left corner → rows, columns.

    `boxed` are positions with a border. `hidden_rows` and `hidden_columns` are shown nowhere.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    boxed: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    cut: bool = False

    def put(self, row: int, column: int, text: str) -> None:
        """Hold a cell's text; blanks are none."""
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            self.cut = True
        elif text and not text.isspace():
            self.texts[row, column] = text

    def box(self, row: int, column: int) -> None:
        """Note a border."""
        if row < MOST_ROWS and column < MOST_COLUMNS:
            self.boxed.add((row, column))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Make one cell of a range."""
        if top < MOST_ROWS and left < MOST_COLUMNS and top <= bottom and left <= right:
            bottom, right = min(bottom, MOST_ROWS - 1), min(right, MOST_COLUMNS - 1)
            self.merged[top, left] = (bottom - top + 1, right - left + 1)


def shown_number(written: str, form: Form, *, from_1904: bool = False) -> str:
    """A stored number as people write it: `12.0` is 12, a share is in percent, a date a date."""
    try:
        value = float(written)
    except ValueError:
        return written
    if not -1e15 < value < 1e15:
        return written
    if form == "date" and 0 <= value < 2_900_000:
        start = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30)
        return (start + dt.timedelta(days=int(value))).isoformat()
    # Spreadsheets show fifteen digits; what follows is noise of binary fractions.
    exact = Decimal(f"{100 * value if form == 'percent' else value:.15g}")
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text) + ("%" if form == "percent" else "")


def number_form(number: int, code: str | None) -> Form:
    """What numbers of a format are shown as, given its number and, where it has one, its code."""
    if code is None:
        return "date" if number in _DATES else "percent" if number in _PERCENTS else ""
    plain = _NOT_CODE.sub("", code).lower()
    if "general" in plain:
        return ""
    if "%" in plain:
        return "percent"
    return "date" if re.search(r"[ymdhs]", plain) else ""


def sheet_blocks(sheet: Sheet, paragraphs: int, tables: int) -> Iterator[Block]:
    """The sheet's blocks, counted on from so many paragraphs and tables before."""
    rows = _rows(sheet)
    for first, last in _bands(sheet):
        for kind, top, bottom in _parts(rows, first, last):
            if kind == "table":
                tables += 1
                yield _table(sheet, rows, top, bottom, tables)
                continue
            for row in range(top, bottom + 1):
                for text in rows[row].texts if row in rows else ():
                    paragraphs += 1
                    yield _paragraph(text, paragraphs)


def sheet_notes(sheet: Sheet) -> Iterator[str]:
    """What a reader of the verdicts should know of the sheet."""
    named = f"工作表“{sheet.name}”"
    used_rows = {row for row, _ in sheet.texts}
    used_columns = {column for _, column in sheet.texts}
    if rows := sorted(sheet.hidden_rows & used_rows):
        yield f"{named}第 {_listed(row + 1 for row in rows)} 行是隐藏的，仍按其内容读取"
    if columns := sorted(sheet.hidden_columns & used_columns):
        yield f"{named}第 {_listed(column + 1 for column in columns)} 列是隐藏的，仍按其内容读取"
    if unread := sum(text == UNREAD for text in sheet.texts.values()):
        yield f"{named}有 {unread} 格是未计算的公式或错误值，其数值未能读取"
    if sheet.cut:
        yield f"{named}超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，其余未读取"


def _listed(numbers: Iterable[int]) -> str:
    shown = [str(number) for number in numbers]
    return "、".join(shown[:8]) + ("等" if len(shown) > 8 else "")


@dataclass(slots=True)
class _Row:
    """What stands in one row: texts from left to right, columns, the merged cells that begin there."""

    texts: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    boxed: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Of its highest merged cell."""
        return max((height for _, height, _ in self.merged), default=1)


def _rows(sheet: Sheet) -> dict[int, _Row]:
    rows: dict[int, _Row] = defaultdict(_Row)
    for (row, column), text in sorted(sheet.texts.items()):
        rows[row].texts.append(text)
        rows[row].used.add(column)
    for row, column in sheet.boxed:
        rows[row].boxed.add(column)
        rows[row].used.add(column)
    for (row, column), (height, width) in sorted(sheet.merged.items()):
        rows[row].merged.append((column, height, width))
    return dict(rows)


# --- which rows are a table -----------------------------------------------------------------------


def _bands(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """First and last row of each stretch of rows that hold something or lie in a merged cell."""
    held = {row for row, _ in sheet.texts} | {row for row, _ in sheet.boxed}
    for (top, left), (height, _) in sheet.merged.items():
        if (top, left) in sheet.texts:
            held.update(range(top, top + height))
    rows = sorted(held)
    start = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index] != rows[index - 1] + 1:
            yield rows[start], rows[index - 1]
            start = index


def _parts(rows: Mapping[int, _Row], first: int, last: int) -> list[tuple[str, int, int]]:
    """The band as text and tables: by borders where there are any, else by what stands side by side."""
    # A border round one cell only is a frame.
    bordered = {row for row in range(first, last + 1) if row in rows and len(rows[row].boxed) > 1}
    in_table = bordered or _side_by_side(rows, first, last)
    parts: list[tuple[str, int, int]] = []
    for row in range(first, last + 1):
        kind = "table" if row in in_table else "text"
        if parts and parts[-1][0] == kind:
            parts[-1] = (kind, parts[-1][1], row)
        else:
            parts.append((kind, row, row))
    return parts


def _side_by_side(rows: Mapping[int, _Row], first: int, last: int) -> set[int]:
    """From the first row with several cells to the last one, or to the end of its merged cells."""
    several = [row for row in range(first, last + 1) if row in rows and len(rows[row].texts) > 1]
    if not several:
        return set()
    top, bottom = several[0], several[-1]
    ends = [row + rows[row].height - 1 for row in range(top, bottom + 1) if row in rows]
    return set(range(top, min(max([bottom, *ends]), last) + 1))


# --- blocks -------------------------------------------------------------------------------------


def _paragraph(text: str, index: int) -> Paragraph:
    location = Location(paragraph=index)
    lines = text.split("\n")
    joined = "".join(line.strip() if line.strip() > "\u2e7f" else f" {line.strip()}" for line in lines)
    return Paragraph(joined.strip(), tuple(Line(line, location) for line in lines), location)


def _table(sheet: Sheet, rows: Mapping[int, _Row], top: int, bottom: int, index: int) -> Table:
    """The table of these rows, cut to the columns that are used."""
    spans = _spans(rows, top, bottom)
    used = [(row, column) for row in range(top, bottom + 1) if row in rows for column in rows[row].used]
    left = min(column for _, column in used)
    right = max(column + spans.get((row, column), (1, 1))[1] - 1 for row, column in used)
    covered = {
        (row, column)
        for (at, start), (height, width) in spans.items()
        for row in range(at, at + height)
        for column in range(start, start + width)
        if (row, column) != (at, start)
    }
    cells = []
    for row in range(top, bottom + 1):
        order = 0
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            order += 1
            height, width = spans.get((row, column), (1, 1))
            text = sheet.texts.get((row, column), "").strip()
            location = Location(table=index, row=row - top + 1, cell=order)
            cells.append(Cell(row - top, column - left, text, height, width, location))
    return Table(tuple(cells), bottom - top + 1, right - left + 1, "markup", Location(table=index))


def _spans(rows: Mapping[int, _Row], top: int, bottom: int) -> dict[tuple[int, int], tuple[int, int]]:
    """The merged cells of these rows; one that overlaps another before it is none."""
    taken: set[tuple[int, int]] = set()
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    area = 0
    for row in range(top, bottom + 1):
        for column, full, width in rows[row].merged if row in rows else ():
            height = min(full, bottom - row + 1)
            area += height * width
            if area > _MOST_AREA:
                return spans
            own = {(row + down, column + right) for down in range(height) for right in range(width)}
            if taken.isdisjoint(own):
                taken |= own
                spans[row, column] = (height, width)
    return spans
