"""OFD (GB/T 33190, the fixed-layout format of Chinese administration) → Document.

Characters and drawn lines come out of the package's XML; tables and paragraphs are then made as for
every paged format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from linter.document.archive import Archive
from linter.document.geometry import Box, Char, Ruling
from linter.document.model import Document, Link, Location, Unreadable
from linter.document.ofdpackage import Package, PageEntry, resolved
from linter.document.ofdpage import (
    POINTS,
    Composites,
    Drawn,
    LinkArea,
    draw_annotations,
    draw_page,
    turned_box,
    turned_char,
)
from linter.document.ofdtext import UNKNOWN, settled
from linter.document.paged import PageState, ReadPage, paged_document, rounded, text_page, unread_page
from linter.document.pagetext import glued, read_lines
from linter.document.ruling import read_grids
from linter.document.xmlvalues import children, local

_MOST_IN_ALL = 600_000
"""Objects and characters of all pages together; a long report has 40,000."""
_SMALLEST_PICTURE = 20.0
_FEW = 30
"""A page covered by a picture and with fewer characters than this is a scan."""


def read_ofd(archive: Archive) -> Document:
    """Read an OFD file from its opened container.

    Raises Unreadable where parts are missing, broken or encrypted, or where no page has text.
    """
    package = Package(archive)
    if package.total < 1:
        raise Unreadable("OFD 文件已损坏，读不到任何一页")
    reading = _Reading(package)
    pages = [reading.page(entry) for entry in package.pages()]
    if not any(page.state == "text" for page in pages):
        raise Unreadable(_without_text({page.state for page in pages}))
    document = paged_document("ofd", pages, total=package.total, title=package.title)
    if package.documents > 1:
        note = f"文件内含 {package.documents} 个文档，只读取了第一个"
        return document._replace(notes=(note, *document.notes))
    return document


def _without_text(states: set[PageState]) -> str:
    if "scanned" in states:
        return "OFD 是扫描件，没有文字层，无法读取；请提供由文字处理软件导出的文件或原始文件。"
    if "unmapped" in states:
        return "OFD 中的文字没有编码信息，无法识别；请提供原始文件"
    return "OFD 各页均为空白，没有文字"


class _Reading:
    """Reads a package's pages one after another; templates are drawn once and kept."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._templates: dict[str, Drawn | None] = {}
        self._left = _MOST_IN_ALL

    def page(self, entry: PageEntry) -> ReadPage:
        page = self._package.page(entry)
        left, top, right, bottom = self._package.page_box(page)
        width, height = (right - left) * POINTS, (bottom - top) * POINTS
        notes: list[str] = []
        # Too much in all: the page counts as one that could not be read.
        drawn = self._drawn(page, entry, notes) if self._left > 0 else Drawn(objects=1, left=0)
        self._left -= len(drawn.text.chars) + len(drawn.rulings) + drawn.objects
        if drawn.left <= 0:
            notes.append(f"第 {entry.number} 页内容过多，只读取了前一部分")
        if self._left > 0:
            self._add_annotations(entry, drawn, notes)
        return _read_page(entry.number, (width, height), drawn, notes)

    def _drawn(self, page: etree._Element, entry: PageEntry, notes: list[str]) -> Drawn:
        """The page with its templates behind and before it."""
        behind, before = Drawn(), []
        for reference in children(page, "Template")[:8]:
            drawn = self._template(reference.get("TemplateID") or "")
            if drawn is None:
                notes.append(f"第 {entry.number} 页所用的模板缺失，其内容未能读取")
            elif (reference.get("ZOrder") or "Background") == "Foreground":
                before.append(drawn)
            else:
                behind.add(drawn)
        behind.add(draw_page(page, self._composites(page, entry.part)))
        for drawn in before:
            behind.add(drawn)
        return behind

    def _template(self, name: str) -> Drawn | None:
        if name not in self._templates:
            part = self._package.templates.get(name, "")
            page = self._package.tree(part)
            self._templates[name] = None if page is None else draw_page(page, self._composites(page, part))
        return self._templates[name]

    def _composites(self, page: etree._Element, part: str) -> Composites:
        def own() -> Iterator[Mapping[str, etree._Element]]:
            for each in list(page)[:64]:
                if local(each) == "PageRes":
                    yield self._package.composites_of(resolved(part, (each.text or "").strip()))

        def shared() -> Iterator[Mapping[str, etree._Element]]:
            yield self._package.composites

        return Composites((own(), shared()))

    def _add_annotations(self, entry: PageEntry, drawn: Drawn, notes: list[str]) -> None:
        """Add the links of annotations; what seals and stamps say is no text of the report."""
        part = self._package.annotations.get(entry.name, "")
        annotations = self._package.tree(part)
        if annotations is None:
            return
        marks = draw_annotations(annotations, self._composites(annotations, part))
        self._left -= len(marks.text.chars) + len(marks.rulings) + marks.objects
        drawn.links += marks.links
        if marks.text.printed:
            notes.append(f"第 {entry.number} 页有印章、批注等注释，其中的文字未计入正文")


