"""The text of an editor, linted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Literal, NamedTuple

from linter.checks.outcome import Finding, OpenItem
from linter.document.model import Unreadable
from linter.document.registry import read_document
from linter.lint import Selection, lint
from linter.lsp.spans import Span, span_of
from linter.render.place import place_words
from linter.render.words import words
from linter.report.read import read_report

Lang = Literal["zh", "en"]
SUFFIXES = (".md", ".markdown", ".html", ".htm", ".txt")


class Mark(NamedTuple):
    """A finding, or what could not be decided, with the text that it is about."""

    span: Span
    subject: Finding | OpenItem
    message: str
    related: tuple[tuple[Span, str], ...] = ()


class Linted(NamedTuple):
    """What is said of a text. `reason` says why it could not be read, "" if it was."""

    marks: tuple[Mark, ...] = ()
    reason: str = ""


def lint_text(text: str, name: str, selection: Selection, lang: Lang = "zh") -> Linted:
    """The marks of a draft's text; `name` is the file's and tells its format.

    What could not be decided is marked where it has a place in the text.
    """
    if PurePath(name).suffix.lower() not in SUFFIXES:
        return Linted(reason=words(lang)["lsp_other_format"])
    try:
        report = read_report(read_document(text.encode("utf-8", "replace"), name), name)
    except Unreadable as reason:
        return Linted(reason=" ".join(str(reason).split()))
    judgement = lint(report, selection, lang)
    lines = text.split("\n")
    marks = [
        Mark(
            span_of(lines, finding.place.location, finding.place.excerpt),
            finding,
            _message(finding, place_words(finding.place, report, lang), lang),
            _related(finding, lines),
        )
        for finding in judgement.findings
    ]
    marks += [
        Mark(
            span_of(lines, item.place.location, item.place.excerpt),
            item,
            words(lang)["lsp_open"].format(reason=item.reason),
        )
        for item in judgement.open
        if item.place.location.line is not None
    ]
    return Linted(tuple(marks))


def _message(finding: Finding, place: str, lang: Lang) -> str:
    """What is wrong, the sum, and what to do, a line each."""
    head = f"{place}{words(lang)['colon']}{finding.message}" if place else finding.message
    formula = finding.evidence.formula if finding.evidence else None
    return "\n".join(part for part in (head, formula, finding.hint) if part)


def _related(finding: Finding, lines: Sequence[str]) -> tuple[tuple[Span, str], ...]:
    """The other places that have the same cause."""
    return tuple(
        (span_of(lines, other.place.location, other.place.excerpt), other.message)
        for other in finding.related
        if other.place.location.line is not None
    )
