"""Rows of the statistics table from text: a figure belongs to the label right before it.

The figures are taken only where they are as many as the columns that the header names, and set off by
blanks. Where cells ran together nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.document.model import Line, Location
from linter.report.flow import Text, text_part
from linter.report.model import State
from linter.report.statistics.grids import role_of
from linter.report.statistics.labels import UNITS, FoundRow, cores, label_pattern
from linter.report.tables.assembled import RAN_TOGETHER
from linter.report.tables.values import read_value

NO_FIGURE = "文字中这一行没有留下数字（空格，或转换时丢失）"
MISCOUNTED = "这一行的数字个数与表头的列数不符，无法确定哪一个是本年度的数"
OUT_OF_ORDER = "转换后的文字次序混乱，无法确定数字属于哪一行"

_LEAST_ROWS = 4
_WIDEST_GAP = 80
_HEADER = re.compile(r"指\s*标(?:\s*名\s*称)?")
_NUMBERING = re.compile(
    r"(?:其中\s*[:：]?\s*)?"
    r"(?:(?<![\d.])\d{1,2}\s*[.．、]|[(（]\s*[一二三四五六七八九十\d]{1,3}\s*[)）][、.]?"
    r"|[一二三四五六七八九十]{1,3}\s*、)?\s*(?:其中\s*[:：]?\s*)?$"
)
_REMARK = re.compile(r"\s*[(（][^()（）]{0,60}[)）]")
_GLUED = re.compile(rf"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})\d")


class TextTable(NamedTuple):
    """The table in a run of texts, which `before` and `after` are what is left of."""

    rows: tuple[FoundRow, ...]
    before: tuple[Text, ...]
    lines: tuple[Line, ...]
    location: Location
    after: tuple[Text, ...]
    lost: str | None


class _Label(NamedTuple):
    """A label from its numbering to its remark; its own words begin at `words`."""

    start: int
    words: int
    end: int
    keys: tuple[str, ...]


class _Run:
    """Texts one after another as one string."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts
        self.starts: list[int] = []
        size = 0
        for text in texts:
            self.starts.append(size)
            size += len(text.text) + 1
        self.whole = "\n".join(text.text for text in texts)

    def part(self, start: int, end: int) -> tuple[Text, ...]:
        """The texts of a stretch, cut at its ends."""
        parts: list[Text] = []
        for text, first in zip(self.texts, self.starts, strict=True):
            left, right = max(start, first), min(end, first + len(text.text))
            if left < right and self.whole[left:right].strip():
                whole = (left, right) == (first, first + len(text.text))
                parts.append(text if whole else text_part(text, left - first, right - first))
        return tuple(parts)

    def location(self, start: int, end: int) -> Location:
        """Where a stretch begins."""
        return self.part(start, end)[0].location


def find_table(texts: Sequence[Text]) -> TextTable | None:
    """The table in consecutive texts, or None."""
    run = _Run(texts)
    if "统计表" not in run.whole and not _HEADER.search(run.whole):
        return None
    labels = _densest(_labels(run.whole), run.whole)
    if len({label.keys for label in labels}) < _LEAST_ROWS:
        return None
    heads = [
        match.start()
        for match in _HEADER.finditer(run.whole, max(0, labels[0].start - _WIDEST_GAP), labels[0].start)
    ]
    begin = heads[-1] if heads else labels[0].start
    columns = _columns(run.whole[begin : labels[0].start])
    rows: list[FoundRow] = []
    end = begin
    glued = 0
    for label, following in pairwise([*labels, None]):
        assert label is not None
        limit = following.start if following else len(run.whole)
        behind = run.whole[label.end : following.words if following else limit]
        found, end = _row(run, label, limit, columns)
        glued += _GLUED.match(behind.lstrip()) is not None
        rows += found if following else found[:1]
    lost = RAN_TOGETHER if glued * 2 > len(labels) else None
    if lost:
        end = labels[-1].end + len(run.whole[labels[-1].end :].partition("\n")[0].split(" ")[0])
        rows = [row._replace(values={}, lost=lost) for row in rows]
    pieces = run.part(begin, end)
    lines = tuple(line for text in pieces for line in text.lines or (Line(text.text, text.location),))
    return TextTable(
        tuple(rows),
        run.part(0, begin),
        lines,
        pieces[0].location,
        run.part(end, len(run.whole)),
        lost,
    )


