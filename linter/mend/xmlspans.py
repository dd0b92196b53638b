"""Where the elements of an XML file stand in its bytes, and changes made at such places.

A file that is written anew from a tree differs everywhere; one that is changed at places keeps every
other byte. The XML has been parsed before, so that it is known to be well-formed and without a DTD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<close>/?)(?P<name>[^\s/>!?]+)[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>",
    re.S,
)


class Span(NamedTuple):
    """An element: its tag begins at `start`, its content at `inner`, its closing tag at `close`; it is
    over at `end`. An empty element `<x/>` has its last three at one place."""

    name: bytes
    start: int
    inner: int
    close: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Whether the element is written `<x/>`."""
        return self.inner == self.end


class Change(NamedTuple):
    """`new` in the place of the bytes from `start` to `end`."""

    start: int
    end: int
    new: bytes


def spans_of(data: bytes) -> list[Span]:
    """The spans of all elements in the order in which they begin, as a tree is walked."""
    spans: list[Span] = []
    open_elements: list[int] = []
    for token in _TOKEN.finditer(data):
        name = token["name"]
        if name is None:
            continue
        if token["close"]:
            index = open_elements.pop()
            spans[index] = spans[index]._replace(close=token.start(), end=token.end())
        else:
            spans.append(Span(name, token.start(), token.end(), token.end(), token.end()))
            if not token[0].endswith(b"/>"):
                open_elements.append(len(spans) - 1)
    return spans


def changed(data: bytes, changes: Iterable[Change]) -> bytes:
    """`data` with the changes made; those at one place in the order given. What overlaps an earlier one
    is left out."""
    pieces: list[bytes] = []
    past = 0
    for start, end, new in sorted(changes, key=lambda change: (change.start, change.end)):
        if start < past:
            continue
        pieces += [data[past:start], new]
        past = end
    return b"".join([*pieces, data[past:]])


def appended(span: Span, new: bytes) -> Change:
    """`new` at the end of the element's content."""
    if span.is_empty:
        return Change(span.end - 2, span.end, b">" + new + b"</" + span.name + b">")
    return Change(span.close, span.close, new)


def escaped(text: str) -> bytes:
    """`text` as content or attribute of XML, in UTF-8; what XML cannot hold is left out."""
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    for mark, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        kept = kept.replace(mark, name)
    return kept.encode()


def as_utf8(data: bytes) -> bytes:
    """An XML file in UTF-16 as UTF-8; others as they are."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    text = re.sub(r"(<\?xml[^>]*encoding=[\"'])[^\"']*", r"\1UTF-8", data.decode("utf-16"), count=1)
    return text.encode()
