"""The rows of a table without lines: which label goes with which figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from linter.document.geometry import Ruling
from linter.document.unruledcolumns import Columns
from linter.document.unruledlabels import begins_item, inner_start, item_labels, labels_of
from linter.document.unruledruns import is_page_number
from linter.document.words import TextRow, Word

_MOST_ROWS = 80
_Anchor = Literal["middle", "first", "last"]
_Fit: TypeAlias = tuple[float, tuple[tuple[int, int], ...]]


class Band(NamedTuple):
    """One row of a table: its figures, its label, and what stands left of the label."""

    values: tuple[Word, ...]
    label: tuple[Word, ...]
    outer: tuple[Word, ...]
    rows: tuple[TextRow, ...]


def divided(
    rows: Sequence[TextRow],
    last: int,
    header: Sequence[TextRow],
    columns: Columns,
    rulings: Sequence[Ruling],
) -> list[Band]:
    """The rows of the table whose figures stand in `rows[0]` to `rows[last]`.

    Rows above (`header`) and after may hold the rest of a label.
    """
    labels_end = columns.labels_end
    body = [row for row in rows[: last + 1] if not row.piled]
    tail = _tail(rows, last, labels_end, max(word.em for row in (*header, *body) for word in row.words))
    drawn = _drawn_borders(header, [*body, *tail], columns, rulings)
    if drawn is not None:
        return drawn
    head: list[TextRow] = []
    for at in range(len(header) - 1, -1, -1):
        row = header[at]
        if _names(row, labels_end) or _is_beside_names(row, header[:at], labels_end):
            break
        if not row.piled:
            head.insert(0, row)
    ends_page = all(is_page_number(row) for row in rows[last + 1 + len(tail) :])
    return _partition([*head, *body, *tail], columns, ends_page=ends_page)


def items_begin(bands: Sequence[Band]) -> float | None:
    """Where labels of items begin that have a group's name at their left, if several begin there."""
    lefts = [min(word.x0 for word in band.label) for band in bands if band.label and band.outer]
    found = [x for x in lefts if sum(abs(x - other) < 1.0 for other in lefts) >= 2]
    return max(found, default=None)


def _names(row: TextRow, labels_end: float) -> bool:
    """Whether something stands right of the labels."""
    return any(word.x0 + word.x1 > 2 * labels_end for word in row.words)


def _is_beside_names(row: TextRow, above: Sequence[TextRow], labels_end: float) -> bool:
    """Whether a row is a line of what heads the labels: it stands half beside the names of columns."""
    before = next((other for other in reversed(above) if not other.piled), None)
    return (
        before is not None
        and _names(before, labels_end)
        and row.middle - before.middle < 0.9 * row.words[0].em
    )


def _tail(rows: Sequence[TextRow], last: int, labels_end: float, largest: float) -> list[TextRow]:
    """Rows right below the last figures that may end its label, in type up to the `largest` of the table."""
    tail: list[TextRow] = []
    before = rows[last]
    for row in rows[last + 1 : last + 12]:
        if row.piled:
            continue
        em = row.words[0].em
        larger = em > 1.15 * largest  # the next heading
        if row.middle - before.middle > 2.2 * em or larger or _names(row, labels_end):
            break
        tail.append(row)
        before = row
    return tail


