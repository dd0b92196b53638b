"""Which cells explain the failed identities of a table, and how the figures may have come about.

A table with row and column sums over-determines its cells. Cells whose change restores every failed
identity, and breaks none that holds, are suspects; the smallest sets of such cells are shown. Failed
identities that share cells have one cause where a single cell explains them all. Where none does, two
cells are tried, also over failed identities that share no cell (a case filed in the wrong column or row
makes one sum too small and another too large), then a row that slipped by one column. Nothing is ever
changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from linter.checks.cells import CellKey, evidence_of
from linter.checks.moved import moved_row, moved_words
from linter.checks.outcome import Suspect
from linter.checks.relation import Instance
from linter.checks.restoring import (
    Changed,
    Shift,
    System,
    components,
    pairs_of,
    parts_of,
    singles_of,
    system_of,
)
from linter.checks.slips import misfiled, slip_of, together_with
from linter.report.model import StandardTable

MOST_SHOWN = 3
"""Pairs shown where several would do."""

MOST_CAUSES = 6
"""More unexplained causes than these are not tried two by two."""


class Explanation(NamedTuple):
    """Failed identities with one cause, and the cells that may be it."""

    failed: tuple[int, ...]
    suspects: tuple[Suspect, ...]


def explain(table: StandardTable, instances: Sequence[Instance], lang: str = "zh") -> list[Explanation]:
    """The failed equalities of `table` grouped by cause; the numbers are indices of `instances`."""
    system = system_of(table, instances)
    found: list[Explanation] = []
    unexplained: list[set[int]] = []
    for component in components(system):
        singles = singles_of(system, component)
        if singles:
            found.append(_explanation(lang, system, component, singles))
        else:
            unexplained.append(component)
    found.extend(_joined(lang, system, unexplained))
    pairs = [list(pairs_of(system, component)) for component in unexplained]
    if unexplained and not any(pairs):
        moved = _moved(lang, system, set().union(*unexplained))
        if moved is not None:
            return [*found, moved]
    for component, fitting in zip(unexplained, pairs, strict=True):
        found.extend(_several(lang, system, component, fitting))
    return found


def _joined(lang: str, system: System, unexplained: list[set[int]]) -> Iterator[Explanation]:
    """Two causes that one pair of cells explains together; what is explained is taken out."""
    if len(unexplained) > MOST_CAUSES:
        return
    for one, two in combinations(list(unexplained), 2):
        if one not in unexplained or two not in unexplained:
            continue
        pairs = list(pairs_of(system, one | two))
        if pairs:
            unexplained.remove(one)
            unexplained.remove(two)
            yield _explained_by_pairs(lang, system, one | two, pairs)


def _moved(lang: str, system: System, failed: set[int]) -> Explanation | None:
    """A row that stands one column beside its place, where that explains all of `failed`."""
    row = moved_row(system.table, system.instances, failed)
    if row is None:
        return None
    slip = moved_words(row.by, lang)
    suspects = tuple(Suspect(evidence_of(system.table, key), value, slip) for key, value in row.meant.items())
    return Explanation(tuple(sorted(failed)), suspects)


def _several(lang: str, system: System, component: set[int], pairs: Sequence[Changed]) -> list[Explanation]:
    """A component that no single cell explains: as independent causes, or by pairs of cells."""
    parts = parts_of(system, component)
    if parts and (len(parts) == 2 or not pairs):
        singles = [singles_of(system, part) for part in parts]
        if len(parts) > 2 or all(_one_of_each(pair, singles) for pair in pairs):
            return [
                _explanation(lang, system, part, cells) for part, cells in zip(parts, singles, strict=True)
            ]
    return [_explained_by_pairs(lang, system, component, pairs)]


def _one_of_each(pair: Changed, singles: Sequence[dict[CellKey, Shift]]) -> bool:
    one, two = pair
    first, second = singles
    return (one in first and two in second) or (two in first and one in second)


def _explanation(
    lang: str, system: System, failed: Iterable[int], cells: dict[CellKey, Shift]
) -> Explanation:
    suspects = tuple(_suspect(lang, system, key, shift) for key, shift in cells.items())
    return Explanation(tuple(sorted(failed)), suspects)


def _explained_by_pairs(
    lang: str, system: System, failed: Iterable[int], pairs: Sequence[Changed]
) -> Explanation:
    """The likeliest pairs: cases filed in a neighbouring cell before others."""
    order = {key: index for index, key in enumerate(system.table.cells)}

    def unlikely(pair: Changed) -> tuple[bool, int]:
        one, two = pair
        return sum(pair.values()) != 0, abs(order[one] - order[two])

    suspects: dict[CellKey, Suspect] = {}
    for pair in sorted(pairs, key=unlikely)[:MOST_SHOWN]:
        for suspect in _paired(lang, system, pair):
            suspects.setdefault((suspect.cell.row, suspect.cell.column), suspect)
    return Explanation(tuple(sorted(failed)), tuple(suspects.values()))


def _paired(lang: str, system: System, pair: Changed) -> Iterator[Suspect]:
    table = system.table
    for key, other in (tuple(pair), tuple(pair)[::-1]):
        by = pair[key]
        value = table.cells[key].value or 0
        slip = ""
        if by == -pair[other]:
            slip = misfiled(table, key, other, by, lang)
        else:
            own = [system.instances[index] for index in system.weights[key]]
            slip = slip_of(table, key, value, value + by, lang=lang, instances=own)
        slip = slip or together_with(table, other, (table.cells[other].value or 0) + pair[other], lang)
        yield Suspect(evidence_of(table, key), value + by, slip)


def _suspect(lang: str, system: System, key: CellKey, shift: Shift) -> Suspect:
    table = system.table
    value = table.cells[key].value
    low, high = shift
    suggestion = value + low if value is not None and low is not None and low == high else None
    slip = ""
    if value is not None and suggestion is not None:
        own = [system.instances[index] for index in system.weights[key]]
        slip = slip_of(table, key, value, suggestion, lang=lang, instances=own)
    return Suspect(evidence_of(table, key), suggestion, slip)
