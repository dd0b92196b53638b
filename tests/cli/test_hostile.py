"""Files that cannot be read: one clear line each, exit code 2, the others judged."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_files import good_docx, hostile, report_text

from linter.cli import main
from linter.render import CHECK_FORMATS

KINDS = (
    "empty.docx",
    "random.docx",
    "truncated.docx",
    "encrypted.pdf",
    "encrypted.doc",
    "truncated.doc",
    "picture.docx",
    "large.txt",
    "bomb.docx",
    "entity.docx",
)


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and the requests that arrive there."""
    requests: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                requests.append(connection.recv(1000))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", requests


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, asked: tuple[str, list[bytes]]) -> dict[str, Path]:
    return hostile(tmp_path_factory.mktemp("hostile"), asked[0])


def test_every_kind_is_made(files: dict[str, Path]) -> None:
    assert set(files) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_one_clear_line_and_exit_code_2(kind: str, files: dict[str, Path]) -> None:
    result = CliRunner().invoke(main, ["check", str(files[kind]), "--format", "json"])
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    path, _, reason = line.partition(": ")
    assert path == str(files[kind])
    assert any("一" <= character <= "鿿" for character in reason)
    assert "程序出错" not in reason
    data = json.loads(result.stdout)
    assert data["unreadable"] == [{"path": path, "reason": reason}]
    assert data["reports"] == []


def test_nothing_is_fetched(files: dict[str, Path], asked: tuple[str, list[bytes]]) -> None:
    CliRunner().invoke(main, ["extract", str(files["entity.docx"])])
    assert asked[1] == []


def test_the_others_of_a_folder_are_judged(tmp_path: Path, files: dict[str, Path]) -> None:
    for number in range(9):
        (tmp_path / f"{number}.md").write_text(report_text(year=2021 + number % 3), encoding="utf-8")
    (tmp_path / "4-bad.docx").write_bytes(files["truncated.docx"].read_bytes())
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--format", "json"])
    assert result.exit_code == 2
    data = json.loads(result.stdout)
    assert [Path(report["path"]).name for report in data["reports"]] == [f"{n}.md" for n in range(9)]
    assert [Path(entry["path"]).name for entry in data["unreadable"]] == ["4-bad.docx"]
    assert len(result.stderr.splitlines()) == 1


def test_a_word_file_made_by_hand_is_read(tmp_path: Path) -> None:
    """The hostile ones are refused for what is wrong with them, not for being made by hand."""
    path = tmp_path / "good.docx"
    path.write_bytes(good_docx())
    result = CliRunner().invoke(main, ["extract", str(path)])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["reports"][0]["year"] == 2022


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits the memory as Linux does")
@pytest.mark.parametrize("kind", ["bomb.docx", "large.txt"])
def test_memory_stays_bounded(kind: str, files: dict[str, Path]) -> None:
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20)); "
        "from linter.cli import main; main(['check', sys.argv[1]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(files[kind])], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "内存" not in done.stderr


@pytest.mark.parametrize("form", CHECK_FORMATS)
def test_the_name_of_a_file_cannot_speak_to_the_terminal(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        Path("\x1b[31m红\u202e.md").write_text(report_text(), encoding="utf-8")
        Path("\x1b[31m坏\u202e.docx").write_bytes(b"PK broken")
    except OSError:
        pytest.skip("no such names here")
    output = CliRunner().invoke(main, ["check", ".", "--format", form]).output
    assert "\x1b" not in output
    if form == "html":
        assert "\u202e" not in output
