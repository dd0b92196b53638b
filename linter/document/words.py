"""Characters of a page as rows of words: what stands together on one line, with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.document.geometry import Char, is_wide, median

_ITEM = re.compile(r"(?<=[\u4e00-\u9fff）)])(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十][）)])")
"""The number of an item (1. or （一）) behind other words."""

_FIGURE = re.compile("[0-9０-９][0-9０-９,，.．]*")
_ENDS_IN_FIGURE = re.compile(r"(?<=[\u4e00-\u9fff）)])[0-9０-９][0-9０-９,，.．]*$")

_SEVERAL = 3


class Word(NamedTuple):
    """Characters that stand together on one line; a blank of the file parts no word."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    chars: tuple[Char, ...]

    @property
    def em(self) -> float:
        """The font size."""
        return max(self.bottom - self.top, 1.0)


class TextRow(NamedTuple):
    """The words on one base line, left to right; `piled`: each with its characters upon one another."""

    words: tuple[Word, ...]
    middle: float
    piled: bool = False


def text_rows(chars: Sequence[Char]) -> list[TextRow]:
    """The characters as rows of words from top to bottom.

    Upright text that had no room is drawn upon itself and over its neighbours: it makes rows of its
    own, above those it reaches into.
    """
    piles = _piles(chars)
    if not piles:
        return _rows(chars)
    piled = {id(char) for pile in piles for char in pile}
    rows = [*_rows([char for char in chars if id(char) not in piled]), *_rows_of_piles(piles)]
    return sorted(rows, key=lambda row: row.middle - (0.6 * row.words[0].em if row.piled else 0.0))


def _piles(chars: Sequence[Char]) -> list[list[Char]]:
    """Runs of characters below one another of which some stand upon others, as no lines of text do."""
    piles: list[list[Char]] = []
    run: list[Char] = []
    piled = False
    for char in chars:
        em = char.bottom - char.top
        follows = (
            run
            and is_wide(char.text)
            and abs(char.x0 + char.x1 - run[-1].x0 - run[-1].x1) < 0.4 * em
            and abs(char.top - run[-1].top) < 3 * em
        )
        if follows:
            piled = piled or (char.text != run[-1].text and abs(char.top - run[-1].top) < 0.6 * em)
            run.append(char)
            continue
        if piled:
            piles.append(run)
        run, piled = [char] if is_wide(char.text) else [], False
    return [*piles, run] if piled else piles


def _rows_of_piles(piles: Sequence[list[Char]]) -> list[TextRow]:
    words: list[Word] = []
    for pile in piles:
        middle = median((char.top + char.bottom) / 2 for char in pile)
        half = median(char.bottom - char.top for char in pile) / 2
        left, right = min(char.x0 for char in pile), max(char.x1 for char in pile)
        text = "".join(char.text for char in pile)
        words.append(Word(text, left, right, middle - half, middle + half, tuple(pile)))
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.top):
        if rows and word.top - rows[-1][0].top < 0.35 * word.em:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [
        TextRow(
            tuple(sorted(row, key=lambda word: word.x0)),
            sum(word.top + word.bottom for word in row) / len(row) / 2,
            piled=True,
        )
        for row in rows
    ]


def _rows(chars: Sequence[Char]) -> list[TextRow]:
    order = {id(char): index for index, char in enumerate(chars)}
    rows: list[list[Char]] = []
    middle = height = 0.0
    for char in sorted(chars, key=lambda char: char.top + char.bottom):
        own = (char.top + char.bottom) / 2
        if rows and own - middle <= 0.35 * min(height, char.bottom - char.top):
            rows[-1].append(char)
            middle += (own - middle) / len(rows[-1])
        else:
            rows.append([char])
            middle, height = own, char.bottom - char.top
    found = []
    for row in rows:
        words = _words(sorted(row, key=lambda char: (char.x0, char.x1)), order)
        if words:
            found.append(words)
    starts = Counter(round(word.x0) for words in found for word in words)
    shared = {x for x, count in starts.items() if count + starts[x - 1] + starts[x + 1] >= 3}
    figures = [word.x0 for words in found for word in words if _FIGURE.fullmatch(word.text)]
    edges = [word.x0 for words in found for word in words]
    rows_of_words = [
        tuple(
            part
            for word in words
            for whole in _cut(word, shared, edges, order)
            for part in _off_figure(whole, figures, order)
        )
        for words in found
    ]
    return [
        TextRow(words, sum((word.top + word.bottom) / 2 for word in words) / len(words))
        for words in rows_of_words
    ]


def _cut(word: Word, starts: Collection[int], edges: Sequence[float], order: dict[int, int]) -> list[Word]:
    """A word in two where a gap too narrow to part words stands before a place at which words begin.

    The narrowest is enough where it is exactly that place, and that of several words.
    """
    chars = sorted(word.chars, key=lambda char: char.x0)
    for index in range(1, len(chars)):
        before, char = chars[index - 1], chars[index]
        opens = char.text.isdigit() or char.text in "（("
        if round(char.x0) in starts and char.x0 - before.x1 > (0.14 if opens else 0.2) * word.em:
            return [_word(chars[:index], order), _word(chars[index:], order)]
        if (
            char.x0 - before.x1 > 0.08 * word.em
            and is_wide(char.text)
            and sum(abs(x - char.x0) < 0.3 for x in edges) >= _SEVERAL
        ):
            return [_word(chars[:index], order), _word(chars[index:], order)]
    return [word]


