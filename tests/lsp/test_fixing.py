"""Edits that make one text of another."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("pygls")

from linter.lsp.fixing import edits_between


def applied(text: str, old: str, new: str) -> str:
    lines = text.split("\n")
    for (line, start, end_line, end), put in reversed(edits_between(old, new)):
        joined = lines[line][:start] + put + lines[end_line][end:]
        lines[line : end_line + 1] = joined.split("\n")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(300))
def test_the_edits_make_the_new_text(seed: int) -> None:
    chance = random.Random(seed)
    old = "".join(chance.choices("ab\n", k=chance.randrange(9)))
    new = "".join(chance.choices("ab\n", k=chance.randrange(9)))
    assert applied(old, old, new) == new


def test_only_what_differs_is_in_the_edit() -> None:
    (edit,) = edits_between("# 一、概述\n正文\n", "# 一、总体情况\n正文\n")
    assert (tuple(edit.span), edit.new) == ((0, 4, 0, 6), "总体情况")
