"""Workflow commands of GitHub Actions, which it shows as annotations at the files of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.checks.outcome import Finding, Judgement
from linter.render.address import from_here
from linter.render.entry import Entry, Settings, ranked
from linter.render.excerpt import harmless, plain
from linter.render.phrases import advised, counted, pointed
from linter.render.words import words
from linter.report.model import Report

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """A command for each finding, the gravest first, as GitHub shows only the first ten of a kind."""
    return "".join(_annotation(finding, report, settings.lang) for finding in ranked(judgement.findings))


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The commands as they come, and a last line for the log."""
    seen: list[Entry] = []
    for entry in entries:
        seen.append(entry._replace(body=""))
        yield entry.body
        if entry.reason:
            title = words(settings.lang)["unreadable_file"]
            yield _command("error", {"file": from_here(entry.path), "title": title}, entry.reason)
    yield counted(seen, settings.lang) + "\n"


def _annotation(finding: Finding, report: Report, lang: str) -> str:
    location = finding.place.location
    properties = {"file": from_here(report.path)}
    if location.line is not None:
        properties["line"] = str(location.line)
        if location.column is not None:
            properties["col"] = str(location.column)
    properties["title"] = f"{finding.code} {finding.name}"
    said = "\n".join(filter(None, (pointed(finding, report, lang), advised(finding, lang))))
    return _command(_COMMANDS[finding.severity], properties, said)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_property(harmless(value))}" for key, value in properties.items())
    said = "\n".join(plain(line) for line in message.split("\n"))
    return f"::{name} {given}::{_data(said)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
