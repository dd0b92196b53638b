"""Work spread over processes: bounded, in order, and safe from a process that dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items handed over together, which makes handing over cheap, and the number of such portions a
# process may be ahead of the slowest, which bounds the memory of long runs.
_PORTION = 8
_AHEAD = 3


def in_processes(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int, died: Callable[[Item], Result]
) -> Iterator[Result]:
    """`work` on each of `items` in `jobs` processes; results in the order of `items`.

    Where a process dies, the items then in hand are done again one by one, each in a process of
    its own, and `died` gives the result of the one that brought it down.
    """
    portion = max(1, min(_PORTION, len(items) // (jobs * 2)))
    position = 0
    while position < len(items):
        for result in _until_broken(work, items[position:], jobs, portion):
            position += 1
            yield result
        for item in items[position : position + portion * jobs * _AHEAD]:
            position += 1
            yield _alone(work, item, died)


def _until_broken(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int, portion: int
) -> Iterator[Result]:
    """Results in order, ending early where a process has died."""
    waiting: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(min(jobs, len(items))) as pool:
        try:
            for start in range(0, len(items), portion):
                waiting.append(pool.submit(partial(_each, work), items[start : start + portion]))
                if len(waiting) >= jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            return
        finally:
            for future in waiting:
                future.cancel()


def _each(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [work(item) for item in items]


def _alone(work: Callable[[Item], Result], item: Item, died: Callable[[Item], Result]) -> Result:
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return died(item)
