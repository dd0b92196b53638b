"""The figures in words: a fix that would lose one, or make another of two, is not made."""

from __future__ import annotations

import re
import unicodedata

from linter.checks.outcome import Fix

_FIGURE = re.compile("[0-9]+(?:[.,][0-9]+)*")
_OWN_NUMBER = re.compile(
    r"\s*(?:第\s*[0-9]{1,2}\s*(?:部分|[章节条项])|[(]\s*[0-9]{1,2}\s*[)]|[0-9]{1,2}\s*[、.,)])\s*(?=[^\s0-9])"
)


def figures(text: str) -> list[str]:
    """The figures in a text as they are written, full-width signs as half-width ones."""
    return _FIGURE.findall(unicodedata.normalize("NFKC", text))


def without_number(text: str) -> str:
    """A heading or label without the number that it is counted by, which is no figure."""
    narrow = unicodedata.normalize("NFKC", text)
    number = _OWN_NUMBER.match(narrow)
    return narrow[number.end() :] if number else narrow


def keeps_figures(fix: Fix) -> bool:
    """Whether the replacement says the same figures as the words found."""
    return figures(without_number(fix.found)) == figures(without_number(fix.replacement))
