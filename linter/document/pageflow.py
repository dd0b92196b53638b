"""Lines of pages → running heads and page numbers taken out, the rest joined to paragraphs.

Pure geometry, shared by every paged format. A line goes on in the next one where the next line's
first piece would not have fitted on it and nothing else tells a new paragraph: first-line indent,
distance, size, or the number of a heading after a full stop. The same holds over page ends.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from linter.document.geometry import Box, median
from linter.document.pagetext import PrintedLine, glued, read_lines
from linter.document.ruling import FilledGrid

Element: TypeAlias = "PrintedLine | FilledGrid"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as lines and tables from top to bottom."""

    number: int
    width: float
    height: float
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its text and its lines, each with its page."""

    text: str
    lines: tuple[tuple[int, PrintedLine], ...]
    centered: bool


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of the text body, in points."""

    left: float
    right: float


def sheet(number: int, width: float, height: float, elements: Iterable[Element]) -> Sheet:
    """A sheet with its elements put in order."""
    return Sheet(number, width, height, tuple(sorted(elements, key=lambda element: _box(element)[1])))


def _box(element: Element) -> Box:
    return element.grid.box if isinstance(element, FilledGrid) else element.box


# --- single boxes ---------------------------------------------------------------------------------

_ROW = 60.0
"""A row of a table is hardly higher than this; a higher box is a frame."""


def is_box(element: Element) -> bool:
    """Whether an element is a single box: a framed paragraph, or one row of a table cut by a page end."""
    return isinstance(element, FilledGrid) and len(element.grid.areas) == 1


def without_frames(one: Sheet) -> Sheet:
    """The sheet with framed text as plain lines, save a low box that opens or ends the page."""
    inner = [element for element in one.elements if not _in_margin(element, one)]
    elements: list[Element] = []
    for element in one.elements:
        at_end = element in (inner[:1] + inner[-1:]) and _box(element)[3] - _box(element)[1] < _ROW
        elements += [element] if at_end or not is_box(element) else _unboxed(element)
    return sheet(one.number, one.width, one.height, elements)


