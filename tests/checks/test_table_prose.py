"""Figures and claims of the prose held against the tables: what is accused, and what never is."""

from __future__ import annotations

from typing import Any

import pytest
from builder import cell as written
from builder import consistent_report, given_report, with_cells

from linter.checks import table_figures
from linter.checks.amounts import Total, amounts
from linter.checks.cells import CellKey
from linter.checks.engine import judge
from linter.checks.outcome import Finding
from linter.checks.rulebook import Rule, load_rulebook
from linter.checks.stated import whose
from linter.checks.told import Figure
from linter.report.facts import facts_of
from linter.report.model import TableCell

RULES: tuple[Rule, ...] = tuple(
    rule for rule in load_rulebook().rules if rule.path.name == "narrative-tables.yaml"
)
PARTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other")
TOTAL = Total("applications", "total", PARTS)

# 33 new (30 + 3 by business), 2 carried in, 33 closed, 2 carried over; 4 reviews, 1 + 4 lawsuits.
CELLS: dict[str, Any] = {
    "applications": {
        "*": {"*": 0},
        "new": {"natural_person": 30, "business": 3, "total": 33},
        "carried_in": {"natural_person": 2, "total": 2},
        "granted": {"natural_person": 18, "business": 2, "total": 20},
        "partial": {"natural_person": 3, "total": 3},
        "denied.internal": {"natural_person": 5, "total": 5},
        "unavailable.not_held": {"natural_person": 4, "business": 1, "total": 5},
        "result_total": {"natural_person": 30, "business": 3, "total": 33},
        "carried_out": {"natural_person": 2, "total": 2},
    },
    "disputes": {
        "*": 0,
        "review.upheld": 3,
        "review.corrected": 1,
        "review.total": 4,
        "litigation_direct.upheld": 1,
        "litigation_direct.total": 1,
        "litigation_after_review.upheld": 4,
        "litigation_after_review.total": 4,
    },
    "disclosure": {
        "normative_documents": {"issued": 6, "repealed": 2, "in_force": 30},
        "penalties": {"decisions": 41},
        "licensing": {"decisions": 120},
    },
}
COUNTY = {"issuer": "青禾县人民政府", "issuer_kind": "government"}


def findings(text: str, **given: Any) -> list[Finding]:
    report = given_report({**given, "sections": {"overview": text}, "cells": CELLS})
    judgement = judge(report, RULES)
    assert not judgement.errors
    return [finding for finding in judgement.findings if finding.severity != "info"]


def granted_by(figures: str) -> dict[CellKey, TableCell]:
    return {("granted", part): written(figure) for part, figure in zip(PARTS, figures, strict=True)}


AGREEING = """
2023年，本局共收到政府信息公开申请33件，上年结转2件，办结33件，结转下年度2件。
2023年，本局共受理政府信息公开申请35件（含上年结转2件），全部按期答复33件，2件结转下年度继续办理。
全年新收政府信息公开申请33件，较上年增长10%，其中网络申请28件，邮寄申请5件。
全年收到依申请公开33件，均在法定期限内答复。其中予以公开20件，部分公开3件，不予公开5件，无法提供5件。
全年受理依申请公开33件，其中予以公开23件（含部分公开3件），不予公开5件，本机关不掌握相关政府信息5件。
全年收到申请33件，其中自然人申请30件、法人和其他组织申请3件。
2023年共办理政府信息公开申请35件，已办结33件，其余2件正在办理中。
共收到政府信息公开申请38件，其中5件申请人撤回，实际受理33件。
收到政府信息公开申请33件，比2022年的41件减少8件。
收到政府信息公开申请三十三件，办结三十三件。
今年以来，共答复政府信息公开申请31件，其中予以公开18件，部分公开3件，不予公开5件，不存在5件。
因政府信息公开引发的行政复议4件，其中维持3件、纠正1件；行政诉讼5件，均判决驳回。
政府信息公开行政诉讼5件，其中未经复议直接起诉1件，复议后起诉4件。
制发规范性文件6件，废止2件，现行有效30件。
规范性文件30件全部上网公开。
作出行政许可决定120件，行政处罚决定41件。
对33件申请作出答复：予以公开20件，部分公开3件，不予公开5件，其他处理5件。
处理政府信息公开申请33件，其中同意公开23件，不同意公开5件，信息不存在5件。
上年结转申请2件均已办结。
收到申请33件，已全部依法受理。
本年度收到信息公开申请33件，与上年相比增加3件。答复率100%。
收到政府信息公开申请33件，通过协商撤回3件，答复30件。
政府信息公开类行政复议新收3件，上年结转1件；行政诉讼5件。
制定规范性文件4件、修订规范性文件2件。
""".strip().splitlines()

