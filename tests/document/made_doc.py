"""Word 97–2003 files made by hand: what LibreOffice never writes, and what must be refused."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from examples.generator.ole import compound_file

PAGE = 512
TEXT_AT = 2048
IN_TABLE = b"\x16\x24\x01"
ROW_END = IN_TABLE + b"\x17\x24\x01"
DELETED, HIDDEN, BOLD, SPECIAL = b"\x00\x08\x01", b"\x3c\x08\x01", b"\x35\x08\x01", b"\x55\x08\x01"


class Par(NamedTuple):
    """A paragraph: its text in runs with their modifiers, its mark, the paragraph's modifiers."""

    runs: Sequence[tuple[str, bytes]]
    mark: str = "\r"
    modifiers: bytes = b""
    style: int = 0
    mark_modifiers: bytes = b""


def par(text: str, modifiers: bytes = b"", style: int = 0) -> Par:
    """A plain paragraph."""
    return Par([(text, b"")], "\r", modifiers, style)


def table_row(
    edges: Sequence[int], texts: Sequence[str], marks: Sequence[int] = (), more: bytes = b""
) -> list[Par]:
    """The paragraphs of a row of cells with these edges and marks of merging (TCGRF)."""
    cells = [Par([(text, b"")], "\x07", IN_TABLE) for text in texts]
    return [*cells, Par([], "\x07", ROW_END + row_definition(edges, marks) + more)]


def row_definition(edges: Sequence[int], marks: Sequence[int] = ()) -> bytes:
    """sprmTDefTable."""
    count = len(edges) - 1
    body = bytes([count]) + struct.pack(f"<{count + 1}h", *edges)
    body += b"".join(struct.pack("<HH", mark, 0) + bytes(16) for mark in marks)
    return struct.pack("<HH", 0xD608, len(body) + 1) + body


