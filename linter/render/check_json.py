"""Verdicts as JSON, schema 1 of design.md §6: null where unknown, no key left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from math import isfinite
from typing import Any

from linter import __version__
from linter.checks.outcome import (
    CellEvidence,
    Evidence,
    Finding,
    Judgement,
    Number,
    OpenItem,
    Place,
    Related,
    Suppressed,
    Suspect,
)
from linter.render.entry import Entry, Settings, tally
from linter.report.model import Report


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """One report's object."""
    return dump(
        {
            "path": report.path,
            "title": report.title.value if report.title else None,
            "issuer": report.issuer,
            "issuer_kind": report.issuer_kind,
            "year": report.year,
            "edition": report.edition,
            **findings_and_open(judgement),
            "suppressed": [_suppressed(one) for one in judgement.suppressed],
            "known": [finding_object(finding) for finding in judgement.known],
            "reading": reading_object(report),
        }
    )


def findings_and_open(judgement: Judgement) -> dict[str, Any]:
    """What was found, and what could not be decided."""
    return {
        "findings": [finding_object(finding) for finding in judgement.findings],
        "open": [open_object(item) for item in judgement.open],
    }


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The whole output around the reports' objects."""
    read = list(entries)
    total = tally(read)
    summary = {
        "files": total.files,
        "unreadable": total.unreadable,
        "error": total.error,
        "warning": total.warning,
        "info": total.info,
        "open": total.open,
    }
    yield '{"schema": 1, "tool": ' + dump({"name": "gongkai-lint", "version": __version__})
    yield ',\n "summary": ' + dump(summary)
    yield ',\n "reports": ' + array(entry.body for entry in read if not entry.reason)
    yield ',\n "unreadable": ' + array(unreadable(read)) + "}\n"


def reading_object(report: Report) -> dict[str, Any]:
    """How surely the report was read."""
    reading = report.reading
    return {"reader": reading.reader, "certainty": reading.certainty, "notes": list(reading.notes)}


def unreadable(entries: Iterable[Entry]) -> Iterator[str]:
    """The object of each file that could not be read."""
    return (dump({"path": entry.path, "reason": entry.reason}) for entry in entries if entry.reason)


def array(items: Iterable[str]) -> str:
    """JSON texts as an array, one a line."""
    body = ",\n  ".join(items)
    return f"[\n  {body}]" if body else "[]"


def dump(value: Any) -> str:
    """`value` as JSON on one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def number(value: Number | None) -> int | float | None:
    """`value` as a JSON number."""
    if not isinstance(value, Decimal):
        return value
    nearest = float(value)
    return nearest if isfinite(nearest) else int(value)


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding with every key of the contract."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "clause": finding.clause,
        "hint": finding.hint,
        "fingerprint": finding.fingerprint,
        "location": _location(finding.place),
        "evidence": _evidence(finding.evidence),
        "causes": [_suspect(suspect) for suspect in finding.suspects],
        "related": [_related(related) for related in finding.related],
    }


def _suppressed(one: Suppressed) -> dict[str, Any]:
    return {
        "finding": finding_object(one.finding),
        "reason": one.reason,
        "kind": one.kind,
        "where": one.where or None,
    }


def _location(place: Place) -> dict[str, Any]:
    return {
        "page": place.location.page,
        "line": place.location.line,
        "column": place.location.column,
        "section": place.section or place.table,
        "table": place.table,
        "row": place.row,
        "cell": place.column,
        "excerpt": place.excerpt,
    }


def _evidence(evidence: Evidence | None) -> dict[str, Any]:
    known = evidence or Evidence()
    return {
        "formula": known.formula,
        "left": number(known.left),
        "right": number(known.right),
        "difference": number(known.difference),
        "cells": [_cell(cell) for cell in known.cells],
    }


def _cell(cell: CellEvidence) -> dict[str, Any]:
    """A cell; `year` and `unit` stand only where it is one of another year's or another organ's report."""
    return {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "text": cell.text,
        "state": cell.state,
        "value": number(cell.value),
        **({"year": cell.year} if cell.year else {}),
        **({"unit": cell.unit} if cell.unit else {}),
    }


def _suspect(suspect: Suspect) -> dict[str, Any]:
    return {
        **_cell(suspect.cell),
        "suggestion": number(suspect.suggestion),
        "slip": suspect.slip,
    }


def _related(related: Related) -> dict[str, Any]:
    return {
        "code": related.code,
        "name": related.name,
        "message": related.message,
        "location": _location(related.place),
        "evidence": _evidence(related.evidence),
    }


def open_object(item: OpenItem) -> dict[str, Any]:
    """An undecided obligation with every key of the contract."""
    return {
        "code": item.code,
        "name": item.name,
        "reason": item.reason,
        "location": _location(item.place),
    }
