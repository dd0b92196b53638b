"""The header of a table without lines: which rows above its figures belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.document.unruledcolumns import FURTHEST, Columns, is_value, values_of
from linter.document.unruledlabels import is_item
from linter.document.words import TextRow

MOST_HEADER_ROWS = 30
_MOST_ROWS_OF_A_NAME = 5
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])"
)


def header_start(rows: Sequence[TextRow], least: int, first: int, last: int, columns: Columns) -> int:
    """The first row of the header above the figures of the rows `first`…`last`."""
    start = first
    borders = columns.borders
    left = min(row.words[0].x0 for row in rows[max(first - 1, least) : last + 1])
    width = borders[-1] - left
    named = False
    for index in range(first - 1, max(least, first - MOST_HEADER_ROWS) - 1, -1):
        row = rows[index]
        if rows[index + 1].middle - row.middle > FURTHEST:
            break
        if _is_label_line(row, columns) and not named and left - 1.0 < row.words[0].x0:
            start = index
            continue
        if values_of(row) or not _is_header(row, columns, left, width):
            break
        named = named or names_columns(row, columns)
        start = index
    return start if named else _label_start(rows, start, first)


def _label_start(rows: Sequence[TextRow], start: int, first: int) -> int:
    """The first row of labels that go on to the first figures: a running head stands farther away."""
    for index in range(first - 1, start - 1, -1):
        word = rows[index].words[0]
        if rows[index + 1].middle - rows[index].middle > 2.2 * word.em and not is_item(word):
            return index + 1
    return start


def with_named_width(columns: Columns, above: Sequence[TextRow], body: Sequence[TextRow]) -> Columns:
    """A single column as wide as its name in the rows right above: its figures may stand at its side.

    Two names side by side are those of the labels and of the column: labels end between them. What
    begins where the labels of `body` begin is the upper line of one.
    """
    if len(columns.spans) != 1:
        return columns
    left, right = columns.spans[0]
    names: list[tuple[float, float]] = []
    held: list[TextRow] = []
    starts = [row.words[0].x0 for row in body]
    for row in reversed(above[-_MOST_ROWS_OF_A_NAME:]):
        if not names and len(row.words) == 1 and any(abs(row.words[0].x0 - x) < 1.25 for x in starts):
            continue
        em = row.words[0].em
        far = held and held[-1].middle - row.middle > 2 * em
        titled = len(names) == 2 and held[-1].middle - row.middle > 0.95 * em and len(row.words) == 1
        more = _with_words(names, row)
        if far or titled or len(more) > 2 or len(more) < len(names) or values_of(row):
            break
        names = more
        held.append(row)
    if len(names) != 2 or names[0][1] > left:
        return columns
    left, right = min(left, names[1][0]), max(right, names[1][1])
    return Columns(((left, right),), min(max(columns.labels_end, names[0][1] + 1.0), left - 0.5))


def _with_words(names: Sequence[tuple[float, float]], row: TextRow) -> list[tuple[float, float]]:
    """Where names stand side by side, those of one more line included."""
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted([*names, *((word.x0, word.x1) for word in row.words)]):
        if found and x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


class Opening(NamedTuple):
    """A header that ends a page: how many columns it names. Its rows stand on the next page."""

    columns: int


def opening_of(rows: Sequence[TextRow]) -> Opening | None:
    """The header that the rows at a page's end make."""
    names: list[tuple[float, float]] = []
    below: TextRow | None = None
    for row in reversed(rows):
        em = row.words[0].em
        above = below is not None and below.middle - row.middle > 0.95 * em
        more = _with_words(names, row)
        if len(names) > 1 and (above or len(more) < len(names)):
            break
        if values_of(row) or any("。" in word.text or len(word.text) > 20 for word in row.words):
            return None
        names, below = more, row
    return Opening(len(names) - 1) if len(names) > 1 else None


def opens_with(rows: Sequence[TextRow], first: int, before: Columns | Opening | None) -> bool:
    """Whether the first figures of a page are those of the single column, or the header, before it.

    There is one for each column that the header names.
    """
    label, values = rows[first].words[0], values_of(rows[first])
    heads = [row for row in rows[:first] if label.top - row.words[0].bottom > 0.3 * label.em]
    if before is None or len(heads) > 1:
        return False
    if isinstance(before, Opening):
        return len(values) == before.columns
    single = len(before.spans) == len(values) == 1
    return single and before.at(values[0]) is not None


def is_headed(header: Sequence[TextRow], columns: Columns) -> bool:
    """Whether a row of the header names both the labels and a column; one may have two lines."""
    if any(len(row.words) >= 2 for row in header):
        return True
    return any(
        below.middle - above.middle < above.words[0].em
        and _is_label_line(above, columns) != _is_label_line(below, columns)
        for above, below in pairwise(header)
    )


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


def names_columns(row: TextRow, columns: Columns) -> bool:
    """Whether something stands right of the labels."""
    return any((word.x0 + word.x1) / 2 > columns.labels_end for word in row.words)
