"""Pages with hardly any text of their own: where their text is, or why there is none.

It may be in the page's scripts or in a frame saved with it, and is read there; else the page only leads
to an attachment, lists other pages, or waits for a script to be run, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qs, urljoin, urlsplit

from linter.document.htmlgrid import clean
from linter.document.htmlscript import held_text
from linter.document.htmltree import text_of
from linter.document.model import Block, Document, Elsewhere, Line, Link, Paragraph, Table, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

Beside: TypeAlias = Callable[[str], bytes | None]
"""Gives the file that was saved with the page under an address, None without one."""

VIEWER = "viewerContainer"
"""What the page of the PDF viewer that browsers and sites use has in its markup."""

_THIN = 300
_THIN_WITH_ATTACHMENT = 800
_TABLE = 12
_SHELL = 80
_FEWEST_LISTED = 5
_MOST_FRAMES = 8
_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]\s*\S")
_SUFFIX = re.compile(r"\.(?:pdf|docx?|wps|ofd|rtf|xlsx?|et|zip|rar|7z|caj|tiff?)(?![A-Za-z0-9])", re.I)
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.I
)
_VIEWED = re.compile(
    r"""(?:DEFAULT_URL|defaultUrl)['"]?\s*[=:,]\s*(?:\{\s*value:\s*)?["']([^"'\n]{1,300})["']"""
)
_WAITS = re.compile(
    r"""<(?:div|section|main)\s[^>]{0,200}id\s*=\s*["']?(?:app|root|__next|__nuxt|main-?app|q-app)\b"""
    r"""|<app-root\b|enable\s+javascript|启用\s*javascript|开启\s*javascript|getGovInfoDetail|webpackJsonp""",
    re.I,
)
_SCRIPT_SAID = "网页正文要运行脚本才显示，已从网页所带的数据中读取"


def is_thin(blocks: Sequence[Block], links: Sequence[Link], source: str) -> bool:
    """Whether so little text was found that the page may be something else than a text."""
    if any(isinstance(block, Table) and len(block.cells) >= _TABLE for block in blocks):
        return VIEWER in source and "pdf" in source
    size = sum(len(block.text) for block in blocks if isinstance(block, Paragraph))
    size -= sum(len(link.text) for link in links)
    if size < _THIN or (VIEWER in source and "pdf" in source):
        return True
    attached = size < _THIN_WITH_ATTACHMENT and any(map(_is_attachment, links))
    return attached and not any(
        _SECTION.match(block.text) for block in blocks if isinstance(block, Paragraph)
    )


def read_thin(
    root: _Element,
    source: str,
    document: Document,
    read: Callable[[str], Document],
    beside: Beside | None,
    *,
    base: str = "",
) -> Document:
    """The text that the page, parsed as `root`, holds in another place; else `document`, what was read.

    `read` reads the HTML found. Raises Elsewhere or Unreadable for a page that has no text.
    """
    held = held_text(root)
    if held is not None:
        inner = read(held.html)
        metadata = {**inner.metadata, **document.metadata, **held.metadata}
        inner = inner._replace(metadata=metadata, notes=(_SCRIPT_SAID, *document.notes, *inner.notes))
        return _title_first(inner)
    base = base or _base(root, source)
    framed, missing, embedded = _frames(root, beside, read)
    if framed is not None:
        metadata = {**framed.metadata, **document.metadata}
        return _title_first(framed._replace(metadata=metadata, notes=(*document.notes, *framed.notes)))
    targets = [joined(base, target) for target in (*embedded, *_attachments(root, document.links, source))]
    if targets:
        raise Elsewhere(_linked_reason(targets), tuple(targets), document.metadata)
    listed = _listed(root)
    if listed >= _FEWEST_LISTED:
        raise Unreadable(f"这是列出 {listed} 篇文章的目录页，没有正文，请打开要检查的一篇，保存后再检查")
    if missing:
        address = joined(base, missing[0])[:300]
        reason = f"网页正文在框架页 {address} 中，没有随网页保存，请打开该地址，保存后再检查"
        raise Elsewhere(reason, tuple(joined(base, each) for each in missing), document.metadata)
    size = sum(len(block.text) for block in document.blocks if isinstance(block, Paragraph))
    if size < _SHELL and _WAITS.search(source):
        raise Unreadable(
            "网页里没有正文，要在浏览器中运行脚本才会出现，请在浏览器中打开后另存为网页或 PDF 再检查"
        )
    return document


def _linked_reason(targets: Sequence[str]) -> str:
    more = f"等 {len(targets)} 个文件" if len(targets) > 1 else ""
    return f"网页没有正文，只链接到附件 {targets[0][:300]}{more}，请下载附件后检查"


def _base(root: _Element, source: str) -> str:
    """The address that the page was saved from, as far as it says so."""
    for element in root.iter("base", "link", "meta"):
        if element.tag == "base" or (element.get("rel") or "").lower() == "canonical":
            address = element.get("href") or ""
        elif (element.get("property") or element.get("name") or "").lower() in ("og:url", "url"):
            address = element.get("content") or ""
        else:
            continue
        if address.startswith(("http://", "https://")):
            return address
    saved = _SAVED_FROM.search(source, 0, 4096)
    return (saved.group(1) or saved.group(2)) if saved else ""


def joined(base: str, target: str) -> str:
    """The whole address of a link; the link as it stands where it is no address."""
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def _is_attachment(link: Link) -> bool:
    return _is_file(link.target, link.text)


def _is_file(target: str, text: str) -> bool:
    if target.lower().startswith(("javascript:", "mailto:", "#")):
        return False
    try:
        parts = urlsplit(target)
        path = f"{parts.path}?{parts.query}"
    except ValueError:
        path = target
    return _SUFFIX.search(path) is not None or _SUFFIX.search(text.strip()[-6:]) is not None


def _attachments(root: _Element, links: Sequence[Link], source: str) -> list[str]:
    """The addresses of files that the page's own text links to, else that the page links to."""
    if VIEWER in source:
        viewed = _VIEWED.search(source)
        if viewed:
            return [viewed.group(1)]
    own = [link.target for link in links if _is_attachment(link)]
    if own:
        return list(dict.fromkeys(own))
    found = [
        (anchor.get("href") or "").strip()
        for anchor in root.iter("a")
        if _is_file((anchor.get("href") or "").strip(), text_of(anchor))
    ]
    return list(dict.fromkeys(found))


def _frames(
    root: _Element, beside: Beside | None, read: Callable[[str], Document]
) -> tuple[Document | None, list[str], list[str]]:
    """The longest text in a frame that was saved with the page; frames not at hand; files shown in frames."""
    best: Document | None = None
    missing: list[str] = []
    embedded: list[str] = []
    for address, inner in _framed(root):
        if inner:
            document = _read_frame(inner.encode(), "", read)
        elif (file := _shown_file(address)) is not None:
            embedded.append(file)
            continue
        else:
            data = beside(address) if beside is not None else None
            document = _read_frame(data, address, read) if data else None
            if data is None:
                missing.append(address)
        if document is not None and (best is None or _size(document) > _size(best)):
            best = document
    if (
        best is not None
        and _size(best) < _THIN
        and not any(isinstance(block, Table) for block in best.blocks)
    ):
        best = None
    return best, missing, embedded


def _framed(root: _Element) -> Iterator[tuple[str, str]]:
    """The frames of the page: the address of each, or its text where that stands in the page."""
    for number, element in enumerate(root.iter("iframe", "frame", "embed", "object")):
        if number >= _MOST_FRAMES:
            return
        address = (element.get("src") or element.get("data") or "").strip()
        inner = element.get("srcdoc") or ""
        if inner:
            yield "", inner
        elif address and not address.lower().startswith(("about:", "javascript:", "data:", "blob:")):
            yield address, ""


def _shown_file(address: str) -> str | None:
    """The file that a frame shows: itself, or handed to a viewer's page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if _SUFFIX.search(parts.path):
        return address
    for values in parse_qs(parts.query, max_num_fields=50).values():
        for value in values:
            if _SUFFIX.search(value):
                return value
    return None


def _read_frame(data: bytes, address: str, read: Callable[[str], Document]) -> Document | None:
    from linter.document.charset import decode

    try:
        text, notes = decode(data)
        document = read(text)
    except Unreadable:
        return None
    said = f"正文在框架页 {clean(address)[:200]} 中" if address else "正文在网页的框架中"
    return document._replace(notes=(said, *notes, *document.notes))


def _size(document: Document) -> int:
    cells = sum(len(block.cells) for block in document.blocks if isinstance(block, Table))
    return cells + sum(len(block.text) for block in document.blocks if isinstance(block, Paragraph))


def _listed(root: _Element) -> int:
    """How many articles a page lists: links with a title's length, where they are most of its text."""
    titles = [
        text
        for anchor in root.iter("a")
        if anchor.get("href") and 8 <= len(text := "".join(text_of(anchor).split())) <= 100
    ]
    whole = sum(
        len("".join((part.text or "").split()))
        for part in root.iter()
        if isinstance(part.tag, str) and part.tag not in ("script", "style", "title")
    )
    return len(titles) if 2 * sum(map(len, titles)) >= whole else 0


def _title_first(document: Document) -> Document:
    """The document with its stated title as the first block, unless it begins with it."""
    title = document.metadata.get("title", "")
    opening = "".join(block.text for block in document.blocks[:3] if isinstance(block, Paragraph))
    if not title or "".join(title.split()) in "".join(opening.split()):
        return document
    return document._replace(blocks=(Paragraph(title, (Line(title),), style="title"), *document.blocks))
