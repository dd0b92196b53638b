"""What else a number of applications may stand for: with those carried over, without those left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linter.checks.outcome import Number
from linter.checks.prose import exact
from linter.report.facts import Fact
from linter.report.model import Report

WHOLES = frozenset({"applications.received", "applications.new", "applications.answered"})
_TABLE_ROWS = ("new", "carried_in", "result_total", "carried_out")


class Carried(NamedTuple):
    """The applications carried in and out, as text and table give them.

    `done`: the results of the table, where it counts the same applications. `certain`: it is known by what
    received and answered differ. `lost`: the table that would tell could not be read.
    """

    into: frozenset[Number]
    out: frozenset[Number]
    done: Number | None
    certain: bool
    lost: bool


def carried(report: Report, facts: Sequence[Fact], whole: Fact) -> Carried:
    """What is known of the applications carried over that belong with `whole`."""
    into, out, said = set[Number](), set[Number](), False
    for fact in facts:
        if fact.scope_text != whole.scope_text and fact.passage != whole.passage:
            continue
        value = exact(fact)
        if fact.quantity == "applications.carried_in" and value is not None:
            into.add(value)
        elif fact.quantity == "applications.carried_out" and value is not None:
            out.add(value)
            said = True
        elif fact.claim == "all_done" or (
            fact.claim == "none" and fact.quantity == "applications.carried_out"
        ):
            said = said or fact.section == whole.section
    table = report.tables.get("applications")
    values = [table.cells.get((row, "total")) for row in _TABLE_ROWS] if table and table.found else []
    figures = [cell.value if cell is not None else None for cell in values]
    whole_value, matched = exact(whole), False
    new, start, done, left = figures or (None, None, None, None)
    if start is not None and left is not None:
        into.add(start)
        out.add(left)
    if new is not None and done is not None:
        matched = whole_value in {new, done, new + (start or 0)}
    lost = table is not None and not matched and (bool(table.lost) or (table.found and None in figures))
    return Carried(frozenset(into), frozenset(out), done if matched else None, said or matched, lost)


def bases(whole: Fact, known: Carried, results: bool) -> frozenset[Number]:
    """The numbers that the parts of `whole` may make; `results`: the parts are results."""
    value = exact(whole)
    if value is None:
        return frozenset()
    found = {value, *(value + more for more in known.into)}
    if results and whole.quantity != "applications.answered":
        found |= {each - left for each in tuple(found) for left in known.out}
        found |= {known.done} if known.done is not None else set()
    return frozenset(found)
