"""How a figure of the prose that no cell bears out may have come about. Shown, never applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.amounts import Total, figure
from linter.checks.cells import CellKey, columns_of, rows_of, spec_of
from linter.checks.outcome import Number
from linter.checks.slips import slip_of
from linter.checks.wording import cell_name, column_name, row_name
from linter.report.facts import Fact
from linter.report.model import StandardTable

_COINCIDENCE = 2
"""Figures up to this stand in many cells; that one of them is the same says nothing."""


class Slip(NamedTuple):
    """An explanation in Chinese and English."""

    zh: str
    en: str


def slip(
    table: StandardTable,
    keys: Sequence[CellKey],
    value: Number,
    meant: Number | None,
    totals: Sequence[Total],
    *,
    facts: Iterable[Fact] = (),
) -> Slip | None:
    """The likeliest explanation of `value` where the cells `keys` add up to `meant`. `facts` are those of
    the same quantity."""
    former = next((f for f in facts if f.kind == "last_year" and f.value and f.value.value == value), None)
    if former is not None:
        return Slip(
            "与文字所写上一年的数相同，可能没有更新", "same as last year's figure in the text: not updated?"
        )
    if value > _COINCIDENCE:
        found = next(_copied(table, keys, value, totals), None)
        if found is not None:
            return found
    if not value or meant is None or not keys:
        return None
    zh, en = (slip_of(table, keys[0], value, meant, lang=lang) for lang in ("zh", "en"))
    return Slip(zh, en) if zh and "相邻" not in zh else None


def _copied(
    table: StandardTable, keys: Sequence[CellKey], value: Number, totals: Sequence[Total]
) -> Iterator[Slip]:
    """Cells, or sums of them, that hold the very figure."""
    spec = spec_of(table)
    for column in columns_of(table):
        moved = [(row, str(column)) for row, _ in keys]
        if keys[0][0] is not None and moved != list(keys) and _sum(table, moved, totals) == value:
            name = column_name(spec, keys[0][0], str(column))
            yield Slip(f"与“{name}”列的数相同，可能引用了该列", f"same as column {name}: quoted from there?")
    if len(keys) > 1:
        yield from _some_of(table, keys, value, totals)
    for row, column in keys:
        for other in columns_of(table):
            if row is not None and other != column and _sum(table, [(row, str(other))], totals) == value:
                name = cell_name(spec, row, str(other))
                yield Slip(
                    f"与“{name}”一格的数相同，可能只引用了该格",
                    f"same as the cell {name}: quoted from there?",
                )
    rows = rows_of(table)
    for row, column in keys[:1]:
        at = rows.index(row)
        for near in rows[max(0, at - 1) : at] + rows[at + 1 : at + 2]:
            if row is not None and _sum(table, [(near, column)], totals) == value:
                name = row_name(spec, near)
                yield Slip(
                    f"与相邻的“{name}”一行相同，可能看错了行",
                    f"same as the neighbouring row {name}: misread?",
                )


def _some_of(
    table: StandardTable, keys: Sequence[CellKey], value: Number, totals: Sequence[Total]
) -> Iterator[Slip]:
    spec = spec_of(table)
    for key in keys:
        name = row_name(spec, key[0]) if key[0] is not None else column_name(spec, None, key[1])
        if _sum(table, [key], totals) == value:
            yield Slip(
                f"与其中“{name}”一项相同，可能只算了这一项", f"same as {name} alone: only that counted?"
            )
    for key in keys:
        name = row_name(spec, key[0]) if key[0] is not None else column_name(spec, None, key[1])
        if _sum(table, [key], totals) and _sum(table, [k for k in keys if k != key], totals) == value:
            yield Slip(f"少算了“{name}”一项则正好相同", f"the same without {name}: left out?")


def _sum(table: StandardTable, keys: Sequence[CellKey], totals: Sequence[Total]) -> Number | None:
    values = [figure(table, key, totals) for key in keys]
    known = [value for value in values if value is not None]
    return sum(known, start=0) if known else None
