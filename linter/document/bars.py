"""Tables in plain text whose cells are parted by bars, `a | b | c`, also with drawn borders.

Bars become tabs, so that such a table is read as one of tabs; every character keeps its place. Where each
cell stands on a line of its own, the bar at its end is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from linter.document.lines import BLANKS
from linter.document.model import Line

_BAR = re.compile("[|｜│┃║]")
_BORDER = re.compile(r"[\s|｜│┃║+＋\-=_─━═┄┈┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╟╢╤╧╪]*")
_RULE = re.compile(r"[\-=_─━═]{2}|[┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╟╢╤╧╪]")
_ONE_CELL = re.compile(r"[^|｜│┃║]*(?:[|｜│┃║]\s*)+")
_LEAST_LINES = 3
_LEAST_CELLS = 8


def with_tabs(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of tables drawn with bars with tabs instead; drawn borders are left out."""
    if not any(_BAR.search(line.text) for line in lines):
        return list(lines)
    out: list[Line] = []
    index = 0
    while index < len(lines):
        if (end := _end_of_cells(lines, index)) > index:
            out.extend(_bare(lines[index:end]))
            index = end
        elif (end := _end_of_table(lines, index)) > index:
            out.extend(_tabbed(lines[index:end]))
            index = end
        else:
            out.append(lines[index])
            index += 1
    return out


def _end_of_cells(lines: Sequence[Line], start: int) -> int:
    """The line after the cells, one a line and each ended by a bar, that begin at `start`, or `start`."""
    end, values = start, 0
    for index in range(start, len(lines)):
        text = lines[index].text
        if _ONE_CELL.fullmatch(text):
            values += _is_value(_BAR.split(text)[0])
            end = index + 1
        elif text.strip(BLANKS):
            break
    return end if end - start >= _LEAST_CELLS and values >= _LEAST_LINES else start


def _bare(lines: Sequence[Line]) -> list[Line]:
    """The cells without their bars. A bar alone may be a blank cell or one that a merged cell covers:
    it says nothing."""
    texts = [(line, _BAR.sub("", line.text)) for line in lines]
    return [line._replace(text=text) for line, text in texts if text.strip(BLANKS)]


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
