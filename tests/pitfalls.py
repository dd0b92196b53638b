"""Pitfalls and the tests that guard against them: a table of words → "file::test" below tests/."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent


@cache
def tests_of(file: str) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def without_test(table: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The entries of the table whose tests do not exist, or that name none."""
    missing = [pitfall for pitfall, tests in table.items() if not tests]
    for tests in table.values():
        for test in tests:
            file, _, name = test.partition("::")
            if not name.startswith("test_") or name not in tests_of(file):
                missing.append(test)
    return missing
