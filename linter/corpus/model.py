"""A corpus as it stands after a run: every unit and year with what was filed and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from linter.checks.outcome import RuleError
from linter.corpus.matching import How
from linter.corpus.record import Record
from linter.corpus.roster import Roster, Unit

Status = Literal["in-time", "late", "undated", "unreadable", "missing"]
"""Whether the report of a unit and year is there; "undated" where nothing tells when it was published."""


Decided = Literal["confirmed", "dismissed", "rectified"]


class Decision(NamedTuple):
    """What somebody decided of a finding: it holds, it does not, with the reason, or it was put right."""

    decision: Decided
    reason: str = ""
    by: str = ""
    made: str = ""


class Filing(NamedTuple):
    """What one unit owed for one year. `record` is the file judged (None where none can be read), `others`
    are further files of the same unit and year. `findings` and `open` are all that is said of it, as
    `check --format json` has them: its own, those of the year before and of other units. `outcomes`
    counts verdicts by rule and outcome, those rules included. `how` its unit was told."""

    unit: Unit
    year: int
    status: Status
    due: str | None = None
    record: Record | None = None
    others: tuple[Record, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    open: tuple[Mapping[str, Any], ...] = ()
    outcomes: Mapping[str, Mapping[str, int]] = {}
    how: How | None = None


class Unmatched(NamedTuple):
    """A file whose unit or year is not known, with the reason."""

    record: Record
    reason: str


class Corpus(NamedTuple):
    """The filings by unit, in the order of the roster, and year; the files that are nobody's; the files
    that cannot be read; what people decided of findings, by fingerprint; the
    rules of several reports that broke."""

    roster: Roster
    years: tuple[int, ...]
    filings: tuple[Filing, ...]
    unmatched: tuple[Unmatched, ...] = ()
    unreadable: tuple[Record, ...] = ()
    decisions: Mapping[str, Decision] = {}
    errors: tuple[RuleError, ...] = ()

    def filing(self, unit: str, year: int) -> Filing | None:
        """What the unit owed for the year."""
        return next((each for each in self.filings if (each.unit.name, each.year) == (unit, year)), None)
