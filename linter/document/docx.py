"""DOCX: our own walk over the XML, since drafts hold what ready-made readers drop or double.

Content controls, tracked changes, hidden runs, text boxes, automatic numbers, field codes and the
several ways of merging cells are read as Word shows the document with all changes accepted.
Element names and their meaning are those of ECMA-376 part 1.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from statistics import median
from typing import TypeAlias

from lxml import etree

from linter.document.archive import Archive, parse_xml
from linter.document.model import (
    Block,
    Cell,
    Document,
    Line,
    Link,
    Location,
    Paragraph,
    Picture,
    Table,
    Unreadable,
)
from linter.document.numbering import MC, Numbering, W, is_on

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_SCHEMAS = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = tuple(
    (b"http://purl.oclc.org/ooxml/" + strict, _SCHEMAS + transitional)
    for strict, transitional in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
    )
)

_VAL = W + "val"
_P, _R, _T, _TBL, _TR, _TC = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc"))
_PPR, _RPR, _TRPR, _TCPR = (W + name for name in ("pPr", "rPr", "trPr", "tcPr"))
_SDT, _SDT_CONTENT = W + "sdt", W + "sdtContent"
_CHOICE, _FALLBACK, _ALTERNATIVE = (MC + name for name in ("Choice", "Fallback", "AlternateContent"))
_INSERTED = {W + "ins": "插入", W + "moveTo": "移动", _WORD_2010 + "conflictIns": "插入"}
_DELETED = {W + "del": "删除", W + "moveFrom": "移动", _WORD_2010 + "conflictDel": "删除"}
# Elements that only surround content of the kind around them.
_TRANSPARENT = {W + name for name in ("customXml", "smartTag", "dir", "bdo")} | set(_INSERTED)
_WRITTEN = {
    W + name: text
    for name, text in (("br", "\n"), ("cr", "\n"), ("tab", "\t"), ("ptab", "\t"), ("noBreakHyphen", "-"))
}
_TRACKED = _INSERTED | _DELETED
_P_STYLE, _NUM_PR, _JC, _OUTLINE = (W + name for name in ("pStyle", "numPr", "jc", "outlineLvl"))
_HEEDED = {_P_STYLE, _NUM_PR, _JC, _OUTLINE, W + "rPr"}
_R_STYLE, _B, _VANISH, _SYM, _RUBY = (W + name for name in ("rStyle", "b", "vanish", "sym", "ruby"))
_WIDTH, _WIDTH_KIND, _CELL_WIDTH, _WIDTH_BEFORE = (W + name for name in ("w", "type", "tcW", "wBefore"))
_GRID_SPAN, _GRID_BEFORE, _GRID_AFTER = (W + name for name in ("gridSpan", "gridBefore", "gridAfter"))
_MERGED_DOWN, _MERGED_ALONG, _HIDDEN_ROW = (W + name for name in ("vMerge", "hMerge", "hidden"))
_CELL_INSERTED, _CELL_DELETED = (W + name for name in ("cellIns", "cellDel"))
_FIELD_MARK, _FIELD_MARK_TYPE, _FIELD_CODE = (W + name for name in ("fldChar", "fldCharType", "instrText"))
_HYPERLINK, _SIMPLE_FIELD, _COMMENT, _ALT_CHUNK = (
    W + name for name in ("hyperlink", "fldSimple", "commentReference", "altChunk")
)
_MATHS = {_MATH + "oMath", _MATH + "oMathPara"}
_DRAWINGS = {W + name for name in ("drawing", "pict", "object")}
_TEXT_BOX = W + "txbxContent"
_PICTURES = {_DRAWING + "blip", _VML + "imagedata"}
_WORD_ART = _VML + "textpath"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_OPAQUE = {
    _OLE,
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
}

# What a plain row is read from, and what makes a row need the full walk.
_PLAIN = (_TC, _CELL_WIDTH, _GRID_SPAN, _MERGED_DOWN, _P, _T, *_WRITTEN)
_NOT_PLAIN = (
    *(
        _TBL,
        _SDT,
        _ALTERNATIVE,
        _ALT_CHUNK,
        _HYPERLINK,
        _SIMPLE_FIELD,
        _COMMENT,
        _NUM_PR,
        _VANISH,
        _SYM,
        _RUBY,
    ),
    *(_FIELD_MARK, _FIELD_CODE, _MERGED_ALONG, _HIDDEN_ROW, _GRID_BEFORE, _GRID_AFTER, _CELL_INSERTED),
    *(_CELL_DELETED, W + "tcPrChange", _TEXT_BOX, *_DRAWINGS, *_MATHS, *_TRACKED),
)

_XML_SPACE = " \t\r\n"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_HYPERLINK_CODE = re.compile(r'^\s*HYPERLINK\s+(?:"([^"]+)"|([^\s"\\]\S*))', re.IGNORECASE)

_THIN_TWIPS = 28.35
"""Half a millimetre: LibreOffice's conversions leave columns of one twip between the real ones."""
_SMALL_TABLE_CELLS = 6
"""A table inside a cell with no more cells than this is part of the cell's text."""
_PICTURE_ONLY = "[图片]"