def word_streams(
    paragraphs: Sequence[Par],
    *,
    flags: int = 0x0200,
    version: int = 0xC1,
    styles: bytes = b"",
    fonts: bytes = b"",
    lists: tuple[bytes, bytes, bytes] = (b"", b"", b""),
    data: bytes = b"",
    second_first: int = 0,
    second_changes: int = 0,
    narrow: bool = False,
) -> dict[str, bytes]:
    """The streams of a Word file with these paragraphs as its main text.

    With `second_first` the paragraphs from this one on lie before the others, as fast saves leave
    them, and `second_changes` is the modifier of their piece. `narrow`: a byte for each character.
    """
    width = 1 if narrow else 2
    physical = [*paragraphs[second_first:], *paragraphs[:second_first]]
    text = "".join(_written(p) for p in physical)
    encoded = text.encode("cp1252" if narrow else "utf-16-le", "surrogatepass")
    main = bytearray(TEXT_AT) + encoded
    main += bytes(-len(main) % PAGE)
    paragraph_places, character_places = [TEXT_AT], [TEXT_AT]
    paragraph_pages, character_pages = [], []
    for paragraph in physical:
        for piece, look in [*paragraph.runs, (paragraph.mark, paragraph.mark_modifiers)]:
            if not piece:
                continue
            end = character_places[-1] + width * _units(piece)
            character_pages.append(len(main) // PAGE)
            main += _page(character_places[-1], end, bytes([len(look)]) + look, 1)
            character_places.append(end)
        end = paragraph_places[-1] + width * _units(_written(paragraph))
        value = struct.pack("<H", paragraph.style) + paragraph.modifiers
        value += bytes(len(value) % 2)
        paragraph_pages.append(len(main) // PAGE)
        main += _page(paragraph_places[-1], end, bytes([0, len(value) // 2]) + value, 13)
        paragraph_places.append(end)
    first = sum(_units(_written(p)) for p in paragraphs[:second_first])
    second = sum(_units(_written(p)) for p in paragraphs[second_first:])
    compressed = 0x40000000 if narrow else 0
    scale = 2 if narrow else 1
    pieces = [(second, TEXT_AT, second_changes)]
    if second_first:
        pieces.insert(0, (first, TEXT_AT + width * second, 0))
    table = bytearray()
    spans: dict[int, tuple[int, int]] = {}

    def add(index: int, structure: bytes, *, behind: bytes = b"") -> None:
        spans[index] = (len(table), len(structure))
        table.extend(structure + behind)

    ends = [0]
    for size, *_ in pieces:
        ends.append(ends[-1] + size)
    plc = struct.pack(f"<{len(ends)}I", *ends)
    plc += b"".join(struct.pack("<HIH", 0, (at * scale) | compressed, changes) for _, at, changes in pieces)
    add(1, styles)
    add(12, _plc(character_places, character_pages))
    add(13, _plc(paragraph_places, paragraph_pages))
    add(15, fonts)
    add(33, b"\x02" + struct.pack("<I", len(plc)) + plc)
    add(73, lists[0], behind=lists[1])
    add(74, lists[2])
    main[:12] = struct.pack("<HHHHHH", 0xA5EC, version, 0, 0x0804, 0, flags)
    main[32:34] = struct.pack("<H", 14)
    main[62:64] = struct.pack("<H", 22)
    main[76:108] = struct.pack("<8i", first + second, *[0] * 7)
    main[152:154] = struct.pack("<H", 93)
    for index, span in spans.items():
        main[154 + 8 * index : 162 + 8 * index] = struct.pack("<II", *span)
    return {"WordDocument": bytes(main), "1Table": bytes(table), "Data": data}


def word_file(paragraphs: Sequence[Par], **options: object) -> bytes:
    """A .doc file; the options are those of `word_streams`."""
    return compound_file(word_streams(paragraphs, **options))  # type: ignore[arg-type]


def font_table(names: Sequence[str]) -> bytes:
    """The fonts by their names."""
    entries = [bytes(39) + name.encode("utf-16-le") + b"\0\0" for name in names]
    return struct.pack("<HH", len(names), 0) + b"".join(bytes([len(entry)]) + entry for entry in entries)


def one_style(identifier: int, name: str, modifiers: bytes) -> bytes:
    """A style sheet with "Normal" and one paragraph style."""
    return struct.pack("<HHH", 4, 2, 10) + b"".join(
        struct.pack("<H", len(style)) + style
        for style in (_style(0, "Normal", b"", 0xFFF), _style(identifier, name, modifiers, 0))
    )


def list_structures(levels: Sequence[tuple[int, str]]) -> tuple[bytes, bytes, bytes]:
    """One list of these levels (number format, pattern with the bare number of the level in it)."""
    table = struct.pack("<HiI", 1, 7, 0) + bytes(18) + bytes([0, 0])
    padded = [*levels, *[(0, "")] * (9 - len(levels))]
    behind = b"".join(_level(form, pattern) for form, pattern in padded)
    override = struct.pack("<Ii", 1, 7) + bytes(12) + b"\xff\xff\xff\xff"
    return table, behind, override


def _level(form: int, pattern: str) -> bytes:
    places = [index + 1 for index, char in enumerate(pattern) if ord(char) < 9]
    head = struct.pack("<iBB", 1, form, 0) + bytes(places).ljust(9, b"\0") + b"\x02" + bytes(8) + bytes(4)
    return head + struct.pack("<H", len(pattern)) + pattern.encode("utf-16-le")


def _style(identifier: int, name: str, modifiers: bytes, base: int) -> bytes:
    head = struct.pack("<HHHHH", identifier, 1 | base << 4, 2, 0, 0)
    title = struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    paragraph = struct.pack("<HH", 2 + len(modifiers), 0) + modifiers
    return head + title + paragraph + bytes(len(paragraph) % 2) + struct.pack("<H", 0)


def _written(paragraph: Par) -> str:
    return "".join(text for text, _ in paragraph.runs) + paragraph.mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _page(start: int, end: int, value: bytes, entry: int) -> bytes:
    """A page of properties with one entry."""
    at = (PAGE - 2 - len(value)) & ~1
    page = bytearray(PAGE)
    page[:8] = struct.pack("<II", start, end)
    page[8] = at // 2
    page[at : at + len(value)] = value
    page[-1] = 1
    assert at >= 8 + entry, "too much for a page"
    return bytes(page)


def _plc(places: Sequence[int], pages: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(places)}I", *places) + struct.pack(f"<{len(pages)}I", *pages)
