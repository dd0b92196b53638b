"""What floats over the text of a Word 97–2003 file: pictures, text boxes, WordArt (MS-ODRAW)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import NamedTuple

from linter.document.docfile import ANCHORS, DRAWINGS, TEXT_BOXES, Damaged, WordFile, plc

_CONTAINER, _GROUP, _SHAPE, _IDENTITY, _OPTIONS = 0xF, 0xF003, 0xF004, 0xF00A, 0xF00B
_FIRST_KIND = 0xF000
_PICTURE, _ART_TEXT = 0x0104, 0x00C0
_DEEPEST = 40
_MAX_RECORDS = 200_000


class Shape(NamedTuple):
    """A shape: whether it shows a picture, its WordArt, where its text box lies in all texts."""

    picture: bool = False
    art: str = ""
    box: tuple[int, int] | None = None


def shapes_of(file: WordFile) -> Mapping[int, list[Shape]]:
    """The shapes by the position of the character they hang on; a group counts shape by shape."""
    positions, items = plc(file.structure(ANCHORS), 26)
    if not items:
        return {}
    groups: dict[int, list[int]] = {}
    drawn: dict[int, Shape] = {}
    _Drawing(groups, drawn).read(file.structure(DRAWINGS))
    boxes = _boxes(file)
    found: dict[int, list[Shape]] = {}
    for position, item in zip(positions, items, strict=False):
        (top,) = struct.unpack_from("<I", item)
        for identifier in groups.pop(top, [top]):
            shape = drawn.get(identifier, Shape())._replace(box=boxes.pop(identifier, None))
            found.setdefault(position, []).append(shape)
    if boxes and found:
        # Boxes of a shape that the drawing does not tell of: better at the first place than nowhere.
        found[min(found)] += [Shape(box=box) for box in boxes.values()]
    return found


def _boxes(file: WordFile) -> dict[int, tuple[int, int]]:
    """Where each text box lies in all texts, by its shape; the last one is a mark of the end."""
    start = sum(file.lengths[:6])
    limit = start + file.lengths[6]
    positions, items = plc(file.structure(TEXT_BOXES), 22)
    boxes: dict[int, tuple[int, int]] = {}
    reached = 0
    for first, last, item in zip(positions, positions[1:], items, strict=False):
        reused, identifier = struct.unpack_from("<hxxxxI", item, 8)
        if not reused and reached <= first < last and start + last <= limit and identifier:
            boxes.setdefault(identifier, (start + first, start + last))
            reached = last
    return boxes


class _Drawing:
    """A pass over the drawings, which gathers the shapes and the members of each group."""

    def __init__(self, groups: dict[int, list[int]], drawn: dict[int, Shape]) -> None:
        self._groups = groups
        self._drawn = drawn
        self._records = 0

    def read(self, data: bytes) -> None:
        """All drawings: the part common to them, then each after a byte of its own."""
        at = 0
        while at + 8 <= len(data):
            kind, length = struct.unpack_from("<HI", data, at + 2)
            if kind < _FIRST_KIND:
                return
            self._container(data, at + 8, min(len(data), at + 8 + length), [], 0)
            at += 8 + length + 1

    def _container(self, data: bytes, at: int, end: int, members: list[int], depth: int) -> None:
        if depth > _DEEPEST:
            raise Damaged
        while at + 8 <= end:
            version, kind, length = struct.unpack_from("<HHI", data, at)
            at, last = at + 8, min(end, at + 8 + length)
            self._count()
            if kind == _SHAPE:
                self._shape(data, at, last, members)
            elif kind == _GROUP and depth:
                inner: list[int] = []
                self._container(data, at, last, inner, depth + 1)
                if inner:
                    # A group is named by its first shape, which is none of its own.
                    self._groups.setdefault(inner[0], inner)
                    members += inner
            elif version & 0xF == _CONTAINER:
                self._container(data, at, last, members, depth + (kind == _GROUP))
            at = last

    def _count(self) -> None:
        self._records += 1
        if self._records > _MAX_RECORDS:
            raise Damaged

    def _shape(self, data: bytes, at: int, end: int, members: list[int]) -> None:
        identifier = 0
        shape = Shape()
        while at + 8 <= end:
            version, kind, length = struct.unpack_from("<HHI", data, at)
            at, last = at + 8, min(end, at + 8 + length)
            self._count()
            if kind == _IDENTITY and last - at >= 4:
                (identifier,) = struct.unpack_from("<I", data, at)
            elif kind == _OPTIONS:
                shape = _options(data[at:last], version >> 4)
            at = last
        if identifier:
            self._drawn.setdefault(identifier, shape)
            members.append(identifier)


def _options(data: bytes, count: int) -> Shape:
    """What a shape's properties tell; texts follow the properties in their order."""
    picture, art = False, ""
    after = 6 * count
    for index in range(min(count, len(data) // 6)):
        code, value = struct.unpack_from("<HI", data, 6 * index)
        number = code & 0x3FFF
        picture |= number == _PICTURE and value != 0
        if code & 0x8000:
            if number == _ART_TEXT:
                art = data[after : after + min(value, 2_000)].decode("utf-16-le", "replace").split("\0")[0]
            after += value
    return Shape(picture, art)
