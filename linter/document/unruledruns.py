"""Where on a page figures stand row under row, with only labels between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linter.document.unruledcolumns import FURTHEST, values_of
from linter.document.unruledlabels import is_item
from linter.document.words import TextRow, stacked

PAGE_NUMBER = re.compile(r"[\W_]*第?\d{1,4}页?(?:[\W_]*共?\d{1,4}页?)?[\W_]*")

_DASHED = re.compile(r"[-—–－]{1,2}\d{1,3}[-—–－]{1,2}")


def is_page_number(row: TextRow) -> bool:
    """Whether a row is what numbers a page."""
    return PAGE_NUMBER.fullmatch("".join(word.text for word in row.words)) is not None


def without_page_number(rows: Sequence[TextRow]) -> Sequence[TextRow]:
    """The rows without a page's number between dashes (- 3 -) at its foot."""
    if not rows:
        return rows
    words = rows[-1].words
    near = words[-1].x1 - words[0].x0 < 6 * words[0].em
    dashed = _DASHED.fullmatch("".join(word.text for word in words))
    return rows[:-1] if near and dashed else rows


def with_whole_cells(rows: Sequence[TextRow]) -> list[TextRow]:
    """The rows with those of figures as one that stand nearer than lines do: a cell of theirs is broken."""
    whole: list[TextRow] = []
    first = last = 0.0
    for row in rows:
        labelled = whole and _is_item_row(row) and _is_item_row(whole[-1])
        near = (
            whole and not labelled and row.middle - last < 0.9 * min(row.words[0].em, whole[-1].words[0].em)
        )
        last = row.middle
        if near and values_of(row) and values_of(whole[-1]):
            whole[-1] = TextRow(stacked(whole[-1].words, row.words), (first + last) / 2)
        else:
            whole.append(row)
            first = row.middle
    return whole


def _is_item_row(row: TextRow) -> bool:
    """Whether an item's label begins on the row."""
    return any(is_item(word) for word in row.words)


def runs_of(rows: Sequence[TextRow]) -> list[tuple[int, int]]:
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
        b.middle - a.middle < FURTHEST
        for a, b in zip(rows[run[-1] : index], rows[run[-1] + 1 : index + 1], strict=True)
    )
    return near and all(word.x1 <= left + 0.2 * word.em for row in between for word in row.words)
