"""Tables whose cells are not, or not all, divided by lines: from the places of words alone.

Columns come from the figures that stand below one another and from the header's words between them,
rows from the figures' base lines and the labels beside them (or from the lines and coloured bands
that divide rows). Nothing is guessed: where figures do not fall into columns there is no table, and
the words stay lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from linter.document.frames import Area
from linter.document.geometry import Char, Ruling
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
)
from linter.document.unruledrows import divided
from linter.document.words import TextRow, split_at, stacked, text_rows

_MOST_HEADER_ROWS = 30
_MOST_CHARS = 8_000
"""A page with more characters than any sheet has is not searched: that takes time by their square."""

_FURTHEST = 90.0
"""Rows of one table stand no farther apart than this, in points."""

_HIGHEST_ROW = 300.0
"""Side borders alone that are longer than this may be those of a row cut by both page ends."""

_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])"
)
_PAGE_NUMBER = re.compile(r"[\W_]*第?\d{1,4}页?(?:[\W_]*共?\d{1,4}页?)?[\W_]*")
_IN_A_ROW = re.compile(rf"(?:^|\S\s\s+|\s){NUMBER}\S{{0,2}}(?:\s\s|$)")


class _Run(NamedTuple):
    """The first and last row of figures of a table; `least` is the first row that may belong to it."""

    least: int
    first: int
    last: int


class _Block(NamedTuple):
    """A table, the characters it takes, its columns, and the rows of the page from `begin` to `end`."""

    table: FilledGrid
    used: set[int]
    columns: Columns
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Unruled:
    """The tables found, the characters that are in none, and the columns open at the page's end."""

    tables: list[FilledGrid]
    rest: list[Char]
    columns: Columns | None


def shows_values(lines: Sequence[str]) -> bool:
    """Whether the lines of a page, blanks kept, may hold rows of figures; a page number is none."""
    ends = (0, len(lines) - 1)
    return any(
        _IN_A_ROW.search(line) and not (at in ends and _PAGE_NUMBER.fullmatch(line))
        for at, line in enumerate(lines)
    )


def is_partly_ruled(table: FilledGrid) -> bool:
    """Whether cells of a drawn grid hold several figures side by side, or columns of them."""
    stacks = 0
    top, bottom = table.grid.ys[0], table.grid.ys[-1]
    if table.grid.open_ended and len(table.grid.ys) == 2 and bottom - top < _HIGHEST_ROW:
        return True
    for area, chars in zip(table.grid.areas, table.chars, strict=True):
        if len(table.grid.xs) == 2 and any(values_of(row) and len(row.words) > 1 for row in text_rows(chars)):
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


def read_unruled(chars: Sequence[Char], rulings: Sequence[Ruling], carried: Columns | None) -> Unruled:
    """The tables among characters of a page, with what is drawn among them.

    `carried` are the columns of a table that may go on from the page before.
    """
    if len(chars) > _MOST_CHARS:
        return Unruled([], list(chars), None)
    rows = _with_whole_cells(text_rows(chars))
    tables: list[FilledGrid] = []
    taken: set[int] = set()
    before: _Block | None = None
    for first, last in _runs(rows):
        done = before.end if before else 0
        if first < done:
            continue
        columns = before.columns if before else carried
        found = _block(rows, _Run(done, first, last), rulings, columns)
        if found is None:
            continue
        if before and _is_group(rows[done : found.begin], before, found):
            group = _group(rows[done : found.begin], found.table)
            tables.append(group)
            taken.update(id(char) for char in group.chars[0])
        tables.append(found.table)
        taken.update(found.used)
        before = found
    rest = [char for char in chars if id(char) not in taken]
    ends = before is not None and all(_is_page_number(row) for row in rows[before.end :])
    open_end = before.columns if before and ends else None
    return Unruled(tables, rest, open_end)