def _labels(text: str) -> list[_Label]:
    places = [place for place, character in enumerate(text) if character.isalnum()]
    bare = "".join(text[place] for place in places)
    labels: list[_Label] = []
    end = 0
    for match in label_pattern().finditer(bare):
        start, after = places[match.start()], places[match.end() - 1] + 1
        if start < end:
            continue
        numbering = _NUMBERING.search(text, end, start)
        remark = _REMARK.match(text, after)
        end = remark.end() if remark else after
        first = numbering.start() if numbering else start
        labels.append(_Label(first, start, end, cores()[match[1]]))
    return labels


def _densest(labels: Sequence[_Label], text: str) -> list[_Label]:
    """The longest run of labels with nothing but cells between them: prose has the words too."""
    best: list[_Label] = []
    current: list[_Label] = []
    for label in labels:
        between = text[current[-1].end : label.start] if current else ""
        if current and (len(between) > _WIDEST_GAP or "。" in between or "，" in between):
            current = []
        current = [*current, label]
        if len(current) > len(best):
            best = current
    return best


def _columns(head: str) -> tuple[str, ...]:
    """The roles of the value columns in order, by the header; empty where it is not understood."""
    words = re.findall(r"20\d\d\s*年度?|历年累计|累计数?|统计数|本年度?数?|上年度?数?|数量|合计|备注", head)
    roles = [role_of(word) or "other" for word in words]
    if not roles:
        return ("value",)
    return tuple(roles) if roles.count("value") == 1 and "other" not in roles else ()


def _row(run: _Run, label: _Label, limit: int, columns: Sequence[str]) -> tuple[list[FoundRow], int]:
    """The row of a label, followed by an unknown row where more figures stand after it; and its end."""
    tokens = list(re.compile(r"\S+").finditer(run.whole, label.end, limit))
    if tokens and tokens[0].group() in UNITS:
        tokens = tokens[1:]
    figures: list[re.Match[str]] = []
    for token in tokens:
        if read_value(token.group()).state not in (State.NUMBER, State.PLACEHOLDER):
            break
        if re.match(r"[0０][0-9０-９]", token.group()):  # two figures that ran together
            break
        figures.append(token)
    location = run.location(label.start, label.end)
    words = " ".join(run.whole[label.start : label.end].split())
    end = figures[-1].end() if figures else label.end
    rest = tokens[len(figures) :]
    rows: list[FoundRow]
    # A unit stands before its figure; behind it, the lines are not in the order of the cells.
    disordered = bool(figures and rest and rest[0].group() in UNITS)
    if disordered:
        rows = [FoundRow(label.keys, words, {}, location, OUT_OF_ORDER)]
    elif len(figures) == len(columns) and figures:
        values = {
            column: (figure.group(), run.location(figure.start(), figure.end()))
            for column, figure in zip(columns, figures, strict=True)
        }
        rows = [FoundRow(label.keys, words, values, location)]
    else:
        rows = [FoundRow(label.keys, words, {}, location, MISCOUNTED if figures else NO_FIGURE)]
    if any(_is_word(token.group()) for token in rest):
        rows.append(_unknown_row(run, rest))
    return rows, end


def _is_word(token: str) -> bool:
    return token not in UNITS and read_value(token).state is State.TEXT


def _unknown_row(run: _Run, tokens: Sequence[re.Match[str]]) -> FoundRow:
    """What stands between two known labels: rows of no known form, or headings inside the table."""
    figures = [token for token in tokens if read_value(token.group()).state is State.NUMBER]
    values = {
        str(place): (figure.group(), run.location(figure.start(), figure.end()))
        for place, figure in enumerate(figures)
    }
    words = " ".join(token.group() for token in tokens if _is_word(token.group()))
    return FoundRow((), words, values, run.location(tokens[0].start(), tokens[0].end()))
