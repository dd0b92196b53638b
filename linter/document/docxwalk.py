"""The walk over a DOCX file in reading order: containers, paragraphs, runs, drawings."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from linter.document.docxcharacters import formula_text, shown_text, symbol, with_number
from linter.document.docxfields import MAX_OPEN_FIELDS, Field, code_target, is_contents, shown_by_code
from linter.document.docxnames import (
    ALT_CHUNK,
    ALTERNATIVE,
    COMMENT,
    DELETED,
    DRAWINGS,
    FIELD_CODE,
    FIELD_MARK,
    FOOTNOTES,
    HYPERLINK,
    MATHS,
    NUM_PR,
    P_STYLE,
    PPR,
    R_STYLE,
    RPR,
    RUBY,
    SIMPLE_FIELD,
    SYMBOL,
    TBL,
    TC,
    TEXT_BOX,
    TR,
    VAL,
    VANISH,
    WRITTEN,
    P,
    R,
    T,
    W,
    is_on,
)
from linter.document.docxpackage import Relationship
from linter.document.docxplain import plain_texts
from linter.document.docxraw import Raw, Text
from linter.document.docxseen import Seen
from linter.document.docxstyles import Style, Styles, outline_role
from linter.document.docxtables import table_blocks
from linter.document.docxwrappers import surrounded
from linter.document.model import Picture
from linter.document.numbering import Numbering

MAX_LINK = 1000
"""Characters of a link's text that are kept, and of an address that is one."""

_ALIGNMENT, _OUTLINE, _BOLD = (W + name for name in ("jc", "outlineLvl", "b"))
_FIELD_MARK_TYPE = W + "fldCharType"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_VML = "{urn:schemas-microsoft-com:vml}"
_PICTURES = frozenset({"{http://schemas.openxmlformats.org/drawingml/2006/main}blip", _VML + "imagedata"})
_WORD_ART = _VML + "textpath"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_OPAQUE = frozenset(
    {
        _OLE,
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    }
)


class _Sink:
    """The paragraph being read: what was written, what hangs on it, how its style looks."""

    __slots__ = ("after", "all_bold", "element", "hides", "links", "pieces", "style")

    def __init__(self, style: Style, element: etree._Element) -> None:
        self.style = style
        self.element = element
        self.pieces: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.after: list[Raw] = []
        self.all_bold = True
        self.hides = False


class _Flow:
    """The container being read, with the complex fields that are open in it.

    `carried` is a paragraph whose mark is deleted or hidden, so that the next one continues it.
    """

    __slots__ = ("blocks", "carried", "fields")

    def __init__(self) -> None:
        self.blocks: list[Raw] = []
        self.fields: list[Field] = []
        self.carried: _Sink | None = None


