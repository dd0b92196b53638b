"""The report within a web page: menus, side bars with other years' reports and footers left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.document.htmlcopies import without_copies
from linter.document.htmlflow import Flow
from linter.document.htmlgrid import clean
from linter.document.htmlmeta import merged, meta_tags, particulars, particulars_span
from linter.document.htmltree import drop, source_line, text_of
from linter.document.lines import BLANKS
from linter.document.model import Block, Line, Link, Location, Paragraph, Picture, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHARE = 0.8
_NEAR = 40
"""Blocks, or cells of a table, at either end of a page among which its particulars are looked for."""
_CHROME_TAGS = ("nav", "footer", "aside")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、\S|(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$)"
)
_JUNK = re.compile(
    r"(?:您?(?:现在|当前|所在)?的?(?:当前)?位置\s*[:：]?.*|首页\s*[>›»/].*|【?(?:打印|关闭|返回|收藏|分享|复制|下载)[^。]{0,30}】?"
    r"|\[?\s*字[号体](?:大小)?\s*[:：]?.{0,24}|(?:分享到|扫一扫|上一篇|下一篇|上一条|下一条|相关链接|相关阅读|相关文章|责任编辑|浏览次数|阅读次数|点击数|访问量)[^。]{0,80}"
    r"|(?:版权所有|主办单位|主办|承办|网站标识码|备案序号|技术支持|网站地图|联系我们)[\s:：].{0,120}|.{0,80}(?:ICP备|公网安备).{0,80}"
    r"|(?:(?:来源|信息来源|发布机构|发布单位|发布日期|发布时间|时间|日期|作者|编辑)\s*[:：][^。]{0,60}){2,})",
    re.S,
)
_SITE_SUFFIX = re.compile(r"\s*[-_|–—]+\s*[^-_|–—]{2,30}$")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its blocks and links, and what it states of itself."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    metadata: dict[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outside:
    """A piece of text outside the main content: before or after it, and the element around it."""

    text: str
    before: bool
    element: _Element


def read_page(root: _Element) -> Page:
    """The main content of a parsed page. A page without menus or side bars is taken whole."""
    body = root.find("body")
    if body is None:
        body = root
    meta = meta_tags(root)
    heading = clean("".join(root.findtext(".//head/title") or ""))
    if not _has_chrome(body):
        flow = Flow()
        flow.read(body)
        blocks, stating = _without_particulars(flow.blocks)
        metadata, notes = _metadata(meta, (stating, _opening(blocks)), _first_heading(blocks), heading)
        return _page(blocks, flow.links, metadata, notes)
    for tag in _CHROME_TAGS:
        for element in list(body.iter(tag)):
            if element.find(".//table") is None:
                drop(element)
    _drop_link_lists(body)
    main = _main_element(body)
    outside = list(_outside(main, body))
    while main is not body and any(_HEADING.match(piece.text) for piece in outside):
        parent = main.getparent()
        if parent is None:
            break
        main = parent
        outside = list(_outside(main, body))
    flow = Flow()
    flow.read(main)
    blocks, stating = _without_particulars(_trimmed(flow.blocks, flow.links))
    before = [piece for piece in outside if piece.before]
    title = _shown_title(before, meta.get("title", ""), heading)
    if title is not None and not _begins_with(blocks, title[0]):
        place = Location(line=title[1])
        blocks.insert(0, Paragraph(title[0], (Line(title[0], place),), place, style="title"))
    shown = title[0] if title else _first_heading(blocks)
    after = [piece.text for piece in outside if not piece.before]
    groups = (stating, [piece.text for piece in before], _opening(flow.blocks), after)
    metadata, notes = _metadata(meta, groups, shown, heading)
    return _page(blocks, flow.links, metadata, notes)


def _page(
    blocks: Sequence[Block], links: Sequence[Link], metadata: dict[str, str], notes: tuple[str, ...]
) -> Page:
    """The page, with a text that it holds several times taken once, and the links of what is left."""
    kept, said = without_copies(blocks)
    paragraphs = {block.location.paragraph for block in kept if isinstance(block, Paragraph)}
    tables = {block.location.table for block in kept if isinstance(block, Table)}
    left = tuple(
        link
        for link in links
        if (
            link.location.paragraph in paragraphs
            if link.location.paragraph
            else link.location.table in tables
        )
    )
    return Page(tuple(kept), left, metadata, (*notes, *said))


def _has_chrome(body: _Element) -> bool:
    links = sum(1 for anchor in body.iter("a") if anchor.get("href"))
    return links >= 5 or next(body.iter(*_CHROME_TAGS, "header"), None) is not None


def _main_element(body: _Element) -> _Element:
    """The smallest element with most of the page's text outside links, and most of its table cells."""
    from lxml import etree

    length = etree.XPath("string-length(normalize-space(.))")
    cells = etree.XPath("count(.//td)")
    linked = _linked_lengths(body)

    def number(path: etree.XPath, element: _Element) -> float:
        value = path(element)
        return value if isinstance(value, float) else 0.0

    def weight(element: _Element) -> float:
        holders = {anchor.getparent() for anchor in element.iter("a")} if linked else set()
        return number(length, element) - sum(linked.get(holder, 0) for holder in holders)

    total = weight(body)
    current = body
    while True:
        best: _Element | None = None
        for child in current.iterchildren():
            if not isinstance(child.tag, str) or child.tag == "p" or number(length, child) < _SHARE * total:
                continue
            if weight(child) >= _SHARE * total:
                best = child
                break
        if best is None or (best.tag in ("table", "tbody", "tr", "thead") and not _is_wrapper(best)):
            return current
        here = number(cells, current)
        if here >= 60 and number(cells, best) + (best.tag == "td") < _SHARE * here:
            return current
        current = best


