"""Two years side by side as JSON."""

from __future__ import annotations

import json
from typing import Any

from linter.checks.outcome import Judgement
from linter.render.check_json import findings_and_open, number
from linter.report.model import Report
from linter.years.comparison import Change, Comparison


def compare_json(old: Report, new: Report, comparison: Comparison, judgement: Judgement) -> str:
    """One object: both reports, the changed figures, how much text stayed, findings and open items."""
    result = {
        "schema": 1,
        "old": _named(old),
        "new": _named(new),
        "figures": [_change(change) for change in comparison.changes],
        "same": comparison.same,
        "unknown": comparison.unknown,
        "texts": [
            {"section": each.section, "share": round(each.share, 4), "letters": each.letters}
            for each in comparison.texts
        ],
        **findings_and_open(judgement),
    }
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _named(report: Report) -> dict[str, Any]:
    title = report.title.value if report.title else None
    return {"path": report.path, "title": title, "issuer": report.issuer, "year": report.year}


def _change(change: Change) -> dict[str, Any]:
    return {
        "table": change.table,
        "row": change.row,
        "column": change.column,
        "old": number(change.old.value),
        "new": number(change.new.value),
        "difference": number(change.difference),
    }
