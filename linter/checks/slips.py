"""How a wrong figure may have come about, in words. Only ever an offer: nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linter.checks.cells import CellKey, columns_of, rows_of, spec_of
from linter.checks.outcome import Number
from linter.checks.relation import Instance, size
from linter.checks.wording import cell_name, column_name, number_text, row_name
from linter.report.model import StandardTable

MOST_PARTS_ALIKE = 1
"""A difference that more parts than this have explains nothing."""


def slip_of(
    table: StandardTable,
    key: CellKey,
    printed: Number,
    meant: Number,
    *,
    lang: str = "zh",
    instances: Iterable[Instance] = (),
) -> str:
    """How `printed` may have come about where `meant` was right; empty where no simple slip fits.

    `instances` are the identities in which the cell stands.
    """
    words = (
        _split_figure(table, key, printed, meant)
        or _digits(printed, meant)
        or _part_of_total(key, printed, meant, instances)
        or _neighbouring(table, key, printed)
    )
    return words[1 if lang == "en" else 0] if words else ""


def misfiled(table: StandardTable, key: CellKey, other: CellKey, by: Number, lang: str = "zh") -> str:
    """That `by` cases may have been put into one of two cells instead of the other: `by` is positive
    where they belong into the cell at `key`."""
    spec = spec_of(table)
    if key[0] == other[0]:
        name, where, where_en = column_name(spec, other[0], other[1]), "列", "column "
    elif key[1] == other[1]:
        name, where, where_en = row_name(spec, other[0]), "行", "row "
    else:
        name, where, where_en = cell_name(spec, *other), "", ""
    count = number_text(size(by))
    if lang == "en":
        return (
            f"{count} of {where_en}{name} belong here?" if by > 0 else f"{count} belong in {where_en}{name}?"
        )
    if by > 0:
        return f"可能有 {count} 件应填在这里，误填到“{name}”{where}"
    return f"可能有 {count} 件应填在“{name}”{where}，误填到这里"


def together_with(table: StandardTable, other: CellKey, should: Number, lang: str = "zh") -> str:
    """That a cell is only right after the change of another as well."""
    name = cell_name(spec_of(table), *other)
    if lang == "en":
        return f"with {name} changed to {number_text(should)}"
    return f"同时“{name}”应为 {number_text(should)}"


def _digits(printed: Number, meant: Number) -> tuple[str, str] | None:
    one, other = number_text(printed), number_text(meant)
    if one == other or not printed or not meant:
        return None
    if sorted(one) == sorted(other):
        return f"可能是数字顺序颠倒：{other} 写成了 {one}", f"digits swapped? {other} printed as {one}"
    if len(other) == len(one) + 1 and _without_one(other, one):
        return f"可能是漏了一位数字：{other} 写成了 {one}", f"a digit dropped? {other} printed as {one}"
    if len(one) == len(other) + 1 and _without_one(one, other):
        return f"可能是多了一位数字：{other} 写成了 {one}", f"a digit too many? {other} printed as {one}"
    for zeros in (2, 3, 4):
        if one == other + "0" * zeros or other == one + "0" * zeros:
            return f"相差 {10**zeros} 倍，可能是单位或小数点有误", f"{10**zeros} times: wrong unit or point?"
    return None


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _part_of_total(
    key: CellKey, printed: Number, meant: Number, instances: Iterable[Instance]
) -> tuple[str, str] | None:
    """A total whose difference is exactly one of its parts."""
    gap = size(meant - printed)
    for instance in instances:
        own = next((term for term in instance.terms if term.key == key), None)
        if own is None or not printed:
            continue
        parts = [term for term in instance.terms if term.side != own.side]
        if len(parts) != len(instance.terms) - 1 or len(parts) < 2:
            continue
        alike = [term for term in parts if term.cell.value == gap]
        if len(alike) != MOST_PARTS_ALIKE:
            continue
        name = _part_name(instance, alike[0].key)
        count = number_text(gap)
        if meant > printed:
            return f"正好少了“{name}”的 {count}，合计时可能漏加", f"short by the {count} of {name}: left out?"
        return f"正好多了“{name}”的 {count}，可能重复计算", f"over by the {count} of {name}: counted twice?"
    return None


def _part_name(instance: Instance, key: CellKey) -> str:
    spec = spec_of(instance.table)
    if instance.along == "rows":
        return row_name(spec, key[0])
    return column_name(spec, *key).split("·")[-1]


def _split_figure(
    table: StandardTable, key: CellKey, printed: Number, meant: Number
) -> tuple[str, str] | None:
    """One figure over two cells side by side: 20 as 2 and 0."""
    right = _beside(table, key, 1)
    near = table.cells[right].value if right else None
    if right is None or near is None or not 0 <= near <= 9 or not printed:
        return None
    if number_text(printed) + number_text(near) != number_text(meant):
        return None
    name = column_name(spec_of(table), *right)
    return (
        f"与右边“{name}”的 {number_text(near)} 合起来正是 {number_text(meant)}，可能一个数拆在了两格",
        f"with the {number_text(near)} of {name} beside it {number_text(meant)}: one figure in two cells?",
    )


def _neighbouring(table: StandardTable, key: CellKey, printed: Number) -> tuple[str, str] | None:
    near = _neighbour(table, key, printed) if printed else ""
    if not near:
        return None
    return (
        f"与相邻的“{near}”数字相同，可能是填错了位置",
        f"same figure as the neighbouring {near}: misplaced?",
    )


def _neighbour(table: StandardTable, key: CellKey, printed: Number) -> str:
    """The row or column beside, above or below whose cell holds the same figure."""
    spec = spec_of(table)
    for down, across in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        near = _beside(table, key, across) if across else _above(table, key, down)
        if near is not None and table.cells[near].value == printed:
            return column_name(spec, *near) if across else row_name(spec, near[0])
    return ""


def _beside(table: StandardTable, key: CellKey, by: int) -> CellKey | None:
    columns: Sequence[str | None] = columns_of(table)
    at = columns.index(key[1]) + by
    near = (key[0], str(columns[at])) if 0 <= at < len(columns) else None
    return near if near in table.cells else None


def _above(table: StandardTable, key: CellKey, by: int) -> CellKey | None:
    rows = rows_of(table)
    at = rows.index(key[0]) + by
    near = (rows[at], key[1]) if 0 <= at < len(rows) else None
    return near if near in table.cells else None
