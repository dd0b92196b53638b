"""From records to filings: whose each is and of which year, which of several counts, what is missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linter.checks.deadline import Parameters as Deadline
from linter.checks.deadline import last_day
from linter.checks.outcome import Outcome
from linter.corpus.collect import Item
from linter.corpus.matching import How, match
from linter.corpus.model import Corpus, Filing, Status, Unmatched
from linter.corpus.record import Record
from linter.corpus.roster import Roster, Unit
from linter.report.issuer import kind_of
from linter.report.model import IssuerKind, State

_CERTAINTIES = ("full", "partial", "poor")
_YEAR_NAMED = re.compile(r"(?<!\d)(20\d\d)(?:\s*年|(?=[/\\_.\-]|$))")


class Deadlines(NamedTuple):
    """The rules that set a day of publication: their codes and what they say."""

    rules: tuple[tuple[str, Deadline], ...] = ()

    def due(self, unit: Unit, year: int) -> dt.date | None:
        """The day by which the unit is to publish its report of `year`."""
        days = (last_day(said, unit.name, unit.kind, year) for _, said in self.rules)
        return min((day for day in days if day is not None), default=None)


class _Filed(NamedTuple):
    unit: Unit
    how: How | None
    record: Record


def issuers_of(records: Iterable[Record]) -> Roster:
    """The roster of the issuers found, each owing what lies between its first and its last report."""
    years: dict[str, set[int]] = {}
    kinds: dict[str, IssuerKind] = {}
    for record in records:
        if record.issuer and record.year and not record.reason:
            years.setdefault(record.issuer, set()).add(record.year)
            kinds.setdefault(record.issuer, record.issuer_kind or kind_of(record.issuer))
    return Roster(
        Unit(name, kinds[name], since=min(found), until=max(found)) for name, found in sorted(years.items())
    )


def filed(
    read: Sequence[tuple[Item, Record]], roster: Roster, deadlines: Deadlines, years: Sequence[int] = ()
) -> Corpus:
    """The corpus of the records: those of each unit and year as one filing, what is owed and not there,
    and the files of nobody. `years` are those asked for, else those of the reports found."""
    kept: dict[tuple[str, int], list[_Filed]] = {}
    broken: dict[tuple[str, int], list[Record]] = {}
    unmatched: list[Unmatched] = []
    for item, record in read:
        found = match(record, roster, item.unit)
        year = record.year or item.year or (_year_named(record.path) if record.reason else None)
        if record.reason:
            if found.unit is not None and year is not None:
                broken.setdefault((found.unit.name, year), []).append(record)
        elif found.unit is None:
            unmatched.append(Unmatched(record, found.reason))
        elif year is None:
            unmatched.append(Unmatched(record, "报告年度不知道"))
        else:
            kept.setdefault((found.unit.name, year), []).append(_Filed(found.unit, found.how, record))
    all_years = tuple(sorted(set(years) or {year for _, year in kept}))
    filings = []
    for unit in roster.units:
        for year in all_years:
            key = unit.name, year
            if key in kept or key in broken or unit.owes(year):
                filings.append(_filing(unit, year, kept.get(key, []), broken.get(key, []), deadlines))
    return Corpus(
        roster,
        all_years,
        tuple(filings),
        tuple(unmatched),
        tuple(record for _, record in read if record.reason),
    )


def _filing(
    unit: Unit, year: int, found: Sequence[_Filed], broken: Sequence[Record], deadlines: Deadlines
) -> Filing:
    last = deadlines.due(unit, year)
    due = last.isoformat() if last else None
    if not found:
        status: Status = "unreadable" if broken else "missing"
        return Filing(unit, year, status, due, others=tuple(broken))
    ordered = sorted(found, key=lambda each: (_fullness(each.record), each.record.path))
    chosen = ordered[0]
    versions = [each.record for each in ordered]
    return Filing(
        unit,
        year,
        _status(versions, year, last, deadlines),
        due,
        chosen.record,
        (*versions[1:], *broken),
        chosen.record.findings,
        chosen.record.open,
        chosen.record.outcomes,
        chosen.how,
    )


def _fullness(record: Record) -> tuple[int, int, int, int]:
    """The less the fuller: what is missing of the report, then what of it could not be surely read."""
    cells = [cell for rows in record.cells.values() for cell in rows]
    certainty = record.certainty
    place = _CERTAINTIES.index(certainty) if certainty in _CERTAINTIES else len(_CERTAINTIES)
    lost = sum(state == State.LOST.value for _, _, state, _ in cells)
    return -len(record.cells), -len(record.texts), place, lost


def _status(versions: Sequence[Record], year: int, last: dt.date | None, deadlines: Deadlines) -> Status:
    """By the first day on which any of the files was published; undated where a later day may be that on
    which a site was moved, or where the rule itself leaves it open."""
    days = [(dt.date.fromisoformat(record.published), record) for record in versions if record.published]
    if not days:
        return "undated"
    first, record = min(days, key=lambda day: day[0])
    if last is None or first <= last:
        return "in-time"
    if record.published_by_page and first.year > year + 1:
        return "undated"
    said = [record.outcomes.get(code, {}) for code, _ in deadlines.rules]
    failed = any(outcomes.get(Outcome.FAIL.value) for outcomes in said)
    undecided = any(outcomes.get(Outcome.OPEN.value) for outcomes in said)
    return "undated" if undecided and not failed else "late"


def _year_named(path: str) -> int | None:
    """The report year in the name of a file, else in that of its folder, where there is but one."""
    parts = path.replace("\\", "/").split("/")
    for part in reversed(parts):
        years = set(_YEAR_NAMED.findall(part))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
