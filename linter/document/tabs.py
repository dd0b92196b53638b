"""Tables in plain text whose columns are parted by tabs: one fragment for each run of such lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.document.lines import BLANKS, has_columns
from linter.document.model import Cell, Line, Table

_HEADING = re.compile(r"(?:#|[一二三四五六七八九十]{1,3}\s?[、.．])")
_CONTINUATION = 40
_LEAST_REPEATED = 3
_BLANK_FIELDS = 5
"""So many blanks or tabs behind the words of a line are empty cells."""
_LONGEST_PLACEHOLDER = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Lines `start` to `end` (exclusive) of a text are one tab-separated table."""

    start: int
    end: int


def tab_runs(lines: Sequence[Line]) -> list[Run]:
    """The runs of at least two lines with tabs, in order, not overlapping.

    Blank lines end a run, unless every line of the text has a blank line below it. A short line without
    tabs between two lines with tabs is the rest of a broken cell and stays in the run; a heading ends it.
    """
    if not any("\t" in line.text for line in lines):
        return []
    gap = _usual_gap(lines)
    runs = []
    for first, last in _stretches(lines, gap):
        start, end = first, last
        while start < end and _is_indented_prose(lines[start].text):
            start += 1
        while end > start and not (
            "\t" in lines[end - 1].text and not _is_indented_prose(lines[end - 1].text)
        ):
            end -= 1
        inside = lines[start:end]
        with_tabs = sum(1 for line in inside if "\t" in line.text)
        if with_tabs >= 2 and any(has_columns(line.text) for line in inside):
            runs.append(Run(start, end))
    return runs


def tab_table(lines: Sequence[Line], number: int) -> Table:
    """The grid of a run's lines, every field a cell where it stands; `number` is the table's, from 1."""
    cells: list[Cell] = []
    row = 0
    for line in lines:
        if not line.text.strip(BLANKS) and "\t" not in line.text:
            continue
        column = line.location.column or 1
        for index, field in enumerate(line.text.split("\t")):
            text = field.strip(BLANKS)
            place = line.location._replace(
                column=column + (field.index(text) if text else 0),
                table=number,
                row=row + 1,
                cell=index + 1,
            )
            cells.append(Cell(row, index, text, location=place))
            column += len(field) + 1
        row += 1
    cells = merged(cells)
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    return Table(tuple(cells), row, width, "tabs", lines[0].location._replace(table=number))


def merged(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, a merged one that was printed at each place it covers in one piece again.

    Told by words that stand several times side by side; below such words figures are one cell only
    where they are all the same. A table that has no such words over three columns repeats nothing.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    if not any(span >= _LEAST_REPEATED for row in rows.values() for _, span in _repeated_words(row)):
        return list(cells)
    spans: dict[int, int] = {}  # column → columns of the cell of words last seen above it
    out: list[Cell] = []
    for row in rows.values():
        words = dict(_repeated_words(row))
        index = 0
        while index < len(row):
            cell = row[index]
            span = words.get(index) or _span_above(row, index, spans)
            if _has_letters(cell.text):
                above = [first for first, width in spans.items() if first <= index < first + width]
                spans.update(dict.fromkeys(above, 1))
                spans[index] = span if words.get(index) else 1
            out.append(cell._replace(column_span=span))
            index += span
    return out


def _repeated_words(row: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Where words stand several times side by side, and how many times."""
    index = 0
    while index < len(row):
        end = index + 1
        while _is_words(row[index].text) and end < len(row) and row[end].text == row[index].text:
            end += 1
        if end - index > 1:
            yield index, end - index
        index = end


def _span_above(row: Sequence[Cell], index: int, spans: Mapping[int, int]) -> int:
    """The columns of the words above the cell, where the row has the same in each of them."""
    span = spans.get(index, 1)
    same = all(cell.text == row[index].text for cell in row[index : index + span])
    return span if same and index + span <= len(row) and not _is_words(row[index].text) else 1


def _is_words(text: str) -> bool:
    """Whether a cell has a label in it: 无此类 and the like stand in cells of figures."""
    return len(text) > _LONGEST_PLACEHOLDER and _has_letters(text)


def _has_letters(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)


def _stretches(lines: Sequence[Line], gap: int) -> Iterator[tuple[int, int]]:
    """Lines from one with tabs to another, with nothing between them that ends a table."""
    start: int | None = None
    end = 0
    for index, line in enumerate(lines):
        blank = not line.text.strip(BLANKS)
        if start is not None and (
            line.location.page != lines[end - 1].location.page
            or (blank and "\t" not in line.text and index - end >= gap)
            or not (blank or "\t" in line.text or _is_rest_of_cell(line.text))
        ):
            yield start, end
            start = None
        if "\t" in line.text and (start is not None or not blank):
            start = index if start is None else start
            end = index + 1
    if start is not None:
        yield start, end


def _is_rest_of_cell(text: str) -> bool:
    core = text.strip(BLANKS)
    return len(core) <= _CONTINUATION and not _HEADING.match(core) and not core.endswith("。")


def _is_indented_prose(text: str) -> bool:
    """One leading tab is an indent, not an empty cell, where nothing else parts the line."""
    core = text.strip(BLANKS)
    if has_columns(text) or len(text) - len(text.rstrip(BLANKS)) >= _BLANK_FIELDS:
        return False
    indented = text.startswith("\t") and not text.startswith("\t\t") and not text.rstrip(" ").endswith("\t")
    return (
        not core
        or _HEADING.match(core) is not None
        or (indented and len(core) > _CONTINUATION)
        or "\t" in core
    )


def _usual_gap(lines: Sequence[Line]) -> int:
    """1 where a blank line stands below nearly every line with tabs, else 0."""
    single = double = 0
    previous: int | None = None
    for index, line in enumerate(lines):
        if "\t" in line.text:
            if previous is not None:
                single += index - previous == 1
                double += index - previous == 2 and not lines[index - 1].text.strip(BLANKS)
            previous = index
    return 1 if double > 2 * single else 0
