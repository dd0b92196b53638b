"""Files judged each in a process of its own, so that a reader that hangs or dies takes nothing along."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from threading import Event, Lock, Timer
from typing import TYPE_CHECKING, Protocol

from linter.files import Source
from linter.lint import Job
from linter.render.entry import Entry
from linter.web.judging import Judged, judge_upload, packed, unpacked
from linter.web.words import web_words

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

# What each process needs is loaded once in the one that they are forked from.
_LOADED = (
    "linter.web.apart",
    "linter.document.registry",
    "linter.report.read",
    "linter.checks.engine",
    "linter.render.html",
)
# More than any file is large, together with what is said of it.
_MOST_ANSWERED = 512 * 1024 * 1024


class Judging(Protocol):
    """What judges files, wherever it does so."""

    def judge(self, job: Job, source: Source) -> Judged:
        """What came of `source`. Waits for it."""
        ...

    def close(self) -> None:
        """End what is going on."""
        ...


class Apart:
    """The processes that are judging; each is ended after `seconds`."""

    def __init__(self, seconds: float, judge: Callable[[Job, Source], Judged] = judge_upload) -> None:
        self._seconds = seconds
        self._judge = judge
        self._context = _context()
        self._running: set[BaseProcess] = set()
        self._lock = Lock()
        self._closed = False

    def judge(self, job: Job, source: Source) -> Judged:
        """What a process of its own makes of `source`. Waits for it."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_answer, args=(theirs, self._judge, job, source.path))
        process.daemon = True
        out_of_time = Event()

        def end() -> None:
            out_of_time.set()
            process.kill()

        late = Timer(self._seconds, end)
        late.daemon = True
        with self._lock:
            if self._closed:
                return _failed(job, source, "failed_closed")
            process.start()
            self._running.add(process)
        theirs.close()
        late.start()
        try:
            ours.send_bytes(source.data or b"")
            return unpacked(lambda: ours.recv_bytes(_MOST_ANSWERED))
        except (EOFError, OSError, ValueError, KeyError, TypeError):
            return _failed(job, source, "failed_late" if out_of_time.is_set() else "failed_died")
        finally:
            late.cancel()
            late.join()
            with self._lock:
                self._running.discard(process)
            ours.close()
            process.kill()
            process.join()
            process.close()

    def close(self) -> None:
        """End every process; none is started any more."""
        with self._lock:
            self._closed = True
            for process in self._running:
                process.kill()


def _failed(job: Job, source: Source, why: str) -> Judged:
    return Judged(Entry(source.path, reason=web_words(job.settings.lang)[why]))


def _context() -> ForkServerContext | SpawnContext:
    """Processes forked from a small one: the server itself has threads, and must not be forked."""
    if sys.platform == "win32" or "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    return context


def _answer(pipe: Connection, judge: Callable[[Job, Source], Judged], job: Job, name: str) -> None:
    """In the process apart: take the file's bytes, send what came of them."""
    # Ctrl-C in the terminal is for the server, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    data = pipe.recv_bytes()
    for message in packed(judge(job, Source(name, data))):
        pipe.send_bytes(message)
