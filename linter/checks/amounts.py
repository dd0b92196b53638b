"""Sums of cells that a figure of the prose may be held against.

A total without a figure is the sum of its parts as far as these are known; where a total and its parts
disagree, which another check says, either may be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from linter.checks.cells import (
    EMPTY_STATES,
    CellKey,
    columns_of,
    evidence_of,
    matching,
    rows_of,
    spec_of,
    unknown_lines,
)
from linter.checks.identity import unread_table
from linter.checks.kind import Problem
from linter.checks.outcome import CellEvidence, Number, Outcome, Verdict
from linter.checks.proof import unknown_reason
from linter.checks.relation import Bound, interval
from linter.checks.wording import cell_name, number_text, row_name
from linter.report.model import Report, StandardTable, TableCell

_SHORT = 3

Along: TypeAlias = Literal["rows", "columns"]


class Total(NamedTuple):
    """A column of a table that is the sum of other columns, in every row."""

    table: str
    total: str
    parts: tuple[str, ...]


class Amount(NamedTuple):
    """A sum of cells: the interval it lies in, and its value with blanks read as zero (None where a cell
    without a figure is no blank). `signed` are the cells meant with their signs and the values taken for
    them, `keys` those whose figures count, `unknown` those without one; `names` are the lines added, and
    `each` of the other axis, in the rule's words."""

    low: Bound
    high: Bound
    zero: Number | None
    keys: tuple[CellKey, ...]
    unknown: tuple[CellKey, ...]
    signed: tuple[tuple[CellKey, int, Bound], ...]
    table: StandardTable
    along: Along
    names: Sequence[str]
    each: Sequence[str]

    @property
    def name(self) -> str:
        """The sum in the words of the form: （一）予以公开＋（二）部分公开."""
        return _name(self.table, self.along, self.names, self.each)

    @property
    def formula(self) -> str:
        """The sum in figures, zeros of long sums left out: 272 + 3 = 275."""
        text = ""
        shown: Number = 0
        for _, sign, low in self.signed:
            least = low or 0
            shown += sign * least
            if least or len(self.signed) <= _SHORT:
                text += (" - " if sign < 0 else " + " if text else "") + number_text(least)
        if len(self.signed) == 1:
            return text
        return f"{text or '0'} {'≥' if self.unknown else '='} {number_text(shown)}"

    @property
    def terms(self) -> tuple[CellKey, ...]:
        """The cells that are added."""
        return tuple(key for key, sign, _ in self.signed if sign > 0)

    @property
    def certain(self) -> bool:
        """Whether the sum can have one value only."""
        return self.low is not None and self.low == self.high

    def may_be(self, value: Number) -> bool:
        """Whether some reading of the unknown cells gives `value`."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    @property
    def text(self) -> str:
        """The sum in words: 275, 至少 275."""
        return number_text(self.low) if self.certain else f"至少 {number_text(self.low or 0)}"


class _Value(NamedTuple):
    low: Bound
    high: Bound
    zero: Number | None
    keys: tuple[CellKey, ...]
    unknown: tuple[CellKey, ...]


def amounts(
    table: StandardTable, along: Along, names: Sequence[str], each: Sequence[str], totals: Iterable[Total]
) -> Iterator[Amount]:
    """The sum of the named rows (or columns) over the lines `each` of the other axis; a second one where
    totals and their parts disagree. None where the table has no such cell."""
    terms = [(key, -1 if name.startswith("-") else 1) for name, key in _keys(table, along, names, each)]
    if not terms:
        return
    parts = {total.total: total.parts for total in totals if total.table == table.key}

    def added(by_parts: bool) -> Amount:
        low: Bound = 0
        high: Bound = 0
        zero: Number | None = 0
        keys: tuple[CellKey, ...] = ()
        unknown: tuple[CellKey, ...] = ()
        signed = []
        for key, sign in terms:
            value = _value(table, key, parts, by_parts)
            first, last = (value.low, value.high) if sign > 0 else (value.high, value.low)
            low = None if low is None or first is None else low + sign * first
            high = None if high is None or last is None else high + sign * last
            zero = None if zero is None or value.zero is None else zero + sign * value.zero
            keys += value.keys
            unknown += value.unknown
            signed.append((key, sign, value.low))
        return Amount(low, high, zero, keys, unknown, tuple(signed), table, along, names, each)

    by_total = added(False)
    yield by_total
    if any(key[1] in parts and table.cells[key].value is not None for key, _ in terms):
        by_parts = added(True)
        if not by_parts.unknown and by_parts[:2] != by_total[:2]:
            yield by_parts


def _keys(
    table: StandardTable, along: Along, names: Sequence[str], each: Sequence[str]
) -> Iterator[tuple[str, CellKey]]:
    for name in names:
        plain = name.removeprefix("-")
        grouped = plain.endswith("*")
        lines: list[str | None] = [plain]
        if grouped:
            lines = matching([plain], rows_of(table) if along == "rows" else columns_of(table))
        for line in lines:
            for other in each or (None,):
                key = (line, other) if along == "rows" else (other, line)
                if key in table.cells:
                    yield name, key  # type: ignore[misc]


def _name(table: StandardTable, along: Along, names: Sequence[str], each: Sequence[str]) -> str:
    text = ""
    spec = spec_of(table)
    seen: set[str] = set()
    for name in names:
        for printed, key in _keys(table, along, [name], each[:1]):
            grouped = printed.endswith(".*") and key[0] is not None
            line = spec.row(key[0]) if grouped else None
            if line is not None and line.group:
                label = line.group
            elif key[0] is None:
                label = cell_name(spec, *key)
            else:
                label = row_name(spec, key[0]) if along == "rows" else cell_name(spec, *key)
            if label not in seen:
                text += ("－" if name.startswith("-") else "＋" if text else "") + label
            seen.add(label)
    return text


def _value(table: StandardTable, key: CellKey, totals: Mapping[str, Sequence[str]], by_parts: bool) -> _Value:
    """A cell; a total without a figure, or with `by_parts` any total, as the sum of its parts."""
    cell = table.cells[key]
    row, column = key
    parts: list[CellKey] = []
    if by_parts or cell.value is None:
        parts = [(row, part) for part in totals.get(column, ()) if (row, part) in table.cells]
    if parts:
        values = [_own(table.cells[part], part) for part in parts]
        if cell.value is not None or any(value.keys for value in values):
            lows = [value.low for value in values]
            highs = [value.high for value in values]
            zeros = [value.zero for value in values]
            return _Value(
                _added(lows),
                _added(highs),
                _added(zeros),
                tuple(k for value in values for k in value.keys),
                tuple(k for value in values for k in value.unknown),
            )
    return _own(cell, key)


def _own(cell: TableCell, key: CellKey) -> _Value:
    """What a cell says by itself."""
    low, high = interval(cell, key)
    if cell.value is not None:
        return _Value(low, high, cell.value, (key,), ())
    return _Value(low, high, 0 if cell.state in EMPTY_STATES else None, (), (key,))


def figure(table: StandardTable, key: CellKey, totals: Iterable[Total]) -> Number | None:
    """The figure of a cell, of a total without one the sum of the figures it is made of; None where there
    is none."""
    if key not in table.cells:
        return None
    value = _value(table, key, {t.total: t.parts for t in totals if t.table == table.key}, False)
    return sum((table.cells[used].value or 0 for used in value.keys), start=0) if value.keys else None


def _added(values: Sequence[Bound]) -> Bound:
    result: Number = 0
    for value in values:
        if value is None:
            return None
        result += value
    return result


def annotated(table: StandardTable, amount: Amount) -> str | None:
    """The annotation of a cell of the sum, which may say that it counts something more."""
    notes = (table.cells[key].note for key in amount.keys)
    return next((note for note in notes if note), None)


def evidence_cells(table: StandardTable, amounts: Iterable[Amount]) -> tuple[CellEvidence, ...]:
    """The cells with figures, each once, those that are zero left out where others are not."""
    keys = list(dict.fromkeys(key for amount in amounts for key in amount.keys))
    counted = [key for key in keys if table.cells[key].value] or keys
    return tuple(evidence_of(table, key) for key in counted)


def open_table(
    table: StandardTable, report: Report, unknown: Iterable[CellKey], stated: Sequence[str], fits: bool
) -> Verdict:
    """The one open verdict for all that could not be held against a table."""
    verdict = unread_table(table, report)
    if table.found and table.lost is None:
        keys = set(unknown)
        reason, reason_en = unknown_reason(table, [key for key in table.cells if key in keys])
        verdict = verdict._replace(reason=reason, reason_en=reason_en)
    elif table.found:
        verdict = verdict._replace(reason=f"{table.lost}，无法核对", reason_en="the table could not be read")
    zero, zero_en = ("；空格按 0 计相符", "; agrees with blanks read as zero") if fits else ("", "")
    words = "、".join(stated[:3]) + (f"等 {len(stated)} 处" if len(stated) > 3 else "")
    return verdict._replace(
        outcome=Outcome.OPEN,
        reason=f"{verdict.reason}（文字中的{words}{zero}）",
        reason_en=f"{verdict.reason_en} (stated in the text: {len(stated)}{zero_en})",
    )


def unknown_names(
    table: str, editions: Sequence[str], along: Along, names: Sequence[str], each: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Rows and columns that no edition of the rule has, each with what is right."""
    plain = [name.removeprefix("-") for name in names]
    rows, columns = (plain, each) if along == "rows" else (each, plain)
    yield from unknown_lines(table, editions, rows, columns)


def bad_totals(totals: Sequence[Total], editions: Sequence[str]) -> Iterator[Problem]:
    """The faults of a rule's parameter `totals`."""
    for index, total in enumerate(totals):
        for name, reason in unknown_names(total.table, editions, "columns", (total.total, *total.parts), ()):
            key = "table" if name == total.table else "total" if name == total.total else "parts"
            yield ("totals", index, key), reason