def _drawn_borders(
    header: Sequence[TextRow],
    body: Sequence[TextRow],
    columns: Columns,
    rulings: Sequence[Ruling],
) -> list[Band] | None:
    """The rows by what is drawn between them, if something is between all rows of figures."""
    labels_end, right = columns.labels_end, columns.borders[-1]
    ys: dict[int, float] = defaultdict(float)
    for x0, top, x1, bottom in rulings:
        if bottom - top < 3.0 and x1 > labels_end and x0 < right:
            ys[round((top + bottom) / 2)] += min(x1, right) - max(x0, labels_end)
    edges: list[float] = []
    for y in sorted(y for y, length in ys.items() if length > 0.6 * (right - labels_end)):
        if not edges or y - edges[-1] > 3:
            edges.append(y)
    figures = [row for row in body if _names(row, labels_end)]
    between = [sum(a.middle < y < b.middle for y in edges) for a, b in pairwise(figures)]
    if not edges or len(figures) < 2 or any(count == 0 for count in between):
        return None
    # A border above the first figures, below the header, and one below the last end their rows.
    above = [y for y in edges if y < figures[0].middle]
    below = [y for y in edges if y > figures[-1].middle]
    if not above or not below:
        return None
    cuts = [y for y in edges if above[-1] <= y <= below[0]]
    bands: list[Band] = []
    everything = [row for row in (*header, *body) if cuts[0] < row.middle < cuts[-1]]
    if any(_names(row, labels_end) for row in header if row.middle > cuts[0]):
        return None
    start = inner_start(everything, columns)
    for top, bottom in pairwise(cuts):
        held = [row for row in everything if top < row.middle < bottom]
        if held:
            bands.append(_band(held, held, labels_end, start))  # rows of one band: figures and label
    return bands


def _band(
    figures: Sequence[TextRow],
    label_rows: Sequence[TextRow],
    labels_end: float,
    start: float,
    beside: Sequence[TextRow] = (),
) -> Band:
    """The row of these rows of text. Its label is what reaches into the innermost label column."""
    values = tuple(word for row in figures for word in row.words if word.x0 + word.x1 > 2 * labels_end)
    rows = sorted({id(row): row for row in (*figures, *label_rows)}.values(), key=_middle)
    inner = [word for words in item_labels(label_rows, labels_end, start) for word in words]
    outer = [word for row in rows for word in labels_of(row, labels_end) if word not in inner]
    around = [word for row in beside for word in row.words]
    if not inner:
        inner = _set_round(figures, [*outer, *around])
    if not inner and outer:
        edge = max(word.x0 for word in outer)
        inner = [word for word in outer if word.x0 > edge - word.em]
    outer = [word for word in (*outer, *around) if word not in inner]
    return Band(values, tuple(inner), tuple(outer), (*rows, *beside))


def _set_round(figures: Sequence[TextRow], words: Sequence[Word]) -> list[Word]:
    """The innermost words of several lines if they are set evenly round figures: no group's name is."""
    names = [word for word in words if len(word.text) > 1]
    if not figures or not names:
        return []
    edge = max(word.x0 for word in names)
    inner = sorted((word for word in names if word.x0 > edge - word.em), key=lambda word: word.top)
    near = all(b.top - a.top < 1.8 * a.em for a, b in pairwise(inner))
    middle = (inner[0].top + inner[-1].bottom) / 2
    return inner if near and abs(middle - figures[0].middle) < 0.3 * inner[0].em else []


def _partition(rows: Sequence[TextRow], columns: Columns, *, ends_page: bool) -> list[Band]:
    """The rows by base lines: a label is set evenly round its figures, or begins or ends on their line."""
    labels_end = columns.labels_end
    figures = [row for row in rows if _names(row, labels_end)]
    start = inner_start(rows, columns)
    words = item_labels(rows, labels_end, start)
    lines = [row for row, label in zip(rows, words, strict=True) if label]
    if len(figures) > _MOST_ROWS or len(lines) > 4 * _MOST_ROWS:
        return []
    anchors: tuple[_Anchor, ...] = ("middle", "first", "last")
    fits = [_fitted(figures, lines, labels_end, start, anchor, torn=ends_page) for anchor in anchors]
    ranges = min(fits, key=lambda fit: fit[0])[1]
    held: list[tuple[list[TextRow], list[TextRow]]] = []
    done = 0
    for row, (begin, end) in zip(figures, ranges, strict=True):
        held += [([], group) for group in _blank_rows(lines[done:begin], labels_end, start, first=done == 0)]
        held.append(([row], list(lines[begin:end])))
        done = max(done, end)
    held += [([], group) for group in _blank_rows(lines[done:], labels_end, start, first=True)]
    taken = {id(row) for figure, label in held for row in (*figure, *label)}
    beside: list[list[TextRow]] = [[] for _ in held]
    for row in rows:
        if id(row) not in taken and rows[0].middle <= row.middle:
            near = min(range(len(held)), key=lambda at: _apart(row, (*held[at][0], *held[at][1])))
            if row not in lines:
                beside[near].append(row)
    return [
        _band(figure, label, labels_end, start, around)
        for (figure, label), around in zip(held, beside, strict=True)
    ]


