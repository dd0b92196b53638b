"""Work in processes: in order, and a process that dies costs only its item."""

from __future__ import annotations

import os
import time

from linter.parallel import in_processes


def square_slowly(number: int) -> int:
    time.sleep(0.02 if number % 2 else 0)
    return number * number


def die_of_thirteen(number: int) -> int:
    if number == 13:
        os._exit(9)
    return number


def process_of(number: int) -> int:
    return os.getpid()


def lost(number: int) -> int:
    return -number


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(in_processes(square_slowly, range(40), 2, lost)) == [n * n for n in range(40)]


def test_a_process_that_dies_costs_only_its_item() -> None:
    expected = [-13 if n == 13 else n for n in range(60)]
    assert list(in_processes(die_of_thirteen, range(60), 2, lost)) == expected


def test_no_more_processes_than_asked_for() -> None:
    assert len(set(in_processes(process_of, range(50), 2, lost))) <= 2
