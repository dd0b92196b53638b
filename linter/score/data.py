"""The data of a corpus for other programs: CSV files and scores.json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from linter import __version__
from linter.render.table_csv import safe_cell
from linter.score.board import Board
from linter.score.explanation import formula_lines
from linter.score.local import LocalScore
from linter.score.rows import (
    COLUMNS,
    Row,
    all_standings,
    figure_rows,
    finding_rows,
    item_rows,
    score_columns,
    score_rows,
)

_MARK = "\ufeff"


def csv_files(board: Board) -> Iterator[tuple[str, Iterable[str]]]:
    """The name and the pieces of each CSV file, in UTF-8 with a byte order mark; its heading are keys."""
    yield "scores.csv", _csv(score_columns(board), score_rows(board))
    yield "items.csv", _csv(COLUMNS["items"], item_rows(board))
    yield "findings.csv", _csv(COLUMNS["findings"], finding_rows(board))
    yield "figures.csv", _csv(COLUMNS["figures"], figure_rows(board))


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield _MARK + _line(columns)
    for row in rows:
        yield _line([_shown(row.get(column)) for column in columns])


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _shown(value: Any) -> str:
    """Numbers as they are; a text never becomes a formula."""
    if value is None:
        return ""
    return safe_cell(value) if isinstance(value, str) else str(value)


def scores_json(board: Board) -> Iterator[str]:
    """Scores with their items, schema 1; points are texts of exact decimals."""
    head = {
        "schema": 1,
        "tool": {"name": "gongkai-lint", "version": __version__},
        "formula": {
            "version": board.scheme.formula.version,
            "text": formula_lines(board.scheme.formula, board.lang),
        },
        "profile": board.scheme.profiled.profile.name.en,
        "years": [year.year for year in board.years],
    }
    yield _dump(head)[:-1] + ', "scores": [\n'
    rows = zip(score_rows(board), all_standings(board), strict=True)
    for index, (row, one) in enumerate(rows):
        items = [
            {**item._asdict(), "findings": [one.filing.findings[n - 1]["fingerprint"] for n in item.findings]}
            for item in one.score.items
        ]
        aside = list(one.score.aside)
        yield (",\n" if index else "") + _dump(
            {**row, "items": items, "aside": aside, "local": _local(one.score.local)}
        )
    yield "\n]}\n"


def _local(local: LocalScore | None) -> Any:
    if local is None:
        return None
    return {
        "title": local.title.zh,
        "full": local.full,
        "deducted": local.lost,
        "total": local.total,
        "items": [
            {
                "about": one.about.zh,
                "points": one.points,
                "findings": one.findings,
                "by_person": one.by_person,
            }
            for one in local.taken
        ],
    }


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_exact)


def _exact(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))
