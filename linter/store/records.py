"""Records kept in a store: a file whose content, statements and rules are as before is not read again."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from linter import __version__
from linter.corpus.collect import Item, fetched
from linter.corpus.reading import LOST, Engine, Judging, digest_of, records
from linter.corpus.record import FORM, Record, from_json, to_json
from linter.resources import resource_folder
from linter.store import schema
from linter.store.connection import Store, insert_new

# As many results as a run that is killed may have to make again.
_BATCH = 20


class _Turn(NamedTuple):
    """An item in its turn: the key of its record ("" where none can be kept), and whether it is kept."""

    path: str
    key: str
    is_kept: bool


def kept_records(store: Store, judging: Judging, items: Sequence[Item], engine: Engine) -> Iterator[Record]:
    """The record of each item, in order: that in the store, else read now and put there."""
    version = version_of(judging)
    turns: deque[_Turn] = deque()
    fresh: list[tuple[str, Record]] = []

    def unread() -> Iterator[Item]:
        for item in items:
            source = fetched(item.source)
            key = _key(item, digest_of(source), version)
            is_kept = key != "" and _is_kept(store, key)
            turns.append(_Turn(item.source.path, key, is_kept))
            if not is_kept:
                yield item._replace(source=source)

    try:
        for record in records(judging, unread(), engine):
            yield from _before(store, turns)
            key = turns.popleft().key
            if key and record.reason != LOST:
                fresh.append((key, record))
            if len(fresh) >= _BATCH:
                batch, fresh = fresh, []
                _keep(store, batch)
            yield record
        yield from _before(store, turns)
    finally:
        _keep(store, fresh)


def _before(store: Store, turns: deque[_Turn]) -> Iterator[Record]:
    """The kept records whose turn it is before the next that had to be read. They are fetched only now:
    many may be waiting."""
    while turns and turns[0].is_kept:
        turn = turns.popleft()
        yield _kept(store, turn.key)._replace(path=turn.path)


def _key(item: Item, digest: str, version: str) -> str:
    if not digest:
        return ""
    name = PurePath(item.source.inside or item.source.path).name
    day = item.published.isoformat() if item.published else ""
    parts = (version, digest, name, item.kind or "", str(item.year or ""), day)
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def version_of(judging: Judging) -> str:
    """What tells the rules and settings of a run from others: a record made by others is made anew."""
    selection = judging.selection
    profile = Path(selection.profile)
    own = sha256(profile.read_bytes()).hexdigest() if profile.is_file() else ""
    parts = (__version__, str(FORM), _shipped(), repr(selection), own, judging.lang)
    return sha256("\n".join(parts).encode()).hexdigest()


@cache
def _shipped() -> str:
    """The rules and grammars that come with the program, in short."""
    digest = sha256()
    for name in ("rules", "grammars"):
        for path in sorted(resource_folder(name).rglob("*")):
            if path.is_file():
                digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()


def _is_kept(store: Store, key: str) -> bool:
    from sqlalchemy import select

    column = schema.records.c.key
    with store.reading() as connection:
        return connection.execute(select(column).where(column == key)).first() is not None


def _kept(store: Store, key: str) -> Record:
    from sqlalchemy import select

    kept = schema.records.c
    with store.reading() as connection:
        body = connection.execute(select(kept.body).where(kept.key == key)).scalar_one()
    return from_json(unpacked(body))


def _keep(store: Store, made: Sequence[tuple[str, Record]]) -> None:
    if not made:
        return
    from sqlalchemy import select

    now = written_now()
    # In the order of keys: two runs that keep the same records then wait for each other, never both.
    some = dict(sorted(dict(made).items()))
    kept = schema.records.c
    with store.writing() as connection:
        insert_new(connection, schema.records, [_row(key, record, now) for key, record in some.items()])
        numbers = connection.execute(select(kept.id, kept.key).where(kept.key.in_(some)).order_by(kept.key))
        figures = [row for number, key in numbers for row in _figures(number, some[key])]
        insert_new(connection, schema.figures, figures)


def _row(key: str, record: Record, now: str) -> dict[str, Any]:
    return {
        "key": key,
        "digest": record.digest,
        "name": PurePath(record.path).name.encode("utf-8", "backslashreplace").decode(),
        "issuer": record.issuer,
        "year": record.year,
        "made": now,
        "body": packed(to_json(record)),
    }


def _figures(number: int, record: Record) -> Iterator[dict[str, Any]]:
    for table, cells in record.cells.items():
        for row, column, _, value in cells:
            if value is not None:
                yield {"record": number, "table": table, "row": row or "", "column": column, "value": value}


def packed(value: Any) -> bytes:
    """A JSON value, compressed."""
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def unpacked(body: bytes) -> Any:
    """The value that was packed."""
    return json.loads(zlib.decompress(body))


def written_now() -> str:
    """The time now as stores hold it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
