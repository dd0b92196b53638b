"""Clauses of a sentence, read by grammars/narrative.lark."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from linter.report.automaton import Node, NotDerivable, load_grammar
from linter.report.facts.company import in_company, only_compares
from linter.report.facts.tokens import Token

_BREAKS = {"COMMA", "STOP", "COLON"}
_MEANT = {"THING", "VERB", "WORDS", "SELF", "REGION", "PART", "UNIT", "LAST", "NEXT", "PERIOD"}
_PHRASE = _MEANT | {"SEP", "FILLER", "NOW", "CONTEXT", "CUMULATIVE"}


class Phrase(NamedTuple):
    """A run of words, the meaningless ones kept."""

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """The offset of its first word."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """The offset behind its last word."""
        return self.tokens[-1].end


class Clause(NamedTuple):
    """A clause as it was understood; `tree` is None where it is not derivable.

    `depth` counts the brackets it stands in.
    `opens`: a colon follows. `begins` says by which mark it is parted from what is before it. `host`: the
    words right before the bracket or colon that it begins with, back to the last figure or 、.
    """

    tree: Node | None
    tokens: tuple[Token, ...]
    depth: int
    begins: str
    opens: bool
    host: tuple[Token, ...]

    @property
    def start(self) -> int:
        """The offset of its first sign in the sentence."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """The offset behind its last sign in the sentence."""
        return self.tokens[-1].end


def clauses_of(tokens: list[Token]) -> list[Clause]:
    """The clauses in the order in which they begin; one broken by a bracket goes on behind it."""
    clauses: list[Clause] = []
    run: list[Token] = []
    depth, begins, compared = 0, "", False
    host: tuple[Token, ...] = ()
    for token in _without_asides(tokens):
        kind = token.terminal
        if kind in {"OPEN", "CLOSE"} or kind in _BREAKS or token.name == "among":
            if kind in _BREAKS and run and run[-1].name == "among" and len(run) == 1:
                continue
            if run:
                tree = _tree(_leaves(in_company(run, compared)))
                clauses.append(Clause(tree, tuple(run), depth, begins, kind == "COLON", host))
                begins, compared = "", only_compares(run)
            host = _tail(run) if kind in {"OPEN", "COLON"} else ()
            run = []
            if kind == "OPEN":
                depth += 1
            elif kind == "CLOSE":
                depth = max(0, depth - 1)
            if token.name == "among":
                run = [token]
            else:
                begins = kind
            continue
        run.append(token)
    if run:
        tree = _tree(_leaves(in_company(run, compared)))
        clauses.append(Clause(tree, tuple(run), depth, begins, False, host))
    return clauses


def _without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens without brackets that hold no figure; 予以公开（含部分公开） keeps both results."""
    if all(token.terminal != "OPEN" for token in tokens):
        return tokens
    result: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.terminal == "OPEN":
            end = next((i for i in range(place, len(tokens)) if tokens[i].terminal == "CLOSE"), None)
            if end is not None and not any(
                each.terminal in {"NUM", "PERCENT", "NEG", "ALL"} for each in tokens[place:end]
            ):
                if result and result[-1].name == "granted":
                    result += [each for each in tokens[place:end] if each.name == "partial"]
                place = end + 1
                continue
        result.append(token)
        place += 1
    return result


def _tail(tokens: list[Token]) -> tuple[Token, ...]:
    """The words after the last figure and the last 、 of a clause."""
    start = next(
        (
            place
            for place in range(len(tokens), 0, -1)
            if tokens[place - 1].terminal in {"NUM", "PERCENT", "SEP"}
        ),
        0,
    )
    return tuple(tokens[start:])


def _tree(leaves: list[tuple[str, Any]]) -> Node | None:
    """The clause with these terminals, or None where it is not derivable."""
    shape = _shape(tuple(terminal for terminal, _ in leaves))
    return _filled(shape, leaves) if shape is not None else None


@lru_cache(maxsize=512)
def _shape(terminals: tuple[str, ...]) -> Node | None:
    """The tree over the places of the terminals: clauses are of few shapes, and parsing is dear."""
    try:
        return load_grammar("narrative").parse([(name, place) for place, name in enumerate(terminals)])
    except NotDerivable:
        return None


def _filled(shape: Node, leaves: list[tuple[str, Any]]) -> Node:
    children = (
        _filled(child, leaves) if isinstance(child, Node) else leaves[child][1] for child in shape.children
    )
    return Node(shape.rule, tuple(children))


def _leaves(tokens: list[Token]) -> list[tuple[str, Any]]:
    """Terminals of the grammar: runs of words become one PHRASE; those without meaning none."""
    leaves: list[tuple[str, Any]] = []
    run: list[Token] = []

    def close() -> None:
        if any(token.terminal in _MEANT for token in run):
            leaves.append(("PHRASE", Phrase(tuple(run))))
        run.clear()

    for index, token in enumerate(tokens):
        if token.terminal == "SEP":
            following = tokens[index + 1].terminal if index + 1 < len(tokens) else ""
            if (
                following in {"NUM", "PERCENT"}
                and leaves
                and not any(each.terminal in _MEANT for each in run)
            ):
                close()
                leaves.append(("SEP", token))
                continue
        if token.terminal in _PHRASE:
            run.append(token)
        else:
            close()
            leaves.append((token.terminal, token))
    close()
    return leaves
