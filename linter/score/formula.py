"""The formula of scores as data: `rules/score/formula.yaml`, explained in docs/score.md."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from linter.checks.rulebook import Rule, Words, exactness
from linter.compiled import load_yaml


class Dimension(NamedTuple):
    """A part of the full mark: its points and the selectors of the rules that decide about them."""

    key: str
    title: Words
    points: Decimal
    rules: tuple[str, ...]


class Compared(NamedTuple):
    """What findings of several reports cost: points a failed rule by severity, at most `cap`; those that
    `shown` names cost nothing."""

    rules: tuple[str, ...]
    points: Mapping[str, Decimal]
    cap: Decimal
    shown: tuple[str, ...]


class Formula(NamedTuple):
    """The formula. Rules that `uncounted` names count nowhere;
    `least_decided` and `least_share` say which reports are ranked."""

    version: str
    full: Decimal
    dimensions: tuple[Dimension, ...]
    otherwise: str
    uncounted: tuple[str, ...]
    severity: Mapping[str, Decimal]
    level: Mapping[str, Decimal]
    compared: Compared
    least_decided: int
    least_share: Decimal

    def weight(self, rule: Rule) -> Decimal:
        """What the obligation weighs within its dimension."""
        return self.severity[rule.severity] * self.level[rule.level]

    def counts(self, rule: Rule) -> bool:
        """Whether the rule counts in scores at all."""
        return not _named(rule, self.uncounted)

    def compares(self, rule: Rule) -> bool:
        """Whether the rule looks at several reports."""
        return _named(rule, self.compared.rules) > 0

    def costs(self, rule: Rule) -> Decimal:
        """The points that a failed rule of several reports costs before the cap."""
        if _named(rule, self.compared.shown):
            return Decimal(0)
        return self.compared.points[rule.severity]

    def dimension(self, rule: Rule) -> str:
        """The key of the dimension that names the rule most exactly."""
        exact, key = max(
            ((_named(rule, one.rules), one.key) for one in self.dimensions), key=lambda found: found[0]
        )
        return key if exact else self.otherwise


def _named(rule: Rule, selectors: tuple[str, ...]) -> int:
    return max((exactness(rule, selector) for selector in selectors), default=0)


@cache
def shipped_formula() -> Formula:
    """The formula that ships."""
    data = load_yaml("rules", "score/formula.yaml")
    compared = data["compared"]
    return Formula(
        version=data["version"],
        full=Decimal(data["full"]),
        dimensions=tuple(
            Dimension(one["key"], Words(**one["title"]), Decimal(one["points"]), tuple(one["rules"]))
            for one in data["dimensions"]
        ),
        otherwise=data["otherwise"],
        uncounted=tuple(data["uncounted"]),
        severity=_decimals(data["severity"]),
        level=_decimals(data["level"]),
        compared=Compared(
            tuple(compared["rules"]),
            _decimals(compared["points"]),
            Decimal(compared["cap"]),
            tuple(compared["shown"]),
        ),
        least_decided=data["ranked"]["decided"],
        least_share=Decimal(data["ranked"]["share"]),
    )


def _decimals(data: Mapping[str, Any]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in data.items()}
