"""Least-cost repair: the cheapest edits that make a sequence of typed tokens derivable.

How to use it:

    grammar = load_grammar("report_2019")            # or compile_grammar(text), see automaton.py
    tokens = [Token("NEW", row0), Token("GRANTED", row2), Token("STRAY", row7, delete=1)]
    costs = Costs(insert=4, delete=4, move=1)
    edits = repair(grammar, tokens, costs, gaps={0})
    tree = grammar.parse(repaired(tokens, edits))    # leaves: (terminal, payload or None if inserted)

- `gaps` are the places (0 … len(tokens), the place before that token) where the source is known to
  have lost something: an insertion there costs `costs.gap` and its Edit says `in_gap`.
- A token may carry `delete`, its own cost of deletion (weak evidence: cheap), and `alternatives`,
  other terminals it may be read as with the extra cost of each (fuzzy labels). `costs.substitute`
  does the same for all tokens of a type.
- A move costs delete + `costs.move`: the token is taken out and put where its terminal is due.
- Tokens that may stand anywhere (text) should not be passed at all: keep them apart and attach them
  to the structural token before them. That keeps the search small.
- The order of the result is that of the repaired sequence, deletions at their place in between.

How it works: a table of lower bounds of the remaining cost, position by position from the end (a
terminal that occurs in the input counts as movable there), then the path that follows the bounds;
where moves make the bounds inexact, an A* search over (position, state, what was taken out or
promised) with the same bounds. Both are exact. Bounded work: inputs beyond `_MOST_TOKENS` lose
their rest as deletions, and a search beyond `_MOST_EXPANSIONS` settles for the path of the bounds.
A table of 30 rows takes about 0.3 ms, a sequence without faults some microseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from linter.report.automaton import Grammar

EditKind = Literal["keep", "insert", "delete", "substitute", "move"]

_MOST_TOKENS = 600
_MOST_EXPANSIONS = 20_000
_NEVER = 1 << 40
_NONE: Mapping[str, int] = {}
_NO_PAIRS: Mapping[tuple[str, str], int] = {}


class Token(NamedTuple):
    """A terminal with what it stands for.

    `delete` overrides the cost of deletion; `alternatives` maps other terminals the token may be
    read as to the extra cost of each.
    """

    type: str
    payload: Any = None
    delete: int | None = None
    alternatives: Mapping[str, int] = _NONE


class Costs:
    """What edits cost; every cost is at least 1.

    `move` is the cost of putting a deleted token back elsewhere, on top of its deletion. The maps
    override the general cost by terminal; `substitute` maps (from, to).
    """

    def __init__(
        self,
        *,
        insert: int = 4,
        delete: int = 4,
        move: int = 1,
        gap: int = 1,
        inserts: Mapping[str, int] = _NONE,
        deletes: Mapping[str, int] = _NONE,
        substitute: Mapping[tuple[str, str], int] = _NO_PAIRS,
    ) -> None:
        every = (insert, delete, move, gap, *inserts.values(), *deletes.values(), *substitute.values())
        if min(every) < 1:
            raise ValueError("every cost must be at least 1")
        self.insert: Final = insert
        self.delete: Final = delete
        self.move: Final = move
        self.gap: Final = gap
        self.inserts: Final = inserts
        self.deletes: Final = deletes
        self.substitute: Final = substitute


class Edit(NamedTuple):
    """One step of the repaired sequence.

    `terminal` is what now stands there (for "delete": what stood there). `index` is the token
    concerned, None for an insertion. `position` is the place in the input: the index of the token
    before which it happens. A moved token appears once, where it now stands; `index` says where it
    came from.
    """

    kind: EditKind
    terminal: str
    index: int | None  # type: ignore[assignment]  # hides a method of tuples
    position: int
    in_gap: bool = False


def repair(
    grammar: Grammar, tokens: Sequence[Token], costs: Costs, gaps: Collection[int] = ()
) -> tuple[Edit, ...]:
    """The least-cost edits that make `tokens` a sentence of `grammar`; see the module."""
    if grammar.derives(token.type for token in tokens):
        return tuple(Edit("keep", token.type, index, index) for index, token in enumerate(tokens))
    rest = tuple(
        Edit("delete", tokens[index].type, index, index) for index in range(_MOST_TOKENS, len(tokens))
    )
    return (*_Search(grammar, tokens[:_MOST_TOKENS], costs, frozenset(gaps)).edits(), *rest)


def repaired(tokens: Sequence[Token], edits: Sequence[Edit]) -> list[tuple[str, Any]]:
    """The repaired sequence as (terminal, payload) pairs, payload None for what was inserted."""
    return [
        (edit.terminal, None if edit.index is None else tokens[edit.index].payload)
        for edit in edits
        if edit.kind != "delete"
    ]


class _Step(NamedTuple):
    """A step of the search. `owed`: the insertion is half of a move."""

    kind: Literal["keep", "insert", "delete", "substitute"]
    terminal: str
    position: int
    cost: int
    owed: bool = False


class _Search:
    def __init__(self, grammar: Grammar, tokens: Sequence[Token], costs: Costs, gaps: frozenset[int]) -> None:
        self._steps = grammar.steps
        self._ends = grammar.ends
        self._tokens = tokens
        self._costs = costs
        self._gaps = gaps
        self._readings = [self._reading(token) for token in tokens]
        self._deletions = [
            costs.deletes.get(token.type, costs.delete) if token.delete is None else token.delete
            for token in tokens
        ]
        self._present = Counter(token.type for token in tokens)
        self._edges: dict[str, list[tuple[int, int]]] = {}
        for state, row in enumerate(grammar.steps):
            for terminal, following in row.items():
                self._edges.setdefault(terminal, []).append((state, following))
        self._inserts = sorted(
            (
                (state, following, self._due(terminal))
                for terminal, edges in self._edges.items()
                for state, following in edges
            ),
            reverse=True,
        )
        self._bounds = self._lower_bounds()

    def _reading(self, token: Token) -> tuple[tuple[str, int], ...]:
        """The terminals a token can stand for, with the cost of each."""
        others = {to: cost for (of, to), cost in self._costs.substitute.items() if of == token.type}
        others |= token.alternatives
        others.pop(token.type, None)
        return ((token.type, 0), *others.items())

    def _plain(self, terminal: str, position: int) -> int:
        """The cost of inserting `terminal` as missing."""
        cost = self._costs.inserts.get(terminal, self._costs.insert)
        return min(cost, self._costs.gap) if position in self._gaps else cost

    def _due(self, terminal: str) -> int:
        """The least cost of inserting `terminal` outside a gap: as a move where it is at hand."""
        cost = self._costs.inserts.get(terminal, self._costs.insert)
        return min(cost, self._costs.move) if self._present[terminal] else cost

    def _lower_bounds(self) -> list[list[int]]:
        """bounds[position][state]: no repair of the rest costs less."""
        layer = [0 if state in self._ends else _NEVER for state in range(len(self._steps))]
        self._close(layer, len(self._tokens))
        bounds = [layer]
        for position in range(len(self._tokens) - 1, -1, -1):
            following = bounds[-1]
            deletion = self._deletions[position]
            layer = [cost + deletion for cost in following]
            for terminal, cost in self._readings[position]:
                for state, target in self._edges.get(terminal, ()):
                    layer[state] = min(layer[state], following[target] + cost)
            self._close(layer, position)
            bounds.append(layer)
        bounds.reverse()
        return bounds

    def _close(self, layer: list[int], position: int) -> None:
        """Let insertions lower the bounds of one position until nothing changes."""
        gap = self._costs.gap if position in self._gaps else _NEVER
        changed = True
        while changed:
            changed = False
            for state, target, cost in self._inserts:
                through = layer[target] + (cost if cost < gap else gap)
                if through < layer[state]:
                    layer[state] = through
                    changed = True

    def edits(self) -> list[Edit]:
        """The least-cost repair."""
        followed = self._follow()
        taken = Counter(step.terminal for step in followed if step.kind == "delete")
        owed = Counter(step.terminal for step in followed if step.owed)
        if owed <= taken:
            return self._edits(followed)
        return self._edits(self._search() or followed)

    def _moves(self, position: int, state: int) -> list[tuple[_Step, int]]:
        """Every step that leads on from a place, with the state it leads to; better kinds first."""
        moves: list[tuple[_Step, int]] = []
        steps = self._steps[state]
        if position < len(self._tokens):
            for terminal, cost in self._readings[position]:
                if (target := steps.get(terminal)) is not None:
                    kind: Literal["keep", "substitute"] = "substitute" if cost else "keep"
                    moves.append((_Step(kind, terminal, position, cost), target))
            terminal = self._tokens[position].type
            moves.append((_Step("delete", terminal, position, self._deletions[position]), state))
        for terminal, target in steps.items():
            plain = self._plain(terminal, position)
            if self._present[terminal] and self._costs.move < plain:
                moves.append((_Step("insert", terminal, position, self._costs.move, owed=True), target))
            moves.append((_Step("insert", terminal, position, plain), target))
        return moves

    def _follow(self) -> list[_Step]:
        """The path on which the bounds are exact if moves are free to pair as they count."""
        path: list[_Step] = []
        position = state = 0
        while position < len(self._tokens) or self._bounds[position][state]:
            left = self._bounds[position][state]
            for step, target in self._moves(position, state):
                onward = position + (step.kind != "insert")
                if self._bounds[onward][target] + step.cost == left:
                    path.append(step)
                    position, state = onward, target
                    break
            else:
                raise AssertionError("no step reaches the bound")
        return path

    def _search(self) -> list[_Step] | None:
        """A* with the balance of moves: what was taken out (+) or promised (−), by terminal."""
        from heapq import heappop, heappush

        start = (0, 0, ())
        came: dict[tuple[int, int, tuple[tuple[str, int], ...]], tuple[Any, _Step]] = {}
        best: dict[tuple[int, int, tuple[tuple[str, int], ...]], int] = {start: 0}
        queue: list[tuple[int, int, int, Any]] = [(self._bounds[0][0], 0, 0, start)]
        end, serial, expanded = len(self._tokens), 0, 0
        later = self._later()
        while queue and expanded < _MOST_EXPANSIONS:
            _, _, _, node = heappop(queue)
            position, state, balance = node
            cost = best[node]
            if position == end and state in self._ends and all(count > 0 for _, count in balance):
                return self._path(came, node)
            expanded += 1
            for step, target in self._moves(position, state):
                shifted = _shift(balance, step, later[position])
                if shifted is None:
                    continue
                onward = (position + (step.kind != "insert"), target, shifted)
                total = cost + step.cost
                if total < best.get(onward, _NEVER):
                    best[onward] = total
                    came[onward] = (node, step)
                    serial += 1
                    bound = self._bounds[onward[0]][target]
                    heappush(queue, (total + bound, -onward[0], serial, onward))
        return None

    def _later(self) -> list[Counter[str]]:
        """For each position, how many tokens of each type stand there or after it."""
        later: list[Counter[str]] = [Counter()]
        for token in reversed(self._tokens):
            later.append(later[-1] + Counter((token.type,)))
        later.reverse()
        return later

    @staticmethod
    def _path(came: Mapping[Any, tuple[Any, _Step]], node: Any) -> list[_Step]:
        path: list[_Step] = []
        while node in came:
            node, step = came[node]
            path.append(step)
        path.reverse()
        return path

    def _edits(self, path: Sequence[_Step]) -> list[Edit]:
        """Edits of a path: insertions and deletions of one terminal joined to moves."""
        taken: dict[str, list[int]] = {}
        for step in path:
            if step.kind == "delete":
                taken.setdefault(step.terminal, []).append(step.position)
        moved: set[int] = set()
        edits: list[Edit] = []
        # Promised moves first: a plain insertion may still find a token that was deleted anyway.
        claims = sorted(
            (index for index, step in enumerate(path) if step.kind == "insert"),
            key=lambda index: not path[index].owed,
        )
        source: dict[int, int] = {}
        for index in claims:
            if places := taken.get(path[index].terminal):
                source[index] = places.pop(0)
                moved.add(source[index])
        for index, step in enumerate(path):
            if step.kind == "insert":
                if index in source:
                    edits.append(Edit("move", step.terminal, source[index], step.position))
                else:
                    lost = step.position in self._gaps
                    edits.append(Edit("insert", step.terminal, None, step.position, lost))
            elif step.kind != "delete" or step.position not in moved:
                edits.append(Edit(step.kind, step.terminal, step.position, step.position))
        return edits


def _shift(
    balance: tuple[tuple[str, int], ...], step: _Step, later: Counter[str]
) -> tuple[tuple[str, int], ...] | None:
    """The balance of moves after a step; None where a promise could no longer be kept."""
    if step.kind == "delete":
        change = 1
    elif step.owed:
        change = -1
    elif step.kind in {"keep", "substitute"}:
        # A token kept here can no longer fulfil a promise.
        counts = dict(balance)
        return balance if -counts.get(step.terminal, 0) <= later[step.terminal] else None
    else:
        return balance
    counts = dict(balance)
    count = counts.pop(step.terminal, 0) + change
    if -count > later[step.terminal]:
        return None
    if count:
        counts[step.terminal] = count
    return tuple(sorted(counts.items()))
