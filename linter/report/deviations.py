"""The edits of the repair, told as departures from the mandated structure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from linter.document.model import NOWHERE, Location, Picture, Table
from linter.report.flow import Item, Piece, Text
from linter.report.model import Deviation, DeviationKind
from linter.report.norm import section_specs, table_spec
from linter.report.outline import Entry
from linter.report.repair import Edit, Token
from linter.report.tokens import TABLE_PREFIX, Frame, Mark, location_of, section_of
from linter.report.wording import fold

PICTURE = "这一部分里有图片，表格可能是图片，未能识别"
_RAN_TOGETHER = "表格的文字在转换中连在一起，未能识别为表格"
_SCRAPS_LEFT = "这一部分留有表格的文字或数字，转换后已不成表格，未能识别"
_OTHERS_UNREAD = "其他表格在转换中没有读全，不能断定缺少这个表格"
_FEWEST_LABELS = 3
_ALONE = r"(?<!\S)[\d０-９][\d０-９.,，]*(?!\S)"
_SENTENCE_ENDS = ("。", "！", "；", ".")


class Repaired(NamedTuple):
    """The flow as tokens, and the edits that bring it to the mandated structure.

    `extra` are the headings left out that are top-level all the same; `bodies` the items below the
    heading of each section found; `frame` tells how surely the text around them was read.
    """

    items: Sequence[Item]
    tokens: Sequence[Token]
    edits: Sequence[Edit]
    gaps: Mapping[int, str]
    extra: Sequence[Entry]
    bodies: Mapping[str, range]
    frame: Frame = Frame()


def deviations_of(repaired: Repaired) -> tuple[Deviation, ...]:
    """One deviation for each edit that is one, in the order of the mandated structure."""
    found: list[Deviation] = []
    moved = {edit.terminal.lower() for edit in repaired.edits if edit.kind == "move"}
    for edit in repaired.edits:
        mark: Mark | None = None if edit.index is None else repaired.tokens[edit.index].payload
        deviation = None
        if edit.kind == "move" and mark is not None and mark.pieces and section_of(edit.terminal) in moved:
            continue  # the table went with its section
        if edit.terminal.startswith(TABLE_PREFIX):
            deviation = _of_table(repaired, edit, mark)
        elif edit.kind == "insert":
            deviation = _missing_section(repaired, edit)
        elif mark is not None and mark.entry is not None:
            deviation = _of_heading(repaired, edit, mark.entry)
        if deviation is not None:
            found.append(deviation)
    return tuple(_doubted(found) if repaired.frame.lossy else found)


def _doubted(found: Sequence[Deviation]) -> list[Deviation]:
    """Where one missing table may have been lost in the conversion, any other may have been."""
    missing = [each for each in found if (each.part, each.kind) == ("table", "missing")]
    if not any(each.lost for each in missing):
        return list(found)
    return [each._replace(lost=each.lost or _OTHERS_UNREAD) if each in missing else each for each in found]


def _missing_section(repaired: Repaired, edit: Edit) -> Deviation | None:
    spec = next((spec for spec in section_specs() if spec.key == edit.terminal.lower()), None)
    if spec is None:
        return None
    reason = repaired.gaps.get(edit.position) if edit.in_gap else None
    at = _location_at(repaired, edit.position)
    return Deviation("section", "missing", spec.key, expected=spec.title, location=at, lost=reason)


def _of_heading(repaired: Repaired, edit: Edit, entry: Entry) -> Deviation | None:
    key = edit.terminal.lower()
    kind: DeviationKind
    if edit.kind == "delete":
        if entry not in repaired.extra:
            return None
        kind = "split" if entry.heading.part else "extra"
    elif edit.kind == "move":
        kind = "moved"
    elif entry.heading.standard or (
        entry.heading.part and any(other.heading.part for other in repaired.extra)
    ):
        return None
    else:
        kind = "renamed"
    spec = next((spec for spec in section_specs() if spec.key == key), None)
    return Deviation(
        "section",
        kind,
        spec.key if spec else None,
        expected=spec.title if spec else None,
        found=entry.text.text.strip(),
        location=entry.text.location,
    )


def _of_table(repaired: Repaired, edit: Edit, mark: Mark | None) -> Deviation | None:
    if edit.kind == "keep":
        return None
    key = edit.terminal.removeprefix(TABLE_PREFIX).lower()
    spec = table_spec(key, "2021")
    if mark is None:
        body = repaired.bodies.get(spec.section)
        reason = repaired.gaps.get(edit.position) if edit.in_gap else None
        if body is not None:
            reason = reason or _why_unseen(repaired, body, key)
        if repaired.frame.lossy and repaired.frame.unread:
            reason = reason or _OTHERS_UNREAD
        at = location_of(repaired.items[body.start - 1]) if body else _location_at(repaired, edit.position)
        return Deviation("table", "missing", key, table=key, expected=spec.name_zh, location=at, lost=reason)
    kind: DeviationKind = "moved" if edit.kind == "move" else "extra"
    at = location_of(repaired.items[mark.index])
    return Deviation("table", kind, key, table=key, expected=spec.name_zh, found=spec.name_zh, location=at)


def _why_unseen(repaired: Repaired, body: range, key: str) -> str | None:
    """Why a table that a section lacks may be in it all the same, None where nothing tells so."""
    within = [repaired.items[index] for index in body]
    if any(isinstance(item, Table) for item in within):
        return _RAN_TOGETHER
    spec = table_spec(key, "2021")
    labels = {fold(line.label) for block in spec.blocks for line in (*block.rows, *block.columns)}
    texts = [item.text for item in within if isinstance(item, Text)]
    prose = "".join(map(fold, texts))
    named = sum(len(label) >= 4 and label in prose for label in labels)
    if named >= _FEWEST_LABELS:
        return _RAN_TOGETHER
    if any(isinstance(item, Picture) for item in within):
        return PICTURE
    left = any(isinstance(item, Piece) for item in within) or any(_is_scrap(text, labels) for text in texts)
    return _SCRAPS_LEFT if repaired.frame.lossy and left else None


def _is_scrap(text: str, labels: Collection[str]) -> bool:
    """Whether a text may be scraps of a table: figures that stand alone, or, where it is no
    sentence, figures and words of the table."""
    if re.search(_ALONE, text) is not None:
        return True
    if text.rstrip().endswith(_SENTENCE_ENDS):
        return False
    words = fold(text)
    return any(letter.isdigit() for letter in text) or any(
        len(word) > 1 and (word in words or words in word) for word in labels if words
    )


def _location_at(repaired: Repaired, position: int) -> Location:
    """Where something missing belongs: at the token after its place, or the last one before."""
    if not repaired.tokens:
        return NOWHERE
    place = min(position, len(repaired.tokens) - 1)
    return location_of(repaired.items[repaired.tokens[place].payload.index])
