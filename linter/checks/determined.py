"""Blanks whose value several identities give alike: what belongs into the cell is then no longer open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from linter.checks.cells import EMPTY_STATES, CellKey
from linter.checks.outcome import Number, Outcome
from linter.checks.relation import Instance, known
from linter.checks.wording import number_text

if TYPE_CHECKING:
    from linter.checks.grouping import Judged

Blank: TypeAlias = tuple[str, CellKey]


def with_determined(judged: Sequence[Judged]) -> list[Judged]:
    """The verdicts, where a blank is determined with its value, said once.

    An identity that lacks one figure alone gives it; two that give the same one leave no doubt, two
    that differ prove nothing.
    """
    demands: dict[Blank, list[tuple[int, Number]]] = {}
    for index, item in enumerate(judged):
        if item.instance is not None and item.verdict.outcome is Outcome.OPEN:
            found = _demanded(item.instance)
            if found is not None:
                demands.setdefault(found[0], []).append((index, found[1]))
    result = list(judged)
    for found_by in demands.values():
        values = {value for _, value in found_by}
        if len(found_by) < 2 or len(values) > 1 or not all(value > 0 for value in values):
            continue
        figure = number_text(values.pop())
        first, *others = (index for index, _ in found_by)
        result[first] = _saying(
            judged[first],
            f"空格按 0 计则差 {figure}；此格应为 {figure}，各项勾稽关系都这样要求",
            f"with blanks read as zero it is off by {figure}; all identities say {figure} here",
        )
        for index in others:
            result[index] = _saying(judged[index], "", "")
    return result


def _saying(item: Judged, zh: str, en: str) -> Judged:
    return item._replace(verdict=item.verdict._replace(zero_reading=zh, zero_reading_en=en))


def _demanded(instance: Instance) -> tuple[Blank, Number] | None:
    """The only cell without a figure, where it is empty, and the figure that the identity gives it."""
    unknown = instance.unknown()
    if instance.relation != "=" or len(unknown) != 1:
        return None
    term = unknown[0]
    if term.cell.state not in EMPTY_STATES or abs(term.weight) != 1:
        return None
    return (instance.table.key, term.key), (known(instance, "right") - known(instance, "left")) * term.weight
