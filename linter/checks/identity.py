"""Linear relations between cells, evaluated on intervals (design.md §4).

A relation compares two sums. A figure counts as itself; a cell without a figure may hold any number
from 0 up. It fails only where no reading of the unknown cells satisfies it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from linter.checks.cells import (
    EMPTY_STATES,
    SIGNED_COLUMNS,
    CellKey,
    columns_of,
    describe,
    evidence_of,
    matching,
    place_of,
    rows_of,
    spec_of,
    unknown_lines,
)
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Number, Outcome, Place, Verdict
from linter.checks.wording import column_name, number_text, row_name, table_name
from linter.report.model import Report, StandardTable, State, TableCell

Relation: TypeAlias = Literal["=", "<=", ">="]
Bound: TypeAlias = Number | None
"""A bound of an interval; None is infinite."""

BROKEN = {"=": "≠", "<=": ">", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Form:
    """One relation: rows (or columns) on either side; `-x` is subtracted, `x.*` means the group."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """`along` says whether the forms name rows or columns, `each` over which lines of the other
    axis they are expanded."""

    table: str
    along: Literal["rows", "columns"]
    forms: tuple[Form, ...] = field(metadata={"of": Form})
    each: tuple[str, ...] = ("*",)
    relation: Relation = "="


@dataclass(frozen=True, slots=True)
class Term:
    """A cell with its weight in `left − right`; `side` is where it is printed."""

    key: CellKey
    cell: TableCell
    weight: int
    side: Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Instance:
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


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each relation; one open verdict where the table could not be read."""
    table = report.tables.get(parameters.table)
    if table is None:
        return
    if not table.found:
        yield unread_table(table)
        return
    for instance in instances(parameters, table):
        yield judge_instance(instance)


def instances(parameters: Parameters, table: StandardTable) -> Iterator[Instance]:
    """The relations over the cells that the table really holds."""
    rows, columns = rows_of(table), columns_of(table)
    across, lines = (columns, rows) if parameters.along == "rows" else (rows, columns)
    for form in parameters.forms:
        sides = [(_signed(form.left, lines), 1, "left"), (_signed(form.right, lines), -1, "right")]
        for other in matching(parameters.each, across):
            terms = []
            for signed, direction, side in sides:
                for name, sign in signed:
                    key = (name, other) if parameters.along == "rows" else (other, name)
                    cell = table.cells.get(key)  # type: ignore[arg-type]
                    if cell is not None:
                        terms.append(Term(key, cell, sign * direction, side))  # type: ignore[arg-type]
            if terms:
                yield _instance(parameters, table, tuple(terms), other)


def _signed(patterns: Iterable[str], lines: Sequence[str | None]) -> list[tuple[str | None, int]]:
    return [
        (name, -1 if pattern.startswith("-") else 1)
        for pattern in patterns
        for name in matching([pattern.removeprefix("-")], lines)
    ]


def _instance(
    parameters: Parameters, table: StandardTable, terms: tuple[Term, ...], other: str | None
) -> Instance:
    spec = spec_of(table)
    right = [term for term in terms if term.side == "right"]
    left = [term for term in terms if term.side == "left"]
    single = right if len(right) == 1 else left if len(left) == 1 else None
    if parameters.along == "columns":
        row = other
        if row is None:
            line = spec.column(None, terms[0].key[1]).group
        else:
            line = row_name(spec, row)
        place = place_of(table, *single[0].key) if single else place_of(table, row)
    else:
        line = column_name(spec, terms[0].key[0], str(other))
        place = place_of(table, *single[0].key) if single else place_of(table, None, other)
    if place.location == table.location:
        first = next((term.cell.location for term in terms if term.cell.value is not None), table.location)
        place = Place(place.section, place.table, place.row, place.column, first, place.excerpt)
    return Instance(table, parameters.relation, parameters.along, terms, line, place)


def interval(cell: TableCell, key: CellKey) -> tuple[Bound, Bound]:
    """The values a cell may have. A fraction stands for half a unit of its last place either way."""
    value = cell.value
    if value is None:
        return (None if key[1] in SIGNED_COLUMNS else 0), None
    if isinstance(value, Decimal):
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


def judge_instance(instance: Instance) -> Verdict:
    """Pass, fail or open, with the evidence for what is not a pass."""
    low, high = total((term.cell, term.key, term.weight) for term in instance.terms)
    unknown = instance.unknown()
    if broken(instance.relation, low, high):
        return _failed(instance)
    if not unknown or certain(instance.relation, low, high):
        return Verdict(Outcome.PASS, instance.place)
    return _open(instance, unknown)


