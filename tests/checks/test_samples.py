"""What the shipped rules say of the real sample reports, where these are present."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from linter.checks.engine import judge
from linter.checks.outcome import Finding, Judgement
from linter.checks.rulebook import load_rulebook
from linter.document.registry import read_file
from linter.report.read import read_report

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
REPORTS = sorted(path.name for path in SAMPLES.glob("2*")) if SAMPLES.is_dir() else []

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"the real samples are not in {SAMPLES}")


@cache
def judged(name: str) -> Judgement:
    path = SAMPLES / name
    judgement = judge(read_report(read_file(path), str(path)), load_rulebook().rules)
    assert not judgement.errors
    return judgement


def of(name: str, rule: str) -> list[Finding]:
    return [finding for finding in judged(name).findings if finding.name == rule]


@pytest.mark.parametrize("name", REPORTS)
def test_only_one_sample_breaks_an_identity(name: str) -> None:
    broken = [f.name for f in judged(name).findings if f.code.startswith("A")]
    assert broken == (["disputes-total"] if "guyuan" in name else [])


@pytest.mark.parametrize("name", [name for name in REPORTS if "pingtan" in name])
def test_tables_that_ran_together_accuse_nobody(name: str) -> None:
    assert not [f for f in judged(name).findings if f.place.table is not None]


def test_guyuan() -> None:
    name = "2019-guyuan-government-office.txt"
    (finding,) = of(name, "disputes-total")
    assert finding.evidence is not None
    assert finding.evidence.formula == "1 + 0 + 0 + 1 = 2 ≠ 0"
    assert (finding.evidence.left, finding.evidence.right, finding.evidence.difference) == (2, 0, 2)
    assert finding.place.column == "litigation_after_review.total"
    assert [suspect.suggestion for suspect in finding.suspects] == [2]
    assert of(name, "missing-period")
    assert of(name, "missing-contact")


def test_zhongwei_government_office() -> None:
    name = "2019-zhongwei-government-office.txt"
    assert len(of(name, "blank-cell")) == 1
    assert len(of(name, "link-mismatch")) == 1
    (split,) = of(name, "extra-section")
    assert split.place.section == "problems"
    assert "共 7 个一级标题" in split.message


def test_zhongwei_affairs_center() -> None:
    (finding,) = of("2020-zhongwei-affairs-center.txt", "blank-cell")
    assert "“行政复议”整组" in finding.message


def test_zhongwei_city_is_judged_by_the_rules_of_its_time() -> None:
    name = "2016-zhongwei-city.txt"
    assert of(name, "stale-year")
    assert not of(name, "missing-table")


def test_zhongning() -> None:
    name = "2020-zhongning-county.txt"
    assert of(name, "conversion-residue")
    assert not of(name, "missing-section")
    assert "missing-section" in {item.name for item in judged(name).open}


def test_hongze() -> None:
    name = "2024-huaian-hongze-district.pdf"
    (label,) = of(name, "row-label")
    assert label.place.row == "denied.prohibited_by_law"
    (unsplit,) = of(name, "missing-row")
    assert "（六）其他处理" in unsplit.message


def test_shanghai_balances_and_leaves_its_sums_open() -> None:
    judgement = judged("2019-shanghai-general-office.html")
    still_open = {item.name for item in judgement.open}
    assert {"applications-result-total", "applications-applicant-total"} <= still_open
    readings = [related.message for finding in judgement.findings for related in finding.related]
    assert any("（一）予以公开”：空格按 0 计则差 272；总计应为 272" in reading for reading in readings)


@pytest.mark.parametrize("name", [name for name in REPORTS if name[:4] >= "2019"])
def test_no_fresh_report_is_called_stale(name: str) -> None:
    assert not of(name, "stale-year")


def test_hints_on_figures_and_numbering() -> None:
    assert of("2019-guyuan-government-office.txt", "stock-equals-flow")
    assert of("2019-zhongwei-government-office.txt", "office-counts-regulations")
    assert [f.place.section for f in of("2020-zhongning-county.txt", "aspect-level")] == ["overview"]
    repeated = [f.message for f in of("2016-zhongwei-city.txt", "item-numbering")]
    assert len(repeated) == 2 and all("重复" in message for message in repeated)


@pytest.mark.parametrize("name", REPORTS)
def test_no_sample_has_figures_that_cannot_be(name: str) -> None:
    assert not [f for f in judged(name).findings if f.code.startswith("U") and f.severity != "info"]
