"""Every case in the YAML of the rules of several reports, run against a small corpus in memory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from linter.checks.engine import judge
from linter.checks.kinds import CORPUS_KINDS
from linter.checks.outcome import Outcome
from linter.checks.profile import every_rule, shipped_profiles
from linter.checks.rulebook import Rule, load_texts
from linter.corpus.judge import judge_corpus

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
from builder import given_report
from corpus_builder import given_corpus

pytest.importorskip("rensa", reason="needs the extra corpus")

RULES = [rule for rule in every_rule(shipped_profiles()).rules if rule.kind in CORPUS_KINDS]
TEXTS = load_texts(RULES)
CASES = [
    pytest.param(rule, case, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, case in enumerate(TEXTS[rule.code].cases, 1)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: Rule, case: dict[str, Any]) -> None:
    judged = judge_corpus(given_corpus(case["given"]), [rule])
    assert not judged.errors
    outcomes = {outcome for one in judged.of.values() for _, outcome in one.outcomes}
    expected = Outcome(case["expect"])
    found = [(key[0], finding) for key, one in judged.of.items() for finding in one.findings]

    if expected is Outcome.FAIL:
        assert found, "no finding"
        assert len(found) == case.get("count", len(found))
        assert any(_fits(unit, finding, case) for unit, finding in found), found
    elif expected is Outcome.OPEN:
        reasons = [item.reason for one in judged.of.values() for item in one.open]
        assert Outcome.FAIL not in outcomes
        assert any(case.get("message", "") in reason for reason in reasons), reasons
    elif expected is Outcome.PASS:
        assert outcomes == {Outcome.PASS}, (found, [one.open for one in judged.of.values()])
    else:
        assert not outcomes


def _fits(unit: str, finding: Any, case: dict[str, Any]) -> bool:
    return (
        unit == case.get("unit", unit)
        and case.get("message", "") in finding.message
        and all(getattr(finding.place, key) == value for key, value in case.get("place", {}).items())
        and all(getattr(finding.evidence, key) == value for key, value in case.get("evidence", {}).items())
    )


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case_reads_in_english(rule: Rule, case: dict[str, Any]) -> None:
    judged = judge_corpus(given_corpus(case["given"]), [rule], "en")
    for one in judged.of.values():
        for finding in one.findings:
            assert finding.message and not any(mark in finding.message for mark in "{｛")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_it_does_not_apply_to_a_single_report(rule: Rule) -> None:
    judgement = judge(given_report({}), [rule])
    assert set(judgement.outcomes) == {(rule.code, Outcome.NOT_APPLICABLE)}
