"""HTML: fragments, whole pages, pages saved by or pasted from Word. Nothing is fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.document.htmlflow import Flow
from linter.document.htmltree import drop, text_of
from linter.document.model import Block, Document, Location, Paragraph, Table, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

    from linter.document.htmlthin import Beside

_UNSEEN = (
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "select",
    "button",
    "textarea",
)
_EMPTY = re.compile(
    r"<(script|style|iframe|textarea|title|noscript|object|select|button|svg|div|span|p|a|td|th|li|b|i|u|strong|font)"
    r"((?:\s[^<>]*)?)/>",
    re.I,
)
_HIDING_WORDS = ("hidden", "none", "mso-hide")
_NOTED = "data-gongkai"
"""On the links and the list that an annotated copy has (linter/mend/htmlmarks.py)."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)


def read_html(text: str, beside: Beside | None = None, base: str = "") -> Document:
    """Read a page or a fragment; `beside` gives files saved with it, `base` is the address it came from.

    Raises Unreadable where there is no text in it, or nesting is absurd.
    """
    from linter.document.htmlmain import read_page
    from linter.document.htmlthin import is_thin, read_thin

    text = _closed(text)
    root = _parse(text)
    notes = _strip_unseen(root, text)
    page = read_page(root)
    document = Document("html", page.blocks, page.links, (*notes, *page.notes), page.metadata)
    if is_thin(page.blocks, page.links, text):
        document = read_thin(_parse(text), text, document, _read_plain, beside, base=base)
    if not document.blocks:
        raise Unreadable("网页里没有可见的文字")
    return document


def _read_plain(text: str) -> Document:
    """Read HTML that was found within a page."""
    from linter.document.htmlmain import read_page

    root = _parse(text)
    notes = _strip_unseen(root, text)
    page = read_page(root)
    return Document("html", page.blocks, page.links, (*notes, *page.notes), page.metadata)


def _closed(text: str) -> str:
    """XHTML with its empty elements closed as HTML has it: in HTML `<script/>` swallows what follows."""
    head = text[:500].lstrip("\ufeff \t\r\n")
    if not (head.startswith("<?xml") or "XHTML" in head):
        return text
    return _EMPTY.sub(r"<\1\2></\1>", text)


def read_tables(text: str, location: Location, number: int) -> tuple[Block, ...]:
    """The blocks of a piece of HTML inside another format, at `location`; tables count from `number`."""
    root = _parse(text)
    _strip_unseen(root, text)
    flow = Flow(tables=number - 1)
    flow.read(root)
    return tuple(_placed(block, location) for block in flow.blocks)


def _placed(block: Block, location: Location) -> Block:
    base = (location.line or 1) - 1

    def moved(place: Location) -> Location:
        return place._replace(page=location.page, line=base + (place.line or 1), paragraph=None)

    if isinstance(block, Table):
        cells = tuple(cell._replace(location=moved(cell.location)) for cell in block.cells)
        return block._replace(cells=cells, location=moved(block.location))
    if isinstance(block, Paragraph):
        lines = tuple(line._replace(location=moved(line.location)) for line in block.lines)
        return block._replace(lines=lines, location=moved(block.location))
    return block._replace(location=moved(block.location))


def _parse(text: str) -> _Element:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise Unreadable("网页里没有可见的文字")
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise Unreadable("网页标签嵌套过深，无法读取")
    return root


def _strip_unseen(root: _Element, text: str) -> tuple[str, ...]:
    """Take out what a browser does not show, and our own notes; say so where text was deleted or noted.

    `text` is the source: where nothing in it can hide anything, no element needs a look.
    """
    from lxml import etree

    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    small = text.lower()
    for element in _styled(root) if any(word in small for word in _HIDING_WORDS) else ():
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            drop(element)
    ours = list(root.iter("sup", "aside")) if _NOTED in small else ()
    noted = [element for element in ours if element.get(_NOTED) is not None]
    for element in noted:
        drop(element)
    deleted = any(text_of(element).strip() for element in root.iter("del"))
    if deleted:
        etree.strip_elements(root, "del", with_tail=False)
    return (
        *(("网页里有本程序加的批注，已略去",) if noted else ()),
        *(("网页里有标为“删除”的文字，已略去",) if deleted else ()),
    )


def _styled(root: _Element) -> list[_Element]:
    return [element for element in root.iter() if element.get("style") or element.get("hidden") is not None]
