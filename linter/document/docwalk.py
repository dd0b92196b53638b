"""The walk over the text of a Word 97–2003 file: paragraphs, fields, cells, what floats over them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from linter.document.doccells import OpenTable, Piece
from linter.document.docfile import SECTIONS, WordFile, plc
from linter.document.doclists import lists_of
from linter.document.docpieces import placed, read_pieces
from linter.document.docshapes import Shape, shapes_of
from linter.document.docsprm import (
    CharacterLook,
    ParagraphLook,
    Paragraphs,
    character_look,
    character_runs,
    paragraph_runs,
)
from linter.document.docstyles import Styles, font_names, switched
from linter.document.docxcharacters import symbol_character, with_number
from linter.document.docxfields import MAX_OPEN_FIELDS, Field, code_target, is_contents, shown_by_code
from linter.document.docxraw import Text
from linter.document.docxseen import Seen
from linter.document.docxstyles import Style, outline_role
from linter.document.listcounts import Counting
from linter.document.model import Picture

MAX_LINK = 1000
"""Characters of a link's text that are kept, and of an address that is one."""
MAX_DEPTH = 20
"""Text boxes within text boxes that are read."""

_MARKS = re.compile("[\r\x07\x0c]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x28\xa0\uf000-\uf0ff]")
_WRITTEN = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\xa0": "\xa0"}
_SURROGATES = re.compile("[\ud800-\udfff]")
_BEGIN, _SEPARATE, _END = "\x13\x14\x15"
_INLINE, _FLOATING, _COMMENT, _SYMBOL = "\x01", "\x08", "\x05", "("
_MAX_LIST = 0x7FE


class _Look(NamedTuple):
    """How characters look, their styles included."""

    bold: bool
    hidden: bool
    deleted: bool
    inserted: bool
    symbol: tuple[int, int] | None
    special: bool
    object: bool
    font: int | None


class _Sink:
    """The paragraph being read."""

    __slots__ = ("after", "all_bold", "depth", "hides", "links", "pieces")

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.pieces: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.after: list[Piece] = []
        self.all_bold = True
        self.hides = False


class _Flow:
    """The text being read: the main text or a text box, with its open fields and its table.

    `carried` is a paragraph whose mark is deleted or hidden, so that the next one continues it.
    """

    __slots__ = ("blocks", "carried", "fields", "table")

    def __init__(self, seen: Seen) -> None:
        self.blocks: list[Piece] = []
        self.fields: list[Field] = []
        self.carried: _Sink | None = None
        self.table = OpenTable(seen)


