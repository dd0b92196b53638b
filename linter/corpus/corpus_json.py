"""A corpus as JSON, schema 1: what each unit owed and filed, and all that is said of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from linter import __version__
from linter.corpus.model import Corpus, Filing, Status
from linter.corpus.record import Record


def corpus_json(corpus: Corpus) -> Iterator[str]:
    """The whole, piece by piece. Keys are never left out; null where unknown."""
    yield '{"schema": 1, "tool": ' + _dump({"name": "gongkai-lint", "version": __version__})
    yield ',\n "years": ' + _dump(corpus.years)
    yield ',\n "summary": ' + _dump(summary_of(corpus))
    yield from _array("filings", (filing_object(filing) for filing in corpus.filings))
    yield ',\n "decisions": ' + _dump(
        {fingerprint: decision._asdict() for fingerprint, decision in sorted(corpus.decisions.items())}
    )
    yield from _array("unmatched", (_unmatched(each.record, each.reason) for each in corpus.unmatched))
    yield from _array(
        "unreadable", ({"path": each.path, "reason": each.reason} for each in corpus.unreadable)
    )
    yield from _array("errors", (error._asdict() for error in corpus.errors))
    yield "}\n"


def summary_of(corpus: Corpus) -> dict[str, int]:
    """How many units there are, how many filings of each status, how many files are nobody's or cannot
    be read."""
    counts = Counter(filing.status for filing in corpus.filings)
    return {
        "units": len(corpus.roster.units),
        "filings": len(corpus.filings),
        **{status: counts[status] for status in get_args(Status)},
        "unmatched_files": len(corpus.unmatched),
        "unreadable_files": len(corpus.unreadable),
    }


def filing_object(filing: Filing) -> dict[str, Any]:
    """One unit and year."""
    unit, record = filing.unit, filing.record
    return {
        "unit": unit.name,
        "kind": unit.kind,
        "parent": unit.parent or None,
        "year": filing.year,
        "status": filing.status,
        "due": filing.due,
        "matched_by": filing.how,
        "path": record.path if record else None,
        "digest": record.digest if record else None,
        "title": record.title if record else None,
        "issuer": record.issuer if record else None,
        "issuer_kind": record.issuer_kind if record else None,
        "edition": record.edition if record else None,
        "published": record.published if record else None,
        "certainty": record.certainty if record else None,
        "others": [{"path": other.path, "reason": other.reason or None} for other in filing.others],
        "findings": list(filing.findings),
        "open": list(filing.open),
        "outcomes": dict(filing.outcomes),
    }


def _unmatched(record: Record, reason: str) -> dict[str, Any]:
    return {
        "path": record.path,
        "title": record.title,
        "issuer": record.issuer,
        "year": record.year,
        "reason": reason,
    }


def _array(key: str, objects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield f',\n "{key}": ['
    for index, each in enumerate(objects):
        yield (",\n  " if index else "\n  ") + _dump(each)
    yield "]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