def read_docx(data: bytes) -> Document:
    """Read a .docx file.

    Raises Unreadable, with a line for the user, where the file is damaged, protected, no Word
    document, or built to exhaust memory.
    """
    archive = Archive(data)
    main = _main_part(archive)
    root = _xml(archive, main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Unreadable("不是有效的 Word 文档（缺少正文部分 word/document.xml）")
    walk = _Walk(archive, _relationships(archive, main))
    try:
        blocks, links = _placed(walk.blocks(body))
    except RecursionError as error:
        raise Unreadable("文档内部的嵌套层数过多，无法读取") from error
    core = _xml(archive, "docProps/core.xml")
    title = (core.findtext(_TITLE) or "").strip() if core is not None else ""
    return Document(
        reader="docx",
        blocks=tuple(blocks),
        links=tuple(links),
        notes=walk.notes(),
        metadata={"title": title} if title else {},
    )


def _xml(archive: Archive, name: str) -> etree._Element | None:
    """The root of an XML part with the names of the transitional form, None without the part."""
    data = archive.read(name)
    if data is None:
        return None
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, transitional in _STRICT_NAMES:
            data = data.replace(strict, transitional)
    return parse_xml(data, name)


@dataclass(frozen=True, slots=True)
class _Relationship:
    """What a part refers to; `target` is a full part name, or the address if external."""

    kind: str
    target: str
    external: bool


def _main_part(archive: Archive) -> str:
    """The name of the main document, which some producers do not call word/document.xml."""
    for relationship in _relationships(archive, "").values():
        if relationship.kind == "officeDocument" and relationship.target in archive:
            return relationship.target
    return "word/document.xml"


def _relationships(archive: Archive, part: str) -> dict[str, _Relationship]:
    folder, name = posixpath.split(part)
    root = _xml(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, _Relationship] = {}
    for item in root.iter(_RELATIONSHIP) if root is not None else ():
        external = item.get("TargetMode") == "External"
        target = item.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = item.get("Type", "").rpartition("/")[2]
        found[item.get("Id", "")] = _Relationship(kind, target, external)
    return found


# --- Styles ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style means for reading, its ancestors included; None where nothing is said."""

    role: str = ""
    list_id: str | None = None
    level: int | None = None
    centered: bool = False
    bold: bool = False
    hidden: bool = False
    lineage: tuple[str, ...] = ()


class _Styles:
    """The styles of a document by id, resolved when first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default = ""
        self._resolved: dict[str, _Style] = {}
        for style in root.iterchildren(W + "style") if root is not None else ():
            style_id = style.get(W + "styleId", "")
            self._elements.setdefault(style_id, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = style_id

    def paragraph(self, style_id: str | None) -> _Style:
        """The paragraph style; without an id, or with an unknown one, the default style."""
        return self.named(style_id if style_id in self._elements else self._default)

    def named(self, style_id: str | None) -> _Style:
        """The style with this id, or one that says nothing."""
        key = style_id or ""
        if key not in self._resolved:
            self._resolved[key] = self._resolve(key)
        return self._resolved[key]

    def list_of(self, style_id: str) -> str | None:
        """The list that a numbering style refers to."""
        return self.named(style_id).list_id

    def _resolve(self, style_id: str) -> _Style:
        lineage: list[str] = []
        while style_id in self._elements and style_id not in lineage:
            lineage.append(style_id)
            based_on = self._elements[style_id].find(W + "basedOn")
            style_id = based_on.get(_VAL, "") if based_on is not None else ""
        chain = [self._elements[name] for name in lineage]

        def nearest(path: str) -> etree._Element | None:
            return next((found for style in chain if (found := style.find(path)) is not None), None)

        def value(path: str) -> str | None:
            found = nearest(path)
            return None if found is None else found.get(_VAL)

        level = value(f"{_PPR}/{W}numPr/{W}ilvl")
        return _Style(
            role=next((role for style in chain if (role := _role(style)) is not None), ""),
            list_id=value(f"{_PPR}/{W}numPr/{W}numId"),
            level=int(level) if level and level.isdecimal() else None,
            centered=value(f"{_PPR}/{W}jc") == "center",
            bold=is_on(nearest(f"{_RPR}/{W}b")),
            hidden=is_on(nearest(f"{_RPR}/{W}vanish")),
            lineage=tuple(lineage),
        )


def _role(style: etree._Element) -> str | None:
    """The role by the style's own name or outline level, "title" or "heading1" …; None if unsaid."""
    name = style.find(W + "name")
    text = (name.get(_VAL) or "").strip() if name is not None else ""
    if text.lower() == "title" or text == "标题":
        return "title"
    if match := _HEADING.fullmatch(text):
        return f"heading{match[1]}"
    outline = style.find(f"{_PPR}/{W}outlineLvl")
    return None if outline is None else _outline_role(outline.get(_VAL))


def _outline_role(value: str | None) -> str:
    """Outline levels count from 0; 9 is body text."""
    return f"heading{int(value) + 1}" if value in set("012345678") else ""


# --- What the walk collects: blocks without their places ------------------------------------


@dataclass(slots=True)
class _Text:
    """A paragraph with newlines for forced line breaks; `links` are (shown text, target)."""

    text: str
    number: str
    style: str
    bold: bool
    centered: bool
    links: list[tuple[str, str]]


@dataclass(slots=True)
class _GridCell:
    """A cell; `left` and `right` are edges of the grid, `order` counts the row's cells from 1.

    `widths` are the w:tcW of the cells merged into it, read only where spans do not place the row.
    """

    left: int
    right: int
    widths: list[etree._Element | None]
    order: int
    element: etree._Element
    continues: bool
    blocks: list[_Raw] = field(default_factory=list)
    row_span: int = 1


@dataclass(slots=True)
class _Row:
    """A row; `before` are skipped grid columns, `removed` the edges of cells tracked as deleted."""

    cells: list[_GridCell]
    before: int
    before_width: float | None
    total: int
    removed: list[tuple[int, int]]


@dataclass(slots=True)
class _Grid:
    rows: list[list[_GridCell]]
    column_count: int


_Raw: TypeAlias = "_Text | _Grid | Picture"


@dataclass(slots=True)
class _Sink:
    """The paragraph being read: what was written, what hangs on it, how its style looks."""

    style: _Style
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    after: list[_Raw] = field(default_factory=list)
    all_bold: bool = True
    hides: bool = False


@dataclass(slots=True)
class _Flow:
    """The container being read; `carried` is a paragraph whose mark is deleted or hidden, so that
    the next one continues it.
    """

    blocks: list[_Raw] = field(default_factory=list)
    carried: _Sink | None = None


@dataclass(slots=True)
class _Field:
    """A complex field between its marks; the result began in `sink` and `flow` at the indexes."""

    code: str = ""
    in_result: bool = False
    sink: _Sink | None = None
    piece: int = 0
    flow: _Flow | None = None
    block: int = 0

    @property
    def is_contents(self) -> bool:
        return self.code.split()[:1] == ["TOC"]


# --- The walk -------------------------------------------------------------------------------


class _Walk:
    """One pass over a document in reading order; lists and fields are counted along the way."""

    def __init__(self, archive: Archive, relationships: dict[str, _Relationship]) -> None:
        self._archive = archive
        self._relationships = relationships
        self._styles = _Styles(self._related("styles"))
        self._lists: Numbering | None = None
        self._fields: list[_Field] = []
        self._seen: Counter[str] = Counter()
        self._flow = _Flow()

    def _related(self, kind: str) -> etree._Element | None:
        for relationship in self._relationships.values():
            if relationship.kind == kind and not relationship.external:
                return _xml(self._archive, relationship.target)
        return None

    @property
    def _numbering(self) -> Numbering:
        if self._lists is None:
            self._lists = Numbering(self._related("numbering"), self._styles.list_of)
        return self._lists

    def notes(self) -> tuple[str, ...]:
        """What the reader of the verdicts should know, in Chinese."""
        seen = self._seen
        tracked = "、".join(f"{kind} {seen[kind]} 处" for kind in ("插入", "删除", "移动") if seen[kind])
        notes = [f"文中有尚未处理的修订（{tracked}），已按全部接受修订后的内容检查"] if tracked else []
        notes += [
            template.format(seen[key])
            for key, template in (
                ("隐藏", "文中有 {} 处隐藏文字，未计入检查"),
                ("批注", "文中有 {} 处批注，批注内容未计入检查"),
                ("目录", "文中有 {} 处自动目录，未作为正文检查"),
                ("对象", "文中有 {} 个嵌入对象或图表（如 Excel 表格），其内容无法读取"),
                ("外部", "文中有 {} 处嵌入的外部文档，其内容没有读取"),
                ("图片格", "表格中有 {} 个单元格只有图片，其内容无法读取"),
                ("遮住", "表格中有 {} 个被合并遮住的单元格里还有文字，未计入检查"),
            )
            if seen[key]
        ]
        if self._lists is not None and self._lists.unknown_formats:
            formats = "、".join(sorted(self._lists.unknown_formats))
            notes.append(f"自动编号的格式（{formats}）无法还原，已按阿拉伯数字显示")
        return tuple(notes)

    def blocks(self, container: etree._Element) -> list[_Raw]:
        """The blocks of a body, cell or text box, whose open fields are its own."""
        outer = self._flow, self._fields
        flow = _Flow()
        self._flow, self._fields = flow, []
        self._container(container)
        self._end_carried()
        self._flow, self._fields = outer
        return flow.blocks

    def _container(self, container: etree._Element) -> None:
        for child in container:
            tag = child.tag
            if tag == _P:
                self._paragraph(child)
            elif tag == _TBL:
                self._end_carried()
                self._flow.blocks += self._table(child)
            elif tag == _ALT_CHUNK:
                self._seen["外部"] += 1
            elif (inner := self._surrounded(child, tag)) is not None:
                self._container(inner)

    def _surrounded(self, element: etree._Element, tag: str) -> etree._Element | None:
        """The content of an element that only surrounds content; None where it adds none."""
        if tag == _SDT:
            gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is not None and gallery.get(_VAL) == "Table of Contents":
                self._seen["目录"] += 1
                return None
            return element.find(_SDT_CONTENT)
        if tag == _ALTERNATIVE:
            choice = element.find(_CHOICE)
            return choice if choice is not None else element.find(_FALLBACK)
        if tag in _TRACKED:
            # Word cuts one revision into several elements; neighbours are counted once.
            before = element.getprevious()
            self._seen[_TRACKED[tag]] += before is None or before.tag != tag
        return element if tag in _TRANSPARENT else None

    def _paragraph(self, paragraph: etree._Element) -> None:
        said: dict[str, etree._Element] = {}
        if len(paragraph) and (properties := paragraph[0]).tag == _PPR:
            for item in properties:
                tag = item.tag
                if tag in _HEEDED:
                    said[tag] = item
        style_id, align, outline = (
            said[tag].get(_VAL) if tag in said else None for tag in (_P_STYLE, _JC, _OUTLINE)
        )
        style = self._styles.paragraph(style_id)
        joined = _RPR in said and self._mark_is_gone(said[_RPR], paragraph)
        number, follower = ("", "") if joined else self._number(said.get(_NUM_PR), style)
        sink = self._flow.carried or _Sink(style)
        sink.style = style
        self._inline(paragraph, sink)
        # A code that runs past its paragraph is taken as broken: better its text than a lost page.
        if self._fields:
            self._fields = [open_field for open_field in self._fields if open_field.in_result]
        if sink.hides:
            self._seen["隐藏"] += 1
            sink.hides = False
        if joined:
            self._flow.carried = sink
            return
        self._flow.carried = None
        text = "".join(sink.pieces)
        self._flow.blocks.append(
            _Text(
                text=_numbered(number, follower, text) if number else text,
                number=number,
                style=style.role if outline is None else _outline_role(outline),
                bold=sink.all_bold and text.strip() != "",
                centered=style.centered if align is None else align == "center",
                links=sink.links,
            )
        )
        self._flow.blocks += sink.after

    def _end_carried(self) -> None:
        """Let a carried paragraph stand where nothing follows that could continue it."""
        sink, self._flow.carried = self._flow.carried, None
        if sink is not None:
            text = "".join(sink.pieces)
            style = sink.style
            self._flow.blocks.append(
                _Text(text, "", style.role, sink.all_bold and text.strip() != "", style.centered, sink.links)
            )
            self._flow.blocks += sink.after

    def _mark_is_gone(self, mark: etree._Element, paragraph: etree._Element) -> bool:
        """Whether the paragraph's mark is deleted or hidden, which joins it with the next one."""
        for item in mark:
            if (kind := _DELETED.get(item.tag)) is not None:
                self._seen[kind] += paragraph.find(item.tag) is None
                return True
            if item.tag == _VANISH:
                return is_on(item)
        return False

    def _number(self, direct: etree._Element | None, style: _Style) -> tuple[str, str]:
        """The number of a paragraph of this style with the list properties `direct`."""
        list_id, level = style.list_id, None
        if direct is None:
            if list_id is None:
                return "", ""
        else:
            own_list, own_level = direct.find(W + "numId"), direct.find(W + "ilvl")
            if own_list is not None:
                list_id = own_list.get(_VAL)
            if own_level is not None and (text := own_level.get(_VAL, "")).isdecimal():
                level = int(text)
        if list_id is None or list_id == "0":
            return "", ""
        for name in style.lineage:
            if level is None:
                level = self._numbering.level_of_style(list_id, name)
        if level is None:
            level = (style.level if direct is None else None) or 0
        return self._numbering.advance(list_id, level)

    # --- Inside a paragraph

    def _inline(self, element: etree._Element, sink: _Sink) -> None:
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child, sink)
            elif tag == _PPR:
                continue
            elif tag in (_HYPERLINK, _SIMPLE_FIELD):
                start = len(sink.pieces)
                self._inline(child, sink)
                self._link(self._target(child, tag), sink, start)
            elif tag in _MATHS:
                self._write(_formula(child), sink, bold=True)
            elif (inner := self._surrounded(child, tag)) is not None:
                self._inline(inner, sink)

    def _run(self, run: etree._Element, sink: _Sink) -> None:
        style = sink.style
        bold, hidden = style.bold, style.hidden
        for child in run:
            tag = child.tag
            if tag == _RPR:
                bold, hidden = self._appearance(child, style)
            elif tag == _T:
                text = _without_layout(child, child.text or "")
                if hidden:
                    sink.hides = sink.hides or text.strip() != ""
                else:
                    self._write(text, sink, bold)
            elif tag == _FIELD_MARK:
                self._field_mark(child.get(_FIELD_MARK_TYPE), sink)
            elif tag == _FIELD_CODE:
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif tag == _COMMENT:
                self._seen["批注"] += 1
            elif not hidden:
                self._run_part(child, tag, sink, bold)

    def _run_part(self, child: etree._Element, tag: str, sink: _Sink, bold: bool) -> None:
        """What a visible run holds besides text."""
        if tag in _WRITTEN:
            self._write(_WRITTEN[tag], sink, bold)
        elif tag == _SYM:
            self._write(_symbol(child), sink, bold)
        elif tag in _DRAWINGS:
            sink.after += self._drawn(child, "")
        elif tag == _RUBY:
            if (base := child.find(W + "rubyBase")) is not None:
                self._inline(base, sink)
        elif tag == _ALTERNATIVE and (inner := self._surrounded(child, tag)) is not None:
            self._run(inner, sink)

    def _appearance(self, properties: etree._Element, paragraph: _Style) -> tuple[bool, bool]:
        """Whether a run is (bold, hidden). Styles toggle each other (17.7.3), direct values decide."""
        bold, hidden = paragraph.bold, paragraph.hidden
        direct_bold = direct_hidden = None
        for item in properties:
            tag = item.tag
            if tag == _R_STYLE:
                style = self._styles.named(item.get(_VAL))
                bold, hidden = bold != style.bold, hidden != style.hidden
            elif tag == _B:
                direct_bold = is_on(item)
            elif tag == _VANISH:
                direct_hidden = is_on(item)
        return (
            bold if direct_bold is None else direct_bold,
            hidden if direct_hidden is None else direct_hidden,
        )

    def _write(self, text: str, sink: _Sink, bold: bool) -> None:
        for open_field in self._fields:
            if not open_field.in_result:
                return
        sink.pieces.append(text)
        if not bold and sink.all_bold and not text.isspace():
            sink.all_bold = False

    def _field_mark(self, kind: str | None, sink: _Sink) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif not self._fields:
            return
        elif kind == "separate":
            current = self._fields[-1]
            current.in_result = True
            current.sink, current.piece = sink, len(sink.pieces)
            current.flow, current.block = self._flow, len(self._flow.blocks)
        elif kind == "end":
            closed = self._fields.pop()
            if not closed.in_result:
                self._write(_shown_by_code(closed.code), sink, bold=True)
                return
            start = closed.piece if closed.sink is sink else 0
            if closed.is_contents:
                # Its entries repeat the headings, which stand further down themselves.
                self._seen["目录"] += 1
                del sink.pieces[start:]
                if closed.flow is self._flow:
                    del self._flow.blocks[closed.block :]
            else:
                self._link(_code_target(closed.code), sink, start)

    def _link(self, target: str, sink: _Sink, start: int) -> None:
        if target:
            sink.links.append(("".join(sink.pieces[start:]).strip(), target))

    def _target(self, element: etree._Element, tag: str) -> str:
        """The outside address of a hyperlink or simple field, empty where it has none."""
        if tag == _SIMPLE_FIELD:
            return _code_target(element.get(W + "instr", ""))
        relationship = self._relationships.get(element.get(_R_ID, ""))
        if relationship is None or not relationship.external:
            return ""
        anchor = element.get(W + "anchor")
        return relationship.target + (f"#{anchor}" if anchor and "#" not in relationship.target else "")

    def _drawn(self, element: etree._Element, description: str) -> list[_Raw]:
        """The text boxes and pictures of a drawing, each once, in order."""
        found: list[_Raw] = []
        for child in element:
            tag = child.tag
            if tag == _TEXT_BOX:
                found += self.blocks(child)
            elif tag in _PICTURES:
                found.append(Picture(description))
            elif tag == _WORD_ART:
                found.append(_Text(child.get("string", ""), "", "", False, False, []))
            elif tag in _OPAQUE:
                self._seen["对象"] += 1
                if tag != _OLE:
                    found.append(Picture(description))
            elif tag == _ALTERNATIVE:
                if (inner := self._surrounded(child, tag)) is not None:
                    found += self._drawn(inner, description)
            else:
                if isinstance(tag, str) and tag.endswith(("}docPr", "}cNvPr")):
                    description = child.get("descr") or child.get("title") or description
                found += self._drawn(child, child.get("alt") or description)
        return found

    # --- Tables

    def _table(self, table: etree._Element) -> list[_Raw]:
        """The table as a block; what is laid out by it, where it only serves as a frame."""
        widths: list[float | None] = []
        rows: list[_Row] = []
        for child in table:
            if child.tag == W + "tblGrid":
                widths = [_twips(column.get(_WIDTH)) for column in child.iterchildren(W + "gridCol")]
        total = sum(width or 0 for width in widths)
        self._rows(table, rows, total, self._plain_rows(table))
        column_count = _align(rows, widths, total)
        kept: list[list[_GridCell]] = []
        above: dict[int, tuple[_GridCell, int]] = {}
        for index, row in enumerate(rows):
            kept.append([])
            for cell in row.cells:
                origin, last = above.get(cell.left, (cell, index))
                if cell.continues and last == index - 1 and origin.right == cell.right:
                    origin.row_span += 1
                    self._note_covered(cell.element)
                else:
                    origin = cell
                    if cell.continues:
                        cell.blocks = self.blocks(cell.element)
                    kept[-1].append(cell)
                above[cell.left] = (origin, index)
        return self._unframed(_Grid(kept, column_count))

    def _rows(
        self,
        parent: etree._Element,
        rows: list[_Row],
        table_width: float,
        is_plain: Callable[[etree._Element], bool],
    ) -> None:
        """Add the rows of a table, those inside content controls too."""
        for child in parent:
            tag = child.tag
            if tag == _TR:
                row = _plain_row(child) if is_plain(child) else self._row(child, table_width)
                if row is not None and row.cells:
                    rows.append(row)
            elif (inner := self._surrounded(child, tag)) is not None:
                self._rows(inner, rows, table_width, is_plain)

    def _row(self, element: etree._Element, table_width: float) -> _Row | None:
        """Any row with its cells; None for one that is deleted or hidden."""
        before = after = 0
        before_width: float | None = None
        properties = element.find(_TRPR)
        for item in properties if properties is not None else ():
            tag = item.tag
            if tag in _TRACKED:
                self._seen[_TRACKED[tag]] += 1
                if tag in _DELETED:
                    return None
            elif tag == _HIDDEN_ROW and is_on(item):
                self._seen["隐藏"] += 1
                return None
            elif tag == _GRID_BEFORE:
                before = _count(item)
            elif tag == _GRID_AFTER:
                after = _count(item)
            elif tag == _WIDTH_BEFORE:
                before_width = _width(item, table_width)
        row = _Row([], before, before_width, before, [])
        self._cells(element, row)
        row.total += after
        return row

    def _cells(self, parent: etree._Element, row: _Row) -> None:
        """Add the cells of a row, those inside content controls too."""
        for child in parent:
            tag = child.tag
            if tag == _TC:
                self._cell(child, row)
            elif (inner := self._surrounded(child, tag)) is not None:
                self._cells(inner, row)

    def _cell(self, element: etree._Element, row: _Row) -> None:
        """Add a cell to its row, of which `total` columns are taken so far."""
        said: dict[str, etree._Element] = {}
        if len(element) and (properties := element[0]).tag == _TCPR:
            said = {item.tag: item for item in properties}
        left = row.total
        row.total = right = left + (max(1, _count(said[_GRID_SPAN])) if _GRID_SPAN in said else 1)
        width = said.get(_CELL_WIDTH)
        if _CELL_INSERTED in said:
            self._seen["插入"] += 1
        if _CELL_DELETED in said:
            self._seen["删除"] += 1
            row.removed.append((left, right))
        elif row.cells and _continues(said.get(_MERGED_ALONG)):
            row.cells[-1].right = right
            row.cells[-1].widths.append(width)
            self._note_covered(element)
        else:
            continues = _continues(said.get(_MERGED_DOWN))
            blocks = [] if continues else self.blocks(element)
            row.cells.append(_GridCell(left, right, [width], len(row.cells) + 1, element, continues, blocks))

    def _plain_rows(self, table: etree._Element) -> Callable[[etree._Element], bool]:
        """Tells which rows hold nothing but cells with text, shown as it stands in the file.

        Those are most rows of most reports, and most paragraphs of a report are in tables.
        """
        used = {element.get(_VAL) for element in table.iter(_P_STYLE, _R_STYLE)}
        styles = [self._styles.paragraph(None), *map(self._styles.named, used)]
        if any(style.hidden or style.list_id not in (None, "0") for style in styles):
            return lambda row: False
        return (lambda row: True) if _is_plain(table) else _is_plain

    def _note_covered(self, cell: etree._Element) -> None:
        """Text in a cell that a merge covers is nowhere to be seen in Word."""
        if any((text.text or "").strip() for text in cell.iter(_T)):
            self._seen["遮住"] += 1

    def _unframed(self, grid: _Grid) -> list[_Raw]:
        """The blocks a layout table holds, or the table itself followed by large tables of its cells."""
        cells = [cell for row in grid.rows for cell in row]
        others = [block for cell in cells for block in cell.blocks if not isinstance(block, _Text)]
        if not others and len(cells) > 1:
            return [grid]
        filled = [cell for cell in cells if any(map(_has_content, cell.blocks))]
        inner = [block for block in others if isinstance(block, _Grid)]
        if len(cells) == 1 or (inner and len(filled) == 1):
            return [block for cell in filled for block in cell.blocks]
        large = [block for block in inner if _is_large(block)]
        if large and grid.column_count == 1:
            return [block for cell in filled for block in cell.blocks]
        for cell in cells if large else ():
            cell.blocks = [block for block in cell.blocks if not any(block is one for one in large)]
        for cell in filled:
            if any(isinstance(block, Picture) for block in cell.blocks):
                self._seen["图片格"] += _cell_text(cell.blocks) == _PICTURE_ONLY
        return [grid, *large]


