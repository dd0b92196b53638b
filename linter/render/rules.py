"""The rules themselves: one explained, or all listed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from linter.checks.profile import Profiled, memberships, shipped_profiles
from linter.checks.rulebook import EDITIONS, ISSUER_KINDS, Rule, RuleTexts, Words, load_texts
from linter.render.excerpt import pad, width, wrap
from linter.render.template import render
from linter.render.words import words


def render_rule(rule: Rule, lang: str, columns: int, own: Profiled | None = None) -> str:
    """What `gongkai explain` prints: template `rule.txt.j2`. `own` is a profile that the user names."""
    said = rule_words(rule, load_texts([rule])[rule.code], lang, own)
    return render("rule.txt.j2", {**said, "fill": partial(_fill, columns)})


def rule_words(rule: Rule, texts: RuleTexts, lang: str, own: Profiled | None = None) -> dict[str, Any]:
    """All that people read about a rule, under the names by which templates ask for it."""
    word = words(lang)
    holding = [profile.name.of(lang) for profile in memberships(rule, _profiles(own))]
    return {
        "word": word,
        "code": rule.code,
        "name": rule.name,
        "title": texts.title.of(lang),
        "severity": word[rule.severity],
        "level": level_in_words(rule, lang),
        "profiles": word["list"].join(holding) or word["no_profile"],
        "editions": some(rule.editions, EDITIONS, lang),
        "kinds": some(rule.issuer_kinds, ISSUER_KINDS, lang),
        "explanation": texts.explanation.of(lang),
        "clause": rule.clause.of(lang),
        "hint": rule.hint.of(lang),
        "message": rule.message.of(lang),
        "wrong": texts.wrong,
        "right": texts.right,
        "cases": case_count(texts, lang),
    }


def list_rules_text(rules: Sequence[Rule], lang: str, columns: int) -> str:
    """One rule a line under its group: code, name, severity, level, title."""
    word = words(lang)
    texts = load_texts(rules)
    lines: list[str] = []
    code = max((width(rule.code) for rule in rules), default=0)
    name = max((width(rule.name) for rule in rules), default=0)
    severity = max(width(word[level]) for level in ("error", "warning", "info"))
    level = max((width(word[f"level_{rule.level}"]) for rule in rules), default=0)
    for group, members in groupby(rules, key=lambda rule: rule.group):
        lines += ["", f"[{group}]"] if lines else [f"[{group}]"]
        for rule in members:
            head = "  ".join(
                (
                    pad(rule.code, code),
                    pad(rule.name, name),
                    pad(word[rule.severity], severity),
                    pad(word[f"level_{rule.level}"], level),
                    "",
                )
            )
            lines.append(_fill(columns, head, texts[rule.code].title.of(lang)))
    lines += ["", word["rule_count"].format(count=len(rules))]
    return "\n".join(lines) + "\n"


def list_rules_json(rules: Sequence[Rule], lang: str, own: Profiled | None = None) -> str:
    """Every rule with its texts in `lang`, and the shipped profiles with that of the user."""
    profiles = _profiles(own)
    texts = load_texts(rules)
    listing = {
        "schema": 1,
        "rules": [_object(rule, texts[rule.code], profiles, lang) for rule in rules],
        "profiles": [_profile(one, lang) for one in profiles],
    }
    return json.dumps(listing, ensure_ascii=False, indent=1) + "\n"


def _profiles(own: Profiled | None) -> tuple[Profiled, ...]:
    shipped = shipped_profiles()
    if own is None or any(one.profile.path == own.profile.path for one in shipped):
        return shipped
    return (*shipped, own)


def some(chosen: Sequence[str], known: Sequence[str], lang: str) -> str:
    """`chosen` editions or kinds of issuer in words, or that it is all of `known`."""
    word = words(lang)
    if set(chosen) == set(known):
        return word["all"]
    return word["list"].join(word.get(f"kind_{item}", item) for item in chosen)


def level_in_words(rule: Rule, lang: str) -> str:
    """The level of a rule, and that it is mandatory where it is."""
    word = words(lang)
    level = word[f"level_{rule.level}"]
    return level + word["semicolon"] + word["mandatory"] if rule.mandatory else level


def case_count(texts: RuleTexts, lang: str) -> str:
    """How many cases test a rule, by what they expect."""
    expected = [case["expect"] for case in texts.cases]
    parts = (f"{outcome} {expected.count(outcome)}" for outcome in dict.fromkeys(expected))
    word = words(lang)
    return word["case_count"].format(count=len(expected)) + word["comma"] + word["list"].join(parts)


def _object(rule: Rule, texts: RuleTexts, profiles: Sequence[Profiled], lang: str) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": texts.title.of(lang),
        "severity": rule.severity,
        "level": rule.level,
        "basis": rule.basis,
        "mandatory": rule.mandatory,
        "profiles": [profile.name.en for profile in memberships(rule, profiles)],
        "group": rule.group,
        "editions": list(rule.editions),
        "issuer_kinds": list(rule.issuer_kinds),
        "kind": rule.kind,
        "clause": rule.clause.of(lang),
        "rests_on": list(texts.rests_on),
        "covers": list(texts.covers),
        "message": rule.message.of(lang),
        "hint": rule.hint.of(lang),
        "explanation": texts.explanation.of(lang),
        "wrong": texts.wrong,
        "right": texts.right,
        "cases": _cases(texts.cases),
    }


def _cases(cases: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    expected = [case["expect"] for case in cases]
    outcomes = ("pass", "fail", "open", "not-applicable")
    return {"total": len(expected), **{outcome: expected.count(outcome) for outcome in outcomes}}


def _profile(one: Profiled, lang: str) -> dict[str, Any]:
    profile = one.profile
    return {
        "name": profile.name.en,
        "name_zh": profile.name.zh,
        "title": profile.title.of(lang),
        "extends": profile.extends,
        "source": _text(profile.source, lang),
        "blank_as_zero": one.blank_as_zero,
        "rules": [rule.code for rule in one.rulebook.rules if rule.code in one.held],
        "full": profile.full,
        "deductions": [{**said._asdict(), "about": said.about.of(lang)} for said in profile.deductions],
    }


def _text(said: Words | None, lang: str) -> str | None:
    return said.of(lang) if said else None


def _fill(columns: int, label: str, text: str) -> str:
    """`text`, line by line, behind `label`, the further lines under the first."""
    indent = width(label)
    lines = [part for line in text.strip().split("\n") for part in wrap(line.strip(), columns - indent)]
    return label + ("\n" + " " * indent).join(lines)