def with_cut_rows(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with boxes that go on in a table over the page end as tables, all others as lines."""
    resolved: list[Sheet] = []
    for index, one in enumerate(sheets):
        elements = list(one.elements)
        before = sheets[index - 1].elements[-1:] if index else ()
        after = sheets[index + 1].elements[:1] if index + 1 < len(sheets) else ()
        for place, neighbour in ((0, before), (-1, after)):
            if (
                elements
                and is_box(elements[place])
                and not (neighbour and _same_edges(elements[place], neighbour[0]))
            ):
                lone = elements[place]
                at = elements.index(lone)
                elements[at : at + 1] = _unboxed(lone)
        resolved.append(Sheet(one.number, one.width, one.height, tuple(elements)))
    return resolved


def _in_margin(element: Element, one: Sheet) -> bool:
    return isinstance(element, PrintedLine) and (_at_edge(element, one, 0) or _at_edge(element, one, -1))


def _unboxed(element: Element) -> list[PrintedLine]:
    return read_lines(element.chars[0]) if isinstance(element, FilledGrid) else []


def _same_edges(one: Element, other: Element) -> bool:
    a, b = _box(one), _box(other)
    return isinstance(other, FilledGrid) and abs(a[0] - b[0]) < 4 and abs(a[2] - b[2]) < 4


# --- page numbers and running heads ---------------------------------------------------------------

_DASH = "\\-—－–─~～·•"
_COUNT = "[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}"
_DECORATED = re.compile(
    rf"[{_DASH}\s]+(?:{_COUNT})[{_DASH}\s]+"
    rf"|第?\s*(?:{_COUNT})\s*页\s*[,，/／|]?\s*(?:[共（(]\s*共?\s*(?:{_COUNT})\s*页?\s*[）)]?)?"
    rf"|共\s*(?:{_COUNT})\s*页\s*[,，/／|]?\s*第\s*(?:{_COUNT})\s*页"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}"
    r"|[Pp]age\s+\d{1,3}(?:\s+of\s+\d{1,3})?"
)
_BARE = re.compile(r"[0-9０-９]{1,3}")
_DIGITS = re.compile(r"[0-9０-９]+")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])"
)
_EDGE = 0.13
"""Share of the page's height, at the top and at the bottom, where running heads stand."""


def without_furniture(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[str]]:
    """The sheets without page numbers and running heads, and notes on what may have been one."""
    repeated = _repeated(sheets)
    counted = _counted(sheets)
    notes: list[str] = []
    cleaned: list[Sheet] = []
    for one in sheets:
        elements = list(one.elements)
        for side in (0, -1):
            while elements and isinstance(line := elements[side], PrintedLine):
                text = line.text.strip()
                at_edge = _at_edge(line, one, side)
                if _DECORATED.fullmatch(text) or (at_edge and _key(line, side) in repeated):
                    elements.pop(side)
                elif _BARE.fullmatch(text):
                    if int(text) - one.number in counted or (int(text) == one.number and at_edge):
                        elements.pop(side)
                    else:
                        where = "开头" if side == 0 else "末尾"
                        notes.append(f"第 {one.number} 页{where}单独一行“{text}”可能是页码，已当作正文保留")
                        break
                else:
                    break
        cleaned.append(Sheet(one.number, one.width, one.height, tuple(elements)))
    return cleaned, notes


def _at_edge(line: PrintedLine, one: Sheet, side: int) -> bool:
    return line.bottom < _EDGE * one.height if side == 0 else line.top > (1 - _EDGE) * one.height


def _key(line: PrintedLine, side: int) -> tuple[int, str, int]:
    return side, _DIGITS.sub("#", line.text.strip()), round(line.middle / 4)


def _repeated(sheets: Sequence[Sheet]) -> set[tuple[int, str, int]]:
    """Lines at the edge that stand at the same height on several pages, page numbers aside."""
    seen: Counter[tuple[int, str, int]] = Counter()
    for one in sheets:
        for side in (0, -1):
            outer = one.elements[:3] if side == 0 else one.elements[-3:]
            keys = {
                _key(line, side)
                for line in outer
                if isinstance(line, PrintedLine)
                and _at_edge(line, one, side)
                and not _HEADING.match(line.text)
            }
            seen.update(keys)
    least = 2 if len(sheets) <= 3 else 3
    return {key for key, count in seen.items() if count >= least}


def _counted(sheets: Sequence[Sheet]) -> set[int]:
    """Differences between a bare number at a page's edge and the page's place that come twice."""
    seen: Counter[int] = Counter()
    for one in sheets:
        found = {
            int(line.text.strip()) - one.number
            for line in (*one.elements[:1], *one.elements[-1:])
            if isinstance(line, PrintedLine) and _BARE.fullmatch(line.text.strip())
        }
        seen.update(found)
    return {difference for difference, count in seen.items() if count >= 2}


# --- paragraphs --------------------------------------------------------------------------------

_ENDED = re.compile(r"[。；：！？;:!?…][”’」』）)》\"']*\s*$")
_LISTED = re.compile(r"\s*(?:\d{1,2}\s*[.．、)）]|[（(]\d{1,2}[)）]|[①-⑳•·●○■◆▪\-])")


def flow(sheets: Sequence[Sheet]) -> list[tuple[int, Passage | FilledGrid]]:
    """Paragraphs and tables in reading order, each with the page on which it begins."""
    margins = _margins(sheets)
    pitches = _pitches(sheets)
    blocks: list[tuple[int, Passage | FilledGrid]] = []
    open_lines: list[tuple[int, PrintedLine]] = []

    def close() -> None:
        if open_lines:
            blocks.append((open_lines[0][0], _passage(open_lines, margins)))
            open_lines.clear()

    for one in sheets:
        for element in one.elements:
            if isinstance(element, FilledGrid):
                close()
                blocks.append((one.number, element))
                continue
            if open_lines and not _goes_on(open_lines, (one.number, element), margins, pitches):
                close()
            open_lines.append((one.number, element))
    close()
    return blocks


def _passage(lines: Sequence[tuple[int, PrintedLine]], margins: dict[int, Margins]) -> Passage:
    text = ""
    for _, line in lines:
        text = glued(text, line.text)
    centered = all(_is_centered(line, margins[page]) for page, line in lines)
    return Passage(text, tuple(lines), centered)


def _is_centered(line: PrintedLine, margins: Margins) -> bool:
    before, after = line.x0 - margins.left, margins.right - line.x1
    return before > 1.2 * line.em and abs(before - after) < 0.6 * line.em


def _goes_on(
    so_far: Sequence[tuple[int, PrintedLine]],
    following: tuple[int, PrintedLine],
    margins: dict[int, Margins],
    pitches: dict[int, float],
) -> bool:
    """Whether the line `following` belongs to the paragraph of the lines `so_far`."""
    page, line = so_far[-1]
    next_page, after = following
    edges, next_edges = margins[page], margins[next_page]
    ended = _ENDED.search(line.text) is not None
    short = len(so_far) == 1 and line.x1 - edges.left < 0.6 * (edges.right - edges.left)
    if (
        short
        or edges.right - line.x1 >= after.head + 0.5 * after.em
        or not 0.85 < after.em / line.em < 1.18
        or _too_far(so_far, following, pitches)
        or (ended and (_HEADING.match(after.text) or _LISTED.match(after.text)))
    ):
        return False
    if _is_centered(after, next_edges) and abs(_axis(line) - _axis(after)) < 0.6 * line.em:
        return not ended
    indent = after.x0 - next_edges.left
    step = indent - (line.x0 - edges.left)
    if len(so_far) > 1:
        return abs(step) < 0.9 * line.em
    if ended and abs(step) < 0.5 * line.em and 1.2 * line.em < indent < 3 * line.em:
        return False
    listed, hanging = _LISTED.match(line.text), 0 < step < 3.2 * line.em
    return step < 0.7 * line.em or bool(listed and hanging and not ended and not _LISTED.match(after.text))


def _axis(line: PrintedLine) -> float:
    return (line.x0 + line.x1) / 2


def _too_far(
    so_far: Sequence[tuple[int, PrintedLine]], following: tuple[int, PrintedLine], pitches: dict[int, float]
) -> bool:
    """Whether the distance to the next line is larger than between lines of one paragraph."""
    page, line = so_far[-1]
    if following[0] != page:
        return False
    own = [b.middle - a.middle for (p, a), (q, b) in pairwise(so_far) if p == q]
    usual = median(own) if own else pitches.get(round(line.em), 2.5 * line.em)
    return following[1].middle - line.middle > 1.3 * usual + 1.0


def _pitches(sheets: Sequence[Sheet]) -> dict[int, float]:
    """For each font size the usual distance between lines: the smaller of the most frequent ones."""
    seen: dict[int, Counter[int]] = defaultdict(Counter)
    for one in sheets:
        for a, b in pairwise(one.elements):
            if isinstance(a, PrintedLine) and isinstance(b, PrintedLine):
                distance = b.middle - a.middle
                if 0.9 * a.em < distance < 4 * a.em and abs(a.em - b.em) < 0.1 * a.em:
                    seen[round(a.em)][round(distance)] += 1
    return {
        em: float(min(each for each, count in counts.items() if count * 4 >= max(counts.values())))
        for em, counts in seen.items()
    }


def _margins(sheets: Sequence[Sheet]) -> dict[int, Margins]:
    """The text body of each page: its own where it has lines enough, else that of pages of its size."""
    groups: dict[tuple[int, int], list[PrintedLine]] = defaultdict(list)
    for one in sheets:
        groups[round(one.width), round(one.height)].extend(_lines(one))
    shared = {size: _at_least_half(_edges(lines), size[0]) for size, lines in groups.items()}
    margins: dict[int, Margins] = {}
    for one in sheets:
        common = shared[round(one.width), round(one.height)]
        own = _edges(_lines(one)) if len(_lines(one)) >= 8 else common
        same_width = abs((own.right - own.left) - (common.right - common.left)) < 12
        margins[one.number] = own if same_width else common
    return margins


def _at_least_half(edges: Margins, width: float) -> Margins:
    """Edges of pages with short lines only: a body with equal margins on both sides."""
    if edges.right - edges.left >= 0.5 * width:
        return edges
    return Margins(edges.left, max(edges.right, width - edges.left))


def _lines(one: Sheet) -> list[PrintedLine]:
    return [element for element in one.elements if isinstance(element, PrintedLine)]


def _edges(lines: Sequence[PrintedLine]) -> Margins:
    """Outermost position on either side that several lines reach."""
    if not lines:
        return Margins(0.0, 0.0)
    em = median(line.em for line in lines)
    least = max(2, len(lines) // 20)
    rights = sorted((line.reach for line in lines), reverse=True)
    lefts = sorted(line.x0 for line in lines)
    right = next((x for x in rights if sum(x - em <= other <= x for other in rights) >= least), rights[0])
    left = next((x for x in lefts if sum(x <= other <= x + em / 2 for other in lefts) >= least), lefts[0])
    return Margins(left, right)
