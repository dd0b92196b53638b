"""The same with a real PostgreSQL server, that of Debian's package, started for these tests alone."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from kept import BUREAU, Counting, reports, rows, stored

from linter.store.connection import opened
from linter.store.decisions import decide, decisions_of
from linter.store.fault import StoreFault
from linter.store.history import history_of

pytest.importorskip("sqlalchemy")
pytest.importorskip("psycopg")
pwd = pytest.importorskip("pwd", reason="needs POSIX")


class Server(NamedTuple):
    """A server of one's own, its programs run as the user postgres where this one is root."""

    programs: Path
    data: Path
    port: int

    def run(self, program: str, *arguments: str) -> None:
        user = "postgres" if os.geteuid() == 0 else None
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            user=user,
            cwd="/",
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, done.stdout

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        log = str(self.data.parent / "log")
        self.run("pg_ctl", "-D", str(self.data), "-l", log, "-o", options, "-w", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    @property
    def address(self) -> str:
        return f"postgresql://gongkai:geheim@127.0.0.1:{self.port}/postgres"


def programs() -> Path | None:
    """The folder of the server's programs, the newest of Debian's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    other = shutil.which("initdb")
    return found[-1].parent if found else Path(other).parent if other else None


def is_able() -> bool:
    """Whether a server can be started: it refuses to run as root."""
    try:
        return programs() is not None and (os.geteuid() != 0 or bool(pwd.getpwnam("postgres")))
    except KeyError:
        return False


pytestmark = pytest.mark.skipif(
    os.name != "posix" or not is_able(), reason="needs PostgreSQL: apt-get install postgresql"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = programs()
    assert where is not None
    one = Server(where, folder / "data", port)
    secret = folder / "secret"
    secret.write_text("geheim")
    secret.chmod(0o644)
    try:
        one.run(
            *("initdb", "-D", str(one.data), "-U", "gongkai", "-A", "scram-sha-256"),
            *("--pwfile", str(secret), "-E", "UTF8", "--no-sync"),
        )
        one.start()
        yield one
        if (one.data / "postmaster.pid").exists():
            one.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def empty(server: Server) -> Server:
    from sqlalchemy import text

    with opened(server.address) as store, store.writing() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return server


def test_results_history_and_decisions_are_kept(empty: Server, tmp_path: Path) -> None:
    folder = reports(tmp_path)
    counts = []
    for _ in range(2):
        engine = Counting()
        stored(empty.address, folder, engine)
        counts.append(engine.read)
    assert counts == [3, 0]
    kept = rows(empty.address)
    assert (kept["records"], kept["runs"], kept["filings"]) == (3, 2, 6)
    with opened(empty.address) as store:
        years = history_of(store, BUREAU)
        assert [year.year for year in years] == [2021, 2022, 2023]
        fingerprint = next(
            each.fingerprint for each in years[1].remarks if each.name == "carry-over-mismatch"
        )
        decide(store, fingerprint, "confirmed", "", "李")
        assert decisions_of(store)[fingerprint].by == "李"


def test_a_server_that_stops_in_the_middle_is_reported_and_the_run_resumed(
    empty: Server, tmp_path: Path
) -> None:
    folder = reports(tmp_path, 4)
    for index in range(56):
        page = (folder / f"{2021 + index % 4}.html").read_text(encoding="utf-8")
        (folder / f"copy{index:02}.html").write_text(page + f"<!-- {index} -->", encoding="utf-8")
    stop = Counting()

    def stopping(work: Any, items: Any, failed: Any) -> Iterator[Any]:
        for number, result in enumerate(stop(work, items, failed)):
            if number == 30:
                empty.stop()
            yield result

    with pytest.raises(StoreFault) as fault:
        stored(empty.address, folder, stopping)
    said = str(fault.value)
    assert "连接中断" in said
    assert "重新运行" in said
    assert "\n" not in said
    assert "geheim" not in said
    with pytest.raises(StoreFault, match="连不上数据库"):
        stored(empty.address, folder)
    empty.start()
    before = rows(empty.address)["records"]
    assert 0 < before < 60
    engine = Counting()
    stored(empty.address, folder, engine)
    assert engine.read == 60 - before
    after = rows(empty.address)
    assert (after["records"], after["runs"]) == (60, 1)


def test_a_wrong_password_is_one_clear_line_without_it(server: Server, tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="用户名或密码不对") as fault:
        stored(server.address.replace("geheim", "falsch"), reports(tmp_path, 1))
    assert "falsch" not in str(fault.value)
