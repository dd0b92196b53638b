"""What a store knows of one unit: every year as the runs found it, and what became of its findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from linter.corpus.model import Decision
from linter.store import schema
from linter.store.connection import Store
from linter.store.decisions import decisions_of


class Seen(NamedTuple):
    """A year's report as one run found it, or several runs in a row that found the same."""

    run: int
    on: str
    status: str
    published: str | None
    path: str | None
    errors: int
    warnings: int
    open: int


class Remark(NamedTuple):
    """A finding of some run; `gone` tells that the last run no longer had it."""

    fingerprint: str
    code: str
    name: str
    severity: str
    message: str
    first: str
    gone: bool
    decision: Decision | None


class Year(NamedTuple):
    """One report year of a unit. `totals` are figures of its tables as the last run read them."""

    year: int
    seen: tuple[Seen, ...]
    totals: Mapping[str, str]
    remarks: tuple[Remark, ...]


def history_of(store: Store, unit: str) -> tuple[Year, ...]:
    """The years of the unit; none where no run had it."""
    from sqlalchemy import select

    filings, runs, findings = schema.filings, schema.runs, schema.findings
    decided = decisions_of(store)
    with store.reading() as connection:
        rows = connection.execute(
            select(filings, runs.c.finished)
            .join(runs, runs.c.id == filings.c.run)
            .where(filings.c.unit == unit)
            .order_by(filings.c.year, filings.c.run)
        ).all()
        said = connection.execute(
            select(findings, runs.c.finished)
            .join(runs, runs.c.id == findings.c.run)
            .where(findings.c.unit == unit)
            .order_by(findings.c.run, findings.c.position)
        ).all()
    years = []
    for year in sorted({row.year for row in rows}):
        own = [row for row in rows if row.year == year]
        remarks: dict[str, Remark] = {}
        for row in said:
            if row.year == year:
                first = remarks[row.fingerprint].first if row.fingerprint in remarks else row.finished
                gone = row.run != own[-1].run
                remarks[row.fingerprint] = Remark(
                    *(row.fingerprint, row.code, row.name, row.severity, row.message),
                    *(first, gone, decided.get(row.fingerprint)),
                )
        seen: list[Seen] = []
        for row in own:
            counts = row.errors, row.warnings, row.open
            now = Seen(row.run, row.finished, row.status, row.published, row.path, *counts)
            if not seen or seen[-1][2:] != now[2:]:
                seen.append(now)
        years.append(Year(year, tuple(seen), json.loads(own[-1].cells), tuple(remarks.values())))
    return tuple(years)


def units_like(store: Store, name: str) -> tuple[str, ...]:
    """Units whose name contains the words, for one that is not there."""
    from sqlalchemy import select

    column = schema.filings.c.unit
    with store.reading() as connection:
        found = connection.execute(
            select(column).where(column.contains(name, autoescape=True)).distinct().order_by(column).limit(5)
        )
        return tuple(found.scalars())
