"""A rule as an editor shows it under the pointer."""

from __future__ import annotations

from linter.checks.rulebook import Rule, load_texts
from linter.render.template import render
from linter.render.words import words


def hover_markdown(rule: Rule, lang: str) -> str:
    """Meaning, clause, what to do and an example of a rule: template `hover.md.j2`."""
    word = words(lang)
    texts = load_texts([rule])[rule.code]
    return render(
        "hover.md.j2",
        {
            "word": word,
            "code": rule.code,
            "title": texts.title.of(lang),
            "severity": word[rule.severity],
            "explanation": texts.explanation.of(lang),
            "clause": rule.clause.of(lang),
            "hint": rule.hint.of(lang),
            "wrong": texts.wrong.strip(),
            "right": texts.right.strip(),
        },
    )
