"""OFD files (GB/T 33190) made from PDFs, in the manners of several producers.

`lines`: a text object a line with DeltaX, lines stroked. `characters`: a text object a character,
lines as thin filled boxes. `scaled`: points under a CTM, `g n v` distances, rectangles, nested
blocks, vertical text by ReadDirection. `template`: the head and foot of a page and its lines in a
template, lines of text as several TextCodes of one object, no namespace prefix. `turned`: pages
drawn sideways by CTM.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

import pypdfium2.raw as pdfium

from linter.document.geometry import Box, Char, Ruling
from linter.document.pdfpage import Page, read_page

Manner = Literal["lines", "characters", "scaled", "template", "turned"]
MANNERS: tuple[Manner, ...] = ("lines", "characters", "scaled", "template", "turned")

NAMESPACE = "http://www.ofdspec.org/2016"
_MM = 25.4 / 72
_STAMP = (2020, 1, 1, 0, 0, 0)


class _Run(NamedTuple):
    """Characters of one size that stand in a row, or one below another."""

    chars: tuple[Char, ...]
    down: bool


def ofd_from_pdf(pdf: bytes, manner: Manner) -> bytes:
    """The PDF's characters and lines as an OFD file."""
    pages = list(_pages(pdf))
    write = {
        "lines": _in_lines,
        "characters": _in_characters,
        "scaled": _scaled,
        "template": _in_lines,
        "turned": _turned,
    }[manner]
    parts: dict[str, str] = {}
    for index, page in enumerate(pages):
        if manner == "template":
            head, body = _apart(page)
            parts[f"Doc_0/Tpls/Tpl_{index}/Content.xml"] = _page_xml(page, _in_lines(*head), "")
            reference = f'<ofd:Template TemplateID="{900 + index}" ZOrder="Background"/>'
            content = _page_xml(page, _in_codes(*body), reference)
        else:
            content = _page_xml(page, write(page.chars, page.rulings, page), "", turned=manner == "turned")
        parts[f"Doc_0/Pages/Page_{index}/Content.xml"] = content
    templates = "".join(
        f'<ofd:TemplatePage ID="{900 + index}" BaseLoc="Tpls/Tpl_{index}/Content.xml"/>'
        for index in range(len(pages) if manner == "template" else 0)
    )
    listed = "".join(
        f'<ofd:Page ID="{index + 1}" BaseLoc="Pages/Page_{index}/Content.xml"/>'
        for index in range(len(pages))
    )
    parts["Doc_0/Document.xml"] = _xml(
        "Document",
        f"<ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{templates}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>",
    )
    if manner == "template":
        plain = f'xmlns="{NAMESPACE}"'
        parts = {
            name: text.replace("<ofd:", "<").replace("</ofd:", "</").replace("xmlns:ofd=", "xmlns=")
            for name, text in parts.items()
        }
        assert all(plain in text for text in parts.values())
    return packed(parts)


def packed(parts: dict[str, str], title: str = "") -> bytes:
    """A package of one document, `Doc_0`, with its entry part."""
    entry = _xml(
        "OFD",
        f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title>"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>",
        ' Version="1.1" DocType="OFD"',
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"OFD.xml": entry, **parts}.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _xml(name: str, inner: str, attributes: str = "") -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<ofd:{name} xmlns:ofd="{NAMESPACE}"{attributes}>{inner}</ofd:{name}>'


def _page_xml(page: Page, content: str, references: str, *, turned: bool = False) -> str:
    width, height = (page.height, page.width) if turned else (page.width, page.height)
    area = f"<ofd:Area><ofd:PhysicalBox>0 0 {_mm(width)} {_mm(height)}</ofd:PhysicalBox></ofd:Area>"
    layer = f'<ofd:Content><ofd:Layer ID="2" Type="Body">{content}</ofd:Layer></ofd:Content>'
    return _xml("Page", area + references + layer)


def _pages(pdf: bytes) -> Iterator[Page]:
    document = pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None)
    for index in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, index)
        yield read_page(document, page, index + 1)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)


# --- what every manner needs ----------------------------------------------------------------------


def _mm(points: float) -> str:
    return f"{points * _MM:.3f}".rstrip("0").rstrip(".")


def _size(char: Char) -> float:
    return char.bottom - char.top


def _base(char: Char) -> float:
    return char.bottom - 0.14 * _size(char)


