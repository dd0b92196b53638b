"""Profiles, timings and rules that break, as a user meets them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from made_files import report_text

from linter.checks.kinds import KINDS
from linter.checks.outcome import Verdict
from linter.checks.rulebook import load_rulebook, load_texts
from linter.cli import main

PACK = """\
name: {zh: 青禾县, en: qinghe}
title: {zh: 青禾县要求, en: Qinghe}
extends: 法定
enable: [missing-period]
set:
  missing-period: {severity: info}
"""
# Whichever rule is a mere hint.
HINT = next(rule for rule in load_rulebook().rules if rule.level == "exemplary")


def gongkai(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(report_text(), encoding="utf-8")
    (tmp_path / "青禾.yaml").write_text(PACK, encoding="utf-8")
    return tmp_path


def severities(*options: str) -> dict[str, str]:
    data = json.loads(gongkai("check", "a.md", "--format", "json", *options).stdout)
    return {finding["name"]: finding["severity"] for finding in data["reports"][0]["findings"]}


def codes(*options: str) -> list[str]:
    return [
        rule["code"] for rule in json.loads(gongkai("rules", "--format", "json", *options).stdout)["rules"]
    ]


def test_the_profile_says_what_is_judged(folder: Path) -> None:
    default = severities()
    assert severities("--profile", "规范") == severities("--profile", "standard") == default
    assert set(severities("--profile", "法定")) < set(default) <= set(severities("--profile", "示范"))
    assert default["missing-period"] == "warning"
    assert "missing-period" not in severities("--profile", "法定")
    assert severities("--profile", "青禾.yaml")["missing-period"] == "info"


def test_rules_lists_all_or_those_of_a_profile(folder: Path) -> None:
    every = codes()
    assert every == [rule.code for rule in load_rulebook().rules]
    exemplary = set(codes("--profile", "示范"))
    assert codes("--profile", "exemplary") == [code for code in every if code in exemplary]
    assert set(codes("--profile", "statutory")) < set(codes("--profile", "standard")) < exemplary
    assert codes("--profile", "青禾.yaml", "--select", "missing-period,T") == [
        "F003",
        *(code for code in codes("--profile", "法定") if code.startswith("T")),
    ]


@pytest.mark.parametrize("command", [("check", "a.md"), ("rules",), ("explain", "disputes-total")])
def test_an_unknown_profile_is_wrong_usage_and_shows_what_there_is(
    command: tuple[str, ...], folder: Path
) -> None:
    for name in ("高级", "no.yaml"):
        result = gongkai(*command, "--profile", name)
        assert result.exit_code == 2
        assert "法定（statutory）" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "enable: [missing-period]",
            "enable: [missing-periods]",
            "青禾.yaml:4: 没有规则“missing-periods”",
        ),
        ("enable: [missing-period]", "disable: [missing-section]", "青禾.yaml:4: "),
        ("{severity: info}", "{severity: error}", "青禾.yaml:6: "),
    ],
)
def test_a_faulty_profile_is_wrong_usage_with_its_line(old: str, new: str, said: str, folder: Path) -> None:
    (folder / "青禾.yaml").write_text(PACK.replace(old, new), encoding="utf-8")
    result = gongkai("check", "a.md", "--profile", "青禾.yaml")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_processes_judge_by_the_same_profile(folder: Path) -> None:
    (folder / "b.md").write_text(report_text(), encoding="utf-8")
    options = ("check", "a.md", "b.md", "--profile", "青禾.yaml", "--format", "json")
    assert gongkai(*options, "--jobs", "2").stdout == gongkai(*options).stdout


def test_the_list_for_programs_is_complete() -> None:
    data = json.loads(gongkai("rules", "--format", "json").stdout)
    book = load_rulebook()
    texts = load_texts(book.rules)
    for rule, said in zip(book.rules, data["rules"], strict=True):
        about = texts[rule.code]
        assert (said["level"], said["basis"], said["kind"]) == (rule.level, rule.basis, rule.kind)
        assert (said["mandatory"], said["severity"]) == (rule.mandatory, rule.severity)
        assert (said["rests_on"], said["covers"]) == (list(about.rests_on), list(about.covers))
        assert (
            said["cases"]["total"] == len(about.cases) >= said["cases"]["pass"] + said["cases"]["fail"] >= 2
        )
        assert ("standard" in said["profiles"]) == (rule.level in ("statutory", "standard"))
        assert all(
            said[key] for key in ("title", "clause", "message", "hint", "explanation", "wrong", "right")
        )
    assert {"statutory", "standard", "exemplary", "wuwei-2025", "suqian-scoring"} <= {
        profile["name"] for profile in data["profiles"]
    }
    (scored,) = (profile for profile in data["profiles"] if profile["name"] == "suqian-scoring")
    assert {deduction["points"] for deduction in scored["deductions"]} == {0.5, 1, 2}


def test_a_rule_is_explained_with_its_level_profiles_and_cases(folder: Path) -> None:
    zh = gongkai("explain", HINT.code).stdout
    assert "层次：示范" in zh and "包含它的配置：示范" in zh and re.search(r"检验例子：\d+ 个", zh)
    en = gongkai("explain", "missing-period", "--lang", "en", "--profile", "青禾.yaml").stdout
    assert "[info]" in en and "level: standard" in en
    assert re.search(r"profiles that hold it: standard, exemplary, .*qinghe", " ".join(en.split()))
    assert "包含它的配置：武威2025" in gongkai("explain", "overview-too-long").stdout
    assert "mandatory" in gongkai("explain", "disputes-total", "--lang", "en").stdout


def test_timings_go_to_stderr_the_slowest_rule_first(folder: Path) -> None:
    plain = gongkai("check", "a.md")
    result = gongkai("check", "a.md", "--timings")
    assert (result.stdout, result.exit_code) == (plain.stdout, plain.exit_code)
    for part in ("reading", "facts", "rules", "rendering", "total"):
        assert part in result.stderr
    _, _, listed = result.stderr.partition("规则 · rules:")
    times = [float(line.split()[0]) for line in listed.splitlines()[1:]]
    assert times == sorted(times, reverse=True)
    assert len(times) == len(codes("--profile", "standard"))
    assert plain.stderr == ""


def test_timings_come_from_all_processes(folder: Path) -> None:
    (folder / "b.md").write_text(report_text(), encoding="utf-8")
    assert "files: 2" in gongkai("check", "a.md", "b.md", "--timings", "--jobs", "2").stderr


def test_a_rule_that_breaks_gives_2_and_the_report_is_not_blamed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Iterator[Verdict]:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setitem(KINDS, "mention", KINDS["mention"]._replace(check=broken))
    result = gongkai("check", "a.md", "--select", "problems-missing,missing-period", "--format", "json")
    assert result.exit_code == 2
    assert "规则 T002 problems-missing 出错：规则本身出错：ZeroDivisionError: by nothing" in result.stderr
    data = json.loads(result.stdout)
    assert data["summary"]["unreadable"] == 0
    assert [finding["name"] for finding in data["reports"][0]["findings"]] == ["missing-period"]