OTHER_THINGS = """
近五年来，共收到政府信息公开申请210件。
第四季度收到政府信息公开申请9件。
2023年1月1日至6月30日，共收到政府信息公开申请15件。
截至2023年11月底，共收到政府信息公开申请29件。
3月份收到政府信息公开申请4件，5月份收到政府信息公开申请6件。
平均每月收到政府信息公开申请3件。
收到征地补偿方面的政府信息公开申请12件，信访类申请3件。
共收到政府信息公开申请33件，涉及不动产登记的11件，已全部办结。
收到政府信息公开申请33件，其中12件为同一申请人提出。
收到政府信息公开申请33件，当面答复3件，书面答复30件。
收到政府信息公开申请33件，当场答复6件。
收到政府信息公开申请33件，平均办结时限8个工作日，办结最快的1件仅用2天。
收到政府信息公开申请33件。门户网站受理群众来信120件，办结118件。
收到政府信息公开申请33件。12345热线受理工单520件，答复520件，办结率100%。
自然资源所收到政府信息公开申请3件。
自然资源所未收到政府信息公开申请。
2023年，局机关共收到政府信息公开申请20件，各基层所收到13件。
受县政府委托代为答复政府信息公开申请7件。
协助县政府办公室办理政府信息公开申请7件。
指导各部门办理政府信息公开申请50件。
审核部门依申请公开答复书45件。
承办县人大建议12件、政协提案20件，均按时办结，主动公开答复20件。
依申请公开平台受理网上申请28件。
本局作为被告的行政诉讼案件共25件，其中涉及政府信息公开5件。
做好信息公开。本年度办理行政复议案件86件、行政诉讼案件40件。
未发生因政府信息公开引起的败诉案件。
未出现因答复不当被撤销的行政复议案件。
本年度无逾期未答复的政府信息公开申请。
除上述申请外，未收到其他政府信息公开申请。
未收到当面提交的申请。
2022年未收到政府信息公开申请，2023年收到33件。
对12件规范性文件开展合法性审核。
梳理规范性文件100件，保留30件，废止70件次。
发布规范性文件解读材料6件。
全年公开规范性文件（含解读）12件。
无行政复议、行政诉讼被纠错情况。
对外公开行政规范性文件33件。
公开现行有效规范性文件30件、已废止规范性文件12件。
办理行政许可和行政处罚161件。
全年双公示共归集行政许可135条、行政处罚45条。
公示行政许可信息118条，行政处罚信息40条。
简易程序行政处罚12件，普通程序行政处罚29件。
下放行政许可12件。
""".strip().splitlines()


@pytest.mark.parametrize("text", AGREEING)
def test_what_agrees_with_the_tables_is_not_accused(text: str) -> None:
    assert not findings(text)


@pytest.mark.parametrize("text", OTHER_THINGS)
def test_what_tells_of_something_else_is_not_accused(text: str) -> None:
    assert not findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "全县共收到政府信息公开申请33件，其中县政府收到12件，县直部门收到15件，乡镇收到6件。",
        "县政府共收到政府信息公开申请12件，办结12件，予以公开9件，部分公开1件，不予公开2件。",
        "2023年，县政府办公室共收到政府信息公开申请12件，办结12件，予以公开9件。",
        "县本级收到依申请公开12件，同比增长20%。",
        "各级行政机关受理政府信息公开申请33件。",
        "以县政府及县政府办公室名义制发规范性文件4件。",
        "制定出台规范性文件4件。",
        "县政府被申请行政复议2件，被提起行政诉讼3件，均因政府信息公开。",
        "县政府未发生因政府信息公开引起的行政诉讼。",
        "全市共收到政府信息公开申请3300件。",
        "我县共收到政府信息公开申请33件。本年度受理行政复议案件86件。",
    ],
)
def test_a_government_is_not_accused_for_figures_of_another_scope(text: str) -> None:
    assert not findings(text, **COUNTY)


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("共收到政府信息公开申请30件。", "“自然人”列"),
        ("办结政府信息公开申请33件，其中予以公开18件。", "“自然人”列"),
        ("办结政府信息公开申请33件，其中予以公开及部分公开20件。", "“（一）予以公开”一项"),
        ("共收到政府信息公开申请303件。", "多了一位数字：33 写成了 303"),
        ("共收到政府信息公开申请53件。", "数字顺序颠倒：35 写成了 53"),
        ("共收到政府信息公开申请41件。2022年收到政府信息公开申请41件。", "上一年的数相同"),
    ],
)
def test_the_likely_slip_is_named(text: str, slip: str) -> None:
    (finding,) = findings(text)
    assert finding.name == "narrative-table-mismatch"
    assert slip in finding.message