def _apart(row: TextRow, others: Sequence[TextRow]) -> float:
    return min(abs(row.middle - other.middle) for other in others)


def _middle(row: TextRow) -> float:
    return row.middle


def _blank_rows(
    lines: Sequence[TextRow], labels_end: float, start: float, *, first: bool
) -> list[list[TextRow]]:
    """Labels without figures: each begins with an item's number.

    What stands before the `first` one is none, but for the rest of a label that the page end cut: it
    begins where labels begin.
    """
    groups: list[list[TextRow]] = []
    for row in lines:
        if begins_item(row, labels_end, start):
            groups.append([row])
        elif groups:
            groups[-1].append(row)
        elif not first or any(abs(word.x0 - start - 1.0) < 1.0 for word in row.words):
            groups.append([row])
    return groups


def _fitted(
    figures: Sequence[TextRow],
    lines: Sequence[TextRow],
    labels_end: float,
    start: float,
    anchor: _Anchor,
    *,
    torn: bool,
) -> _Fit:
    """The cheapest way to give each row of figures its label lines, as (cost, line ranges).

    `torn`: the last row may go on over the page end; then its figures stand on its first line.
    """
    items = [begins_item(row, labels_end, start) for row in lines]
    total = len(lines)

    def left_over(begin: int, end: int, *, edge: bool) -> float:
        cost = 0.0
        inside = False
        for index in range(begin, end):
            inside = inside or items[index]
            cost += 0.6 if items[index] else 0.3 if inside else 0.2 if edge else 2.0
        return cost

    @cache
    def best(row: int, done: int) -> _Fit:
        if row == len(figures):
            goes_on = [abs(word.x0 - start - 1.0) < 1.0 for line in lines[done:] for word in line.words]
            return left_over(done, total, edge=True) + 0.8 * sum(goes_on), ()
        y, em = figures[row].middle, figures[row].words[0].em
        tolerance = 0.3 * em
        found: list[_Fit] = []
        own = figures[row] in lines
        alone = (0.0 if not own and _labelled(figures[row], labels_end) else 1.5) if not own else 3.0
        cost, rest = best(row + 1, done)
        found.append((cost + alone, ((done, done), *rest)))
        anchors = {anchor: 0.0}
        if torn and row == len(figures) - 1:
            anchors.setdefault("first", 0.25)
        for begin in range(done, min(done + 14, total)):
            if lines[begin].middle > y + tolerance:
                break
            for end in range(begin + 1, min(begin + 13, total + 1)):
                if end - begin > 1 and lines[end - 1].middle - lines[end - 2].middle > 2.2 * em:
                    break
                if any(items[begin + 1 : end]):
                    break  # two labels are never one
                low, high = lines[begin].middle, lines[end - 1].middle
                places: dict[_Anchor, float] = {"middle": (low + high) / 2, "first": low, "last": high}
                for each, extra in anchors.items():
                    off = abs(places[each] - y)
                    if off > tolerance:
                        continue
                    further, rest = best(row + 1, end)
                    cost = further + left_over(done, begin, edge=row == 0) + extra
                    cost += 0.0 if items[begin] or not any(items) else 0.5
                    cost += 0.05 * min(off, tolerance)
                    found.append((cost, ((begin, end), *rest)))
        return min(found, key=lambda fit: fit[0])

    return best(0, 0)


def _labelled(row: TextRow, labels_end: float) -> bool:
    """Whether more than a sign of a group's name, set downwards, stands left of the figures."""
    return any(len(word.text) > 1 for word in labels_of(row, labels_end))