def _is_plain(element: etree._Element) -> bool:
    return next(element.iterdescendants(*_NOT_PLAIN), None) is None


def _plain_row(element: etree._Element) -> _Row:
    """A row that is plain, in one pass over the few elements that matter."""
    row = _Row([], 0, None, 0, [])
    texts: list[list[str]] = []
    for part in element.iterdescendants(*_PLAIN):
        tag = part.tag
        if tag == _T:
            texts[-1].append(_without_layout(part, part.text or ""))
        elif tag == _P:
            texts[-1].append("\n")
        elif tag == _CELL_WIDTH:
            row.cells[-1].widths[0] = part
        elif tag == _TC:
            row.cells.append(_GridCell(row.total, row.total + 1, [None], len(texts) + 1, part, False))
            row.total += 1
            texts.append([])
        elif tag == _MERGED_DOWN:
            row.cells[-1].continues = _continues(part)
        elif tag == _GRID_SPAN:
            row.total = row.cells[-1].right = row.cells[-1].left + max(1, _count(part))
        else:
            texts[-1].append(_WRITTEN[tag])
    for cell, pieces in zip(row.cells, texts, strict=True):
        if not cell.continues:
            cell.blocks.append(_Text("".join(pieces[1:]), "", "", False, False, []))
    return row


