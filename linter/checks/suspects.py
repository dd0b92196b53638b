"""Which cells explain the failed identities of a table (Fellegi–Holt, by exact search).

A table with row and column sums over-determines its cells: an identity that fails by some amount
restricts how each of its cells would have to change, and the identities that hold restrict it
further. Cells whose change restores every failed identity, and breaks none that holds, are suspects;
the smallest sets of such cells are sought. Nothing is ever changed.

Failed identities that share cells have one cause where a single cell explains them all. Where none
does, two cells are tried, also over failed identities that share no cell: a case filed in the wrong
column or row makes one sum too small and another too large.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from linter.checks.cells import CellKey, evidence_of
from linter.checks.outcome import Number, Suspect
from linter.checks.relation import Bound, Instance, broken, total
from linter.checks.slips import misfiled, slip_of, together_with
from linter.report.model import StandardTable

MOST_PAIRS = 1_000
"""Pairs tried for one cause before the search gives up."""

MOST_SHOWN = 3
"""Pairs shown where several would do."""

MOST_COVERS = 400
"""Steps of the search for several independent causes."""

MOST_CAUSES = 6
"""More unexplained causes than these are not tried two by two."""

Shift: TypeAlias = tuple[Bound, Bound]
"""By how much a cell would have to change: an interval."""

Changed: TypeAlias = dict[CellKey, Number]
"""Cells that change together, each by so much."""


class Explanation(NamedTuple):
    """Failed identities with one cause, and the cells that may be it."""

    failed: tuple[int, ...]
    suspects: tuple[Suspect, ...]


class _System(NamedTuple):
    """The identities of one table with their intervals, and where each cell stands in them.

    `held` gives for each cell the exact identities that hold: what it does to them, others must undo.
    """

    table: StandardTable
    instances: Sequence[Instance]
    spans: tuple[Shift, ...]
    weights: dict[CellKey, dict[int, int]]
    failed: frozenset[int]
    held: dict[CellKey, frozenset[int]]
    lang: str


def explain(table: StandardTable, instances: Sequence[Instance], lang: str = "zh") -> list[Explanation]:
    """The failed equalities of `table` grouped by cause; the numbers are indices of `instances`."""
    system = _system(table, instances, lang)
    found: list[Explanation] = []
    unexplained: list[set[int]] = []
    for component in _components(system):
        singles = _singles(system, component)
        if singles:
            found.append(_explanation(system, component, singles))
        else:
            unexplained.append(component)
    found.extend(_joined(system, unexplained))
    for component in unexplained:
        found.extend(_several(system, component))
    return found


def smallest_sets(table: StandardTable, instances: Sequence[Instance]) -> list[frozenset[CellKey]]:
    """The smallest sets of one or two cells that would restore every failed identity of `table`."""
    system = _system(table, instances, "zh")
    failed = set(system.failed)
    if not failed:
        return []
    singles = _singles(system, failed)
    return [frozenset({key}) for key in singles] or [frozenset(pair) for pair in _pairs(system, failed)]


def _system(table: StandardTable, instances: Sequence[Instance], lang: str) -> _System:
    weights: dict[CellKey, dict[int, int]] = defaultdict(dict)
    spans: list[Shift] = []
    failed = set()
    exact = set()
    for index, instance in enumerate(instances):
        span = total((term.cell, term.key, term.weight) for term in instance.terms)
        spans.append(span)
        if broken(instance.relation, *span):
            failed.add(index)
        elif span[0] is not None and span[0] == span[1]:
            exact.add(index)
        for term in instance.terms:
            if term.cell.value is not None:
                weights[term.key][index] = weights[term.key].get(index, 0) + term.weight
    held = {key: frozenset(exact.intersection(where)) for key, where in weights.items()}
    return _System(table, instances, tuple(spans), dict(weights), frozenset(failed), held, lang)


def _components(system: _System) -> Iterable[set[int]]:
    """Failed identities that share cells, directly or through one another."""
    left = set(system.failed)
    while left:
        component = {left.pop()}
        front = set(component)
        while front:
            cells = {t.key for i in front for t in system.instances[i].terms if t.cell.value is not None}
            near = {i for key in cells for i in system.weights[key] if i in left}
            left -= near
            component |= near
            front = near
        yield component


def _joined(system: _System, unexplained: list[set[int]]) -> Iterator[Explanation]:
    """Two causes that one pair of cells explains together; what is explained is taken out."""
    if len(unexplained) > MOST_CAUSES:
        return
    for one, two in combinations(list(unexplained), 2):
        if one not in unexplained or two not in unexplained:
            continue
        pairs = list(_pairs(system, one | two))
        if pairs:
            unexplained.remove(one)
            unexplained.remove(two)
            yield _explained_by_pairs(system, one | two, pairs)


def _several(system: _System, component: set[int]) -> list[Explanation]:
    """A component that no single cell explains: as independent causes, or by pairs of cells."""
    parts = _parted(system, component)
    pairs = list(_pairs(system, component))
    if parts and (len(parts) == 2 or not pairs):
        singles = [_singles(system, part) for part in parts]
        if len(parts) > 2 or all(_one_of_each(pair, singles) for pair in pairs):
            return [_explanation(system, part, cells) for part, cells in zip(parts, singles, strict=True)]
    return [_explained_by_pairs(system, component, pairs)]


def _one_of_each(pair: Changed, singles: Sequence[dict[CellKey, Shift]]) -> bool:
    one, two = pair
    first, second = singles
    return (one in first and two in second) or (two in first and one in second)


def _explanation(system: _System, failed: Iterable[int], cells: dict[CellKey, Shift]) -> Explanation:
    suspects = tuple(_suspect(system, key, shift) for key, shift in cells.items())
    return Explanation(tuple(sorted(failed)), suspects)


def _explained_by_pairs(system: _System, failed: Iterable[int], pairs: Sequence[Changed]) -> Explanation:
    """The likeliest pairs: cases filed in a neighbouring cell before others."""
    order = {key: index for index, key in enumerate(system.table.cells)}

    def unlikely(pair: Changed) -> tuple[bool, int]:
        one, two = pair
        return sum(pair.values()) != 0, abs(order[one] - order[two])

    suspects: dict[CellKey, Suspect] = {}
    for pair in sorted(pairs, key=unlikely)[:MOST_SHOWN]:
        for suspect in _paired(system, pair):
            suspects.setdefault((suspect.cell.row, suspect.cell.column), suspect)
    return Explanation(tuple(sorted(failed)), tuple(suspects.values()))


def _paired(system: _System, pair: Changed) -> Iterator[Suspect]:
    table = system.table
    for key, other in (tuple(pair), tuple(pair)[::-1]):
        by = pair[key]
        value = table.cells[key].value or 0
        slip = ""
        if by == -pair[other]:
            slip = misfiled(table, key, other, by, system.lang)
        else:
            own = [system.instances[index] for index in system.weights[key]]
            slip = slip_of(table, key, value, value + by, lang=system.lang, instances=own)
        slip = slip or together_with(table, other, (table.cells[other].value or 0) + pair[other], system.lang)
        yield Suspect(evidence_of(table, key), value + by, slip)


def _shift(system: _System, key: CellKey) -> Shift | None:
    """The changes of a cell after which every identity it stands in can hold, or None."""
    value = system.table.cells[key].value
    if value is None:
        return None
    low: Bound = -value
    high: Bound = None
    for index, weight in system.weights[key].items():
        first, last = system.spans[index]
        # 0 must lie in [first + weight·shift, last + weight·shift].
        if weight > 0:
            least = None if last is None else _down(-last, weight)
            most = None if first is None else _up(-first, weight)
        else:
            least = None if first is None else _down(first, -weight)
            most = None if last is None else _up(last, -weight)
        low = least if low is None or (least is not None and least > low) else low
        high = most if high is None or (most is not None and most < high) else high
        if low is not None and high is not None and low > high:
            return None
    return low, high


def _down(value: Number, weight: int) -> Number:
    return value if weight == 1 else math.ceil(value / weight)


def _up(value: Number, weight: int) -> Number:
    return value if weight == 1 else math.floor(value / weight)


def _singles(system: _System, failed: set[int] | frozenset[int]) -> dict[CellKey, Shift]:
    """Cells whose change alone restores all of `failed`."""
    found = {}
    for term in system.instances[min(failed)].terms:
        if system.failed.intersection(system.weights.get(term.key, ())) == failed:
            shift = _shift(system, term.key)
            if shift is not None:
                found[term.key] = shift
    return found


def _parted(system: _System, component: set[int]) -> list[frozenset[int]]:
    """The component as the fewest causes that single cells explain; empty where that is impossible
    or the search too long."""
    subsets: dict[frozenset[int], None] = {}
    for key, where in system.weights.items():
        subset = frozenset(where) & component
        if subset and subset != component and _shift(system, key) is not None:
            subsets[subset] = None
    beginning: dict[int, list[frozenset[int]]] = defaultdict(list)
    for subset in sorted(subsets, key=lambda subset: (-len(subset), sorted(subset))):
        for index in subset:
            beginning[index].append(subset)
    budget = [MOST_COVERS]
    for most in range(2, len(component) + 1):
        parts = _cover(frozenset(component), beginning, most, budget)
        if parts is not None or budget[0] <= 0:
            return parts or []
    return []


def _cover(
    left: frozenset[int], subsets: Mapping[int, Sequence[frozenset[int]]], most: int, budget: list[int]
) -> list[frozenset[int]] | None:
    """`left` as a union of at most `most` disjoint subsets; None where that fails. `subsets` are by
    their members, `budget` holds the steps that are left."""
    if not left:
        return []
    if not most:
        return None
    for subset in subsets.get(min(left), ()):
        budget[0] -= 1
        if budget[0] <= 0:
            return None
        if subset <= left:
            rest = _cover(left - subset, subsets, most - 1, budget)
            if rest is not None:
                return [subset, *rest]
    return None


def _pairs(system: _System, failed: set[int]) -> Iterator[Changed]:
    """The pairs of cells whose exact changes together restore all of `failed`.

    What one of them does to an exact identity that holds the other must undo, so both stand in the
    same ones: only such cells are paired.
    """
    alike: dict[frozenset[int], list[CellKey]] = {}
    for key in dict.fromkeys(t.key for i in sorted(failed) for t in system.instances[i].terms):
        if key in system.weights:
            alike.setdefault(system.held[key], []).append(key)
    tried = 0
    for cells in alike.values():
        for one, two in combinations(cells, 2):
            if not failed <= {*system.weights[one], *system.weights[two]}:
                continue
            tried += 1
            if tried > MOST_PAIRS:
                return
            shifts = _pair_shifts(system, one, two, failed)
            if shifts is not None:
                yield {one: shifts[0], two: shifts[1]}


def _pair_shifts(
    system: _System, one: CellKey, two: CellKey, failed: set[int]
) -> tuple[Number, Number] | None:
    """Changes of both cells that restore every identity they stand in, where these fix them."""
    first, second = system.weights[one], system.weights[two]
    alone_one = [i for i in first if i not in second]
    alone_two = [i for i in second if i not in first]
    shift_one = _exact(system, first, alone_one)
    shift_two = _exact(system, second, alone_two)
    shared = [i for i in first if i in second and _point(system, i)]
    if shift_one is None and shift_two is None:
        return None
    if shift_one is None and shared:
        index = shared[0]
        shift_one = (-system.spans[index][0] - second[index] * shift_two) // first[index]  # type: ignore[operator]
    if shift_two is None and shared:
        index = shared[0]
        shift_two = (-system.spans[index][0] - first[index] * shift_one) // second[index]  # type: ignore[operator]
    if shift_one is None or shift_two is None or not shift_one or not shift_two:
        return None
    values = system.table.cells[one].value, system.table.cells[two].value
    if values[0] is None or values[1] is None or values[0] + shift_one < 0 or values[1] + shift_two < 0:
        return None
    for index in {*first, *second}:
        if index in system.failed and index not in failed:
            continue
        change = first.get(index, 0) * shift_one + second.get(index, 0) * shift_two
        low, high = system.spans[index]
        if broken("=", None if low is None else low + change, None if high is None else high + change):
            return None
    return shift_one, shift_two


def _point(system: _System, index: int) -> bool:
    low, high = system.spans[index]
    return low is not None and low == high


def _exact(system: _System, weights: dict[int, int], indices: Iterable[int]) -> Number | None:
    """The change that the identities in which the cell stands alone demand, if they demand one."""
    for index in indices:
        low = system.spans[index][0]
        if low is not None and _point(system, index):
            return -low * weights[index] if abs(weights[index]) == 1 else None
    return None


def _suspect(system: _System, key: CellKey, shift: Shift) -> Suspect:
    table = system.table
    value = table.cells[key].value
    low, high = shift
    suggestion = value + low if value is not None and low is not None and low == high else None
    slip = ""
    if value is not None and suggestion is not None:
        own = [system.instances[index] for index in system.weights[key]]
        slip = slip_of(table, key, value, suggestion, lang=system.lang, instances=own)
    return Suspect(evidence_of(table, key), suggestion, slip)
