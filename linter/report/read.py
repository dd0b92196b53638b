"""From a Document to a Report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from linter.document.model import Document, Unreadable
from linter.report.announcement import read_announcement
from linter.report.contact import read_contact
from linter.report.doubt import with_doubts
from linter.report.flow import Item, Piece, Text, rejoined, split_flow, text_part
from linter.report.frontmatter import (
    Title,
    is_junk_line,
    read_published,
    read_title,
    read_year,
    without_junk,
)
from linter.report.issuer import issuer_of_lead, issuer_of_title, kind_of
from linter.report.model import Contact, Edition, IssuerKind, Report, Signature
from linter.report.norm import SECTION_KEYS
from linter.report.outline import Outline, read_outline
from linter.report.period import read_period
from linter.report.reading import is_unread, reading_of, with_lost
from linter.report.signature import read_ending
from linter.report.structure import Structure, read_structure
from linter.report.tables import begins_torn, layout_of, read_tables, recognise_tables
from linter.report.tokens import Frame
from linter.report.topics import read_topics

_NO_SIGN = "未见政府信息公开工作年度报告的标题、章节或表格，不像是年度报告"
_ONLY_SCANS = "全部页面都是扫描图片，没有文字可读"
_LONGEST_LEAD = 20_000


class _Front(NamedTuple):
    """The flow without what a page puts around the title, and what was found there.

    `start` is the first item below the title; `lead` are the texts from there to the first section
    or table.
    """

    items: tuple[Item, ...]
    lead: list[Text]
    title: Title | None
    title_at: int | None
    start: int
    published: dt.date | None


def read_report(
    document: Document,
    path: str,
    *,
    year: int | None = None,
    edition: Edition | None = None,
    issuer_kind: IssuerKind | None = None,
    published: dt.date | None = None,
) -> Report:
    """Everything the report in `document` states.

    `path` is kept as given. `year`, `edition`, `issuer_kind` and `published` override what the
    report itself tells. Raises Unreadable where the file shows no sign of being such a report.
    """
    items = recognise_tables(split_flow(document))
    outline = read_outline(items)
    front = _read_front(items, outline, document)
    _require_report(front, outline, document)
    before_sections = rejoined(front.lead)
    period = read_period(before_sections) or read_period(_on_period(items))
    year = year or read_year(front.title, period, before_sections)
    by_year = edition_of_year(year)
    by_tables = layout_of(front.items)
    used = edition or by_year or by_tables
    items, statistics = (front.items, None)
    if used == "pre-2019":
        from linter.report.statistics import take_statistics

        items, statistics = take_statistics(front.items)
    ending = read_ending(items)
    tables = read_tables(items, used)
    if statistics is not None:
        tables[statistics.key] = statistics
    frame = Frame(
        front.start,
        ending.start,
        front.title_at,
        ending.place,
        document.scanned_pages,
        document.lossy,
        any(map(is_unread, tables.values())),
    )
    structure = read_structure(items, used, frame, begins_torn)
    tables = with_doubts(with_lost(tables, structure.deviations), document)
    issuer = _issuer(front.title, before_sections, ending.signature)
    return Report(
        path=path,
        document=document,
        title=front.title.statement if front.title else None,
        issuer=issuer,
        issuer_kind=issuer_kind or (kind_of(issuer) if issuer else None),
        year=year,
        edition=used,
        edition_by_year=by_year,
        edition_by_tables=by_tables,
        period=period,
        contact=_contact(before_sections, items, structure, ending.start),
        signature=ending.signature,
        announcement=read_announcement(before_sections),
        links=document.links,
        lead=structure.lead,
        sections=structure.sections,
        tail=structure.tail,
        tables=tables,
        deviations=structure.deviations,
        reading=reading_of(document, structure.deviations, tables),
        published=published or front.published,
        topics=read_topics(structure.sections) if used == "pre-2019" else {},
        published_by_page=published is None and front.published is not None,
    )


_ITSELF = ("本报告", "本年度报告", "本年报", "所列数据")


def _on_period(items: Sequence[Item]) -> list[Text]:
    """The texts in which a report without a lead-in on it says for which period its figures stand."""
    return [
        item
        for item in items
        if isinstance(item, Text) and "统计期" in item.text and any(word in item.text for word in _ITSELF)
    ]


def _opening(items: Sequence[Item]) -> list[Text]:
    """The texts above the first section, no more than a lead-in can be."""
    texts: list[Text] = []
    size = 0
    for item in items:
        if isinstance(item, Text) and size < _LONGEST_LEAD:
            left = _LONGEST_LEAD - size
            texts.append(item if len(item.text) <= left else text_part(item, 0, left))
            size += len(item.text)
    return texts


def edition_of_year(year: int | None) -> Edition | None:
    """The edition in force for a report year."""
    if year is None:
        return None
    return "2021" if year >= 2021 else "2019" if year >= 2019 else "pre-2019"


def _read_front(items: Sequence[Item], outline: Outline, document: Document) -> _Front:
    """Title and date of the page, and the flow from the title on with the lead cleaned."""
    first = outline.entries[0].index if outline.entries else len(items)
    above = items[:first]
    title = read_title(above, document.metadata)
    published = read_published([item for item in above if isinstance(item, Text)], document.metadata)
    if title is None or title.first is None:
        titled: list[Item] = []
        lead: list[Item] = list(above)
    else:
        titled = list(above[title.first : title.last + 1])
        lead = [*([title.rest] if title.rest and title.rest.text else []), *above[title.last + 1 :]]
    words = title.statement.value if title else None
    cleaned: list[Item] = []
    for item in lead:
        if not isinstance(item, Text):
            cleaned.append(item)
        elif not is_junk_line(item) and (text := without_junk(item, words)) is not None:
            cleaned.append(text)
    flow = (*titled, *cleaned, *items[first:])
    piece = next((place for place, item in enumerate(cleaned) if isinstance(item, Piece)), len(cleaned))
    return _Front(flow, _opening(cleaned[:piece]), title, 0 if titled else None, len(titled), published)


def _require_report(front: _Front, outline: Outline, document: Document) -> None:
    keys = {entry.heading.key for entry in outline.entries} & set(SECTION_KEYS)
    tables = any(isinstance(item, Piece) for item in front.items)
    named = any("政府信息公开" in item.text for item in front.items if isinstance(item, Text))
    if front.title is not None or tables or (keys and (named or len(keys) > 1)):
        return
    if document.scanned_pages and len(document.scanned_pages) == document.pages:
        raise Unreadable(_ONLY_SCANS)
    raise Unreadable(_NO_SIGN)


def _issuer(title: Title | None, lead: Sequence[Text], signature: Signature) -> str | None:
    named = issuer_of_title(title.statement.value) if title else None
    named = named or issuer_of_lead(text.text for text in lead)
    return named or (signature.issuer.value if signature.issuer else None)


def _contact(lead: Sequence[Text], items: Sequence[Item], structure: Structure, end: int) -> Contact:
    """The contact items of the lead-in; where it has none, of the last section and what follows."""
    contact = read_contact(lead)
    if contact != Contact() or not structure.sections:
        return contact
    last = {passage.location for passage in structure.sections[-1].passages}
    closing = [
        item
        for index, item in enumerate(items)
        if isinstance(item, Text) and (index >= end or item.location in last)
    ]
    return read_contact(rejoined(closing))
