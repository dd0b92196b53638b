"""Results kept from run to run, so that only what has changed is read and judged again.

A result is kept under the hash of all that it rests on: the bytes of every file read for it and the name
it goes by from the current folder, the rules with their texts and the settings that hold for it, the
baseline, the program itself, and what is installed beside it. One that rests on a suppression with a last
day is good up to that day. Where any of that cannot be told, nothing is kept.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import Any

from linter import __version__
from linter.compiled import keep
from linter.files import Source, files_of
from linter.lint import Job, Selection, for_file, ruleset_for, run, today
from linter.render.entry import Compared, Entry
from linter.resources import resource_folder

FOLDER = ".gongkai_cache"
MOST_ENTRIES = 20_000
MOST_BYTES = 512 * 1024 * 1024

_PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
# A page may show a file beside it in a frame; a page in UTF-16 hides its frames from this expression.
_FRAMES = re.compile(rb"<(?:i?frame|embed|object)\b|\0", re.I)
_OPTIONAL = ("rapidocr", "onnxruntime", "cv2", "numpy")


class Cache:
    """The kept results of one job, in a folder of their own below `base`."""

    def __init__(self, base: Path, job: Job) -> None:
        self._folder = base / FOLDER
        self._job = job
        self._run = _hash(repr(_circumstances(job)).encode())
        self._contents: dict[tuple[str, int, int], bytes] = {}
        self._rules: dict[Selection, bytes] = {}
        self._written = False

    def entries(
        self, work: Callable[[Source], Entry], sources: Sequence[Source], jobs: int
    ) -> Iterator[Entry]:
        """`work` on every source, in order, from what is kept where that is there."""
        keys = [self._key(source) for source in sources]
        there = [key is not None and self._path(key).is_file() for key in keys]
        made = run(work, [source for source, hit in zip(sources, there, strict=True) if not hit], jobs)
        for source, key, hit in zip(sources, keys, there, strict=True):
            entry = self._load(key) if hit and key else None
            if entry is None:
                entry = work(source) if hit else next(made)
                self._keep(key, entry)
            yield entry
        if self._written:
            self._bound()

    def _key(self, source: Source) -> str | None:
        """The name of a source's result; None where it is not to be kept."""
        if source.data is not None or source.fault:
            return None
        job = for_file(self._job, source.container or source.path)
        # How the run ends is not in what is said of a file.
        settings = job.settings._replace(fail_on="", fail_on_stale=False)
        own = (job.stated, job.suppressions, settings, source)
        parts = [repr(own).encode("utf-8", "surrogateescape"), self._rules_of(job.selection)]
        try:
            parts += [self._content(path) for path in files_of(source)]
        except (OSError, _Uncertain):
            return None
        return _hash(self._run, *parts).hex()

    def _rules_of(self, selection: Selection) -> bytes:
        """The hash of the rules that hold, with all their parameters and the files that have their texts."""
        if selection not in self._rules:
            ruleset = ruleset_for(selection)
            texts = [path.read_bytes() for path in sorted({rule.path for rule in ruleset.rules})]
            self._rules[selection] = _hash(repr(ruleset).encode(), *texts)
        return self._rules[selection]

    def _content(self, path: str) -> bytes:
        """The hash of a file's bytes. Raises OSError, and _Uncertain where it may show other files."""
        status = Path(path).stat()
        known = (path, status.st_mtime_ns, status.st_size)
        if known not in self._contents:
            data = Path(path).read_bytes()
            if PurePath(path).suffix.lower() in _PAGES and _FRAMES.search(data):
                raise _Uncertain
            self._contents[known] = _hash(data)
        return self._contents[known]

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]

    def _load(self, key: str) -> Entry | None:
        """What is kept under `key`; None where it is damaged or its last day is over."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            digest, _, content = self._path(key).read_bytes().partition(b"\n")
            if digest == _hash(content).hex().encode():
                said = json.loads(content)
                compared = said.pop("compared")
                entry = Entry(**said, compared=Compared(*map(tuple, compared)) if compared else None)
                return entry if not entry.until or today().isoformat() <= entry.until else None
        return None

    def _keep(self, key: str | None, entry: Entry) -> None:
        """Keep a result that will be the same again: not that something failed."""
        if key is None or entry.reason or entry.errors or entry.spent:
            return
        if not self._written:
            self._written = True
            keep(self._folder / ".gitignore", b"*\n")
            keep(self._folder / "CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55\n")
        fields = {name: value for name, value in entry._asdict().items() if name not in ("errors", "spent")}
        content = json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace")
        keep(self._path(key), _hash(content).hex().encode() + b"\n" + content)

    def _bound(self) -> None:
        """Drop the oldest results where there are too many."""
        found: list[tuple[float, int, str]] = []
        with suppress(OSError):
            for shard in os.scandir(self._folder):
                if shard.is_dir(follow_symlinks=False):
                    for file in os.scandir(shard.path):
                        status = file.stat(follow_symlinks=False)
                        found.append((status.st_mtime, status.st_size, file.path))
        found.sort(reverse=True)
        size = 0
        for number, (_, length, path) in enumerate(found):
            size += length
            if number >= MOST_ENTRIES or size > MOST_BYTES:
                with suppress(OSError):
                    Path(path).unlink()


class _Uncertain(Exception):
    """What a result rests on cannot be told beforehand."""


def _circumstances(job: Job) -> tuple[Any, ...]:
    """All that every result of a run rests on besides its files, their rules and settings."""
    from importlib.util import find_spec
    from shutil import which

    baseline = Path(job.baseline).read_bytes() if job.baseline else b""
    return (
        __version__,
        _program(),
        [find_spec(name) is not None for name in _OPTIONAL],
        which("soffice"),
        Path.cwd(),
        job.format,
        _hash(baseline),
    )


def _program() -> list[tuple[str, int, int]]:
    """The files of the program: in a checkout they change without a new version."""
    folders = [Path(__file__).parent, *map(resource_folder, ("grammars", "templates"))]
    found = []
    for folder in folders:
        for where, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if name != "__pycache__"]
            for name in names:
                status = Path(where, name).stat()
                found.append((name, status.st_mtime_ns, status.st_size))
    return sorted(found)


def _hash(*parts: bytes) -> bytes:
    """One hash of several parts, which cannot run into each other."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()
