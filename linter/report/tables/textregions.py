"""Which text lines of the flow are a standard table: from its opening words to the next section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from linter.document.model import Line
from linter.report.flow import Item, Piece, Text
from linter.report.headings import heading_key
from linter.report.model import State
from linter.report.norm import TABLE_KEYS
from linter.report.tables.labels import compact, fold
from linter.report.tables.physical import lines_of
from linter.report.tables.textatoms import narrow, narrowed, vocabulary_of
from linter.report.tables.values import read_value

_OPENING = {
    "disclosure": ("第二十条第(一)项",),
    "applications": (
        "(本列数据的勾稽关系",
        "本列数据的勾稽关系",
        "申请人情况",
        "一、本年新收政府信息公开申请数量",
    ),
    "disputes": ("行政复议行政诉讼", "行政复议结果维持", "行政复议未经复议直接起诉"),
}
# Words of the last row (of the header, where there is one row only).
_LAST_WORDS = {"disclosure": "行政事业性收费", "applications": "结转下年度", "disputes": ""}
_LEAST_WORDS = 2
_LEAST_FIGURES = 8
_LONGEST_OPENING = 40
_LONGEST_CELL = 30
# Of a section that is a table with a cell a line, broken labels in pieces.
_MOST_ITEMS = 600
_SECTION_HEADING = r"[一二三四五六七八九十]{1,2}[、.．]"


def recognise_text_tables(items: Sequence[Item]) -> tuple[Item, ...]:
    """The flow with each run of text that is a standard table turned into a `Piece`."""
    flow: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        opening = _opening(items, index) if isinstance(item, Text) else None
        if opening is None or not isinstance(item, Text):
            flow.append(item)
            index += 1
            continue
        key, offset = opening
        before, first = _cut(item, offset)
        if before is not None:
            flow.append(before)
        run: list[Text] = [first]
        complete = _LAST_WORDS[key] in compact(first.text)
        index += 1
        while (
            index < len(items)
            and isinstance(following := items[index], Text)
            and not _ends(key, following, _opening(items, index), complete)
        ):
            run.append(following)
            complete = complete or _LAST_WORDS[key] in compact(following.text)
            index += 1
        lines, rest = _trim(key, run)
        flow.append(Piece(key, None, lines, first.location))
        flow.extend(rest)
    return tuple(flow)


def _opening(items: Sequence[Item], index: int) -> tuple[str, int] | None:
    """The table that begins in item `index`, and the offset in its text."""
    item = items[index]
    if not isinstance(item, Text):
        return None
    text = narrowed(item.text)
    squeezed = compact(text)
    for key, marks in _OPENING.items():
        for mark in marks:
            place = squeezed.find(mark)
            if place < 0:
                continue
            offset = _uncompacted(text, place)
            if place == 0 or _goes_on_as_table(key, squeezed[place + len(mark) :]):
                return key, offset
    if len(squeezed) <= _LONGEST_CELL:
        ahead = _text_ahead(items, index)
        for key, marks in _OPENING.items():
            if ahead.startswith(marks):
                return key, 0
    section = _section_before(items, index)
    if section in TABLE_KEYS and _is_scattered_table(section, items, index):
        return section, 0
    return None


def _section_before(items: Sequence[Item], index: int) -> str | None:
    """The section whose heading stands right before item `index`."""
    before = items[index - 1] if index else None
    heading = heading_key(before.text) if isinstance(before, Text) else None
    return heading.key if heading else None


def _is_scattered_table(key: str, items: Sequence[Item], index: int) -> bool:
    """Whether the section consists of the table's words and figures, in whatever order they came."""
    words, figures = "", 0
    for item in items[index : index + _MOST_ITEMS]:
        if not isinstance(item, Text) or _is_section_heading(item):
            break
        if "。" in item.text:  # `fold` drops it
            return False
        words += fold(item.text)
        figures += len(re.findall(r"(?<!\S)\d[\d,.]*(?!\S)", item.text))
    letters = Counter(words)
    known = sum(Counter(word) <= letters for word in vocabulary_of(key).all)
    return known >= _LEAST_WORDS and figures >= _LEAST_FIGURES


def _text_ahead(items: Sequence[Item], index: int) -> str:
    """What the items from `index` on begin with, cells a line run together."""
    ahead = ""
    for item in items[index : index + _LONGEST_OPENING]:
        if not isinstance(item, Text) or len(ahead) > _LONGEST_OPENING:
            break
        ahead += narrow(item.text)
    return ahead


def _goes_on_as_table(key: str, rest: str) -> bool:
    """Whether what follows an opening inside a paragraph is the table, not talk about it."""
    head = fold(rest[:40])
    return any(head.startswith(word) for word in vocabulary_of(key).prefixes)


def _uncompacted(text: str, place: int) -> int:
    seen = 0
    for offset, character in enumerate(text):
        if not character.isspace():
            if seen == place:
                return offset
            seen += 1
    return len(text)


def _cut(item: Text, offset: int) -> tuple[Text | None, Text]:
    """The item before and from `offset` of its text (lines are cut along where there is one only)."""
    if offset == 0 or not item.text[:offset].strip():
        return None, item
    head = item._replace(text=item.text[:offset].rstrip(), lines=())
    start = item.location._replace(column=(item.location.column or 1) + offset)
    tail_text = item.text[offset:]
    return head, Text(tail_text, (Line(tail_text, start),), start)


def _ends(key: str, item: Text, opening: tuple[str, int] | None, complete: bool) -> bool:
    """Whether `item` is no longer part of the table `key`; `opening` is the table that begins in it.

    Only a known section heading ends a table before it is `complete`: a broken row label may look
    like a heading of its own (三、本 | 年度办理结果).
    """
    if opening is not None and opening[0] != key:
        return True
    text = compact(item.text)
    if item.style.startswith("heading") or _is_section_heading(item):
        return True
    if not complete or re.match(_SECTION_HEADING, text) is None:
        return False
    if vocabulary_of(key).pattern.search(narrow(text)):
        return False
    return not any(word.startswith(fold(text)[:1]) for word in vocabulary_of(key).all)


def _is_section_heading(item: Text) -> bool:
    """Whether the item is the heading of a section, in a wording that no table row resembles."""
    heading = heading_key(item.text)
    return heading is not None and heading.match in ("title", "alias", "variant")


def _trim(key: str, run: Sequence[Text]) -> tuple[tuple[Line, ...], list[Text]]:
    """The lines of the run up to the last one that is part of the table, and what follows it as text."""
    owner: list[int] = []
    lines: list[Line] = []
    for index, text in enumerate(run):
        for line in lines_of(text):
            owner.append(index)
            lines.append(line)
    last = 0
    for index, line in enumerate(lines):
        if _belongs(key, line.text):
            last = index
    kept = owner[last]
    end = max(index for index, item in enumerate(owner) if item == kept) + 1
    return tuple(lines[:end]), list(run[kept + 1 :])


def _belongs(key: str, text: str) -> bool:
    squeezed = compact(text)
    if not squeezed:
        return False
    if read_value(squeezed).state in (State.NUMBER, State.PLACEHOLDER) or re.fullmatch(r"[\d\s.,/+-]+", text):
        return True
    if "。" in squeezed or len(squeezed) > 400:
        return any(word in fold(squeezed) for word in vocabulary_of(key).long)
    folded = fold(text)
    return any(word in folded or (len(folded) > 1 and folded in word) for word in vocabulary_of(key).all)
