"""Recovery of the standard tables: physical → joined → aligned (design.md §2)."""

from linter.report.tables.physical import recognise_tables
from linter.report.tables.recovery import begins_torn, layout_of, read_tables

__all__ = ["begins_torn", "layout_of", "read_tables", "recognise_tables"]
