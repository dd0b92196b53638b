"""Commands besides `check` by the configuration of their files: the same selection, the same statements."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linter.cli import main

ROOT = Path(__file__).parents[2]
TEXT = "# 青川县水务局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n工作平稳有序。\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("年报/旧").mkdir(parents=True)
    for path in ("年报/甲.md", "年报/旧/乙.md"):
        Path(path).write_text(TEXT, encoding="utf-8")
    pack = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8"), re.S)
    assert pack
    Path("本县.yaml").write_text(pack[1], encoding="utf-8")
    return tmp_path


def gongkai(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def extracted(*options: str) -> dict[str, tuple[str, int]]:
    reports = json.loads(gongkai("extract", "年报", *options).stdout)["reports"]
    return {report["path"]: (report["issuer_kind"], report["year"]) for report in reports}


def test_extract_reads_each_file_as_its_configuration_states() -> None:
    Path("gongkai.toml").write_text('issuer-kind = "township"\n', encoding="utf-8")
    Path("年报/旧/gongkai.toml").write_text("year = 2020\n", encoding="utf-8")
    assert extracted() == {"年报/甲.md": ("township", 2022), "年报/旧/乙.md": ("department", 2020)}
    assert extracted("--year", "2021")["年报/旧/乙.md"] == ("department", 2021)
    assert extracted("--isolated") == dict.fromkeys(("年报/甲.md", "年报/旧/乙.md"), ("department", 2022))
    named = extracted("--config", "年报/旧/gongkai.toml")
    assert named == dict.fromkeys(("年报/甲.md", "年报/旧/乙.md"), ("department", 2020))


def test_extract_passes_over_what_is_excluded_and_refuses_a_faulty_configuration() -> None:
    Path("gongkai.toml").write_text('exclude = ["旧"]\nformat = "html"\n', encoding="utf-8")
    assert list(extracted()) == ["年报/甲.md"]
    Path("gongkai.toml").write_text("yaer = 2020\n", encoding="utf-8")
    result = gongkai("extract", "年报")
    assert result.exit_code == 2
    assert "gongkai.toml:1" in result.stderr


def test_explain_knows_the_rules_of_the_pack_that_is_configured_here() -> None:
    assert gongkai("explain", "Q001").exit_code == 2
    Path("gongkai.toml").write_text('profile = "本县.yaml"\nlang = "en"\n', encoding="utf-8")
    assert "No word of the public reading place" in gongkai("explain", "Q001").stdout
    assert gongkai("explain", "Q001", "--isolated").exit_code == 2
    assert gongkai("explain", "disputes-total").exit_code == 0


@pytest.mark.parametrize("command", ["check", "extract", "fix", "serve", "lsp", "explain", "baseline"])
def test_every_command_that_reads_settings_takes_the_same_two_options(command: str) -> None:
    shown = gongkai(command, "--help").stdout
    assert "--config FILE" in shown
    assert "--isolated" in shown


def test_the_profile_of_a_configuration_lies_beside_it_wherever_the_command_runs(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    Path("gongkai.toml").write_text('profile = "本县.yaml"\n', encoding="utf-8")
    monkeypatch.chdir(folder / "年报" / "旧")
    for form in ("sarif", "junit", "html"):
        said = gongkai("check", "乙.md", "--format", form)
        assert (said.exit_code, "没有写政务公开专区" in said.stdout) == (1, True)
