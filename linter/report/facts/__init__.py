"""What the prose of a report states, as facts that rules compare with tables and with each other."""

from __future__ import annotations

from functools import lru_cache

from linter.report.facts.model import Fact, Quantity
from linter.report.facts.read import read_facts
from linter.report.model import Report

__all__ = ["Fact", "Quantity", "facts_of", "read_facts"]

# Many rules ask for the facts of one report, one after the other.
_read_once = lru_cache(maxsize=2)(read_facts)


def facts_of(report: Report) -> tuple[Fact, ...]:
    """The facts that the prose of `report` states, in order."""
    return _read_once(report.sections, report.issuer, report.year)