def _continues(merge: etree._Element | None) -> bool:
    """Whether a merge mark continues the cell before it; that is what a mark without value means."""
    return merge is not None and merge.get(_VAL, "continue") == "continue"


def _count(element: etree._Element) -> int:
    """A count of grid columns, bounded; Word itself allows 63."""
    text = element.get(_VAL) or ""
    return min(int(text), 200) if text.isdecimal() and len(text) < 10 else 0


def _twips(text: str | None) -> float | None:
    """A width in twips, None where it is not given or not positive."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 < value < 1e6 else None


def _width(element: etree._Element, table_width: float) -> float | None:
    """A preferred width in twips; shares of the table are 1/50 percent, or written as "50%"."""
    text = element.get(_WIDTH) or ""
    kind = element.get(_WIDTH_KIND, "dxa")
    if kind == "pct" or text.endswith("%"):
        share = _twips(text.removesuffix("%"))
        whole = 100 if text.endswith("%") else 5000
        return share / whole * table_width if share and table_width else None
    return _twips(text) if kind == "dxa" else None


def _has_content(block: _Raw) -> bool:
    return not isinstance(block, _Text) or block.text.strip() != ""


def _is_large(grid: _Grid) -> bool:
    return len(grid.rows) > 1 and grid.column_count > 1 and sum(map(len, grid.rows)) > _SMALL_TABLE_CELLS


# --- The columns of a table -----------------------------------------------------------------


def _align(rows: list[_Row], widths: list[float | None], table_width: float) -> int:
    """Give the cells of `rows` the edges of one common grid; returns its number of columns.

    Rows that span as many columns as most do are placed by their spans. A row that does not (a
    missing gridSpan or gridAfter) is placed by its cells' widths against the others. Grid columns
    too thin to hold a character disappear.
    """
    if not rows:
        return 0
    totals = Counter(row.total for row in rows)
    whole = max(totals, key=lambda total: (totals[total], total == len(widths), total))
    for row in rows if len(totals) > 1 else ():
        last = row.cells[-1]
        if row.total > whole > last.left and _cell_width(last, table_width) is None:
            row.total = last.right = whole  # a span past the table's edge ends there
    if len(widths) != whole:
        widths = [None] * whole
    by_span = all(row.total == whole for row in rows)
    if not (by_span and all(width is not None and width >= _THIN_TWIPS for width in widths)):
        regular = [row for row in rows if row.total == whole]
        edges = _grid_edges(regular, widths, table_width)
        if edges is not None:
            overflow = max(row.total for row in rows) - whole
            edges += [edges[-1] + 20 * _THIN_TWIPS * extra for extra in range(1, overflow + 1)]
            _place(rows, whole, edges, table_width)
    if any(row.removed for row in rows):
        _drop_removed_columns(rows)
    return max((cell.right for row in rows for cell in row.cells), default=0)


def _cell_width(cell: _GridCell, table_width: float) -> float | None:
    """The preferred width of a cell in twips, None where it is not given."""
    total = 0.0
    for element in cell.widths:
        width = None if element is None else _width(element, table_width)
        if width is None:
            return None
        total += width
    return total


def _grid_edges(rows: list[_Row], widths: list[float | None], table_width: float) -> list[float] | None:
    """Where the grid lines stand, in twips, by the cells of one column; None if that is unknown."""
    single: dict[int, list[float]] = {}
    for row in rows:
        for cell in row.cells:
            if cell.right - cell.left == 1 and (width := _cell_width(cell, table_width)) is not None:
                single.setdefault(cell.left, []).append(width)
    edges = [0.0]
    for index, grid_width in enumerate(widths):
        known = median(single[index]) if index in single else grid_width
        if known is None:
            return None
        edges.append(edges[-1] + known)
    return edges


def _place(rows: list[_Row], whole: int, edges: list[float], table_width: float) -> None:
    """Move every cell to the common grid of all rows, those placed by width included."""
    positions = list(edges)
    narrowest = min((b - a for a, b in pairwise(edges) if b - a >= _THIN_TWIPS), default=edges[-1])
    tolerance = min(0.03 * edges[whole], 0.35 * narrowest)
    placed: list[tuple[_Row, list[tuple[float, float]]]] = []
    for row in rows:
        measured = None if row.total == whole else _measured(row, edges[: whole + 1], table_width)
        if measured is None:
            placed.append((row, [(edges[cell.left], edges[cell.right]) for cell in row.cells]))
            continue
        lines: list[float] = []
        for place in measured:
            nearest = min(positions, key=lambda position: abs(position - place))
            if abs(nearest - place) > tolerance or (lines and nearest <= lines[-1]):
                nearest = max(place, lines[-1] + 1 if lines else 0.0)
                positions.append(nearest)
            lines.append(nearest)
        placed.append((row, list(pairwise(lines))))
    filled = {
        span
        for row, spans in placed
        for cell, span in zip(row.cells, spans, strict=True)
        if any(map(_has_content, cell.blocks))
    }
    line_at = _grid_lines(sorted(set(positions)), filled)
    for row, spans in placed:
        row.removed = [(line_at[edges[left]], line_at[edges[right]]) for left, right in row.removed]
        for cell, (left, right) in zip(row.cells, spans, strict=True):
            cell.left, cell.right = line_at[left], line_at[right]
        row.cells = [cell for cell in row.cells if cell.left < cell.right]


def _measured(row: _Row, edges: list[float], table_width: float) -> list[float] | None:
    """The row's cell edges by the widths of its cells, None where one of them is not known."""
    known = (_cell_width(cell, table_width) for cell in row.cells)
    widths = [width for width in known if width is not None]
    if row.removed or len(widths) < len(row.cells):
        return None
    start = edges[min(row.before, len(edges) - 1)] if row.before_width is None else row.before_width
    room = edges[-1] - start
    # Widths are rounded and padded here and there: a row about as long as the table is as long.
    scale = room / sum(widths) if abs(sum(widths) - room) < 0.05 * edges[-1] else 1.0
    return list(accumulate((width * scale for width in widths), initial=start))


