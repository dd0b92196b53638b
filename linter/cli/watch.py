"""`check --watch`: look at the files now and again, and check whenever one has changed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

import click

Seen: TypeAlias = dict[str, tuple[int, int]]

_EVERY = 0.5
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
_SETTLED = 0.15


def watch(check: Callable[[], int], paths: Iterable[str], config: str | None, output: str | None) -> None:
    """Check now and on every change of the files under `paths`, until Ctrl-C; a fault is shown and waited
    out. `output` is what the check writes itself."""
    named = [*paths, *([config] if config else [])]
    own = str(Path(output).absolute()) if output else ""
    try:
        while True:
            before = _seen(named, own)
            if sys.stdout.isatty():
                click.echo(_CLEAR, nl=False)
            _check(check)
            now = datetime.now().strftime("%H:%M:%S")
            click.echo(f"{now} 等待文件修改，按 Ctrl-C 结束 · waiting for changes, Ctrl-C ends", err=True)
            _wait(partial(_seen, named, own), before)
    except KeyboardInterrupt:
        return


def _check(check: Callable[[], int]) -> None:
    try:
        check()
    except click.ClickException as fault:
        fault.show()


def _wait(seen: Callable[[], Seen], before: Seen) -> None:
    """Return once the files are others than `before`, and none is being written any more."""
    while (after := seen()) == before:
        time.sleep(_EVERY)
    while True:
        time.sleep(_SETTLED)
        if (again := seen()) == after:
            return
        after = again


def _seen(paths: Iterable[str], own: str) -> Seen:
    """Time and size of every file under `paths` but `own`, and of the configurations above them."""
    found: Seen = {}
    for path in paths:
        for file in _files(path):
            if str(Path(file).absolute()) == own:
                continue
            try:
                status = Path(file).stat()
            except OSError:
                continue
            found[file] = status.st_mtime_ns, status.st_size
    return found


def _files(path: str) -> Iterable[str]:
    for where, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (str(Path(where, name)) for name in names if not name.startswith((".", "~$")))
    # The time of a folder changes with the output that is written into it.
    if not Path(path).is_dir():
        yield path
    above = Path(path).absolute()
    for folder in above.parents:
        yield from (str(folder / name) for name in ("gongkai.toml", "pyproject.toml"))
