"""Web pages saved as one file (MHTML: .mht, .mhtml) → the HTML of the page itself (RFC 2557)."""

from __future__ import annotations

import re

from linter.document.model import Document, Unreadable

_RELATED = re.compile(rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)", re.I | re.M)
_HEAD = 4096


def is_mhtml(data: bytes) -> bool:
    """Whether the bytes begin with the header of a MIME message that holds a page."""
    head = data[:_HEAD].lstrip()
    if not re.match(
        rb"(?:from|mime-version|content-type|subject|date|snapshot-content-location):", head, re.I
    ):
        return False
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return b"mime-version" in header.lower() and _RELATED.search(header) is not None


def read_mhtml(data: bytes) -> Document:
    """Read the page of an MHTML file. Raises Unreadable where there is none."""
    from email import message_from_bytes

    from linter.document.charset import decode
    from linter.document.html import read_html

    message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body.strip():
            continue
        charset = part.get_content_charset()
        notes: tuple[str, ...] = ()
        try:
            text = body.decode(charset or "ascii")
        except (LookupError, UnicodeDecodeError):
            text, notes = decode(body)
        document = read_html(text)
        return document._replace(notes=(*notes, *document.notes))
    raise Unreadable("网页存档（.mht）中没有网页正文")