def _grid_lines(positions: list[float], filled: set[tuple[float, float]]) -> dict[float, int]:
    """The number of the grid line at each position.

    Positions closer than half a millimetre share one, unless a cell between them has content:
    Word widens such a column to show it.
    """
    widest = max((right - left for left, right in pairwise(positions)), default=0.0)
    lines = [0]
    for left, right in pairwise(positions):
        thin = right - left < _THIN_TWIPS and widest > 10 * _THIN_TWIPS and (left, right) not in filled
        lines.append(lines[-1] + (not thin))
    return dict(zip(positions, lines, strict=True))


def _drop_removed_columns(rows: list[_Row]) -> None:
    """Drop the grid columns that only cells tracked as deleted stood in."""
    removed = {column for row in rows for left, right in row.removed for column in range(left, right)}
    needed = {cell.left for row in rows for cell in row.cells if cell.right - cell.left == 1}
    gone = removed - needed
    for cell in (cell for row in rows for cell in row.cells) if gone else ():
        cell.left -= sum(column < cell.left for column in gone)
        cell.right -= sum(column < cell.right for column in gone)


# --- Places and text ------------------------------------------------------------------------


def _placed(raw: list[_Raw]) -> tuple[list[Block], list[Link]]:
    """The blocks with their locations, and the links in them."""
    blocks: list[Block] = []
    links: list[Link] = []
    paragraphs = tables = 0
    for block in raw:
        if isinstance(block, _Grid):
            tables += 1
            blocks.append(_table_block(block, tables, links))
        elif isinstance(block, Picture):
            blocks.append(Picture(block.alt, Location(paragraph=paragraphs or None)))
        else:
            paragraphs += 1
            location = Location(paragraph=paragraphs)
            links += [Link(shown, target, location) for shown, target in block.links]
            if block.text and not block.text.isspace():
                blocks.append(_paragraph_block(block, location))
    return blocks, links


