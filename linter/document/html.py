"""HTML: fragments, whole pages, pages saved by or pasted from Word. Nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from linter.document.htmlflow import Flow
from linter.document.model import Block, Document, Location, Paragraph, Table, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "select", "button", "textarea")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)


def read_html(text: str) -> Document:
    """Read a page or a fragment. Raises Unreadable where nothing can be seen or nesting is absurd."""
    from linter.document.htmlmain import read_page

    root = _parse(text)
    notes = _strip_unseen(root)
    page = read_page(root)
    if not page.blocks:
        raise Unreadable("网页里没有可见的文字")
    return Document("html", page.blocks, page.links, notes, page.metadata)


def read_tables(text: str, location: Location, number: int) -> tuple[Block, ...]:
    """The blocks of a piece of HTML inside another format, at `location`; tables count from `number`."""
    root = _parse(text)
    _strip_unseen(root)
    flow = Flow(tables=number - 1)
    flow.read(root)
    return tuple(_placed(block, location) for block in flow.blocks)


def _placed(block: Block, location: Location) -> Block:
    base = (location.line or 1) - 1

    def moved(place: Location) -> Location:
        return replace(place, page=location.page, line=base + (place.line or 1), paragraph=None)

    if isinstance(block, Table):
        cells = tuple(replace(cell, location=moved(cell.location)) for cell in block.cells)
        return replace(block, cells=cells, location=moved(block.location))
    if isinstance(block, Paragraph):
        lines = tuple(replace(line, location=moved(line.location)) for line in block.lines)
        return replace(block, lines=lines, location=moved(block.location))
    return replace(block, location=moved(block.location))


def _parse(text: str) -> _Element:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise Unreadable("网页里没有可见的文字") from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise Unreadable("网页标签嵌套过深，无法读取")
    return root


def _strip_unseen(root: _Element) -> tuple[str, ...]:
    """Take out what a browser does not show; say so where deleted text was among it."""
    from lxml import etree

    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    for element in list(root.iterfind(".//*[@style]")):
        if _HIDDEN.search(element.get("style") or ""):
            _drop(element)
    for element in list(root.iterfind(".//*[@hidden]")):
        _drop(element)
    deleted = any("".join(element.itertext()).strip() for element in root.iter("del"))
    if deleted:
        etree.strip_elements(root, "del", with_tail=False)
    return ("网页里有标为“删除”的文字，已略去",) if deleted else ()


def _drop(element: _Element) -> None:
    """Remove an element, keeping the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    previous = element.getprevious()
    if tail and previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
