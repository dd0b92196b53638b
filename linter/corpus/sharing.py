"""Records that share what is equal in them: most cells are zeros, most rules pass once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linter.corpus.record import Record

Pool = dict[Any, Any]
"""What was met before, by itself."""


def shared(record: Record, pool: Pool) -> Record:
    """The same record, in which whatever `pool` holds already is that very object."""
    cells = {
        _one(table, pool): tuple(_one(cell, pool) for cell in rows) for table, rows in record.cells.items()
    }
    texts = {_one(section, pool): text for section, text in record.texts.items()}
    return record._replace(cells=cells, texts=texts, outcomes=shared_outcomes(record.outcomes, pool))


def shared_outcomes(outcomes: Mapping[str, Mapping[str, int]], pool: Pool) -> dict[str, Mapping[str, int]]:
    """The same counts, those of each rule shared."""
    return {
        _one(code, pool): pool.setdefault(tuple(counts.items()), counts) for code, counts in outcomes.items()
    }


def _one(value: Any, pool: Pool) -> Any:
    return pool.setdefault(value, value)
