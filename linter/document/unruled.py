"""Tables whose cells are not, or not all, divided by lines: from the places of words alone.

Columns come from the figures that stand below one another and from the header's words between them,
rows from the figures' base lines and the labels beside them (or from the lines and coloured bands
that divide rows). Nothing is guessed: where figures do not fall into columns there is no table, and
the words stay lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from linter.document.frames import Area
from linter.document.geometry import Box, Char, Ruling
from linter.document.ruling import FilledGrid, Grid
from linter.document.unruledcells import body_cells, header_cells, united
from linter.document.unruledcolumns import (
    NUMBER,
    VALUE,
    Columns,
    columns_of,
    is_value,
    named,
    values_of,
    with_blank_columns,
    with_regular_columns,
)
from linter.document.unruledheader import (
    MOST_HEADER_ROWS,
    Opening,
    header_start,
    is_headed,
    names_columns,
    opening_of,
    opens_with,
    with_named_width,
)
from linter.document.unruledrows import divided, items_begin
from linter.document.unruledruns import (
    PAGE_NUMBER,
    is_page_number,
    runs_of,
    with_whole_cells,
    without_page_number,
)
from linter.document.words import TextRow, split_at, text_rows, with_items_apart

_MOST_CHARS = 8_000
"""A page with more characters than any sheet has is not searched: that takes time by their square."""

_WIDE = 4
"""So many columns of figures only one of the tables of a page has."""

_HIGHEST_ROW = 300.0
"""Side borders alone that are longer than this may be those of a row cut by both page ends."""

_IN_A_ROW = re.compile(
    rf"(?:^|\S\s\s+|\s){NUMBER}\S{{0,2}}(?:\s\s|$)"
    r"|(?:\S*\d\s\s+){3}"  # names of columns drawn over their figures
)


class _Run(NamedTuple):
    """The first and last row of figures of a table; `least` is the first row that may belong to it.

    `headed`: their header stands on the page before.
    """

    least: int
    first: int
    last: int
    headed: bool


class _Block(NamedTuple):
    """A table, the characters it takes, its columns, and the rows of the page from `begin` to `end`."""

    table: FilledGrid
    used: set[int]
    columns: Columns
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Unruled:
    """The tables found, the characters that are in none, and what is open at the page's end."""

    tables: list[FilledGrid]
    rest: list[Char]
    carried: Columns | Opening | None


def shows_values(lines: Sequence[str]) -> bool:
    """Whether the lines of a page, blanks kept, may hold rows of figures; a page number is none."""
    ends = (0, len(lines) - 1)
    return any(
        _IN_A_ROW.search(line) and not (at in ends and PAGE_NUMBER.fullmatch(line))
        for at, line in enumerate(lines)
    )


def is_partly_ruled(table: FilledGrid) -> bool:
    """Whether cells of a drawn grid hold several figures side by side, or columns of them."""
    stacks = 0
    top, bottom = table.grid.ys[0], table.grid.ys[-1]
    if table.grid.open_ended and len(table.grid.ys) == 2 and bottom - top < _HIGHEST_ROW:
        return True
    for area, chars in zip(table.grid.areas, table.chars, strict=True):
        if len(table.grid.xs) == 2 and runs_of(text_rows(chars)):
            return True
        digits = [char for char in chars if char.text.isdigit()]
        if len(digits) < 2:
            continue
        side_by_side = 0
        for a, b in pairwise(digits):
            same_line = abs(a.bottom - b.bottom) < 1.0
            side_by_side += same_line and b.x0 - a.x1 > 1.2 * (b.bottom - b.top)
        if side_by_side:
            words = [word.text for row in text_rows(chars) for word in row.words]
            if sum(VALUE.fullmatch(word) is not None for word in words) * 2 >= len(words) or len(words) > 8:
                return True
        least = 2 if len(table.grid.ys) == 2 else 3
        if area.column_span == 1 and len(digits) >= least:
            rows = text_rows(chars)
            stacks += len(rows) >= least and all(
                is_value(word) for row in rows[-least:] for word in row.words
            )
    return stacks >= 2


