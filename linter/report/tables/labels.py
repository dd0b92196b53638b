"""Recognising the printed labels of rows, columns and groups against the norm's wording.

Labels arrive broken over lines, spaced out, with other punctuation or numbering; they are compared
folded: without blanks, numerals and punctuation. What still differs is a wording of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from linter.report.norm import TABLE_EDITIONS, TABLE_KEYS, LineSpec, table_spec

Match = Literal["exact", "variant", "similar"]

_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b-\u200f\u2060\ufeff]+")
_ORDINAL = re.compile(r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d))")
_UNIT = re.compile(r"(?<=.)\((?:单位:?)?(?P<unit>万元|亿元|元|件|个|条|项|份|次|宗|起)\)$")
_PUNCTUATION = re.compile(r"[^\w]|_")
_WIDE = str.maketrans("０１２３４５６７８９（）．，：；／", "0123456789().,:;/")
# Below this share of common characters two labels are different labels.
_SIMILAR = 0.7
_SHORTEST_AMONG = 4


def compact(text: str) -> str:
    """The text without any blank."""
    return _BLANKS.sub("", text)


@lru_cache(maxsize=4096)
def fold(label: str) -> str:
    """A label for comparison: without blanks, numeral, unit and punctuation, digits narrow."""
    text = _UNIT.sub("", compact(label).translate(_WIDE))
    return _PUNCTUATION.sub("", _ORDINAL.sub("", text, count=1))


@lru_cache(maxsize=4096)
def ordinal(label: str) -> str:
    """The numeral a label begins with ("三" of （三）…, "2" of 2.…), or ""."""
    match = _ORDINAL.match(compact(label).translate(_WIDE))
    return re.sub(r"[^\w]", "", match.group()) if match else ""


def printed_unit(label: str) -> str | None:
    """The unit a label ends with ("万元" of 本年收费金额（单位：万元）), or None."""
    match = _UNIT.search(compact(label).translate(_WIDE))
    return match["unit"] if match else None


@lru_cache(maxsize=256)
def _wordings(spec: LineSpec) -> tuple[frozenset[str], frozenset[str]]:
    accepted = frozenset(fold(wording) for wording in (spec.label, *spec.aliases))
    return accepted, frozenset(fold(wording) for wording in spec.variants)


@lru_cache(maxsize=8192)
def match_label(text: str, specs: tuple[LineSpec, ...]) -> tuple[LineSpec, Match] | None:
    """The line that `text` names, and how: the norm's wording, a known variant, or a similar one.

    A similar wording counts only where its numeral does not contradict and no other line is as near.
    """
    return known_label(text, specs) or _similar(fold(text), ordinal(text), specs)


@lru_cache(maxsize=8192)
def known_label(text: str, specs: tuple[LineSpec, ...]) -> tuple[LineSpec, Match] | None:
    """The line that `text` names in the norm's wording or a known variant."""
    folded = fold(text)
    if not folded:
        return None
    number = ordinal(text)
    for kind, wordings in (("exact", 0), ("variant", 1)):
        hits = [spec for spec in specs if folded in _wordings(spec)[wordings]]
        if len(hits) > 1 and number:
            hits = [spec for spec in hits if ordinal(spec.label) == number] or hits
        if hits:
            return hits[0], "exact" if kind == "exact" else "variant"
    # Vertical text read in the wrong direction keeps its characters.
    if len(folded) >= 3:
        letters = Counter(folded)
        same = [spec for spec in specs if Counter(fold(spec.label)) == letters]
        if len(same) == 1:
            return same[0], "exact"
    return None


@lru_cache(maxsize=8192)
def label_among_groups(text: str, specs: tuple[LineSpec, ...]) -> tuple[LineSpec, Match] | None:
    """The line whose whole wording stands in `text` among nothing but signs of the groups it is in.

    Without lines between cells, what is set downwards beside a label is read as part of it.
    """
    printed = _letters(text)
    outer = next((spec.group for spec in specs if spec.group), "")
    found = [
        spec
        for spec in specs
        if any(
            _is_among(ordinal(spec.label), fold(wording), printed, _letters(spec.group + outer))
            for wording in (spec.label, *spec.aliases)
        )
    ]
    return (found[0], "exact") if len(found) == 1 else None


