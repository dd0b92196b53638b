"""Where a finding stands in the text of an editor: lines and characters, both from 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linter.document.model import Location

_LINES_LOOKED_THROUGH = 12
"""A cell of a web page begins in the line given, its text may stand some lines below."""


class Span(NamedTuple):
    """From one character of one line up to, without it, another: counted in code points."""

    line: int
    start: int
    end_line: int
    end: int

    def holds(self, line: int, character: int) -> bool:
        """Whether the span covers that character, its end included."""
        return (self.line, self.start) <= (line, character) <= (self.end_line, self.end)


def span_of(lines: Sequence[str], location: Location, excerpt: str | None) -> Span:
    """What to underline in `lines`: the words quoted where they stand there, else the whole line; the
    first line where the place is not known."""
    line = min((location.line or 1) - 1, max(len(lines) - 1, 0))
    wanted = (excerpt or "").strip()
    column = (location.column or 1) - 1
    if wanted:
        for index in range(line, min(line + _LINES_LOOKED_THROUGH, len(lines))):
            begin = lines[index].find(wanted, column if index == line else 0)
            if begin >= 0:
                return Span(index, begin, index, begin + len(wanted))
    return _whole(lines, line)


def _whole(lines: Sequence[str], line: int) -> Span:
    """The line without the blanks around it."""
    text = lines[line] if lines else ""
    begin = len(text) - len(text.lstrip())
    return Span(line, begin, line, max(len(text.rstrip()), begin))