def _paragraph_block(block: _Text, location: Location) -> Paragraph:
    lines = block.text.split("\n")
    text = lines[0].strip()
    for line in lines[1:]:
        # Chinese is written without blanks; anything else must not run together: numbers above all.
        chinese = text[-1:] > "\u2e7f" and line.strip()[:1] > "\u2e7f"
        text = f"{text}{'' if chinese else ' '}{line.strip()}".strip()
    return Paragraph(
        text=text,
        lines=tuple(Line(line, location) for line in lines),
        location=location,
        style=block.style,
        number=block.number,
        bold=block.bold,
        centered=block.centered,
    )


def _table_block(grid: _Grid, table: int, links: list[Link]) -> Table:
    cells: list[Cell] = []
    for index, row in enumerate(grid.rows):
        for cell in row:
            location = Location(table=table, row=index + 1, cell=cell.order)
            text = _cell_text(cell.blocks)
            span = cell.right - cell.left
            cells.append(Cell(index, cell.left, text, cell.row_span, span, location))
            for block in cell.blocks:
                if isinstance(block, _Text) and block.links:
                    links += [Link(shown, target, location) for shown, target in block.links]
    return Table(tuple(cells), len(grid.rows), grid.column_count, "markup", Location(table=table))


def _cell_text(blocks: list[_Raw]) -> str:
    """The text of a cell, a line for each paragraph; a cell of pictures only says so.

    The rows of a small table inside it are lines, its cells are set apart by tabs.
    """
    if len(blocks) == 1 and isinstance(only := blocks[0], _Text):
        return only.text.strip()
    lines: list[str] = []
    pictures = False
    for block in blocks:
        if isinstance(block, _Text):
            lines.append(block.text)
        elif isinstance(block, Picture):
            pictures = True
        else:
            lines += ["\t".join(_cell_text(cell.blocks) for cell in row) for row in block.rows]
    text = "\n".join(lines).strip()
    return text or (_PICTURE_ONLY if pictures else "")


