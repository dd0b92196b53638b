"""What the prose of a report states, as facts that rules compare with tables and with each other."""

from __future__ import annotations

from linter.report.facts.model import Fact, Quantity
from linter.report.facts.read import read_facts
from linter.report.model import Report

__all__ = ["Fact", "Quantity", "facts_of", "read_facts"]


def facts_of(report: Report) -> tuple[Fact, ...]:
    """The facts that the prose of `report` states, in order."""
    return read_facts(report.sections, report.issuer, report.year)
