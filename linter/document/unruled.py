"""Tables whose cells are not, or not all, divided by lines: from the places of words alone.

Columns come from the figures that stand below one another and from the header's words between them,
rows from the figures' base lines and the labels beside them (or from the lines and coloured bands
that divide rows). Nothing is guessed: where figures do not fall into columns there is no table, and
the words stay lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linter.document.frames import Area
from linter.document.geometry import Box, Char, Ruling, median
from linter.document.ruling import FilledGrid, Grid
from linter.document.unruledrows import Band, TextRow, Word, divided, split_at, text_rows

_MOST_HEADER_ROWS = 30
_FURTHEST = 90.0
"""Rows of one table stand no farther apart than this, in points."""

_HIGHEST_ROW = 300.0
"""Side borders alone that are longer than this may be those of a row cut by both page ends."""

_NUMBER = "[+\\-－＋−]?[0-9０-９](?:[0-9０-９,，.．]*[0-9０-９])?"
_VALUE = re.compile(rf"{_NUMBER}(?:%|％|[件项个条]|万元|亿元|元)?|[/／\\\-—－–〇○无]{{1,2}}")
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])"
)
_IN_A_ROW = re.compile(rf"(?:^|\S\s\s+|\s){_NUMBER}\S{{0,2}}(?:\s\s|$)")


@dataclass(frozen=True, slots=True)
class Columns:
    """The value columns of a table as (left, right) of what stands in them, and where labels end."""

    spans: tuple[tuple[float, float], ...]
    labels_end: float

    def at(self, word: Word) -> tuple[int, int] | None:
        """The first and last column that a word stands in, or None."""
        borders = self.borders
        slack = 0.25 * word.em
        over = [
            index
            for index in range(len(self.spans))
            if word.x0 < borders[index + 1] - slack and word.x1 > borders[index] + slack
        ]
        return (over[0], over[-1]) if over else None

    @property
    def pitch(self) -> float:
        """The usual distance from one column to the next; endless where there is one column only."""
        middles = [(a + b) / 2 for a, b in self.spans]
        steps = [b - a for a, b in zip(middles, middles[1:], strict=False)]
        return median(steps) if steps else float("inf")

    @property
    def borders(self) -> list[float]:
        """Where the columns border, outer borders included."""
        inner = [(a[1] + b[0]) / 2 for a, b in zip(self.spans, self.spans[1:], strict=False)]
        last = self.spans[-1][1] + max(4.0, (self.spans[-1][0] - inner[-1]) if inner else 20.0)
        return [self.labels_end, *inner, last]


@dataclass(frozen=True, slots=True)
class Unruled:
    """The tables found, the characters that are in none, and the columns open at the page's end."""

    tables: list[FilledGrid]
    rest: list[Char]
    columns: Columns | None


def shows_values(lines: Iterable[str]) -> bool:
    """Whether lines of text, blanks kept, may hold rows of figures."""
    return any(_IN_A_ROW.search(line) for line in lines)


def is_partly_ruled(table: FilledGrid) -> bool:
    """Whether cells of a drawn grid hold several figures side by side, or columns of them."""
    stacks = 0
    top, bottom = table.grid.ys[0], table.grid.ys[-1]
    if table.grid.open_ended and len(table.grid.ys) == 2 and bottom - top < _HIGHEST_ROW:
        return True
    for area, chars in zip(table.grid.areas, table.chars, strict=True):
        if len(table.grid.xs) == 2 and any(
            _values_of(row) and len(row.words) > 1 for row in text_rows(chars)
        ):
            return True
        digits = [char for char in chars if char.text.isdigit()]
        if len(digits) < 2:
            continue
        side_by_side = 0
        for a, b in zip(digits, digits[1:], strict=False):
            same_line = abs(a.bottom - b.bottom) < 1.0
            side_by_side += same_line and b.x0 - a.x1 > 1.2 * (b.bottom - b.top)
        if side_by_side:
            words = [word.text for row in text_rows(chars) for word in row.words]
            if sum(_VALUE.fullmatch(word) is not None for word in words) * 2 >= len(words) or len(words) > 8:
                return True
        least = 2 if len(table.grid.ys) == 2 else 3
        if area.column_span == 1 and len(digits) >= least:
            rows = text_rows(chars)
            stacks += len(rows) >= least and all(
                _is_value(word) for row in rows[-least:] for word in row.words
            )
    return stacks >= 2