class Walk:
    """One pass over a file; lists and fields are counted along the way."""

    def __init__(self, file: WordFile, seen: Seen) -> None:
        self._file = file
        self._seen = seen
        self.text, pieces = read_pieces(file)
        self._ends, looks = placed(pieces, character_runs(file))
        self._paragraph_ends, self._paragraphs = placed(pieces, paragraph_runs(file))
        properties = Paragraphs(file.read_data)
        self._styles = Styles(file, properties)
        styles, look = self._styles, properties.look

        @cache
        def paragraph_look(value: bytes) -> tuple[ParagraphLook, Style]:
            said = look(value)
            return said, styles.style(said.style)

        self._paragraph_look = paragraph_look
        self._character_look = cache(character_look)
        self._looks = looks
        self._look_of = cache(self._resolved)
        self.lists = Counting(lists_of(file))
        self._shapes: Mapping[int, Sequence[Shape]] = shapes_of(file)
        self._fonts: list[str] | None = None
        self._section_ends = frozenset(plc(file.structure(SECTIONS), 12)[0])
        self._flow = _Flow(self._seen)
        self._depth = 0
        self._inserting = self._deleting = False

    def blocks(self, start: int, end: int) -> list[Piece]:
        """What stands from `start` to `end` of all texts; its open fields and tables are its own."""
        outer, self._flow = self._flow, _Flow(self._seen)
        flow = self._flow
        at = start
        for mark in _MARKS.finditer(self.text, start, end):
            if mark[0] == "\x0c" and mark.end() not in self._section_ends:
                continue
            self._paragraph(at, mark.start(), mark[0])
            at = mark.end()
        if at < end:
            self._paragraph(at, end, "\r")
        self._end_table()
        self._end_carried()
        self._flow = outer
        return flow.blocks

    # --- Paragraphs

    def _paragraph(self, start: int, end: int, mark: str) -> None:
        self._seen.add_places(1)
        index = bisect_right(self._paragraph_ends, end)
        value = self._paragraphs[index] if index < len(self._paragraphs) else b""
        look, style = self._paragraph_look(value)
        flow = self._flow
        if look.depth == 0 or mark == "\x0c":
            self._end_table()
        elif look.ends_row:
            flow.table.end_row(look, deleted=self._mark_look(end, look.style).deleted)
            return
        ends_cell = mark == "\x07" and look.depth > 0
        mark_look = self._mark_look(end, look.style)
        joined = not ends_cell and (mark_look.deleted or mark_look.hidden)
        number = follower = ""
        if not joined and (look.list_id is not None or style.list_id is not None):
            number, follower = self._number(look, style)
        if flow.carried is not None and flow.carried.depth != look.depth:
            self._end_carried()
        sink = flow.carried or _Sink(look.depth)
        self._inline(start, end, look.style, sink)
        # A code that runs past its paragraph is taken as broken: better its text than a lost page.
        if flow.fields:
            flow.fields = [field for field in flow.fields if field.in_result]
        if sink.hides:
            self._seen["隐藏"] += 1
            sink.hides = False
        flow.carried = sink if joined else None
        if joined:
            return
        paragraph = _ended(sink, look, style, number, follower)
        if look.depth == 0:
            flow.blocks.append(paragraph)
            flow.blocks += sink.after
        else:
            flow.table.add(paragraph, sink.after, look)
            if ends_cell:
                flow.table.end_cell(deleted=mark_look.deleted)

    def _end_carried(self) -> None:
        """Let a carried paragraph stand where nothing follows that could continue it."""
        sink, self._flow.carried = self._flow.carried, None
        if sink is not None:
            self._flow.blocks += [_ended(sink, ParagraphLook(), Style(), "", ""), *sink.after]

    def _mark_look(self, at: int, style: int) -> _Look:
        """How a paragraph's mark looks; a deleted or hidden one joins it with the next paragraph."""
        index = bisect_right(self._ends, at)
        return self._look_of(self._looks[index] if index < len(self._looks) else b"", style)

    def _number(self, look: ParagraphLook, style: Style) -> tuple[str, str]:
        list_id = style.list_id if look.list_id is None else str(look.list_id)
        if list_id is None or not 1 <= int(list_id) <= _MAX_LIST:
            return "", ""
        level = style.level if look.level is None else look.level
        return self.lists.advance(list_id, level or 0)

    # --- Inside a paragraph

    def _inline(self, start: int, end: int, style: int, sink: _Sink) -> None:
        if start == end:
            return
        index = bisect_right(self._ends, start)
        at = start
        while at < end:
            last = min(end, self._ends[index]) if index < len(self._ends) else end
            look = self._look_of(self._looks[index] if index < len(self._looks) else b"", style)
            if look.inserted != self._inserting or look.deleted != self._deleting:
                self._seen["插入"] += look.inserted and not self._inserting
                self._seen["删除"] += look.deleted and not self._deleting
                self._inserting, self._deleting = look.inserted, look.deleted
            text = self.text[at:last]
            if _CONTROLS.search(text) is not None:
                self._special(text, at, look, sink)
            elif look.hidden or look.deleted:
                sink.hides |= look.hidden and text.strip() != ""
            else:
                self._write(text, sink, look.bold)
            at = last
            index += 1

    def _special(self, text: str, start: int, look: _Look, sink: _Sink) -> None:
        """Text with characters that stand for something else."""
        shown = not (look.hidden or look.deleted)
        at = 0
        for found in _CONTROLS.finditer(text):
            plain, char = text[at : found.start()], found[0]
            at = found.end()
            if shown and plain:
                self._write(plain, sink, look.bold)
            elif look.hidden:
                sink.hides |= plain.strip() != ""
            if char in (_BEGIN, _SEPARATE, _END):
                self._field_mark(char, sink)
            elif char == _COMMENT:
                self._seen["批注"] += 1
            elif shown:
                self._shown(char, start + found.start(), look, sink)
        if shown:
            self._write(text[at:], sink, look.bold)
        elif look.hidden:
            sink.hides |= text[at:].strip() != ""

    def _shown(self, char: str, at: int, look: _Look, sink: _Sink) -> None:
        if look.symbol is not None and (char == _SYMBOL or look.special):
            self._write(self._symbol(*look.symbol), sink, look.bold)
        elif char >= "\uf000":
            # A character of a symbol font by its place there; without such a font it stands for itself.
            shown = char if look.font is None else self._symbol(look.font, ord(char))
            self._write(char if shown == "\ufffd" else shown, sink, look.bold)
        elif char == _SYMBOL:
            self._write(char, sink, look.bold)
        elif char in _WRITTEN:
            self._write(_WRITTEN[char], sink, look.bold)
        elif char == _INLINE:
            self._inline_picture(look, sink)
        elif char == _FLOATING:
            for shape in self._shapes.get(at, ()):
                sink.after += self._shape(shape)

    def _inline_picture(self, look: _Look, sink: _Sink) -> None:
        fields = self._flow.fields
        if not all(field.in_result for field in fields):
            return
        kind = fields[-1].code[:20].split(maxsplit=1)[:1] if fields else []
        if look.object or kind in (["EMBED"], ["LINK"]):
            self._seen["对象"] += 1
        elif kind != ["SHAPE"]:  # where a picture only stands for the shape before it
            self._seen.add_places(1)
            sink.after.append(Picture())

    def _shape(self, shape: Shape) -> list[Piece]:
        self._seen.add_places(1)
        found: list[Piece] = [Picture()] if shape.picture else []
        if shape.art:
            found.append(Text(shape.art))
        if shape.box is not None and self._depth < MAX_DEPTH:
            self._depth += 1
            found += self.blocks(*shape.box)
            self._depth -= 1
        return found

    def _symbol(self, font: int, code: int) -> str:
        if self._fonts is None:
            self._fonts = font_names(self._file)
        return symbol_character(self._fonts[font] if font < len(self._fonts) else "", code)

    def _resolved(self, value: bytes, paragraph_style: int) -> _Look:
        """How characters look that have the modifiers `value` in a paragraph of a style."""
        said: CharacterLook = self._character_look(value)
        style = self._styles.style(paragraph_style)
        bold, hidden = style.bold, style.hidden
        if said.style is not None:
            own = self._styles.style(said.style)
            bold, hidden = bold != own.bold, hidden != own.hidden
        return _Look(
            switched(said.bold, bold),
            switched(said.hidden, hidden),
            said.deleted,
            said.inserted,
            said.symbol,
            said.special,
            said.object,
            said.font,
        )

    def _write(self, text: str, sink: _Sink, bold: bool) -> None:
        for field in self._flow.fields:
            if not field.in_result:
                self._flow.fields[-1].codes.append(text)
                return
        sink.pieces.append(text)
        if not bold and sink.all_bold and not text.isspace() and text:
            sink.all_bold = False

    # --- Fields

    def _field_mark(self, mark: str, sink: _Sink) -> None:
        flow = self._flow
        if mark == _BEGIN:
            self._seen.add_places(1)
            if len(flow.fields) == MAX_OPEN_FIELDS:
                del flow.fields[0]
            flow.fields.append(Field())
        elif not flow.fields:
            return
        elif mark == _SEPARATE:
            field = flow.fields[-1]
            field.in_result = True
            field.codes = [field.code]
            field.sink, field.piece, field.block = sink, len(sink.pieces), len(flow.blocks)
        else:
            closed = flow.fields.pop()
            if not closed.in_result:
                self._write(shown_by_code(closed.code), sink, bold=True)
                return
            start = closed.piece if closed.sink is sink else 0
            if is_contents(closed.code):
                # Its entries repeat the headings, which stand further down themselves.
                self._seen["目录"] += 1
                del sink.pieces[start:]
                del flow.blocks[closed.block :]
            elif 0 < len(target := code_target(closed.code)) <= MAX_LINK:
                sink.links.append(("".join(sink.pieces[start:]).strip()[:MAX_LINK], target))

    def _end_table(self) -> None:
        flow = self._flow
        if pieces := flow.table.taken():
            self._end_carried()
            flow.blocks += pieces


def _ended(sink: _Sink, look: ParagraphLook, style: Style, number: str, follower: str) -> Text:
    text = "".join(sink.pieces) if len(sink.pieces) != 1 else sink.pieces[0]
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    shown = with_number(number, follower, text) if number else text
    role = style.role if look.outline is None else outline_role(str(look.outline))
    centered = style.centered if look.centered is None else look.centered
    bold = sink.all_bold and text.strip() != ""
    return Text(shown, number, role, bold, centered, sink.links)
