"""Which cells explain the failed identities of a table (Fellegi–Holt, by exact search).

A table with row and column sums over-determines its cells: an identity that fails by some amount
restricts how each of its cells would have to change, and the identities that hold restrict it
further. A cell whose single change restores every failed identity, and breaks none that holds, is a
suspect. Where no cell does, pairs are tried. Nothing is ever changed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from linter.checks.cells import CellKey, columns_of, evidence_of, rows_of, spec_of
from linter.checks.outcome import Number, Suspect
from linter.checks.relation import Bound, Instance, broken, total
from linter.checks.wording import column_name, number_text, row_name
from linter.report.model import StandardTable

MOST_PAIRS = 20_000
"""Pairs tried for one table before the search gives up."""

Shift: TypeAlias = tuple[Bound, Bound]
"""By how much a cell would have to change: an interval."""


class Explanation(NamedTuple):
    """Failed identities with one cause, and the cells that may be it."""

    failed: tuple[int, ...]
    suspects: tuple[Suspect, ...]


class _System(NamedTuple):
    """The identities of one table with their intervals, and where each cell stands in them."""

    table: StandardTable
    instances: Sequence[Instance]
    spans: tuple[Shift, ...]
    weights: dict[CellKey, dict[int, int]]
    failed: frozenset[int]
    lang: str


def explain(table: StandardTable, instances: Sequence[Instance], lang: str = "zh") -> list[Explanation]:
    """The failed equalities of `table` grouped by cause; the numbers are indices of `instances`."""
    system = _system(table, instances, lang)
    found: list[Explanation] = []
    for component in _components(system):
        found.extend(_explain(system, component))
    return found


def _system(table: StandardTable, instances: Sequence[Instance], lang: str) -> _System:
    weights: dict[CellKey, dict[int, int]] = defaultdict(dict)
    spans: list[Shift] = []
    failed = set()
    for index, instance in enumerate(instances):
        span = total((term.cell, term.key, term.weight) for term in instance.terms)
        spans.append(span)
        if broken(instance.relation, *span):
            failed.add(index)
        for term in instance.terms:
            if term.cell.value is not None:
                weights[term.key][index] = weights[term.key].get(index, 0) + term.weight
    return _System(table, instances, tuple(spans), dict(weights), frozenset(failed), lang)


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


def _explain(system: _System, component: set[int]) -> list[Explanation]:
    singles = _singles(system, component)
    if singles:
        return [_explanation(system, component, singles)]
    parted = _parted(system, component)
    if parted:
        return parted
    pairs = _pairs(system, component)
    return [_explanation(system, component, pairs)]


def _explanation(system: _System, failed: Iterable[int], cells: dict[CellKey, Shift]) -> Explanation:
    suspects = tuple(_suspect(system, key, shift) for key, shift in cells.items())
    return Explanation(tuple(sorted(failed)), suspects)


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


def _singles(system: _System, failed: set[int]) -> dict[CellKey, Shift]:
    """Cells whose change alone restores all of `failed`."""
    found = {}
    for term in system.instances[min(failed)].terms:
        if system.failed.intersection(system.weights.get(term.key, ())) == failed:
            shift = _shift(system, term.key)
            if shift is not None:
                found[term.key] = shift
    return found


def _parted(system: _System, component: set[int]) -> list[Explanation]:
    """The component as two causes, each explained by single cells, where that is possible."""
    subsets: dict[frozenset[int], None] = {}
    for key, where in system.weights.items():
        subset = frozenset(where) & component
        if subset and subset != component and _shift(system, key) is not None:
            subsets[subset] = None
    best: tuple[int, list[frozenset[int]]] | None = None
    for one in sorted(subsets, key=lambda subset: (-len(subset), sorted(subset))):
        parts = _cover(component - one, subsets)
        if parts is not None and (best is None or len(parts) + 1 < best[0]):
            best = (len(parts) + 1, [one, *parts])
    if best is None:
        return []
    return [_explanation(system, part, _singles(system, set(part))) for part in best[1]]


def _cover(left: set[int] | frozenset[int], subsets: Iterable[frozenset[int]]) -> list[frozenset[int]] | None:
    """`left` as a union of disjoint subsets, largest first; None where that fails."""
    parts: list[frozenset[int]] = []
    rest = set(left)
    for subset in sorted(subsets, key=lambda subset: (-len(subset), sorted(subset))):
        if subset <= rest:
            parts.append(subset)
            rest -= subset
    return parts if not rest else None


def _pairs(system: _System, failed: set[int]) -> dict[CellKey, Shift]:
    """The cells of the first pair whose exact changes together restore all of `failed`."""
    cells = sorted(
        {t.key for i in failed for t in system.instances[i].terms if t.cell.value is not None},
        key=lambda key: (-len(failed & set(system.weights[key])), list(system.table.cells).index(key)),
    )
    tried = 0
    for one, two in combinations(cells, 2):
        if not failed <= set(system.weights[one]) | set(system.weights[two]):
            continue
        tried += 1
        if tried > MOST_PAIRS:
            break
        shifts = _pair_shifts(system, one, two, failed)
        if shifts is not None:
            return {one: (shifts[0], shifts[0]), two: (shifts[1], shifts[1])}
    return {}


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
        slip = slip_of(table, key, value, suggestion, system.lang)
    return Suspect(evidence_of(table, key), suggestion, slip)


def slip_of(table: StandardTable, key: CellKey, printed: Number, meant: Number, lang: str = "zh") -> str:
    """How `printed` may have come about where `meant` was right, in words; empty where no simple
    slip fits."""
    one, other = number_text(printed), number_text(meant)
    if one != other and sorted(one) == sorted(other):
        words = ("可能是数字顺序颠倒：{other} 写成了 {one}", "digits swapped? {other} printed as {one}")
    elif len(other) == len(one) + 1 and _without_one(other, one):
        words = ("可能是漏了一位数字：{other} 写成了 {one}", "a digit dropped? {other} printed as {one}")
    elif len(one) == len(other) + 1 and _without_one(one, other):
        words = ("可能是多了一位数字：{other} 写成了 {one}", "a digit too many? {other} printed as {one}")
    elif printed and (near := _neighbour(table, key, printed)):
        words = (
            f"与相邻的“{near}”数字相同，可能是填错了位置",
            f"same figure as the neighbouring {near}: misplaced?",
        )
    else:
        return ""
    return words[1 if lang == "en" else 0].format(one=one, other=other)


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _neighbour(table: StandardTable, key: CellKey, value: Number) -> str:
    """The row or column beside, above or below whose cell holds the same figure."""
    rows, columns = rows_of(table), columns_of(table)
    row, column = rows.index(key[0]), columns.index(key[1])
    spec = spec_of(table)
    for down, across in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        r, c = row + down, column + across
        if not (0 <= r < len(rows) and 0 <= c < len(columns)):
            continue
        near = table.cells.get((rows[r], str(columns[c])))
        if near is not None and near.value == value:
            return column_name(spec, rows[r], str(columns[c])) if across else row_name(spec, rows[r])
    return ""