def _with_whole_cells(rows: Sequence[TextRow]) -> list[TextRow]:
    """The rows with those of figures as one that stand nearer than lines do: a cell of theirs is broken."""
    whole: list[TextRow] = []
    first = last = 0.0
    for row in rows:
        near = whole and row.middle - last < 0.9 * min(row.words[0].em, whole[-1].words[0].em)
        last = row.middle
        if near and values_of(row) and values_of(whole[-1]):
            whole[-1] = TextRow(stacked(whole[-1].words, row.words), (first + last) / 2)
        else:
            whole.append(row)
            first = row.middle
    return whole


def _is_group(between: Sequence[TextRow], above: _Block, below: _Block) -> bool:
    """Whether what stands between two tables names a group of rows: words in the middle of one table."""
    x0, _, x1, bottom = above.table.grid.box
    same = len(above.columns.spans) == len(below.columns.spans)
    aligned = all(
        a[0] < b[1] and b[0] < a[1] for a, b in zip(above.columns.spans, below.columns.spans, strict=False)
    )
    if not (between and same and aligned) or any(len(row.words) > 1 for row in between):
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


def _is_page_number(row: TextRow) -> bool:
    return _PAGE_NUMBER.fullmatch("".join(word.text for word in row.words)) is not None


def _runs(rows: Sequence[TextRow]) -> list[tuple[int, int]]:
    """First and last row of figures of each run of them that only labels interrupt."""
    runs: list[list[int]] = []
    for index, row in enumerate(rows):
        values = values_of(row)
        if not values:
            continue
        if runs and _goes_on(rows, runs[-1], index):
            runs[-1].append(index)
        elif len(row.words) >= 2 or _is_between(rows, index):
            runs.append([index])
    ended = []
    for run in runs:
        while len(run) > 1 and len(rows[run[-1]].words) < 2 and not _is_between(rows, run[-1]):
            run.pop()
        ended.append((run[0], run[-1]))
    return ended


def _is_between(rows: Sequence[TextRow], index: int) -> bool:
    """Whether a lone figure stands in the middle between the two lines of a label."""
    if not 0 < index < len(rows) - 1:
        return False
    above, row, below = rows[index - 1 : index + 2]
    left, em = row.words[0].x0, row.words[0].em
    even = abs(row.middle - above.middle - (below.middle - row.middle)) < 0.25 * em
    labels = above.words[0].x1 < left - em and below.words[0].x1 < left - em
    return even and labels and below.middle - row.middle < em and len(above.words) == len(below.words) == 1


def _goes_on(rows: Sequence[TextRow], run: Sequence[int], index: int) -> bool:
    """Whether nothing but labels stands between the last row of a run and row `index`."""
    figures = [rows[at] for at in (*run, index)]
    left = min(values_of(row)[0].x0 for row in figures)
    between = rows[run[-1] + 1 : index]
    if all(len(values_of(row)) == 1 for row in figures):
        # Far from its label a figure leaves room for a header: only what begins as labels do is one.
        starts = [rows[at - 1 if len(rows[at].words) == 1 else at].words[0].x0 for at in (*run, index)]
        for row in between:
            word = row.words[0]
            if len(row.words) > 1 or all(abs(word.x0 - x) > 0.5 * word.em for x in starts):
                return False
    near = all(
        b.middle - a.middle < _FURTHEST
        for a, b in zip(rows[run[-1] : index], rows[run[-1] + 1 : index + 1], strict=True)
    )
    return near and all(word.x1 <= left + 0.2 * word.em for row in between for word in row.words)


