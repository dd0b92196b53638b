"""Findings for a comment of a pull request or an issue: templates `report.md.j2` and `run.md.j2`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from linter.checks.outcome import Finding, Judgement, Suppressed
from linter.exits import SEVERITIES
from linter.render.entry import Entry, Settings, ranked
from linter.render.excerpt import plain
from linter.render.phrases import counted, proof, suspected
from linter.render.place import open_groups, where_words
from linter.render.template import render
from linter.render.text import head_words, unread_words
from linter.render.words import words
from linter.report.model import Report

_MARKS = {"error": "❌", "warning": "⚠️", "info": "ℹ️"}
_HEADINGS = ("file", "issuer", "year", *SEVERITIES, "open")


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """A heading, the findings as a list, and folded what does not count."""
    lang = settings.lang
    word = words(lang)
    return render(
        "report.md.j2",
        {
            "word": word,
            "md": escaped,
            "path": report.path,
            "title": report.title.value if report.title else word["untitled"],
            "head": " · ".join(map(escaped, head_words(report, lang))),
            "unread": unread_words(report, lang),
            "notes": report.reading.notes,
            "findings": [_finding(finding, report, lang) for finding in ranked(judgement.findings)],
            "open": [
                {"reason": group.reason, "places": word["list"].join((*group.places, *group.rules))}
                for group in open_groups(judgement.open, report, lang)
            ],
            "open_count": word["count_open"].format(count=len(judgement.open)),
            "suppressed": [_suppressed(item, report, lang) for item in judgement.suppressed],
            "suppressed_count": len(judgement.suppressed),
            "known": word["known_findings"].format(count=len(judgement.known)) if judgement.known else "",
        },
    )


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The summary and a table of the files, then the reports."""
    read = list(entries)
    word = words(settings.lang)
    yield render(
        "run.md.j2",
        {
            "word": word,
            "md": escaped,
            "summary": counted(read, settings.lang),
            "headings": [word[heading] for heading in _HEADINGS],
            "judged": [
                [
                    escaped(entry.path),
                    escaped(entry.issuer or word["issuer_unknown"]),
                    entry.year or word["year_unknown"],
                    *(getattr(entry, kind) for kind in (*SEVERITIES, "open")),
                ]
                for entry in read
                if not entry.reason
            ],
            "unreadable": [{"path": e.path, "reason": e.reason} for e in read if e.reason],
        },
    )
    yield from (entry.body for entry in read)


def escaped(text: str) -> str:
    """`text` on one line, shown as it is: no markup, no HTML, and nobody is notified by an @."""
    shown = re.sub(r"([\\`*_{}\[\]<>#|~!$])", r"\\\1", plain(text)).replace("&", "&amp;")
    shown = shown.replace("@", "@\u200b")
    return re.sub(r"^([-+=]|\d+(?=[.)]))", _inert, shown)


def _inert(start: re.Match[str]) -> str:
    """The beginning of a line so that it makes no list or heading."""
    return f"{start[0]}\u200b" if start[0].isdigit() else f"\\{start[0]}"


def _finding(finding: Finding, report: Report, lang: str) -> dict[str, Any]:
    word = words(lang)
    lines = [
        ("evidence", proof(finding)),
        ("excerpt", "" if proof(finding) else finding.place.excerpt or ""),
        ("suspect", suspected(finding, report, lang)),
        ("hint", finding.hint),
        ("clause", finding.clause),
    ]
    return {
        "label": f"{_MARKS[finding.severity]} {word[finding.severity]}",
        "place": where_words(finding.place, report, lang),
        "message": finding.message,
        "code": finding.code,
        "name": finding.name,
        "lines": [{"label": word[key], "text": text} for key, text in lines if text],
    }


def _suppressed(item: Suppressed, report: Report, lang: str) -> dict[str, Any]:
    return {
        "place": where_words(item.finding.place, report, lang),
        "message": item.finding.message,
        "code": item.finding.code,
        "reason": item.reason,
    }
