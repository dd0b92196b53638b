"""What the rules for reports before 2019 say of the real sample reports, where these are present."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.checks.engine import judge
from linter.checks.outcome import Judgement, Outcome
from linter.checks.rulebook import load_rulebook
from linter.document.registry import read_document
from linter.report.read import read_report

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
RULES = [rule for rule in load_rulebook().rules if rule.group == "pre-2019"]
NAMES = ("2012-pingtan-county", "2013-pingtan-county", "2014-pingtan", "2016-pingtan", "2016-zhongwei-city")

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not at hand")


def judged(name: str, old: str = "", new: str = "") -> Judgement:
    """The verdicts on a sample, with one stretch of it replaced."""
    text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    assert old in text
    report = read_report(read_document(text.replace(old, new, 1).encode(), f"{name}.txt"), name)
    judgement = judge(report, RULES)
    assert not judgement.errors
    return judgement


FOUND = {
    "2012-pingtan-county": ["older-topic-missing"],
    "2013-pingtan-county": ["older-topic-missing"],
    "2016-zhongwei-city": ["statistics-missing"],
}


@pytest.mark.parametrize("name", NAMES)
def test_what_each_sample_raises(name: str) -> None:
    assert [finding.name for finding in judged(name).findings] == FOUND.get(name, [])


def test_the_missing_topic_is_the_fees() -> None:
    (finding,) = judged("2012-pingtan-county").findings
    assert "收费" in finding.message


def test_the_sums_of_the_readable_table_are_decided() -> None:
    outcomes = judged("2014-pingtan").outcomes
    assert {code for code, outcome in outcomes if outcome is Outcome.PASS} >= {"H003", "H005", "H011", "H013"}
    assert not [code for code, outcome in outcomes if outcome is Outcome.OPEN]


@pytest.mark.parametrize("name", ["2012-pingtan-county", "2013-pingtan-county", "2016-pingtan"])
def test_sums_of_tables_that_ran_together_are_open(name: str) -> None:
    opened = {item.name for item in judged(name).open}
    assert {"statistics-received", "statistics-replied", "statistics-channels"} <= opened


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("信息总数 条 1 1", "信息总数 条 3 3", "statistics-received"),
        ("答复总数 条 1 1", "答复总数 条 2 2", "statistics-replied"),
        ("网站公开数 条 2543", "网站公开数 条 2543x", None),
        ("公开文件数 条 2543", "公开文件数 条 2453", "statistics-text-mismatch"),
    ],
)
def test_a_changed_figure_is_noticed(old: str, new: str, name: str | None) -> None:
    found = [finding.name for finding in judged("2014-pingtan", old, new).findings]
    assert found == ([name] if name else [])
