"""Characters with positions → lines of text, and the text of a table cell.

Pure geometry, shared by every paged format. Positions decide, never the order of the file: some
producers write both quotation marks of a line in one piece. Only where positions leave two readings
(text set in columns from top to bottom) the order of the file tells which one it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from linter.document.geometry import Box, Char, is_wide, median

_OPENING = frozenset("（〔【《〈“‘「『([{<")
_CLOSING = frozenset("，。、；：？！）〕】》〉”’」』…,.;:?!)]}>%％")
_PADDING = 6.0
"""The largest usual distance in points between a cell's border and its text, on either side."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as printed.

    `em` is its font size, `head` the width of its first unbreakable piece, `reach` its right end
    without closing punctuation, which may hang over the margin.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    head: float
    reach: float

    @property
    def box(self) -> Box:
        """The outline."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        """The height at which the line runs."""
        return (self.top + self.bottom) / 2


def glued(first: str, second: str) -> str:
    """Two parts of one broken line as one text: Latin words are kept apart, all else is joined.

    A break inside a number or an address of the web is a break of the paper, not of the text.
    """
    if not first or not second:
        return first + second
    a, b = first[-1], second[0]
    if not (a.isascii() and b.isascii() and a.isalnum() and b.isalnum()) or (a.isdigit() and b.isdigit()):
        return first + second
    word = first.rpartition(" ")[2]
    broken_address = any(sign in word for sign in ("/", "www.", "@"))
    return first + second if broken_address else f"{first} {second}"


def read_lines(chars: Sequence[Char]) -> list[PrintedLine]:
    """The characters as lines from top to bottom, each read from left to right."""
    rows: list[list[Char]] = []
    row: list[Char] = []
    middle = height = 0.0
    for char in sorted(chars, key=lambda char: char[2] + char[4]):
        _, _, top, _, bottom, _ = char
        own = (top + bottom) / 2
        size = bottom - top
        if row and own - middle <= 0.35 * (size if size < height else height):
            row.append(char)
            middle += (own - middle) / len(row)
        else:
            row = [char]
            rows.append(row)
            middle, height = own, size
    return [line for line in map(_line, rows) if line is not None]


_LEFT = itemgetter(1)


def _line(row: list[Char]) -> PrintedLine | None:
    row.sort(key=_LEFT)
    glyphs = _without_overprint(row)
    if not glyphs:
        return None
    wide = [is_wide(char[0]) for char in glyphs]
    em = _em(glyphs, wide)
    gaps = [b[1] - a[3] for a, b in pairwise(glyphs)]
    usual = [gap for gap, a, b in zip(gaps, wide, wide[1:], strict=False) if a and b]
    # Justified lines are stretched evenly: only what goes beyond that is a gap.
    stretch = max(0.0, median(usual)) if len(usual) >= 3 else 0.0
    spaces = [char[1] for char in row if char[0] == " "]
    parts = [glyphs[0].text]
    narrow = 0.12 * em
    for index, gap in enumerate(gaps, 1):
        char = glyphs[index]
        if gap > narrow:
            left = glyphs[index - 1].x1 - 0.1 * em
            spaced = any(left <= x < char.x0 for x in spaces)
            parts.append(_blank(gap / em, stretch / em, wide[index - 1] + wide[index], spaced=spaced))
        parts.append(char[0])
    last = glyphs[-1]
    reach = last.x0 if last.text in _CLOSING and len(glyphs) > 1 else last.x1
    top, bottom = min([char[2] for char in glyphs]), max([char[4] for char in glyphs])
    right = max([char[3] for char in glyphs])
    return PrintedLine("".join(parts), glyphs[0].x0, top, right, bottom, em, _head(glyphs), reach)


def _without_overprint(row: list[Char]) -> list[Char]:
    """The printed characters of a row; bold type made by printing twice counts once."""
    glyphs: list[Char] = []
    for char in row:
        text = char[0]
        if text == " ":
            continue
        if glyphs:
            last = glyphs[-1]
            if last[0] == text and char[1] - last[1] < 0.25 * (last[3] - last[1]):
                continue
        glyphs.append(char)
    return glyphs


def _em(glyphs: Sequence[Char], wide: Sequence[bool]) -> float:
    widths = [char[3] - char[1] for char, is_square in zip(glyphs, wide, strict=True) if is_square]
    if widths:
        return max(median(widths), 1.0)
    return max(0.75 * median(char.bottom - char.top for char in glyphs), 1.0)


def _blank(gap: float, stretch: float, wide: int, *, spaced: bool) -> str:
    """The blanks that a gap stands for, all in em; `wide` counts the full-width neighbours.

    `spaced` tells that the file has a blank there. Between Han and Latin a quarter em is set without.
    """
    least = 0.12 if spaced else (0.18, 0.5, 0.6)[wide]
    if gap <= least + (0.0, 0.0 if spaced else stretch, stretch)[wide]:
        return ""
    return " " if gap < 2 else " " * round(2 * gap)


def _head(glyphs: Sequence[Char]) -> float:
    """Width of the first piece of a line that could not have been broken."""
    index = 0
    last = len(glyphs) - 1
    while True:
        while index < last and glyphs[index].text in _OPENING:
            index += 1
        index = _word_end(glyphs, index)
        while index < last and glyphs[index + 1].text in _CLOSING:
            index += 1
        following = glyphs[min(index + 1, last)].text
        tied = glyphs[index].text in _CLOSING and (following in _OPENING or not is_wide(following))
        if index == last or not tied:
            break
        index += 1
    return glyphs[index].x1 - glyphs[0].x0


def _word_end(glyphs: Sequence[Char], index: int) -> int:
    """Where the Latin word or number that begins at `index` ends; `index` itself for a Han character."""
    while (
        index < len(glyphs) - 1
        and not is_wide(glyphs[index].text)
        and not is_wide(glyphs[index + 1].text)
        and glyphs[index + 1].x0 - glyphs[index].x1 < 0.15 * (glyphs[index].bottom - glyphs[index].top)
    ):
        index += 1
    return index


# --- cells -------------------------------------------------------------------------------------


def cell_text(chars: Sequence[Char], box: Box) -> str:
    r"""The text of a cell, given its characters in the order of the file and its outline.

    Lines broken by the cell's width are joined, others are kept apart by "\n".
    """
    glyphs = [char for char in chars if char[0] != " "]
    if len(glyphs) < 2:
        return glyphs[0].text if glyphs else ""
    if _in_one_run(glyphs):
        return "".join([char[0] for char in glyphs])
    glyphs = _printed_once(glyphs)
    written = _stacked(glyphs)
    if written is not None:
        return written
    lines = read_lines(chars)
    numeric = all(line.text.isdigit() for line in lines)
    even = len({len(line.text) for line in lines[:-1]}) == 1 if len(lines) > 1 else True
    text = lines[0].text
    for before, line in pairwise(lines):
        room = box[2] - box[0] - (before.x1 - before.x0) - 2 * _PADDING
        fits = room >= line.head
        two_numbers = text[-1].isdigit() and line.text[0].isdigit() and not (numeric and even)
        text = f"{text}\n{line.text}" if fits or two_numbers else glued(text, line.text)
    return text


def _printed_once(glyphs: Sequence[Char]) -> list[Char]:
    """The characters without those printed again at nearly the same place, for bold type."""
    if len({char.text for char in glyphs}) == len(glyphs):
        return list(glyphs)
    kept: list[Char] = []
    taken: set[tuple[str, int, int]] = set()
    for char in glyphs:
        # Places to a quarter of the character: a copy is in the same square or in one beside it.
        x = int(4 * char.x0 / max(char.x1 - char.x0, 0.1))
        y = int(4 * char.bottom / max(char.bottom - char.top, 0.1))
        if not any((char.text, x + i, y + j) in taken for i in (0, -1, 1) for j in (0, -1, 1)):
            taken.add((char.text, x, y))
            kept.append(char)
    return kept


def _in_one_run(glyphs: Sequence[Char]) -> bool:
    """Whether the characters stand one after another without gaps, as in most cells of a table."""
    before = glyphs[0]
    for char in glyphs[1:]:
        # By index: a name costs twice as much, and every character of a table comes by.
        if not (-0.5 < char[2] - before[2] < 0.5 and -0.5 < char[1] - before[3] < 0.5):
            return False
        before = char
    return True


def _stacked(glyphs: Sequence[Char]) -> str | None:
    """The text where characters are set below (or above) one another, or all in one place."""
    onward = downward = upward = still = 0
    for (text, a0, a_top, a1, a_bottom, _), (other, b0, b_top, b1, b_bottom, _) in pairwise(glyphs):
        size = max(a_bottom - a_top, b1 - b0, 1.0)
        across = (b0 + b1 - a0 - a1) / 2
        along = (b_top + b_bottom - a_top - a_bottom) / 2
        if abs(across) < 0.2 * size and abs(along) < 0.2 * size:
            still += text != other
        elif abs(across) < 0.45 * size:
            downward += along > 0
            upward += along < 0
        elif abs(along) < 0.45 * size:
            onward += 1
    if still > max(onward, downward, upward):
        return "".join(char.text for char in glyphs)
    if any(char.text.isascii() and not _alone(char, glyphs) for char in glyphs):
        return None  # figures beside their neighbours are set in lines, whatever order they come in
    if downward > onward and downward >= upward:
        return _columns(glyphs, rightmost_first=True)
    if upward > onward:
        return _columns(glyphs, rightmost_first=False)
    return None


def _alone(char: Char, glyphs: Sequence[Char]) -> bool:
    """Whether no other character stands on the line of this one."""
    return all(
        other is char or other.bottom <= char.top + 0.5 or other.top >= char.bottom - 0.5 for other in glyphs
    )


def _columns(glyphs: Sequence[Char], *, rightmost_first: bool) -> str:
    """Vertical text: read downwards, columns from the right; or, turned, upwards from the left."""
    sign = -1 if rightmost_first else 1
    columns: list[list[Char]] = []
    edge = 0.0
    for char in sorted(glyphs, key=lambda char: sign * (char.x0 + char.x1)):
        middle = (char.x0 + char.x1) / 2
        if columns and abs(middle - edge) < 0.5 * (char.x1 - char.x0):
            columns[-1].append(char)
        else:
            columns.append([char])
            edge = middle
    return "".join(
        char.text
        for column in columns
        for char in sorted(column, key=lambda char: -sign * (char.top + char.bottom))
    )
