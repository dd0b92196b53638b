"""Every kind of check, by the name that rules use."""

from __future__ import annotations

from importlib import import_module

from linter.checks.kind import Kind

MODULES = (
    "across_years",
    "agreement",
    "announcement",
    "aspects",
    "calendar_day",
    "cell_state",
    "cell_value",
    "condition",
    "content",
    "date_order",
    "deadline",
    "denial",
    "deviation",
    "figure_cell",
    "figure_needs",
    "figure_order",
    "figure_step",
    "forbidden",
    "format",
    "growth",
    "heading_level",
    "identity",
    "length",
    "links",
    "mention",
    "numbering",
    "organs",
    "other_scope",
    "paired_lists",
    "parts_sum",
    "percentage",
    "personal",
    "picture",
    "presence",
    "printed",
    "promised",
    "repeated_text",
    "repetition",
    "scan",
    "self_reference",
    "sequence",
    "shares_sum",
    "stated_cell",
    "stated_twice",
    "table_claims",
    "table_figures",
    "table_none",
    "together",
    "topic",
    "unchanged",
    "unit",
    "unmentioned",
    "versions",
    "year_mention",
)
"""The modules of this package that hold a kind each, of the same name."""

KINDS: dict[str, Kind] = {name: import_module(f"linter.checks.{name}").KIND for name in MODULES}