def _runs(chars: Sequence[Char]) -> Iterator[_Run]:
    """The characters in runs, in their order."""
    start = 0
    while start < len(chars):
        end = start + 1
        down = end < len(chars) and _below(chars[start], chars[end])
        follows: Callable[[Char, Char], bool] = _below if down else _beside
        while end < len(chars) and follows(chars[end - 1], chars[end]):
            end += 1
        yield _Run(tuple(chars[start:end]), down)
        start = end


def _beside(a: Char, b: Char) -> bool:
    same = abs(a.bottom - b.bottom) < 0.3 and abs(_size(a) - _size(b)) < 0.2
    return same and 0.1 < b.x0 - a.x0 < 3 * _size(a)


def _below(a: Char, b: Char) -> bool:
    same = abs(a.x0 - b.x0) < 0.3 and abs(_size(a) - _size(b)) < 0.2
    return same and 0.5 * _size(a) < b.bottom - a.bottom < 1.6 * _size(a)


def _box(chars: Sequence[Char]) -> Box:
    return (
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
    )


def _boundary(box: Box) -> str:
    x0, top, x1, bottom = box
    return f'Boundary="{_mm(x0)} {_mm(top)} {_mm(x1 - x0)} {_mm(bottom - top)}"'


def _text(run: _Run) -> str:
    return escape("".join(char.text for char in run.chars))


