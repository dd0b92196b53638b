"""Kept results: the same output as without, never a stale one, harmless where damaged."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import linter.cache
import linter.lint
import linter.render.rule_titles
from examples.generator import make_layout, make_report, to_docx
from linter.cache import FOLDER
from linter.cli import main
from linter.files import Source
from linter.lint import Stated
from linter.report.model import Report

ROOT = Path(linter.cache.__file__).parents[1]
TEXT = "# {organ}2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n工作平稳有序。\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("年报").mkdir()
    for name in "甲乙":
        write(f"年报/{name}.md", f"{name}县水务局")
    return tmp_path


def write(path: str, organ: str) -> None:
    Path(path).write_text(TEXT.format(organ=organ), encoding="utf-8")


def gongkai(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def kept() -> list[Path]:
    return [path for path in Path(FOLDER).rglob("*") if path.is_file() and len(path.parent.name) == 2]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that were read, not taken from what is kept."""
    paths: list[str] = []
    reading = linter.lint.read

    def noted(source: Source, stated: Stated) -> Report:
        paths.append(source.path)
        return reading(source, stated)

    monkeypatch.setattr(linter.lint, "read", noted)
    return paths


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_a_second_run_reads_nothing_and_says_the_same(form: str, read: list[str]) -> None:
    first = gongkai("check", "年报", "--format", form)
    assert len(read) == 2
    second = gongkai("check", "年报", "--format", form)
    assert len(read) == 2
    assert (second.stdout, second.exit_code) == (first.stdout, first.exit_code)
    assert gongkai("check", "年报", "--format", form, "--no-cache").stdout == first.stdout


def test_only_what_has_changed_is_read(read: list[str]) -> None:
    gongkai("check", "年报")
    write("年报/甲.md", "丙县水务局")
    assert "丙县水务局" in gongkai("check", "年报").stdout
    assert read == ["年报/乙.md", "年报/甲.md", "年报/甲.md"]
    os.utime("年报/乙.md", (1, 1))
    gongkai("check", "年报")
    assert len(read) == 3


@pytest.mark.parametrize(
    "options",
    [
        ("--select", "missing-period"),
        ("--profile", "法定"),
        ("--year", "2021"),
        ("--lang", "en"),
        ("--format", "json"),
        ("--published", "2023-05-01"),
    ],
)
def test_other_settings_are_another_result(options: tuple[str, ...], read: list[str]) -> None:
    gongkai("check", "年报")
    said = gongkai("check", "年报", *options).stdout
    assert len(read) == 4
    assert said == gongkai("check", "年报", *options, "--no-cache").stdout


def test_so_are_other_rules_a_configuration_and_a_baseline(read: list[str]) -> None:
    pack = (
        "name: {{zh: 甲, en: a}}\ntitle: {{zh: 甲, en: a}}\nextends: 规范\n"
        "set:\n  missing-period: {{severity: {}}}\n"
    )
    Path("甲.yaml").write_text(pack.format("info"), encoding="utf-8")
    gongkai("check", "年报", "--profile", "甲.yaml")
    Path("甲.yaml").write_text(pack.format("warning"), encoding="utf-8")
    gongkai("check", "年报", "--profile", "甲.yaml")
    assert len(read) == 4
    gongkai("check", "年报")
    assert len(read) == 6
    Path("gongkai.toml").write_text('[[suppress]]\nfile = "甲.md"\nrule = "missing-contact"\nreason = "x"\n')
    assert "已豁免 1 处" in gongkai("check", "年报").stdout
    assert read[6:] == ["年报/甲.md"]
    gongkai("baseline", "基线.json", "年报")
    before = len(read)
    assert "基线中已有" in gongkai("check", "年报", "--baseline", "基线.json").stdout
    assert len(read) == before + 2
    stale = gongkai("check", "年报", "--baseline", "基线.json", "--fail-on-stale")
    assert (stale.exit_code, len(read)) == (0, before + 2)


# What a result rests on: each of these, and nothing else, makes it anew


def other_output(read: list[str], *options: str) -> tuple[str, int]:
    """The output of a run, which must be that of one without kept results, and how many files it read."""
    before = len(read)
    said = gongkai("check", "年报", *options).stdout
    count = len(read) - before
    assert said == gongkai("check", "年报", *options, "--no-cache").stdout
    return said, count


