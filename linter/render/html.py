"""Findings as one self-contained page: templates `report.html.j2` (one report) and `run.html.j2`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linter import __version__
from linter.checks.outcome import CellEvidence, Finding, Judgement, Severity, Suppressed
from linter.render.entry import Entry, Settings, tally
from linter.render.excerpt import harmless
from linter.render.form import Box, Key, draw
from linter.render.place import cell_words, open_groups, place_words, position_words, spec_of
from linter.render.table_excerpt import brief_names
from linter.render.template import render
from linter.render.text import head_words, suspect_words, uncounted_words, unread_words
from linter.render.words import words
from linter.report.model import Report, StandardTable, State, TableCell
from linter.report.norm import EVERY_TABLE

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_MOST_CELLS = 16
_SHORT = {State.BLANK: "blank_short", State.LOST: "lost_short", State.ABSENT: "absent_short"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What the findings say of one place of a drawn table: their numbers, and the strongest claim.

    `kind` is "fault" or "suspect"; `severity` that of the gravest finding.
    """

    kind: str
    severity: Severity
    numbers: tuple[int, ...]


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """One report as an HTML article."""
    return render("report.html.j2", article_values(report, judgement, settings.lang))


def article_values(report: Report, judgement: Judgement, lang: str) -> dict[str, Any]:
    """What the template of an article, or one that extends it, is filled with."""
    ranked = sorted(judgement.findings, key=lambda finding: _SEVERITIES.index(finding.severity))
    numbered = list(enumerate(ranked, 1))
    anchor = _anchor(report.path)
    word = words(lang)
    return {
        "word": word,
        "anchor": anchor,
        "path": harmless(report.path),
        "title": report.title.value if report.title else word["untitled"],
        "head": head_words(report, lang),
        "kind": word[f"kind_{report.issuer_kind}"] if report.issuer_kind else "",
        "certainty": report.reading.certainty,
        "unread": unread_words(report, lang),
        "notes": report.reading.notes,
        "counts": _counts(_severity_counts(judgement), lang),
        "findings": [_finding(number, finding, report, anchor, lang) for number, finding in numbered],
        "tables": [
            _table(report, key, numbered, anchor, lang) for key in EVERY_TABLE if key in report.tables
        ],
        "open": open_groups(judgement.open, report, lang),
        "suppressed": [_aside(one, report, lang) for one in judgement.suppressed],
        "known": [
            (finding.message, place_words(finding.place, report, lang), f"{finding.code} {finding.name}")
            for finding in judgement.known
        ],
    }


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The page around the reports."""
    read = list(entries)
    total = tally(read)
    word = words(settings.lang)
    files = word["summary_files"].format(files=total.files - total.unreadable)
    start, _, end = render(
        "run.html.j2",
        {
            "word": word,
            "lang": "en" if settings.lang == "en" else "zh-CN",
            "version": __version__,
            "files": files,
            "counts": _counts(
                {severity: getattr(total, severity) for severity in (*_SEVERITIES, "open")}, settings.lang
            ),
            "uncounted": uncounted_words(total.suppressed, total.known, settings.lang),
            "clean": not (total.error or total.warning or total.info or total.unreadable),
            "judged": [
                {
                    "path": harmless(entry.path),
                    "anchor": _anchor(entry.path),
                    "title": entry.title or word["untitled"],
                    "issuer": entry.issuer or word["issuer_unknown"],
                    "year": entry.year or word["unknown"],
                    "counts": [getattr(entry, severity) for severity in (*_SEVERITIES, "open")],
                }
                for entry in read
                if not entry.reason
            ],
            "unreadable": [(harmless(entry.path), entry.reason) for entry in read if entry.reason],
            "reports": _REPORTS,
        },
    ).partition(_REPORTS)
    yield start
    yield from (entry.body for entry in read if not entry.reason)
    yield end


# Where the reports' articles go; they are put in after the frame is rendered, as they are long.
_REPORTS = "<!--reports-->"


def _anchor(path: str) -> str:
    """A name for the report in links within the page."""
    return "r" + hashlib.blake2b(path.encode("utf-8", "replace"), digest_size=5).hexdigest()


def _severity_counts(judgement: Judgement) -> dict[str, int]:
    severities = [finding.severity for finding in judgement.findings]
    return {
        **{severity: severities.count(severity) for severity in _SEVERITIES},
        "open": len(judgement.open),
    }


def _counts(counts: Mapping[str, int], lang: str) -> list[tuple[str, str]]:
    word = words(lang)
    return [
        (severity, word[f"count_{severity}"].format(count=count))
        for severity, count in counts.items()
        if count
    ]


def _finding(number: int, finding: Finding, report: Report, anchor: str, lang: str) -> dict[str, Any]:
    place = finding.place
    return {
        "number": number,
        "anchor": f"{anchor}-f{number}",
        "severity": finding.severity,
        "label": words(lang)[finding.severity],
        "message": finding.message,
        "place": place_words(place, report, lang),
        "position": position_words(place.location, lang),
        "to_cell": _target(finding, report, anchor),
        "formula": finding.evidence.formula if finding.evidence else None,
        "cells": _evidence_cells(_quoted(finding), report, lang),
        "excerpt": None if place.table else place.excerpt,
        "suspects": [suspect_words(suspect, report, lang) for suspect in finding.suspects],
        "related": [(related.message or related.name, related.evidence) for related in finding.related],
        "hint": finding.hint,
        "clause": finding.clause,
        "code": finding.code,
        "name": finding.name,
    }


def _aside(one: Suppressed, report: Report, lang: str) -> dict[str, str]:
    """A finding that was set aside, with the reason."""
    kind = words(lang)[f"suppressed_{one.kind}"]
    return {
        "message": one.finding.message,
        "place": place_words(one.finding.place, report, lang),
        "rule": f"{one.finding.code} {one.finding.name}",
        "reason": one.reason,
        "where": f"{kind} {one.where}".strip(),
    }


def _quoted(finding: Finding) -> Sequence[CellEvidence]:
    return finding.evidence.cells if finding.evidence else ()


def _evidence_cells(cells: Sequence[CellEvidence], report: Report, lang: str) -> list[tuple[str, str]]:
    """Name and text of each cell; without zeros where there are many, none where all are empty."""
    if all(cell.state in _SHORT for cell in cells):
        return []
    if len(cells) > _MOST_CELLS:
        cells = [cell for cell in cells if cell.value != 0][:_MOST_CELLS]
    named: list[tuple[str, str]] = []
    for table in dict.fromkeys(cell.table for cell in cells if not cell.elsewhere):
        here = [cell for cell in cells if cell.table == table and not cell.elsewhere]
        names = brief_names(spec_of(report, table), [(cell.row, cell.column) for cell in here])
        texts = [cell.text.strip() or words(lang)[f"state_{cell.state}"] for cell in here]
        named += zip(names, texts, strict=True)
    return named + [(cell_words(cell, report), cell.text.strip()) for cell in cells if cell.elsewhere]


def _target(finding: Finding, report: Report, anchor: str) -> str:
    """The anchor of the finding's cell, failing that its heading or table; "" where none is drawn."""
    table = report.tables.get(finding.place.table or "")
    if table is None or not table.found:
        return ""
    marked = _places(finding)
    if not marked:
        return f"{anchor}-{table.key}"
    cells = (key for key in marked if key in table.cells)
    return _cell_anchor(anchor, table.key, next(cells, marked[0]))


