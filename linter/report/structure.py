"""The sections of a report, and how they depart from the mandated structure.

Items become typed tokens, the tokens are repaired at least cost to a sentence of the edition's
grammar (grammars/report_*.lark), the tree gives the sections with their tables, and each edit is a
deviation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.report.automaton import Node, load_grammar
from linter.report.deviations import Repaired, deviations_of
from linter.report.flow import Item, Piece, Text
from linter.report.model import Deviation, Edition, Passage, Section
from linter.report.norm import SECTION_KEYS
from linter.report.outline import Entry, Outline, read_outline
from linter.report.repair import Costs, Edit, Token, repair, repaired
from linter.report.tokens import Frame, Mark, gaps_of, tokens_of

_COSTS = Costs(insert=6, delete=6, move=1, gap=1, deletes={"TITLE": 1, "SIGNATURE": 1})


class Structure(NamedTuple):
    """The parts of a report: `lead` before the first section, `tail` after the last."""

    lead: tuple[Passage, ...]
    sections: tuple[Section, ...]
    tail: tuple[Passage, ...]
    deviations: tuple[Deviation, ...]


def grammar_name(edition: Edition | None) -> str:
    """The grammar of an edition; the present one where the edition is unknown."""
    return {"2019": "report_2019", "pre-2019": "report_pre_2019"}.get(edition or "", "report_2021")


def read_structure(
    items: Sequence[Item], edition: Edition | None, frame: Frame, is_torn: Callable[[Piece], bool]
) -> Structure:
    """The sections of `items` (tables recognised) and their deviations from the edition's norm.

    `is_torn` tells whether a piece lacks the beginning of its table.
    """
    end = len(items) if frame.end is None else frame.end
    mandated = edition != "pre-2019"
    outline = read_outline(items[:end])
    tokens = tokens_of(items, outline, frame, mandated=mandated)
    gaps = gaps_of(items, tokens, frame, is_torn)
    grammar = load_grammar(grammar_name(edition))
    edits = repair(grammar, tokens, _COSTS, gaps)
    tree = grammar.parse(repaired(tokens, edits))
    meant = _meant(tokens, edits)
    extra = _extra(tokens, edits, outline) if mandated else []
    places = {entry: place for place, entry in enumerate(outline.entries)}
    entries = sorted([*meant, *extra], key=lambda entry: places[entry])
    bodies = {
        entry: range(
            entry.index + entry.span, end if below is None else max(below.index, entry.index + entry.span)
        )
        for entry, below in pairwise([*entries, None])
        if entry is not None
    }
    held = _tables_by_tree(tree)
    for mark in _displaced(tokens, edits):
        home = next((entry for entry in reversed(entries) if mark.index in bodies[entry]), None)
        if home is not None:
            held.setdefault(home, []).append(mark)
    first = min((entry.index for entry in entries), default=end)
    by_key = {meant[entry]: body for entry, body in bodies.items() if entry in meant}
    return Structure(
        lead=_passages(items, range(frame.start, max(frame.start, first))),
        sections=tuple(
            _section(items, entry, meant.get(entry), body, held.get(entry, ()))
            for entry, body in bodies.items()
        ),
        tail=_passages(items, range(end, len(items))),
        deviations=deviations_of(Repaired(items, tokens, edits, gaps, extra, by_key, frame))
        if mandated
        else (),
    )


def _meant(tokens: Sequence[Token], edits: Sequence[Edit]) -> dict[Entry, str]:
    """Each heading that has a place in the structure → the section it stands for."""
    return {
        entry: edit.terminal.lower()
        for edit in edits
        if edit.kind != "delete" and edit.index is not None
        if (entry := tokens[edit.index].payload.entry) is not None
    }


def _extra(tokens: Sequence[Token], edits: Sequence[Edit], outline: Outline) -> list[Entry]:
    """Headings that are top-level, yet have no place in the mandated structure."""
    return [
        entry
        for edit in edits
        if edit.kind == "delete" and edit.index is not None
        if (entry := tokens[edit.index].payload.entry) is not None
        if outline.is_top_level(entry)
    ]


def _displaced(tokens: Sequence[Token], edits: Sequence[Edit]) -> list[Mark]:
    """Tables that stand where they do not belong."""
    return [
        tokens[edit.index].payload
        for edit in edits
        if edit.kind in {"move", "delete"} and edit.index is not None and tokens[edit.index].payload.pieces
    ]


def _tables_by_tree(tree: Node) -> dict[Entry, list[Mark]]:
    """Each heading → the tables of its section that the tree has at their place."""
    found: dict[Entry, list[Mark]] = {}
    body = next(child for child in tree.children if isinstance(child, Node) and child.rule == "body")
    for section in body.children:
        marks = [leaf for leaf in _leaves(section) if leaf is not None]
        heading = next((mark.entry for mark in marks if mark.entry is not None), None)
        if heading is not None:
            found[heading] = [mark for mark in marks if mark.pieces]
    return found


def _leaves(node: Node) -> list[Mark | None]:
    leaves: list[Mark | None] = []
    for child in node.children:
        leaves.extend(_leaves(child) if isinstance(child, Node) else [child])
    return leaves


def _section(
    items: Sequence[Item], entry: Entry, key: str | None, body: range, tables: Sequence[Mark]
) -> Section:
    """`key` is the section the heading stands for, None for one without a place in the structure."""
    heading = entry.heading
    split_off = heading.part is not None and key not in SECTION_KEYS
    named = key if key is not None else heading.key
    pieces = [items[mark.index] for mark in sorted(tables, key=lambda mark: mark.index)]
    return Section(
        key=named if named in SECTION_KEYS and not split_off else None,
        heading=entry.text.text.strip(),
        number=heading.number,
        title=heading.title,
        location=entry.text.location,
        passages=_passages(items, body),
        tables=tuple(dict.fromkeys(piece.table for piece in pieces if isinstance(piece, Piece))),
        part_of=heading.key if split_off else None,
    )


def _passages(items: Sequence[Item], indices: range) -> tuple[Passage, ...]:
    return tuple(
        Passage(item.text, item.location)
        for index in indices
        if isinstance(item := items[index], Text) and item.text.strip()
    )
