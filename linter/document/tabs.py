"""Tables in plain text whose columns are parted by tabs: one fragment for each run of such lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.document.lines import BLANKS, has_columns
from linter.document.model import Cell, Line, Table

_HEADING = re.compile(r"(?:#|[一二三四五六七八九十]{1,3}\s?[、.．])")
_CONTINUATION = 40


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
    width = max((cell.column for cell in cells), default=-1) + 1
    return Table(tuple(cells), row, width, "tabs", lines[0].location._replace(table=number))


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
    if has_columns(text):
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
