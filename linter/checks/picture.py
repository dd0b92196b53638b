"""Standard tables in whose place the report has a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import spec_of, unknown_tables
from linter.checks.identity import unseen
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.wording import section_name, table_name
from linter.report.model import Report
from linter.report.norm import TABLE_KEYS


class Parameters(NamedTuple):
    """Which tables are looked at."""

    tables: tuple[str, ...] = TABLE_KEYS


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A failure for each section with a picture and without its table, a pass for each table read.

    What else is missing is no matter of this check.
    """
    # Listing the rules needs none of the reading.
    from linter.report.deviations import PICTURE

    for key in parameters.tables:
        table = report.tables.get(key)
        if table is None:
            continue
        section = spec_of(table).section
        if table.found:
            yield Verdict(Outcome.PASS, Place(section, key, location=table.location))
        elif unseen(key, report) == PICTURE:
            heading = report.section(section)
            place = Place(section, key, location=heading.location if heading else table.location)
            arguments = {
                "table": table_name(key),
                "table.en": table_name(key, "en"),
                "section": section_name(section),
                "section.en": section_name(section, "en"),
            }
            yield Verdict(Outcome.FAIL, place, arguments)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables."""
    del editions
    yield from unknown_tables(parameters.tables)


KIND = Kind(
    name="picture",
    parameters=Parameters,
    arguments=frozenset({"table", "section"}),
    check=check,
    verify=verify,
)
