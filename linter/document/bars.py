"""Tables in plain text whose cells are parted by bars, `a | b | c`, also with drawn borders.

Bars become tabs, so that such a table is read as one of tabs; every character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from linter.document.lines import BLANKS
from linter.document.model import Line

_BAR = re.compile("[|｜│┃║]")
_BORDER = re.compile(r"[\s|｜│┃║+＋\-=_─━═┄┈┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╟╢╤╧╪]*")
_RULE = re.compile(r"[\-=_─━═]{2}|[┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╟╢╤╧╪]")
_LEAST_LINES = 3


def with_tabs(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of tables drawn with bars with tabs instead; drawn borders are left out."""
    if not any(_BAR.search(line.text) for line in lines):
        return list(lines)
    out: list[Line] = []
    index = 0
    while index < len(lines):
        end = _end_of_table(lines, index)
        if end > index:
            out.extend(_tabbed(lines[index:end]))
            index = end
        else:
            out.append(lines[index])
            index += 1
    return out


def _end_of_table(lines: Sequence[Line], start: int) -> int:
    """The line after the table that begins at `start`, or `start`: a line of links has bars too."""
    end, rows, values = start, 0, False
    for index in range(start, len(lines)):
        text = lines[index].text
        if _is_border(text):
            end = index + 1
        elif _BAR.search(text):
            rows += 1
            values = values or any(_is_value(field) for field in _BAR.split(text)[1:])
            end = index + 1
        else:
            break
    bars = {len(_BAR.findall(line.text)) for line in lines[start:end] if not _is_border(line.text)}
    parted = max(bars, default=0) > 1 or len(bars) == 1
    return end if rows >= _LEAST_LINES and values and parted else start


def _is_value(field: str) -> bool:
    core = field.strip(BLANKS)
    return core[:1].isdigit() or core in ("/", "-", "—", "无")


def _is_border(text: str) -> bool:
    return _BORDER.fullmatch(text) is not None and _RULE.search(text) is not None


def _tabbed(lines: Sequence[Line]) -> list[Line]:
    rows = [line for line in lines if not _is_border(line.text)]
    opened = all(_BAR.match(row.text.lstrip(BLANKS)) for row in rows)
    closed = all(_BAR.match(row.text.rstrip(BLANKS)[-1:]) for row in rows)
    out: list[Line] = []
    for row in rows:
        text = row.text.replace("\t", " ")
        if closed:
            text = text.rstrip(BLANKS)[:-1]
        location = row.location
        if opened:
            outer = len(text) - len(text.lstrip(BLANKS)) + 1
            text, location = text[outer:], location._replace(column=(location.column or 1) + outer)
        out.append(Line(_BAR.sub("\t", text), location))
    return out
