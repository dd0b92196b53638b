"""A run over a corpus whose results are kept, with the decisions that people made before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from linter import __version__
from linter.corpus.collect import Item
from linter.corpus.corpus_json import summary_of
from linter.corpus.model import Corpus, Filing
from linter.corpus.reading import Engine
from linter.corpus.roster import Roster
from linter.corpus.run import Wanted, run
from linter.store import schema
from linter.store.connection import Store, insert_new, opened
from linter.store.decisions import decisions_of
from linter.store.records import kept_records, packed, written_now

TOTALS = (
    ("applications", "new", "total"),
    ("applications", "carried_in", "total"),
    ("applications", "result_total", "total"),
    ("applications", "carried_out", "total"),
    ("disputes", None, "review.total"),
    ("disputes", None, "litigation_direct.total"),
    ("disputes", None, "litigation_after_review.total"),
)
"""The cells that a history shows: table, row, column."""

_AT_ONCE = 500


def stored_run(
    place: str,
    items: Sequence[Item],
    roster: Roster | None,
    wanted: Wanted,
    engine: Engine,
    *,
    advance: Callable[[int], None] = lambda count: None,
) -> Corpus:
    """The corpus of the files, as without a store; what the store has is not read again, and what comes
    out is put there. Raises StoreFault where the store cannot be used."""
    started = written_now()
    with opened(place) as store:
        corpus = run(items, roster, wanted, engine, reader=partial(kept_records, store), advance=advance)
        keep_run(store, corpus, wanted, started)
        return corpus._replace(decisions=decisions_of(store))


def keep_run(store: Store, corpus: Corpus, wanted: Wanted, started: str) -> None:
    """Put the run into the store, whole or not at all."""
    with store.writing() as connection:
        made = connection.execute(
            schema.runs.insert().values(
                started=started,
                finished=written_now(),
                version=__version__,
                profile=wanted.judging.selection.profile,
                summary=json.dumps(summary_of(corpus)),
            )
        )
        number = made.inserted_primary_key[0]
        for start in range(0, len(corpus.filings), _AT_ONCE):
            some = corpus.filings[start : start + _AT_ONCE]
            insert_new(connection, schema.filings, [_filing(number, filing) for filing in some])
            said = [row for filing in some for row in _findings(number, filing)]
            insert_new(connection, schema.findings, said)


def _filing(run_number: int, filing: Filing) -> dict[str, Any]:
    record = filing.record
    severities = Counter(finding["severity"] for finding in filing.findings)
    return {
        "run": run_number,
        "unit": filing.unit.name,
        "year": filing.year,
        "status": filing.status,
        "due": filing.due,
        "published": record.published if record else None,
        "path": record.path.encode("utf-8", "backslashreplace").decode() if record else None,
        "digest": record.digest if record else None,
        "errors": severities["error"],
        "warnings": severities["warning"],
        "open": len(filing.open),
        "cells": json.dumps(dict(_totals(filing))),
    }


def _totals(filing: Filing) -> Iterator[tuple[str, str]]:
    cells = filing.record.cells if filing.record else {}
    for table, row, column in TOTALS:
        for own_row, own_column, _, value in cells.get(table, ()):
            if (own_row, own_column) == (row, column) and value is not None:
                yield f"{table}.{row}.{column}" if row else f"{table}.{column}", value


def _findings(run_number: int, filing: Filing) -> Iterator[dict[str, Any]]:
    for position, finding in enumerate(filing.findings):
        yield {
            "run": run_number,
            "unit": filing.unit.name,
            "year": filing.year,
            "position": position,
            "fingerprint": finding["fingerprint"],
            "code": finding["code"],
            "name": finding["name"],
            "severity": finding["severity"],
            "message": finding["message"],
            "body": packed(finding),
        }
