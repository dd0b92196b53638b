"""Field codes of a DOCX file: what a code shows or leads to (ECMA-376 part 1, 17.16)."""

from __future__ import annotations

import re

MAX_OPEN_FIELDS = 50
"""Fields one within another that are heeded; Word allows 20."""

_HYPERLINK = r'(?i:\s*HYPERLINK\s+(?:"([^"]+)"|([^\s"\\]\S*)))'
_CIRCLE = r"(?i:\s*EQ\b.*\\o\s*(?:\\a[clr]\s*)?\(\s*[○◯〇]\s*[,;，]([^()]+)\))"
_BUTTON = r"(?is:\s*MACROBUTTON\s+\S+\s+(.*))"
_CIRCLED = {str(value) for value in range(1, 21)}


class Field:
    """A complex field between its marks.

    Its result, once reached, began at piece `piece` of the paragraph `sink` and at block `block` of
    the container; `sink` is only compared with.
    """

    __slots__ = ("block", "codes", "in_result", "piece", "sink")

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.in_result = False
        self.sink: object = None
        self.piece = 0
        self.block = 0

    @property
    def code(self) -> str:
        """The code as far as it was read."""
        return "".join(self.codes)


def is_contents(code: str) -> bool:
    """Whether the field is an automatic table of contents."""
    return code.split(maxsplit=1)[:1] == ["TOC"]


def code_target(code: str) -> str:
    """The outside address of a HYPERLINK field; empty for other fields and for places in the file."""
    match = re.match(_HYPERLINK, code)
    return (match[1] or match[2]).replace("\\\\", "\\") if match else ""


def shown_by_code(code: str) -> str:
    """What a field without a result shows by its code: Word keeps circled characters that way."""
    if match := re.match(_CIRCLE, code):
        shown = match[1].strip()
        return chr(ord("①") + int(shown) - 1) if shown in _CIRCLED else shown
    if match := re.match(_BUTTON, code):
        return match[1].strip()
    return ""
