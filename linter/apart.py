"""Work done in a child of this process that is watched, where this process may not fork: in a worker of a
cluster, which runs threads.

`python -m linter.apart ADDRESS` is the child.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

from linter.supervised import Process, Worker, serve

Item = TypeVar("Item")
Result = TypeVar("Result")

_KEY = "GONGKAI_APART_KEY"
_lock = Lock()
_children: list[Worker[Any, Any]] = []


def apart(work: Callable[[Item], Result], seconds: float, item: Item) -> tuple[Result] | None:
    """What `work` makes of the item; None where it took too long or its process died."""
    # One at a time, whatever the threads of the worker: not every reader may run in several.
    with _lock:
        if not _children:
            _children.append(Worker(_call, _no_result, _spawned))
        child = _children[0]
        if not child.give(0, (work, item), monotonic() + seconds) or not child.pipe.poll(seconds):
            child.failure()
            return None
        found: tuple[Result] | None = child.take()
        return found


def _call(given: tuple[Callable[[Item], Result], Item]) -> tuple[Result]:
    work, item = given
    return (work(item),)


def _no_result(given: Any) -> None:
    del given


def _spawned(work: Callable[[Any], Any]) -> tuple[Process, Connection]:
    key = os.urandom(24).hex()
    with Listener(authkey=key.encode()) as listener:
        root = str(Path(__file__).resolve().parents[1])
        paths = os.pathsep.join([root, *filter(None, sys.path)])
        process = subprocess.Popen(
            [sys.executable, "-m", "linter.apart", str(listener.address)],
            stdin=subprocess.DEVNULL,
            env={**os.environ, _KEY: key, "PYTHONPATH": paths},
        )
        address = listener.address
        Thread(target=_when_ended, args=(process, address, key.encode()), daemon=True).start()
        pipe = listener.accept()
    if process.poll() is not None:
        raise RuntimeError(f"{sys.executable} -m linter.apart ended with {process.returncode}")
    pipe.send(work)
    return process, pipe


def _when_ended(process: subprocess.Popen[bytes], address: Any, key: bytes) -> None:
    """Knock in the child's stead where it ended without a word, lest it be waited for for ever."""
    process.wait()
    with suppress(OSError, EOFError, AuthenticationError):
        Client(address, authkey=key).close()


def _main(address: str) -> None:
    pipe = Client(address, authkey=os.environ.pop(_KEY).encode())
    serve(pipe, pipe.recv())


if __name__ == "__main__":
    _main(sys.argv[1])
