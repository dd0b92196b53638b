"""Output files appear whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.output import write_file

ROOT = Path(__file__).parent.parent.parent
REPORT = str(ROOT / "examples/reports/2024-good-bureau.md")
POSIX = pytest.mark.skipif(os.name != "posix", reason="devices and closed streams are of POSIX")


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """`$gongkai` in a command is the program."""
    own = {"gongkai": f"{sys.executable} -m linter", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        ["sh", "-c", command], env={**os.environ, **own}, capture_output=True, encoding="utf-8", check=False
    )


def broken() -> Iterator[str]:
    yield "前半"
    raise RuntimeError("broken")


def test_the_file_holds_every_piece_as_utf8(tmp_path: Path) -> None:
    write_file(["总计", "：1\n"], tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == "总计：1\n".encode()


def test_a_broken_run_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "out.txt").write_text("旧", encoding="utf-8")
    with pytest.raises(RuntimeError):
        write_file(broken(), tmp_path / "out.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "旧"


def test_a_new_file_has_the_usual_permissions_and_an_older_one_keeps_its_own(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    write_file(["x"], tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    plain.chmod(0o600)
    write_file(["x"], plain)
    assert stat.S_IMODE(plain.stat().st_mode) == 0o600


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("旧", encoding="utf-8")
    try:
        (tmp_path / "link").symlink_to(tmp_path / "real")
    except OSError:
        pytest.skip("links cannot be made here")
    write_file(["新"], tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "新"


def test_half_characters_of_a_damaged_name_do_not_break_the_output(tmp_path: Path) -> None:
    write_file(['"\udcff"'], tmp_path / "out.json")
    assert (tmp_path / "out.json").read_bytes() == b'"\\udcff"'


@POSIX
def test_a_pipe_may_be_named_as_the_output() -> None:
    result = shell(f"$gongkai check {REPORT} --format json --output /dev/stdout | head -c 11")
    assert result.stdout == '{"schema": '
    assert result.stderr == ""


@POSIX
@pytest.mark.parametrize("form", ["json", "text"])
def test_output_that_cannot_be_written_is_one_line(form: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device here that is always full")
    result = shell(f"$gongkai check {REPORT} --format {form} > /dev/full")
    assert result.returncode == 2
    assert "结果不能写到屏幕或管道" in result.stderr
    assert "Traceback" not in result.stderr


@POSIX
def test_a_caller_may_close_the_output() -> None:
    result = shell(f"$gongkai check {REPORT} --fail-on never >&-")
    assert (result.returncode, result.stderr) == (0, "")
