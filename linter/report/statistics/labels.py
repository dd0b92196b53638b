"""The printed labels of the statistics table, told apart from what stands around their words.

Two labels are the same where they agree without numbering, 其中, remarks in brackets, punctuation and a
final 数, 总数, 数量 ….
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from linter.document.model import NOWHERE, Location
from linter.report.norm import statistics_rows

UNITS = frozenset({"条", "件", "次", "篇", "个", "人", "人次", "元", "万元", "份", "项", "期", "场", "部"})

_WIDE = str.maketrans("０１２３４５６７８９（）．，：；", "0123456789().,:;")
_REMARK = re.compile(r"\([^()]*\)")
_LEADING = re.compile(
    r"^(?:其中[:：]?|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d))"
)
_COUNT = r"(?:总数量|总次数|总数|数量|次数|件数|条数|篇数|人数|数)"
_LAST_COUNT = re.compile(_COUNT + "$")
_SHORT = 4


class FoundRow(NamedTuple):
    """A printed row. `keys`: the rows that its label may name, none for a row of no known form.

    `values`: column → text and place of the figure; `lost` says why the figures could not be placed.
    `torn` tells that rows may have been lost before it.
    """

    keys: tuple[str, ...]
    label: str
    values: dict[str, tuple[str, Location]]
    location: Location = NOWHERE
    lost: str | None = None
    torn: bool = False


def core(label: str) -> str:
    """What tells a label from others."""
    text = "".join(label.split()).translate(_WIDE)
    while (match := _LEADING.match(text)) is not None:
        text = text[match.end() :]
    text = re.sub(r"[^\w]", "", _REMARK.sub("", text))
    return _LAST_COUNT.sub("", text) or text


@cache
def cores() -> dict[str, tuple[str, ...]]:
    """Core of a label → the rows that bear it."""
    found: dict[str, dict[str, None]] = {}
    for key, row in statistics_rows().items():
        if not key.endswith(".extra"):
            for wording in row.line.wordings:
                found.setdefault(core(wording), {})[key] = None
    return {words: tuple(keys) for words, keys in found.items()}


def rows_named(label: str) -> tuple[str, ...]:
    """The rows that a label names; several where the form repeats it."""
    return cores().get(core(label), ())


@cache
def label_pattern() -> re.Pattern[str]:
    """Finds any label in text without blanks and punctuation; group 1 is its core.

    A short one is a label only where it ends like one: 行政复议数, not 行政复议.
    """
    bare = {core(w) for row in statistics_rows().values() for w in row.line.wordings if not _is_counted(w)}
    parts = [
        re.escape(words) + ("(?=" + _COUNT + ")" if len(words) <= _SHORT and words not in bare else "")
        for words in sorted(cores(), key=len, reverse=True)
    ]
    return re.compile("(" + "|".join(parts) + ")" + _COUNT + "?")


def _is_counted(wording: str) -> bool:
    return _LAST_COUNT.search(re.sub(r"[^\w]", "", wording)) is not None
