# ruff: noqa: E501
"""Hostile files of every form through the whole command: what none may do to who reads it.

None may crash the linter, have a file written or a program started, ask for an address, lead to a file
outside itself, take longer than ten seconds or more than 1 GiB.
"""

from __future__ import annotations

import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hostile import FORMS, SECRET, bombs, exhausting, good, leading_out, reaching_out

from linter.cli import main

OUT_OF_BOUNDS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.mkdir", "os.rename", "os.remove", "urllib.")  # fmt: skip


class Watch:
    """What Python is asked to do beyond reading and computing, while `on`."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on:
            return
        writes = event == "open" and isinstance(arguments[1], str) and set("wax+") & set(arguments[1])
        if writes or event.startswith(OUT_OF_BOUNDS):
            self.seen.append(f"{event} {arguments}")


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


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


def run(command: str, path: Path) -> Result:
    return CliRunner().invoke(
        main, [command, str(path), *(["--format", "json"] if command == "check" else [])]
    )


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"a.{name.split('-', maxsplit=1)[0]}"
    path.write_bytes(data)
    return path


def is_orderly(result: Result) -> bool:
    """The run ended as runs end: one line for each file that cannot be read, none of them a breakdown."""
    lines = result.stderr.splitlines()
    return (
        result.exit_code in (0, 1, 2)
        and (result.exception is None or isinstance(result.exception, SystemExit))
        and all(re.search(r": .*[一-鿿]", line) for line in lines)
        and "程序出错" not in result.stderr
        and "意外中止" not in result.stderr
    )


def test_every_form_has_a_good_file() -> None:
    assert set(good()) == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_the_good_file_is_read(form: str, tmp_path: Path) -> None:
    """The hostile ones are refused for what is wrong with them."""
    result = run("extract", written(tmp_path, form, good()[form]))
    assert result.stderr == ""
    assert result.exit_code == 0


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", [0.0, 0.02, 0.3, 0.7, 0.99])
def test_a_truncated_file_is_read_or_refused(form: str, part: float, tmp_path: Path) -> None:
    data = good()[form]
    assert is_orderly(run("check", written(tmp_path, form, data[: int(len(data) * part)])))


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_file_is_read_or_refused(form: str, tmp_path: Path) -> None:
    chance = random.Random(form)
    for _ in range(6):
        data = bytearray(good()[form])
        for _ in range(40):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert is_orderly(run("check", written(tmp_path, form, bytes(data))))


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_written_and_nothing_started(form: str, tmp_path: Path, watch: Watch) -> None:
    path = written(tmp_path, form, good()[form])
    run("check", path)  # what is compiled once is kept
    watch.seen.clear()
    watch.on = True
    run("check", path)
    watch.on = False
    assert watch.seen == []
    assert list(tmp_path.iterdir()) == [path]


def test_the_output_is_the_only_file_written(tmp_path: Path) -> None:
    for form, data in good().items():
        written(tmp_path, form, data)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    CliRunner().invoke(main, ["check", str(tmp_path), "--format", "json", "-o", str(tmp_path / "out.json")])
    after = {path: path.read_bytes() for path in tmp_path.rglob("*")}
    assert after.pop(tmp_path / "out.json")
    assert after == before


def test_no_address_is_asked_for(asked: tuple[str, list[bytes]], tmp_path: Path, watch: Watch) -> None:
    address, requests = asked
    for name, data in reaching_out(address).items():
        path = written(tmp_path, name, data)
        watch.seen.clear()
        watch.on = True
        result = run("extract", path)
        watch.on = False
        assert is_orderly(result), (name, result.stderr, result.exception)
        assert watch.seen == [], name
    time.sleep(0.1)
    assert requests == []


def test_no_entity_brings_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    secret = tmp_path / "elsewhere" / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    (tmp_path / "in").mkdir()
    for name, data in reaching_out(secret.as_uri()).items():
        result = run("extract", written(tmp_path / "in", name, data))
        assert is_orderly(result), (name, result.stderr, result.exception)
        assert SECRET not in result.stdout, name


def test_no_path_leads_out_of_a_package(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    secret = tmp_path / "elsewhere" / "secret.html"
    secret.write_text(f"<p>{SECRET}</p>", encoding="utf-8")
    (tmp_path / "in").mkdir()
    for name, data in leading_out(secret).items():
        path = written(tmp_path / "in", name, data)
        result = run("extract", path)
        assert is_orderly(result), (name, result.stderr, result.exception)
        assert SECRET not in result.stdout + result.stderr, name
        path.unlink()
    assert secret.read_text(encoding="utf-8") == f"<p>{SECRET}</p>"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["elsewhere", "in", "secret.html"]


def bounded(path: Path, mebibytes: int) -> tuple[subprocess.CompletedProcess[str], float]:
    """A check in a process of its own with so much memory, and how long it took."""
    code = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_AS, ({mebibytes} << 20, {mebibytes} << 20)); "
        "from linter.cli import main; main(['check', sys.argv[1], '--format', 'json'])"
    )
    began = _spent()
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return done, _spent() - began


def _spent() -> float:
    """The seconds of computing of all processes that ended: others at work on the machine count for nothing."""
    import resource

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits the memory as Linux does")


@linux
@pytest.mark.parametrize("name", ["docx", "docx-styles", "xlsx", "ofd", "zip"])
def test_a_bomb_is_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    done, _ = bounded(written(tmp_path, name, bombs()[name]), 400)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "炸弹" in done.stderr or "MB" in done.stderr


@linux
@pytest.mark.parametrize("name", sorted(exhausting()))
def test_no_file_takes_ten_seconds_or_a_gibibyte(name: str, tmp_path: Path) -> None:
    done, seconds = bounded(written(tmp_path, name, exhausting()[name]), 1024)
    assert done.returncode in (0, 1, 2), done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert "程序出错" not in done.stderr
    assert "意外中止" not in done.stderr
    assert seconds < 10, seconds
