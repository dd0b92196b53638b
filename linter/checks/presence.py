"""Single facts and standard tables that a report must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import spec_of, unknown_tables
from linter.checks.facts import FACTS, unknown_fact
from linter.checks.identity import unread_table, unseen
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.wording import joined, section_name, table_name
from linter.report.model import Report


class Parameters(NamedTuple):
    """`facts` that the report must state (together one verdict), `tables` that must be there.

    `stated_in`: a fact without which `facts` are not asked for (a title, for the organ in it). `since`:
    the first report year of which this is asked; an unknown year is asked nothing.
    """

    facts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    stated_in: str = ""
    since: int = 0


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for the facts, one for each table."""
    if parameters.since and (report.year is None or report.year < parameters.since):
        return
    holder = FACTS[parameters.stated_in].find(report).value if parameters.stated_in else ""
    if parameters.facts and holder is not None:
        yield _facts(parameters.facts, report)
    for key in parameters.tables:
        table = report.tables.get(key)
        if table is None:
            continue
        section = spec_of(table).section
        place = Place(section, key, location=table.location)
        if table.found:
            yield Verdict(Outcome.PASS, place)
        elif table.lost:
            yield unread_table(table, report)
        elif unseen(key, report):
            yield unread_table(table, report)._replace(absence=True)
        else:
            heading = report.section(section)
            location = heading.location if heading else table.location
            arguments = {
                "missing": table_name(key),
                "missing.en": table_name(key, "en"),
                "section": section_name(section),
                "section.en": section_name(section, "en"),
            }
            yield Verdict(
                Outcome.FAIL,
                Place(section, key, location=location, excerpt=heading.heading if heading else None),
                arguments,
                absence=True,
            )


def _facts(names: Sequence[str], report: Report) -> Verdict:
    found = {name: FACTS[name].find(report) for name in names}
    missing = [name for name in names if found[name].value is None]
    place = next((fact.place for fact in found.values() if fact.place.excerpt), None) or _front(report)
    if not missing:
        return Verdict(Outcome.PASS, place)
    arguments = {
        "missing": joined(FACTS[name].zh for name in missing),
        "missing.en": joined((FACTS[name].en for name in missing), "en"),
        "section": "",
    }
    return Verdict(Outcome.FAIL, place, arguments, item="+".join(missing))


def _front(report: Report) -> Place:
    """Where a missing fact belongs: the lead-in, else the title, else the first heading."""
    statement = report.lead[0] if report.lead else report.title
    if statement is not None:
        return Place(location=statement.location)
    if report.sections:
        return Place(location=report.sections[0].location)
    return Place()


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown facts and tables; nothing asked for."""
    del editions
    if not parameters.facts and not parameters.tables:
        yield (), "应写 facts 或 tables，说明必须有什么"
    for index, name in enumerate(parameters.facts):
        if reason := unknown_fact(name):
            yield ("facts", index), reason
    if parameters.stated_in and (reason := unknown_fact(parameters.stated_in)):
        yield ("stated_in",), reason
    yield from unknown_tables(parameters.tables)


KIND = Kind(
    name="presence",
    parameters=Parameters,
    arguments=frozenset({"missing", "section"}),
    check=check,
    verify=verify,
)
