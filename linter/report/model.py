"""What a report states, recovered from a Document: the input of every check.

Keys of sections, tables, rows and columns are those of design.md §5.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from linter.document.model import NOWHERE, Document, Link, Location

if TYPE_CHECKING:
    from decimal import Decimal

Edition = Literal["2019", "2021", "pre-2019"]
IssuerKind = Literal["government", "office", "department", "township", "subdistrict", "other"]
Certainty = Literal["full", "partial", "poor"]


class State(StrEnum):
    """What a table cell holds (design.md §3)."""

    NUMBER = "number"
    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    TEXT = "text"
    LOST = "lost"
    ABSENT = "absent"


class TableCell(NamedTuple):
    """One cell of a standard table.

    `text` is as printed, `value` the number as written (int for counts, Decimal where a fraction is
    written), `unit` and `note` what stood beside it. `reason` says in Chinese why a cell is lost.
    `candidates` of a lost cell are the readings of its whole row, a figure a column, that its sums
    leave where cells ran together; they are no values. `likely` is the figure that a lost cell seems
    to show, where it may have been misread.
    """

    text: str
    state: State
    value: "int | Decimal | None" = None
    unit: str | None = None
    note: str | None = None
    reason: str | None = None
    location: Location = NOWHERE
    candidates: tuple[tuple[int, ...], ...] = ()
    likely: "int | Decimal | None" = None


class Label(NamedTuple):
    """A row or column of a standard table as the report prints it. `key` None: not of the norm."""

    key: str | None
    text: str
    location: Location = NOWHERE


DeviationKind = Literal["missing", "extra", "moved", "renamed", "split"]


class Deviation(NamedTuple):
    """One edit of the least-cost repair: how the report departs from the mandated structure.

    `part` is what is edited. `key` is the section, table, row or column meant (None where an extra
    part has no key); `expected` its standard wording, `found` the wording in the report. A "split"
    is a part that the norm wants as one (section 五 in two) or in several (（六）其他处理 as a single
    row). `lost` gives the reason where the part may stand in a region that the source or its
    conversion lost: such a deviation is open, not a fault.
    """

    part: Literal["section", "table", "row", "column"]
    kind: DeviationKind
    key: str | None
    table: str | None = None
    expected: str | None = None
    found: str | None = None
    location: Location = NOWHERE
    lost: str | None = None


class StandardTable(NamedTuple):
    """A standard table, cell by cell.

    `layout` is the edition whose rows it has; `cells` has every (row, column) of that layout, row
    None for the disputes table. `found` is false where the report has no such table; then every
    cell is absent, or lost where `lost` says why it could not be read. `notes` say in Chinese what
    its reading rests on where that is not sure beyond the words and their order.

    The statistics table of a report before 2019 has the cells of the rows that are printed, and of those
    that the form has in their groups; its columns are `value` and, where printed, `cumulative`.
    """

    key: str
    layout: Edition
    found: bool
    cells: Mapping[tuple[str | None, str], TableCell]
    rows: tuple[Label, ...] = ()
    columns: tuple[Label, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    location: Location = NOWHERE
    lost: str | None = None
    notes: tuple[str, ...] = ()


class Statement(NamedTuple):
    """Something the report says: the value read from it, the words themselves, and where."""

    value: str
    text: str
    location: Location = NOWHERE


class Passage(NamedTuple):
    """A paragraph of a section's prose."""

    text: str
    location: Location = NOWHERE


class Section(NamedTuple):
    """A top-level part of the report, in the order found.

    `key` is None for a heading the norm does not know. `heading` is the whole line, `number` its
    numeral as an integer (None if unnumbered), `title` the words after it. `part_of` names the
    section a split-off heading belongs to (`problems` for a lone 改进措施). `passages` is the prose
    below it, sub-headings included, without the standard tables, whose keys `tables` holds.
    """

    key: str | None
    heading: str
    number: int | None
    title: str
    location: Location = NOWHERE
    passages: tuple[Passage, ...] = ()
    tables: tuple[str, ...] = ()
    part_of: str | None = None

    @property
    def text(self) -> str:
        """The prose, a line a paragraph."""
        return "\n".join(passage.text for passage in self.passages)


class Period(NamedTuple):
    """The stated period of the figures. `start` and `end` are None where a date is missing."""

    start: dt.date | None
    end: dt.date | None
    text: str
    location: Location = NOWHERE


class Contact(NamedTuple):
    """The contact items of the lead-in; each None where not stated."""

    address: Statement | None = None
    postcode: Statement | None = None
    phone: Statement | None = None
    fax: Statement | None = None
    email: Statement | None = None


class Signature(NamedTuple):
    """Issuer and date below the text; None where absent."""

    issuer: Statement | None = None
    date: Statement | None = None


class Announcement(NamedTuple):
    """The parts that the lead-in says the report has: `titles` in order, `count` where a number is
    given (本报告共分六个部分)."""

    titles: tuple[str, ...]
    count: int | None  # type: ignore[assignment]  # hides a method of tuples
    text: str
    location: Location = NOWHERE


class Reading(NamedTuple):
    """How surely the report was read. `notes` in Chinese, for the reader of the verdicts."""

    reader: str
    certainty: Certainty
    notes: tuple[str, ...] = ()


SuppressionStatus = Literal["used", "unused", "expired", "unreasoned", "unknown", "mandatory"]


class SuppressionState(NamedTuple):
    """A wish that findings of this report be set aside, and what came of it: `rule` as it is named there,
    `where` and `until` (YYYY-MM-DD) for people, "" where not stated."""

    status: SuppressionStatus
    rule: str
    where: str = ""
    until: str = ""
    location: Location = NOWHERE


class Report(NamedTuple):
    """Everything one report states, with positions.

    `edition` is the norm to judge by; `edition_by_year` follows from the report year,
    `edition_by_tables` from what the tables look like (None where nothing tells). `lead` is the
    prose between title and first section, `tail` what follows the last (signature, attachments).
    `topics` of a pre-2019 report: art. 32 topic key → the section that treats it. `published_by_page`:
    the page says when it was published, not the user; it may be the day on which a site was moved.
    `previous` is the organ's report of the year before, where the user gives it; `versions` are further
    files that hold the same report.
    `suppressions` are known once the report has been judged by the other rules.
    """

    path: str
    document: Document
    title: Statement | None
    issuer: str | None
    issuer_kind: IssuerKind | None
    year: int | None
    edition: Edition | None
    edition_by_year: Edition | None
    edition_by_tables: Edition | None
    period: Period | None
    contact: Contact
    signature: Signature
    announcement: Announcement | None
    links: tuple[Link, ...]
    lead: tuple[Passage, ...]
    sections: tuple[Section, ...]
    tail: tuple[Passage, ...]
    tables: Mapping[str, StandardTable]
    deviations: tuple[Deviation, ...]
    reading: Reading
    published: dt.date | None = None
    topics: Mapping[str, Section] = {}
    published_by_page: bool = False
    previous: "Report | None" = None
    versions: tuple["Report", ...] = ()
    suppressions: tuple[SuppressionState, ...] = ()

    def section(self, key: str) -> Section | None:
        """The first section with `key`, or None."""
        return next((section for section in self.sections if section.key == key), None)