def _off_figure(word: Word, starts: Sequence[float], order: dict[int, int]) -> list[Word]:
    """A word in two where a figure at its end begins exactly where several other figures do."""
    end = _ENDS_IN_FIGURE.search(word.text)
    chars = sorted(word.chars, key=lambda char: char.x0)
    if end is None or len(chars) != len(word.text):
        return [word]
    at = end.start()
    if sum(abs(chars[at].x0 - x) < 0.5 for x in starts) < 3:
        return [word]
    return [_word(chars[:at], order), _word(chars[at:], order)]


def _words(row: Sequence[Char], order: dict[int, int]) -> list[Word]:
    blanks = [char for char in row if char.text == " "]
    groups: list[list[Char]] = []
    right = 0.0
    for char in row:
        if char.text == " ":
            continue
        if (
            groups
            and groups[-1][-1].text == char.text
            and char.x0 - groups[-1][-1].x0 < 0.25 * (char.x1 - char.x0)
        ):
            continue  # bold type made by printing twice
        if groups and not _parted(groups[-1][-1], char, right, blanks):
            groups[-1].append(char)
            right = max(right, char.x1)
        else:
            groups.append([char])
            right = char.x1
    return [_word(group, order) for group in _spaced_out(groups)]


def _spaced_out(groups: Sequence[list[Char]]) -> list[list[Char]]:
    """Single Han characters set apart for their look (规 章) as one word."""
    joined: list[list[Char]] = []
    single = False
    for group in groups:
        alone = len(group) == 1 and "\u4e00" <= group[0].text <= "\u9fff"
        if (
            joined
            and single
            and alone
            and group[0].x0 - joined[-1][-1].x1 < 1.3 * (group[0].x1 - group[0].x0)
        ):
            joined[-1].append(group[0])
        else:
            joined.append(list(group))
        single = alone
    return joined


def split_at(rows: Sequence[TextRow], borders: Sequence[float]) -> list[TextRow]:
    """The rows with words in parts where a gap, narrow as it is, lies on a border of columns."""
    found = []
    for row in rows:
        words = []
        for word in row.words:
            order = {id(char): index for index, char in enumerate(word.chars)}
            group: list[Char] = []
            for char in sorted(word.chars, key=lambda char: char.x0):
                if group and char.x0 - group[-1].x1 > 0.06 * word.em:
                    low, high = group[-1].x1 - 0.2 * word.em, char.x0 + 0.2 * word.em
                    if any(low < border < high for border in borders):
                        words.append(_word(group, order))
                        group = []
                group.append(char)
            words.append(_word(group, order))
        found.append(row._replace(words=tuple(words)))
    return found


def with_items_apart(row: TextRow, right: float) -> TextRow:
    """The row with words left of `right` in parts where an item's number stands in the middle of one."""
    words: list[Word] = []
    for word in row.words:
        chars = sorted(word.chars, key=lambda char: char.x0)
        cuts = [found.start() for found in _ITEM.finditer("".join(char.text for char in chars))]
        if word.x1 > right or not cuts or len(word.text) != len(chars):
            words.append(word)
            continue
        order = {id(char): index for index, char in enumerate(word.chars)}
        for first, last in pairwise([0, *cuts, len(chars)]):
            words.append(_word(chars[first:last], order))
    return row._replace(words=tuple(words))


def stacked(above: Sequence[Word], below: Sequence[Word]) -> tuple[Word, ...]:
    """The words of two lines as those of one: what stands below a word goes on with it."""
    words = list(above)
    for word in below:
        at = next((n for n, other in enumerate(words) if other.x0 < word.x1 and word.x0 < other.x1), None)
        if at is None:
            words.append(word)
        else:
            upper = words[at]
            words[at] = upper._replace(
                text=upper.text + word.text,
                x0=min(upper.x0, word.x0),
                x1=max(upper.x1, word.x1),
                chars=(*upper.chars, *word.chars),
            )
    return tuple(sorted(words, key=lambda word: word.x0))


def _word(group: Sequence[Char], order: dict[int, int]) -> Word:
    text = "".join(char.text for char in group)
    return Word(
        text,
        group[0].x0,
        max(char.x1 for char in group),
        min(char.top for char in group),
        max(char.bottom for char in group),
        tuple(sorted(group, key=lambda char: order[id(char)])),
    )


def _parted(a: Char, b: Char, right: float, blanks: Sequence[Char]) -> bool:
    """Whether a gap divides two words. What the file fills with blanks is a gap inside a cell."""
    gap, em = b.x0 - right, max(a.bottom - a.top, b.bottom - b.top)
    if gap <= 0.18 * em:
        return False
    filled = sum(
        min(blank.x1, b.x0) - max(blank.x0, right) for blank in blanks if blank.x0 < b.x0 and blank.x1 > right
    )
    if filled > 0.6 * gap and gap < 2.5 * em and not (a.text.isdigit() and b.text.isdigit()):
        return False
    if b.text in "（(" and gap > 0.25 * em:
        return True
    both_wide = is_wide(a.text) + is_wide(b.text)
    return gap > (0.28, 0.45, 0.55)[both_wide] * em
