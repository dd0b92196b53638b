"""What a synthetic report says, before any layout: the ground truth of every test made from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from linter.report.model import State

CellKey: TypeAlias = tuple[str | None, str]
Rank: TypeAlias = Literal["city", "county", "town"]
TableEdition: TypeAlias = Literal["2019", "2021"]
AnyEdition: TypeAlias = Literal["2019", "2021", "pre-2019"]
OrganKind: TypeAlias = Literal["government", "office", "department", "township", "subdistrict", "other"]


@dataclass(frozen=True, slots=True)
class CellTruth:
    """A table cell: the text printed (before a layout restyles digits), its state and value."""

    text: str
    state: State
    value: int | Decimal | None = None
    unit: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column of a table as printed."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with columns of its own. No rows: one unnamed row (row key None)."""

    title: str
    corner: str
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]

    @property
    def row_keys(self) -> tuple[str | None, ...]:
        """The keys of the rows, or the one key None."""
        return tuple(row.key for row in self.rows) or (None,)


@dataclass(frozen=True)
class TableTruth:
    """A standard table: `layout` is the edition whose form it follows, `cells` what is printed."""

    key: str
    layout: AnyEdition
    blocks: tuple[Block, ...]
    cells: Mapping[CellKey, CellTruth]

    def with_cells(self, changed: Mapping[CellKey, CellTruth]) -> TableTruth:
        """The same table with some cells changed."""
        return replace(self, cells={**self.cells, **changed})

    def number(self, row: str | None, column: str) -> int:
        """The whole number in a cell; 0 where the table has no such cell or no number stands in it."""
        cell = self.cells.get((row, column))
        return int(cell.value) if cell is not None and cell.value is not None else 0


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph. `role` is "body" or "subheading"."""

    text: str
    role: Literal["body", "subheading"] = "body"


@dataclass(frozen=True, slots=True)
class TableMark:
    """The place of a standard table in a section."""

    key: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section as printed: its numeral (None if unnumbered), title, and what stands below it."""

    key: str | None
    number: int | None
    title: str
    body: tuple[Prose | TableMark, ...]

    @property
    def numeral(self) -> str:
        """The printed numeral with its mark: `一、`, or empty."""
        return "" if self.number is None else f"{'零一二三四五六七八九十'[self.number]}、"

    @property
    def heading(self) -> str:
        """The whole heading line."""
        return self.numeral + self.title


@dataclass(frozen=True, slots=True)
class Organ:
    """The issuer: `name` as in the title, `we` as it calls itself, `region` what it governs or serves."""

    name: str
    kind: OrganKind
    place: str
    pinyin: str
    we: str
    region: str
    rank: Rank


@dataclass(frozen=True, slots=True)
class ContactTruth:
    """The contact items of the lead-in; None where not stated."""

    address: str
    postcode: str
    phone: str
    email: str | None = None
    fax: str | None = None


@dataclass(frozen=True)
class Truth:
    """A whole report. `edition` follows from the year; the tables carry their own layout.

    `link` is (address shown, address it leads to); the shown one stands in `lead`. `period` and
    `contact` are what the lead says, None where it does not. `attached` are closing lines.
    """

    seed: int
    edition: AnyEdition
    year: int
    organ: Organ
    title: str
    lead: tuple[str, ...]
    sections: tuple[Part, ...]
    tables: Mapping[str, TableTruth]
    period: tuple[dt.date, dt.date] | None
    contact: ContactTruth | None
    link: tuple[str, str]
    signature: tuple[str, dt.date] | None
    channels: Mapping[str, int] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        """The organ as the title names it."""
        return self.organ.name

    def part(self, key: str) -> Part:
        """The section `key`. Raises StopIteration if there is none."""
        return next(part for part in self.sections if part.key == key)

    def with_part(self, key: str, part: Part) -> Truth:
        """The same report with section `key` replaced."""
        return replace(self, sections=tuple(part if old.key == key else old for old in self.sections))

    def with_table(self, table: TableTruth) -> Truth:
        """The same report with one table replaced."""
        return replace(self, tables={**self.tables, table.key: table})


def number_cell(value: int | Decimal, text: str | None = None, unit: str | None = None) -> CellTruth:
    """A cell that holds a figure, printed as `text` if given."""
    return CellTruth(str(value) if text is None else text, State.NUMBER, value, unit)


BLANK = CellTruth("", State.BLANK)
