"""Partitions, slips, percentages and repetitions in the prose, beyond the cases of the rules."""

from __future__ import annotations

import pytest
from builder import given_report

from linter.checks.engine import judge
from linter.checks.outcome import Finding
from linter.checks.partition import Figures, adds_up
from linter.checks.rulebook import load_rulebook
from linter.checks.sum_slips import digit_slip, sum_slip

RULES = [rule for rule in load_rulebook().rules if rule.code in {"N050", "N051", "N052", "N053", "N054"}]


def findings(text: str, section: str = "overview", edition: str = "pre-2019") -> list[Finding]:
    given = {"edition": edition, "sections": {"overview": "", section: text}}
    judgement = judge(given_report(given), RULES)
    assert not judgement.errors
    return list(judgement.findings)


def plain(*values: int) -> Figures:
    return Figures(values, [False] * len(values), [False] * len(values))


def nested(*values: int) -> Figures:
    return Figures(values, [True] * len(values), [False] * len(values))


def test_a_list_makes_its_whole() -> None:
    assert adds_up(plain(4, 1, 3, 1), {9})
    assert not adds_up(plain(4, 1, 3, 2), {9})
    assert adds_up(plain(4, 1, 3, 2), {9, 10})


def test_a_list_may_divide_its_whole_twice() -> None:
    assert adds_up(plain(20, 2, 12, 10), {22})
    assert not adds_up(plain(20, 2, 12, 9), {22})


def test_parts_of_parts_are_not_added_again() -> None:
    assert adds_up(nested(5, 3, 1, 2, 2), {10})  # 3 = 1 + 2
    assert not adds_up(plain(5, 3, 1, 2, 2), {10})
    assert adds_up(nested(3, 1, 2), {3})


def test_a_list_may_end_before_something_else() -> None:
    assert adds_up(Figures((21, 22, 5), (False,) * 3, (False, False, True)), {43})
    assert not adds_up(Figures((21, 22, 5), (False,) * 3, (False,) * 3), {43})


def test_zeros_end_no_list() -> None:
    assert adds_up(plain(0, 3, 0, 2, 0, 0), {5})
    assert not adds_up(plain(0, 3, 0, 2, 0, 1), {5})


def test_slips() -> None:
    assert digit_slip(21, 12).zh == "可能是 12 的数字顺序颠倒，写成了 21"
    assert digit_slip(26, 246).zh == "可能是 246 漏了一位数字，写成了 26"
    assert digit_slip(246, 26).zh == "可能是 26 多了一位数字，写成了 246"
    assert not digit_slip(5, 9).zh
    assert sum_slip([10, 20], 37, [7]).zh == "同一句中另有一个 7，可能漏计"
    assert sum_slip([10, 20, 7], 30).zh == "7 这一项可能重复计算"


SILENT = [
    "公开信息 300 条、简报 20 条，其中规划类 200 条，财政类 90 条。",
    "举办培训 5 期、讲座 3 期，其中县级 6 期，乡级 2 期。",
    "配备工作人员 15 人，其中研究生 3 人，本科 10 人，党员 12 人。",
    "收到留言 43 件，其中已采纳 20 件，正在办理 15 件，留作参考 5 件。",
    "县领导调研 10 次，其中书记调研 6 次，县长调研 5 次。",
    "制作解读 60 件，其中图文解读 30 件，视频解读 20 件，专家解读 15 件。",
    "网站访问量 1.2 万人次，其中手机端 0.8 万人次，电脑端 0.3 万人次，平板 500 人次。",
    "公开信息 1200 条，其中动态类 600 条、公告类 400 条、政策类 100 条。",
    "印发文件 43 件，其中政府文件 21 件，办公室文件 22 件；规范性文件 5 件。",
    "共办理建议 80 件，其中主办 60 件、会办 30 件。",
    "办理建议 40 件，其中采纳 36 件，占 90%，占全县采纳总数的 12%。",
    "2022年公开信息 400 条，2023年公开信息 500 条，同比增长 20%。",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_may_be_right_is_not_named(text: str) -> None:
    assert not findings(text)


APART = [
    ("共收到政府信息公开申请 12 件。", "收到涉及征地的政府信息公开申请 8 件。"),
    ("共收到政府信息公开申请 12 件。", "上半年收到政府信息公开申请 8 件。"),
    ("共收到政府信息公开申请 12 件。", "通过信函收到政府信息公开申请 8 件。"),
    ("共收到政府信息公开申请 12 件。", "收到公民提交的政府信息公开申请 8 件。"),
    ("共收到政府信息公开申请 12 件。", "全县收到政府信息公开申请 80 件。"),
    ("共收到政府信息公开申请 12 件。", "自新条例施行以来共收到政府信息公开申请 80 件。"),
    ("共收到政府信息公开申请 12 件。", "2014—2016年共收到政府信息公开申请 80 件。"),
    ("办结政府信息公开申请 40 件。", "按时办结政府信息公开申请 38 件。"),
    ("制发行政规范性文件 5 件。", "以县政府办名义制发行政规范性文件 3 件。"),
    ("废止行政规范性文件 5 件。", "废止行政规范性文件 3 件，宣布失效 2 件。"),
    ("现行有效行政规范性文件 30 件。", "清理后现行有效行政规范性文件 28 件。"),
    ("因政府信息公开引发行政复议 4 件。", "政府信息公开行政复议被纠正 1 件。"),
    ("因政府信息公开引发行政复议 4 件。", "办理行政复议案件 60 件。"),
    ("未收到政府信息公开申请。", "2015年收到政府信息公开申请 2 件。"),
]


@pytest.mark.parametrize(("first", "second"), APART)
def test_the_same_words_for_other_things(first: str, second: str) -> None:
    assert not findings(f"{first}\n{second}")


def test_results_may_lack_what_is_still_open() -> None:
    text = "收到政府信息公开申请 30 件，其中予以公开 20 件，部分公开 5 件，不予公开 3 件。"
    assert not findings(text, "applications")
    (finding,) = findings(text.replace("30 件，", "30 件，均已办结，"), "applications")
    assert finding.evidence is not None
    assert finding.evidence.difference == -2


def test_two_lists_that_may_be_one_are_left_alone() -> None:
    text = "公开信息 380 条，其中预决算 197 条，其中政府 32 条、部门 160 条，采购 150 条、债券 28 条。"
    assert not findings(text)


def test_in_english() -> None:
    text = "受理咨询 50 件，其中电话 20 件、窗口 16 件、信箱 12 件。"
    report = given_report({"edition": "pre-2019", "sections": {"overview": text}})
    (finding,) = judge(report, RULES, "en").findings
    assert "add up to 2 less than the total: 20 + 16 + 12 = 48 ≠ 50" in finding.message
