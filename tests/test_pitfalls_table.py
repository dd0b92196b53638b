"""docs/pitfalls.md is true: each pitfall names its tests, each of them exists, no number is left out."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).parent
TABLE = TESTS.parent / "docs" / "pitfalls.md"

# The numbered pitfalls of the two notes; the others are told by their section alone.
NUMBERS = {
    *(f"3.{number}" for number in range(1, 10)),
    *(f"2.{number}" for number in range(1, 11)),
    *"456789",
}


class Row(NamedTuple):
    """A line of the table."""

    number: str
    words: str
    tests: tuple[str, ...]


def rows() -> list[Row]:
    """The lines of the table."""
    found = re.findall(r"^\| ([\d.]+) \| (.+?) \| (.*) \|$", TABLE.read_text(encoding="utf-8"), re.M)
    return [Row(number, words, tuple(re.findall(r"`([^`]+)`", tests))) for number, words, tests in found]


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests in a file below tests/."""
    path = TESTS / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_pitfall_has_tests() -> None:
    assert [row.words for row in rows() if not row.tests] == []


def test_every_test_named_exists() -> None:
    named = [test for row in rows() for test in row.tests]
    assert [test for test in named if test.partition("::")[2] not in names_in(test.partition("::")[0])] == []


def test_every_number_is_there() -> None:
    assert NUMBERS - {row.number for row in rows()} == set()
