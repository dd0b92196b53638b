"""The reference of rules as Markdown: `python -m linter.render.reference` writes docs/rules/.

A page in each language, and the matrix of clauses, rules and cases with the candidates that no rule
carries out. They are generated from the rules alone; a test compares what is committed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from linter.checks.profile import Profiled, every_rule, memberships, shipped_profiles
from linter.checks.rulebook import EDITIONS, ISSUER_KINDS, Rule, RuleTexts, load_texts
from linter.compiled import parse_yaml
from linter.render.rules import case_count, some
from linter.render.template import environment
from linter.render.words import words
from linter.resources import resource_folder

COMMAND = "python -m linter.render.reference"


def pages() -> dict[str, str]:
    """Every generated page by its path under docs/."""
    profiles = shipped_profiles()
    rules = every_rule(profiles).rules
    texts = load_texts(rules)
    return {
        "rules/zh.md": _reference(rules, texts, profiles, "zh"),
        "rules/en.md": _reference(rules, texts, profiles, "en"),
        "rules/coverage.md": _coverage(rules, texts),
    }


def _reference(
    rules: Sequence[Rule], texts: Mapping[str, RuleTexts], profiles: Sequence[Profiled], lang: str
) -> str:
    word = words(lang)
    shown = [_shown(rule, texts[rule.code], profiles, lang) for rule in rules]
    cases = sum(len(texts[rule.code].cases) for rule in rules)
    return _render("rules.md.j2", word=word, rules=shown, cases=cases)


def _shown(rule: Rule, texts: RuleTexts, profiles: Sequence[Profiled], lang: str) -> dict[str, Any]:
    word = words(lang)
    holding = [profile.name.of(lang) for profile in memberships(rule, profiles)]
    return {
        "code": rule.code,
        "name": rule.name,
        "group": rule.group,
        "group_order": rule.family,
        "title": texts.title.of(lang),
        "severity": word[rule.severity],
        "level": word[f"level_{rule.level}"],
        "mandatory": rule.mandatory,
        "basis": word[f"basis_{rule.basis}"],
        "explanation": texts.explanation.of(lang).strip(),
        "clause": rule.clause.of(lang),
        "profiles": word["list"].join(holding) or word["no_profile"],
        "editions": some(rule.editions, EDITIONS, lang),
        "kinds": some(rule.issuer_kinds, ISSUER_KINDS, lang),
        "message": rule.message.of(lang),
        "cases": case_count(texts, lang),
        "wrong": texts.wrong.strip(),
        "right": texts.right.strip(),
        "hint": rule.hint.of(lang),
    }


def _coverage(rules: Sequence[Rule], texts: Mapping[str, RuleTexts]) -> str:
    norm = resource_folder("rules") / "norm"
    clauses = [
        {
            **clause,
            "gap": " · ".join(clause["gap"].values()) if "gap" in clause else "",
            "rules": [
                f"{rule.code} {rule.name}（{len(texts[rule.code].cases)}）"
                for rule in rules
                if clause["id"] in texts[rule.code].rests_on
            ],
        }
        for clause in _yaml(norm / "clauses.yaml")["clauses"]
    ]
    covered: dict[str, list[str]] = {}
    for rule in rules:
        for candidate in texts[rule.code].covers:
            covered.setdefault(candidate, []).append(f"{rule.code} {rule.name}")
    families = [
        {**family, "candidates": _candidates(family, covered, left_out())}
        for family in _yaml(norm / "catalogue.yaml")["families"]
    ]
    generated = " ".join(words(lang)["generated"] for lang in ("zh", "en"))
    return _render("coverage.md.j2", clauses=clauses, families=families, generated=generated)


def _candidates(
    family: Mapping[str, Any], covered: Mapping[str, Sequence[str]], reasons: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The candidates of a family. Of one that is left to later only those that a rule covers."""
    ids = candidate_ids(family)
    if "later" in family:
        ids = [one for one in ids if one in covered or one in reasons]
    return [{"id": one, "rules": covered.get(one, ()), "reason": reasons.get(one, "")} for one in ids]


def candidate_ids(family: Mapping[str, Any]) -> list[str]:
    """The ids of a family of the catalogue."""
    return [f"{family['id']}-{number:02}" for number in range(1, family["count"] + 1)]


def left_out() -> dict[str, str]:
    """The candidates that no rule carries out, or only in part, with the reason in both languages."""
    entries = _yaml(resource_folder("rules") / "norm" / "left-out.yaml")
    return {entry["id"]: " · ".join(str(entry["reason"][lang]) for lang in ("zh", "en")) for entry in entries}


def _yaml(path: Path) -> Any:
    return parse_yaml(path.read_bytes())


def _render(template: str, **values: Any) -> str:
    jinja = environment().overlay()
    jinja.filters = {**jinja.filters, "cell": _cell, "quote": _quote}
    jinja.undefined = jinja2.ChainableUndefined
    return jinja.get_template(template).render(values).rstrip("\n") + "\n"


def _cell(text: str) -> str:
    """A text fit for a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def _quote(text: str) -> str:
    """A text as a quotation in Markdown, its lines kept."""
    return "  \n".join(f"> {line}".rstrip() for line in text.split("\n"))


def main() -> None:
    """Write every page."""
    folder = resource_folder("rules").parent / "docs"
    for name, text in pages().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    main()
