"""The text of an editor, linted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Literal, NamedTuple

from linter.checks.outcome import Finding, Judgement, OpenItem
from linter.config.layer import forget
from linter.config.resolve import Configured, baseline_file, is_excluded
from linter.document.model import Unreadable
from linter.faults import fault_words
from linter.files import Source
from linter.lint import Job, for_file, judged
from linter.lsp.spans import Span, span_of
from linter.render.entry import Settings
from linter.render.place import place_words
from linter.render.words import words
from linter.report.model import Report

Lang = Literal["zh", "en"]
SUFFIXES = (".md", ".markdown", ".html", ".htm", ".txt")


class Mark(NamedTuple):
    """A finding, or what could not be decided, with the text that it is about."""

    span: Span
    subject: Finding | OpenItem
    message: str
    related: tuple[tuple[Span, str], ...] = ()


class Read(NamedTuple):
    """A text that was read and judged: its bytes, as what, and what holds for it."""

    source: Source
    job: Job
    report: Report
    judgement: Judgement


class Linted(NamedTuple):
    """What is said of a text in this `version`. `reason` says why it could not be read or judged, "" if it
    was; `read` is None then, and for a file that the configuration excludes."""

    marks: tuple[Mark, ...] = ()
    reason: str = ""
    version: int | None = None
    read: Read | None = None


def lint_text(text: str, path: str, configured: Configured, lang: Lang = "zh") -> Linted:
    """The marks of a draft's text; `path` is the file's, which tells its format and settings.

    What could not be decided is marked where it has a place in the text. What is set aside, and what the
    baseline knows, is not marked.
    """
    if PurePath(path).suffix.lower() not in SUFFIXES:
        return Linted(reason=words(lang)["lsp_other_format"])
    # The configuration may have been edited as well.
    forget()
    source = Source(path, text.encode("utf-8", "replace"))
    try:
        layers = configured.layers(path)
        if is_excluded(layers, path):
            return Linted()
        baseline = baseline_file(layers)
        job = for_file(Job(settings=Settings(lang), configured=configured, baseline=baseline), path)
        report, judgement = judged(job, source)
    except Unreadable as reason:
        return Linted(reason=" ".join(str(reason).split()))
    except Exception as fault:
        said = fault_words(fault)
        if said is None:
            raise
        return Linted(reason=" ".join(said.split()))
    marks = _marks(text.split("\n"), report, judgement, lang)
    return Linted(tuple(marks), read=Read(source, job, report, judgement))


def _marks(lines: Sequence[str], report: Report, judgement: Judgement, lang: Lang) -> list[Mark]:
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
    return marks


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
