"""Rule files: loading, refusing with file, line and reason, selecting."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.checks.rulebook import (
    RuleFault,
    UnknownSelector,
    load_rulebook,
    select_rules,
)
from linter.checks.validation import validate

GOOD = """\
family: X
group: local
rules:
  - code: X001
    name: local-balance
    title: {zh: 平衡, en: Balance}
    severity: warning
    editions: ["2021"]
    basis: practice
    clause: {zh: 本地要求, en: local}
    check:
      kind: identity
      table: applications
      along: rows
      forms:
        - left: [new, denied.*]
          right: [result_total]
    message: {zh: "{line}：{left}≠{right}", en: "{line}: {left}, {right}"}
    hint: {zh: 核对, en: check}
    explanation: {zh: 说明, en: why}
    wrong: 错
    right: 对
    cases:
      - {given: {}, expect: pass}
      - {given: {}, expect: fail}
"""


def fault(tmp_path: Path, text: str) -> RuleFault:
    path = tmp_path / "local.yaml"
    shipped = {rule.path: rule.path.read_bytes() for rule in load_rulebook().rules}
    with pytest.raises(RuleFault) as caught:
        validate({**shipped, path: text.encode()})
    assert caught.value.path == path
    return caught.value


def test_the_shipped_rules_are_valid() -> None:
    validate({rule.path: rule.path.read_bytes() for rule in load_rulebook().rules})


def test_a_good_file_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "local.yaml"
    assert validate({path: GOOD.encode()})[path]["rules"][0]["code"] == "X001"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("severity: warning", "severty: warning", 7, "没有“severty”这一项，可用的有："),
        ("severity: warning", "severity: fatal", 7, "应为 error、warning、info 之一"),
        ("severity: warning", "severity: error", 7, "至多为 warning"),
        ("severity: warning", "severity: warning\n    level: highest", 8, "应为 statutory、standard、"),
        ("basis: practice", "basis: local", 9, "应写在配置文件中"),
        ('editions: ["2021"]', 'editions: ["2020"]', 8, "没有“2020”"),
        ("kind: identity", "kind: sum", 12, "没有检查种类“sum”"),
        ("table: applications", "table: aplications", 13, "没有表格“aplications”"),
        ("left: [new, denied.*]", "left: [newly, denied.*]", 16, "没有行“newly”，可用的行：new、"),
        ("right: [result_total]", "right: [denied.nothing]", 17, "没有行“denied.nothing”"),
        ("along: rows", "along: diagonal", 14, "应为 rows、columns 之一"),
        ("along: rows", "along: rows\n      sideways: 1", 15, "没有参数“sideways”"),
        ("{line}：{left}≠{right}", "{line}：{sum}", 18, "identity 不提供 {sum}"),
        ("{line}：{left}≠{right}", "{line}：{left:d}", 18, "只写 {left}，不带格式"),
        ("{line}：{left}≠{right}", "{line}：{left", 18, "消息模板有误"),
        ("hint: {zh: 核对, en: check}", "hint: {zh: 核对}", 19, "缺少“en”"),
        ("name: local-balance", "name: disputes-total", 5, "重复"),
        ("code: X001", "code: Y001", 4, "code 应为 X 加三位数字"),
        ("expect: fail", "expect: pass", 23, "缺少 expect: fail"),
        ("    wrong: 错\n", "", 4, "缺少“wrong”"),
        ("title: {zh: 平衡", "title: {zh: [平衡", 6, "YAML"),
    ],
)
def test_every_fault_is_refused_with_its_line_and_what_is_right(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    found = fault(tmp_path, GOOD.replace(old, new, 1))
    assert words in found.reason
    assert found.line == line


def test_a_word_boundary_beside_han_is_refused(tmp_path: Path) -> None:
    text = (
        GOOD.replace(
            """kind: identity
      table: applications
      along: rows
      forms:
        - left: [new, denied.*]
          right: [result_total]""",
            r"""kind: forbidden
      wordings:
        - {regex: '\b无\b'}""",
        )
        .replace("{line}：{left}≠{right}", "{found}")
        .replace("{line}: {left}, {right}", "{found}")
    )
    found = fault(tmp_path, text)
    assert "\\b 紧挨汉字" in found.reason
    assert found.line == 14


def test_an_unquoted_date_is_refused(tmp_path: Path) -> None:
    assert "须加引号" in fault(tmp_path, GOOD.replace("wrong: 错", "wrong: 2024-01-31")).reason


def test_rules_are_selected_by_code_prefix_name_and_group() -> None:
    book = load_rulebook()

    def chosen(**how: list[str]) -> list[str]:
        return [rule.name for rule in select_rules(book, **how)]

    assert chosen() == [rule.name for rule in book.rules]
    assert chosen(select=["A004"]) == ["disputes-total"]
    assert chosen(select=["disputes-total"]) == ["disputes-total"]
    assert chosen(select=["A"]) == chosen(select=["arithmetic"])
    assert "blank-cell" not in chosen(ignore=["cells"])
    assert chosen(select=["C"], ignore=["C001"])[0] == "placeholder-cell"
    assert chosen(select=["A004"], ignore=["A"]) == ["disputes-total"]
    assert chosen(select=["A004"], extend_select=["C"])[0] == "disputes-total"


def test_of_what_the_profile_does_not_hold_only_the_named_is_taken() -> None:
    book = load_rulebook()
    held = {rule.code for rule in book.rules} - {"A004", "A001"}

    def chosen(**how: list[str]) -> list[str]:
        return [rule.code for rule in select_rules(book, **how, held=held) if rule.family == "A"]

    assert not {"A001", "A004"} & set(chosen())
    assert not {"A001", "A004"} & set(chosen(select=["A"]))
    assert chosen(select=["disputes-total"]) == ["A004"]
    assert {"A001", "A004"} <= set(chosen(extend_select=["arithmetic"]))
    assert "A004" not in chosen(extend_select=["arithmetic"], ignore=["A004"])


def test_an_extension_wins_over_a_wider_ignore() -> None:
    book = load_rulebook()
    chosen = select_rules(book, ignore=["A"], extend_select=["disputes-total"])
    assert [rule.name for rule in chosen if rule.family == "A"] == ["disputes-total"]


def test_an_unknown_selector_says_what_there_is() -> None:
    with pytest.raises(UnknownSelector, match=r"没有规则“Q9”.*A001"):
        select_rules(load_rulebook(), ["Q9"])
