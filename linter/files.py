"""The files of a run: named ones, those in folders and zips, and standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from linter.pictures import PICTURES, parted

STDIN = "-"
ZIP = ".zip"


class Source(NamedTuple):
    """A file to read, under the path that the user knows it by.

    `data` is its content where it does not come from the disk; `fault` says in Chinese why there is
    nothing to read. A file in a zip is named `inside` it: the zip is then `data`, or the file `container`.
    `partners` are other files of the same report: the attachments of a page; `pages` are the further
    pages of a report that was scanned to a picture a page; `notes` say what of the folder is not read.
    """

    path: str
    data: bytes | None = None
    fault: str = ""
    container: str = ""
    inside: str = ""
    partners: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    pages: tuple[Source, ...] = ()


def find_sources(paths: Iterable[str], suffixes: frozenset[str], stdin: Source | None = None) -> list[Source]:
    """The files that `paths` name, in their order; those of a folder sorted by path, each once.

    Of a folder, and of a zip, files with one of `suffixes` are taken, at any depth, and pictures that
    belong to no document, but neither hidden ones nor the lock files of Word (~$…); a page and its
    attachments there are one source, as are the numbered pictures of pages. `stdin` stands for the path "-".
    """
    sources: list[Source] = []
    seen: set[str] = set()
    for path in paths:
        for source in _sources(path, suffixes, stdin):
            on_disk = source.data is None and not source.inside
            identity = os.path.realpath(source.path) if on_disk else source.path
            if identity not in seen:
                seen.add(identity)
                sources.append(source)
    return sources


def files_of(source: Source) -> Iterator[str]:
    """The files on the disk that are read for `source`."""
    for each in (source, *source.pages, *source.partners):
        if each.data is None:
            yield each.container or each.path


def is_taken(name: str, suffixes: frozenset[str]) -> bool:
    """Whether a file found in a folder is one to read."""
    return PurePath(name).suffix.lower() in suffixes and not name.startswith((".", "~$"))


def _sources(path: str, suffixes: frozenset[str], stdin: Source | None) -> Iterator[Source]:
    if path == STDIN and stdin is not None:
        yield from _opened(stdin, suffixes)
    elif Path(path).is_dir():
        yield from _folder(path, suffixes)
    else:
        yield from _opened(Source(path), suffixes)


def _opened(source: Source, suffixes: frozenset[str]) -> list[Source]:
    """The files in a zip; the source itself where it is none."""
    if PurePath(source.path).suffix.lower() in suffixes and source.data is None:
        return [source]
    from linter.zipped import zip_sources

    found = zip_sources(source, suffixes)
    return [source] if found is None else found


def _folder(folder: str, suffixes: frozenset[str]) -> list[Source]:
    faults: list[Source] = []

    def refused(error: OSError) -> None:
        faults.append(Source(str(error.filename), fault="文件夹打不开（没有权限或已被移走）"))

    found: list[str] = []
    pictures: list[str] = []
    zips: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [str(Path(where, name)) for name in names if is_taken(name, suffixes)]
        pictures += [str(Path(where, name)) for name in names if is_taken(name, PICTURES - suffixes)]
        zips += [Path(where, name) for name in names if is_taken(name, frozenset({ZIP}))]
    sources = _grouped(found, pictures) + faults
    for path in sorted(zips):
        sources += [inner for inner in _opened(Source(str(path)), suffixes) if inner.inside or inner.fault]
    if not sources:
        kinds = "、".join(sorted(suffixes))
        return [Source(folder, fault=f"文件夹中没有可以检查的文件（{kinds}）")]
    return sources


def _grouped(found: list[str], pictures: list[str]) -> list[Source]:
    """The sources of a folder's files: a page with its attachments as one, and the pages of a scan."""
    names, scans = parted(found, pictures)
    sources = _bundled(sorted(names))
    sources += [Source(first, pages=tuple(map(Source, rest))) for first, *rest in scans]
    return sorted(sources, key=lambda source: Path(source.path))


def _bundled(names: list[str]) -> list[Source]:
    from linter.bundle import bundles, has_pages

    if not has_pages(names):
        return list(map(Source, names))

    def opening(name: str, size: int) -> bytes:
        try:
            with Path(name).open("rb") as file:
                return file.read(size)
        except OSError:
            return b""

    return [
        Source(
            bundle.first,
            partners=tuple(Source(name) for name in bundle.others),
            notes=bundle.notes,
        )
        for bundle in bundles(names, opening)
    ]
