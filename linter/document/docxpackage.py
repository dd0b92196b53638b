"""The parts of a DOCX file and what they refer to (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from lxml import etree

from linter.document.archive import Archive, parse_xml

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = tuple(
    (_STRICT + strict, _TRANSITIONAL + transitional)
    for strict, transitional in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
    )
)


class Relationship(NamedTuple):
    """What a part refers to; `target` is a full part name, or the address if external."""

    kind: str
    target: str
    external: bool


class Package:
    """The main document of an archive and the parts around it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.main_name = self._main_part()
        self.relationships = self._relationships_of(self.main_name)

    def main(self) -> etree._Element | None:
        """The root of the main document, None without one."""
        return self._xml(self.main_name)

    def related(self, kind: str) -> etree._Element | None:
        """The root of the part that the main document refers to as `kind`, None without one."""
        for relationship in self.relationships.values():
            if relationship.kind == kind and not relationship.external:
                return self._xml(relationship.target)
        return None

    def title(self) -> str:
        """The title in the file's properties, empty where there is none."""
        core = self._xml("docProps/core.xml")
        return (core.findtext(_TITLE) or "").strip() if core is not None else ""

    def _xml(self, name: str) -> etree._Element | None:
        """The root of an XML part with the names of the transitional form, None without the part."""
        data = self._archive.read(name)
        if data is None:
            return None
        if _STRICT in data:
            for strict, transitional in _STRICT_NAMES:
                data = data.replace(strict, transitional)
        return parse_xml(data, name)

    def _main_part(self) -> str:
        """The name of the main document, which some producers do not call word/document.xml."""
        for relationship in self._relationships_of("").values():
            if relationship.kind == "officeDocument" and relationship.target in self._archive:
                return relationship.target
        return "word/document.xml"

    def _relationships_of(self, part: str) -> dict[str, Relationship]:
        folder, name = posixpath.split(part)
        root = self._xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relationship] = {}
        for item in root.iter(_RELATIONSHIP) if root is not None else ():
            external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = item.get("Type", "").rpartition("/")[2]
            found[item.get("Id", "")] = Relationship(kind, target, external)
        return found