def _letters(text: str) -> str:
    return _PUNCTUATION.sub("", compact(text).translate(_WIDE))


def _is_among(numeral: str, wording: str, printed: str, groups: str) -> bool:
    """Whether the signs of a wording stand in order in what is printed, all others being those of groups.

    A digit is the item's numeral, right before the wording: any other may be a figure that ran into it.
    """
    others = Counter(printed)
    others.subtract(wording)
    if len(wording) < _SHORTEST_AMONG or min(others.values()) < 0:
        return False
    if numeral + wording[0] in printed:
        others.subtract(numeral)
    if not {sign for sign, count in others.items() if count} <= set(groups):
        return False
    rest = iter(printed)
    return all(sign in rest for sign in wording)


def _similar(folded: str, number: str, specs: Sequence[LineSpec]) -> tuple[LineSpec, Match] | None:
    wordings = (fold(wording) for spec in specs for wording in spec.wordings)
    if len(folded) < 4 or all(_at_most(folded, wording) < _SIMILAR for wording in wordings):
        return None
    ranked = sorted(((_likeness(folded, spec), index) for index, spec in enumerate(specs)), reverse=True)
    if not ranked or ranked[0][0] < _SIMILAR or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.1):
        return None
    best = specs[ranked[0][1]]
    if number and ordinal(best.label) and number != ordinal(best.label):
        return None
    return best, "similar"


def _likeness(folded: str, spec: LineSpec) -> float:
    return max(likeness(folded, fold(wording)) for wording in spec.wordings)


def _at_most(one: str, other: str) -> float:
    """What `likeness` cannot exceed: the share of characters in common, in whatever order."""
    shared = sum(min(one.count(character), other.count(character)) for character in set(one))
    return 2 * shared / (len(one) + len(other))


def likeness(one: str, other: str) -> float:
    """How far two folded labels agree, 0 to 1."""
    if not one or not other or 2 * min(len(one), len(other)) / (len(one) + len(other)) < _SIMILAR:
        return 0.0
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


class TableWords(NamedTuple):
    """The folded words by which a standard table is known, of all editions together."""

    rows: frozenset[str]
    columns: frozenset[str]
    titles: frozenset[str]
    groups: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every word."""
        return self.rows | self.columns | self.titles | self.groups


# Words that stand in more than one table, or in any table at all, tell nothing.
_COMMON = frozenset({"总计", "其他", "合计"})


def is_common(text: str) -> bool:
    """Whether the label, without a numeral, is a word of any table: 总计, 其他."""
    return fold(text) in _COMMON and not ordinal(text)


@lru_cache(maxsize=8)
def table_words(key: str) -> TableWords:
    """The words of the standard table `key`."""
    blocks = [block for edition in TABLE_EDITIONS for block in table_spec(key, edition).blocks]
    rows = [row for block in blocks for row in block.rows]
    columns = [column for block in blocks for column in block.columns]
    groups = {line.group for line in (*rows, *columns) if line.group}
    extra = {"applications": ("申请人情况", "法人或其他组织"), "disputes": ("行政诉讼", "行政复议")}
    return TableWords(
        rows=_folded(wording for row in rows for wording in row.wordings) - _COMMON,
        columns=_folded(wording for column in columns for wording in column.wordings) - _COMMON,
        titles=_folded(word for block in blocks for word in (block.title, block.corner) if word),
        groups=_folded((*groups, *extra.get(key, ()))),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(folded for word in words if (folded := fold(word)))


@lru_cache(maxsize=4096)
def tables_named_by(text: str) -> frozenset[str]:
    """The standard tables of which `text` is a label, column, title or group (usually one, or none)."""
    folded = fold(text)
    if not folded or folded in _COMMON:
        return frozenset()
    return frozenset(key for key in TABLE_KEYS if any(folded in words for words in table_words(key)))
