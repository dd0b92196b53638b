"""Corpora in memory for the tests of rules of several reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder import given_report

from linter.checks.outcome import Judgement
from linter.corpus.model import Corpus, Filing
from linter.corpus.record import record_of
from linter.corpus.roster import Roster, Unit
from linter.report.issuer import kind_of


def given_corpus(given: Mapping[str, Any]) -> Corpus:
    """The corpus that a YAML case names.

    `units`: those of the roster, with name, kind (by the name where left out), parent, aliases, apart, whole.
    `reports`: each with its `unit`, and departures from a faultless report as of a case of one report.
    """
    units = [_unit(**entry) for entry in given["units"]]
    roster = Roster(units)
    filings = []
    for entry in given["reports"]:
        unit = roster.by_name[entry["unit"]]
        departures = {key: value for key, value in entry.items() if key != "unit"}
        year = departures.get("year", 2023)
        named = {"issuer": unit.name, "issuer_kind": unit.kind} | departures
        report = given_report(named | {"title": f"{unit.name}{year}年政府信息公开工作年度报告"})
        record = record_of(report, Judgement((), ()), f"{unit.name} {year}")
        filings.append(Filing(unit, year, "in-time", record=record._replace(path=f"{unit.name}{year}.docx")))
    years = tuple(sorted({filing.year for filing in filings}))
    return Corpus(roster, years, tuple(filings))


def _unit(name: str, kind: str = "", parent: str = "", aliases: Any = (), **said: Any) -> Unit:
    return Unit(name, kind or kind_of(name), parent, tuple(aliases), **said)  # type: ignore[arg-type]
