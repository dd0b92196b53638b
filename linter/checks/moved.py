"""A row of the applications table whose figures stand one column beside their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from linter.checks.cells import CellKey, columns_of, rows_of
from linter.checks.outcome import Number
from linter.checks.relation import Instance, broken
from linter.report.model import StandardTable

FEWEST = 3
"""Fewer figures that change are no moved row."""


class Moved(NamedTuple):
    """The figures that the cells of a row should hold, and to which side it had slipped."""

    by: Literal["left", "right"]
    meant: Mapping[CellKey, Number]


def moved_row(table: StandardTable, instances: Sequence[Instance], failed: set[int]) -> Moved | None:
    """The row that, moved back by one column, restores all of `failed` and breaks nothing."""
    if table.key != "applications":
        return None
    columns = [str(column) for column in columns_of(table)]
    for row in rows_of(table):
        keys: list[CellKey] = [(row, column) for column in columns]
        printed = [table.cells[key].value for key in keys]
        figures = [value for value in printed if value is not None]
        if len(figures) < len(keys) or sum(map(bool, figures)) < 2:
            continue
        for moved in _moves(keys, figures):
            if len(moved.meant) >= FEWEST and _restores(moved.meant, instances, failed):
                return moved
    return None


def _moves(keys: Sequence[CellKey], figures: Sequence[Number]) -> list[Moved]:
    """The row moved back to either side; what fell off is what the total needs."""
    right = [*figures[1:], sum(figures[1:])]
    first = figures[-2] - sum(figures[:-2])
    found = [("right", right), ("left", [first, *figures[:-1]])]
    return [
        Moved(
            "right" if by == "right" else "left",
            {key: new for key, old, new in zip(keys, figures, meant, strict=True) if new != old},
        )
        for by, meant in found
        if min(meant) >= 0
    ]


def _restores(meant: Mapping[CellKey, Number], instances: Sequence[Instance], failed: set[int]) -> bool:
    for index, instance in enumerate(instances):
        touched = any(term.key in meant for term in instance.terms)
        if not touched:
            if index in failed:
                return False
            continue
        values = [meant.get(term.key, term.cell.value) for term in instance.terms]
        if any(value is None for value in values):
            return False
        whole = sum((v or 0) * term.weight for v, term in zip(values, instance.terms, strict=True))
        if broken(instance.relation, whole, whole):
            return False
    return True


def moved_words(by: Literal["left", "right"], lang: str) -> str:
    """That the row slipped to one side."""
    if lang == "en":
        return f"the whole row seems to stand one column too far {by}"
    return f"可能整行{'左' if by == 'left' else '右'}移了一列，移回后各项勾稽关系都成立"
