"""What a check says of one rule at one place, and the finding made of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from linter.document.model import NOWHERE, Location

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Severity = Literal["error", "warning", "info"]
Number: TypeAlias = "int | Decimal"


class Outcome(StrEnum):
    """The five outcomes of design.md §4."""

    PASS = "pass"
    FAIL = "fail"
    OPEN = "open"
    NOT_APPLICABLE = "not-applicable"
    ERROR = "error"


class Place(NamedTuple):
    """Where a verdict stands: semantic keys (section, table, row, column) and the file position."""

    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    location: Location = NOWHERE
    excerpt: str | None = None


class CellEvidence(NamedTuple):
    """A cell as it stands in the report, quoted in evidence. `year` and `unit` are those of the other report
    whose cell it is: the year where it differs, the organ where it is another one's."""

    table: str
    row: str | None
    column: str
    text: str
    state: str
    value: "Number | None"
    location: Location = NOWHERE
    year: int | None = None
    unit: str | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether it is a cell of another report than the one judged."""
        return self.year is not None or self.unit is not None


class Suspect(NamedTuple):
    """A cell whose change, alone or with that of others, would restore the failed identities.

    `suggestion` is the value that would do it (None where it is not determined); `slip` explains in
    words how the printed figure may have come about, or is empty.
    """

    cell: CellEvidence
    suggestion: "Number | None" = None
    slip: str = ""


class Evidence(NamedTuple):
    """The proof: the formula with the numbers put in, both sides, and the cells used."""

    formula: str | None = None
    left: "Number | None" = None
    right: "Number | None" = None
    difference: "Number | None" = None
    cells: tuple[CellEvidence, ...] = ()


class Fix(NamedTuple):
    """A change of wording that would mend a fault: `found`, in the paragraph or cell at `location`, is to
    read `replacement`. Blanks in `found` do not count. One that is not `safe` rests on a guess of what was
    meant. No fix ever gives a figure another value.
    """

    location: Location
    found: str
    replacement: str
    safe: bool = True


class Verdict(NamedTuple):
    """One rule's outcome at one place, before it is worded.

    `arguments` fill the rule's message template; `reason` says in Chinese why the outcome is open
    or error, `reason_en` the same in English. `zero_reading` of an open identity: what follows if
    its blanks are read as zero ("" where it then holds); `zero_reading_en` the same in English.
    An argument named `x.en` replaces `x` in English. `item` names what is meant where the keys of
    the place do not tell it (a foreign heading, a contact item), for the fingerprint. `absence` says
    that the place itself is missing, so that what fails inside it has the same cause. `causes` names what
    this verdict brings about elsewhere, `because` the cause from which it follows itself. `fixes` are the
    changes that mend it together.
    """

    outcome: Outcome
    place: Place = Place()
    arguments: Mapping[str, str] = {}
    evidence: Evidence | None = None
    reason: str = ""
    reason_en: str = ""
    zero_reading: str = ""
    zero_reading_en: str = ""
    item: str = ""
    absence: bool = False
    causes: str = ""
    because: str = ""
    fixes: tuple[Fix, ...] = ()


class Related(NamedTuple):
    """A verdict that has the same cause as the finding it is listed under."""

    code: str
    name: str
    message: str
    place: Place
    evidence: Evidence | None = None


class Finding(NamedTuple):
    """A failed obligation, worded: the unit of every output. `fixes` mend it, and what is related."""

    code: str
    name: str
    severity: Severity
    message: str
    clause: str
    hint: str
    fingerprint: str
    place: Place
    evidence: Evidence | None = None
    suspects: tuple[Suspect, ...] = ()
    related: tuple[Related, ...] = ()
    arguments: Mapping[str, str] = {}
    fixes: tuple[Fix, ...] = ()


class OpenItem(NamedTuple):
    """An obligation that could not be decided, with the reason."""

    code: str
    name: str
    reason: str
    place: Place


class RuleError(NamedTuple):
    """A rule that broke while it ran; never counted against the report."""

    code: str
    name: str
    reason: str


class Suppressed(NamedTuple):
    """A finding that somebody set aside, with the reason given: by the configuration ("config"), a
    comment in a text or web page ("inline") or a comment in a Word draft ("comment"). `where` names
    the file and line, or the author."""

    finding: Finding
    reason: str
    kind: Literal["config", "inline", "comment"]
    where: str = ""


class Judgement(NamedTuple):
    """All that the rules say of one report. `outcomes` counts verdicts by (code, outcome), `seconds` is
    the time each rule took, by its name.

    `findings` are those that count. `known` are those of the baseline, which do not, and `suppressed`
    those set aside; `baselined` tells whether there was a baseline, so that `findings` are new. `until` is
    the last day on which all of this holds, where a suppression ends; None where no day matters.
    """

    findings: tuple[Finding, ...]
    open: tuple[OpenItem, ...]
    errors: tuple[RuleError, ...] = ()
    outcomes: Mapping[tuple[str, Outcome], int] = {}
    seconds: Mapping[str, float] = {}
    known: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    baselined: bool = False
    until: "date | None" = None
