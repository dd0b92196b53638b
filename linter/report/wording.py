"""Comparing words as a reader does: without blanks and punctuation; numerals of every kind."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b-\u200f\u2060\ufeff]+")
_NOT_WORDS = re.compile(r"[^\w]|_")
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {
    **{digit: value for value, digit in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    "零": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
}
_ROMAN = {numeral: value for value, numeral in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", 1)}


def squeeze(text: str) -> str:
    """The text without any blank."""
    return _BLANKS.sub("", text)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text for comparison: no blanks, no punctuation, narrow letters and digits."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as their common forms."""
    return unicodedata.normalize("NFKC", text)


def distance(one: str, other: str, most: int) -> int:
    """The edit distance of two short texts, or `most` + 1 where it is larger than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        previous, row[0] = row[0], index
        for place, another in enumerate(other, 1):
            previous, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, previous + (letter != another)),
            )
        if min(row) > most:
            return most + 1
    return row[-1]


@lru_cache(maxsize=1024)
def numeral(text: str) -> int | None:
    """The value of 三, 十二, 二十, Ⅳ, 12 or １２; None for anything else."""
    text = squeeze(text)
    if text in _ROMAN:
        return _ROMAN[text]
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.partition("十")
    if any(digit not in _DIGITS for digit in (*tens, *units)) or not text:
        return None
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in text))
    if len(tens) > 1 or len(units) > 1:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)
