"""Work in watched processes: in order, and one that dies or hangs costs only what it had in hand."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.supervised import Watch, supervised


def work(item: str) -> str:
    if item == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "hang":
        time.sleep(600)
    if item == "raise":
        raise LookupError("no such thing")
    return item.upper()


def failed(item: str) -> str:
    return f"failed: {item}"


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    items = [f"item {number}" for number in range(200)]
    assert list(supervised(work, items, Watch(jobs, 60), failed)) == [item.upper() for item in items]


@pytest.mark.parametrize("jobs", [1, 3])
def test_one_that_dies_or_hangs_costs_only_itself(jobs: int) -> None:
    items = ["a", "die", "b", "hang", "die", "c", "d"]
    wanted = ["A", "failed: die", "B", "failed: hang", "failed: die", "C", "D"]
    assert list(supervised(work, items, Watch(jobs, 1), failed)) == wanted


def test_a_fault_of_the_work_itself_is_raised() -> None:
    with pytest.raises(LookupError, match="no such thing"):
        list(supervised(work, ["a", "raise", "b"], Watch(2, 60), failed))


def test_items_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[str]:
        nonlocal taken
        for number in range(100_000):
            taken += 1
            yield str(number)

    results = supervised(work, items(), Watch(2, 60), failed)
    for _ in range(50):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken < 200


PARENT = """
import os, sys, time
from linter.supervised import Watch, supervised
def work(item):
    print(os.getpid(), flush=True)
    return item
results = supervised(work, range(1000000), Watch(2, 60), work)
for _ in range(40):
    next(results)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_no_process_outlives_the_one_that_started_it() -> None:
    done = subprocess.run([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, check=False)
    children = {int(line) for line in done.stdout.split()}
    assert children
    until = time.monotonic() + 20
    while (
        left := [child for child in children if Path(f"/proc/{child}").exists()]
    ) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []
