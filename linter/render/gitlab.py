"""A Code Quality report of GitLab, which it shows in merge requests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import Any

from linter.checks.outcome import Finding, Judgement
from linter.render.address import from_here
from linter.render.check_json import array, dump
from linter.render.entry import Entry, Settings, ranked
from linter.render.phrases import pointed
from linter.render.words import words
from linter.report.model import Report

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """An object a line for each finding."""
    return "\n".join(dump(_issue(finding, report, settings.lang)) for finding in ranked(judgement.findings))


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The array of all; a file that cannot be read is an issue as well."""
    found: list[str] = []
    for entry in entries:
        found += filter(None, entry.body.split("\n"))
        if entry.reason:
            found.append(dump(_unreadable(entry, settings.lang)))
    yield array(found) + "\n"


def _issue(finding: Finding, report: Report, lang: str) -> dict[str, Any]:
    return {
        "description": pointed(finding, report, lang),
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": _fingerprint(report.path, finding.fingerprint),
        "severity": _SEVERITIES[finding.severity],
        "location": _location(report.path, finding.place.location.line),
    }


def _unreadable(entry: Entry, lang: str) -> dict[str, Any]:
    return {
        "description": f"{words(lang)['unreadable_file']}{words(lang)['colon']}{entry.reason}",
        "check_name": "unreadable",
        "fingerprint": _fingerprint(entry.path, "unreadable"),
        "severity": "critical",
        "location": _location(entry.path, None),
    }


def _location(path: str, line: int | None) -> dict[str, Any]:
    """GitLab wants a line of every file; a Word file or PDF has its first."""
    return {"path": from_here(path), "lines": {"begin": line or 1}}


def _fingerprint(path: str, fingerprint: str) -> str:
    """One for the file too: GitLab keeps one issue of each, and a report may lie there in two formats."""
    return hashlib.md5(os.fsencode(f"{from_here(path)}\n{fingerprint}"), usedforsecurity=False).hexdigest()
