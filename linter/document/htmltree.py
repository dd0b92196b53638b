"""Small questions to an HTML element tree that lxml's own interface answers awkwardly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


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
        previous.tail = (previous.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
