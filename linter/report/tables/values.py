"""What a cell of a standard table holds: figure, blank, placeholder or something else (design.md §3)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from linter.report.model import State

if TYPE_CHECKING:
    from decimal import Decimal

# NFKC would map most of these but not — or 〇, so the fold is spelled out.
_FOLD = {
    ord(wide): ord(narrow)
    for wide, narrow in zip("０１２３４５６７８９，．＋－−（）", "0123456789,.+--()", strict=True)
}
_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b-\u200f\u2060\ufeff]+")
_PLACEHOLDER = re.compile(
    r"[/／\\\-－—–―─_＿〇○*×]+|无|零|未发生|不适用|不涉及|无此项|无数据|无此类|[Nn]/?[Aa]|空|"
    r"暂无|没有|未收费?|未收取|无变化|不变|持平|无增减"
)
_UNIT = r"(?:万元|亿元|万|元|件次|件|条|项|个|次|份|宗|起|部|户|家|人次|人)"
_NUMBER = re.compile(
    rf"(?P<sign>[+↑↓—–-]|增加?|减少?|下降)?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?"
    rf"(?P<unit>{_UNIT})?(?:\((?P<note>[^()]+)\)|\[(?P<note2>[^\[\]]+)\])?(?P<unit2>{_UNIT})?"
)

# Both ways in one cell of 本年增/减: 增5减3.
_BOTH_WAYS = rf"(?:增加?|\+)(?P<up>\d+){_UNIT}?[、,;；/]?(?:减少?|-)(?P<down>\d+){_UNIT}?"

# Longer than any figure with its annotation; Python refuses to convert some thousand digits.
_LONGEST = 400


class CellValue(NamedTuple):
    """A cell's content read: its state and, for a number, value, unit and annotation."""

    state: State
    value: int | Decimal | None = None
    unit: str | None = None
    note: str | None = None


@lru_cache(maxsize=4096)
def read_value(text: str) -> CellValue:
    """Read the text of one cell; what is not plainly a figure is text, never a guessed number.

    A figure broken over lines by a narrow column must be joined by the caller, who knows whether
    the line break was one.
    """
    compact = _BLANKS.sub("", text)
    if not compact:
        return CellValue(State.BLANK)
    if _PLACEHOLDER.fullmatch(compact):
        return CellValue(State.PLACEHOLDER)
    if len(compact) > _LONGEST or re.search(r"\d[\s\u00a0\u3000]+\d", text.translate(_FOLD)):
        return CellValue(State.TEXT)
    match = _NUMBER.fullmatch(compact.translate(_FOLD))
    if not match:
        if both := re.fullmatch(_BOTH_WAYS, compact.translate(_FOLD)):
            return CellValue(State.NUMBER, int(both["up"]) - int(both["down"]))
        return CellValue(State.TEXT)
    written = match["digits"].replace(",", "")
    sign = -1 if match["sign"] and match["sign"][0] in "-—–↓减下" else 1
    value: int | Decimal = sign * int(written)
    if match["fraction"]:
        from decimal import Decimal

        value = sign * Decimal(written + match["fraction"])
    return CellValue(
        State.NUMBER, value, match["unit"] or match["unit2"] or None, match["note"] or match["note2"] or None
    )


@lru_cache(maxsize=4096)
def is_blank(text: str) -> bool:
    """Whether nothing visible stands in the cell."""
    return not _BLANKS.sub("", text)


@lru_cache(maxsize=4096)
def looks_like_value(text: str) -> bool:
    """Whether the text could stand in a value cell: a figure, a placeholder or nothing."""
    return read_value(text).state is not State.TEXT