def read_unruled(chars: Sequence[Char], rulings: Sequence[Ruling], carried: Columns | None) -> Unruled:
    """The tables among characters of a page, with what is drawn among them.

    `carried` are the columns of a table that may go on from the page before.
    """
    rows = text_rows(chars)
    tables: list[FilledGrid] = []
    taken: set[int] = set()
    columns: Columns | None = None
    done = 0
    for first, last in _runs(rows):
        if first < done:
            continue
        found = _block(rows, done, first, last, rulings, columns or carried)
        if found is None:
            continue
        table, used, columns, done = found
        tables.append(table)
        taken.update(used)
    rest = [char for char in chars if id(char) not in taken]
    open_end = columns if tables and done >= len(rows) - 2 else None
    return Unruled(tables, rest, open_end)


def _is_value(word: Word) -> bool:
    return _VALUE.fullmatch(word.text) is not None


# --- which rows of text are a table ---------------------------------------------------------------


def _values_of(row: TextRow) -> list[Word]:
    """The figures at the right end of a row, if it is a row of figures."""
    values = [word for word in row.words if _is_value(word)]
    if not values:
        return []
    words = [word for word in row.words if word.x0 > values[0].x0 and not _is_value(word)]
    before = [word for word in row.words if word.x1 <= values[0].x0]
    gaps = [b.x0 - a.x1 for a, b in zip(values, values[1:], strict=False)]
    if not before and len(row.words) <= 3 and gaps and min(gaps) < 1.5 * values[0].em:
        return []  # - 2 -
    if len(words) > len(values) or (before and values[0].x0 - before[-1].x1 < 0.2 * values[0].em):
        return []
    return values


def _runs(rows: Sequence[TextRow]) -> list[tuple[int, int]]:
    """First and last row of figures of each run of them that only labels interrupt."""
    runs: list[list[int]] = []
    for index, row in enumerate(rows):
        values = _values_of(row)
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
    left = min(_values_of(row)[0].x0 for row in figures)
    between = rows[run[-1] + 1 : index]
    if all(len(_values_of(row)) == 1 for row in figures):
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


def _columns(
    rows: Sequence[TextRow], among: Sequence[TextRow], near: Sequence[TextRow], carried: Columns | None
) -> Columns | None:
    """The columns of the figures of `rows`; None where they are in no order.

    Rows `among` them and `near` them may have longer labels.
    """
    values = [word for row in rows for word in _values_of(row)]
    spans: list[tuple[float, float]] = []
    for left, right in sorted((word.x0, word.x1) for word in values):
        if spans and left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(right, spans[-1][1]))
        else:
            spans.append((left, right))
    if any(_crowded(row, spans) for row in rows):
        return None
    lefts = [word.x0 for row in rows for word in row.words if word.x1 <= spans[0][0]]
    labels = [
        word.x1
        for row in (*among, *(row for row in near if _is_beside(row, lefts, spans[0][0])))
        for word in row.words
        if not _is_value(word) and word.x1 <= spans[0][0] + 0.2 * word.em
    ]
    em = median(word.em for word in values)
    end = min(max(labels) + 0.3 * em, spans[0][0] - 0.1 * em) if labels else spans[0][0] - 0.5 * em
    found = Columns(tuple(spans), end)
    if carried and _fit_in(spans, carried):
        return Columns(carried.spans, min(end, carried.spans[0][0]) if labels else carried.labels_end)
    return found


def _is_beside(row: TextRow, lefts: Sequence[float], right: float) -> bool:
    """Whether a row may be the rest of a label: it begins where labels begin."""
    word = row.words[-1]
    return word.x1 <= right and any(abs(word.x0 - left) < 1.0 for left in lefts)


def _crowded(row: TextRow, spans: Sequence[tuple[float, float]]) -> bool:
    middles = [(word.x0 + word.x1) / 2 for word in _values_of(row)]
    return any(sum(left <= x <= right for x in middles) > 1 for left, right in spans)


