"""Work done in processes that are watched: one that hangs or dies costs only what it had in hand."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# How far results may be ahead of the slowest, for each process: it bounds the memory of a long run.
_AHEAD = 16
# After so many items a process makes way for a new one, so that what a library leaks stays bounded.
_ITEMS = 1000
_ORPHAN_SECONDS = 1.0


class Watch(NamedTuple):
    """How many processes work, and the seconds one may take for an item."""

    jobs: int = 1
    seconds: float = 120


def supervised(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    watch: Watch,
    failed: Callable[[Item], Result],
) -> Iterator[Result]:
    """`work` on each of `items`; results in the order of `items`, which are taken as they are needed.

    `failed` gives the result of an item whose process died, or was ended because it took too long.
    """
    crew = [Worker(work, failed, _forked) for _ in range(max(1, watch.jobs))]
    try:
        yield from _results(enumerate(items), crew, watch)
    finally:
        for worker in crew:
            worker.end()


def _results(
    items: Iterator[tuple[int, Item]], crew: list[Worker[Item, Result]], watch: Watch
) -> Iterator[Result]:
    done: dict[int, Result] = {}
    given = told = 0
    exhausted = False
    while True:
        for worker in crew:
            while not worker.busy and not exhausted and given < told + _AHEAD * len(crew):
                following = next(items, None)
                if following is None:
                    exhausted = True
                    break
                given += 1
                if not worker.give(*following, monotonic() + watch.seconds):
                    done[following[0]] = worker.failure()
        for index, result in _finished([worker for worker in crew if worker.busy]):
            done[index] = result
        while told in done:
            yield done.pop(told)
            told += 1
        if exhausted and told == given:
            return


def _finished(busy: list[Worker[Item, Result]]) -> Iterator[tuple[int, Result]]:
    """What the next of the workers to finish, to die or to run out of time leave."""
    if not busy:
        return
    patience = max(0.0, min(worker.until for worker in busy) - monotonic())
    ready = set(wait([worker.pipe for worker in busy], patience))
    now = monotonic()
    for worker in busy:
        if worker.pipe in ready:
            yield worker.index, worker.take()
        elif now >= worker.until:
            yield worker.index, worker.failure()


class Process(Protocol):
    """A process that can be ended."""

    def kill(self) -> None: ...  # noqa: D102


Start = Callable[[Callable[[Any], Any]], tuple[Process, Connection]]


class Worker(Generic[Item, Result]):
    """A process and the item it has in hand; it is started with the first item."""

    def __init__(
        self, work: Callable[[Item], Result], failed: Callable[[Item], Result], start: Start
    ) -> None:
        self._work = work
        self._failed = failed
        self._start = start
        self._process: Process | None = None
        self._item: Any = None
        self._left = 0
        self.pipe: Connection
        self.busy = False
        self.index = 0
        self.until = 0.0

    def give(self, index: int, item: Item, until: float) -> bool:
        """Hand an item over; False where the process is gone."""
        self.index, self._item, self.until, self.busy = index, item, until, True
        if self._process is None or not self._left:
            self.end()
            self._process, self.pipe = self._start(self._work)
            self._left = _ITEMS
        self._left -= 1
        try:
            self.pipe.send(item)
        except (BrokenPipeError, ConnectionError):
            return False
        return True

    def take(self) -> Result:
        """The result of the item in hand."""
        try:
            fault, result = self.pipe.recv()
        except (EOFError, OSError):
            return self.failure()
        self.busy = False
        if fault is not None:
            raise fault
        found: Result = result
        return found

    def failure(self) -> Result:
        """The process ended, and what then stands for the result."""
        self.end()
        self.busy = False
        return self._failed(self._item)

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self.pipe.close()
            self._process = None


def _forked(work: Callable[[Any], Any]) -> tuple[Process, Connection]:
    """A process of this machine's usual kind, which on Linux has all that this one has loaded."""
    pipe, inner = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(inner, work), daemon=True)
    process.start()
    inner.close()
    return process, pipe


def serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Work on what comes through the pipe until the process that sends it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()
    with suppress(EOFError, OSError):
        while True:
            # The end of the pipe does not tell that the parent is gone: brothers hold it open as well.
            while not pipe.poll(_ORPHAN_SECONDS):
                if os.getppid() != parent:
                    return
            item = pipe.recv()
            answer: tuple[Exception | None, Any]
            try:
                answer = None, work(item)
            except Exception as fault:
                answer = fault, None
            pipe.send(answer)
