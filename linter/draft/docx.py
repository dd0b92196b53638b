"""A draft as a Word document, set as official documents are (GB/T 9704)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linter.draft.form import Block, DraftTable, grid
from linter.official.docx import WIDTH, package, shaped_text, shared

_APPLICATION_LABELS = (5, 7, 16)


def to_docx(blocks: Sequence[Block]) -> bytes:
    """The blocks as a .docx; the same blocks give the same bytes."""
    return package([_table(one) if isinstance(one, DraftTable) else shaped_text(one) for one in blocks])


def _table(table: DraftTable) -> dict[str, Any]:
    widths = _widths(table)
    header = [all(box.role in ("group", "column") for box, _ in row) for row in table.rows].index(False)
    rows = [
        {
            "header": index < header and table.key != "disclosure",
            "cells": [
                {
                    "width": sum(widths[column : column + box.columns]),
                    "columns": box.columns,
                    "merge": "continue" if again else "restart" if box.rows > 1 else "",
                    "style": "TableLabel" if box.role == "row" else "TableCell",
                    "text": text,
                }
                for column, box, text, again in row
            ],
        }
        for index, row in enumerate(grid(table.rows))
    ]
    return {"kind": "table", "widths": widths, "rows": rows}


def _widths(table: DraftTable) -> list[int]:
    """The width of each column in twips: narrow for figures, wide for labels."""
    labels: tuple[int, ...] = ()
    value = 1
    if table.key == "applications":
        labels, value = _APPLICATION_LABELS, 7
    elif table.key == "disclosure":
        labels = (table.columns * 2 // 5,)
    weights = [*labels, *[value] * (table.columns - len(labels))]
    return shared(WIDTH, weights)
