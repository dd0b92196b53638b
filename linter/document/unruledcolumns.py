"""The columns of a table without lines: from its figures, and from the words of its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from linter.document.geometry import median
from linter.document.words import TextRow, Word

NUMBER = "[+\\-－＋−]?[0-9０-９](?:[0-9０-９,，.．]*[0-9０-９])?"
FURTHEST = 90.0
"""Rows of one table stand no farther apart than this, in points."""

_EVEN = 0.15
"""The share of a step by which columns may be off their place."""

VALUE = re.compile(rf"{NUMBER}(?:%|％|[件项个条]|万元|亿元|元)?|[/／\\\-—－–〇○无]{{1,2}}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The value columns of a table as (left, right) of what stands in them, and where labels end.

    `inner` is where the labels of items begin, right of those of groups, as a page before showed it.
    """

    spans: tuple[tuple[float, float], ...]
    labels_end: float
    inner: float | None = None

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

    def agrees_with(self, other: Columns) -> bool:
        """Whether both may be the columns of one table."""
        pairs = zip(self.spans, other.spans, strict=False)
        return len(self.spans) == len(other.spans) and all(a[0] < b[1] and b[0] < a[1] for a, b in pairs)

    @property
    def pitch(self) -> float:
        """The usual distance from one column to the next; endless where there is one column only."""
        middles = [(a + b) / 2 for a, b in self.spans]
        steps = [b - a for a, b in pairwise(middles)]
        return median(steps) if steps else float("inf")

    @property
    def borders(self) -> list[float]:
        """Where the columns border, outer borders included."""
        inner = [(a[1] + b[0]) / 2 for a, b in pairwise(self.spans)]
        last = self.spans[-1][1] + max(4.0, (self.spans[-1][0] - inner[-1]) if inner else 20.0)
        return [self.labels_end, *inner, last]


def is_value(word: Word) -> bool:
    """Whether a word is a figure or stands for one."""
    return VALUE.fullmatch(word.text) is not None


def values_of(row: TextRow) -> list[Word]:
    """The figures at the right end of a row, if it is a row of figures."""
    values = [word for word in row.words if is_value(word)]
    if not values:
        return []
    words = [word for word in row.words if word.x0 > values[0].x0 and not is_value(word)]
    if len(values) > 2 and values[0].text == "无" and words and words[0].x0 < values[1].x0:
        del values[0]  # a sign of 无法提供, beside a label
        words = [word for word in words if word.x0 > values[0].x0]
    before = [word for word in row.words if word.x1 <= values[0].x0]
    gaps = [b.x0 - a.x1 for a, b in pairwise(values)]
    if not before and len(row.words) <= 3 and gaps and min(gaps) < 1.5 * values[0].em:
        return []  # - 2 -
    if len(words) > len(values):
        return []
    if before and len(values) < 3 and values[0].x0 - before[-1].x1 < 0.2 * values[0].em:
        return []
    return values


def columns_of(
    rows: Sequence[TextRow], among: Sequence[TextRow], near: Sequence[TextRow], carried: Columns | None
) -> Columns | None:
    """The columns of the figures of `rows`; None where they are in no order.

    Rows `among` them and `near` them may have longer labels.
    """
    values = [word for row in rows for word in values_of(row)]
    spans: list[tuple[float, float]] = []
    for left, right in sorted((word.x0, word.x1) for word in values):
        if spans and left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(right, spans[-1][1]))
        else:
            spans.append((left, right))
    if any(_crowded(row, spans) for row in rows):
        return None
    lefts = [word.x0 for row in (*rows, *among) for word in row.words if word.x1 <= spans[0][0]]
    labels = [
        word.x1
        for row in (*among, *(row for row in near if _is_beside(row, lefts, spans[0][0])))
        for word in row.words
        if not is_value(word) and word.x1 <= spans[0][0] + 0.2 * word.em
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
    return word.x1 <= right and any(abs(word.x0 - left) < 1.25 for left in lefts)


def _crowded(row: TextRow, spans: Sequence[tuple[float, float]]) -> bool:
    middles = [(word.x0 + word.x1) / 2 for word in values_of(row)]
    return any(sum(left <= x <= right for x in middles) > 1 for left, right in spans)


def _fit_in(spans: Sequence[tuple[float, float]], columns: Columns) -> bool:
    """Whether each span lies in a column of its own."""
    borders = columns.borders
    places = [
        next((n for n in range(len(borders) - 1) if borders[n] - 0.5 <= a and b <= borders[n + 1] + 0.5), -1)
        for a, b in spans
    ]
    return -1 not in places and len(set(places)) == len(places)


def _names(columns: Columns, header: Sequence[TextRow]) -> list[tuple[float, float]]:
    """Where the names of single columns stand in the header, each (left, right)."""
    start = next((index for index, row in enumerate(header) if len(row.words) > 1), len(header))
    words = [word for row in header[start:] for word in row.words]
    names: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.x0):
        if word.x1 - word.x0 > columns.pitch or word.x0 + word.x1 <= 2 * columns.labels_end:
            continue
        if names and word.x0 < names[-1][1] + 0.1 * word.em:
            names[-1] = (names[-1][0], max(names[-1][1], word.x1))
        else:
            names.append((word.x0, word.x1))
    return names


