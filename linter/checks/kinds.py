"""Every kind of check, by the name that rules use: those of one report, and those of several."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from linter.checks.kind import Kind

if TYPE_CHECKING:
    from linter.corpus.kind import CorpusKind

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
    "suppression",
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

CORPUS_MODULES = (
    "copied_text",
    "missing_children",
    "other_unit_named",
    "rollup",
    "same_as_office",
    "same_tables",
)
"""The modules of `linter/corpus` that hold a kind each. They are named only here: rules of several reports
are loaded, listed and explained beside the others, and run by `linter/corpus/judge.py`."""

CORPUS_KINDS: dict[str, CorpusKind] = {
    name: import_module(f"linter.corpus.{name}").KIND for name in CORPUS_MODULES
}

EVERY_KIND: dict[str, Kind | CorpusKind] = {**KINDS, **CORPUS_KINDS}
