"""The labels left of the figures of a table without lines: those of items, and of their groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linter.document.unruledcolumns import Columns
from linter.document.words import TextRow, Word

_ITEM = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2}|[０-９]{1,2})(?:[、.．,，]|[）)])|[①-⑳]")

_SAME = 0.6
"""Lines of one paragraph begin no farther apart; those set in the middle may begin nearly there."""


def is_item(word: Word) -> bool:
    """Whether a word begins with an item's number."""
    return _ITEM.match(word.text) is not None


def inner_start(rows: Sequence[TextRow], columns: Columns) -> float:
    """Where the innermost label column begins: the rightmost left edge that several labels share.

    One of them is enough where labels began on the page before.
    """
    labels_end = columns.labels_end
    edges: list[float] = []
    behind: list[float] = []
    for row in rows:
        labels = [word for word in labels_of(row, labels_end) if len(word.text) > 1]
        if labels:
            edges.append(labels[-1].x0)
            if len(labels) > 1:
                behind.append(labels[-1].x0)
    shared = [x for x in edges if sum(abs(x - other) < 1.0 for other in edges) >= 2]
    if columns.inner is not None and any(abs(x - columns.inner) < 1.0 for x in edges):
        shared.append(columns.inner)
    return max(shared or behind or edges or [0.0]) - 1.0


def labels_of(row: TextRow, labels_end: float) -> list[Word]:
    """The words of a row that stand left of its figures."""
    return [word for word in row.words if word.x0 + word.x1 <= 2 * labels_end]


def _reaches(word: Word, start: float) -> bool:
    """Whether a label stands in the innermost column, or reaches into it."""
    return word.x1 > start + 0.7 * word.em


def item_labels(rows: Sequence[TextRow], labels_end: float, start: float) -> list[list[Word]]:
    """For each row the words of an item's label: those that reach into the innermost label column.

    A label over two columns may end in a short line that begins where it began.
    """
    found: list[list[Word]] = []
    spanning: Word | None = None
    lefts = _spanning_lefts(rows, labels_end, start)
    before = rows[0] if rows else TextRow((), 0.0)
    for row in rows:
        labels = labels_of(row, labels_end)
        words = [word for word in labels if _reaches(word, start)]
        if not words and spanning is not None:
            words = [
                word
                for word in labels
                if abs(word.x0 - spanning.x0) < _SAME and word.top - spanning.top < 1.8 * word.em
            ]
        if not words:
            words = [word for word in labels if any(abs(word.x0 - left) < _SAME for left in lefts)]
        if words:
            spanning = words[0] if words[0].x0 < start - 2.0 else None
            if spanning and found and not found[-1] and not _ITEM.match(spanning.text):
                found[-1] = [word for word in labels_of(before, labels_end) if _begins(word, spanning)]
        found.append(words)
        before = row
    return found


def _spanning_lefts(rows: Sequence[TextRow], labels_end: float, start: float) -> list[float]:
    """Where labels over two columns begin, if the labels of groups do not begin there too."""
    lefts: set[float] = set()
    groups: list[float] = []
    for row in rows:
        labels = labels_of(row, labels_end)
        lefts.update(word.x0 for word in labels if _reaches(word, start) and word.x0 < start - 2.0)
        groups += [word.x0 for word in labels[:-1] if _reaches(labels[-1], start)]
    return [left for left in lefts if all(abs(left - group) > 1.5 for group in groups)]


def _begins(word: Word, label: Word) -> bool:
    """Whether a word is the line above a part of a label."""
    return abs(word.x0 - label.x0) < 1.0 and 0 < label.top - word.top < 1.8 * word.em


def begins_item(row: TextRow, labels_end: float, start: float) -> bool:
    """Whether a row begins with an item's number."""
    words = [word for word in labels_of(row, labels_end) if _reaches(word, start)]
    return bool(words) and is_item(words[0])