def read_unruled(
    chars: Sequence[Char], rulings: Sequence[Ruling], carried: Columns | Opening | None
) -> Unruled:
    """The tables among characters of a page, with what is drawn among them.

    `carried` are the columns of a table that may go on from the page before, or its header.
    """
    if len(chars) > _MOST_CHARS:
        return Unruled([], list(chars), None)
    rows = without_page_number(with_whole_cells(text_rows(chars)))
    tables: list[FilledGrid] = []
    taken: set[int] = set()
    before: _Block | None = None
    for number, (first, last) in enumerate(runs_of(rows)):
        done = before.end if before else 0
        if first < done:
            continue
        headed = not number and opens_with(rows, first, carried)
        columns = before.columns if before else None if isinstance(carried, Opening) else carried
        found = _block(rows, _Run(done, first, last, headed), rulings, columns)
        if found is None:
            continue
        if before and _is_group(rows[done : found.begin], before, found):
            group = _group(rows[done : found.begin], found.table)
            tables.append(group)
            taken.update(id(char) for char in group.chars[0])
        tables.append(found.table)
        taken.update(found.used)
        before = found
    for table in tables:
        taken.update(id(char) for char in _piled_over(rows, table.grid.box))
    rest = [char for char in chars if id(char) not in taken]
    return Unruled(tables, rest, _open_end(rows, before))


def _piled_over(rows: Sequence[TextRow], box: Box) -> list[Char]:
    """Upright text of a table that reaches out of it for want of room."""
    x0, top, x1, bottom = box
    return [
        char
        for row in rows
        if row.piled
        for word in row.words
        if x0 - word.em < word.x0 and word.x1 < x1 + word.em and word.bottom > top
        if min(char.top for char in word.chars) < bottom
        for char in word.chars
    ]


def _open_end(rows: Sequence[TextRow], last: _Block | None) -> Columns | Opening | None:
    """What may go on over the page end: the columns of a table, or a header without rows."""
    after = list(rows[last.end if last else 0 :])
    while after and is_page_number(after[-1]):
        after.pop()
    if last and (not after or _is_name_of_group(after, last)):
        return last.columns
    return opening_of(after) if after else None


def _is_name_of_group(after: Sequence[TextRow], above: _Block) -> bool:
    """Whether a wide table ends the page with the name of the rows that follow, in its middle."""
    x0, _, x1, bottom = above.table.grid.box
    word = after[0].words[0]
    return (
        len(above.columns.spans) >= _WIDE
        and len(after) == len(after[0].words) == 1
        and word.top - bottom < 3 * word.em
        and abs(word.x0 + word.x1 - x0 - x1) < 3 * word.em
    )


def _is_group(between: Sequence[TextRow], above: _Block, below: _Block) -> bool:
    """Whether what stands between two tables names a group of rows: words in the middle of one table."""
    x0, _, x1, bottom = above.table.grid.box
    if not between or not above.columns.agrees_with(below.columns):
        return False
    if any(len(row.words) > 1 for row in between):
        return False
    words = [row.words[0] for row in between]
    edges = [bottom, *(word.top for word in words), below.table.grid.box[1]]
    near = all(b - a < 3 * words[0].em for a, b in pairwise(edges))
    return near and all(abs(word.x0 + word.x1 - x0 - x1) < 3 * word.em for word in words)


def _group(between: Sequence[TextRow], table: FilledGrid) -> FilledGrid:
    """The words between two tables as a row with one cell across the columns of a table."""
    words = [row.words[0] for row in between]
    xs = table.grid.xs
    ys = (words[0].top, words[-1].bottom)
    across = Area(0, 0, 1, len(xs) - 2, (xs[0], ys[0], xs[-2], ys[1]))
    last = Area(0, len(xs) - 2, 1, 1, (xs[-2], ys[0], xs[-1], ys[1]))
    chars = tuple(char for word in words for char in word.chars)
    return FilledGrid(Grid(xs, ys, (across, last)), (chars, ()), "aligned")


