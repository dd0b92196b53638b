"""What outputs say of rules that have no finding: their names, titles and texts, by code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from linter.checks.profile import load_profile
from linter.checks.rulebook import Rule, RuleTexts, load_texts
from linter.render.entry import Settings


@cache
def rules_by_code(profile: str) -> Mapping[str, Rule]:
    """The rules as `profile` states them, loaded once a process."""
    return {rule.code: rule for rule in load_profile(profile).rulebook.rules}


@cache
def texts_by_code(profile: str) -> Mapping[str, RuleTexts]:
    """What people read about them."""
    return load_texts(rules_by_code(profile).values())


def titled(code: str, name: str, settings: Settings) -> str:
    """Code, name and title; the code and `name` where the profile of the run does not know the rule."""
    rule = rules_by_code(settings.profile).get(code)
    if rule is None:
        return f"{code} {name}".strip()
    return f"{code} {rule.name} {texts_by_code(settings.profile)[code].title.of(settings.lang)}"