def _failed(instance: Instance) -> Verdict:
    evidence = evidence_for(instance)
    sides = {
        side: total(
            (t.cell, t.key, t.weight if side == "left" else -t.weight)
            for t in instance.terms
            if t.side == side
        )
        for side in ("left", "right")
    }
    said = {side: _said(instance, side, low) for side, (low, _) in sides.items()}
    arguments = {
        "table": table_name(instance.table.key),
        "table.en": table_name(instance.table.key, "en"),
        "line": instance.line,
        "left": said["left"][0],
        "left.en": said["left"][1],
        "right": said["right"][0],
        "right.en": said["right"][1],
        "difference": number_text(abs(evidence.difference) if evidence.difference is not None else None),
        "formula": evidence.formula or "",
    }
    return Verdict(Outcome.FAIL, instance.place, arguments, evidence)


def _said(instance: Instance, side: str, low: Bound) -> tuple[str, str]:
    exact = _exact(instance, side)
    if exact is not None:
        return number_text(exact), number_text(exact)
    return f"至少 {number_text(low)}", f"at least {number_text(low)}"


def _exact(instance: Instance, side: str) -> Number | None:
    """The sum of one side as printed, or None where a cell of it is unknown."""
    result: Number = 0
    for term in instance.terms:
        if term.side == side:
            if term.cell.value is None:
                return None
            result += term.cell.value * (term.weight if side == "left" else -term.weight)
    return result


def _known(instance: Instance, side: str) -> Number:
    """The sum of the figures of one side."""
    result: Number = 0
    for term in instance.terms:
        if term.side == side and term.cell.value is not None:
            result += term.cell.value * (term.weight if side == "left" else -term.weight)
    return result


def evidence_for(instance: Instance) -> Evidence:
    """The formula with the figures put in; a side with unknown cells counts at its least."""
    left, right = _known(instance, "left"), _known(instance, "right")
    return Evidence(
        formula=formula(instance),
        left=left,
        right=right,
        difference=left - right,
        cells=tuple(evidence_of(instance.table, term.key) for term in instance.terms),
    )


def formula(instance: Instance) -> str:
    """The broken relation in figures: `1 + 0 + 0 + 1 = 2 ≠ 0`."""
    sign = BROKEN[instance.relation]
    left = [term for term in instance.terms if term.side == "left"]
    right = [term for term in instance.terms if term.side == "right"]
    return f"{_sum_text(left, 1)} {sign} {_sum_text(right, -1)}"


def _sum_text(terms: list[Term], direction: int) -> str:
    shown = terms
    if len(terms) > 8:
        shown = [term for term in terms if term.cell.value != 0] or terms[:1]
    text = ""
    for term in shown:
        negative = term.weight * direction < 0
        joint = (" - " if negative else " + ") if text else ("-" if negative else "")
        text += joint + _figure(term.cell)
    if len(terms) == 1:
        return text
    result: Number = 0
    for term in terms:
        result += (term.cell.value or 0) * term.weight * direction
    equal = "≥" if any(term.cell.value is None for term in terms) else "="
    return f"{text} {equal} {number_text(result)}"


def _figure(cell: TableCell) -> str:
    if cell.value is not None:
        return number_text(cell.value)
    return {
        State.BLANK: "空",
        State.PLACEHOLDER: cell.text.strip() or "空",
        State.TEXT: f"“{cell.text.strip()[:12]}”",
        State.LOST: "（原文缺失）",
    }.get(cell.state, "（无此格）")


def _open(instance: Instance, unknown: list[Term]) -> Verdict:
    table = instance.table
    evidence = Evidence(cells=tuple(evidence_of(table, term.key) for term in instance.terms))
    empty = all(term.cell.state in EMPTY_STATES for term in unknown)
    reason, reason_en = unknown_reason(table, [term.key for term in unknown])
    zero, zero_en = ("", "")
    if empty:
        zero, zero_en = _zero_reading(instance, unknown)
        if not zero:
            reason += "（空格按 0 计成立）"
            reason_en += " (it holds if blanks are read as zero)"
    return Verdict(
        Outcome.OPEN,
        instance.place,
        {"table": table_name(table.key), "table.en": table_name(table.key, "en"), "line": instance.line},
        evidence,
        reason,
        reason_en,
        zero,
        zero_en,
    )


