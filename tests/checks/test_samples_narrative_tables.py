"""What the prose of the real samples says against their tables, where the samples are present."""

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
RULES = [rule for rule in load_rulebook().rules if rule.path.name == "narrative-tables.yaml"]
TOLD = {
    "2019-guyuan-government-office.txt": ["table-not-mentioned"],
    "2019-shanghai-general-office.html": [
        "narrative-outcome-mismatch",
        "narrative-outcome-mismatch",
        "narrative-table-mismatch",
        "narrative-table-mismatch",
    ],
    "2020-zhongning-county.txt": ["narrative-table-implied"],
    "2024-huaian-hongze-district.pdf": ["narrative-other-scope"],
}

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"the real samples are not in {SAMPLES}")


@cache
def told(name: str) -> tuple[Finding, ...]:
    path = SAMPLES / name
    judgement = judge(read_report(read_file(path), str(path)), RULES)
    assert not judgement.errors
    return judgement.findings


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_else_is_said_of_any_sample(name: str) -> None:
    assert sorted(finding.name for finding in told(name)) == TOLD.get(name, [])


def test_shanghai_quotes_parts_of_the_sums() -> None:
    one, two = (f for f in told("2019-shanghai-general-office.html") if f.severity == "error")
    assert one.evidence is not None and two.evidence is not None
    assert (one.evidence.left, one.evidence.right) == (258, 275)
    assert "自然人" in one.message
    assert (two.evidence.left, two.evidence.right) == (265, 337)
    assert "1.本机关不掌握相关政府信息”一项相同" in two.message


def test_shanghai_calls_pending_cases_upheld() -> None:
    claims = [f for f in told("2019-shanghai-general-office.html") if f.severity == "warning"]
    assert ["“行政复议·尚未审结” 2" in claims[0].message, "·尚未审结” 1" in claims[1].message] == [True, True]


def test_guyuan_leaves_the_lawsuit_out() -> None:
    (finding,) = told("2019-guyuan-government-office.txt")
    assert finding.severity == "warning"
    assert "没有提到行政诉讼" in finding.message


def test_zhongning_differs_from_what_the_other_rows_imply() -> None:
    (finding,) = told("2020-zhongning-county.txt")
    assert finding.evidence is not None
    assert (finding.evidence.left, finding.evidence.right) == (11, 12)
    assert finding.severity == "warning"


def test_hongze_tells_of_another_scope() -> None:
    (finding,) = told("2024-huaian-hongze-district.pdf")
    assert finding.severity == "info"
    assert "17" in finding.message
    assert "95" in finding.message
