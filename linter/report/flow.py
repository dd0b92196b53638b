"""The document as a flow of typed items, the input of the structure grammar and of table recovery."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from linter.document.model import NOWHERE, Document, Line, Location, Paragraph, Picture, Table


class Text(NamedTuple):
    """A paragraph, or the part of one between two headings that stood inside it."""

    text: str
    lines: tuple[Line, ...] = ()
    location: Location = NOWHERE
    style: str = ""
    bold: bool = False
    centered: bool = False


class Piece(NamedTuple):
    """Part of a standard table as it stands in the flow: a grid, or lines of text.

    `table` is the key of the standard table it belongs to.
    """

    table: str
    grid: Table | None = None
    lines: tuple[Line, ...] = ()
    location: Location = NOWHERE


Item: TypeAlias = Text | Table | Piece | Picture

_SENTENCE_ENDS = ("。", "！", "？", "!", "?")
_FULL_LINE = 25


def split_flow(document: Document) -> tuple[Item, ...]:
    """The blocks of a document as items, section headings inside paragraphs set apart.

    Pages whose text ran together have headings in the middle of a paragraph, others on one line
    with the text that follows.
    """
    items: list[Item] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            items.extend(_parts(block))
        else:
            items.append(block)
    return tuple(items)


def _parts(paragraph: Paragraph) -> Iterator[Text]:
    from linter.report.headings import heading_key, inner_headings

    whole = Text(
        paragraph.text,
        paragraph.lines,
        paragraph.location,
        paragraph.style,
        paragraph.bold,
        paragraph.centered,
    )
    heading = heading_key(paragraph.text)
    headings = tuple(inner_headings(paragraph.text))
    if heading is not None:
        # 六、其他需要报告的事项：无。 is a heading and its text; other words are a title of their own.
        ends = heading.match not in {"similar", "keyword", "unknown"}
        headings = () if ends else tuple(each for each in headings if _is_closed(paragraph.text, each.end))
    if not headings:
        yield whole
        return
    cuts = sorted({0, len(paragraph.text), *(place for each in headings for place in (each.start, each.end))})
    for start, end in pairwise(cuts):
        if paragraph.text[start:end].strip():
            yield text_part(whole, start, end)


def _is_closed(text: str, end: int) -> bool:
    """Whether a title that ends here is set off from what follows by a colon, a full stop or a blank."""
    return text[end - 1] in "：:。" or text[end : end + 1] in {"。", " ", "\u3000", "\t"}


def text_part(whole: Text, start: int, end: int) -> Text:
    """The characters `start` to `end` of a text, with the lines and columns they stand in."""
    text = whole.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    lines = _lines_of(whole, start, start + len(text))
    location = lines[0].location if lines else whole.location
    return whole._replace(text=text, lines=lines, location=location, bold=False, centered=False, style="")


def rejoined(texts: Sequence[Text]) -> list[Text]:
    """Paragraphs that a conversion tore apart in the middle of a sentence, as one again.

    One goes on in the next where a bracket is open or a mark asks for more, or where it is as long
    as a line and has no end of a sentence.
    """
    joined: list[Text] = []
    for text in texts:
        if joined and _goes_on(joined[-1].text):
            above = joined[-1]
            lines = (*_own_lines(above), *_own_lines(text))
            joined[-1] = above._replace(text=above.text + text.text, lines=lines)
        else:
            joined.append(text)
    return joined


def _goes_on(text: str) -> bool:
    words = text.rstrip()
    if words.endswith(_SENTENCE_ENDS) or not words:
        return False
    brackets = sum(words.count(sign) for sign in "（(") - sum(words.count(sign) for sign in "）)")
    return brackets > 0 or words[-1] in "：:，,、；;—-" or len(words) >= _FULL_LINE


def _own_lines(text: Text) -> tuple[Line, ...]:
    return text.lines or (Line(text.text, text.location),)


def _lines_of(whole: Text, start: int, end: int) -> tuple[Line, ...]:
    """The parts of the physical lines that hold these characters.

    Lines were rejoined with or without blanks, so characters are counted without them.
    """
    first = _letters(whole.text[:start])
    last = first + _letters(whole.text[start:end])
    lines: list[Line] = []
    counted = 0
    for line in whole.lines:
        following = counted + _letters(line.text)
        if counted < last and following > first:
            left = _offset(line.text, first - counted) if first > counted else 0
            right = _offset(line.text, last - counted) if last < following else len(line.text)
            column = (line.location.column or 1) + left
            location = line.location._replace(column=column) if line.location.line else line.location
            lines.append(Line(line.text[left:right].rstrip(), location))
        counted = following
    return tuple(lines)


def _letters(text: str) -> int:
    return sum(map(len, text.split()))


def _offset(text: str, count: int) -> int:
    """The offset of the first character after `count` of them that are not blank."""
    for run in re.finditer(r"\S+", text):
        if count < run.end() - run.start():
            return run.start() + count
        count -= run.end() - run.start()
    return len(text)