def unknown_reason(table: StandardTable, keys: Sequence[CellKey]) -> tuple[str, str]:
    """Why the relation is open, naming the unknown cells by what is wrong with them."""
    zh: list[str] = []
    en: list[str] = []
    words = (
        (State.BLANK, "空白", "blank"),
        (State.PLACEHOLDER, "填的是符号", "a placeholder"),
        (State.TEXT, "不是数字", "not a number"),
        (State.LOST, "在原文或转换中丢失", "lost in the source or its conversion"),
        (State.ABSENT, "报告中没有", "not in the report"),
    )
    for state, said, said_en in words:
        found = [key for key in keys if table.cells[key].state == state]
        if found:
            zh.append(f"{describe(table, found)}{said}")
            en.append(f"{describe(table, found, 'en')} {said_en}")
            reasons = {table.cells[key].reason for key in found} - {None}
            if state == State.LOST and len(reasons) == 1:
                zh[-1] += f"（{reasons.pop()}）"
    return "；".join(zh) + "，无法核对", "; ".join(en) + ": cannot be checked"


def _zero_reading(instance: Instance, unknown: list[Term]) -> tuple[str, str]:
    """What is wrong if the blanks are zero, and what would settle it; empty where nothing is."""
    low, high = _known(instance, "left"), _known(instance, "right")
    difference = low - high
    if not broken(instance.relation, difference, difference):
        return "", ""
    gap = number_text(abs(difference))
    zh = [f"空格按 0 计则差 {gap}"]
    en = [f"with blanks read as zero it is off by {gap}"]
    options, options_en = _settling(instance, unknown, difference)
    if options:
        zh.append("，或".join(options))
        en.append(", or ".join(options_en))
    return "；".join(zh), "; ".join(en)


def _settling(instance: Instance, unknown: list[Term], difference: Number) -> tuple[list[str], list[str]]:
    """The values that would settle an equality whose blanks are read as zero."""
    if instance.relation != "=":
        return [], []
    spec = spec_of(instance.table)
    zh: list[str] = []
    en: list[str] = []
    # A blank adds to its own side, so only the blanks of the smaller side can close the gap.
    fitting = [term for term in unknown if (term.weight > 0) == (difference < 0)]
    gap = number_text(abs(difference))
    if len(fitting) == 1 and len(unknown) == 1:
        zh.append(f"此格应为 {gap}")
        en.append(f"this cell should be {gap}")
    elif fitting:
        zh.append(f"空格合计应为 {gap}")
        en.append(f"the blanks should add up to {gap}")
    for side, weight in (("right", -1), ("left", 1)):
        terms = [term for term in instance.terms if term.side == side]
        if len(terms) == 1 and terms[0].cell.value is not None:
            term = terms[0]
            should = term.cell.value - difference * weight  # type: ignore[operator]
            if should >= 0:
                row, column = term.key
                by_row = instance.along == "rows"
                name = row_name(spec, row) if by_row else column_name(spec, row, column).split("·")[-1]
                zh.append(f"{name}应为 {number_text(should)}")
                en.append(f"{name} should be {number_text(should)}")
    return zh, en


def unread_table(table: StandardTable) -> Verdict:
    """The one open verdict for a table that is missing or could not be read."""
    name = table_name(table.key)
    if table.lost:
        reason, reason_en = f"{name}未能读出：{table.lost}", "the table could not be read"
    else:
        reason, reason_en = f"报告中没有{name}，无法核对", f"the report has no {table_name(table.key, 'en')}"
    return Verdict(Outcome.OPEN, place_of(table), reason=reason, reason_en=reason_en)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, rows and columns."""
    along_rows = parameters.along == "rows"
    each = [pattern for pattern in parameters.each]
    for name, reason in unknown_lines(
        parameters.table, editions, () if along_rows else each, each if along_rows else ()
    ):
        yield (("table",) if name == parameters.table else ("each", each.index(name))), reason
    for index, form in enumerate(parameters.forms):
        for side, patterns in (("left", form.left), ("right", form.right)):
            plain = [pattern.removeprefix("-") for pattern in patterns]
            for name, reason in unknown_lines(
                parameters.table, editions, plain if along_rows else (), () if along_rows else plain
            ):
                if name != parameters.table:
                    yield ("forms", index, side, plain.index(name)), reason


KIND = Kind(
    name="identity",
    parameters=Parameters,
    arguments=frozenset({"table", "line", "left", "right", "difference", "formula"}),
    check=check,
    verify=verify,
)
