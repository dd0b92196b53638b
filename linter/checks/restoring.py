"""Sets of cells whose change would restore the failed identities of a table, by exact search.

An identity that fails by some amount restricts how each of its cells would have to change, and the
identities that hold restrict it further (Fellegi–Holt).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from linter.checks.cells import CellKey
from linter.checks.outcome import Number
from linter.checks.relation import Bound, Instance, broken, total
from linter.report.model import StandardTable

MOST_PAIRS = 1_000
"""Pairs tried for one cause before the search gives up."""

MOST_COVERS = 400
"""Steps of the search for several independent causes."""

Shift: TypeAlias = tuple[Bound, Bound]
"""By how much a cell would have to change: an interval."""

Changed: TypeAlias = dict[CellKey, Number]
"""Cells that change together, each by so much."""


class System(NamedTuple):
    """The identities of one table with their intervals, and where each cell stands in them.

    `held` gives for each cell the exact identities that hold: what it does to them, others must undo.
    """

    table: StandardTable
    instances: Sequence[Instance]
    spans: tuple[Shift, ...]
    weights: dict[CellKey, dict[int, int]]
    failed: frozenset[int]
    held: dict[CellKey, frozenset[int]]


def system_of(table: StandardTable, instances: Sequence[Instance]) -> System:
    """The identities of `table`, made ready for the search."""
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
    return System(table, instances, tuple(spans), dict(weights), frozenset(failed), held)


def components(system: System) -> Iterable[set[int]]:
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


def singles_of(system: System, failed: set[int] | frozenset[int]) -> dict[CellKey, Shift]:
    """Cells whose change alone restores all of `failed`."""
    found = {}
    for term in system.instances[min(failed)].terms:
        if system.failed.intersection(system.weights.get(term.key, ())) == failed:
            shift = _shift(system, term.key)
            if shift is not None:
                found[term.key] = shift
    return found


def _shift(system: System, key: CellKey) -> Shift | None:
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


def parts_of(system: System, component: set[int]) -> list[frozenset[int]]:
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


def pairs_of(system: System, failed: set[int]) -> Iterator[Changed]:
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
    system: System, one: CellKey, two: CellKey, failed: set[int]
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


def _point(system: System, index: int) -> bool:
    low, high = system.spans[index]
    return low is not None and low == high


def _exact(system: System, weights: dict[int, int], indices: Iterable[int]) -> Number | None:
    """The change that the identities in which the cell stands alone demand, if they demand one."""
    for index in indices:
        low = system.spans[index][0]
        if low is not None and _point(system, index):
            return -low * weights[index] if abs(weights[index]) == 1 else None
    return None
