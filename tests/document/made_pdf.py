"""A PDF writer as small as can be: text, lines, boxes, links; the font says what it prints."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence

from linter.document.model import Document, Paragraph, Table

WIDTH, HEIGHT = 595, 842


def text(x: float, top: float, content: str, size: float = 12, font: str = "H") -> str:
    """A line of text whose font box begins at (x, top); ASCII signs are half as wide as Han."""
    code = content.encode("utf-16-be").hex()
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {HEIGHT - top - 0.86 * size:.2f} Tm <{code}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float, dash: str = "") -> str:
    """A stroked line."""
    return f"{dash} 0.7 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def filled(x0: float, y0: float, x1: float, y1: float) -> str:
    """A filled box."""
    return f"0 g {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f\n"


def table(
    xs: Sequence[float], ys: Sequence[float], rows: Iterable[Sequence[str]] = (), *, stroke: bool = True
) -> str:
    """A regular table, its borders stroked or drawn as thin filled boxes, with texts in its cells."""
    out = ""
    for x in xs:
        out += line(x, ys[0], x, ys[-1]) if stroke else filled(x - 0.25, ys[0], x + 0.25, ys[-1])
    for y in ys:
        out += line(xs[0], y, xs[-1], y) if stroke else filled(xs[0], y - 0.25, xs[-1], y + 0.25)
    for top, row in zip(ys, rows, strict=False):
        out += "".join(text(x + 4, top + 4, cell) for x, cell in zip(xs, row, strict=False) if cell)
    return out


def _font() -> bytes:
    """A TrueType font of three glyphs: nothing, a full-width box, a half-width box."""

    def glyph(right: int) -> bytes:
        points = [(50, 0), (0, 700), (right - 100, 0), (0, -700)]
        return (
            struct.pack(">hhhhhHH", 1, 50, 0, right - 50, 700, 3, 0)
            + bytes([1] * 4)
            + struct.pack(">4h", *(x for x, _ in points))
            + struct.pack(">4h", *(y for _, y in points))
        )

    full, half = glyph(1000), glyph(500)
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh",
        0x10000,
        0x10000,
        0,
        0x5F0F3CF5,
        0,
        1000,
        0,
        0,
        0,
        -140,
        1000,
        860,
        0,
        8,
        2,
        1,
        0,
    )
    parts = {
        b"glyf": full + half,
        b"head": head,
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, 860, -140, 0, 1000, 0, 0, 1000, 1, 0, 0, *[0] * 5, 3
        ),
        b"hmtx": struct.pack(">HhHhHh", 1000, 0, 1000, 50, 500, 50),
        b"loca": struct.pack(">4I", 0, 0, len(full), len(full) + len(half)),
        b"maxp": struct.pack(">IH13H", 0x10000, 3, 4, 1, 0, 0, 1, *[0] * 8),
    }
    directory, data = b"", b""
    for tag, table_data in sorted(parts.items()):
        directory += struct.pack(">4sIII", tag, 0, 12 + 16 * len(parts) + len(data), len(table_data))
        data += table_data + b"\0" * (-len(table_data) % 4)
    return struct.pack(">IHHHH", 0x10000, len(parts), 64, 2, 32) + directory + data


def _stream(data: bytes, entries: str = "") -> str:
    packed = zlib.compress(data).hex()
    filters = "/Filter [/ASCIIHexDecode /FlateDecode]"
    return f"<< /Length {len(packed)} {filters} {entries} >>\nstream\n{packed}\nendstream"


_GLYPHS = b"".join(b"\0\2" if 0x20 <= code < 0x7F else b"\0\1" for code in range(0x10000))
_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    + "".join(
        f"1 beginbfrange <{high:02X}00> <{high:02X}FF> <{high:02X}00> endbfrange\n" for high in range(256)
    )
    + "endcmap end end"
)
_FONT = "/Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Song /DescendantFonts [5 0 R] /ToUnicode 6 0 R"


def pdf(
    *pages: str, rotate: int = 0, annotations: str = "", extra: str = "", trailer: str = "", form: str = ""
) -> bytes:
    """A PDF of the given page contents. `form` is the content of the form object /F0."""
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        3: f"<< {_FONT} /Encoding /Identity-H >>",
        4: f"<< {_FONT} /Encoding /Identity-V >>",
        5: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Song /DW 1000 /W [32 126 500] "
        "/FontDescriptor 7 0 R /CIDToGIDMap 10 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        6: _stream(_UNICODE.encode()),
        7: "<< /Type /FontDescriptor /FontName /AAAAAA+Song /Flags 4 /FontBBox [0 -140 1000 860] "
        "/ItalicAngle 0 /Ascent 860 /Descent -140 /CapHeight 800 /StemV 80 /FontFile2 11 0 R >>",
        8: _stream(
            form.encode(),
            "/Type /XObject /Subtype /Form /BBox [0 0 2000 2000] /Matrix [0.5 0 0 0.5 0 0]",
        ),
        9: "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 1 >>\nstream\nx\nendstream",
        10: _stream(_GLYPHS),
        11: _stream(_font(), f"/Length1 {len(_font())}"),
    }
    kids = []
    for number, content in enumerate(pages):
        page = 20 + 2 * number
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} "
            f"/Contents {page + 1} 0 R /Annots [{annotations}] "
            "/Resources << /Font << /H 3 0 R /V 4 0 R >> /XObject << /F0 8 0 R /I0 9 0 R >> >> >>"
        )
        objects[page + 1] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = "%PDF-1.7\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n"
    out += "".join(
        f"{places[number]:010d} 00000 n \n" if number in places else "0000000000 65535 f \n"
        for number in range(1, size)
    )
    out += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n{extra}"
    return out.encode("latin-1")


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(block: Table) -> list[list[str]]:
    return [[cell.text for cell in block.row(row)] for row in range(block.row_count)]


def body(lines: Sequence[str], top: float = 80, indent: bool = True) -> str:
    """A paragraph of lines, each 36 Han characters wide if full, with first-line indent."""
    return "".join(
        text(80 + (24 if indent and not number else 0), top + 20 * number, content)
        for number, content in enumerate(lines)
    )


FULL = "信息公开工作年度报告编制说明文字" * 3
FIRST, NEXT = FULL[:34], FULL[:36]
