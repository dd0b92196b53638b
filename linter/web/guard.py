"""What stands before every request: who may ask, and what a browser may do with the answer.

A page of the web that is open in the same browser can send requests to this server too, under a name
of its own that it lets point to 127.0.0.1 (DNS rebinding). Only requests to a host that is this
server's, and writing ones only from its own pages, get an answer.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    b"content-security-policy": _POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    # No page links elsewhere. With "no-referrer" a browser would say "Origin: null" for our own forms.
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    # Drafts are nobody's business: nothing of them stays in the browser's cache.
    b"cache-control": b"no-store",
}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_READING = ("GET", "HEAD")


class Address(NamedTuple):
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """What to open in a browser on this machine."""
        return f"http://{'localhost' if is_wildcard(self.host) else bracketed(self.host)}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_wildcard(host: str) -> bool:
    """Whether `host` means every address of this machine."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return host == ""


def bracketed(host: str) -> str:
    """`host` as it stands in an address of the web."""
    return f"[{host}]" if ":" in host else host


def is_ours(header: str, address: Address) -> bool:
    """Whether the Host header names this server, its port included.

    Where it listens on every address, any figure address is taken, for that is not a name which
    another could let point here.
    """
    host = header.lower().removesuffix(f":{address.port}")
    # Browsers leave out the port of http.
    if host == header.lower() and address.port != 80:
        return False
    if host in _LOOPBACK or host == bracketed(address.host.lower()):
        return True
    return is_wildcard(address.host) and (_is_figures(host) or host == socket.gethostname().lower())


def _is_figures(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


class Guard:
    """The application with every request checked and every answer given the headers that protect it."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in _HEADERS]
                message = {**message, "headers": [*kept, *_HEADERS.items()]}
            await send(message)

        refusal = self._refusal(scope)
        if refusal:
            from starlette.responses import PlainTextResponse

            status, reason = refusal
            await PlainTextResponse(reason, status)(scope, receive, protected)
        else:
            await self._app(scope, receive, protected)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason where the request gets no answer."""
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or not is_ours(hosts[0], self._address):
            return 421, f"请用 {self._address.url} 打开本页。\n"
        if scope["method"] in _READING:
            return None
        if _values(scope, b"origin") != [f"http://{hosts[0]}"]:
            return 403, "请求不是从本页发出的，已拒绝。\n"
        return None


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]
