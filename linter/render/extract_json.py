"""What was read, as JSON: schema 1 of `gongkai extract` (design.md §6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from linter.document.model import Location
from linter.render.check_json import array, dump, number, reading_object, unreadable
from linter.render.entry import Entry
from linter.report.facts import Fact, facts_of
from linter.report.model import Report, StandardTable, Statement, TableCell
from linter.report.norm import EVERY_TABLE, TABLE_KEYS


def render_report(report: Report) -> str:
    """One report's object."""
    period, contact, signature = report.period, report.contact, report.signature
    return dump(
        {
            "path": report.path,
            "title": _value(report.title),
            "issuer": report.issuer,
            "issuer_kind": report.issuer_kind,
            "year": report.year,
            "edition": report.edition,
            "period": {
                "start": _date(period.start if period else None),
                "end": _date(period.end if period else None),
            },
            "contact": {
                "address": _value(contact.address),
                "postcode": _value(contact.postcode),
                "phone": _value(contact.phone),
                "fax": _value(contact.fax),
                "email": _value(contact.email),
            },
            "signature": {"issuer": _value(signature.issuer), "date": _value(signature.date)},
            "sections": [
                {
                    "key": section.key,
                    "heading": section.heading,
                    "text": section.text,
                    "location": _location(section.location),
                }
                for section in report.sections
            ],
            "tables": {
                key: _table(report.tables.get(key))
                for key in EVERY_TABLE
                if key in TABLE_KEYS or key in report.tables
            },
            "facts": [_fact(fact) for fact in facts_of(report)],
            "reading": reading_object(report),
        }
    )


def render_run(entries: Iterable[Entry]) -> Iterator[str]:
    """The whole output around the reports' objects."""
    read = list(entries)
    yield '{"schema": 1,\n "reports": ' + array(entry.body for entry in read if not entry.reason)
    yield ',\n "unreadable": ' + array(unreadable(read)) + "}\n"


def _value(statement: Statement | None) -> str | None:
    return statement.value if statement else None


def _date(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _table(table: StandardTable | None) -> dict[str, Any]:
    """Cells by row and column; by column alone for the one unnamed row of the disputes table."""
    result: dict[str, Any] = {}
    for (row, column), cell in table.cells.items() if table else ():
        (result if row is None else result.setdefault(row, {}))[column] = _cell(cell)
    return result


def _cell(cell: TableCell) -> dict[str, Any]:
    """`likely` stands only where a doubtful figure seems to say something."""
    likely = {} if cell.likely is None else {"likely": number(cell.likely)}
    return {
        "text": cell.text,
        "state": cell.state.value,
        "value": number(cell.value),
        "unit": cell.unit,
        "note": cell.note,
        "reason": cell.reason,
        "candidates": [list(figures) for figures in cell.candidates] if cell.candidates else None,
        **likely,
        "location": _location(cell.location),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    """`quantity` null: a counted thing outside the vocabulary, named by `what`."""
    value = fact.value
    return {
        "quantity": fact.quantity,
        "kind": fact.kind,
        "what": fact.what,
        "value": number(value.value) if value else None,
        "unit": ("%" if value.percent else value.unit) if value else None,
        "approximate": value.approximate if value else False,
        "claim": fact.claim,
        "scope": fact.scope,
        "scope_text": fact.scope_text,
        "whole": fact.whole,
        "text": fact.text,
        "location": _location(fact.location),
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "page": location.page,
        "box": list(location.box) if location.box else None,
        "line": location.line,
        "column": location.column,
        "paragraph": location.paragraph,
        "table": location.table,
        "row": location.row,
        "cell": location.cell,
    }