def _block(
    rows: Sequence[TextRow], run: _Run, rulings: Sequence[Ruling], carried: Columns | None
) -> _Block | None:
    """The table of a run with what it takes of the page."""
    least, first, last, headed = run
    figures = [row for row in rows[first : last + 1] if values_of(row)]
    near = [*rows[max(least, first - 8) : first], *rows[last + 1 : last + 8]]
    among = rows[first : last + 1]
    columns = columns_of(figures, among, near, None)
    if columns is None:
        return None
    columns = with_regular_columns(columns, rows[max(least, first - MOST_HEADER_ROWS) : first])
    if columns.pitch < 5 * figures[0].words[0].em:
        # Figures at the side of their columns tell where these begin or end, not where they border.
        cuts = [*columns.borders, *(x for a, b in columns.spans for x in (a - 1.0, b + 1.0))]
        rows = [*rows[:least], *split_at(rows[least:first], cuts), *rows[first:]]
    columns = with_named_width(columns, rows[least:first], rows[first : last + 2])
    top = header_start(rows, least, first, last, columns)
    header = list(rows[top:first])
    # The name of a group stands above the rows of a wide table as its header does, but names no column.
    least_names = 2 if carried and len(columns.spans) >= _WIDE else 1
    if not any(names_columns(row, columns) and len(row.words) >= least_names for row in header):
        columns = columns_of(figures, among, near, carried) or columns
    naming = {id(row) for row in header if names_columns(row, columns)}
    beside = [row for row in rows[max(least, first - 8) : last + 8] if id(row) not in naming]
    body = [row for row in beside if _apart(row, figures) < row.words[0].em]
    columns = with_blank_columns(named(columns, header, body), header)
    columns = named(columns, header, body)
    if not headed and not _is_table(rows[first : last + 1], header, columns, carried):
        return None
    if _is_torn(rows, first, last, columns):
        return None
    inner = carried.inner if carried and carried.agrees_with(columns) else None
    columns = replace(columns, inner=inner)
    body_rows = [with_items_apart(row, columns.spans[0][0]) for row in rows[first:]]
    bands = divided(body_rows, last - first, header, columns, rulings)
    in_body = {id(row) for band in bands for row in band.rows}
    header = [row for row in header if id(row) not in in_body]
    left = min(row.words[0].x0 for row in rows[first : last + 1])
    cells = [*header_cells(header, columns, left), *body_cells(bands, columns)]
    if not cells:
        return None
    used = {id(char) for _, _, _, words in cells for word in words for char in word.chars}
    if not used:
        return None
    grid = united(cells, header, bands, columns)
    own = [index for index in range(top, len(rows)) if _taken(rows[index], used)]
    columns = replace(columns, inner=items_begin(bands) or inner)
    return _Block(grid, used, columns, own[0], own[-1] + 1)


def _apart(row: TextRow, figures: Sequence[TextRow]) -> float:
    return min(abs(row.middle - other.middle) for other in figures)


def _is_torn(rows: Sequence[TextRow], first: int, last: int, columns: Columns) -> bool:
    """Whether the first or last figures have a cell of several lines, too near to be another row.

    Lines of one cell stand farther apart: where all cells have a figure, what is so near is no cell's.
    """
    for index, step in ((first, -1), (last, 1)):
        if len(values_of(rows[index])) == len(columns.spans):
            continue
        at = index + step
        while (
            0 <= at < len(rows) and abs(rows[at].middle - rows[index].middle) < 0.75 * rows[index].words[0].em
        ):
            if names_columns(rows[at], columns) and not rows[at].piled:
                return True
            at += step
    return False


def _taken(row: TextRow, used: set[int]) -> bool:
    return any(id(char) in used for word in row.words for char in word.chars)


def _is_table(
    body: Sequence[TextRow], header: Sequence[TextRow], columns: Columns, carried: Columns | None
) -> bool:
    """Whether what was found is more than a chance of blanks: several figures in order, or a header."""
    above = [word for row in header for word in row.words if word.x0 >= columns.labels_end - word.em]
    rows = [row for row in body if values_of(row)]
    if len(columns.spans) == 1:
        return bool(above) and is_headed(header, columns)
    full = sum(len(values_of(row)) >= 2 for row in rows)
    return full >= 2 or (full == 1 and bool(above or carried))