def _linked_lengths(body: _Element) -> dict[_Element | None, int]:
    """For each element right around links, how much of its text belongs to them: all where most does."""
    found: dict[_Element | None, int] = {}
    for anchor in body.iter("a"):
        parent = anchor.getparent()
        if parent is not None and parent not in found:
            own = sum(_text_length(link) for link in parent.iterchildren("a"))
            whole = _text_length(parent)
            found[parent] = whole if 2 * own >= whole else own
    return found


def _text_length(element: _Element) -> int:
    return len(" ".join(text_of(element).split()))


def _drop_link_lists(body: _Element) -> None:
    """Take out lists and tables that are little more than links: menus, other reports, related pages."""
    for element in list(body.iter("ul", "ol", "dl", "table")):
        holders = {anchor.getparent() for anchor in element.iter("a")}
        text = text_of(element)
        if len(holders) < 3 or "。" in text:
            continue
        linked = _linked_lengths(element)
        if sum(linked.get(holder, 0) for holder in holders) >= 0.7 * _text_length(element):
            drop(element)


def _is_wrapper(element: _Element) -> bool:
    """A table (part) that arranges the page holds other tables or long passages."""
    if element.find(".//table") is not None:
        return True
    return any(len(text_of(cell)) > 500 for cell in element.iter("td"))


def _outside(main: _Element, body: _Element) -> Iterator[_Outside]:
    """The texts outside `main` and outside links, in document order on each side, nearest level last."""
    chain = [main]
    while chain[-1] is not body:
        parent = chain[-1].getparent()
        if parent is None:
            return
        chain.append(parent)
    for inner, outer in zip(reversed(chain[:-1]), reversed(chain[1:]), strict=True):
        before = True
        if outer.text and outer.text.strip(BLANKS + "\n"):
            yield _Outside(clean(outer.text), True, outer)
        for child in outer.iterchildren():
            if child is inner:
                before = False
            else:
                yield from _texts(child, before)
            if child.tail and child.tail.strip(BLANKS + "\n"):
                yield _Outside(clean(child.tail), before, outer)


def _texts(element: _Element, before: bool) -> Iterator[_Outside]:
    for part in element.iter():
        if not isinstance(part.tag, str):
            continue
        if part.text and part.tag != "a" and part.text.strip(BLANKS + "\n"):
            yield _Outside(clean(part.text), before, part)
        if part is not element and part.tail and part.tail.strip(BLANKS + "\n"):
            parent = part.getparent()
            yield _Outside(clean(part.tail), before, element if parent is None else parent)


