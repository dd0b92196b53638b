"""Profiles: the ladder, packs that extend it, what they may change, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from builder import given_report

from linter.checks.blanks import blanks_as_zero
from linter.checks.engine import judge
from linter.checks.outcome import Outcome
from linter.checks.profile import (
    Profiled,
    UnknownProfile,
    load_profile,
    profile_of,
    shipped_profiles,
)
from linter.checks.rulebook import RuleFault, load_rulebook
from linter.compiled import parse_yaml
from linter.report.model import State

HEAD = """\
name: {zh: 青禾县, en: qinghe}
title: {zh: 青禾县要求, en: Qinghe}
extends: standard
source: {zh: 青政办函1号, en: notice 1}
"""
RULE = """\
family: Q
group: qinghe
rules:
  - code: Q001
    name: qinghe-place
    title: {zh: 专区, en: place}
    severity: warning
    basis: local
    mandatory: true
    clause: {zh: 通知, en: notice}
    check: {kind: mention, section: overview, any_of: [专区]}
    message: {zh: 没有写, en: not said}
    hint: {zh: 写明, en: say}
    explanation: {zh: 说明, en: why}
    wrong: 错
    right: 对
    cases:
      - {given: {sections: {overview: 有专区。}}, expect: pass}
      - {given: {sections: {overview: 无。}}, expect: fail}
