"""A cluster of processes on this machine: the same result as without, and workers that die are survived."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from provinces import province

from linter.corpus.collect import collect
from linter.corpus.corpus_json import corpus_json
from linter.corpus.dask_engine import ClusterFault, dask_engine
from linter.corpus.roster import read_roster
from linter.corpus.run import Wanted, local_engine, run
from linter.supervised import Watch

pytest.importorskip("distributed")

ROOT = Path(__file__).parents[2]


class Cluster(NamedTuple):
    """A scheduler with three workers, each a process under a nanny."""

    address: str


def program(*arguments: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:], "--no-dashboard"],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    local = str(tmp_path_factory.mktemp("dask"))
    processes = [program("dask_scheduler", "--host", "127.0.0.1", "--port", str(port))]
    processes.append(
        program("dask_worker", address, "--nworkers", "3", "--nthreads", "1", "--local-directory", local)
    )
    try:
        from distributed import Client

        connect: Callable[..., Client] = Client
        with connect(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(3, timeout=60)
        yield Cluster(address)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(timeout=30)


def work(item: str) -> tuple[str, int]:
    if item == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "hang":
        time.sleep(600)
    time.sleep(0.02)
    return item.upper(), os.getppid()


def failed(item: str) -> tuple[str, int]:
    return f"failed: {item}", 0


def test_the_result_is_that_of_this_machine_byte_for_byte(cluster: Cluster) -> None:
    _, folder = province()
    roster, items = read_roster(folder / "名录.csv"), collect([str(folder / "年报")])
    here, there = (
        "".join(corpus_json(run(items, roster, Wanted(), engine)))
        for engine in (local_engine(Watch(1)), dask_engine(cluster.address, 60))
    )
    assert there == here


def test_a_run_is_the_same_where_a_worker_is_killed_on_the_way(cluster: Cluster) -> None:
    from distributed import Client

    _, folder = province()
    roster, items = read_roster(folder / "名录.csv"), collect([str(folder / "年报")])
    here = "".join(corpus_json(run(items, roster, Wanted(), local_engine(Watch(1)))))
    connect: Callable[..., Client] = Client
    with connect(cluster.address, set_as_default=False) as client:
        workers = list(client.run(os.getpid).values())
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        if done == 10:
            os.kill(workers[0], signal.SIGKILL)

    there = run(items, roster, Wanted(), dask_engine(cluster.address, 60), advance=advance)
    assert done == len(items)
    assert "".join(corpus_json(there)) == here


def test_a_worker_that_is_killed_changes_nothing(cluster: Cluster) -> None:
    items = [f"item {number}" for number in range(300)]
    results, killed = [], 0
    for result, worker in dask_engine(cluster.address, 60)(work, items, failed):
        results.append(result)
        if len(results) in (20, 120):
            # The parent of the process that worked is the worker of the cluster.
            os.kill(worker, signal.SIGKILL)
            killed += 1
    assert killed == 2
    assert results == [item.upper() for item in items]


def test_an_item_that_dies_or_hangs_costs_only_itself(cluster: Cluster) -> None:
    items = ["a", "die", "b", "hang", "c", "die", "d"]
    found = [result for result, _ in dask_engine(cluster.address, 10)(work, items, failed)]
    assert found == ["A", "failed: die", "B", "failed: hang", "C", "failed: die", "D"]


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linter.corpus.dask_engine._WAIT_SECONDS", 1)
    with pytest.raises(ClusterFault, match=r"连不上 dask 调度器 tcp://127\.0\.0\.1:9"):
        list(dask_engine("tcp://127.0.0.1:9", 60)(work, ["a"], failed))
