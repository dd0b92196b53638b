"""Work spread over a dask cluster. Files are named, not sent: workers need the same paths, and the same
version of this program."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from linter import __version__
from linter.corpus.collect import MissingExtra
from linter.corpus.reading import Engine

Given = TypeVar("Given")
Made = TypeVar("Made")

_AHEAD = 4
"""Items handed over for each thread of the cluster: it bounds what waits there."""
_TRIES = 3
"""How often an item is handed over anew after dask gave it up because its workers kept dying."""
_WAIT_SECONDS = 30


class ClusterFault(Exception):
    """A cluster that cannot be used; the message says why."""


def dask_engine(address: str, seconds: float) -> Engine:
    """The cluster whose scheduler listens at `address`; an item may take `seconds`.

    Raises MissingExtra without the library, ClusterFault where the cluster does not answer, has no
    workers, or other versions of this program.
    """
    try:
        import distributed  # noqa: F401
    except ModuleNotFoundError:
        raise MissingExtra('使用 dask 集群需要另外安装：pip install "gongkai-lint[scale]"') from None

    def spread(
        work: Callable[[Given], Made], items: Iterable[Given], failed: Callable[[Given], Made]
    ) -> Iterator[Made]:
        client = _connected(address)
        try:
            yield from _results(client, address, work, items, failed, seconds)
        finally:
            client.close()

    return spread


def _connected(address: str) -> Any:
    from distributed import Client

    try:
        connect: Any = Client
        client: Any = connect(address, timeout=_WAIT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise ClusterFault(f"连不上 dask 调度器 {address}（{' '.join(str(fault).split())}）") from None
    try:
        client.wait_for_workers(1, timeout=_WAIT_SECONDS)
        versions = client.run(_version)
    except TimeoutError:
        client.close()
        raise ClusterFault(f"dask 调度器 {address} 没有工作进程") from None
    except ImportError as missing:
        client.close()
        raise ClusterFault(f"dask 的工作进程没有装 gongkai-lint（{missing}）") from None
    others = {version for version in versions.values() if version != __version__}
    if others:
        client.close()
        raise ClusterFault(
            f"dask 的工作进程装的是 gongkai-lint {'、'.join(sorted(others))}，这里是 {__version__}"
        )
    return client


def _version() -> str:
    from linter import __version__ as here

    return here


def _results(  # noqa: PLR0917
    client: Any,
    address: str,
    work: Callable[[Given], Made],
    items: Iterable[Given],
    failed: Callable[[Given], Made],
    seconds: float,
) -> Iterator[Made]:
    from linter.apart import apart

    def submitted(item: Given) -> Any:
        return client.submit(apart, work, seconds, item, pure=False)

    threads = sum(client.nthreads().values()) or 1
    waiting: deque[tuple[Given, Any]] = deque()
    following = iter(items)
    while True:
        while len(waiting) < threads * _AHEAD and (item := next(following, None)) is not None:
            waiting.append((item, submitted(item)))
        if not waiting:
            return
        item, future = waiting.popleft()
        found = _gathered(address, future, partial(submitted, item))
        yield failed(item) if found is None else found[0]


def _gathered(address: str, future: Any, again: Callable[[], Any]) -> tuple[Any] | None:
    """The result, whichever worker made it; None where there is none."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    for _ in range(_TRIES):
        try:
            found: tuple[Any] | None = future.result()
        except KilledWorker:
            future = again()
        except (FutureCancelledError, CommClosedError, OSError):
            raise ClusterFault(f"与 dask 调度器 {address} 的连接中断") from None
        else:
            return found
    return None
