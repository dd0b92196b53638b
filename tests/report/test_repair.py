"""Least-cost repair: every departure from a grammar comes out as the edit that made it."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark

from linter.report.automaton import Grammar, NotDerivable, compile_grammar
from linter.report.repair import Costs, Edit, Token, repair, repaired

ORDERED = "start: A B C D E F\n%declare A B C D E F"
NESTED = """
start: head? part+ tail
head: H x*
part: P x* (T | "U")?
tail: Z
?x: X
%declare H P T X Z
"""


def ordered() -> Grammar:
    return compile_grammar(ORDERED)


def edits_of(found: str, costs: Costs | None = None, gaps: tuple[int, ...] = ()) -> list[str]:
    tokens = [Token(letter, index) for index, letter in enumerate(found)]
    edits = repair(ordered(), tokens, costs or Costs(), gaps)
    ordered().parse(repaired(tokens, edits))
    return [f"{edit.kind} {edit.terminal}" for edit in edits if edit.kind != "keep"]


def test_a_sentence_of_the_grammar_is_kept() -> None:
    assert edits_of("ABCDEF") == []


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("ABDEF", ["insert C"]),
        ("BCDEF", ["insert A"]),
        ("ABCDE", ["insert F"]),
        ("ABCCDEF", ["delete C"]),
        ("ABXCDEF", ["delete X"]),
        ("ACDEFB", ["move B"]),
        ("FABCDE", ["move F"]),
        ("ABCDEFF", ["delete F"]),
        ("", ["insert A", "insert B", "insert C", "insert D", "insert E", "insert F"]),
        ("F", ["insert A", "insert B", "insert C", "insert D", "insert E"]),
    ],
)
def test_one_fault_is_one_edit(found: str, expected: list[str]) -> None:
    assert edits_of(found) == expected


def test_two_neighbours_swapped_are_one_move() -> None:
    (edit,) = edits_of("ABDCEF")
    assert edit in {"move C", "move D"}


def test_a_move_says_where_the_token_came_from() -> None:
    tokens = [Token(letter) for letter in "ACDEFB"]
    (move,) = (edit for edit in repair(ordered(), tokens, Costs()) if edit.kind == "move")
    assert move == Edit("move", "B", 5, 1)


def test_a_token_is_read_as_its_alternative_where_that_is_cheaper() -> None:
    tokens = [Token("A"), Token("X", alternatives={"B": 1}), *map(Token, "CDEF")]
    edits = repair(ordered(), tokens, Costs())
    assert [edit.kind for edit in edits] == ["keep", "substitute", *["keep"] * 4]
    assert edits[1] == Edit("substitute", "B", 1, 1)


def test_substitution_may_be_allowed_for_a_whole_type() -> None:
    assert edits_of("AXCDEF", Costs(substitute={("X", "B"): 2})) == ["substitute B"]


def test_what_is_missing_in_a_gap_is_cheap_and_says_so() -> None:
    tokens = [Token(letter) for letter in "DEF"]
    edits = repair(ordered(), tokens, Costs(), {0})
    assert [(edit.terminal, edit.in_gap) for edit in edits if edit.kind == "insert"] == [
        ("A", True),
        ("B", True),
        ("C", True),
    ]


def test_a_token_of_weak_evidence_is_the_one_deleted() -> None:
    tokens = [Token("A"), Token("B", "strong"), Token("B", "weak", delete=1), *map(Token, "CDEF")]
    deleted = [edit.index for edit in repair(ordered(), tokens, Costs()) if edit.kind == "delete"]
    assert deleted == [2]
    tokens[1], tokens[2] = tokens[2], tokens[1]
    deleted = [edit.index for edit in repair(ordered(), tokens, Costs()) if edit.kind == "delete"]
    assert deleted == [1]


def test_costs_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Costs(insert=0)


def test_a_grammar_that_nests_without_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="nests without bound"):
        compile_grammar("start: A start B | C\n%declare A B C")


def test_the_tree_has_nodes_for_rules_and_inserted_leaves_are_empty() -> None:
    grammar = compile_grammar(NESTED.replace('"U"', "U").replace("T X", "T U X"))
    tokens = [Token("H", "h"), Token("X", 1), Token("P", "p"), Token("X", 2), Token("T", "t")]
    edits = repair(grammar, tokens, Costs())
    tree = grammar.parse(repaired(tokens, edits))
    assert [(node.rule, node.children) for node in tree.children] == [
        ("head", ("h", 1)),
        ("part", ("p", 2, "t")),
        ("tail", (None,)),
    ]


def test_a_sequence_that_is_not_derivable_is_not_parsed() -> None:
    with pytest.raises(NotDerivable):
        ordered().parse([("A", None)])


@given(st.lists(st.sampled_from("HPXTUZ"), max_size=8))
def test_the_automaton_accepts_what_lark_accepts(letters: list[str]) -> None:
    text = 'start: head? part+ tail\nhead: "H" "X"*\npart: "P" "X"* ("T" | "U")?\ntail: "Z"'
    typed = compile_grammar(NESTED.replace('"U"', "U").replace("T X", "T U X"))
    try:
        Lark(text, parser="lalr").parse("".join(letters))
        accepted = True
    except Exception:
        accepted = False
    assert typed.derives(letters) == accepted


def cost_of(edits: tuple[Edit, ...], costs: Costs) -> int:
    price = {
        "keep": 0,
        "insert": costs.insert,
        "delete": costs.delete,
        "move": costs.delete + costs.move,
        "substitute": 0,
    }
    return sum(price[edit.kind] for edit in edits)


def cheapest(found: str, wanted: str, costs: Costs) -> int:
    """The least cost by trying every set of tokens to keep in order: independent of the search."""
    best = 10**6
    for size in range(len(found) + 1):
        for kept in itertools.combinations(range(len(found)), size):
            letters = "".join(found[index] for index in kept)
            rest = iter(wanted)
            if not all(letter in rest for letter in letters):
                continue
            missing = Counter(wanted) - Counter(letters)
            extra = Counter(found) - Counter(letters)
            moved = sum((missing & extra).values())
            cost = sum(extra.values()) * costs.delete + moved * costs.move
            best = min(best, cost + (sum(missing.values()) - moved) * costs.insert)
    return best


@settings(deadline=None)
@given(st.text("ABCDEFX", max_size=9), st.integers(1, 4), st.integers(2, 6), st.integers(2, 6))
def test_no_cheaper_repair_exists(found: str, move: int, insert: int, delete: int) -> None:
    costs = Costs(insert=insert, delete=delete, move=min(move, insert))
    tokens = [Token(letter) for letter in found]
    edits = repair(ordered(), tokens, costs)
    assert "".join(terminal for terminal, _ in repaired(tokens, edits)) == "ABCDEF"
    assert cost_of(edits, costs) == cheapest(found, "ABCDEF", costs)


@given(st.text("ABCDEFX", max_size=12))
def test_every_token_appears_exactly_once(found: str) -> None:
    tokens = [Token(letter) for letter in found]
    indices = [edit.index for edit in repair(ordered(), tokens, Costs()) if edit.index is not None]
    assert sorted(indices) == list(range(len(found)))


def thirty_rows() -> tuple[Grammar, list[str]]:
    rows = [f"R{number:02}" for number in range(30)]
    return compile_grammar(f"start: {' '.join(rows)}\n%declare {' '.join(rows)}"), rows


def test_a_table_that_lost_its_first_rows_is_repaired_fast() -> None:
    grammar, rows = thirty_rows()
    tokens = [Token(row) for row in rows[12:]]
    start = time.perf_counter()
    edits = repair(grammar, tokens, Costs(), {0})
    assert time.perf_counter() - start < 0.25
    assert [edit.terminal for edit in edits if edit.kind == "insert"] == rows[:12]
    assert all(edit.in_gap for edit in edits if edit.kind == "insert")


@pytest.mark.parametrize("length", [300, 20_000])
def test_a_hostile_sequence_ends_soon(length: int) -> None:
    grammar, rows = thirty_rows()
    shuffled = random.Random(7).choices(rows, k=length)
    tokens = [Token(row) for row in shuffled]
    start = time.perf_counter()
    edits = repair(grammar, tokens, Costs())
    assert time.perf_counter() - start < 10
    assert [terminal for terminal, _ in repaired(tokens, edits)] == rows
