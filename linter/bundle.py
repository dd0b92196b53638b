"""Which files of a folder are one report: a web page with its attachments, or with what a browser saved.

Told by names and by the page's links only. Files that are no page never join each other: a Word file and a
PDF of the same name are two sources.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import unescape
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import unquote

_PAGES = frozenset({".html", ".htm", ".mht", ".mhtml", ".xhtml", ".shtml"})
_TEXTS = frozenset({".txt", ".md", ".markdown"})
_SAVED = ("_files", ".files", "_file", "_文件", ".fld")
_READ = 2 * 1024 * 1024
"""Bytes of a page in which its links are looked for."""
_TARGET = re.compile(r"""(?:href|src|data)\s*=\s*["']?([^"'<>]{1,500})""", re.I)
_SHOWN = re.compile(r"<a\b[^<>]{0,1000}>([^<>]{4,200})<", re.I)
_PARTING = re.compile(r"[/\\=?&#]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Bundle(NamedTuple):
    """A file, the others of the same report, and what is not read of what belongs to it."""

    first: str
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def has_pages(names: Iterable[str]) -> bool:
    """Whether any of the files is a web page, without which every file stands for itself."""
    return any(_suffix(name) in _PAGES for name in names)


def bundles(names: Sequence[str], opening: Callable[[str, int], bytes]) -> list[Bundle]:
    """The files in bundles, in the order of the first of each; `opening` gives a file's first bytes."""
    pages = [name for name in names if _suffix(name) in _PAGES]
    saved = _saved_with(pages)
    beside: dict[PurePath, list[str]] = defaultdict(list)
    for name in names:
        if _suffix(name) not in _PAGES | _TEXTS:
            beside[PurePath(name).parent].append(name)
    joined: set[str] = {name for inner in saved.values() for name in inner}
    others: dict[str, tuple[str, ...]] = {}
    for match in (_same_name, _linked):
        for page in pages:
            if page in joined or others.get(page):
                continue
            free = [name for name in beside[PurePath(page).parent] if name not in joined]
            found = match(page, free, opening) if free else []
            others[page] = tuple(found)
            joined.update(found)
    return [
        Bundle(name, others.get(name, ()), _notes(saved.get(name, [])))
        for name in names
        if name not in joined
    ]


def _saved_with(pages: Sequence[str]) -> dict[str, list[str]]:
    """The pages in the folder that a browser made for another page: its frames and advertisements."""
    owners = {str(PurePath(page).with_suffix("")) + suffix: page for page in pages for suffix in _SAVED}
    saved: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for folder in PurePath(page).parents:
            if str(folder) in owners:
                saved[owners[str(folder)]].append(page)
                break
    return saved


def _notes(saved: Sequence[str]) -> tuple[str, ...]:
    if not saved:
        return ()
    folder = PurePath(saved[0]).parent.name
    return (f"{folder} 文件夹里随网页保存的 {len(saved)} 个网页不单独检查",)


def _same_name(page: str, files: Sequence[str], opening: Callable[[str, int], bytes]) -> list[str]:
    del opening
    stem = _named(page).stem
    return [name for name in files if _named(name).stem == stem]


def _linked(page: str, files: Sequence[str], opening: Callable[[str, int], bytes]) -> list[str]:
    """The files that the page links to, or shows as the text of a link."""
    text = _text(opening(page, _READ))
    called = {
        part.strip().casefold()
        for target in _TARGET.findall(text)
        for part in _PARTING.split(unquote(unescape(target)))
    }
    shown = {"".join(unescape(words).split()).casefold() for words in _SHOWN.findall(text)}
    if not called and not shown:
        return []
    years = _named(page).years
    found = []
    for name in files:
        own = _named(name)
        if own.name not in called and shown.isdisjoint(own.words):
            continue
        if not years or not own.years or years & own.years:
            found.append(name)
    return found


class _Named(NamedTuple):
    """What a file is called, in small letters: whole, without its suffix, both without blanks; and the
    years in it."""

    name: str
    stem: str
    words: frozenset[str]
    years: frozenset[str]


@lru_cache(maxsize=10_000)
def _named(path: str) -> _Named:
    """The names of a file: every page of a folder is compared with every file there."""
    own = PurePath(path)
    words = frozenset("".join(part.split()).casefold() for part in (own.name, own.stem))
    return _Named(own.name.casefold(), own.stem.casefold(), words, frozenset(_YEAR.findall(own.name)))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()
