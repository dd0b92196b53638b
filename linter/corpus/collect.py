"""The files of a corpus: from folders, patterns, zips and remote stores, each once, in a fixed order."""

from __future__ import annotations

import datetime as dt
import glob
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from linter.document.registry import BINARY_LIMIT, SUPPORTED_SUFFIXES
from linter.files import ZIP, Source, find_sources, is_taken
from linter.report.model import IssuerKind

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_PATTERN = re.compile(r"[*?\[]")


class MissingExtra(Exception):
    """A library that is installed with an extra; the message names it."""


class Item(NamedTuple):
    """A file of the corpus with what a manifest states of it; None where the file itself is to tell."""

    source: Source
    unit: str | None = None
    kind: IssuerKind | None = None
    year: int | None = None
    published: dt.date | None = None


def collect(paths: Iterable[str]) -> list[Item]:
    """The files under `paths`: files, folders, zips, patterns such as 年报/**/*.docx, and addresses such as
    s3://bucket/年报. What is not found is an item that says so."""
    items: dict[str, Item] = {}
    for path in paths:
        for source in _sources(path):
            items.setdefault(source.path, Item(source))
    return list(items.values())


def _sources(path: str) -> Iterator[Source]:
    if is_remote(path):
        yield from _remote(path)
    elif _PATTERN.search(path) and not Path(path).exists():
        found = sorted(name for name in glob.glob(path, recursive=True) if Path(name).is_file())  # noqa: PTH207
        if not found:
            yield Source(path, fault="没有符合的文件")
        yield from find_sources(found, SUPPORTED_SUFFIXES)
    else:
        yield from find_sources([path], SUPPORTED_SUFFIXES)


def is_remote(path: str) -> bool:
    """Whether the path is an address that fsspec opens."""
    return _URL.match(path) is not None


def _remote(address: str) -> Iterator[Source]:
    from linter.bundle import bundles

    try:
        system, path = _filesystem(address)
        if _PATTERN.search(path):
            found = system.glob(path)
        elif system.isdir(path):
            found = system.find(path)
        else:
            yield Source(address)
            return
    except MissingExtra:
        raise
    except Exception as fault:  # whatever a store of any kind raises
        yield Source(address, fault=_refused(fault))
        return
    names = sorted(str(name) for name in found)
    taken = [name for name in names if is_taken(PurePosixPath(name).name, SUPPORTED_SUFFIXES)]
    zips = [name for name in names if is_taken(PurePosixPath(name).name, frozenset({ZIP}))]
    if not taken and not zips:
        yield Source(address, fault="没有可以检查的文件")

    def opening(name: str, size: int) -> bytes:
        try:
            data: bytes = system.cat_file(name, 0, size)
        except Exception:
            return b""
        return data

    for bundle in bundles(taken, opening):
        first, *others = (Source(system.unstrip_protocol(name)) for name in (bundle.first, *bundle.others))
        yield first._replace(partners=tuple(others), notes=bundle.notes)
    for name in zips:
        yield Source(system.unstrip_protocol(name), fault="远程的压缩包不打开，请下载后再检查")


def fetched(source: Source) -> Source:
    """The source with its content, and that of its partners, where it lies in a remote store."""
    partners, pages = tuple(map(fetched, source.partners)), tuple(map(fetched, source.pages))
    source = source._replace(partners=partners, pages=pages)
    if source.data is not None or source.fault or not is_remote(source.path):
        return source
    try:
        system, path = _filesystem(source.path)
        with system.open(path, "rb") as file:
            # One byte over the limit is enough for the reader to refuse it.
            data = file.read(BINARY_LIMIT + 1)
    except MissingExtra:
        raise
    except Exception as fault:
        return source._replace(fault=_refused(fault))
    return source._replace(data=data)


def _refused(fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return "没有这个文件"
    return f"打不开（{type(fault).__name__}：{' '.join(str(fault).split())}）"


def _filesystem(address: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ModuleNotFoundError:
        raise MissingExtra('读取远程地址需要另外安装：pip install "gongkai-lint[remote]"') from None
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as missing:
        scheme = address.partition("://")[0]
        raise MissingExtra(f"读取 {scheme}:// 需要另外安装它的 fsspec 组件（{missing}）") from None
    return system, posixpath.normpath(path) if path.startswith("/") else path
