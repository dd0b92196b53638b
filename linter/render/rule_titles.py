"""What outputs say of rules that have no finding: their names, titles and texts, by code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from linter.checks.profile import load_profile
from linter.checks.rulebook import Rule, RuleTexts, load_texts


@cache
def rules_by_code(profile: str) -> Mapping[str, Rule]:
    """The rules as `profile` states them, loaded once a process."""
    return {rule.code: rule for rule in load_profile(profile).rulebook.rules}


@cache
def texts_by_code(profile: str) -> Mapping[str, RuleTexts]:
    """What people read about them."""
    return load_texts(rules_by_code(profile).values())


def titled(code: str, profile: str, lang: str) -> str:
    """Code, name and title; the code alone where the profile does not know it."""
    rule = rules_by_code(profile).get(code)
    return f"{code} {rule.name} {texts_by_code(profile)[code].title.of(lang)}" if rule else code
