"""The sheet of a local notice: points and caps as it says, what a person decides is only listed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from making import filing_of, finding, record_with

from linter.checks.profile import Profiled, load_profile
from linter.corpus.roster import Unit
from linter.score.local import LocalScore, local_score

PACK = """
name: {zh: 甲县, en: county-a}
title: {zh: 甲县评分, en: County A}
extends: standard
source: {zh: 甲县通知, en: a notice}
scoring:
  FULL
  deductions:
    - {about: {zh: 勾稽, en: sums}, rules: [arithmetic], points: 1, per: finding, cap: 2.5}
    - {about: {zh: 缺表, en: tables}, rules: [missing-table], points: 5}
    - {about: {zh: 政府逾期, en: late}, rules: [published-late], points: 3, issuer_kinds: [government]}
    - {about: {zh: 空洞, en: empty}, points: 2, auto: false}
    - {about: {zh: 存疑, en: doubt}, rules: [blank-cell], points: 2, auto: false}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Profiled:
    return _pack(tmp_path, "full: 20")


def _pack(folder: Path, full: str) -> Profiled:
    path = folder / "pack.yaml"
    path.write_text(PACK.replace("FULL", full), "utf-8")
    return load_profile(str(path))


def sheet(
    pack: Profiled, *names: str, kind: str = "department", dismissed: tuple[str, ...] = ()
) -> LocalScore:
    by_name = {rule.name: rule for rule in pack.rulebook.rules}
    findings = tuple(finding(by_name[name], number) for number, name in enumerate(names))
    unit = Unit("甲县教育局", kind)  # type: ignore[arg-type]
    found = local_score(filing_of(record_with({}, findings), unit=unit), pack, dismissed)
    assert found is not None
    return found


def points(found: LocalScore) -> dict[str, str]:
    return {one.about.zh: str(one.points) for one in found.taken}


def test_points_come_off_for_each_finding_up_to_the_cap(pack: Profiled) -> None:
    two = sheet(pack, "applications-balance", "disputes-total")
    four = sheet(pack, *["applications-balance"] * 4)
    assert (points(two)["勾稽"], points(four)["勾稽"]) == ("-2.00", "-2.50")
    assert [one.capped for one in (two.taken[0], four.taken[0])] == [False, True]
    assert four.taken[0].findings == (1, 2, 3, 4)


def test_points_for_a_report_come_off_once(pack: Profiled) -> None:
    found = sheet(pack, "missing-table", "missing-table")
    assert (points(found)["缺表"], found.lost, found.total) == ("-5.00", Decimal("-5.00"), Decimal("15.00"))


def test_what_a_person_decides_is_listed_with_its_findings_and_costs_nothing(pack: Profiled) -> None:
    found = sheet(pack, "blank-cell")
    doubt = next(one for one in found.taken if one.about.zh == "存疑")
    assert (doubt.by_person, doubt.findings, doubt.points) == (True, (1,), Decimal("0.00"))
    assert found.lost == 0


def test_a_deduction_holds_for_its_kinds_of_issuers_alone(pack: Profiled) -> None:
    assert "政府逾期" not in points(sheet(pack, "published-late"))
    assert points(sheet(pack, "published-late", kind="government"))["政府逾期"] == "-3.00"


def test_a_dismissed_finding_costs_nothing(pack: Profiled) -> None:
    rule = next(rule for rule in pack.rulebook.rules if rule.name == "missing-table")
    fingerprint = str(finding(rule, 0)["fingerprint"])
    assert sheet(pack, "missing-table", dismissed=(fingerprint,)).lost == 0


def test_a_notice_without_a_full_mark_has_deductions_only(tmp_path: Path) -> None:
    found = sheet(_pack(tmp_path, ""), "missing-table")
    assert (found.full, found.total, str(found.lost)) == (None, None, "-5.00")


def test_no_sheet_without_deductions() -> None:
    assert local_score(filing_of(None, "missing"), load_profile("standard")) is None
