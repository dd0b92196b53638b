"""Whether the figures of a government's report are those of its whole region."""

from __future__ import annotations

from collections.abc import Iterable

from linter.checks.stated import exact
from linter.checks.texts import pattern
from linter.report.facts import facts_of
from linter.report.model import Report

_RECEIVED = "applications.new"


def covers_region(report: Report, whole: Iterable[str], own: Iterable[str]) -> bool | None:
    """Whether the report says that its figures are those of the whole region (by an expression of `whole`),
    or of the government's own organs alone (by one of `own`); None where it says neither.

    It says so, too, where it gives what the whole region received, and the table gives the same.
    """
    texts = [passage.text for passage in report.lead]
    texts += [passage.text for section in report.sections for passage in section.passages]
    for expressions, said in ((own, False), (whole, True)):
        if any(pattern(each).search(text) for each in expressions for text in texts):
            return said
    return True if _received_by_all(report) else None


def _received_by_all(report: Report) -> bool:
    table = report.tables.get("applications")
    received = table.cells.get(("new", "total")) if table else None
    if received is None or not received.value:
        return False
    return any(
        fact.quantity == _RECEIVED
        and fact.kind == "count"
        and fact.scope == "region"
        and exact(fact) == received.value
        for fact in facts_of(report)
    )