def _numbered(number: str, follower: str, text: str) -> str:
    """The text with its number in front, as one would have typed it."""
    text = text.lstrip()
    runs_on = number[-1].isalnum() or (number[-1] == "." and text[:1].isdigit())
    blank = follower == "space" or (follower == "tab" and runs_on)
    return f"{number}{' ' if blank and text else ''}{text}"


def _without_layout(element: etree._Element, text: str) -> str:
    """The text without the blanks of a pretty-printed file, unless it says they are content."""
    if text.strip(_XML_SPACE) == text and "\n" not in text:
        return text
    if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
        text = text.strip(_XML_SPACE)
    return text.replace("\r", "").replace("\n", " ")


def _formula(element: etree._Element) -> str:
    """The characters of a formula in a line, fractions with a stroke."""
    if element.tag == _MATH + "t":
        return element.text or ""
    if element.tag == _MATH + "f":
        return "/".join(_formula(part) for part in element if part.tag in (_MATH + "num", _MATH + "den"))
    return "".join(map(_formula, element))


# Characters of symbol fonts (F000 + code) that have a meaning in a report.
_SYMBOLS = {
    "symbol": {code: chr(code) for code in b"%()+,./0123456789:;<=>[]{}"} | {0x2D: "-", 0xB4: "×", 0xB8: "÷"},
    "wingdings": {
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x71: "□",
        0xA8: "□",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    }
    | {0x81 + index: chr(ord("①") + index) for index in range(10)}
    | {0x8C + index: chr(ord("❶") + index) for index in range(10)},
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□"}
    | {0x6A + index: chr(ord("①") + index) for index in range(10)},
}