def _fit_in(spans: Sequence[tuple[float, float]], columns: Columns) -> bool:
    """Whether each span lies in a column of its own."""
    borders = columns.borders
    places = [
        next((n for n in range(len(borders) - 1) if borders[n] - 0.5 <= a and b <= borders[n + 1] + 0.5), -1)
        for a, b in spans
    ]
    return -1 not in places and len(set(places)) == len(places)


# --- one table ------------------------------------------------------------------------------------

_Found = tuple[FilledGrid, set[int], Columns, int]


def _block(
    rows: Sequence[TextRow],
    least: int,
    first: int,
    last: int,
    rulings: Sequence[Ruling],
    carried: Columns | None,
) -> _Found | None:
    """The table of the run `first`…`last`, the characters it takes, its columns, and the row after it."""
    figures = [row for row in rows[first : last + 1] if _values_of(row)]
    near = [*rows[max(least, first - 8) : first], *rows[last + 1 : last + 8]]
    among = rows[first : last + 1]
    columns = _columns(figures, among, near, None)
    if columns is None:
        return None
    if columns.pitch < 5 * figures[0].words[0].em:
        # Figures at the side of their columns tell where these begin or end, not where they border.
        cuts = [*columns.borders, *(x for a, b in columns.spans for x in (a - 1.0, b + 1.0))]
        rows = [*rows[:least], *split_at(rows[least:first], cuts), *rows[first:]]
    top = _header_start(rows, least, first, last, columns)
    header = list(rows[top:first])
    if not any(_names_columns(row, columns) for row in header):
        columns = _columns(figures, among, near, carried) or columns
    columns = _with_blank_columns(_named(columns, header), header)
    if not _is_table(rows[first : last + 1], header, columns, carried):
        return None
    if _is_torn(rows, first, last, columns):
        return None
    bands = divided(rows[first:], last - first, header, columns.labels_end, columns.borders[-1], rulings)
    body_rows = {id(row) for band in bands for row in band.rows}
    header = [row for row in header if id(row) not in body_rows]
    left = min(row.words[0].x0 for row in rows[first : last + 1])
    cells = [*_header_cells(header, columns, left), *_body_cells(bands, columns)]
    if not cells:
        return None
    used = {id(char) for _, _, _, words in cells for word in words for char in word.chars}
    if not used:
        return None
    grid = _grid(cells, header, bands, columns)
    end = max(index for index in range(top, len(rows)) if _taken(rows[index], used)) + 1
    return grid, used, columns, end


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
    rows = [row for row in body if _values_of(row)]
    if len(columns.spans) == 1:
        return bool(above) and any(len(row.words) >= 2 for row in header)
    full = sum(len(_values_of(row)) >= 2 for row in rows)
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
        if _values_of(row) or not _is_header(row, columns, left, width):
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
    if _NUMBERED.match(word.text) or _is_value(word):
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


def _names(columns: Columns, header: Sequence[TextRow]) -> list[tuple[float, float]]:
    """Where the names of single columns stand in the header, each (left, right)."""
    start = next((index for index, row in enumerate(header) if len(row.words) > 1), len(header))
    words = [word for row in header[start:] for word in row.words]
    names: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.x0):
        if word.x1 - word.x0 > 0.9 * columns.pitch or word.x0 + word.x1 <= 2 * columns.labels_end:
            continue
        if names and word.x0 < names[-1][1]:
            names[-1] = (names[-1][0], max(names[-1][1], word.x1))
        else:
            names.append((word.x0, word.x1))
    return names


