"""The styles and fonts of a Word 97–2003 file (MS-DOC 2.9.271 STSH, 2.9.286 SttbfFfn)."""

from __future__ import annotations

import struct

from linter.document.docfile import FONTS, STYLES, Damaged, WordFile, part
from linter.document.docsprm import CharacterLook, ParagraphLook, Paragraphs, character_look
from linter.document.docxstyles import Style, outline_role, role_of_name

MAX_STYLES = 4_096
"""The number of a style has 12 bits."""
_MAX_BYTES = 4_000_000
_PARAGRAPH, _CHARACTER = 1, 2
_NONE = 0xFFF
_TITLE = 62
"""The built-in style "Title"; 1 to 9 are the headings."""
_FONT_NAME_AT = 39
_SAID = frozenset((1, 129))


class Styles:
    """The styles of a file by their numbers, resolved when first asked for."""

    def __init__(self, file: WordFile, paragraphs: Paragraphs) -> None:
        self._paragraphs = paragraphs
        self._entries = _entries(file.structure(STYLES))
        self._resolved: dict[int, Style] = {}

    def style(self, index: int) -> Style:
        """The style with this number, or one that says nothing."""
        if index not in self._resolved:
            self._resolved[index] = Style()  # ends a chain that runs in a circle
            entry = self._entries[index] if index < len(self._entries) else b""
            if entry:
                self._resolved[index] = self._resolve(entry)
        return self._resolved[index]

    def _resolve(self, entry: bytes) -> Style:
        base_size = entry[0] | entry[1] << 8
        entry = entry[2:]
        identifier, kind, counts = struct.unpack_from("<HHH", entry)
        based_on = kind >> 4
        parent = self.style(based_on) if based_on != _NONE else Style()
        (length,) = struct.unpack_from("<H", entry, base_size)
        name = part(entry, base_size + 2, 2 * length).decode("utf-16-le", "replace")
        paragraph, character = self._looks(
            entry, base_size + 4 + 2 * length, kind & 0xF, min(2, counts & 0xF)
        )
        return Style(
            role=_role(identifier & 0xFFF, name, paragraph, parent) if kind & 0xF == _PARAGRAPH else "",
            list_id=parent.list_id if paragraph.list_id is None else str(paragraph.list_id),
            level=parent.level if paragraph.level is None else paragraph.level,
            centered=parent.centered if paragraph.centered is None else paragraph.centered,
            bold=switched(character.bold, parent.bold),
            hidden=switched(character.hidden, parent.hidden),
        )

    def _looks(self, entry: bytes, at: int, kind: int, count: int) -> tuple[ParagraphLook, CharacterLook]:
        """What the style itself says: first of paragraphs, where it is one of these, then of characters."""
        parts = []
        for _ in range(count):
            at += at & 1
            (length,) = struct.unpack_from("<H", entry, at)
            parts.append(part(entry, at + 2, length))
            at += 2 + length
        if kind == _CHARACTER:
            parts.insert(0, b"")
        elif kind != _PARAGRAPH:
            parts = []
        parts += [b""] * (2 - len(parts))
        return self._paragraphs.look(parts[0]), character_look(parts[1])


def switched(said: int | None, inherited: bool) -> bool:
    """A switch as modifiers say it, over what the style says."""
    if said is None or said == 128:
        return inherited
    return not inherited if said == 129 else said == 1


def font_names(file: WordFile) -> list[str]:
    """The names of the fonts by their numbers."""
    data = file.structure(FONTS)
    names: list[str] = []
    at = 4
    while at < len(data):
        size = data[at]
        name = data[at + 1 + _FONT_NAME_AT : at + 1 + size]
        names.append(name[: len(name) & ~1].decode("utf-16-le", "replace").split("\0")[0])
        at += 1 + size
    return names


def _entries(data: bytes) -> list[bytes]:
    """The styles' bytes, each after the two bytes that tell the size of its fixed part."""
    if not data:
        return []
    header, count, size = struct.unpack_from("<HHH", data)
    if count > MAX_STYLES or len(data) > _MAX_BYTES:
        raise Damaged
    entries: list[bytes] = []
    at = 2 + header
    for _ in range(count):
        if at + 2 > len(data):
            break
        (length,) = struct.unpack_from("<H", data, at)
        entry = part(data, at + 2, length)
        entries.append(struct.pack("<H", size) + entry if entry else b"")
        at += 2 + length + (length & 1)
    return entries


def _role(identifier: int, name: str, look: ParagraphLook, parent: Style) -> str:
    if 1 <= identifier <= 9:
        return f"heading{identifier}"
    if identifier == _TITLE:
        return "title"
    if role := role_of_name(name.split(",", maxsplit=1)[0]):
        return role
    return parent.role if look.outline is None else outline_role(str(look.outline))
