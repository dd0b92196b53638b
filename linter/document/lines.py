"""Physical lines of a text and what their shape tells: ordinals, loose numbers, display width."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from linter.document.model import Line, Location

_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_ENDS_LINE = frozenset({"\r\n", "\n", "\r"})

BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\r\f\v"
"""Every character that prints as nothing at the ends of a line."""

ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,3}\s?[、.．]|[（(]\s?[一二三四五六七八九十]{1,3}\s?[)）]|\d{1,2}\s?[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]"
)
"""How a numbered heading, list item or table row begins."""

URL_ONLY = re.compile(r"(?i:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef]+")

_NUMBER = r"[+\-－]?\s?[\d０-９][\d０-９,，.．]*%?(?:万元|万|元|件|项)?"
_VALUE = rf"(?:{_NUMBER}|[/／—－\-]{{1,2}}|无|〇)"
_VALUES = re.compile(rf"(?:^|[ \u00a0\u3000]){_VALUE}(?:[ \u00a0\u3000]+{_VALUE})+$|^{_VALUE}$")
_VALUE_ENDS = frozenset("0123456789０１２３４５６７８９,，.．%万元件项/／—－-无〇")
_CACHED = 2048
_TAIL = 200
_GAP = re.compile(r"\S[ \u00a0\u3000]{3,}\S")
_SPACED = re.compile(r"(?<=[\u3400-\u9fff])[ \u00a0\u3000]+(?=[\u3400-\u9fff])")
_ADJACENT = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_NUMBERED_TAB = re.compile(rf"(?:{ORDINAL.pattern}|\d{{1,2}}|[•·●■◆\-*])\s*\t+[^\t]*")


def split_lines(text: str) -> list[Line]:
    """The physical lines of `text`, numbered from 1.

    Pages are counted only where there are form feeds, each of which begins a page. Other line
    separators (vertical tab, U+2028 …) break a line without counting one, as editors do.
    """
    lines: list[Line] = []
    number, column = 1, 1
    page = 1 if "\f" in text else None
    start = 0
    for found in _BREAK.finditer(text):
        end, after = found.span()
        lines.append(Line(text[start:end], Location(page, None, number, column)))
        separator = text[end:after]
        if separator in _ENDS_LINE:
            number, column = number + 1, 1
        else:
            column += after - start
            if separator == "\f" and page is not None:
                page += 1
        start = after
    if start < len(text):
        lines.append(Line(text[start:], Location(page, None, number, column)))
    return lines


def display_width(text: str) -> int:
    """Columns on a terminal: two for Han and full-width signs, one for the rest."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


@lru_cache(maxsize=_CACHED)
def printed_width(text: str) -> float:
    """Width in print: as displayed, but the blanks set around Latin words and numbers are half as wide."""
    parts = text.split()
    return display_width("".join(parts)) + (len(parts) - 1) / 2 if parts else 0.0


@lru_cache(maxsize=_CACHED)
def is_tabular(text: str) -> bool:
    """Whether the line looks like part of a table: never to be joined with another."""
    core = text.strip(BLANKS)
    if "\t" in core:
        return True
    ends_in_value = core[-1:] in _VALUE_ENDS and _VALUES.search(core[-_TAIL:]) is not None
    return ends_in_value or _GAP.search(core) is not None or _is_header(core)


def has_columns(text: str) -> bool:
    """Whether tabs part the line into columns (not the tab after a list number)."""
    core = text.strip(BLANKS)
    return "\t" in core and _NUMBERED_TAB.fullmatch(core) is None


def _is_header(core: str) -> bool:
    words = core.split()
    return (
        2 <= len(words) <= 20
        and all(2 <= len(word) <= 10 and word.isalpha() and not word.isascii() for word in words)
        and sum(map(len, words)) >= 2 * len(words)
    )


def without_justification(text: str) -> str:
    """Drop the blanks between Han characters where nearly all of them stand apart (本 报 告 电 子 版)."""
    spaced = len(_SPACED.findall(text))
    if spaced >= 5 and spaced >= 4 * len(_ADJACENT.findall(text)):
        return _SPACED.sub("", text)
    return text


def join_lines(pieces: Iterable[str]) -> str:
    """The pieces of broken lines as one text; empty pieces leave nothing."""
    parts: list[str] = []
    for piece in pieces:
        if parts and piece:
            parts.append(_glue(parts[-1], piece))
        if piece:
            parts.append(piece)
    return "".join(parts)


def _glue(first: str, second: str) -> str:
    """What goes between two halves: nothing next to Han, a blank between words or numbers."""
    left, right = first[-1], second[0]
    if not (left.isascii() and right.isascii()):
        return ""
    tail = first[-_TAIL:].rsplit(None, 1)[-1].lower()
    if left in "-/@._&=?(" or right in "-/@._&=?,;:)" or "://" in tail or tail.startswith("www."):
        return ""
    return " "


def page_ends_between(before: Location, after: Location) -> bool:
    """Whether a page ends between two places."""
    return before.page != after.page
