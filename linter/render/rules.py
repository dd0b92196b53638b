"""The rules themselves: one explained, or all listed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any

from linter.checks.rulebook import EDITIONS, ISSUER_KINDS, Rule
from linter.render.excerpt import pad, width, wrap
from linter.render.template import render
from linter.render.words import words


def render_rule(rule: Rule, lang: str, columns: int) -> str:
    """What `gongkai explain` prints: template `rule.txt.j2`."""
    word = words(lang)
    return render(
        "rule.txt.j2",
        {
            "word": word,
            "fill": partial(_fill, columns),
            "code": rule.code,
            "name": rule.name,
            "title": rule.title.of(lang),
            "severity": word[rule.severity],
            "editions": _some(rule.editions, EDITIONS, lang),
            "kinds": _some(rule.issuer_kinds, ISSUER_KINDS, lang),
            "explanation": rule.explanation.of(lang),
            "clause": rule.clause.of(lang),
            "hint": rule.hint.of(lang),
            "message": rule.message.of(lang),
            "wrong": rule.wrong,
            "right": rule.right,
        },
    )


def list_rules_text(rules: Sequence[Rule], lang: str, columns: int) -> str:
    """One rule a line under its group: code, name, severity, title."""
    word = words(lang)
    lines: list[str] = []
    code = max((width(rule.code) for rule in rules), default=0)
    name = max((width(rule.name) for rule in rules), default=0)
    severity = max(width(word[level]) for level in ("error", "warning", "info"))
    for group, members in groupby(rules, key=lambda rule: rule.group):
        lines += ["", f"[{group}]"] if lines else [f"[{group}]"]
        for rule in members:
            head = f"{pad(rule.code, code)}  {pad(rule.name, name)}  {pad(word[rule.severity], severity)}  "
            lines.append(_fill(columns, head, rule.title.of(lang)))
    lines += ["", word["rule_count"].format(count=len(rules))]
    return "\n".join(lines) + "\n"


def list_rules_json(rules: Sequence[Rule], lang: str) -> str:
    """Every rule with its texts in `lang`."""
    return (
        json.dumps(
            {"schema": 1, "rules": [_object(rule, lang) for rule in rules]}, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _some(chosen: Sequence[str], known: Sequence[str], lang: str) -> str:
    """`chosen` in words, or that it is all of `known`."""
    word = words(lang)
    if set(chosen) == set(known):
        return word["all"]
    return word["list"].join(word.get(f"kind_{item}", item) for item in chosen)


def _object(rule: Rule, lang: str) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title.of(lang),
        "severity": rule.severity,
        "group": rule.group,
        "editions": list(rule.editions),
        "issuer_kinds": list(rule.issuer_kinds),
        "clause": rule.clause.of(lang),
        "message": rule.message.of(lang),
        "hint": rule.hint.of(lang),
        "explanation": rule.explanation.of(lang),
        "wrong": rule.wrong,
        "right": rule.right,
    }


def _fill(columns: int, label: str, text: str) -> str:
    """`text`, line by line, behind `label`, the further lines under the first."""
    indent = width(label)
    lines = [part for line in text.strip().split("\n") for part in wrap(line.strip(), columns - indent)]
    return label + ("\n" + " " * indent).join(lines)
