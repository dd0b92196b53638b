"""Linear relations put on the cells of a report, and the interval arithmetic that decides them.

A figure counts as itself; a cell without a figure may hold any number from 0 up (design.md §3, §4).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from linter.checks.cells import SIGNED_COLUMNS, CellKey
from linter.checks.outcome import Number, Place
from linter.report.model import StandardTable, TableCell

Relation: TypeAlias = Literal["=", "<=", ">="]
Side: TypeAlias = Literal["left", "right"]
Bound: TypeAlias = "Number | None"
"""A bound of an interval; None is infinite."""


class Term(NamedTuple):
    """A cell with its weight in `left − right`; `side` is where it is printed."""

    key: CellKey
    cell: TableCell
    weight: int
    side: Side


class Instance(NamedTuple):
    """A relation put on the cells of a report. `line` names the row, column or group it speaks of."""

    table: StandardTable
    relation: Relation
    along: Literal["rows", "columns"]
    terms: tuple[Term, ...]
    line: str
    place: Place

    def unknown(self) -> list[Term]:
        """The terms without a figure."""
        return [term for term in self.terms if term.cell.value is None]


def interval(cell: TableCell, key: CellKey) -> tuple[Bound, Bound]:
    """The values a cell may have. A fraction stands for half a unit of its last place either way."""
    value = cell.value
    if value is None:
        return (None if key[1] in SIGNED_COLUMNS else 0), None
    if not isinstance(value, int):
        from decimal import Decimal

        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent < 0:
            half = Decimal(5).scaleb(exponent - 1)
            return value - half, value + half
    return value, value


def total(terms: Iterable[tuple[TableCell, CellKey, int]]) -> tuple[Bound, Bound]:
    """The interval of a weighted sum."""
    low: Bound = 0
    high: Bound = 0
    for cell, key, weight in terms:
        first, last = interval(cell, key)
        if weight < 0:
            first, last = last, first
        low = None if low is None or first is None else low + first * weight
        high = None if high is None or last is None else high + last * weight
    return low, high


def broken(relation: Relation, low: Bound, high: Bound) -> bool:
    """Whether no value of the interval satisfies the relation to 0."""
    above = low is not None and low > 0
    below = high is not None and high < 0
    return {"=": above or below, "<=": above, ">=": below}[relation]


def certain(relation: Relation, low: Bound, high: Bound) -> bool:
    """Whether every value of the interval satisfies the relation to 0."""
    if relation == "<=":
        return high is not None and high <= 0
    if relation == ">=":
        return low is not None and low >= 0
    return low is not None and low == high == 0


def known(instance: Instance, side: Side) -> Number:
    """The sum of the figures of one side, cells without a figure left out."""
    result: Number = 0
    for term in instance.terms:
        if term.side == side and term.cell.value is not None:
            result += term.cell.value * (term.weight if side == "left" else -term.weight)
    return result


def size(value: Number) -> Number:
    """The amount of a difference without its sign."""
    result: Number = -value if value < 0 else value
    return result
