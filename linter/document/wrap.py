"""Lines broken by the page they come from, rejoined into paragraphs.

Text that was taken out of a PDF ends its lines where the page did. A line goes on in the next where the
next line's first word would not have fitted on it, judged by the width that most long lines of the text
have; beside a picture, where lines are shorter, by the width of its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from linter.document.lines import (
    BLANKS,
    ORDINAL,
    URL_ONLY,
    is_tabular,
    join_lines,
    page_ends_between,
    printed_width,
    without_justification,
)
from linter.document.model import Line, Paragraph

_LONG = 30
_INDENT = 4
_BLANK_CELLS = 4
_ENDING = re.compile(r"[。！？；：!?;:…][”’」』》）)\"']*$")
_CLAUSE = re.compile(r"[，。；：,;]")
_COMPLETE_HEADING = re.compile(
    r"(?:情况|事项|问题|措施|方向|内容|建设|工作|要求|打算|说明|附件|概述|概况|公开|管理|保障|制度|机制|总计|数量|处理|信息|提供)$"
)
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}是")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[A-Za-z0-9./:@_%,+-]+|.")
_CLOSING = "，。；：、！？”’》）」』】,.;:!?)]"


class Shape(NamedTuple):
    """How the lines of one text are set.

    `full` is the printed width of a full line, None where lines are not broken by a page. `gap` is the
    usual number of blank lines between two lines of one paragraph. `blank_ends` is true where a blank at
    the end of a line marks the end of a paragraph.
    """

    full: float | None
    gap: int
    blank_ends: bool


def measure(lines: Sequence[Line]) -> Shape:
    """The shape of a text, from all its lines, blank ones included."""
    rows: list[tuple[str, float, int]] = []
    blank = 0
    for line in lines:
        if not line.text.strip(BLANKS):
            blank += 1
            continue
        rows.append((line.text, printed_width(line.text), blank))
        blank = 0
    long = [(text, width) for text, width, _ in rows if width >= _LONG and not is_tabular(text)]
    # Lines that end paragraphs have any width: only those that break off a sentence tell how wide a line is.
    broken = [width for text, width in long if _CLAUSE.search(text) and not _ENDING.search(text.rstrip())]
    if not broken:
        return Shape(None, 0, False)
    counts = Counter(round(width) for width in broken)
    mode = max(counts, key=lambda width: (sum(counts[near] for near in range(width - 1, width + 2)), width))
    near = sum(1 for width in broken if abs(width - mode) <= 5)
    wider = sum(1 for _, width in long if width > mode + 16)
    if near < 3 or near * 2 < len(broken) or wider * 20 > len(long):
        return Shape(None, 0, False)
    inner = [
        (rows[index][0], rows[index + 1][2])
        for index in range(len(rows) - 1)
        if rows[index][1] >= mode - 3 and not _ENDING.search(rows[index][0].rstrip())
    ]
    gaps = Counter(gap for _, gap in inner)
    gap = gaps.most_common(1)[0][0] if gaps else 0
    with_blank = sum(1 for text, _ in inner if text != text.rstrip(BLANKS))
    short = [text for text, width, _ in rows if width < mode - 6]
    short_with_blank = sum(1 for text in short if text != text.rstrip(BLANKS))
    return Shape(float(mode), gap, with_blank * 10 <= len(inner) and short_with_blank * 2 > len(short))


def paragraphs(lines: Sequence[Line], shape: Shape) -> list[Paragraph]:
    """The paragraphs of `lines` (blank lines included, which tell distances).

    A line of several blanks is what blank cells of a table leave behind: it stays among the raw lines of
    the paragraph above it.
    """
    result: list[Paragraph] = []
    raw: list[Line] = []
    printed: list[Line] = []
    blank = 0
    for line in lines:
        if not line.text.strip(BLANKS):
            blank += 1
            if printed and len(line.text) >= _BLANK_CELLS:
                raw.append(line)
            continue
        if printed and not _runs_on(printed, line, blank, shape):
            result.append(_paragraph(printed, raw))
            raw, printed = [], []
        raw.append(line)
        printed.append(line)
        blank = 0
    if printed:
        result.append(_paragraph(printed, raw))
    return result


def _paragraph(printed: Sequence[Line], raw: Sequence[Line]) -> Paragraph:
    text = join_lines(plain(line.text) for line in printed)
    return Paragraph(text, tuple(raw), printed[0].location)


def plain(text: str) -> str:
    """A line's text for reading: ends stripped, special blanks made plain, justification undone."""
    core = text.strip(BLANKS)
    if "\t" in core:
        return core
    return without_justification(core.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", ""))


def _runs_on(current: Sequence[Line], following: Line, blank: int, shape: Shape) -> bool:
    last = current[-1]
    line, after = last.text.strip(BLANKS), following.text.strip(BLANKS)
    if len(current) == 1 and after.startswith("年") and _YEAR.fullmatch(line):
        return True  # figures set in another type, which a conversion wrote as a line of their own
    if is_tabular(last.text) or is_tabular(following.text) or _is_beginning(current, after, shape):
        return False
    if shape.full is None:
        return _sentence_runs_on(line, after)
    if blank > shape.gap and shape.gap == 0 and not page_ends_between(last.location, following.location):
        return False
    first = len(current) == 1
    return _is_full(line, after, first, shape.full, _is_indented(following.text)) or _is_narrow(
        current, after
    )


def _is_beginning(current: Sequence[Line], after: str, shape: Shape) -> bool:
    """Whether the line `after` is the first of a paragraph, however full the one above it is."""
    above = current[-1].text
    if shape.blank_ends:
        if above != above.rstrip(BLANKS):
            return True
    elif _ENDING.search(above.rstrip(BLANKS)) and _begins_item(current, after):
        return True
    return bool(ORDINAL.match(after) or URL_ONLY.fullmatch(after))


def _begins_item(current: Sequence[Line], after: str) -> bool:
    """Whether a line that begins 二是 … is a paragraph of its own: not where 一是 … stands inside one."""
    if _ITEM.match(after) is None:
        return False
    text = "".join(part.text.strip(BLANKS) for part in current)
    return not any(
        found.start() and text[found.start() - 1] in "。；：，;:" for found in _ITEM.finditer(text)
    )


def _sentence_runs_on(line: str, after: str) -> bool:
    """Where each paragraph is one line: only a sentence that a page cut in two is rejoined."""
    if printed_width(line) < 60 or _ENDING.search(line) or line[-1] in ")）】]":
        return False
    return _CLAUSE.search(line) is not None and _CLAUSE.search(after) is not None


def _is_full(line: str, after: str, first: bool, full: float, indented: bool) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    width = printed_width(line)
    if URL_ONLY.match(line) and " " not in line:
        return width >= full - 8 and after.isascii()
    if _ENDING.search(line):
        return (
            width + (_INDENT if first else 0) >= full - 1
            and not indented
            and _CLAUSE.search(after) is not None
        )
    if ORDINAL.match(line) and not _CLAUSE.search(line) and _COMPLETE_HEADING.search(line):
        return False
    if without_justification(line) != line:
        return True
    word = _WORD.match(after)
    needed = printed_width(word.group()) if word else 0
    if word and after[word.end() : word.end() + 1] in _CLOSING:
        needed += 2
    return width + (_INDENT if first else 0) + needed > full - 1


def _is_narrow(current: Sequence[Line], after: str) -> bool:
    """The same beside a picture, where the lines of a passage are short and about equally wide."""
    line = current[-1].text.strip(BLANKS)
    width, next_width = printed_width(line), printed_width(after)
    first = len(current) == 1
    if width < 12 or _ENDING.search(line):
        return False
    passage = any(_CLAUSE.search(part.text) for part in current)
    if not passage and not _CLAUSE.search(after):
        return False
    if ORDINAL.match(line) and not _CLAUSE.search(line):
        return first and line[0].isdigit() and -2 <= width + _INDENT - next_width <= 6
    if line[-1] in "，、（《“" and passage:
        return True
    widest = next_width if first else min(next_width, printed_width(current[-2].text))
    return width + (_INDENT if first else 0) + 2 >= widest - 2


def _is_indented(text: str) -> bool:
    return text.startswith(("  ", "\u3000", "\u00a0", "\t"))
