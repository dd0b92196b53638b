"""The hooks for pre-commit, run by the real pre-commit in a repository made here, without the network."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pytest
import yaml

from linter.document.registry import SUPPORTED_SUFFIXES
from linter.render.excerpt import width

pytest.importorskip("pre_commit")
ROOT = Path(__file__).parent.parent.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
REPORTS = ROOT / "examples" / "reports"
GONGKAI = f"{sys.executable} -m linter "
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]


def manifest() -> list[dict[str, Any]]:
    hooks: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return hooks


class Repository:
    """A git repository in which pre-commit runs the hooks of the manifest with this checkout's linter."""

    def __init__(self, folder: Path, *hooks: str) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PYTHONPATH": str(ROOT),
            "PRE_COMMIT_HOME": str(folder.parent / "home"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        folder.mkdir()
        self.run("git", "init", "-q")
        self.run("git", "config", "user.name", "tester")
        self.run("git", "config", "user.email", "tester@example.cn")
        local = [
            {**hook, "language": "system", "entry": hook["entry"].replace("gongkai ", GONGKAI, 1)}
            for hook in manifest()
            if hook["id"] in hooks
        ]
        config = {"repos": [{"repo": "local", "hooks": local}]}
        (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        self.run(*PRE_COMMIT, "install")
        self.run("git", "add", ".pre-commit-config.yaml")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def stage(self, example: str, name: str) -> None:
        shutil.copy(REPORTS / example, self.folder / name)
        assert self.run("git", "add", name).returncode == 0

    def commit(self) -> subprocess.CompletedProcess[str]:
        return self.run("git", "commit", "-q", "-m", "report")

    def commits(self) -> int:
        return len(self.run("git", "log", "--oneline").stdout.splitlines())


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository", "gongkai-check")


def test_the_manifest_is_valid() -> None:
    subprocess.run([*PRE_COMMIT, "validate-manifest", str(MANIFEST)], check=True, cwd=ROOT)
    assert [hook["id"] for hook in manifest()] == ["gongkai-check", "gongkai-fix"]


def test_the_hook_takes_every_kind_of_report_but_pictures() -> None:
    check = manifest()[0]
    for suffix in SUPPORTED_SUFFIXES - {".tif", ".tiff"}:
        assert re.search(check["files"], f"年报/报告{suffix.upper()}"), suffix


@pytest.mark.parametrize(
    "name", ["README.md", "docs/readme.zh.md", "CHANGELOG.md", ".gitlab/a.md", "requirements.txt"]
)
def test_the_hooks_pass_over_what_a_repository_has_besides_reports(name: str) -> None:
    for hook in manifest():
        assert re.search(hook["exclude"], name)
        assert not re.search(hook["exclude"], "年报/教育局2024.md")


@pytest.mark.parametrize(
    ("faulty", "name"),
    [
        ("2021-faulty-bureau.docx", "年报 2021.docx"),
        ("2025-faulty-city.pdf", "年报.pdf"),
        ("2024-faulty-government.html", "a.html"),
    ],
)
def test_a_faulty_report_is_not_committed(faulty: str, name: str, repository: Repository) -> None:
    repository.stage(faulty, name)
    commit = repository.commit()
    assert commit.returncode == 1
    assert "× 错误" in commit.stdout + commit.stderr
    assert repository.commits() == 0


def test_good_reports_are_committed(repository: Repository) -> None:
    repository.stage("2024-good-office.docx", "年报 2024.docx")
    repository.stage("2019-good-bureau.pdf", "b.pdf")
    (repository.folder / "README.md").write_text("# 年报\n", encoding="utf-8")
    repository.run("git", "add", "README.md")
    commit = repository.commit()
    assert commit.returncode == 0, commit.stdout + commit.stderr
    assert repository.commits() == 1


def test_what_is_staged_counts_not_what_lies_in_the_folder(repository: Repository) -> None:
    repository.stage("2021-faulty-bureau.docx", "a.docx")
    shutil.copy(REPORTS / "2024-good-office.docx", repository.folder / "a.docx")
    assert repository.commit().returncode == 1
    assert (repository.folder / "a.docx").read_bytes() == (REPORTS / "2024-good-office.docx").read_bytes()


def test_what_the_configuration_excludes_is_passed_over(repository: Repository) -> None:
    (repository.folder / "gongkai.toml").write_text('exclude = ["旧报告.docx"]', encoding="utf-8")
    repository.stage("2021-faulty-bureau.docx", "旧报告.docx")
    assert repository.commit().returncode == 0


def test_an_unreadable_file_is_not_committed(repository: Repository) -> None:
    (repository.folder / "a.docx").write_bytes(b"PK\x03\x04 broken")
    repository.run("git", "add", "a.docx")
    commit = repository.commit()
    assert commit.returncode == 1
    assert "a.docx: " in commit.stdout + commit.stderr


def test_the_fixing_hook_stops_the_commit_once_and_then_lets_it_pass(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository", "gongkai-fix")
    repository.stage("2024-good-bureau.md", "a.md")
    path = repository.folder / "a.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("一、总体情况", "一. 总体情况"), encoding="utf-8"
    )
    repository.run("git", "add", "a.md")
    assert repository.commit().returncode == 1
    repository.run("git", "add", "a.md")
    assert repository.commit().returncode == 0


@pytest.mark.parametrize("columns", [45, 60])
def test_what_the_hook_says_fits_a_narrow_terminal(columns: int) -> None:
    """pre-commit catches the output; the width is that of the terminal in which it runs itself."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    result = subprocess.run(
        [sys.executable, "-m", "linter", "check", str(Path("examples/reports/2021-faulty-bureau.docx"))],
        cwd=ROOT,
        env={**os.environ, "PRE_COMMIT": "1"},
        stdin=slave,
        capture_output=True,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        check=False,
    )
    os.close(slave)
    os.close(master)
    lines = result.stdout.decode().splitlines()
    assert len(lines) > 20
    assert max(map(width, lines)) <= columns
