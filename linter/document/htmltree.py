"""Small questions to an HTML element tree that lxml's own interface answers awkwardly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# What libxml2 reads from a page but does not let one write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_of(element: _Element) -> str:
    """All text inside the element, as it stands in the source."""
    return "".join(map(str, element.itertext()))


def source_line(element: _Element) -> int | None:
    """The line of the source where the element begins, where it is known."""
    line = element.sourceline
    return line if isinstance(line, int) else None


def drop(element: _Element) -> None:
    """Take the element out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    previous = element.getprevious()
    if element.tail and previous is not None:
        previous.tail = _settable((previous.tail or "") + element.tail)
    elif element.tail:
        parent.text = _settable((parent.text or "") + element.tail)
    parent.remove(element)


def _settable(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)