def _shown_title(before: Sequence[_Outside], meta: str, heading: str) -> tuple[str, int | None] | None:
    """The heading shown above the main content, nearest first, and its line."""
    for piece in reversed(before):
        text = piece.text
        if not 6 <= len(text) <= 100 or _JUNK.fullmatch(text):
            continue
        names = f"{piece.element.get('class') or ''} {piece.element.get('id') or ''}".lower()
        tag = piece.element.tag
        if (
            _compact(text) in (_compact(meta), _compact(heading))
            or tag in ("h1", "h2")
            or (heading and _compact(text) in _compact(heading))
            or (
                tag in ("h3", "div", "p", "span", "td")
                and re.search(r"(?:^|[\W_])(?:\w*title|bt)(?:$|[\W_])", names)
            )
        ):
            return text, source_line(piece.element)
    return None


def _trimmed(blocks: Sequence[Block], links: Sequence[Link]) -> list[Block]:
    """The blocks without what menus left at either end: breadcrumbs, buttons, lists of links."""
    linked: dict[int | None, int] = {}
    for link in links:
        linked[link.location.paragraph] = linked.get(link.location.paragraph, 0) + len(link.text)

    def is_junk(block: Block) -> bool:
        if isinstance(block, Picture):
            return True
        if isinstance(block, Table):
            return False
        text = block.text.strip(BLANKS)
        share = linked.get(block.location.paragraph, 0) / max(1, len(text))
        attachment = text.startswith(("附件", "附：", "附:"))
        return _JUNK.fullmatch(text) is not None or (share > 0.6 and not attachment)

    start, end = 0, len(blocks)
    while start < end and is_junk(blocks[start]):
        start += 1
    while end > start and is_junk(blocks[end - 1]):
        end -= 1
    return list(blocks[start:end]) if start < end else list(blocks)


def _without_particulars(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The blocks without the block of particulars above or below the text, and the texts of the latter."""
    texts: list[str] = []
    kept = list(blocks)
    for ends in (slice(0, _NEAR), slice(-_NEAR, None)):
        near = [_words(block) for block in kept[ends]]
        span = particulars_span(near)
        if span is not None and len(near[span]) < len(kept):
            texts += near[span]
            shift = 0 if ends.start == 0 else len(kept) - len(near)
            del kept[span.start + shift : span.stop + shift]
    return kept, texts


def _words(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join(cell.text for cell in block.cells) if len(block.cells) <= _NEAR else ""
    return block.text if isinstance(block, Paragraph) else ""


def _begins_with(blocks: Sequence[Block], title: str) -> bool:
    opening = _compact("".join(_opening(blocks)[:3]))
    return _compact(title) in opening


def _opening(blocks: Sequence[Block]) -> list[str]:
    """The first paragraphs, and the short tables of particulars among them."""
    texts: list[str] = []
    for block in blocks[:6]:
        if isinstance(block, Paragraph):
            texts.append(block.text[:200])
        elif isinstance(block, Table) and block.row_count <= 12:
            texts.extend(cell.text[:80] for cell in block.cells)
    return texts


def _first_heading(blocks: Sequence[Block]) -> str:
    for block in blocks[:5]:
        if (
            isinstance(block, Paragraph)
            and (block.style in ("heading1", "heading2", "title"))
            and len(block.text) <= 100
        ):
            return block.text
    return ""


def _metadata(
    tags: dict[str, str], groups: Sequence[Sequence[str]], shown: str, heading: str
) -> tuple[dict[str, str], tuple[str, ...]]:
    """What the page states of itself: by its tags, else in one of the groups of texts, the first that
    has it; `shown` is the title above the text."""
    block: dict[str, str] = {}
    for texts in groups:
        block = {**particulars(texts), **block}
    named = block.pop("title", "")
    found, notes = merged(tags, block)
    title = found.pop("title", "") or shown or named or _SITE_SUFFIX.sub("", heading)
    return ({"title": title, **found} if title else found), notes


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text)
