"""The written text of a Word paragraph, character by character, with the bytes at which each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from linter.document.docxnames import DELETED, RPR, TEXT_BOX, VANISH, P, R, T, is_on
from linter.mend.xmlspans import Span

_CHARACTER = re.compile(r"&[^;]{1,10};|.", re.S)
_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}

Spans = Mapping[etree._Element, Span]


class Written(NamedTuple):
    """One character as it stands in the file: from `start` to `end` of the bytes, in the w:t `text`."""

    character: str
    start: int
    end: int
    text: etree._Element


def element_spans(root: etree._Element, spans: Sequence[Span]) -> Spans:
    """The span of each element. The tree has been read without comments, which have no span either."""
    return dict(zip(root.iter("*"), spans, strict=True))


def written(paragraph: etree._Element, data: bytes, spans: Spans) -> list[Written]:
    """The characters of the paragraph that are shown, blanks as the file has them."""
    found: list[Written] = []
    for text in _texts(paragraph):
        span = spans[text]
        raw = data[span.inner : span.close]
        if b"<" in raw:
            continue  # a section of CDATA, which no word processor writes
        at = span.inner
        for match in _CHARACTER.finditer(raw.decode("utf-8", "replace")):
            size = len(match[0].encode())
            found.append(Written(_character(match[0]), at, at + size, text))
            at += size
    return found


def _texts(element: etree._Element) -> Iterator[etree._Element]:
    """The w:t of a paragraph, without what is deleted or hidden, and what stands in text boxes within."""
    for child in element:
        if child.tag == T:
            yield child
        elif child.tag not in DELETED and child.tag not in (TEXT_BOX, P) and not _is_hidden(child):
            yield from _texts(child)


def _is_hidden(element: etree._Element) -> bool:
    """Whether the element is a run that says of itself that it is not shown."""
    return element.tag == R and is_on(element.find(f"{RPR}/{VANISH}"))


def _character(raw: str) -> str:
    if len(raw) == 1:
        return raw
    if raw in _NAMED:
        return _NAMED[raw]
    digits = raw[2:-1]
    try:
        return chr(int(digits[1:], 16) if digits[:1] in "xX" else int(digits))
    except ValueError:
        return "\ufffd"


def run_of(text: etree._Element) -> etree._Element | None:
    """The run that the w:t stands in itself."""
    parent = text.getparent()
    return parent if parent is not None and parent.tag == R else None


def properties_of(run: etree._Element, data: bytes, spans: Spans) -> bytes:
    """The run's properties as they are written."""
    if len(run) and run[0].tag == RPR:
        span = spans[run[0]]
        return data[span.start : span.end]
    return b""
