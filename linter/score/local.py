"""What a local pack's notice takes off for the findings of one report, as its `scoring` says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from linter.checks.profile import Deduction, Profiled
from linter.checks.rulebook import Rule, Words, exactness
from linter.corpus.model import Filing

_CENT = Decimal("0.01")


class Taken(NamedTuple):
    """A deduction of the notice as it applies to one report: the points that come off (zero or below) for
    the findings of these numbers. `by_person`: somebody has to decide, and nothing comes off by itself."""

    about: Words
    points: Decimal
    each: Decimal
    findings: tuple[int, ...] = ()
    capped: bool = False
    by_person: bool = False


class LocalScore(NamedTuple):
    """The notice's own sheet: its title, the full mark where it states one, what comes off."""

    title: Words
    source: Words | None
    full: Decimal | None
    taken: tuple[Taken, ...]

    @property
    def lost(self) -> Decimal:
        """The points that come off in all, zero or below."""
        return sum((one.points for one in self.taken), Decimal("0.00"))

    @property
    def total(self) -> Decimal | None:
        """What is left of the full mark, not below zero; None where the notice states no full mark."""
        return None if self.full is None else max(self.full + self.lost, Decimal("0.00"))


def local_score(filing: Filing, profiled: Profiled, dismissed: Collection[str] = ()) -> LocalScore | None:
    """The sheet of the nearest profile that has deductions; None where none has.
    Findings with a fingerprint in `dismissed` do not count."""
    stating = next((profile for profile in reversed(profiled.chain) if profile.deductions), None)
    if stating is None:
        return None
    rules = {rule.code: rule for rule in profiled.rulebook.rules}
    applying = (
        one for one in stating.deductions if not one.issuer_kinds or filing.unit.kind in one.issuer_kinds
    )
    taken = tuple(_taken(one, filing.findings, rules, dismissed) for one in applying)
    full = None if stating.full is None else Decimal(str(stating.full)).quantize(_CENT)
    return LocalScore(stating.title, stating.source, full, taken)


def _taken(
    deduction: Deduction,
    findings: Sequence[Mapping[str, Any]],
    rules: Mapping[str, Rule],
    dismissed: Collection[str],
) -> Taken:
    each = Decimal(str(deduction.points)).quantize(_CENT)
    by_person = not deduction.auto or not deduction.rules
    shown = tuple(
        number
        for number, finding in enumerate(findings, 1)
        if finding["fingerprint"] not in dismissed and _named(rules.get(finding["code"]), deduction.rules)
    )
    if by_person or not shown:
        return Taken(deduction.about, Decimal("0.00"), each, shown, by_person=by_person)
    lost = each * (len(shown) if deduction.per == "finding" else 1)
    cap = lost if deduction.cap is None else Decimal(str(deduction.cap)).quantize(_CENT)
    return Taken(deduction.about, -min(lost, cap), each, shown, capped=lost > cap)


def _named(rule: Rule | None, selectors: Iterable[str]) -> bool:
    return rule is not None and any(exactness(rule, selector) for selector in selectors)
