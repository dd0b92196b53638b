"""What the rules on the figures of the prose say of the real sample reports, where these are present."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from linter.checks.engine import judge
from linter.checks.outcome import Finding
from linter.checks.rulebook import load_rulebook
from linter.document.registry import read_file
from linter.report.read import read_report

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
REPORTS = sorted(path.name for path in SAMPLES.glob("2*")) if SAMPLES.is_dir() else []
CODES = ("N050", "N051", "N052", "N053", "N054", "E")

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"the real samples are not in {SAMPLES}")

PARTS = {
    "2012-pingtan-county.txt": ["2026 + 46 + 1854 = 3926 ≠ 3978"],
    "2016-zhongwei-city.txt": ["136 + 125 + 16 = 277 ≠ 300", "131 + 26 + 426 = 583 ≠ 586"],
    "2019-pingtan.txt": ["25 + 68 + 28 + 69 + 90 + 175 + 67 + 983 + 48 + 124 + 856 = 2533 ≠ 2599"],
    "2019-shanghai-general-office.html": ["258 + 35 + 265 + 158 + 0 = 716 ≠ 805"],
}
SHARES = {
    "2019-shanghai-general-office.html": ["258 ÷ 805 = 32.0% ≠ 33.9%"],
    "2020-zhongning-county.txt": [
        "41 ÷ 178 = 23.0% ≠ 26%",
        "24 ÷ 178 = 13.5% ≠ 16%",
        "27 ÷ 178 = 15.2% ≠ 14%",
        "14 ÷ 178 = 7.9% ≠ 7%",
        "53 ÷ 178 = 29.8% ≠ 27%",
    ],
}
TWICE = {"2020-zhongning-county.txt": ["20-8- ≠ 21"]}
EXPECTED = {"narrative-parts-sum": PARTS, "narrative-percentage": SHARES, "narrative-contradiction": TWICE}


@cache
def findings(name: str) -> tuple[Finding, ...]:
    path = SAMPLES / name
    rules = [rule for rule in load_rulebook().rules if rule.code.startswith(CODES)]
    judgement = judge(read_report(read_file(path), str(path)), rules)
    assert not judgement.errors
    return judgement.findings


def formulas(name: str, rule: str) -> list[str | None]:
    return [f.evidence.formula for f in findings(name) if f.name == rule and f.evidence is not None]


@pytest.mark.parametrize("name", REPORTS)
def test_every_finding_is_a_known_fault(name: str) -> None:
    for rule, faults in EXPECTED.items():
        assert formulas(name, rule) == faults.get(name, []), rule
    assert {finding.name for finding in findings(name)} <= set(EXPECTED)


def test_a_finding_says_where_it_stands() -> None:
    for name in ("2016-zhongwei-city.txt", "2020-zhongning-county.txt"):
        for finding in findings(name):
            assert finding.place.section in {"overview", "others"}
            assert finding.place.excerpt
            assert finding.place.location.line
            assert finding.evidence is not None
            assert finding.evidence.difference


def test_findings_of_one_list_have_names_of_their_own() -> None:
    marks = [finding.fingerprint for finding in findings("2020-zhongning-county.txt")]
    assert len(marks) == len(set(marks))
    assert not any("-" in mark for mark in marks)
