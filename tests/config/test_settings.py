"""Where settings come from: the file's folder upwards, what it extends, the command line last."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linter.cli import main
from linter.config.globs import matches
from linter.config.lines import Keys, line_of

REPORT = "\n".join(
    [
        "# 青川县水务局2022年政府信息公开工作年度报告",
        *(
            f"\n## {numeral}、{title}\n\n2022年，本单位各项工作平稳有序。"
            for numeral, title in zip(
                "一二三四五六",
                (
                    "总体情况",
                    "主动公开政府信息情况",
                    "收到和处理政府信息公开申请情况",
                    "政府信息公开行政复议、行政诉讼情况",
                    "存在的主要问题及改进情况",
                    "其他需要报告的事项",
                ),
                strict=True,
            )
        ),
    ]
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "草稿").mkdir()
    for name in ("a.md", "草稿/b.md"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gongkai(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def config(text: str, name: str = "gongkai.toml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def found(path: str = "a.md", *options: str) -> set[str]:
    """The names of the rules that find something."""
    data: dict[str, Any] = json.loads(gongkai("check", path, "--format", "json", *options).stdout)
    return {finding["name"] for report in data["reports"] for finding in report["findings"]}


def why(rule: str, path: str = "a.md", *options: str) -> str:
    """What --show-settings says of a rule."""
    shown = gongkai("check", path, "--show-settings", *options).stdout
    return next(line.strip() for line in shown.split("\n") if re.match(rf"  [+-] \w+ {rule} ", line))


# Which file is read


def test_the_nearest_configuration_upwards_holds() -> None:
    assert {"missing-period", "missing-contact"} <= found("草稿/b.md")
    config('ignore = ["missing-period"]')
    assert "missing-period" not in found("草稿/b.md")
    config('ignore = ["missing-contact"]', "草稿/gongkai.toml")
    assert "missing-period" in found("草稿/b.md")
    assert "missing-contact" not in found("草稿/b.md")


def test_a_project_file_counts_where_it_speaks_of_us() -> None:
    config('ignore = ["missing-period"]')
    config("[tool.other]\nx = 1\n# gongkai", "草稿/pyproject.toml")
    assert "missing-period" not in found("草稿/b.md")
    config("[tool.gongkai]\nselect = ['missing-contact']\n", "草稿/pyproject.toml")
    assert found("草稿/b.md") == {"missing-contact", "missing-table"}  # the latter is mandatory


def test_a_configuration_may_be_named_or_left_out() -> None:
    config('ignore = ["missing-period"]')
    config('ignore = ["missing-contact"]', "other.toml")
    assert "missing-contact" not in found("a.md", "--config", "other.toml")
    assert "missing-period" in found("a.md", "--isolated")
    assert gongkai("check", "a.md", "--config", "none.toml").exit_code == 2


def test_each_file_of_a_run_has_its_own() -> None:
    config('ignore = ["missing-period"]', "草稿/gongkai.toml")
    data = json.loads(gongkai("check", ".", "--format", "json").stdout)
    having = [
        report["path"]
        for report in data["reports"]
        if any(finding["name"] == "missing-period" for finding in report["findings"])
    ]
    assert having == ["a.md"]


def test_extending_takes_over_and_overrides() -> None:
    Path("共用").mkdir()
    config('profile = "示范"\nlang = "en"\nignore = ["missing-period"]', "共用/base.toml")
    config('extend = "共用/base.toml"\nlang = "zh"\nextend-select = ["missing-period"]')
    assert "missing-period" in found()
    shown = gongkai("check", "a.md", "--show-settings").stdout
    assert "profile = 示范  · 共用/base.toml:1" in shown
    assert "lang = zh  · gongkai.toml:2" in shown


@pytest.mark.parametrize("text", ['extend = "none.toml"', 'extend = "gongkai.toml"'])
def test_extending_what_is_not_there_or_itself_is_refused(text: str) -> None:
    config("\n" + text)
    result = gongkai("check", "a.md")
    assert result.exit_code == 2
    assert "gongkai.toml:2: extend" in result.stderr


# Which selector wins


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ('select = ["F"]\nignore = ["missing-period"]', False),
        ('select = ["missing-period"]\nignore = ["F"]', True),
        ('ignore = ["F"]\nextend-select = ["F0"]', True),
        ('ignore = ["F003"]\nextend-select = ["front-matter"]', False),
        ('ignore = ["front-matter"]\nextend-select = ["F"]', True),
        ('select = ["structure"]', False),
    ],
)
def test_the_most_exact_selector_wins(text: str, on: bool) -> None:
    config(text)
    assert why("missing-period").startswith("+" if on else "-")


def test_the_command_line_has_the_last_word() -> None:
    config('ignore = ["missing-period"]\nprofile = "示范"\nlang = "en"\nyear = 2020')
    assert why("missing-period") == "- F003 missing-period  · ignore = missing-period · gongkai.toml:1"
    assert why("missing-period", "a.md", "--select", "F").endswith("--select = F · command line")
    shown = gongkai("check", "a.md", "--show-settings", "--profile", "法定", "--year", "2022").stdout
    assert "profile = 法定  · command line" in shown
    assert "year = 2022  · command line" in shown


def test_what_is_ignored_for_some_files() -> None:
    config('[per-file-ignores]\n"草稿/*" = [\n  "missing-contact",\n  "missing-period",\n]')
    assert "missing-period" in found("a.md")
    assert "missing-period" not in found("草稿/b.md")
    assert why("missing-period", "草稿/b.md").endswith(
        "per-file-ignores “草稿/*” = missing-period · gongkai.toml:4"
    )


def test_a_rule_that_nobody_decided_on_is_the_profile_s() -> None:
    assert why("missing-period") == "+ F003 missing-period  · 配置“规范” 层次 规范"
    assert why("overview-too-long") == "- O005 overview-too-long  · 配置“规范”不包含层次“地方”"


# Mandatory rules


@pytest.mark.parametrize(
    "text",
    ['ignore = ["A"]', 'ignore = ["applications-balance"]', '[per-file-ignores]\n"*" = ["arithmetic"]'],
)
def test_no_file_silences_a_mandatory_rule(text: str) -> None:
    config(text)
    result = gongkai("check", "a.md")
    assert result.exit_code == 2
    assert re.search(r"gongkai\.toml:\d: .*必须执行的规则", result.stderr)


def test_a_choice_of_other_rules_keeps_the_mandatory_ones() -> None:
    config('select = ["text"]')
    assert why("applications-balance").startswith("+ A001 applications-balance  · 必须执行的规则")
    assert why("applications-balance", "a.md", "--select", "text").startswith("-")


# Other settings


def test_local_packs_and_what_is_known_of_the_report() -> None:
    Path("共用").mkdir()
    pack = "name: {zh: 甲, en: a}\ntitle: {zh: 甲, en: a}\nextends: 规范\ndisable: [missing-period]\n"
    config(pack, "共用/甲.yaml")
    config(
        'profile = "甲.yaml"\nissuer-kind = "office"\nedition = "2019"\npublished = 2023-04-20',
        "共用/base.toml",
    )
    config('extend = "共用/base.toml"')
    assert "missing-period" not in found()
    assert "published-late" in found()
    data = json.loads(gongkai("check", "a.md", "--format", "json").stdout)
    assert data["reports"][0]["issuer_kind"] == "office"
    assert data["reports"][0]["edition"] == "2019"


def test_format_language_and_exit_code() -> None:
    config('format = "json"\nfail-on = "never"\nlang = "en"\njobs = 2')
    result = gongkai("check", ".")
    assert result.exit_code == 0
    assert "the report" in json.dumps(json.loads(result.stdout))
    assert gongkai("check", ".", "--fail-on", "warning").exit_code == 1
    assert gongkai("check", ".", "--format", "text").stdout.startswith("a.md")


def test_files_passed_over_in_folders_but_not_where_named() -> None:
    config('exclude = ["草稿"]')
    assert [
        report["path"] for report in json.loads(gongkai("check", ".", "--format", "json").stdout)["reports"]
    ] == ["a.md"]
    assert found("草稿/b.md")


def test_a_named_file_is_passed_over_where_that_is_asked_for() -> None:
    config('exclude = ["草稿"]')
    result = gongkai("check", "草稿/b.md", "a.md", "--force-exclude", "--format", "json")
    assert [report["path"] for report in json.loads(result.stdout)["reports"]] == ["a.md"]
    assert gongkai("check", "草稿/b.md", "--force-exclude").exit_code == 0


# Faults


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = ", "gongkai.toml:1: 不是有效的 TOML"),
        ('\nignroe = ["F"]', "gongkai.toml:2: 没有“ignroe”这一项，是不是“ignore”"),
        ('select = [\n  "F",\n  "mising-period",\n]', "gongkai.toml:3: 没有规则“mising-period”"),
        ('[per-file-ignores]\n"*.md" = ["Z9"]', "gongkai.toml:2: 没有规则“Z9”"),
        (
            '[[suppress]]\nrule = "F003"\nreason = "x"\n[[suppress]]\nrule = "ZZ"\nreason = "y"',
            "gongkai.toml:5: 没有规则“ZZ”",
        ),
        ('[[suppress]]\nrule = "F003"', "gongkai.toml:1: 缺少“reason”"),
        ('profile = "示例"', "gongkai.toml:1: 没有配置“示例”"),
        ('edition = "2020"', "gongkai.toml:1: edition 不能是 '2020'"),
        ('published = "2024-01-01"', "gongkai.toml:1: published 应为日期"),
        ('[per-file-ignores]\n"[z-a].md" = ["F"]', "gongkai.toml:2: “[z-a].md”不是文件名样式"),
        ('exclude = [\n"x",\n"[9-0]",\n]', "gongkai.toml:3: “[9-0]”不是文件名样式"),
        ('\n[[suppress]]\nrule = "F"\nfile = "[b-a]"\nreason = "x"', "gongkai.toml:4: “[b-a]”不是文件名样式"),
        ("ignore = " + "[" * 5000 + "]" * 5000, "gongkai.toml:1: 括号套得太深"),
        (
            '[[suppress]]\nrule = "F"\nreason = "x"\n[suppress.place]\nrow = "grantd"',
            "gongkai.toml:5: 表格中没有 row “grantd”，是不是“granted”",
        ),
        (
            '[[suppress]]\nrule = "F"\nreason = "x"\nplace = {table = "disputes", column = "reviews.*"}',
            "gongkai.toml:4: 表格中没有 column “reviews.*”",
        ),
        ('exclude = "草稿"', 'gongkai.toml:1: exclude 应为列表，如 ["草稿"'),
    ],
)
def test_a_fault_names_file_line_and_what_is_right(text: str, said: str) -> None:
    config(text)
    result = gongkai("check", "a.md")
    assert result.exit_code == 2
    assert said in result.stderr.replace("\n", "")
    assert result.stdout == ""


def test_the_line_of_what_is_not_utf_8_is_told() -> None:
    Path("gongkai.toml").write_bytes('# a\nlang = "zh"\n# 说明\n'.encode("gbk"))
    assert "gongkai.toml:3: 应为 UTF-8" in gongkai("check", "a.md").stderr


@pytest.mark.parametrize(
    "text",
    [
        'tool = {gongkai = {ignore = ["missing-period"]}}',
        '[tool]\ngongkai.ignore = ["missing-period"]',
        '[tool]\ngongkai = {ignore = ["missing-period"]}',
        "[tool . 'gongkai']\nignore = ['missing-period']",
    ],
)
def test_a_project_file_may_be_written_in_any_way_of_toml(text: str) -> None:
    config(text, "pyproject.toml")
    assert "missing-period" not in found()


def test_a_selector_of_the_command_line_is_refused_for_what_it_is() -> None:
    assert "Error: 没有规则“F9”" in gongkai("check", "a.md", "--select", "F9").stderr


def test_a_configuration_cannot_be_both_named_and_left_out() -> None:
    config("")
    result = gongkai("check", "a.md", "--config", "gongkai.toml", "--isolated")
    assert result.exit_code == 2
    assert "--isolated 只能写一个" in result.stderr


# Small parts


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.md", "a.md", True),
        ("*.md", "x/y/a.md", True),
        ("x/*.md", "x/y/a.md", False),
        ("x/**/*.md", "x/y/z/a.md", True),
        ("x/**/*.md", "x/a.md", True),
        ("x", "x/y/a.md", True),
        ("x/", "y/x/a.md", True),
        ("[ab].md", "b.md", True),
        ("[!ab].md", "b.md", False),
        ("a?.md", "a.md", False),
        ("a.md", "aXmd", False),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool, folder: Path) -> None:
    assert matches(pattern, path, folder) is fits


def test_lines() -> None:
    text = 'a = 1\n# b = 2\n[x."y z"]\nb = [\n  "p",\n  "q",\n]\n[[s]]\nc = 1\n[[s]]\nc = 2\n'
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("x", "y z", "b"), "q") == 6
    assert line_of(text, ("s", 1, "c")) == 11
    assert line_of(text, ("s", 0, "none")) == 8
    assert line_of(text, ("none",)) == 1


@pytest.mark.parametrize(
    ("text", "keys", "value", "line"),
    [
        ('[[s]]\na = 1\n[s.place]\ntable = "x"', ("s", 0, "place", "table"), None, 4),
        ('[[s]]\nplace.table = "x"', ("s", 0, "place", "table"), None, 2),
        ("s = [\n {a = 1, b = 2},\n {a = 1, c = 2},\n]", ("s", 1, "c"), None, 3),
        ('a = """\nb = 3\n"""\nb = 3', ("b",), None, 4),
        ("a = '''\nb = 3\n'''\nb = 3", ("b",), None, 4),
        ('a = [ # "n" was here ]\n "m",\n "n", # ]\n]\nb = 1', ("a",), "n", 3),
        ('a = [ # "n" was here ]\n "m",\n "n", # ]\n]\nb = 1', ("b",), None, 5),
        ('a = [\r\n"\\u006e"]', ("a",), "n", 2),
        ('[ t . "u.v" ] # x\nd = 1', ("t", "u.v", "d"), None, 2),
        ("[", ("a",), None, 1),
    ],
)
def test_lines_of_toml_as_people_write_it(text: str, keys: Keys, value: str | None, line: int) -> None:
    assert line_of(text, keys, value) == line
