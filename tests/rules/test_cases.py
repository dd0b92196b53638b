"""Every case in the rules' YAML, run against a small report in memory."""

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

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
from builder import given_report

RULES = every_rule(shipped_profiles()).rules
TEXTS = load_texts(RULES)
CASES = [
    pytest.param(rule, case, id=f"{rule.name}-{number}")
    for rule in RULES
    if rule.kind not in CORPUS_KINDS
    for number, case in enumerate(TEXTS[rule.code].cases, 1)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: Rule, case: dict[str, Any]) -> None:
    report = given_report(case["given"])
    judgement = judge(report, [rule])
    assert not judgement.errors
    outcomes = {outcome for _, outcome in judgement.outcomes}
    expected = Outcome(case["expect"])

    if expected is Outcome.FAIL:
        failed = [f for f in judgement.findings if f.evidence is None or "空格按" not in f.message]
        assert failed, "no finding"
        assert len(failed) == case.get("count", len(failed))
        assert any(_fits(finding, case) for finding in failed), failed
    elif expected is Outcome.OPEN:
        assert judgement.open, "nothing is open"
        assert Outcome.FAIL not in outcomes
        assert len(judgement.open) == case.get("count", len(judgement.open))
        assert any(
            _at(item.place, case.get("place", {})) and case.get("message", "") in item.reason
            for item in judgement.open
        ), judgement.open
    elif expected is Outcome.PASS:
        assert outcomes == {Outcome.PASS}, (judgement.findings, judgement.open)
    else:
        assert outcomes == {Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case_reads_in_english(rule: Rule, case: dict[str, Any]) -> None:
    judgement = judge(given_report(case["given"]), [rule], "en")
    for finding in judgement.findings:
        assert finding.message and "{" not in finding.message
        assert "｛" not in finding.message


def _fits(finding: Any, case: dict[str, Any]) -> bool:
    evidence = case.get("evidence", {})
    return (
        _at(finding.place, case.get("place", {}))
        and case.get("message", "") in finding.message
        and all(getattr(finding.evidence, key) == value for key, value in evidence.items())
    )


def _at(place: Any, wanted: dict[str, str]) -> bool:
    return all(getattr(place, key) == value for key, value in wanted.items())