def _named(columns: Columns, header: Sequence[TextRow]) -> Columns:
    """The columns as wide as their names in the header, if it has one for each (and one for the labels)."""
    spans, names = columns.spans, _names(columns, header)
    labels_end = columns.labels_end
    cornered = any(word.x0 + word.x1 <= 2 * labels_end for row in header for word in row.words)
    if len(names) == len(spans) + 1 and not cornered and names[0][1] < spans[0][0]:
        labels_end = max(labels_end, names.pop(0)[1] + 1.0)
    if len(names) != len(spans):
        return columns
    wider = tuple((min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(spans, names, strict=True))
    if any(a[1] > b[0] for a, b in zip(wider, wider[1:], strict=False)) or wider[0][0] < labels_end - 1.0:
        return columns
    return Columns(wider, min(labels_end, wider[0][0]))


def _with_blank_columns(columns: Columns, header: Sequence[TextRow]) -> Columns:
    """The columns with those added in which only the header has a word, its lowest words first."""
    spans = list(columns.spans)
    if len(spans) < 2:
        return columns
    most = len(_names(columns, header)) - len(spans)
    for row in reversed(header):
        for word in row.words:
            if word.x0 < columns.labels_end - 0.2 * word.em:
                continue
            middle = (word.x0 + word.x1) / 2
            pitch = median(b[0] + b[1] - a[0] - a[1] for a, b in zip(spans, spans[1:], strict=False)) / 2
            centers = [(a + b) / 2 for a, b in spans]
            clear = all(word.x1 <= a or word.x0 >= b for a, b in spans)
            if (
                len(spans) < len(columns.spans) + most
                and clear
                and word.x1 - word.x0 < 1.1 * pitch
                and min(abs(middle - x) for x in centers) > 0.45 * pitch
            ):
                spans = sorted([*spans, (word.x0, word.x1)])
    return Columns(tuple(spans), min(columns.labels_end, spans[0][0]))


# --- cells ----------------------------------------------------------------------------------------

_Cell = tuple[int, tuple[int, int], bool, list[Word]]
"""Row, first and last column (-2 and -1 are those of labels), whether it labels, and its words."""


def _header_cells(header: Sequence[TextRow], columns: Columns, left: float) -> list[_Cell]:
    """The header as rows of what spans several columns, and one row of single columns below them."""
    spanning: list[list[_Cell]] = []
    leaves: dict[int, list[Word]] = {}
    corner: list[Word] = []
    count = len(columns.spans)
    for number, row in enumerate(header):
        wide: list[_Cell] = []
        below = len(header[number + 1].words) if number + 1 < len(header) else 0
        inside = [
            word
            for word in row.words
            if word.x0 + word.x1 > 2 * columns.labels_end
            and (word.x0 > columns.labels_end - 0.5 * word.em or word.x1 > columns.spans[0][0])
        ]
        for word in row.words:
            place = columns.at(word)
            if word not in inside or place is None:
                corner.append(word)
                continue
            crossing = word.x0 < columns.labels_end - word.em
            alone = len(inside) == 1 and count > 2 and len(word.text) > 1 and _is_centered(word, columns)
            first = not leaves and not corner and len(row.words) == 1
            titled = first and (below == count + 1 or _is_centered(word, columns, left))
            if titled or (crossing and len(row.words) == 1):
                wide.append((0, (-2, count - 1), False, [word]))
            elif alone:
                wide.append((0, (0, count - 1), False, [word]))
            elif place[0] < place[1]:
                wide.append((0, place, False, [word]))
            else:
                leaves.setdefault(place[0], []).append(word)
        if wide:
            spanning.append(wide)
    cells = [
        (index, place, False, words) for index, wide in enumerate(spanning) for _, place, _, words in wide
    ]
    if leaves or corner:
        cells.append((len(spanning), (-2, -1), False, corner))
        cells += [(len(spanning), (at, at), False, leaves.get(at, [])) for at in range(count)]
    return cells


def _is_centered(word: Word, columns: Columns, left: float | None = None) -> bool:
    """Whether a word stands in the middle of the columns, or of all from `left` on."""
    middle = ((columns.spans[0][0] if left is None else left) + columns.borders[-1]) / 2
    return abs((word.x0 + word.x1) / 2 - middle) < 2.0 * word.em


def _body_cells(bands: Sequence[Band], columns: Columns) -> list[_Cell]:
    """The cells of the rows of figures, counted on from row 1000."""
    cells: list[_Cell] = []
    for index, band in enumerate(bands, 1000):
        cells.append((index, (-2, -2), True, list(band.outer)))
        cells.append((index, (-1, -1), True, list(band.label)))
        held: dict[int, list[Word]] = {}
        wide: list[tuple[tuple[int, int], Word]] = []
        for word in band.values:
            place = columns.at(word)
            if place is None:
                continue
            if place[0] < place[1] and not _is_value(word):
                wide.append((place, word))
            else:
                middle = (word.x0 + word.x1) / 2
                borders = columns.borders
                at = next((i for i in range(*place) if middle < borders[i + 1]), place[1])
                held.setdefault(at, []).append(word)
        covered: set[int] = set()
        for place, word in wide:
            if covered.isdisjoint(range(place[0], place[1] + 1)):
                words = [word, *(w for at in range(place[0], place[1] + 1) for w in held.pop(at, []))]
                cells.append((index, place, False, words))
                covered.update(range(place[0], place[1] + 1))
        cells += [
            (index, (at, at), False, held.get(at, []))
            for at in range(len(columns.spans))
            if at not in covered
        ]
    return cells


def _grid(
    cells: Sequence[_Cell], header: Sequence[TextRow], bands: Sequence[Band], columns: Columns
) -> FilledGrid:
    """The cells on a common grid: label columns in front where something stands in them."""
    borders = columns.borders
    numbers = sorted({row for row, _, _, _ in cells})
    place_of = {number: index for index, number in enumerate(numbers)}
    labels = [word for _, place, _, words in cells if place[0] < 0 for word in words]
    outer = [word for _, place, is_label, words in cells if is_label and place == (-2, -2) for word in words]
    inner = [
        word.x0 for _, place, is_label, words in cells if is_label and place == (-1, -1) for word in words
    ]
    shift = 2 if outer else 1 if labels else 0
    left = min((word.x0 for word in labels), default=borders[0]) - 2.0
    xs = [min(left, borders[0] - 1.0), *borders] if shift else list(borders)
    if shift == 2:
        middle = max((x for x in inner if x > left + 4), default=(left + borders[0]) / 2)
        middle = median([x for x in inner if x > left + 4] or [middle])
        xs.insert(1, min(max(middle - 1.0, xs[0] + 1.0), borders[0] - 0.5))
    ys = _heights(cells, numbers)
    filled: list[tuple[Area, tuple[Char, ...]]] = []
    for row, (begin, end), is_label, words in cells:
        if not shift and begin < 0 and end < 0:
            continue
        first = max(begin + shift if begin >= 0 else begin + 2, 0) if shift == 2 else max(begin + shift, 0)
        final = max(end + shift, 0)
        if shift == 1 and begin == end == -2:
            continue
        if shift == 2 and is_label and begin == -2 and not words:
            continue
        if shift == 2 and is_label and begin == -1 and not _has(cells, row, -2):
            first = 0
        index = place_of[row]
        box: Box = (xs[first], ys[index], xs[final + 1], ys[index + 1])
        chars = tuple(char for word in words for char in word.chars)
        filled.append((Area(index, first, 1, final - first + 1, box), chars))
    filled.sort(key=lambda cell: (cell[0].row, cell[0].column))
    grid = Grid(tuple(xs), tuple(ys), tuple(area for area, _ in filled))
    return FilledGrid(grid, tuple(chars for _, chars in filled), "aligned")


def _has(cells: Sequence[_Cell], row: int, column: int) -> bool:
    return any(cell[0] == row and cell[1] == (column, column) and cell[3] for cell in cells)


def _heights(cells: Sequence[_Cell], numbers: Sequence[int]) -> list[float]:
    """Borders between the rows: in the middle between what stands in them."""
    extents = []
    for number in numbers:
        words = [word for row, _, _, words in cells if row == number for word in words]
        tops = [word.top for word in words] or [extents[-1][1] if extents else 0.0]
        bottoms = [word.bottom for word in words] or [tops[0] + 1.0]
        extents.append((min(tops), max(bottoms)))
    ys = [extents[0][0] - 1.0]
    for above, below in zip(extents, extents[1:], strict=False):
        ys.append(max((above[1] + below[0]) / 2, ys[-1] + 0.5))
    ys.append(max(extents[-1][1] + 1.0, ys[-1] + 0.5))
    return ys
