"""What changed from one year's report to the next: figures, and how much of the text stayed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from linter.checks.likeness import repeated
from linter.checks.outcome import Number
from linter.checks.texts import sections_of
from linter.report.model import Report, TableCell
from linter.report.norm import SECTION_KEYS, TABLE_KEYS


class Change(NamedTuple):
    """A cell that both forms have and that does not say the same; `difference` is new less old, None
    where one of them has no figure."""

    table: str
    row: str | None
    column: str
    old: TableCell
    new: TableCell
    difference: Number | None


class Likeness(NamedTuple):
    """How much of a section's text, in which `letters` count, stands in last year's."""

    section: str
    share: float
    letters: int


class Comparison(NamedTuple):
    """The changes; `same` counts the cells that say the same, `unknown` those without a figure in one of
    the years, which are not among the changes."""

    changes: tuple[Change, ...]
    same: int
    unknown: int
    texts: tuple[Likeness, ...]


def compare(old: Report, new: Report) -> Comparison:
    """Both reports cell by cell and section by section."""
    changes: list[Change] = []
    same = unknown = 0
    for table, row, column, before, after in _cells(old, new):
        if before.value is None or after.value is None:
            unknown += before.text.strip() != after.text.strip() or before.state != after.state
            same += before.text.strip() == after.text.strip() and before.state == after.state
        elif before.value == after.value:
            same += 1
        else:
            changes.append(Change(table, row, column, before, after, after.value - before.value))
    return Comparison(tuple(changes), same, unknown, tuple(_texts(old, new)))


def _cells(old: Report, new: Report) -> Iterator[tuple[str, str | None, str, TableCell, TableCell]]:
    for key in TABLE_KEYS:
        before, after = old.tables.get(key), new.tables.get(key)
        if before is None or after is None:
            continue
        for (row, column), cell in after.cells.items():
            if (row, column) in before.cells:
                yield key, row, column, before.cells[row, column], cell


def _texts(old: Report, new: Report) -> Iterator[Likeness]:
    for key in SECTION_KEYS:
        own, before = _prose(new, key), _prose(old, key)
        if own and before:
            found = repeated(own, before)
            if found.letters:
                yield Likeness(key, found.share, found.letters)


def _prose(report: Report, key: str) -> list[str]:
    return [passage.text for section in sections_of(report, key) for passage in section.passages]
