"""The files in a zip as sources of their own. Nothing is unpacked to the disk; zips in it stay shut."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from linter.bundle import bundles
from linter.document.archive import Archive
from linter.document.model import Document, Unreadable
from linter.files import ZIP, Source, is_taken
from linter.pictures import PICTURES, parted

SEPARATOR = "!/"
"""What parts the zip's path from the name inside it."""
_MOST_FILES = 2000
_MOST_BYTES = 1024 * 1024 * 1024
_UTF8_FLAG = 0x800
_OFFICE = ("word/", "xl/", "ppt/", "ofd.xml", "mimetype", "[content_types].xml")
_SYSTEM = ("__macosx",)
_NESTED = "压缩包里的压缩包不再打开，请解压后再检查"
_NOTHING = "压缩包里没有可以检查的文件（{}）"


def zip_sources(source: Source, suffixes: frozenset[str]) -> list[Source] | None:
    """The files in a zip, a page with its attachments as one; None for what is not such a zip."""
    from linter.document.registry import BINARY_LIMIT

    try:
        archive = _archive(source)
    except Unreadable as reason:
        is_zip = PurePosixPath(source.path).suffix.lower() == ZIP
        return [source._replace(fault=str(reason))] if is_zip and source.data is None else None
    if archive is None:
        return None
    entries = {entry_name(entry): entry for entry in archive.entries if _is_file(entry)}
    if any(name.lower().startswith(_OFFICE) for name in entries):
        return None
    names = sorted(name for name in entries if _is_shown(name))
    found = [name for name in names if is_taken(PurePosixPath(name).name, suffixes)]
    pictures = [name for name in names if is_taken(PurePosixPath(name).name, PICTURES - suffixes)]
    documents, scans = parted(found, pictures)
    taken = [*documents, *(page for pages in scans for page in pages)]
    nested = [name for name in names if is_taken(PurePosixPath(name).name, frozenset({ZIP}))]
    fault = _fault([entries[name] for name in taken], bool(taken or nested), suffixes)
    if fault:
        return [source._replace(data=None, fault=fault)]

    def inner(name: str) -> Source:
        container = "" if source.data is not None else source.path
        return Source(source.path + SEPARATOR + name, source.data, container=container, inside=name)

    def opening(name: str, size: int) -> bytes:
        if entries[name].file_size > BINARY_LIMIT:
            return b""
        try:
            return archive.unpacked(entries[name])[:size]
        except Unreadable:
            return b""

    sources = [
        inner(bundle.first)._replace(partners=tuple(map(inner, bundle.others)), notes=bundle.notes)
        for bundle in bundles(documents, opening)
    ]
    sources += [inner(first)._replace(pages=tuple(map(inner, rest))) for first, *rest in scans]
    sources.sort(key=lambda source: source.inside)
    return sources + [inner(name)._replace(data=None, fault=_NESTED) for name in nested]


def _fault(entries: Sequence[zipfile.ZipInfo], found: bool, suffixes: frozenset[str]) -> str:
    """Why nothing of the zip is read."""
    if len(entries) > _MOST_FILES:
        return f"压缩包里的文件超过 {_MOST_FILES} 个，未读取"
    # What is unpacked never exceeds the size stated, so the sum of these bounds the whole.
    if sum(entry.file_size for entry in entries) > _MOST_BYTES:
        return "压缩包里的文件解压后体积异常巨大，疑似压缩炸弹，已拒绝读取"
    return "" if found else _NOTHING.format("、".join(sorted(suffixes)))


def bytes_inside(source: Source) -> bytes:
    """The file that `source` names inside its zip. Raises Unreadable."""
    archive, entries = _listed(source)
    return archive.unpacked(entries[source.inside])


def _listed(source: Source) -> tuple[Archive, dict[str, zipfile.ZipInfo]]:
    from linter.document.registry import BINARY_LIMIT

    archive = _archive(source)
    entries = {} if archive is None else {entry_name(entry): entry for entry in archive.entries}
    if archive is None or source.inside not in entries:
        raise Unreadable("压缩包已改变，里面没有这个文件")
    if entries[source.inside].file_size > BINARY_LIMIT:
        raise Unreadable(f"文件超过 {BINARY_LIMIT // 1024 // 1024} MB，不像一份年度报告，未读取")
    return archive, entries


def read_inside(source: Source) -> Document:
    """Read the file that `source` names inside its zip. Raises Unreadable."""
    from linter.document.registry import BINARY_LIMIT, read_document

    archive, entries = _listed(source)

    def beside(address: str, archive: Archive = archive) -> bytes | None:
        from linter.document.beside import local_path

        name = local_path(address)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source.inside), name)) if name else ""
        entry = entries.get(path)
        return archive.unpacked(entry) if entry and entry.file_size <= BINARY_LIMIT else None

    return read_document(archive.unpacked(entries[source.inside]), source.inside, partial(beside))


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of a file in a zip as people wrote it, made a plain relative path.

    Without the mark for UTF-8 it was written by an old program: UTF-8 or GB18030 by its bytes.
    """
    name = entry.filename
    if not entry.flag_bits & _UTF8_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030") if raw else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _is_file(entry: zipfile.ZipInfo) -> bool:
    # A file without a name makes is_dir() fail.
    return bool(entry.filename) and not entry.is_dir()


def _is_shown(name: str) -> bool:
    parts = name.split("/")
    return parts[0].lower() not in _SYSTEM and not any(part.startswith(".") for part in parts[:-1])


def _archive(source: Source) -> Archive | None:
    """The zip that `source` is, or is in; None for a file of another kind."""
    if source.data is not None:
        return Archive(source.data, _MOST_BYTES) if source.data.startswith(b"PK") else None
    path = Path(source.container or source.path)
    try:
        status = path.stat()
        if not path.is_file():
            return None
        with path.open("rb") as file:
            if not file.read(4).startswith(b"PK"):
                return None
    except OSError:
        return None
    return _opened(str(path), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=1)
def _opened(path: str, changed: int, size: int) -> Archive:
    """The zip at `path`, kept for the next file in it."""
    from linter.document.registry import BINARY_LIMIT, os_reason

    del changed
    if size > BINARY_LIMIT:
        raise Unreadable(f"压缩包超过 {BINARY_LIMIT // 1024 // 1024} MB，未读取，请解压后再检查")
    try:
        return Archive(Path(path).read_bytes(), _MOST_BYTES)
    except OSError as error:
        raise Unreadable(os_reason(error)) from None
