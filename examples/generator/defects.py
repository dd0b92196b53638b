"""Seeded faults with ground truth: a faultless report made wrong in a known way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from examples.generator import faults_of_cells as cells
from examples.generator import faults_of_text as text
from examples.generator.truth import TableEdition, Truth


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong: the rule that must say so, and the place.

    `rules` are the names any one of which settles it, the likeliest first. Of `row` and `column`
    None means that the defect is not in one of them (or that the table has no row keys).
    """

    kind: str
    rules: tuple[str, ...]
    table: str | None = None
    row: str | None = None
    column: str | None = None

    @property
    def rule(self) -> str:
        """The rule expected."""
        return self.rules[0]


@dataclass(frozen=True, slots=True)
class _Kind:
    make: Callable[[Truth, random.Random], tuple[Truth, tuple[str | None, str | None, str | None]]]
    rules: tuple[str, ...]
    editions: tuple[TableEdition, ...] = ("2019", "2021")


_SUMS = ("applications-result-total", "applications-applicant-total", "applications-balance")

_KINDS: dict[str, _Kind] = {
    "wrong-total": _Kind(cells.wrong_total, _SUMS),
    "changed-cell": _Kind(cells.changed_cell, _SUMS),
    "wrong-dispute-total": _Kind(cells.wrong_dispute_total, ("disputes-total",)),
    "blank-cell": _Kind(cells.blank_cell, ("blank-cell",)),
    "blank-row": _Kind(cells.blank_row, ("blank-cell",)),
    "blank-column": _Kind(cells.blank_column, ("blank-cell",)),
    "blank-block": _Kind(cells.blank_block, ("blank-cell",)),
    "placeholder": _Kind(cells.placeholder, ("placeholder-cell",)),
    "annotated": _Kind(cells.annotated, ("annotated-cell",)),
    "text-in-cell": _Kind(cells.text_in_cell, ("not-a-number",)),
    "negative": _Kind(cells.negative, ("negative-or-fraction",)),
    "missing-row": _Kind(cells.missing_row, ("missing-row",)),
    "renamed-row": _Kind(cells.renamed_row, ("row-label",)),
    "renamed-column": _Kind(cells.renamed_column, ("column-header",)),
    "unsplit-other": _Kind(cells.unsplit_other, ("row-label", "missing-row"), ("2021",)),
    "half-empty-procurement": _Kind(cells.half_empty_procurement, ("procurement-half-empty",), ("2019",)),
    "total-below-published": _Kind(cells.total_below_published, ("total-below-published",), ("2019",)),
    "in-force-below-issued": _Kind(cells.in_force_below_issued, ("in-force-below-issued",), ("2021",)),
    "edition-mismatch": _Kind(cells.edition_mismatch, ("edition-mismatch",), ("2021",)),
    "missing-table": _Kind(text.missing_table, ("missing-table",)),
    "missing-section": _Kind(text.missing_section, ("missing-section",)),
    "extra-section": _Kind(text.extra_section, ("extra-section",)),
    "swapped-sections": _Kind(text.swapped_sections, ("section-order",)),
    "split-section": _Kind(text.split_section, ("extra-section", "section-title")),
    "renamed-heading": _Kind(text.renamed_heading, ("section-title",)),
    "numbering-gap": _Kind(text.numbering_gap, ("section-numbering",)),
    "empty-section": _Kind(text.empty_section, ("empty-section",)),
    "missing-title": _Kind(text.missing_title, ("missing-title",)),
    "missing-period": _Kind(text.missing_period, ("missing-period",)),
    "wrong-period": _Kind(text.wrong_period, ("period-range",)),
    "missing-contact": _Kind(text.missing_contact, ("missing-contact",)),
    "malformed-contact": _Kind(text.malformed_contact, ("contact-format",)),
    "wrong-title-year": _Kind(text.wrong_title_year, ("title-year", "period-range")),
    "announced-sections": _Kind(text.announced_sections, ("announced-sections",)),
    "superseded-basis": _Kind(text.superseded_basis, ("superseded-basis",)),
    "link-mismatch": _Kind(text.link_mismatch, ("link-mismatch",)),
    "stale-year": _Kind(text.stale_year, ("stale-year",)),
    "wrong-figure-in-text": _Kind(
        text.wrong_figure_in_text,
        ("narrative-table-mismatch", "narrative-table-differs", "narrative-none-but-table"),
    ),
    "problems-missing": _Kind(text.problems_missing, ("problems-not-named",)),
    "improvements-missing": _Kind(text.improvements_missing, ("improvements-missing",)),
    "fee-statement-missing": _Kind(text.fee_statement_missing, ("fee-statement-missing",), ("2021",)),
    "template-leftover": _Kind(text.template_leftover, ("template-leftover",)),
    "conversion-residue": _Kind(text.conversion_residue, ("conversion-residue",)),
}

KINDS = tuple(_KINDS)
# The shown and the real address of a link can only differ where the format has links.
NEEDS_LINKS = frozenset({"link-mismatch"})


def kinds_for(edition: TableEdition) -> tuple[str, ...]:
    """The kinds of defect that a report of `edition` can have."""
    return tuple(name for name, kind in _KINDS.items() if edition in kind.editions)


def with_defects(truth: Truth, seed: int, kinds: Iterable[str]) -> tuple[Truth, list[Defect]]:
    """`truth` with one defect of each of `kinds`, and what was done, in that order.

    Raises KeyError for an unknown kind, ValueError for one that the edition cannot have.
    """
    rng = random.Random(f"defects {truth.seed} {seed}")
    defects = []
    for name in kinds:
        kind = _KINDS[name]
        if truth.edition not in kind.editions:
            raise ValueError(f"a report of edition {truth.edition} cannot have the defect {name}")
        truth, (table, row, column) = kind.make(truth, rng)
        defects.append(Defect(name, kind.rules, table, row, column))
    return truth, defects