def _block(
    rows: Sequence[TextRow], run: _Run, rulings: Sequence[Ruling], carried: Columns | None
) -> _Block | None:
    """The table of a run with what it takes of the page."""
    least, first, last = run
    figures = [row for row in rows[first : last + 1] if values_of(row)]
    near = [*rows[max(least, first - 8) : first], *rows[last + 1 : last + 8]]
    among = rows[first : last + 1]
    columns = columns_of(figures, among, near, None)
    if columns is None:
        return None
    if columns.pitch < 5 * figures[0].words[0].em:
        # Figures at the side of their columns tell where these begin or end, not where they border.
        cuts = [*columns.borders, *(x for a, b in columns.spans for x in (a - 1.0, b + 1.0))]
        rows = [*rows[:least], *split_at(rows[least:first], cuts), *rows[first:]]
    top = _header_start(rows, least, first, last, columns)
    header = list(rows[top:first])
    if not any(_names_columns(row, columns) for row in header):
        columns = columns_of(figures, among, near, carried) or columns
    columns = with_blank_columns(named(columns, header, among), header)
    if not _is_table(rows[first : last + 1], header, columns, carried):
        return None
    if _is_torn(rows, first, last, columns):
        return None
    bands = divided(rows[first:], last - first, header, columns, rulings)
    body_rows = {id(row) for band in bands for row in band.rows}
    header = [row for row in header if id(row) not in body_rows]
    left = min(row.words[0].x0 for row in rows[first : last + 1])
    cells = [*header_cells(header, columns, left), *body_cells(bands, columns)]
    if not cells:
        return None
    used = {id(char) for _, _, _, words in cells for word in words for char in word.chars}
    if not used:
        return None
    grid = united(cells, header, bands, columns)
    own = [index for index in range(top, len(rows)) if _taken(rows[index], used)]
    return _Block(grid, used, columns, own[0], own[-1] + 1)


def _is_torn(rows: Sequence[TextRow], first: int, last: int, columns: Columns) -> bool:
    """Whether the first or last figures have a cell of several lines, too near to be another row."""
    for index, step in ((first, -1), (last, 1)):
        at = index + step
        while (
            0 <= at < len(rows) and abs(rows[at].middle - rows[index].middle) < 0.95 * rows[index].words[0].em
        ):
            if _names_columns(rows[at], columns):
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
        return bool(above) and any(len(row.words) >= 2 for row in header)
    full = sum(len(values_of(row)) >= 2 for row in rows)
    return full >= 2 or (full == 1 and bool(above or carried))


def _header_start(rows: Sequence[TextRow], least: int, first: int, last: int, columns: Columns) -> int:
    """The first row of the header above the figures of the rows `first`…`last`."""
    start = first
    borders = columns.borders
    left = min(row.words[0].x0 for row in rows[max(first - 1, least) : last + 1])
    width = borders[-1] - left
    named = False
    for index in range(first - 1, max(least, first - _MOST_HEADER_ROWS) - 1, -1):
        row = rows[index]
        if rows[index + 1].middle - row.middle > _FURTHEST:
            break
        if _is_label_line(row, columns) and not named and left - 1.0 < row.words[0].x0:
            start = index
            continue
        if values_of(row) or not _is_header(row, columns, left, width):
            break
        named = named or _names_columns(row, columns)
        start = index
    return start


def _is_header(row: TextRow, columns: Columns, left: float, width: float) -> bool:
    widest = max(word.x1 - word.x0 for word in row.words)
    if widest > 0.62 * width or any("。" in word.text or word.text[-1:] == "：" for word in row.words):
        return False
    if len(row.words) == 1 and "：" in row.words[0].text and not _is_label_line(row, columns):
        return False
    if len(row.words) > 1:
        return any((word.x0 + word.x1) / 2 > columns.labels_end for word in row.words)
    word = row.words[0]
    if _NUMBERED.match(word.text) or is_value(word):
        return False
    middle = (word.x0 + word.x1) / 2
    over_columns = (columns.spans[0][0] + columns.spans[-1][1]) / 2
    over_all = (left + columns.borders[-1]) / 2
    inside = columns.at(word) is not None and word.x0 > columns.labels_end - word.em
    return (
        abs(middle - over_columns) < 1.5 * word.em
        or abs(middle - over_all) < 2.5 * word.em
        or inside
        or _is_label_line(row, columns)
    )


def _is_label_line(row: TextRow, columns: Columns) -> bool:
    return all(word.x0 + word.x1 <= 2 * columns.labels_end for word in row.words)


def _names_columns(row: TextRow, columns: Columns) -> bool:
    return any((word.x0 + word.x1) / 2 > columns.labels_end for word in row.words)