"""


BOUND = {rule.group for rule in load_rulebook().rules if rule.mandatory}
# Whichever rule is a mere hint, in a group that may be left out.
HINT = next(r for r in load_rulebook().rules if r.level == "exemplary" and r.group not in BOUND)


def pack(tmp_path: Path, text: str = "", name: str = "qinghe.yaml", head: str = HEAD) -> str:
    path = tmp_path / name
    path.write_text(head + text, encoding="utf-8")
    return str(path)


def held(profiled: Profiled) -> set[str]:
    return {rule.name for rule in profiled.rulebook.rules if rule.code in profiled.held}


def test_the_ladder_takes_rules_by_their_level() -> None:
    rungs = ("statutory", "standard", "exemplary")
    taken: set[str] = set()
    for number, rung in enumerate(rungs, 1):
        levels = rungs[:number]
        wanted = {rule.name for rule in load_rulebook().rules if rule.level in levels}
        assert held(load_profile(rung)) == wanted
        assert taken < wanted
        taken = wanted


@pytest.mark.parametrize(("zh", "en"), [("法定", "statutory"), ("规范", "standard"), ("示范", "exemplary")])
def test_the_chinese_and_the_english_name_mean_the_same(zh: str, en: str) -> None:
    assert load_profile(zh) == load_profile(en)


def test_a_shipped_profile_is_named_as_its_file() -> None:
    for one in shipped_profiles():
        assert one.profile.name.en == one.profile.path.stem


def test_an_unknown_profile_says_what_there_is() -> None:
    with pytest.raises(
        UnknownProfile, match=r"没有配置“高级”；可用的有：法定（statutory）、规范（standard）、示范"
    ):
        load_profile("高级")
    with pytest.raises(UnknownProfile, match=r"没有配置文件 none\.yaml；可用的有："):
        load_profile("none.yaml")


def test_a_pack_enables_disables_and_changes(tmp_path: Path) -> None:
    mine = load_profile(
        pack(
            tmp_path,
            f"enable: [{HINT.code}]\ndisable: [F009, {HINT.group}, blank-cell]\n"
            "set:\n  missing-period: {severity: info}\n"
            "  problems-missing:\n    check: {any_of: [困难]}\n",
        )
    )
    names = held(mine)
    assert HINT.name in names  # named, where `disable` names only its group
    assert not {"link-mismatch", "blank-cell"} & names
    period, problems = mine.rulebook.find("missing-period"), mine.rulebook.find("problems-missing")
    assert period and period.severity == "info"
    assert problems and problems.parameters.any_of == ("困难",)
    assert problems.parameters.section == "problems"
    assert problems.clause.zh == "青政办函1号"


def test_a_pack_brings_its_own_rules(tmp_path: Path) -> None:
    mine = load_profile(pack(tmp_path, RULE))
    rule = mine.rulebook.find("Q001")
    assert rule and rule.level == "local" and rule.code in mine.held
    judgement = judge(given_report({"sections": {"overview": "无。"}}), [rule])
    assert [finding.name for finding in judgement.findings] == ["qinghe-place"]
    assert load_rulebook().find("Q001") is None


def test_a_pack_may_extend_another_file(tmp_path: Path) -> None:
    pack(tmp_path, RULE + "set:\n  C: {severity: info}\n  missing-period: {severity: info}\n")
    above = pack(
        tmp_path,
        "disable: [link-mismatch]\nset:\n  blank-cell: {severity: warning}\n  F: {severity: warning}\n",
        "town.yaml",
        HEAD.replace("extends: standard", "extends: qinghe.yaml"),
    )
    mine = load_profile(above)
    assert [profile.path.name for profile in mine.chain] == [
        "statutory.yaml",
        "standard.yaml",
        "qinghe.yaml",
        "town.yaml",
    ]
    assert "qinghe-place" in held(mine) and "link-mismatch" not in held(mine)
    found = {rule.name: rule.severity for rule in mine.rulebook.rules}
    # The most exact wins, though a nearer file names the group.
    assert (found["blank-cell"], found["placeholder-cell"], found["missing-period"]) == (
        "warning",
        "info",
        "info",
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("disable: [blank-cel]\n", 5, "没有规则“blank-cel”"),
        ("enabel: [blank-cell]\n", 5, "没有“enabel”这一项，可用的有："),
        ("enable: blank-cell\n", 5, "应为列表"),
        ("enable: [C001]\ndisable:\n  - blank-cell\n", 7, "同时写在 enable 里"),
        ("set:\n  blank-cell: {severity: fatal}\n", 6, "应为 error、warning、info 之一"),
        ("set:\n  blank-cell: {sevrity: info}\n", 6, "没有“sevrity”"),
        ("set:\n  blank-cell:\n    severity: error\n", 7, "至多为 warning"),
        ("set:\n  problems-missing:\n    check: {any: [x]}\n", 7, "没有参数“any”，可用的有：section、any_of"),
        ("set:\n  problems-missing:\n    check: {section: problem}\n", 7, "没有部分“problem”"),
        ("set:\n  text:\n    check: {section: problems}\n", 7, "check 只能逐条规则改"),
        ("disable:\n  - link-mismatch\n  - arithmetic\n", 7, "A001 applications-balance，它是必须执行的规则"),
        ("disable: [disputes-total]\n", 5, "不能停用"),
        ("disable: [all]\n", 5, "不能停用"),
        ("set:\n  A: {severity: warning}\n", 6, "级别不能低于 error"),
        ("set:\n  disputes-total:\n    check: {each: [review.total]}\n", 7, "检查的内容不能改"),
        ("blank_as_zero: 1\n", 5, "应为 true 或 false"),
        ("family: A\ngroup: mine\nrules: []\n", 5, "代码前缀 A 已用于 arithmetic.yaml"),
        ("family: Q\nrules: []\n", 1, "缺少“group”"),
        (RULE.replace("kind: mention", "kind: mentions"), 15, "没有检查种类“mentions”"),
        (RULE.replace("name: qinghe-place", "name: blank-cell"), 9, "重复"),
        ("scoring: {deductions: [{about: {zh: 甲, en: a}, points: 1}]}\n", 5, "请写 auto: false"),
        (
            "scoring:\n  deductions:\n    - {about: {zh: 甲, en: a}, points: -1, auto: false}\n",
            7,
            "应为大于 0 的数",
        ),
        (
            "scoring:\n  deductions:\n    - {about: {zh: 甲, en: a}, points: 1, rules: [Z9]}\n",
            7,
            "没有规则“Z9”",
        ),
        (
            "scoring:\n  deductions:\n"
            "    - {about: {zh: 甲, en: a}, points: 1, auto: false, issuer_kinds: [bank]}\n",
            7,
            "没有“bank”",
        ),
        ("levels: [local]\n", 5, "应为 statutory、standard、exemplary 之一"),
        ("title: [\n", 6, "不是有效的 YAML"),
    ],
)
def test_every_fault_is_refused_with_its_line_and_what_is_right(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = pack(tmp_path, text)
    with pytest.raises(RuleFault) as caught:
        load_profile(path)
    assert (str(caught.value.path), caught.value.line) == (path, line), caught.value
    assert words in caught.value.reason


@pytest.mark.parametrize(
    ("extends", "words"),
    [
        ("", "应写明 extends"),
        ("extends: strict\n", "extends 写的“strict”不存在；可用的有：法定"),
        ("extends: qinghe.yaml\n", "又回到了这里"),
    ],
)
def test_a_pack_starts_from_what_there_is(tmp_path: Path, extends: str, words: str) -> None:
    with pytest.raises(RuleFault, match=words):
        load_profile(pack(tmp_path, head=HEAD.replace("extends: standard\n", extends)))


def test_a_mandatory_rule_of_a_pack_binds_those_that_extend_it(tmp_path: Path) -> None:
    pack(tmp_path, RULE)
    above = HEAD.replace("extends: standard", "extends: qinghe.yaml")
    with pytest.raises(RuleFault, match=r"town\.yaml:5: “Q”包括 Q001 qinghe-place，它是必须执行的规则"):
        load_profile(pack(tmp_path, "disable: [Q]\n", "town.yaml", above))
    assert "qinghe-place" in held(load_profile(pack(tmp_path, "disable: [C]\n", "town.yaml", above)))


def test_a_wide_selector_may_pass_over_what_is_mandatory_and_enabled_by_name(tmp_path: Path) -> None:
    names = [rule.name for rule in load_rulebook().rules if rule.mandatory and rule.family == "A"]
    mine = load_profile(pack(tmp_path, f"disable: [A]\nenable: [{', '.join(names)}]\n"))
    assert {rule.name for rule in mine.rulebook.rules if rule.family == "A"} & held(mine) == set(names)


def test_blanks_read_as_zero_decide_identities_and_stay_blank(tmp_path: Path) -> None:
    assert load_profile(pack(tmp_path, "blank_as_zero: true\n")).blank_as_zero
    assert not load_profile("standard").blank_as_zero
    rules = [rule for rule in load_rulebook().rules if rule.name in ("disputes-total", "blank-cell")]
    cells = {"disputes": {"review.*": 1, "review.pending": "", "review.total": 3}}
    report = given_report({"cells": cells})
    assert report.tables["disputes"].cells[None, "review.pending"].state is State.BLANK
    assert judge(report, rules).outcomes["A004", Outcome.OPEN] == 1
    zeroed = judge(blanks_as_zero(report), rules)
    assert ("A004", Outcome.OPEN) not in zeroed.outcomes
    assert "blank-cell" in {finding.name for finding in zeroed.findings}
    wrong = given_report({"cells": {"disputes": cells["disputes"] | {"review.total": 9}}})
    found = {f.name: f for f in judge(blanks_as_zero(wrong), rules).findings}
    assert found["disputes-total"].severity == "error"
    lost = given_report({"cells": {"disputes": cells["disputes"] | {"review.pending": {"lost": "残缺"}}}})
    assert judge(blanks_as_zero(lost), rules).outcomes["A004", Outcome.OPEN] == 1


def test_what_a_score_loses_is_read(tmp_path: Path) -> None:
    path = Path(
        pack(
            tmp_path,
            "scoring:\n  full: 20\n  deductions:\n"
            "    - {about: {zh: 甲, en: a}, rules: [cells], points: 0.5, per: finding, cap: 2}\n"
            "    - {about: {zh: 乙, en: b}, points: 2, auto: false, issuer_kinds: [office]}\n",
        )
    )
    load_profile(str(path))
    profile = profile_of(path, parse_yaml(path.read_bytes()))
    assert profile.full == 20
    first, second = profile.deductions
    assert (first.rules, first.points, first.per, first.cap, first.auto) == (
        ("cells",),
        0.5,
        "finding",
        2,
        True,
    )
    assert (first.issuer_kinds, second.issuer_kinds) == ((), ("office",))
    assert (second.rules, second.points, second.per, second.cap, second.auto) == (
        (),
        2,
        "report",
        None,
        False,
    )