class Walk:
    """One pass over a document in reading order; lists and fields are counted along the way."""

    def __init__(
        self, styles: Styles, lists: Numbering, relationships: Mapping[str, Relationship], seen: Seen
    ) -> None:
        self._styles = styles
        self._lists = lists
        self._relationships = relationships
        self._seen = seen
        self._flow = _Flow()

    def blocks(self, container: etree._Element) -> list[Raw]:
        """The blocks of a body, cell or text box, whose open fields are its own."""
        outer = self._flow
        self._flow = flow = _Flow()
        self._container(container)
        self._end_carried()
        self._flow = outer
        return flow.blocks

    def _container(self, container: etree._Element) -> None:
        for child in container:
            tag = child.tag
            if tag == P:
                self._paragraph(child)
            elif tag == TBL:
                self._end_carried()
                self._flow.blocks += self._table(child)
            elif tag == ALT_CHUNK:
                self._seen["外部"] += 1
            elif (inner := surrounded(child, tag, self._seen)) is not None:
                self._container(inner)

    def _table(self, table: etree._Element) -> list[Raw]:
        self._seen.add_places(sum(1 for _ in table.iterdescendants(TR, TC)))
        texts = plain_texts(table, self._styles)

        def read(cell: etree._Element) -> list[Raw]:
            text = texts.get(cell)
            return self.blocks(cell) if text is None else [Text(text)]

        return table_blocks(table, read, self._seen)

    # --- Paragraphs

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._seen.add_places(1)
        style_id = alignment = outline = None
        list_properties = mark = None
        if len(paragraph) and (properties := paragraph[0]).tag == PPR:
            for item in properties:
                tag = item.tag
                if tag == P_STYLE:
                    style_id = item.get(VAL)
                elif tag == _ALIGNMENT:
                    alignment = item.get(VAL)
                elif tag == RPR:
                    mark = item
                elif tag == NUM_PR:
                    list_properties = item
                elif tag == _OUTLINE:
                    outline = item.get(VAL)
        style = self._styles.paragraph(style_id)
        joined = mark is not None and self._mark_is_gone(mark, paragraph)
        number, follower = ("", "") if joined else self._number(list_properties, style)
        flow = self._flow
        sink = flow.carried or _Sink(style, paragraph)
        sink.style = style
        self._inline(paragraph, sink)
        # A code that runs past its paragraph is taken as broken: better its text than a lost page.
        if flow.fields:
            flow.fields = [open_field for open_field in flow.fields if open_field.in_result]
        if sink.hides:
            self._seen["隐藏"] += 1
            sink.hides = False
        flow.carried = sink if joined else None
        if not joined:
            role = style.role if outline is None else outline_role(outline)
            centered = style.centered if alignment is None else alignment == "center"
            self._end(sink, role, centered, number, follower)

    def _end_carried(self) -> None:
        """Let a carried paragraph stand where nothing follows that could continue it."""
        sink, self._flow.carried = self._flow.carried, None
        if sink is not None:
            self._end(sink, sink.style.role, sink.style.centered, "", "")

    def _end(self, sink: _Sink, role: str, centered: bool, number: str, follower: str) -> None:
        """Add the paragraph that was read into `sink`, and what hangs on it."""
        text = "".join(sink.pieces)
        shown = with_number(number, follower, text) if number else text
        bold = sink.all_bold and text.strip() != ""
        self._flow.blocks.append(Text(shown, number, role, bold, centered, sink.links, sink.element))
        if sink.after:
            self._flow.blocks += sink.after

    def _mark_is_gone(self, mark: etree._Element, paragraph: etree._Element) -> bool:
        """Whether the paragraph's mark is deleted or hidden, which joins it with the next one."""
        for item in mark:
            if (kind := DELETED.get(item.tag)) is not None:
                self._seen[kind] += paragraph.find(item.tag) is None
                return True
            if item.tag == VANISH:
                return is_on(item)
        return False

    def _number(self, direct: etree._Element | None, style: Style) -> tuple[str, str]:
        """The number of a paragraph of this style with the list properties `direct`."""
        list_id, level = style.list_id, None
        if direct is None:
            if list_id is None:
                return "", ""
        else:
            own_list, own_level = direct.find(W + "numId"), direct.find(W + "ilvl")
            if own_list is not None:
                list_id = own_list.get(VAL)
            if own_level is not None and (text := own_level.get(VAL, "")).isdecimal():
                level = int(text)
        if list_id is None or list_id == "0":
            return "", ""
        for name in style.lineage:
            if level is None:
                level = self._lists.level_of_style(list_id, name)
        if level is None:
            level = (style.level if direct is None else None) or 0
        return self._lists.advance(list_id, level)

    # --- Inside a paragraph

    def _inline(self, element: etree._Element, sink: _Sink) -> None:
        for child in element:
            tag = child.tag
            if tag == R:
                self._run(child, sink)
            elif tag == PPR:
                continue
            elif tag in (HYPERLINK, SIMPLE_FIELD):
                start = len(sink.pieces)
                self._inline(child, sink)
                self._link(self._target(child, tag), sink, start)
            elif tag in MATHS:
                self._write(formula_text(child), sink, bold=True)
            elif (inner := surrounded(child, tag, self._seen)) is not None:
                self._inline(inner, sink)

    def _run(self, run: etree._Element, sink: _Sink) -> None:
        style = sink.style
        bold, hidden = style.bold, style.hidden
        for child in run:
            tag = child.tag
            if tag == T:
                text = shown_text(child)
                if hidden:
                    sink.hides = sink.hides or text.strip() != ""
                else:
                    self._write(text, sink, bold)
            elif tag == RPR:
                bold, hidden = self._appearance(child, style)
            elif tag == FIELD_MARK:
                self._field_mark(child.get(_FIELD_MARK_TYPE), sink)
            elif tag == FIELD_CODE:
                if self._flow.fields:
                    self._flow.fields[-1].codes.append(child.text or "")
            elif tag == COMMENT:
                self._seen["批注"] += 1
            elif tag in FOOTNOTES:
                self._seen["脚注"] += 1
            elif not hidden:
                self._run_part(child, tag, sink, bold)

    def _run_part(self, child: etree._Element, tag: str, sink: _Sink, bold: bool) -> None:
        """What a visible run holds besides text."""
        if tag in WRITTEN:
            self._write(WRITTEN[tag], sink, bold)
        elif tag == SYMBOL:
            self._write(symbol(child), sink, bold)
        elif tag in DRAWINGS:
            sink.after += self._drawn(child, "")
        elif tag == RUBY:
            if (base := child.find(W + "rubyBase")) is not None:
                self._inline(base, sink)
        elif tag == ALTERNATIVE and (inner := surrounded(child, tag, self._seen)) is not None:
            self._run(inner, sink)

    def _appearance(self, properties: etree._Element, paragraph: Style) -> tuple[bool, bool]:
        """Whether a run is (bold, hidden). Styles toggle each other (17.7.3), direct values decide."""
        bold, hidden = paragraph.bold, paragraph.hidden
        direct_bold = direct_hidden = None
        for item in properties:
            tag = item.tag
            if tag == R_STYLE:
                style = self._styles.named(item.get(VAL))
                bold, hidden = bold != style.bold, hidden != style.hidden
            elif tag == _BOLD:
                direct_bold = is_on(item)
            elif tag == VANISH:
                direct_hidden = is_on(item)
        return (
            bold if direct_bold is None else direct_bold,
            hidden if direct_hidden is None else direct_hidden,
        )

    def _write(self, text: str, sink: _Sink, bold: bool) -> None:
        for open_field in self._flow.fields:
            if not open_field.in_result:
                return
        sink.pieces.append(text)
        if not bold and sink.all_bold and not text.isspace():
            sink.all_bold = False

    # --- Fields and links

    def _field_mark(self, kind: str | None, sink: _Sink) -> None:
        flow = self._flow
        if kind == "begin":
            if len(flow.fields) == MAX_OPEN_FIELDS:
                del flow.fields[0]
            flow.fields.append(Field())
        elif not flow.fields:
            return
        elif kind == "separate":
            current = flow.fields[-1]
            current.in_result = True
            current.sink, current.piece, current.block = sink, len(sink.pieces), len(flow.blocks)
        elif kind == "end":
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
            else:
                self._link(code_target(closed.code), sink, start)

    def _link(self, target: str, sink: _Sink, start: int) -> None:
        if target:
            sink.links.append(("".join(sink.pieces[start:]).strip()[:MAX_LINK], target))

    def _target(self, element: etree._Element, tag: str) -> str:
        """The outside address of a hyperlink or simple field, empty where it has none."""
        if tag == SIMPLE_FIELD:
            return code_target(element.get(W + "instr", ""))
        relationship = self._relationships.get(element.get(_R_ID, ""))
        if relationship is None or not relationship.external or len(relationship.target) > MAX_LINK:
            return ""
        anchor = element.get(W + "anchor")
        return relationship.target + (f"#{anchor}" if anchor and "#" not in relationship.target else "")

    # --- Drawings

    def _drawn(self, element: etree._Element, description: str) -> list[Raw]:
        """The text boxes and pictures of a drawing, each once, in order."""
        found: list[Raw] = []
        for child in element:
            tag = child.tag
            if tag == TEXT_BOX:
                found += self.blocks(child)
            elif tag in _PICTURES:
                found.append(Picture(description))
            elif tag == _WORD_ART:
                found.append(Text(child.get("string", "")))
            elif tag in _OPAQUE:
                self._seen["对象"] += 1
                if tag != _OLE:
                    found.append(Picture(description))
            elif tag == ALTERNATIVE:
                if (inner := surrounded(child, tag, self._seen)) is not None:
                    found += self._drawn(inner, description)
            else:
                if isinstance(tag, str) and tag.endswith(("}docPr", "}cNvPr")):
                    description = child.get("descr") or child.get("title") or description
                found += self._drawn(child, child.get("alt") or description)
        return found
