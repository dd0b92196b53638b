"""Runs that are killed go on where they were, and two at once do not harm each other."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kept import Counting, reports, rows, stored

pytest.importorskip("sqlalchemy")

ROOT = Path(__file__).parents[2]


def started(folder: Path, store: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "linter", "corpus", str(folder), "--store", str(store), "--jobs", "1"]
    return subprocess.Popen(
        [*command, "--format", "json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def kept(store: Path) -> int:
    try:
        with sqlite3.connect(store) as connection:
            return int(connection.execute("SELECT count(*) FROM records").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    folder, store = reports(tmp_path, 4), tmp_path / "s.db"
    for index in range(76):
        page = (folder / f"{2021 + index % 4}.html").read_text(encoding="utf-8")
        (folder / f"copy{index:02}.html").write_text(page + f"<!-- {index} -->", encoding="utf-8")
    run = started(folder, store)
    until = time.monotonic() + 60
    while not kept(store) and time.monotonic() < until and run.poll() is None:
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    before = kept(store)
    assert 0 < before < 80
    assert rows(store)["runs"] == 0
    engine = Counting()
    corpus = stored(store, folder, engine)
    assert engine.read == 80 - before
    after = rows(store)
    assert (after["records"], after["runs"], after["filings"]) == (80, 1, 4)
    # As many files as there are, each once: those judged and those beside them.
    assert sum(1 + len(filing.others) for filing in corpus.filings) == 80


def test_two_runs_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    folder, store = reports(tmp_path, 4), tmp_path / "s.db"
    runs = [started(folder, store) for _ in range(3)]
    said = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    assert len({output for output, _ in said}) == 1
    after = rows(store)
    assert (after["records"], after["runs"], after["filings"]) == (4, 3, 12)
