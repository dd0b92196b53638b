"""The server itself: its socket, its start, its end."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from linter.lint import Job
from linter.web.app import make_app
from linter.web.guard import Address
from linter.web.uploads import Limits

_SECONDS_TO_END = 2
_MOST_CONNECTIONS = 64


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(signal, "SIGHUP"):
            # Elsewhere than on Unix this would let two servers listen at once.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(_MOST_CONNECTIONS)
    except OSError:
        opened.close()
        raise
    return opened


def address_of(opened: socket.socket, host: str) -> Address:
    """Where the socket listens."""
    return Address(host, opened.getsockname()[1])


def serve(
    opened: socket.socket,
    address: Address,
    job: Job,
    *,
    jobs: int,
    limits: Limits,
    began: Callable[[], None],
) -> None:
    """Answer until the user ends it (Ctrl-C, the window closed, a signal). Calls `began` once it answers."""
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(
            make_app(job, address, limits, jobs),
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            http="h11",
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=_SECONDS_TO_END,
        )
    )

    def ended(number: int, frame: Any) -> None:
        server.should_exit = True

    # uvicorn repeats a signal once all is closed; ended by SIGTERM itself, the process would put
    # nothing away. SIGHUP is the terminal's window closed.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), ended)
    began()
    # Ctrl-C is how it is meant to end; by then everything is put away.
    with suppress(KeyboardInterrupt):
        server.run(sockets=[opened])
