"""Plain text: also text taken out of a PDF, and pages saved by a crawler with a head of `标题: …` lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linter.document.bars import with_tabs
from linter.document.dates import iso_date
from linter.document.lines import BLANKS, URL_ONLY, split_lines
from linter.document.model import Block, Document, Line, Link, Location, Paragraph, Table, Unreadable
from linter.document.tabs import tab_runs, tab_table
from linter.document.wrap import Shape, measure, paragraphs

_RULE = re.compile(r"\s*={3,}\s*正文\s*={3,}\s*")
_FIELD = re.compile(r"\s*([\u3400-\u9fff]{2,8})\s*[:：]\s*(.*)")
_HEAD_LINES = 30
_MANY = 50
_FIELDS = {
    "标题": "title",
    "发布时间": "published",
    "发布日期": "published",
    "发布机构": "publisher",
    "信息来源": "publisher",
    "来源": "publisher",
}
_DECORATED_NUMBER = re.compile(
    r"\s*(?:[—–－\-·]{1,2}\s*\d{1,4}\s*[—–－\-·]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*共?\s*\d{1,4}\s*页)\s*"
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,4})\s*")
_URL = re.compile(r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'*+,;=%]+", re.I)


def read_text(text: str) -> Document:
    """Read plain text. Raises Unreadable where nothing is printed in it."""
    lines = split_lines(text)
    head, lines = split_head(lines)
    lines = without_page_numbers(lines)
    lines, links = _without_link_targets(lines)
    lines = with_tabs(lines)
    blocks = text_blocks(lines)
    if not blocks:
        raise Unreadable("文件是空的，只有空白")
    title = head.get("title")
    if title is not None:
        blocks = titled(title, blocks)
    return Document(
        reader="text",
        blocks=tuple(blocks),
        links=tuple(links),
        metadata={key: statement for key, (statement, _) in head.items()},
        pages=lines[-1].location.page,
        lossy=not any(isinstance(block, Table) for block in blocks),
    )


def text_blocks(lines: Sequence[Line], shape: Shape | None = None, first_table: int = 1) -> list[Block]:
    """Paragraphs and tab-separated tables of `lines`, in order; tables are numbered from `first_table`."""
    runs = tab_runs(lines)
    if shape is None:
        tabbed = {index for run in runs for index in range(run.start, run.end)}
        shape = measure([line for index, line in enumerate(lines) if index not in tabbed])
    blocks: list[Block] = []
    place = 0
    for number, run in enumerate(runs, first_table):
        blocks.extend(paragraphs(lines[place : run.start], shape))
        blocks.append(tab_table(lines[run.start : run.end], number))
        place = run.end
    blocks.extend(paragraphs(lines[place:], shape))
    return blocks


Head = dict[str, tuple[str, Location]]


def split_head(lines: Sequence[Line]) -> tuple[Head, list[Line]]:
    """The statements of a crawled page's head, and the lines below the head. No rule line: no head."""
    end = next((index for index, line in enumerate(lines[:_HEAD_LINES]) if _RULE.fullmatch(line.text)), None)
    if end is None:
        return {}, list(lines)
    head: Head = {}
    for line in lines[:end]:
        found = _FIELD.fullmatch(line.text)
        key = _FIELDS.get(found.group(1)) if found else None
        if found is None or key is None or key in head:
            continue
        statement = found.group(2).strip(BLANKS)
        if key == "published":
            statement = iso_date(statement) or ""
        if statement:
            head[key] = (statement, line.location)
    return head, list(lines[end + 1 :])


def titled(title: tuple[str, Location], blocks: list[Block]) -> list[Block]:
    """The stated title as the first block, unless the text begins with it anyway."""
    text, location = title
    first = blocks[0]
    if isinstance(first, Paragraph) and _compact(first.text).startswith(_compact(text)):
        return blocks
    return [Paragraph(text, (Line(text, location),), location, style="title"), *blocks]


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text)


def without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Drop page numbers: decorated ones (— 5 —, 第 5 页), and bare ones at a page's edge that count up
    with the pages. Any other lone figure may be a cell of a table and stays.
    """
    drop = {
        index
        for index, line in enumerate(lines)
        if line.text.strip(BLANKS)[:1] in "—–－-·第0123456789" and _DECORATED_NUMBER.fullmatch(line.text)
    }
    edges = [
        (index, int(found.group(1)) - (lines[index].location.page or 0))
        for index in _page_edges(lines)
        if (found := _BARE_NUMBER.fullmatch(lines[index].text))
    ]
    usual = Counter(offset for _, offset in edges).most_common(1)
    if usual and usual[0][1] >= 2:
        drop |= {index for index, offset in edges if offset == usual[0][0]}
    return [line for index, line in enumerate(lines) if index not in drop] if drop else list(lines)


def _page_edges(lines: Sequence[Line]) -> Iterable[int]:
    """The first and the last printed line of each page; nothing where there are no pages."""
    edges: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.location.page is not None and line.text.strip(BLANKS):
            edges.setdefault(line.location.page, []).append(index)
    for found in edges.values():
        yield from {found[0], found[-1]}


@dataclass(frozen=True, slots=True)
class _Shown:
    """An address shown inside a line of text."""

    url: str
    index: int
    location: Location


def _without_link_targets(lines: list[Line]) -> tuple[list[Line], list[Link]]:
    """Take out the link targets that a PDF's conversion wrote as lines of their own.

    Such a line stands at a page's end, or tears a sentence apart, and resembles an address shown elsewhere.
    """
    alone = {index for index, line in enumerate(lines) if _may_be_target(line.text)}
    if not alone or len(alone) > _MANY:
        return lines, []
    shown = [
        _Shown(
            found.group().rstrip(".,;)"),
            index,
            line.location._replace(column=(line.location.column or 1) + found.start()),
        )
        for index, line in enumerate(lines)
        if index not in alone
        for found in _URL.finditer(line.text)
    ]
    drop, links = set(), []
    for index in sorted(alone):
        target = lines[index].text.strip(BLANKS)
        if not _stands_apart(lines, index):
            continue
        match = _most_similar(target, index, shown)
        if match is not None:
            drop.add(index)
            links.append(Link(match.url, target, match.location))
    return [line for index, line in enumerate(lines) if index not in drop], links


def _may_be_target(text: str) -> bool:
    return ("://" in text or "www." in text) and URL_ONLY.fullmatch(text.strip(BLANKS)) is not None


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """Whether line `index` ends a page or the text, rather than belonging to the line before it."""
    before = next((line for line in reversed(lines[:index]) if line.text.strip(BLANKS)), None)
    after = next((line for line in lines[index + 1 :] if line.text.strip(BLANKS)), None)
    if before is not None and before.text.rstrip(BLANKS)[-1] in "：:（(，、“":
        return False
    if after is None:
        return True
    new_page = after.location.page != lines[index].location.page
    glued = after is lines[index + 1] and after.text[0] in BLANKS
    return new_page or glued


def _most_similar(target: str, index: int, shown: Sequence[_Shown]) -> _Shown | None:
    """The shown address most like `target`; of equals the nearest, those above it first."""
    from difflib import SequenceMatcher

    best: tuple[float, int] | None = None
    choice: _Shown | None = None
    for candidate in shown:
        ratio = SequenceMatcher(None, _bare(target), _bare(candidate.url)).ratio()
        distance = index - candidate.index if candidate.index < index else 10_000 + candidate.index - index
        if ratio >= 0.75 and (best is None or (ratio, -distance) > best):
            best, choice = (ratio, -distance), candidate
    return choice


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|^www\.", "", url.lower()).rstrip("/")
