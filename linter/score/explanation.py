"""The formula in words, as every card prints it and docs/score.md explains it."""

from __future__ import annotations

from linter.render.template import render
from linter.score.formula import Formula


def formula_lines(formula: Formula, lang: str) -> list[str]:
    """What the formula does, a sentence or two a line."""
    text = render(
        f"score/formula-{'en' if lang == 'en' else 'zh'}.j2",
        {
            "formula": formula,
            "severity": formula.severity,
            "level": formula.level,
            "points": formula.compared.points,
            "cap": formula.compared.cap,
            "share": f"{formula.least_share:.0%}",
        },
    )
    return text.splitlines()