def _stroke(line: Ruling) -> str:
    """A line along the middle of the ruling, in the space of its boundary."""
    x0, top, x1, bottom = line
    if x1 - x0 > bottom - top:
        middle = (top + bottom) / 2
        data = f"M 0 {_mm(middle - top)} L {_mm(x1 - x0)} {_mm(middle - top)}"
    else:
        middle = (x0 + x1) / 2
        data = f"M {_mm(middle - x0)} 0 L {_mm(middle - x0)} {_mm(bottom - top)}"
    return (
        f'<ofd:PathObject {_boundary(line)} LineWidth="0.25"><ofd:StrokeColor Value="0 0 0"/>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


# --- manners --------------------------------------------------------------------------------------


def _in_lines(chars: Sequence[Char], rulings: Sequence[Ruling], _: Page | None = None) -> str:
    texts = []
    for run in _runs(chars):
        left, top, *_rest = _box(run.chars)
        first = run.chars[0]
        name, axis = ("DeltaY", 3) if run.down else ("DeltaX", 0)
        deltas = " ".join(_mm(b[1:][axis] - a[1:][axis]) for a, b in pairwise(run.chars))
        attribute = f' {name}="{deltas}"' if deltas else ""
        texts.append(
            f'<ofd:TextObject {_boundary(_box(run.chars))} Font="1" Size="{_mm(_size(first))}">'
            f'<ofd:TextCode X="{_mm(first.x0 - left)}" Y="{_mm(_base(first) - top)}"{attribute}>'
            f"{_text(run)}</ofd:TextCode></ofd:TextObject>"
        )
    return "".join(map(_stroke, rulings)) + "".join(texts)


def _in_characters(chars: Sequence[Char], rulings: Sequence[Ruling], _: Page) -> str:
    texts = [
        f'<ofd:TextObject {_boundary(_box([char]))} Font="1" Size="{_mm(_size(char))}"><ofd:CGTransform '
        f'CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>{ord(char.text[0]) % 9999}</ofd:Glyphs>'
        f'</ofd:CGTransform><ofd:TextCode X="0" Y="{_mm(0.86 * _size(char))}">{escape(char.text)}'
        "</ofd:TextCode></ofd:TextObject>"
        for char in chars
    ]
    lines = []
    for x0, top, x1, bottom in rulings:
        width, height = _mm(max(x1 - x0, 0.4)), _mm(max(bottom - top, 0.4))
        lines.append(
            f'<ofd:PathObject Boundary="{_mm(x0)} {_mm(top)} {width} {height}" Stroke="false" Fill="true">'
            f"<ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData>"
            "</ofd:PathObject>"
        )
    return "".join(texts) + "".join(lines)


def _scaled(chars: Sequence[Char], rulings: Sequence[Ruling], page: Page) -> str:
    """Everything in points from the page's corner, under a CTM, with the page as its boundary."""
    scale = f'Boundary="0 0 {_mm(page.width)} {_mm(page.height)}" CTM="{_MM:.6f} 0 0 {_MM:.6f} 0 0"'
    texts = []
    for run in _runs(chars):
        first = run.chars[0]
        axis = 3 if run.down else 0
        steps = [f"{b[1:][axis] - a[1:][axis]:.2f}" for a, b in pairwise(run.chars)]
        attribute = f' {"DeltaY" if run.down else "DeltaX"}="{_short(steps)}"' if steps else ""
        direction = ' ReadDirection="90"' if run.down else ""
        texts.append(
            f'<ofd:PageBlock ID="7"><ofd:TextObject {scale} Font="1" Size="{_size(first):.2f}"{direction}>'
            f'<ofd:TextCode X="{first.x0:.2f}" Y="{_base(first):.2f}"{attribute}>{_text(run)}</ofd:TextCode>'
            "</ofd:TextObject></ofd:PageBlock>"
        )
    lines = "".join(
        f'<ofd:PathObject {scale} Fill="true" LineWidth="0.1"><ofd:AbbreviatedData>S {x0:.2f} {top:.2f} '
        f"M {x0:.2f} {top:.2f} L {x1:.2f} {top:.2f} L {x1:.2f} {bottom:.2f} L {x0:.2f} {bottom:.2f} C"
        "</ofd:AbbreviatedData></ofd:PathObject>"
        for x0, top, x1, bottom in rulings
    )
    return f'<ofd:PageBlock ID="5"><ofd:PageBlock ID="6">{lines}</ofd:PageBlock></ofd:PageBlock>' + "".join(
        texts
    )


def _short(steps: Sequence[str]) -> str:
    """Equal distances that follow one another as `g n v`."""
    pieces = []
    for step, group in groupby(steps):
        count = len(list(group))
        pieces.append(f"g {count} {step}" if count > 2 else " ".join([step] * count))
    return " ".join(pieces)


_Content = tuple[list[Char], list[Ruling]]


def _apart(page: Page) -> tuple[_Content, _Content]:
    """What a template takes over, the head, the foot and half of the lines; and the rest."""
    margin = 0.08 * page.height

    def outer(char: Char) -> bool:
        return char.bottom < margin or char.top > page.height - margin

    head = [char for char in page.chars if outer(char)]
    body = [char for char in page.chars if not outer(char)]
    return (head, page.rulings[::2]), (body, page.rulings[1::2])


def _in_codes(chars: Sequence[Char], rulings: Sequence[Ruling]) -> str:
    """Each run as one object with a TextCode for every five characters."""
    texts = []
    for run in _runs(chars):
        left, top, *_rest = _box(run.chars)
        codes = []
        for start in range(0, len(run.chars), 5):
            part = _Run(run.chars[start : start + 5], run.down)
            first = part.chars[0]
            steps = [
                f"{_mm(b.x0 - a.x0)} {_mm(b.bottom - a.bottom)}".split() for a, b in pairwise(part.chars)
            ]
            deltas = f' DeltaX="{" ".join(x for x, _ in steps)}"' if steps else ""
            deltas += f' DeltaY="{" ".join(y for _, y in steps)}"' if steps and run.down else ""
            codes.append(
                f'<ofd:TextCode X="{_mm(first.x0 - left)}" Y="{_mm(_base(first) - top)}"{deltas}>'
                f"{_text(part)}</ofd:TextCode>"
            )
        size = _mm(_size(run.chars[0]))
        box = _boundary(_box(run.chars))
        texts.append(f'<ofd:TextObject {box} Font="1" Size="{size}">{"".join(codes)}</ofd:TextObject>')
    return "".join(texts) + "".join(map(_stroke, rulings))


def _turned(chars: Sequence[Char], rulings: Sequence[Ruling], page: Page) -> str:
    """The page lying on its side: text runs down it, its own left edge on top."""
    texts = []
    for run in _runs(chars):
        first = run.chars[0]
        axis = 3 if run.down else 0
        steps = " ".join(_mm(b[1:][axis] - a[1:][axis]) for a, b in pairwise(run.chars))
        attribute = f' {"DeltaY" if run.down else "DeltaX"}="{steps}"' if steps else ""
        x, y = page.height - _base(first), first.x0
        texts.append(
            f'<ofd:TextObject Boundary="{_mm(x)} {_mm(y)} 20 20" CTM="0 1 -1 0 0 0" Font="1" '
            f'Size="{_mm(_size(first))}"><ofd:TextCode X="0" Y="0"{attribute}>{_text(run)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )
    lines = [
        _stroke(Ruling(page.height - bottom, x0, page.height - top, x1)) for x0, top, x1, bottom in rulings
    ]
    return "".join(texts) + "".join(lines)