def _cell_anchor(anchor: str, table: str, key: Key) -> str:
    row, column = key
    return f"{anchor}-{table}-{row or ''}-{column or ''}"


def _places(finding: Finding) -> list[Key]:
    """The places of a drawn table at which the finding points, its own first."""
    place = finding.place
    own: list[Key] = [(place.row, place.column)] if place.row or place.column else []
    suspects: list[Key] = [
        (s.cell.row, s.cell.column) for s in finding.suspects if s.cell.table == place.table
    ]
    if own or suspects:
        return own + suspects
    return [
        (cell.row, cell.column)
        for cell in _quoted(finding)
        if cell.table == place.table and not cell.elsewhere
    ]


def _marks(numbered: Iterable[tuple[int, Finding]], table: str) -> dict[Key, Mark]:
    """Place → the findings that point at it. A suspect is marked as such only where nothing is proven."""
    marks: dict[Key, Mark] = {}
    for number, finding in numbered:
        if finding.place.table != table:
            continue
        suspects = {(suspect.cell.row, suspect.cell.column) for suspect in finding.suspects}
        for key in dict.fromkeys(_places(finding)):
            kind = "suspect" if key in suspects else "fault"
            before = marks.get(key)
            if before:
                kind = "fault" if "fault" in (kind, before.kind) else kind
            severity = before.severity if before else finding.severity
            marks[key] = Mark(kind, severity, (*(before.numbers if before else ()), number))
    return marks


def _table(
    report: Report, key: str, numbered: Sequence[tuple[int, Finding]], anchor: str, lang: str
) -> dict[str, Any]:
    table = report.tables[key]
    spec = spec_of(report, key)
    word = words(lang)
    marks = _marks(numbered, key)
    whole = [number for number, finding in numbered if finding.place.table == key and not _places(finding)]
    lost = word["table_lost"].format(reason=table.lost) if table.lost else ""
    return {
        "key": key,
        "anchor": f"{anchor}-{key}",
        "name": spec.name_en if lang == "en" else spec.name_zh,
        "missing": "" if table.found else lost or word["table_missing"],
        "lost": lost if table.found else "",
        "numbers": whole,
        "rows": [
            [_box(box, table, marks, anchor, lang) for box in row]
            for row in (draw(table, spec) if table.found else ())
        ],
    }


def _box(box: Box, table: StandardTable, marks: Mapping[Key, Mark], anchor: str, lang: str) -> dict[str, Any]:
    mark = marks.get(box.key) if box.role in ("cell", "row", "column") else None
    drawn = {
        "role": box.role,
        "rows": box.rows,
        "columns": box.columns,
        "anchor": _cell_anchor(anchor, table.key, box.key) if mark else "",
        "kind": f"{mark.kind} {mark.severity}" if mark else "",
        "numbers": mark.numbers if mark else (),
        "text": box.text,
        "state": "",
        "title": "",
    }
    if box.role != "cell" or box.key[1] is None:
        return drawn
    cell = table.cells.get((box.key[0], box.key[1]), TableCell("", State.ABSENT))
    word = words(lang)
    short = _SHORT.get(cell.state)
    return {
        **drawn,
        "text": word[short] if short else cell.text,
        "state": cell.state.value,
        "title": cell.reason or (word[f"state_{cell.state.value}"] if cell.state is not State.NUMBER else ""),
    }
