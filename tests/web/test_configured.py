"""What is configured in the folder that the server was started in holds for every file put in."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("python_multipart")
pytest.importorskip("xlsxwriter")

from running import running
from served import REPORT
from test_command import ask, unix

from linter.cli import main
from linter.config.layer import forget
from linter.config.resolve import Configured
from linter.files import Source
from linter.lint import Job
from linter.web.apart import Apart
from linter.web.judging import judge_upload

CONFIG = """ignore = ["missing-period"]
[per-file-ignores]
"草稿*" = ["overview-aspect-missing"]
[[suppress]]
rule = "missing-contact"
reason = "见网站首页"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gongkai.toml").write_text(CONFIG, encoding="utf-8")
    forget()
    return tmp_path


def job_in(folder: Path) -> Job:
    return Job(configured=Configured().pinned(str(folder)))


def test_selection_names_and_suppressions_hold(folder: Path) -> None:
    plain = judge_upload(Job(), Source("a.md", REPORT)).entry
    assert "missing-period" in plain.body
    said = judge_upload(job_in(folder), Source("a.md", REPORT)).entry
    assert "missing-period" not in said.body
    assert "见网站首页" in said.body
    assert (said.suppressed, plain.suppressed) == (1, 0)
    assert "overview-aspect-missing" in said.body
    assert "overview-aspect-missing" not in judge_upload(job_in(folder), Source("草稿.md", REPORT)).entry.body


def test_a_process_of_its_own_says_the_same(folder: Path) -> None:
    here = judge_upload(job_in(folder), Source("a.md", REPORT))
    assert Apart(60).judge(job_in(folder), Source("a.md", REPORT)).entry == here.entry


def test_a_name_finds_no_configuration_elsewhere(folder: Path) -> None:
    inner = folder / "内"
    inner.mkdir()
    (inner / "gongkai.toml").write_text('ignore = ["overview-aspect-missing"]', encoding="utf-8")
    for name in ("内/a.md", f"{inner}/a.md", "../内/a.md"):
        assert "overview-aspect-missing" in judge_upload(job_in(folder), Source(name, REPORT)).entry.body


def test_a_configuration_that_breaks_later_is_the_reason_and_nothing_ends(folder: Path) -> None:
    job = job_in(folder)
    (folder / "gongkai.toml").write_text("ignroe = []", encoding="utf-8")
    forget()
    said = judge_upload(job, Source("a.md", REPORT)).entry
    assert said.reason.startswith("配置有误：gongkai.toml:1: ")


def test_a_faulty_configuration_is_refused_before_anything_listens(folder: Path) -> None:
    (folder / "gongkai.toml").write_text("ignroe = []", encoding="utf-8")
    said = CliRunner().invoke(main, ["serve"])
    assert said.exit_code == 2
    assert "gongkai.toml:1" in said.output


@unix
def test_the_command_takes_it_from_where_it_is_started(folder: Path) -> None:
    (folder / "gongkai.toml").write_text(f'lang = "en"\n{CONFIG}', encoding="utf-8")
    with running(folder=folder) as server:
        assert b'<html lang="en">' in ask(server, "GET", "/")[1]
    with running("--isolated", folder=folder) as server:
        assert b'<html lang="zh-CN">' in ask(server, "GET", "/")[1]