def named(columns: Columns, header: Sequence[TextRow], body: Sequence[TextRow]) -> Columns:
    """The columns as wide as their names in the header, if it has one for each (and one for the labels)."""
    if all(is_value(word) for row in body for word in row.words):
        # Nothing labels the figures: the name of the first column may reach left of them.
        columns = Columns(columns.spans, min(columns.labels_end, _left_of(columns, header)))
    spans, names = columns.spans, _names(columns, header)
    labels_end = columns.labels_end
    cornered = any(word.x0 + word.x1 <= 2 * labels_end for row in header for word in row.words)
    if len(names) == len(spans) + 1 and not cornered and names[0][1] < spans[0][0]:
        labels_end = max(labels_end, names.pop(0)[1] + 1.0)
    if len(names) != len(spans):
        return columns
    wider = tuple((min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(spans, names, strict=True))
    if any(a[1] > b[0] for a, b in pairwise(wider)) or wider[0][0] < labels_end - 1.0:
        return columns
    return Columns(wider, min(labels_end, wider[0][0]))


def _left_of(columns: Columns, header: Sequence[TextRow]) -> float:
    """A place left of all words of the header that may name the first column."""
    left = columns.spans[0][0]
    near = left - columns.pitch
    for x in sorted((word.x0 for row in header for word in row.words if word.x0 < left), reverse=True):
        if x <= near:
            break
        # A column without figures has a name one step left of the next.
        left, near = x, x - 1.3 * columns.pitch
    return min(left, columns.spans[0][0] - columns.pitch) - 1.0


def with_regular_columns(columns: Columns, above: Sequence[TextRow]) -> Columns:
    """The columns with those added that hold no figure, where all stand at equal steps but for gaps.

    A gap is a whole number of steps wide, and something stands in the header at each step of it.
    """
    spans = columns.spans
    if len(spans) < 4:
        return columns
    # Figures are set to the left, in the middle, or to the right: one of these stands at equal steps.
    found = [_regular([left * (1 - share) + right * share for left, right in spans]) for share in (0, 0.5, 1)]
    regular = min((each for each in found if each), default=None)
    if regular is None:
        return columns
    off, step, counts = regular
    signs = [char for row in above for word in row.words for char in word.chars]
    filled = [spans[0]]
    for before, span, count in zip(spans, spans[1:], counts, strict=False):
        for number in range(1, count):
            share = number / count
            middle = (sum(before) * (1 - share) + sum(span) * share) / 2
            half = 0.2 * step
            if not any(char.x0 < middle + half and char.x1 > middle - half for char in signs):
                return columns
            filled.append((middle - 0.05 * step, middle + 0.05 * step))
        filled.append(span)
    if found[0] == regular and not (found[1] and found[1][0] < off + 1.0):
        filled = [(left, max(right, left + 0.85 * step)) for left, right in filled]
    elif found[2] == regular and not (found[1] and found[1][0] < off + 1.0):
        filled = [(min(left, right - 0.85 * step), right) for left, right in filled]
    if any(a[1] > b[0] for a, b in pairwise(filled)):
        return columns
    return Columns(tuple(filled), min(columns.labels_end, filled[0][0] - 0.5), columns.inner)


def _regular(places: Sequence[float]) -> tuple[float, float, list[int]] | None:
    """How far places are off equal steps at most, the step, and how many steps lie between them."""
    gaps = [b - a for a, b in pairwise(places)]
    step = median(gaps)
    counts = [round(gap / step) for gap in gaps]
    off = max(abs(gap - count * step) for gap, count in zip(gaps, counts, strict=True))
    regular = min(counts) == 1 and counts.count(1) * 2 > len(counts) and off < _EVEN * step
    return (off, step, counts) if regular else None


def _with_each_name(columns: Columns, header: Sequence[TextRow]) -> Columns | None:
    """The columns with those without figures, where the header's lowest row names each on one line."""
    for row in reversed(header):
        words = [word for word in row.words if word.x0 + word.x1 > 2 * columns.labels_end]
        if not words:
            continue
        if len(words) <= len(columns.spans):
            return None
        held = [[span for span in columns.spans if word.x0 < span[1] and span[0] < word.x1] for word in words]
        if any(len(spans) > 1 for spans in held) or sum(map(len, held)) != len(columns.spans):
            return None
        wider = tuple(
            (min(word.x0, *(a for a, _ in spans), word.x0), max(word.x1, *(b for _, b in spans), word.x1))
            for word, spans in zip(words, held, strict=True)
        )
        if any(a[1] > b[0] for a, b in pairwise(wider)):
            return None
        return Columns(wider, min(columns.labels_end, wider[0][0]), columns.inner)
    return None


def with_blank_columns(columns: Columns, header: Sequence[TextRow]) -> Columns:
    """The columns with those added in which only the header has a word, its lowest words first."""
    spans = list(columns.spans)
    if len(spans) < 2:
        return columns
    if named_in_one_row := _with_each_name(columns, header):
        return named_in_one_row
    most = len(_names(columns, header)) - len(spans)
    for row in reversed(header):
        for word in row.words:
            if word.x0 < columns.labels_end - 0.2 * word.em:
                continue
            middle = (word.x0 + word.x1) / 2
            pitch = median(b[0] + b[1] - a[0] - a[1] for a, b in pairwise(spans)) / 2
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
