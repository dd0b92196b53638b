"""docs/score.md: its example is what the formula gives, its figures are those of the formula."""

from __future__ import annotations

import re
from pathlib import Path

from making import filing_of, finding, record_with

from linter.checks.profile import load_profile
from linter.score.card import calculation
from linter.score.explanation import formula_lines
from linter.score.formula import shipped_formula
from linter.score.scoring import scheme_of, score

TEXT = (Path(__file__).parents[2] / "docs" / "score.md").read_text("utf-8")
SCHEME = scheme_of(load_profile("standard"))
BY_NAME = {rule.name: rule for rule in SCHEME.rules.values()}
STATES = {"做到": "pass", "没有做到": "fail", "未能判定": "open"}
ROW = re.compile(r"^\| `([\w-]+)` \| (\S+) \| (\S+) \| (\S+) \|$", re.MULTILINE)


def test_the_example_is_what_the_formula_gives() -> None:
    rows = ROW.findall(TEXT)
    assert len(rows) == 10
    titles = {one.key: one.title.zh for one in SCHEME.formula.dimensions}
    for name, dimension, weight, _ in rows:
        if obligation := SCHEME.obligations.get(BY_NAME[name].code):
            assert (titles[obligation.dimension], f"{obligation.weight.normalize():f}") == (dimension, weight)
    outcomes = {BY_NAME[name].code: {STATES[state]: 1} for name, _, _, state in rows}
    findings = tuple(finding(BY_NAME[name]) for name, _, _, state in rows if state == "没有做到")
    own = {code: said for code, said in outcomes.items() if code in SCHEME.obligations}
    found = score(filing_of(record_with(own), outcomes=outcomes, findings=findings), SCHEME)
    for item in found.items:
        points = str(item.points).replace("-", "−")
        how = calculation(item) or "比对，错误"
        assert f"| `{SCHEME.rules[item.code].name}` {points} | {how} |" in TEXT
    assert len(found.items) == 3
    assert f"报告本身得分 {found.own}，总分 {found.total}。" in TEXT


def test_the_figures_named_are_those_of_the_formula() -> None:
    formula = shipped_formula()
    assert f"（第 {formula.version} 版）" in TEXT
    assert "、".join(f"{one.title.zh} {one.points}" for one in formula.dimensions) in TEXT
    printed = " ".join(formula_lines(formula, "zh"))
    for one in ("错误 10、警告 4、提示 1", "法定 1、规范 0.75、示范 0.5、地方 1", "20 分为限", "不足 20 项"):
        assert one in TEXT
        assert one in printed


def test_the_formula_is_told_in_both_languages() -> None:
    formula = shipped_formula()
    assert len(formula_lines(formula, "zh")) == len(formula_lines(formula, "en")) == 9
