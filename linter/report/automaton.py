"""A Lark LALR grammar over typed tokens, compiled to a finite automaton that also builds the tree.

The structures we read (sections in order, rows in order) nest to a fixed depth, so the LALR parser
has finitely many stacks. Each stack becomes one state here; a step from a state by a terminal knows
the reductions the parser would make. The compiled form is kept in the cache, so lark itself (40 ms
to import) is loaded only when a grammar has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from linter.compiled import kept
from linter.resources import resource_folder

_MOST_STATES = 4000
_IMPORTED = r"^[a-z][a-z0-9]*__"  # lark's prefix of what comes from another file
_COMPILED_FORM = "grammar 1"  # to be raised when the shape of the compiled form changes


class NotDerivable(ValueError):
    """A token sequence that the grammar does not derive."""


class Node(NamedTuple):
    """A node of the tree: the rule (or its alias) and what it is made of, Nodes and leaves."""

    rule: str
    children: tuple[Any, ...]


class Reduction(NamedTuple):
    """The parser replaces its last `size` symbols by `rule`.

    `inline`: its parts go to the parent in its place (rules named `_x`, repetitions);
    `unwrap`: a single part stands for it (rules marked `?x`).
    """

    rule: str
    size: int
    inline: bool
    unwrap: bool


class Grammar(NamedTuple):
    """A compiled grammar. State 0 is the start.

    `steps[state]` maps each terminal that may follow to the next state; `reductions` holds what the
    parser reduces before it reads that terminal ("$END" at the end of the input); `ends` are the
    states in which the input may end.
    """

    terminals: frozenset[str]
    steps: tuple[Mapping[str, int], ...]
    reductions: Mapping[tuple[int, str], tuple[Reduction, ...]]
    ends: frozenset[int]

    def derives(self, terminals: Iterable[str]) -> bool:
        """Whether the sequence is a sentence of the grammar."""
        state = 0
        for terminal in terminals:
            following = self.steps[state].get(terminal)
            if following is None:
                return False
            state = following
        return state in self.ends

    def parse(self, leaves: Iterable[tuple[str, Any]]) -> Node:
        """The tree over (terminal, leaf) pairs. Raises NotDerivable."""
        state, stack = 0, list[Any]()
        for terminal, leaf in leaves:
            following = self.steps[state].get(terminal)
            if following is None:
                raise NotDerivable(f"{terminal} in state {state}")
            self._reduce(stack, state, terminal)
            stack.append(leaf)
            state = following
        if state not in self.ends:
            raise NotDerivable(f"end of input in state {state}")
        self._reduce(stack, state, "$END")
        root: Node = stack[0]
        return root

    def _reduce(self, stack: list[Any], state: int, terminal: str) -> None:
        for reduction in self.reductions.get((state, terminal), ()):
            start = len(stack) - reduction.size
            parts: list[Any] = []
            for part in stack[start:]:
                if isinstance(part, _Inlined):
                    parts.extend(part.parts)
                else:
                    parts.append(part)
            del stack[start:]
            if reduction.inline:
                stack.append(_Inlined(parts))
            elif reduction.unwrap and len(parts) == 1:
                stack.append(parts[0])
            else:
                stack.append(Node(reduction.rule, tuple(parts)))


class _Inlined(NamedTuple):
    parts: list[Any]


@cache
def load_grammar(name: str) -> Grammar:
    """The shipped grammar `grammars/<name>.lark`, start rule `start`.

    Raises lark.exceptions.GrammarError for a faulty grammar.
    """
    folder = resource_folder("grammars")
    return compile_grammar((folder / f"{name}.lark").read_text("utf-8"), folder)


def compile_grammar(text: str, folder: Path | None = None) -> Grammar:
    """The grammar `text` (start rule `start`), its relative imports looked up in `folder`.

    Raises lark.exceptions.GrammarError for a faulty grammar, ValueError for one that nests without
    bound (write repetitions as `x*` or left-recursively).
    """
    source = f"{_COMPILED_FORM}\n{text}\n".encode()
    if folder is not None and "%import" in text:
        for path in sorted(folder.glob("*.lark")):
            source += path.read_bytes()
    return _thaw(kept(source, lambda: _freeze(text, folder)))


def _thaw(frozen: dict[str, Any]) -> Grammar:
    rules = [Reduction(*rule) for rule in frozen["rules"]]
    return Grammar(
        terminals=frozenset(frozen["terminals"]),
        steps=tuple({name: step for name, step, _ in row} for row in frozen["steps"]),
        reductions={
            (state, name): tuple(rules[index] for index in reduced)
            for state, row in enumerate(frozen["steps"])
            for name, _, reduced in row
            if reduced
        }
        | {(state, "$END"): tuple(rules[index] for index in reduced) for state, reduced in frozen["ends"]},
        ends=frozenset(state for state, _ in frozen["ends"]),
    )


def _freeze(text: str, folder: Path | None) -> dict[str, Any]:
    """The automaton of a grammar in JSON's types, found by walking every stack the parser can have."""
    from lark import Lark
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import Shift

    class TokensAsGiven(Lexer):
        """The input is typed already: nothing is lexed."""

        def __init__(self, lexer_conf: Any) -> None:
            pass

        def lex(self, lexer_state: Any, parser_state: Any) -> Any:
            return iter(())

    paths = [str(folder)] if folder is not None else []
    parser = Lark(
        text,
        parser="lalr",
        lexer=TokensAsGiven,
        start="start",
        import_paths=paths,
        source_path=str(folder / "grammar.lark") if folder is not None else None,
        maybe_placeholders=False,
    )
    conf = parser.parse_interactive("").parser_state.parse_conf
    rules: dict[tuple[str, int, bool, bool], int] = {}

    def read(stack: tuple[Any, ...], terminal: str) -> tuple[tuple[Any, ...], list[int]] | None:
        """The stack after `terminal`, and the rules reduced before it; None where it may not follow."""
        states, reduced = list(stack), list[int]()
        while True:
            action = conf.states[states[-1]].get(terminal)
            if action is None:
                return None
            if action[0] is Shift:
                return (*states, action[1]), reduced
            rule = action[1]
            name = re.sub(_IMPORTED, "", str(rule.alias or rule.origin.name))
            entry = (name, len(rule.expansion), name.startswith("_"), rule.options.expand1)
            reduced.append(rules.setdefault(entry, len(rules)))
            if rule.expansion:
                del states[-len(rule.expansion) :]
            states.append(conf.states[states[-1]][rule.origin.name][1])
            if terminal == "$END" and states[-1] == conf.end_state:
                return tuple(states), reduced

    start = (conf.start_state,)
    numbers, queue = {start: 0}, [start]
    steps: list[list[tuple[str, int, list[int]]]] = []
    ends: list[tuple[int, list[int]]] = []
    terminals: set[str] = set()
    for stack in queue:
        row: list[tuple[str, int, list[int]]] = []
        for symbol in conf.states[stack[-1]]:
            name = re.sub(_IMPORTED, "", str(symbol))
            if not (name.isupper() or name == "$END") or (result := read(stack, str(symbol))) is None:
                continue
            if name == "$END":
                ends.append((numbers[stack], result[1]))
                continue
            if result[0] not in numbers:
                if len(numbers) >= _MOST_STATES:
                    raise ValueError("the grammar nests without bound or is too large")
                numbers[result[0]] = len(numbers)
                queue.append(result[0])
            terminals.add(name)
            row.append((name, numbers[result[0]], result[1]))
        steps.append(row)
    return {"terminals": sorted(terminals), "rules": list(rules), "steps": steps, "ends": ends}
