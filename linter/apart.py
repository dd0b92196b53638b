"""Work done in a child of this process that is watched, where this process may not fork: in a worker of a
cluster, which runs threads.

`python -m linter.apart ADDRESS` is the child.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from threading import Lock
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
        pipe = listener.accept()
    pipe.send(work)
    return process, pipe


def _main(address: str) -> None:
    pipe = Client(address, authkey=os.environ.pop(_KEY).encode())
    serve(pipe, pipe.recv())


if __name__ == "__main__":
    _main(sys.argv[1])
