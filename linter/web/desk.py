"""What the server holds: uploaded files, what came of them, for how long."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

from linter.web.judging import Copy, Judged
from linter.web.uploads import Limits, Refused, Upload, megabytes

State = Literal["waiting", "reading", "done"]


def new_token() -> str:
    """A name that nobody guesses."""
    return secrets.token_urlsafe(16)


@dataclass(slots=True)
class Item:
    """A file on the desk. `owner` is the browser that sent it, `held` the bytes that it keeps in memory."""

    owner: str
    name: str
    size: int
    data: bytes
    held: int
    state: State = "waiting"
    judged: Judged | None = None
    token: str = field(default_factory=new_token)
    touched: float = field(default_factory=monotonic)

    def settle(self, judged: Judged) -> None:
        """Keep what came of the file instead of the file."""
        self.judged = judged
        self.data = b""
        self.held = len(judged.entry.body.encode("utf-8", "replace")) + sum(
            len(copy.data) for copy in judged.copies
        )
        self.state = "done"
        self.touched = monotonic()

    def copy(self, kind: str) -> Copy | None:
        """The download of that kind, where there is one."""
        copies = self.judged.copies if self.judged else ()
        return next((copy for copy in copies if copy.kind == kind), None)


class Desk:
    """Every file held, in memory alone: nothing is written to the disk, and nothing outlives the server."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._items: dict[str, Item] = {}
        self._arriving = 0

    @contextmanager
    def arriving(self) -> Iterator[_Room]:
        """Room for the bytes of a request that is coming in, given back at its end."""
        room = _Room(self)
        try:
            yield room
        finally:
            self._arriving -= room.taken

    def put(self, owner: str, uploads: Sequence[Upload]) -> list[Item]:
        """`uploads` laid on the desk. Raises Refused, and takes none, where there are too many."""
        if len(self._items) + len(uploads) > self.limits.held_files:
            raise Refused(413, "refused_held_files", limit=self.limits.held_files)
        items = [Item(owner, name, len(data), data, len(data)) for name, data in uploads]
        self._items.update((item.token, item) for item in items)
        return items

    def find(self, token: str) -> Item | None:
        """The file of that token; it is kept for longer by being asked for."""
        item = self._items.get(token)
        if item:
            item.touched = monotonic()
        return item

    def holds(self, item: Item) -> bool:
        """Whether nobody has removed it."""
        return item.token in self._items

    def of(self, owner: str) -> list[Item]:
        """The files of a browser, in the order they came."""
        return [item for item in self._items.values() if item.owner == owner]

    def remove(self, token: str) -> None:
        """Let go of a file, whatever its state."""
        self._items.pop(token, None)

    def clear(self) -> None:
        """Let go of every file."""
        self._items.clear()

    def expire(self, now: float) -> None:
        """Let go of what nobody has asked for in a while."""
        for token, item in list(self._items.items()):
            if item.state == "done" and now - item.touched > 60 * self.limits.minutes:
                del self._items[token]

    def make_room(self, size: int) -> None:
        """Count `size` bytes that arrive. Raises Refused where the desk is full."""
        if self._arriving + size + sum(item.held for item in self._items.values()) > self.limits.held_bytes:
            raise Refused(413, "refused_held_bytes", limit=megabytes(self.limits.held_bytes))
        self._arriving += size


class _Room:
    """The bytes that one request has taken so far."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.taken = 0

    def take(self, size: int) -> None:
        """Keep `size` bytes more. Raises Refused where the desk is full."""
        self._desk.make_room(size)
        self.taken += size