def test_parts_of_a_wrong_whole_are_not_accused_with_it() -> None:
    text = "共答复政府信息公开申请17件，其中予以公开9件，不予公开3件。"
    assert len(findings(text)) == 1


def test_a_figure_is_accused_once_however_often_it_is_told() -> None:
    assert len(findings("收到政府信息公开申请48件。政府信息公开申请共收到48件，办理规范。")) == 1


def test_evidence_carries_the_cells_and_both_figures() -> None:
    (finding,) = findings("因政府信息公开引发行政复议4件，行政诉讼8件。")
    assert finding.evidence is not None
    assert finding.evidence.formula == "8 ≠ 1 + 4 = 5"
    assert (finding.evidence.left, finding.evidence.right, finding.evidence.difference) == (8, 5, 3)
    assert [cell.column for cell in finding.evidence.cells] == [
        "litigation_direct.total",
        "litigation_after_review.total",
    ]
    assert finding.place.section == "overview"
    assert "行政诉讼8件" in (finding.place.excerpt or "")


def test_blanks_read_as_zero_are_a_warning() -> None:
    report = given_report(
        {
            "sections": {"overview": "2023年，共收到政府信息公开申请33件。"},
            "cells": {"applications": {"*": {"*": ""}}},
        }
    )
    judgement = judge(report, RULES)
    told = [f for f in judgement.findings if f.name == "narrative-table-mismatch"]
    assert [f.severity for f in told] == ["warning"]
    assert "空格按 0 计" in told[0].message


def test_a_total_without_a_figure_is_the_sum_of_its_parts() -> None:
    cells: dict[CellKey, TableCell] = {
        ("granted", part): written(value) for part, value in zip(PARTS, "123000", strict=True)
    }
    report = with_cells(consistent_report(), "applications", {**cells, ("granted", "total"): written("")})
    (amount,) = amounts(report.tables["applications"], "rows", ["granted"], ["total"], [TOTAL])
    assert (amount.low, amount.high, amount.unknown) == (6, 6, ())


def test_a_total_that_its_parts_belie_leaves_both_readings() -> None:
    cells: dict[CellKey, TableCell] = {
        ("granted", part): written(value) for part, value in zip(PARTS, "123000", strict=True)
    }
    report = with_cells(consistent_report(), "applications", {**cells, ("granted", "total"): written("9")})
    found = amounts(report.tables["applications"], "rows", ["granted"], ["total"], [TOTAL])
    assert [amount.low for amount in found] == [9, 6]


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("共收到政府信息公开申请3件。", {}, "table"),
        ("本机关共收到政府信息公开申请3件。", {}, "table"),
        ("全县共收到政府信息公开申请3件。", {}, "other"),
        ("全县共收到政府信息公开申请3件。", COUNTY, "table"),
        ("全市共收到政府信息公开申请3件。", COUNTY, "other"),
        ("县政府共收到政府信息公开申请3件。", COUNTY, "doubt"),
        ("县教育局收到政府信息公开申请3件。", COUNTY, "other"),
        ("本机关共收到政府信息公开申请3件。", {"lead": "所列数据含各部门、各单位。"}, "doubt"),
    ],
)
def test_whose_figure_it_is(text: str, given: dict[str, Any], expected: str) -> None:
    report = given_report({**given, "sections": {"overview": text}})
    assert {whose(fact, report) for fact in facts_of(report) if fact.section == "overview"} == {expected}


@pytest.mark.parametrize(
    ("figure", "where"),
    [
        ({"bases": (("newest",),), "each": ("total",)}, ("figures", 0, "bases", 0, 0)),
        ({"bases": (("new",),), "each": ("sum",)}, ("figures", 0, "each")),
        ({"bases": (("new", "-carried"),), "each": ("total",)}, ("figures", 0, "bases", 0, 1)),
    ],
)
def test_rows_and_columns_that_no_table_has_are_refused(
    figure: dict[str, Any], where: tuple[str | int, ...]
) -> None:
    item = Figure("applications.received", "applications", "rows", **figure)
    faults = list(table_figures.verify(table_figures.Parameters((item,)), ("2019", "2021")))
    assert [keys for keys, _ in faults] == [where]
