"""Every format ends a run with the same exit code: 0 clean, 1 findings, 2 a file not read or bad usage."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_files import report_text

from linter.cli import main
from linter.render import CHECK_FORMATS

ERROR, WARNING, NOTHING = "missing-table", "missing-period", "title-year"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(report_text(), encoding="utf-8")
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 broken")
    return tmp_path


def check(form: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--format", form, *arguments])


@pytest.mark.parametrize("form", CHECK_FORMATS)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["a.md", "--select", NOTHING], 0),
        (["a.md", "--select", WARNING], 0),
        (["a.md", "--select", WARNING, "--fail-on", "warning"], 1),
        (["a.md", "--select", WARNING, "--fail-on", "info"], 1),
        (["a.md", "--select", ERROR], 1),
        (["a.md", "--select", ERROR, "--fail-on", "never"], 0),
        (["bad.docx"], 2),
        (["a.md", "bad.docx", "--fail-on", "never"], 2),
        (["not-there.md"], 2),
        (["a.md", "--select", "no-such-rule"], 2),
        (["a.md", "--output", "a.md"], 2),
        ([], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_code(arguments: list[str], code: int, form: str, folder: Path) -> None:
    assert check(form, *arguments).exit_code == code


@pytest.mark.parametrize("form", CHECK_FORMATS)
def test_a_file_holds_what_the_screen_would_show(form: str, folder: Path) -> None:
    shown = check(form, "a.md", "bad.docx")
    written = check(form, "a.md", "bad.docx", "--output", "out")
    assert shown.exit_code == written.exit_code == 2
    assert (folder / "out").read_bytes() == shown.stdout_bytes


@pytest.mark.parametrize("form", CHECK_FORMATS)
def test_two_processes_give_what_one_gives(form: str, folder: Path) -> None:
    (folder / "b.md").write_text(report_text("青川县教育局", 2023), encoding="utf-8")
    one, two = (check(form, "a.md", "b.md", "bad.docx", "--jobs", jobs) for jobs in ("1", "2"))
    assert one.stdout_bytes == two.stdout_bytes
