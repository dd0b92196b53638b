"""One JSON object a line, each complete in itself: findings, what is undecided, set aside or not readable.

The keys are those of `check --format json`; `type` says what a line is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from linter.checks.outcome import Judgement
from linter.render.check_json import dump, finding_object, open_object
from linter.render.entry import Entry, Settings, ranked
from linter.report.model import Report


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """A line for each finding, then for what the baseline knows, what is set aside, what is undecided."""
    lines: list[dict[str, Any]] = [_line("finding", report, finding_object(f)) for f in judgement.findings]
    lines += [_line("known", report, finding_object(finding)) for finding in ranked(judgement.known)]
    for item in judgement.suppressed:
        told = {"suppression": {"kind": item.kind, "reason": item.reason, "where": item.where}}
        lines.append(_line("suppressed", report, {**finding_object(item.finding), **told}))
    lines += [_line("open", report, open_object(item)) for item in judgement.open]
    return "".join(dump(line) + "\n" for line in lines)


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The lines as they come."""
    for entry in entries:
        yield entry.body
        if entry.reason:
            yield dump({"type": "unreadable", "path": entry.path, "reason": entry.reason}) + "\n"


def _line(kind: str, report: Report, said: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": kind,
        "path": report.path,
        "title": report.title.value if report.title else None,
        "issuer": report.issuer,
        "year": report.year,
        **said,
    }
