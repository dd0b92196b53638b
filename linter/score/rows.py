"""The data of a corpus as plain rows: what CSV, JSON and the workbook hold alike."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from linter.checks.wording import column_name, row_name
from linter.corpus.record import report_of
from linter.render.place import place_words, position_words
from linter.score.board import Board
from linter.score.card import calculation, place_of
from linter.score.figures import figures, spec_in
from linter.score.scoring import Item
from linter.score.standing import Standing

Row = dict[str, Any]
"""Column → text, whole number, Decimal or None."""

COLUMNS = {
    "scores": (
        *("unit", "kind", "parent", "year", "status", "due", "published", "rank", "apart", "own", "total"),
        *("decided", "open", "share", "findings", "path"),
    ),
    "items": ("unit", "year", "kind", "points", "code", "obligation", "dimension", "calculation", "findings"),
    "findings": (
        *("unit", "year", "number", "severity", "code", "name", "place", "position", "message"),
        *("formula", "hint", "clause", "fingerprint", "path"),
    ),
    "figures": ("unit", "year", "table", "row", "column", "state", "value"),
}
"""The columns of each set of data, apart from the points by dimension among the scores."""


def all_standings(board: Board) -> Iterator[Standing]:
    """Every filing, by unit as in the roster, then by year."""
    for name in board.of_unit:
        yield from reversed(board.of_unit[name])


def score_rows(board: Board) -> Iterator[Row]:
    """A row a unit and year; the points left of each dimension stand under its key."""
    for one in all_standings(board):
        filing, score = one.filing, one.score
        record = filing.record
        parts = {part.key: part.score for part in score.parts if part.available}
        yield {
            "unit": filing.unit.name,
            "kind": filing.unit.kind,
            "parent": filing.unit.parent,
            "year": filing.year,
            "status": filing.status,
            "due": filing.due,
            "published": record.published if record else None,
            "rank": one.rank,
            "apart": one.apart or None,
            "own": score.own,
            "total": score.total,
            **{each.key: parts.get(each.key) for each in board.scheme.formula.dimensions},
            "decided": score.decided,
            "open": score.open,
            "share": score.share,
            "findings": len(filing.findings),
            "path": record.path if record else None,
        }


def score_columns(board: Board) -> tuple[str, ...]:
    """The columns of the scores with those of the dimensions after the total."""
    columns = COLUMNS["scores"]
    at = columns.index("total") + 1
    return (*columns[:at], *(one.key for one in board.scheme.formula.dimensions), *columns[at:])


def item_rows(board: Board) -> Iterator[Row]:
    """A row a line of a card, the full mark of a scored report included: its points add up to its score."""
    full = Item("missing", board.scheme.formula.full.quantize(Decimal("0.01")))
    for one in all_standings(board):
        if one.score.total is None:
            continue
        yield {**_item(board, one, full), "kind": "full", "obligation": board.word["start"]}
        for item in one.score.items:
            yield _item(board, one, item)


def _item(board: Board, one: Standing, item: Item) -> Row:
    known = {"cap", "floor", "missing"}
    named = board.word.get(f"item_{item.kind}", "") if item.kind in known else ""
    return {
        "unit": one.filing.unit.name,
        "year": one.filing.year,
        "kind": item.kind,
        "points": item.points,
        "code": item.code,
        "obligation": board.rule_title(item.code) or named.format(cap=board.scheme.formula.compared.cap),
        "dimension": item.dimension,
        "calculation": calculation(item),
        "findings": " ".join(map(str, item.findings)),
    }


def finding_rows(board: Board) -> Iterator[Row]:
    """A row a finding, numbered as on the card."""
    for one in all_standings(board):
        record = one.filing.record
        report = report_of(record) if record and not record.reason else None
        for number, said in enumerate(one.filing.findings, 1):
            place = place_of(said)
            yield {
                "unit": one.filing.unit.name,
                "year": one.filing.year,
                "number": number,
                **{key: said[key] for key in ("severity", "code", "name", "message", "hint", "clause")},
                "place": (place_words(place, report, board.lang) if report else "") or board.word["whole"],
                "position": position_words(place.location, board.lang),
                "formula": (said.get("evidence") or {}).get("formula"),
                "fingerprint": said["fingerprint"],
                "path": record.path if record else None,
            }


def figure_rows(board: Board) -> Iterator[Row]:
    """A row a cell of a standard table; `value` only where a number stands in it."""
    for one in all_standings(board):
        record = one.filing.record
        if record is None or record.reason:
            continue
        for figure in figures(record):
            yield {
                "unit": one.filing.unit.name,
                "year": one.filing.year,
                **figure._asdict(),
                "value": None if figure.value is None else Decimal(figure.value),
            }


def table_columns(board: Board, table: str) -> dict[str, str]:
    """The columns that the reports' tables of this kind have, as the forms call them."""
    found: dict[str, str] = {}
    for one in all_standings(board):
        record = one.filing.record
        if record is None or table not in record.cells:
            continue
        spec = spec_in(record, table)
        for row, column, _, _ in record.cells[table]:
            found.setdefault(column, column_name(spec, row, column))
    return found


def table_rows(board: Board, table: str) -> Iterator[Row]:
    """A row a row of the table, its figures under the keys of its columns; None where no number stands."""
    for one in all_standings(board):
        record = one.filing.record
        if record is None or table not in record.cells:
            continue
        spec = spec_in(record, table)
        rows: dict[str | None, Row] = {}
        for row, column, _, value in record.cells[table]:
            known = rows.setdefault(
                row,
                {
                    "unit": one.filing.unit.name,
                    "parent": one.filing.unit.parent,
                    "year": one.filing.year,
                    "row": row_name(spec, row),
                },
            )
            known[column] = None if value is None else Decimal(value)
        yield from rows.values()
