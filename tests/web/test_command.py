"""The command: its start, its end, what it refuses, what a hostile client can do to it."""

from __future__ import annotations

import http.client
import signal
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from running import Running, running

from linter.cli import main
from linter.web.uploads import Limits

pytest.importorskip("uvicorn")
pytest.importorskip("python_multipart")

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
unix = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc and sends signals of Unix")
MIB = 1024 * 1024
PART = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.docx"\r\n\r\n'


def ask(
    server: Running, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    origin = {"Origin": server.url.rstrip("/")} if method == "POST" else {}
    connection.request(method, path, body, {**origin, **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def head(server: Running, length: str) -> bytes:
    """The head of an upload's request, with the line that says its length."""
    lines = [
        "POST /files HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Origin: {server.url[:-1]}",
        "Content-Type: multipart/form-data; boundary=b",
        length,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def upload(server: Running, path: Path) -> None:
    body = PART + path.read_bytes() + b"\r\n--b--\r\n"
    status, _ = ask(server, "POST", "/files", body, **{"Content-Type": "multipart/form-data; boundary=b"})
    assert status == 303


@unix
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_prints_its_address_answers_and_ends_without_a_trace(how: signal.Signals, tmp_path: Path) -> None:
    with running(temporary=tmp_path) as server:
        assert ask(server, "GET", "/")[0] == 200
        upload(server, REPORTS / "2024-faulty-text.docx")
        code, said = server.end(how)
    assert (code, said) == (0, "")
    assert list(tmp_path.iterdir()) == []


@unix
def test_nothing_of_a_draft_is_written_to_the_disk(tmp_path: Path) -> None:
    with running(temporary=tmp_path) as server:
        upload(server, REPORTS / "2024-faulty-text.docx")
        opened = Path(f"/proc/{server.process.pid}/fd").iterdir()
        targets = [str(link.readlink()) for link in opened if link.is_symlink()]
        assert [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size] == []
    assert not [target for target in targets if target.startswith(str(tmp_path)) and "deleted" in target]


@unix
def test_it_listens_on_this_machine_only() -> None:
    with running() as server:
        table = Path("/proc/net/tcp").read_text().splitlines()
        port = f":{server.port:04X}"
        listening = [line.split()[1] for line in table if port in line.split()[1] and line.split()[3] == "0A"]
    assert listening == ["0100007F" + port]


@unix
def test_a_gigabyte_is_refused_early_and_does_not_fill_the_memory() -> None:
    with running() as server:
        before = server.memory()
        with socket.create_connection(("127.0.0.1", server.port), 20) as client:
            client.sendall(head(server, f"Content-Length: {1024 * MIB}"))
            client.sendall(PART)
            assert client.recv(12) == b"HTTP/1.1 413"
        assert server.memory() - before < 10 * MIB
        assert ask(server, "GET", "/")[0] == 200


@unix
def test_a_gigabyte_of_unknown_length_is_cut_off_at_the_limit_of_a_file() -> None:
    sent = 0
    with running() as server:
        before = server.memory()
        with socket.create_connection(("127.0.0.1", server.port), 20) as client:
            client.sendall(head(server, "Transfer-Encoding: chunked"))
            client.sendall(f"{len(PART):x}\r\n".encode() + PART + b"\r\n")
            piece = b"100000\r\n" + b"x" * MIB + b"\r\n"
            try:
                while sent < 1024:
                    client.sendall(piece)
                    sent += 1
            except OSError:
                pass
        assert sent < 130
        assert ask(server, "GET", "/")[0] == 200
        assert server.memory() - before < 160 * MIB


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = CliRunner().invoke(main, ["serve", "--port", port])
    assert said.exit_code == 2
    assert f"端口 {port} 上监听" in said.output


def test_without_its_packages_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: str) -> object:
        return None if name == "uvicorn" else find_spec(name)

    monkeypatch.setattr("linter.cli.serve.find_spec", without)
    said = CliRunner().invoke(main, ["serve"])
    assert said.exit_code == 2
    assert said.output == 'gongkai serve 需要另外安装：pip install "gongkai-lint[web]"\n'


def test_an_unknown_profile_is_refused_before_anything_listens() -> None:
    said = CliRunner().invoke(main, ["serve", "--profile", "没有这一套"])
    assert said.exit_code == 2


@unix
def test_an_address_that_others_reach_is_warned_of() -> None:
    with running("--host", "0.0.0.0") as server:
        assert server.url.startswith("http://localhost:")
        _, said = server.end()
    assert "其他人也能打开" in said


def test_the_limits_are_as_documented() -> None:
    limits = Limits()
    text = (REPORTS.parents[1] / "docs" / "serve.md").read_text(encoding="utf-8")
    for line in (
        f"| 一份文件 | {limits.file_bytes // MIB} MB |",
        f"| 一次传入 | {limits.request_files} 份，合计 {limits.request_bytes // MIB} MB",
        f"| 列表中 | {limits.held_files} 份，合计 {limits.held_bytes // 1024 // MIB} GB |",
        f"| 检查一份 | {limits.seconds:g} 秒",
        f"| 保留 | {limits.minutes:g} 分钟",
    ):
        assert line in text
