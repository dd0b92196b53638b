"""Sentences that several outputs of one line a finding share."""

from __future__ import annotations

from collections.abc import Sequence

from linter.checks.outcome import Finding
from linter.exits import SEVERITIES
from linter.render.entry import Entry, tally
from linter.render.excerpt import plain
from linter.render.place import where_words
from linter.render.text import suspect_words, uncounted_words
from linter.render.words import words
from linter.report.model import Report


def placed(finding: Finding, report: Report, lang: str) -> str:
    """The message with its place before it."""
    word = words(lang)
    return f"{where_words(finding.place, report, lang)}{word['colon']}{plain(finding.message)}"


def pointed(finding: Finding, report: Report, lang: str) -> str:
    """The message, with its place where the file has no lines to point at."""
    if finding.place.location.line is None:
        return placed(finding, report, lang)
    return plain(finding.message)


def advised(finding: Finding, lang: str) -> str:
    """What to do; "" where the rule gives no hint."""
    return f"{words(lang)['hint']}{words(lang)['colon']}{plain(finding.hint)}" if finding.hint else ""


def proof(finding: Finding) -> str:
    """The formula with its figures; "" where there is none."""
    return plain(finding.evidence.formula) if finding.evidence and finding.evidence.formula else ""


def suspected(finding: Finding, report: Report, lang: str) -> str:
    """The suspect cells in words."""
    said = (suspect_words(suspect, report, lang) for suspect in finding.suspects)
    return words(lang)["semicolon"].join(said)


def counted(entries: Sequence[Entry], lang: str) -> str:
    """The sums over a run as a sentence."""
    word = words(lang)
    total = tally(entries)
    parts = [word["summary_files"].format(files=total.files - total.unreadable)]
    if total.unreadable:
        parts.append(word["summary_unreadable"].format(count=total.unreadable))
    for kind in (*SEVERITIES, "open"):
        if count := getattr(total, kind):
            parts.append(word[f"count_{kind}"].format(count=count))
    if not (total.error or total.warning or total.info or total.unreadable):
        parts.append(word["passed"])
    if uncounted := uncounted_words(total.suppressed, total.known, lang):
        parts.append(uncounted)
    return f"{word['summary']}{word['colon']}{word['comma'].join(parts)}"
