"""The files of a run: named ones, those in folders, and standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

STDIN = "-"


class Source(NamedTuple):
    """A file to read, under the path that the user knows it by.

    `data` is its content where it does not come from the disk; `fault` says in Chinese why there is
    nothing to read.
    """

    path: str
    data: bytes | None = None
    fault: str = ""


def find_sources(paths: Iterable[str], suffixes: frozenset[str], stdin: Source | None = None) -> list[Source]:
    """The files that `paths` name, in their order; those of a folder sorted by path, each once.

    Of a folder, files with one of `suffixes` are taken, at any depth, but neither hidden ones nor
    the lock files of Word (~$…). `stdin` stands for the path "-".
    """
    sources: list[Source] = []
    seen: set[str] = set()
    for path in paths:
        for source in _sources(path, suffixes, stdin):
            identity = source.path if source.data is not None else os.path.realpath(source.path)
            if identity not in seen:
                seen.add(identity)
                sources.append(source)
    return sources


def _sources(path: str, suffixes: frozenset[str], stdin: Source | None) -> Iterator[Source]:
    if path == STDIN and stdin is not None:
        yield stdin
    elif Path(path).is_dir():
        yield from _folder(path, suffixes)
    else:
        yield Source(path)


def _folder(folder: str, suffixes: frozenset[str]) -> list[Source]:
    faults: list[Source] = []

    def refused(error: OSError) -> None:
        faults.append(Source(str(error.filename), fault="文件夹打不开（没有权限或已被移走）"))

    found: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(where, name)
            for name in names
            if Path(name).suffix.lower() in suffixes and not name.startswith((".", "~$"))
        ]
    if not found and not faults:
        kinds = "、".join(sorted(suffixes))
        return [Source(folder, fault=f"文件夹中没有可以检查的文件（{kinds}）")]
    return [Source(str(path)) for path in sorted(found)] + faults
