"""A quantity of the prose that can only be where a cell is large enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import evidence_of, spec_of, unknown_lines
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.prose import amount, place_of_fact, said, stated, unknown_quantity
from linter.checks.wording import cell_name, number_text
from linter.report.model import Report


class Parameters(NamedTuple):
    """A figure of `quantity` above zero needs the sum of the rows, in `column`, to be more than `more_than`;
    judged in sentences with one of `only_with` and none of `unless`."""

    quantity: str
    table: str
    rows: tuple[str, ...]
    column: str
    more_than: int
    only_with: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each figure of the quantity; open where a cell has none."""
    table = report.tables.get(parameters.table)
    for fact in stated(report, parameters.quantity):
        if not amount(fact) or any(word in fact.sentence for word in parameters.unless):
            continue
        if parameters.only_with and not any(word in fact.sentence for word in parameters.only_with):
            continue
        place = place_of_fact(fact)
        keys = [(row, parameters.column) for row in parameters.rows]
        if table is None or any(key not in table.cells for key in keys):
            continue
        values = [table.cells[key].value for key in keys]
        known = [value for value in values if value is not None]
        names = "、".join(cell_name(spec_of(table), *key) for key in keys)
        total = sum(known)
        if total > parameters.more_than:
            yield Verdict(Outcome.PASS, place)
        elif len(known) < len(values):
            yield Verdict(
                Outcome.OPEN,
                place,
                reason=f"{names}没有可读的数字，无法核对",
                reason_en="the cells of the table have no figure",
            )
        else:
            arguments = {
                "figure": said(fact),
                "cells": names,
                "sum": number_text(total),
                "limit": str(parameters.more_than),
            }
            formula = f"{number_text(total)} ≤ {parameters.more_than}"
            cells = tuple(evidence_of(table, key) for key in keys)
            evidence = Evidence(formula, total, parameters.more_than, total - parameters.more_than, cells)
            yield Verdict(Outcome.FAIL, place, arguments, evidence, item=parameters.quantity)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown quantity, table, rows or column."""
    if reason := unknown_quantity(parameters.quantity):
        yield ("quantity",), reason
    for name, reason in unknown_lines(parameters.table, editions, parameters.rows, (parameters.column,)):
        if name in parameters.rows:
            yield ("rows", parameters.rows.index(name)), reason
        else:
            yield ("table" if name == parameters.table else "column",), reason


KIND = Kind("figure-needs", Parameters, frozenset({"figure", "cells", "sum", "limit"}), check, verify)
