"""Identities and inequalities between sums of cells.

One fails only where no reading of the unknown cells satisfies it, passes where every reading does,
and is open otherwise, with what follows if its blanks are read as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.cells import (
    EMPTY_STATES,
    columns_of,
    evidence_of,
    matching,
    place_of,
    rows_of,
    spec_of,
    unknown_lines,
)
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Place, Verdict
from linter.checks.proof import evidence_for, open_reason, side_text, zero_reading
from linter.checks.relation import Instance, Relation, Term, broken, certain, known, size, total
from linter.checks.wording import column_name, number_text, row_name, table_name
from linter.report.model import Report, StandardTable


class Form(NamedTuple):
    """One relation: rows (or columns) on either side; `-x` is subtracted, `x.*` means the group."""

    left: tuple[str, ...]
    right: tuple[str, ...]


class Parameters(NamedTuple):
    """`along` says whether the forms name rows or columns, `each` over which lines of the other
    axis they are expanded."""

    table: str
    along: Literal["rows", "columns"]
    forms: tuple[Form, ...]
    each: tuple[str, ...] = ("*",)
    relation: Relation = "="


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each relation; one open verdict where the table could not be read."""
    table = report.tables.get(parameters.table)
    if table is None:
        return
    if not table.found:
        yield unread_table(table, report)
        return
    for instance in instances(parameters, table):
        verdict = judge_instance(instance)
        if verdict.outcome is Outcome.OPEN:
            reason, reason_en = open_reason([instance])
            verdict = verdict._replace(reason=reason, reason_en=reason_en)
        yield verdict


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
            # A table may lack what one side counts (a local form without a breakdown): nothing to compare.
            if all(any(term.side == side for term in terms) for _, _, side in sides):
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
        line = spec.column(None, terms[0].key[1]).group if row is None else row_name(spec, row)
        place = place_of(table, *single[0].key) if single else place_of(table, row)
    else:
        # Where one column is judged, as in a table that has no other, the row tells more.
        row = single[0].key[0] if single and parameters.each == (other,) else None
        line = row_name(spec, row) if row else column_name(spec, terms[0].key[0], str(other))
        place = place_of(table, *single[0].key) if single else place_of(table, None, other)
    if place.location == table.location:
        first = next((term.cell.location for term in terms if term.cell.value is not None), table.location)
        place = Place(place.section, place.table, place.row, place.column, first, place.excerpt)
    return Instance(table, parameters.relation, parameters.along, terms, line, place)


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
    left, left_en = side_text(instance, "left")
    right, right_en = side_text(instance, "right")
    gap = size(known(instance, "left") - known(instance, "right"))
    arguments = {
        "table": table_name(instance.table.key),
        "table.en": table_name(instance.table.key, "en"),
        "line": instance.line,
        "left": left,
        "left.en": left_en,
        "right": right,
        "right.en": right_en,
        "difference": number_text(gap),
        "formula": evidence.formula or "",
    }
    return Verdict(Outcome.FAIL, instance.place, arguments, evidence)


def _open(instance: Instance, unknown: list[Term]) -> Verdict:
    table = instance.table
    zero, zero_en = ("", "")
    if all(term.cell.state in EMPTY_STATES for term in unknown):
        zero, zero_en = zero_reading(instance, unknown)
    return Verdict(
        Outcome.OPEN,
        instance.place,
        {"table": table_name(table.key), "table.en": table_name(table.key, "en"), "line": instance.line},
        Evidence(cells=tuple(evidence_of(table, term.key) for term in instance.terms)) if zero else None,
        zero_reading=zero,
        zero_reading_en=zero_en,
    )


def unread_table(table: StandardTable, report: Report) -> Verdict:
    """The one open verdict for a table that is missing or could not be read."""
    name, name_en = table_name(table.key), table_name(table.key, "en")
    if table.lost:
        reason, reason_en = f"{name}未能读出：{table.lost}", f"{name_en} could not be read"
    elif why := unseen(table.key, report):
        reason, reason_en = f"没有读到{name}：{why}", f"{name_en} may be there unread"
    else:
        reason, reason_en = f"报告中没有{name}，无法核对", f"the report has no {name_en}"
    return Verdict(Outcome.OPEN, place_of(table), reason=reason, reason_en=reason_en)


def unseen(table: str, report: Report) -> str | None:
    """Why a table that was not read may be in the report all the same (a picture); None where it is not."""
    lost = (d.lost for d in report.deviations if (d.part, d.kind, d.key) == ("table", "missing", table))
    return next(lost, None)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, rows and columns."""
    along_rows = parameters.along == "rows"
    each = list(parameters.each)
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
    nested={"forms": Form},
    check=check,
    verify=verify,
)
