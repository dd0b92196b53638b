"""Web pages saved as one file (MHTML: .mht, .mhtml) → the HTML of the page itself (RFC 2557)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.document.model import Document, Unreadable

if TYPE_CHECKING:
    from email.message import Message

_RELATED = re.compile(rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)", re.I | re.M)
_HEAD = 4096
_MOST_PARTS = 2000


def is_mhtml(data: bytes) -> bool:
    """Whether the bytes begin with the header of a MIME message that holds a page."""
    head = data[:_HEAD].lstrip()
    if not re.match(
        rb"(?:from|mime-version|content-type|subject|date|snapshot-content-location|content-location|x-\w[\w-]*):",
        head,
        re.I,
    ):
        return False
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return b"mime-version" in header.lower() and _RELATED.search(header) is not None


def read_mhtml(data: bytes) -> Document:
    """Read the page of an MHTML file, frames saved in it too. Raises Unreadable where there is none."""
    from email import message_from_bytes

    from linter.document.html import read_html
    from linter.document.htmlthin import joined

    message = message_from_bytes(data.lstrip())
    pages = [part for part in _parts(message) if part.get_content_type() in _PAGES and _body(part).strip()]
    if not pages:
        raise Unreadable("网页存档（.mht）中没有网页正文")
    page = _root_part(message, pages)
    base = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    others = {name: part for part in pages if part is not page for name in _names(part)}

    def beside(address: str) -> bytes | None:
        part = others.get(address) or others.get(joined(base, address))
        return _text(part)[0].encode() if part is not None else None

    text, notes = _text(page)
    document = read_html(text, beside, base if base.startswith(("http://", "https://")) else "")
    return document._replace(notes=(*notes, *document.notes))


_PAGES = ("text/html", "application/xhtml+xml")


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        yield part


def _root_part(message: Message, pages: list[Message]) -> Message:
    """The page that the archive names as its beginning, else the first."""
    start = message.get_param("start")
    if isinstance(start, str):
        for part in pages:
            if str(part.get("Content-ID") or "").strip() == start.strip():
                return part
    return pages[0]


def _names(part: Message) -> Iterator[str]:
    """The addresses under which the page calls a part."""
    location = str(part.get("Content-Location") or "").strip()
    if location:
        yield location
    identity = str(part.get("Content-ID") or "").strip().strip("<>")
    if identity:
        yield f"cid:{identity}"


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _text(part: Message) -> tuple[str, tuple[str, ...]]:
    from linter.document.charset import decode

    body = _body(part)
    try:
        return body.decode(part.get_content_charset() or "ascii"), ()
    except (LookupError, UnicodeDecodeError):
        return decode(body)
