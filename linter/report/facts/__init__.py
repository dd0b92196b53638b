"""What the prose of a report states, as facts that rules compare with tables and with each other."""

from __future__ import annotations

from linter.report.facts.model import Fact, Quantity
from linter.report.facts.read import read_facts

__all__ = ["Fact", "Quantity", "read_facts"]
