"""Work spread over processes: bounded, in order, and safe from a process that dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Results kept waiting for an earlier, slower one; bounds the memory of long runs.
_AHEAD = 8


def in_processes(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int, died: Callable[[Item], Result]
) -> Iterator[Result]:
    """`work` on each of `items` in `jobs` processes; results in the order of `items`.

    Where a process dies, the items then in hand are done again one by one, each in a process of
    its own, and `died` gives the result of the one that brought it down.
    """
    position = 0
    while position < len(items):
        for result in _until_broken(work, items[position:], jobs):
            position += 1
            yield result
        for item in items[position : position + jobs * _AHEAD]:
            position += 1
            yield _alone(work, item, died)


def _until_broken(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """Results in order, ending early where a process has died."""
    waiting: deque[Future[Result]] = deque()
    ahead = iter(items)
    with ProcessPoolExecutor(min(jobs, len(items))) as pool:
        try:
            for item in ahead:
                waiting.append(pool.submit(work, item))
                if len(waiting) >= jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            return
        finally:
            for future in waiting:
                future.cancel()


def _alone(work: Callable[[Item], Result], item: Item, died: Callable[[Item], Result]) -> Result:
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return died(item)
