"""One file of a corpus read and judged: its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeVar

from linter.corpus.collect import Item, MissingExtra, fetched, is_remote
from linter.corpus.record import Record, record_of
from linter.document.model import Unreadable
from linter.files import Source
from linter.lint import Selection, Stated, lint, load, read, ruleset_for, why_unreadable

LOST = "读取这个文件时程序意外中止，或者用时过长，未检查"
"""The reason of a file whose reader died or had to be ended."""

Given = TypeVar("Given")
Made = TypeVar("Made")


class Engine(Protocol):
    """What spreads work over processes, here or elsewhere: results in the order of the items; `failed`
    gives that of an item whose process died or took too long."""

    def __call__(  # noqa: D102
        self, work: Callable[[Given], Made], items: Iterable[Given], failed: Callable[[Given], Made]
    ) -> Iterator[Made]: ...


class Judging(NamedTuple):
    """How reports are judged."""

    selection: Selection = Selection()
    lang: Literal["zh", "en"] = "zh"


def records(judging: Judging, items: Iterable[Item], engine: Engine) -> Iterator[Record]:
    """The record of each item, in order."""
    prepare(judging)
    return engine(partial(record, judging), items, lost)


def prepare(judging: Judging) -> None:
    """Load what every file needs, so that processes forked from this one have it already."""
    load()
    ruleset_for(judging.selection)


def record(judging: Judging, item: Item) -> Record:
    """The record of one file; of one that cannot be read, with the reason."""
    source = fetched(item.source)
    digest = digest_of(source)
    stated = Stated(item.year, issuer_kind=item.kind, published=item.published)
    try:
        report = read(source, stated)
        return record_of(report, lint(report, judging.selection, judging.lang), digest)
    except MissingExtra:
        raise
    except Exception as fault:
        # One bad file never stops the others.
        return Record(item.source.path, digest, reason=why_unreadable(fault))


def lost(item: Item) -> Record:
    """What is recorded of a file whose reader died or had to be ended."""
    return Record(item.source.path, digest_of(item.source), reason=LOST)


def digest_of(source: Source) -> str:
    """What tells the content of the source, its pages and partners, from any other; "" where it cannot be
    read, or lies in a remote store and was not fetched."""
    parts = [_content(each) for each in (source, *source.pages, *source.partners)]
    if any(part is None for part in parts):
        return ""
    digests = [sha256(part).digest() for part in parts if part is not None]
    return sha256(b"".join(digests)).hexdigest() if len(digests) > 1 else digests[0].hex()


def _content(source: Source) -> bytes | None:
    if source.fault or (source.data is None and is_remote(source.path)):
        return None
    if source.inside:
        from linter.zipped import bytes_inside

        try:
            return bytes_inside(source)
        except Unreadable:
            return None
    if source.data is not None:
        return source.data
    try:
        path = Path(source.path)
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None