def _symbol(element: etree._Element) -> str:
    """The character of w:sym; a symbol font's code that is not known becomes "�", never a digit."""
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return ""
    font = (element.get(W + "font") or "").lower()
    if font in _SYMBOLS:
        return _SYMBOLS[font].get(code & 0xFF, "\ufffd")
    return chr(code) if 0x20 <= code <= 0xD7FF or 0xF900 <= code <= 0xFFEF else "\ufffd"


def _code_target(code: str) -> str:
    """The outside address of a HYPERLINK field; empty for other fields and for places in the file."""
    match = _HYPERLINK_CODE.match(code)
    return (match[1] or match[2]).replace("\\\\", "\\") if match else ""


def _shown_by_code(code: str) -> str:
    """What a field without a result shows by its code: Word keeps circled characters that way."""
    if match := re.match(r"\s*EQ\b.*\\o\s*(?:\\a[clr]\s*)?\(\s*[○◯〇]\s*[,;，]\s*([^()]+?)\s*\)", code, re.I):
        return chr(ord("①") + int(match[1]) - 1) if match[1] in _CIRCLED else match[1]
    if match := re.match(r"\s*MACROBUTTON\s+\S+\s+(.*)", code, re.I | re.S):
        return match[1].strip()
    return ""


_CIRCLED = {str(value) for value in range(1, 21)}
