"""What is kept of one judged report: enough to compare, sum and score it without its file.

A record is plain JSON. `report_of` makes a report of it again that has what checks of two reports look
at: issuer, year, tables and prose, without positions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, cast

from linter.checks.outcome import Judgement, Outcome
from linter.document.model import Document
from linter.render.check_json import findings_and_open
from linter.report.model import (
    Contact,
    Edition,
    IssuerKind,
    Passage,
    Reading,
    Report,
    Section,
    Signature,
    StandardTable,
    State,
    Statement,
    TableCell,
)

FORM = 2
"""The form of records: raise it when what they hold changes, so that older ones are made anew."""


class Record(NamedTuple):
    """One judged report, or the `reason` why a file could not be read.

    `outcomes` counts verdicts by rule and outcome ("A001" → {"pass": 7}); `findings` and `open` are those
    of `check --format json`. `cells`: table → [row, column, state, number as text or None]; `texts`:
    section → its paragraphs; `lead` is what stands before the first.
    """

    path: str
    digest: str
    reason: str = ""
    title: str | None = None
    issuer: str | None = None
    issuer_kind: IssuerKind | None = None
    year: int | None = None
    edition: Edition | None = None
    published: str | None = None
    published_by_page: bool = False
    reader: str = ""
    certainty: str = ""
    outcomes: Mapping[str, Mapping[str, int]] = {}
    findings: tuple[Mapping[str, Any], ...] = ()
    open: tuple[Mapping[str, Any], ...] = ()
    cells: Mapping[str, tuple[tuple[str | None, str, str, str | None], ...]] = {}
    layouts: Mapping[str, str] = {}
    texts: Mapping[str, tuple[str, ...]] = {}
    lead: tuple[str, ...] = ()


def record_of(report: Report, judgement: Judgement, digest: str) -> Record:
    """The record of a judged report whose file has the `digest`."""
    outcomes: dict[str, dict[str, int]] = {}
    for (code, outcome), count in sorted(judgement.outcomes.items()):
        outcomes.setdefault(code, {})[outcome.value] = count
    said = findings_and_open(judgement)
    tables = {key: table for key, table in report.tables.items() if table.found}
    return Record(
        path=report.path,
        digest=digest,
        title=report.title.value if report.title else None,
        issuer=report.issuer,
        issuer_kind=report.issuer_kind,
        year=report.year,
        edition=report.edition,
        published=report.published.isoformat() if report.published else None,
        published_by_page=report.published_by_page,
        reader=report.reading.reader,
        certainty=report.reading.certainty,
        outcomes=outcomes,
        findings=tuple(said["findings"]),
        open=tuple(said["open"]),
        cells={key: tuple(_cells(table)) for key, table in tables.items()},
        layouts={key: table.layout for key, table in tables.items()},
        texts={
            section.key or section.part_of or f"其他{index}": tuple(
                passage.text for passage in section.passages
            )
            for index, section in enumerate(report.sections)
        },
        lead=tuple(passage.text for passage in report.lead),
    )


def _cells(table: StandardTable) -> list[tuple[str | None, str, str, str | None]]:
    return [
        (row, column, cell.state.value, None if cell.value is None else str(cell.value))
        for (row, column), cell in table.cells.items()
    ]


def report_of(record: Record) -> Report:
    """The report in a record, as far as checks of several reports need it."""
    title = Statement(record.title, record.title) if record.title else None
    published = dt.date.fromisoformat(record.published) if record.published else None
    certainty = cast(Any, record.certainty or "full")
    return Report(
        path=record.path,
        document=Document(record.reader, ()),
        title=title,
        issuer=record.issuer,
        issuer_kind=record.issuer_kind,
        year=record.year,
        edition=record.edition,
        edition_by_year=record.edition,
        edition_by_tables=None,
        period=None,
        contact=Contact(),
        signature=Signature(),
        announcement=None,
        links=(),
        lead=tuple(Passage(text) for text in record.lead),
        sections=tuple(
            Section(key, key, None, key, passages=tuple(Passage(text) for text in texts))
            for key, texts in record.texts.items()
        ),
        tail=(),
        tables={key: _table(record, key) for key in record.cells},
        deviations=(),
        reading=Reading(record.reader, certainty),
        published=published,
        published_by_page=record.published_by_page,
    )


def _table(record: Record, key: str) -> StandardTable:
    cells = {
        (row, column): TableCell(value or "", State(state), _number(value))
        for row, column, state, value in record.cells[key]
    }
    return StandardTable(key, cast(Edition, record.layouts[key]), True, cells)


def _number(text: str | None) -> int | Decimal | None:
    if text is None:
        return None
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)


def to_json(record: Record) -> dict[str, Any]:
    """The record as JSON holds it."""
    return record._asdict()


def from_json(data: Mapping[str, Any]) -> Record:
    """The record in `data`. Raises TypeError for what is none."""
    cells = {
        table: tuple((row, column, state, value) for row, column, state, value in rows)
        for table, rows in data["cells"].items()
    }
    texts = {section: tuple(paragraphs) for section, paragraphs in data["texts"].items()}
    lists = {key: tuple(data[key]) for key in ("findings", "open", "lead")}
    return Record(**{**data, "cells": cells, "texts": texts, **lists})


def failed(record: Record, code: str) -> int:
    """How often the rule failed in the report."""
    return record.outcomes.get(code, {}).get(Outcome.FAIL.value, 0)
