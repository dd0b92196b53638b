"""Findings as a table for Excel: CSV in UTF-8 with a byte order mark, a row a finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from linter.checks.outcome import Finding, Judgement, OpenItem
from linter.render.entry import Entry, Settings, ranked
from linter.render.excerpt import plain
from linter.render.phrases import proof, suspected
from linter.render.place import place_words, position_words
from linter.render.words import words
from linter.report.model import Report

_COLUMNS = (
    "type",
    "severity",
    "path",
    "title",
    "issuer",
    "year",
    "code",
    "name",
    "place",
    "position",
    "finding",
    "evidence",
    "suspect",
    "hint",
    "clause",
    "reason",
    "fingerprint",
)
# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MARK = "\ufeff"

Row = dict[str, str]


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """The rows of one report: findings, those of the baseline, those set aside, what is undecided."""
    lang = settings.lang
    rows = [_finding("finding", finding, report, lang) for finding in ranked(judgement.findings)]
    rows += [_finding("known", finding, report, lang) for finding in ranked(judgement.known)]
    rows += [
        {**_finding("suppressed", item.finding, report, lang), "reason": item.reason}
        for item in judgement.suppressed
    ]
    rows += [_open(item, report, lang) for item in judgement.open]
    return _rows(rows)


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The heading, then the rows as they come."""
    word = words(settings.lang)
    yield _MARK + _rows([{column: word[_heading(column)] for column in _COLUMNS}])
    for entry in entries:
        yield entry.body
        if entry.reason:
            yield _rows([{"type": word["type_unreadable"], "path": entry.path, "reason": entry.reason}])


def _heading(column: str) -> str:
    return {"name": "rule_name", "finding": "message"}.get(column, column)


def _finding(kind: str, finding: Finding, report: Report, lang: str) -> Row:
    return {
        "type": words(lang)[f"type_{kind}"],
        "severity": words(lang)[finding.severity],
        **_report(report),
        "code": finding.code,
        "name": finding.name,
        "place": place_words(finding.place, report, lang) or words(lang)["whole"],
        "position": position_words(finding.place.location, lang),
        "finding": finding.message,
        "evidence": proof(finding),
        "suspect": suspected(finding, report, lang),
        "hint": finding.hint,
        "clause": finding.clause,
        "fingerprint": finding.fingerprint,
    }


def _open(item: OpenItem, report: Report, lang: str) -> Row:
    return {
        "type": words(lang)["type_open"],
        **_report(report),
        "code": item.code,
        "name": item.name,
        "place": place_words(item.place, report, lang) or words(lang)["whole"],
        "position": position_words(item.place.location, lang),
        "reason": item.reason,
    }


def _report(report: Report) -> Row:
    return {
        "path": report.path,
        "title": report.title.value if report.title else "",
        "issuer": report.issuer or "",
        "year": str(report.year or ""),
    }


def _rows(rows: Iterable[Row]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerows([safe_cell(row.get(column, "")) for column in _COLUMNS] for row in rows)
    return written.getvalue()


def safe_cell(text: str) -> str:
    """`text` on one line, and never a formula: an apostrophe makes it text."""
    shown = plain(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
