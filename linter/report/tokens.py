"""The flow as tokens of the structure grammar, and the places where the source lost something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.document.model import NOWHERE, Location
from linter.report.flow import Item, Piece
from linter.report.norm import TABLE_KEYS, pre_2019_topics, section_specs, table_spec
from linter.report.outline import Entry, Outline
from linter.report.repair import Token

TABLE_PREFIX = "TABLE_"
_TORN = "原文此处有缺失：表格从中间开始，其前的标题和表头没有转换出来"
_SCANNED = "第 {pages} 页是扫描图片，没有文字可读，这一部分可能在其中"


class Frame(NamedTuple):
    """What front matter knows of the flow: the items before `start` are no part of the report's
    text, those from `end` on follow it (signature, attachments). `title` and `signature` are the
    items where these stand, None where absent. `scanned` are pages without text. `lossy` as in
    Document; `unread` tells whether some table of the text could not be read in full.
    """

    start: int = 0
    end: int | None = None
    title: int | None = None
    signature: int | None = None
    scanned: tuple[int, ...] = ()
    lossy: bool = False
    unread: bool = False


class Mark(NamedTuple):
    """The payload of a token: where it begins in the flow, and its heading or its table's pieces."""

    index: int  # type: ignore[assignment]  # hides a method of tuples
    entry: Entry | None = None
    pieces: tuple[int, ...] = ()


def tokens_of(items: Sequence[Item], outline: Outline, frame: Frame, *, mandated: bool) -> list[Token]:
    """Title, headings, tables and signature in order. `mandated`: the edition has six sections."""
    tokens: list[Token] = []
    for token in _stream(items, outline, frame, mandated):
        if token.payload.pieces and tokens and tokens[-1].type == token.type:
            mark = tokens[-1].payload
            tokens[-1] = Token(token.type, mark._replace(pieces=(*mark.pieces, *token.payload.pieces)))
        else:
            tokens.append(token)
    return _with_alternatives(tokens, outline) if mandated else tokens


def _stream(items: Sequence[Item], outline: Outline, frame: Frame, mandated: bool) -> Iterator[Token]:
    by_index: dict[int, list[Entry]] = {}
    for entry in outline.entries:
        by_index.setdefault(entry.index, []).append(entry)
    for index, item in enumerate(items):
        if index == frame.title:
            yield Token("TITLE", Mark(index))
        if index == frame.signature:
            yield Token("SIGNATURE", Mark(index))
        headings = by_index.get(index, ())
        yield from (_heading_token(entry, mandated) for entry in headings if not entry.below)
        if isinstance(item, Piece) and item.table in TABLE_KEYS:
            yield Token(TABLE_PREFIX + item.table.upper(), Mark(index, pieces=(index,)))
        yield from (_heading_token(entry, mandated) for entry in headings if entry.below)


def _heading_token(entry: Entry, mandated: bool) -> Token:
    heading = entry.heading
    weight = entry.weight
    if heading.part == "improvements":
        weight -= 1
    if any(spec.key == heading.key and spec.number == heading.number for spec in section_specs()):
        weight += 1
    return Token(_terminal(entry, mandated), Mark(entry.index, entry), delete=max(1, weight))


def _terminal(entry: Entry, mandated: bool) -> str:
    heading = entry.heading
    if mandated:
        return heading.key.upper() if heading.key else "OTHER"
    if heading.part == "improvements":
        return "IMPROVEMENTS"
    if heading.key is not None:
        return heading.key.upper()
    return "FEES" if any(word in heading.title for word in pre_2019_topics()["fees"]) else "OTHER"


def section_of(terminal: str) -> str:
    """The section in which a table's terminal belongs."""
    return table_spec(terminal.removeprefix(TABLE_PREFIX).lower(), "2021").section


def _with_alternatives(tokens: Sequence[Token], outline: Outline) -> list[Token]:
    """Headings in other words read by their place: right above a section's table, or as 一 at the top."""
    changed = list(tokens)
    headings = [place for place, token in enumerate(tokens) if token.payload.entry is not None]
    for place in headings:
        token, entry = tokens[place], tokens[place].payload.entry
        if token.type != "OTHER" or entry.chain != outline.own:
            continue
        follows = tokens[place + 1].type if place + 1 < len(tokens) else ""
        if follows.startswith(TABLE_PREFIX):
            changed[place] = token._replace(alternatives={section_of(follows).upper(): 2})
        elif place == headings[0] and entry.heading.number == 1:
            changed[place] = token._replace(alternatives={"OVERVIEW": 2})
    return changed


def gaps_of(
    items: Sequence[Item], tokens: Sequence[Token], frame: Frame, is_torn: Callable[[Piece], bool]
) -> dict[int, str]:
    """The places between tokens where the source lost something → the reason in Chinese."""
    gaps: dict[int, str] = {}
    for place, token in enumerate(tokens):
        if not token.type.startswith(TABLE_PREFIX):
            continue
        piece = items[token.payload.index]
        before = tokens[place - 1] if place else None
        headed = before is not None and section_of(token.type).upper() in {before.type, *before.alternatives}
        if isinstance(piece, Piece) and not headed and is_torn(piece):
            gaps[place] = _TORN
    if frame.scanned:
        pages = [location_of(items[token.payload.index]).page or 0 for token in tokens]
        last = max([*pages, *frame.scanned]) + 1
        for place, (above, below) in enumerate(pairwise([0, *pages, last])):
            between = [page for page in frame.scanned if above <= page <= below]
            if between:
                gaps.setdefault(place, _SCANNED.format(pages="、".join(map(str, between))))
    return gaps


def location_of(item: Item) -> Location:
    """Where an item stands."""
    if isinstance(item, Piece) and item.location == NOWHERE and item.lines:
        return item.lines[0].location
    return item.location