def test_the_current_folder_counts_as_outputs_name_files_from_it(
    read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("gongkai.toml").write_text("", encoding="utf-8")
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    whole = str(tmp_path / "年报")
    here = gongkai("check", whole, "--format", "sarif").stdout
    monkeypatch.chdir(elsewhere)
    there = gongkai("check", whole, "--format", "sarif").stdout
    assert there == gongkai("check", whole, "--format", "sarif", "--no-cache").stdout != here
    assert list(elsewhere.iterdir()) == []
    read.clear()
    assert gongkai("check", whole, "--format", "sarif").stdout == there
    assert read == []


def test_the_columns_and_the_colour_count(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert other_output(read)[1] == 2
    assert other_output(read, "--color", "always")[1] == 2
    monkeypatch.setattr("linter.cli.checking.columns_for", lambda output: 45)
    assert other_output(read)[1] == 2


@pytest.mark.parametrize(
    "config",
    [
        'ignore = ["missing-contact"]',
        'profile = "示范"',
        "year = 2021",
        'issuer-kind = "township"',
        "published = 2023-05-01",
        'lang = "en"',
        '[per-file-ignores]\n"*.md" = ["missing-contact"]',
        '[[suppress]]\nrule = "missing-contact"\nreason = "x"',
    ],
)
def test_what_a_configuration_says_counts(config: str, read: list[str]) -> None:
    Path("gongkai.toml").write_text("", encoding="utf-8")
    assert other_output(read)[1] == 2
    Path("gongkai.toml").write_text(config, encoding="utf-8")
    assert other_output(read)[1] == 2
    assert other_output(read)[1] == 0
    Path("gongkai.toml").write_text("# 说明\nfail-on = 'never'", encoding="utf-8")
    assert other_output(read)[1] == 0


def test_the_reason_of_a_suppression_counts(read: list[str]) -> None:
    told = []
    for reason in ("甲因", "乙因"):
        text = f'[[suppress]]\nrule = "missing-contact"\nreason = "{reason}"'
        Path("gongkai.toml").write_text(text, encoding="utf-8")
        said, count = other_output(read, "--format", "json")
        assert count == 2
        told.append(reason in said)
    assert told == [True, True]


def test_the_content_of_the_baseline_counts(read: list[str]) -> None:
    gongkai("baseline", "基线.json", "年报", "--select", "missing-contact")
    assert other_output(read, "--baseline", "基线.json")[1] == 2
    gongkai("baseline", "基线.json", "年报", "--update")
    said, count = other_output(read, "--baseline", "基线.json")
    assert count == 2
    assert "基线中已有" in said
    shutil.copy("基线.json", "同样.json")
    assert other_output(read, "--baseline", "同样.json")[1] == 0


def test_the_texts_of_a_pack_and_of_what_it_extends_count(read: list[str]) -> None:
    pack = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8"), re.S)
    assert pack
    Path("底.yaml").write_text(pack[1], encoding="utf-8")
    Path("甲.yaml").write_text("name: {zh: 甲, en: a}\ntitle: {zh: 甲, en: a}\nextends: 底.yaml\n")
    options = ("--format", "junit", "--profile", "甲.yaml")
    said, count = other_output(read, *options)
    assert (count, "Q001 qinghe-reading-place 没有写政务公开专区" in said) == (2, True)
    renamed = pack[1].replace("title: {zh: 没有写政务公开专区,", "title: {zh: 另一个名目,")
    Path("底.yaml").write_text(renamed, encoding="utf-8")
    linter.render.rule_titles.rules_by_code.cache_clear()
    linter.render.rule_titles.texts_by_code.cache_clear()
    said, count = other_output(read, *options)
    assert (count, "另一个名目" in said) == (2, True)


def test_another_version_counts(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    gongkai("check", "年报")
    monkeypatch.setattr(linter.cache, "__version__", "99")
    assert other_output(read)[1] == 2


def on_day(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    for module in (linter.lint, linter.cache):
        monkeypatch.setattr(module, "today", lambda: dt.date.fromisoformat(day))


def test_the_day_counts_only_when_a_suppression_ends(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, "2030-01-01")
    text = Path("年报/甲.md").read_text(encoding="utf-8")
    remark = "<!-- gongkai: ignore-file missing-contact 见网站 至2030年2月1日 -->\n"
    Path("年报/甲.md").write_text(remark + text, encoding="utf-8")
    Path("gongkai.toml").write_text(
        '[[suppress]]\nfile = "乙.md"\nrule = "missing-contact"\nreason = "x"\nuntil = 2030-03-01\n'
    )
    assert other_output(read)[1] == 2
    on_day(monkeypatch, "2030-02-01")
    assert other_output(read)[1] == 0
    on_day(monkeypatch, "2030-02-02")
    assert other_output(read)[1] == 1
    on_day(monkeypatch, "2030-03-01")
    assert other_output(read)[1] == 0
    on_day(monkeypatch, "2030-03-02")
    said, count = other_output(read)
    assert (count, said.count("W002")) == (1, 2)
    on_day(monkeypatch, "2099-01-01")
    assert other_output(read)[1] == 0


def test_another_program_is_another_result(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    gongkai("check", "年报")
    monkeypatch.setattr(linter.cache, "_program", lambda: [("changed.py", 1, 1)])
    gongkai("check", "年报")
    assert len(read) == 4


@pytest.mark.parametrize("damage", [b"", b"{}", b"0" * 32 + b"\n{}", b"\xff\xfe"])
def test_what_is_damaged_is_made_anew(damage: bytes, read: list[str]) -> None:
    first = gongkai("check", "年报")
    for path in kept():
        path.write_bytes(damage)
    assert gongkai("check", "年报").stdout == first.stdout
    assert len(read) == 4
    assert gongkai("check", "年报").stdout == first.stdout
    assert len(read) == 4


def test_files_of_one_report_and_files_in_a_zip_count(read: list[str]) -> None:
    page = '<h1>政府信息公开工作年度报告</h1><p>附件：<a href="附件.docx">附件.docx</a></p>'
    Path("年报/页.html").write_text(page, encoding="utf-8")
    Path("年报/附件.docx").write_bytes(to_docx(make_report(1, "2021"), make_layout(1)))
    with zipfile.ZipFile("年报/包.zip", "w") as archive:
        archive.writestr("丁.md", TEXT.format(organ="丁县水务局"))
    gongkai("check", "年报")
    read.clear()
    gongkai("check", "年报")
    assert read == []
    Path("年报/附件.docx").write_bytes(to_docx(make_report(2, "2021"), make_layout(1)))
    gongkai("check", "年报")
    assert "年报/页.html" in read
    read.clear()
    with zipfile.ZipFile("年报/包.zip", "w") as archive:
        archive.writestr("丁.md", TEXT.format(organ="戊县水务局"))
    assert "戊县水务局" in gongkai("check", "年报").stdout
    assert [path for path in read if "年报/页" not in path] == ["年报/包.zip!/丁.md"]


def test_a_page_with_frames_and_what_failed_are_not_kept(read: list[str]) -> None:
    shutil.rmtree("年报")
    Path("年报").mkdir()
    Path("年报/页.html").write_text(
        "<h1>甲县2022年政府信息公开工作年度报告</h1><p>一、总体情况<iframe src='a.html'></iframe>"
    )
    Path("年报/空.md").write_bytes(b"")
    for _ in range(2):
        assert gongkai("check", "年报").exit_code == 2
    assert kept() == []
    assert len(read) == 4


def test_where_it_lies_and_when_it_is_used(read: list[str]) -> None:
    gongkai("check", "年报/甲.md")
    assert not Path(FOLDER).exists()
    gongkai("check", "年报", "--no-cache")
    assert not Path(FOLDER).exists()
    Path("gongkai.toml").write_text("cache = false")
    gongkai("check", "年报")
    assert not Path(FOLDER).exists()
    Path("gongkai.toml").unlink()
    gongkai("check", "年报")
    assert Path(FOLDER, ".gitignore").read_text() == "*\n"
    Path("年报/gongkai.toml").write_text("")
    gongkai("check", "年报")
    assert Path("年报", FOLDER).is_dir()


def test_where_nothing_can_be_written_all_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    first = gongkai("check", "年报", "--no-cache")
    Path(FOLDER).write_text("in the way")
    assert gongkai("check", "年报").stdout == first.stdout


def test_it_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linter.cache, "MOST_ENTRIES", 3)
    for number in range(6):
        write("年报/甲.md", f"{number}县水务局")
        gongkai("check", "年报")
    assert len(kept()) <= 3


def test_processes_share_it(read: list[str]) -> None:
    for number in range(6):
        write(f"年报/{number}.md", f"甲{number}县水务局")
    first = gongkai("check", "年报", "--format", "json", "--jobs", "2")
    write("年报/3.md", "新县水务局")
    again = gongkai("check", "年报", "--format", "json", "--jobs", "2")
    assert len(json.loads(first.stdout)["reports"]) == 8
    assert again.stdout == gongkai("check", "年报", "--format", "json", "--no-cache").stdout


# Watching


def test_watching_checks_again_on_every_change_until_interrupted(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "linter",
        "check",
        "年报",
        "--watch",
        "--format",
        "json",
        "-o",
        "年报/结果.json",
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(linter.cache.__file__).parents[1]),
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    )
    try:
        assert process.stderr is not None
        assert "等待文件修改" in process.stderr.readline()
        write("年报/甲.md", "丙县水务局")
        assert "等待文件修改" in process.stderr.readline()
        assert "丙县水务局" in Path("年报/结果.json").read_text(encoding="utf-8")
        Path("gongkai.toml").write_text("ignroe = []")
        assert "ignroe" in process.stderr.readline()
        assert "等待文件修改" in process.stderr.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "Traceback" not in rest
    finally:
        process.kill()
