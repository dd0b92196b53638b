"""The flow of a web page: its elements, in order, as paragraphs, tables and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from linter.document.htmlgrid import clean, grid, is_hyperlink, is_layout, is_spacer, table_rows
from linter.document.htmltree import source_line, text_of
from linter.document.lines import BLANKS, ORDINAL, display_width, join_lines, split_lines
from linter.document.model import Block, Line, Link, Location, Paragraph, Picture, Table, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_DEPTH = 300
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "section",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_BOLD_TAGS = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_ALIGN_STYLE = re.compile(r"text-align\s*:\s*(\w+)", re.I)
_SOURCE_BREAK = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")
_BLANK_RUN = re.compile(r"[ \t\r\f]+")
_HAN_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\x01(?=[\u3000-\u9fff\uff00-\uffef])")
_SENTENCE_END = re.compile(r"[。！？；：!?;:][”’」』》）)]*$")
_INDENTED = ("\u3000", "\u00a0", "\u2003", "\u2002")
_NUMERALS = "零一二三四五六七八九十"


class _Setting(NamedTuple):
    """What the elements around a text say of it."""

    bold: bool = False
    centered: bool = False
    style: str = ""
    number: str = ""


@dataclass
class Flow:
    """Blocks and links gathered from elements in document order."""

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    _pieces: list[str] = field(default_factory=list)
    _sources: list[int | None] = field(default_factory=list)
    _setting: _Setting | None = None
    _plain: bool = False
    _numbers: dict[_Element, str] = field(default_factory=dict)
    _found_links: list[tuple[str, str]] = field(default_factory=list)
    _pictures: list[Picture] = field(default_factory=list)

    def read(self, element: _Element) -> None:
        """Add everything in `element`. Raises Unreadable where elements are nested too deep."""
        self._element(element, _Setting(), 0)
        self._flush()

    def _element(self, element: _Element, setting: _Setting, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag == "head":
            return
        if depth > _MAX_DEPTH:
            raise Unreadable("网页标签嵌套过深，无法读取")
        if tag == "br":
            self._pieces.append("\n")
            self._sources.append(source_line(element))
        elif tag == "img":
            self._picture(element)
        elif tag == "hr":
            self._flush()
        elif tag == "table":
            self._table(element, setting, depth)
        elif tag == "pre":
            self._preformatted(element)
        elif tag in _BLOCKS:
            self._flush()
            if tag == "ol":
                self._numbers.update(_list_numbers(element))
            number = self._numbers.pop(element, "") if tag == "li" else setting.number
            self._children(element, _block_setting(element, setting, number), depth)
            self._flush()
        elif tag == "a":
            self._anchor(element, setting, depth)
        else:
            self._children(element, _inline_setting(element, setting), depth)

    def _children(self, element: _Element, setting: _Setting, depth: int) -> None:
        if element.text:
            self._text(element.text, setting, source_line(element))
        for child in element.iterchildren():
            self._element(child, setting, depth + 1)
            if child.tail:
                self._text(child.tail, setting, source_line(child))

    def _text(self, text: str, setting: _Setting, source: int | None) -> None:
        if "\n" in text:
            lead = text[: len(text) - len(text.lstrip("\r\n \t"))]
            source = source + lead.count("\n") if source else source
            text = _SOURCE_BREAK.sub("\x01", text)
        if "  " in text or "\t" in text:
            text = _BLANK_RUN.sub(" ", text)
        printed = text.strip(BLANKS + "\x01")
        if not printed:
            if self._pieces or text.strip(" \x01"):
                self._pieces.append(text)
                self._sources.append(source)
            return
        if self._setting is None:
            self._setting = setting
        self._plain = self._plain or not setting.bold
        self._pieces.append(text)
        self._sources.append(source)

    def _anchor(self, element: _Element, setting: _Setting, depth: int) -> None:
        before = len(self._pieces)
        self._children(element, _inline_setting(element, setting), depth)
        target = (element.get("href") or "").strip()
        shown = clean("".join(self._pieces[before:]).replace("\x01", "\n"))
        if target and shown and is_hyperlink(target):
            self._found_links.append((shown, target))

    def _picture(self, element: _Element) -> None:
        if not is_spacer(element):
            self._pictures.append(
                Picture((element.get("alt") or "").strip(), Location(line=source_line(element)))
            )

    def _table(self, table: _Element, setting: _Setting, depth: int) -> None:
        self._flush()
        rows = table_rows(table)
        if is_layout(table, rows):
            self._children(table, setting._replace(number=""), depth)
            self._flush()
            return
        for caption in table.iterchildren("caption"):
            self._element(caption, setting, depth + 1)
        self._stray_text(table, setting)
        self._flush()
        result = grid(rows, Location(line=source_line(table), table=self.tables + 1))
        if result is not None:
            self.tables += 1
            self.blocks.append(result[0])
            self.links.extend(result[1])

    def _stray_text(self, table: _Element, setting: _Setting) -> None:
        """Text that stands inside the table but outside its cells, which browsers show above it."""
        parts = [
            table,
            *(part for part in table.iterchildren() if part.tag in ("tbody", "thead", "tfoot", "tr")),
        ]
        for part in parts:
            for text in (part.text, *(child.tail for child in part.iterchildren())):
                if text and text.strip(BLANKS + "\n"):
                    self._text(text, setting, source_line(part))

    def _preformatted(self, element: _Element) -> None:
        """Text set as it stands in the source: read as plain text is."""
        from linter.document.text import text_blocks

        self._flush()
        base = (source_line(element) or 1) - 1
        lines = split_lines(text_of(element).replace("\f", "\n"))
        lines = [
            Line(line.text, line.location._replace(line=base + (line.location.line or 1))) for line in lines
        ]
        for block in text_blocks(lines, first_table=self.tables + 1):
            if isinstance(block, Paragraph):
                self.paragraphs += 1
                place = block.location._replace(paragraph=self.paragraphs)
                self.blocks.append(block._replace(location=place))
            else:
                self.tables += isinstance(block, Table)
                self.blocks.append(block)

    def _flush(self) -> None:
        """End the paragraph: what was gathered becomes one, or several where line breaks part them."""
        pieces, sources, setting = self._pieces, self._sources, self._setting or _Setting()
        bold = not self._plain
        found, pictures = self._found_links, self._pictures
        self._pieces, self._sources, self._setting, self._plain = [], [], None, False
        self._found_links, self._pictures = [], []
        printed: list[Paragraph] = []
        for lines in _parted(_lines(pieces, sources), setting):
            self.paragraphs += 1
            printed.append(_paragraph(lines, setting, bold, self.paragraphs, first=not printed))
        self.blocks.extend(printed)
        for shown, target in found:
            place = next((part.location for part in printed if shown in part.text), None)
            if place is None and printed:
                place = printed[0].location
            if place is not None:
                self.links.append(Link(shown, target, place))
        self.blocks.extend(pictures)


def _lines(pieces: list[str], sources: list[int | None]) -> list[Line]:
    """The lines between forced breaks, blank ones included."""
    lines: list[Line] = []
    current: list[str] = []
    place: int | None = None
    for piece, source in zip([*pieces, "\n"], [*sources, None], strict=True):
        if piece == "\n":
            text = _HAN_BREAK.sub("", "".join(current)).replace("\x01", " ")
            text = _BLANK_RUN.sub(" ", text) if "  " in text else text
            lines.append(Line(text.strip(" "), Location(line=place)))
            current, place = [], None
            continue
        if place is None and piece.strip(BLANKS + "\x01"):
            place = source
        current.append(piece)
    return lines


def _parted(lines: list[Line], setting: _Setting) -> list[list[Line]]:
    """The lines as paragraphs: many pages part their paragraphs by breaks only."""
    groups: list[list[Line]] = []
    previous_blank = True
    for line in lines:
        if not line.text.strip(BLANKS):
            previous_blank = True
            continue
        if groups and not previous_blank and _goes_on(groups[-1][-1].text, line.text, setting):
            groups[-1].append(line)
        else:
            groups.append([line])
        previous_blank = False
    return groups


def _goes_on(line: str, following: str, setting: _Setting) -> bool:
    """Whether a single break only wraps a title or a sentence."""
    after = following.strip(BLANKS)
    if ORDINAL.match(after) or following.startswith(_INDENTED):
        return False
    if setting.centered or setting.style:
        return True
    core = line.strip(BLANKS)
    return display_width(core) >= 40 and not _SENTENCE_END.search(core) and ORDINAL.match(core) is None


def _paragraph(lines: list[Line], setting: _Setting, bold: bool, index: int, *, first: bool) -> Paragraph:
    location = Location(line=lines[0].location.line, paragraph=index)
    lines = [Line(line.text, location._replace(line=line.location.line)) for line in lines]
    number = setting.number if first else ""
    text = join_lines(clean(line.text) for line in lines)
    if number:
        text = f"{number} {text}" if number[-1].isascii() else number + text
    return Paragraph(text, tuple(lines), location, setting.style, number, bold, setting.centered)


def _block_setting(element: _Element, outer: _Setting, number: str) -> _Setting:
    tag = element.tag
    style = f"heading{tag[1]}" if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else outer.style
    css = element.get("style") or ""
    align = _ALIGN_STYLE.search(css)
    side = align.group(1) if align else element.get("align") or ("center" if tag == "center" else "")
    return _Setting(
        bold=outer.bold or (bool(css) and _BOLD_STYLE.search(css) is not None),
        centered=side.lower() == "center" if side else outer.centered,
        style=style,
        number=number if tag == "li" or (tag in ("p", "div") and _is_first(element)) else "",
    )


def _inline_setting(element: _Element, outer: _Setting) -> _Setting:
    if outer.bold:
        return outer
    css = element.get("style")
    if element.tag in _BOLD_TAGS or (css and _BOLD_STYLE.search(css)):
        return outer._replace(bold=True)
    return outer


def _is_first(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent[0] is element and not (parent.text or "").strip()


def _list_numbers(ordered: _Element) -> dict[_Element, str]:
    """The numbers a browser shows before the items of an ordered list."""
    outer = (ordered.get("style") or "").lower()
    value = _whole(ordered.get("start"), 1) - 1
    numbers: dict[_Element, str] = {}
    for item in ordered.iterchildren("li"):
        value = _whole(item.get("value"), value + 1)
        css = f"{outer};{(item.get('style') or '').lower()}"
        kind = (item.get("type") or ordered.get("type") or "1").strip()
        if re.search(r"list-style(?:-type)?\s*:[^;]*none", css):
            continue
        if re.search(r"cjk-ideographic|chinese|cjk-decimal", css) and 0 < value < 100:
            numbers[item] = f"{_han(value)}、"
        elif kind in ("a", "A") and 0 < value <= 26:
            numbers[item] = f"{chr(ord(kind) + value - 1)}."
        else:
            numbers[item] = f"{value}."
    return numbers


def _han(value: int) -> str:
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _whole(value: str | None, otherwise: int) -> int:
    found = re.fullmatch(r"\s*(-?\d{1,6})\s*", value or "")
    return int(found.group(1)) if found else otherwise