# --- one page -----------------------------------------------------------------------------------


def _read_page(number: int, size: tuple[float, float], drawn: Drawn, notes: list[str]) -> ReadPage:
    width, height = size
    covers, under = _cover(drawn, width, height)
    text = drawn.text
    if drawn.hidden.chars:
        if covers and text.printed < _FEW <= drawn.hidden.printed:
            text, under = drawn.hidden, True
        elif not covers:
            notes.append(f"第 {number} 页有不显示的文字，未计入正文")
    if under and text.printed >= _FEW:
        notes.append(f"第 {number} 页是扫描图像，文字来自识别层，可能有错字，请核对原件")
    turns = text.turns
    straight = text.straight
    if len(straight) < len(text.chars):
        notes.append(f"第 {number} 页有倾斜的文字（水印），未计入正文")
    chars = settled(turned_char(char, turns, *size) if turns else char for char in straight)
    rulings = drawn.rulings
    if turns:
        rulings = [Ruling(*turned_box(ruling, turns, width, height)) for ruling in rulings]
    boxes = [turned_box(box, turns, width, height) for box, _ in drawn.pictures]
    links = [LinkArea(target, turned_box(box, turns, width, height)) for target, box in drawn.links]
    if turns % 2:
        width, height = height, width
    right, bottom = width + 20, height + 20
    chars = [char for char in chars if -20 < char[1] < right and -20 < char[2] < bottom]
    state = _state(chars, rulings, covers=covers, drawn=drawn.objects > 0)
    pictures = tuple(
        box
        for box in boxes
        if min(box[2] - box[0], box[3] - box[1]) > _SMALLEST_PICTURE and _share(box, width, height) < 0.6
    )
    if state != "text":
        return replace(unread_page(number, width, height, state), pictures=pictures, notes=tuple(notes))
    unknown = [char[0] for char in chars].count(UNKNOWN)
    if unknown:
        notes.append(f"第 {number} 页有 {unknown} 个字符在文件中没有编码信息，以“{UNKNOWN}”代替")
    read = text_page(number, width, height, chars, rulings)
    shown = tuple(_link(link, chars, number) for link in links)
    return replace(read, pictures=pictures, links=shown, notes=tuple(notes))


def _cover(drawn: Drawn, width: float, height: float) -> tuple[bool, bool]:
    """Whether a picture covers the page, and whether it covers the text, too."""
    counts = [count for box, count in drawn.pictures if _share(box, width, height) > 0.6]
    return bool(counts), bool(counts) and 2 * max(counts) > len(drawn.text.chars) > 0


def _share(box: Box, width: float, height: float) -> float:
    across = min(box[2], width) - max(box[0], 0.0)
    down = min(box[3], height) - max(box[1], 0.0)
    return max(across, 0.0) * max(down, 0.0) / (width * height)


def _state(chars: Sequence[Char], rulings: Sequence[Ruling], *, covers: bool, drawn: bool) -> PageState:
    printed = [char[0] for char in chars if char[0] != " "]
    if not printed:
        empty_table = not covers and read_grids(rulings, [])[0]
        return "text" if empty_table else "scanned" if drawn else "blank"
    if printed.count(UNKNOWN) > 0.3 * len(printed):
        return "unmapped"
    return "scanned" if covers and len(printed) < _FEW else "text"


def _link(link: LinkArea, chars: Sequence[Char], number: int) -> Link:
    left, top, right, bottom = link.box
    under = [
        char
        for char in chars
        if left <= (char.x0 + char.x1) / 2 <= right and top <= (char.top + char.bottom) / 2 <= bottom
    ]
    text = ""
    for line in read_lines(under):
        text = glued(text, line.text)
    return Link(text, link.target, Location(page=number, box=rounded(link.box)))
