"""The parts of an OFD package: which document, which pages, templates, resources, annotations."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from linter.document.archive import Archive, parse_xml
from linter.document.geometry import Box
from linter.document.model import Unreadable
from linter.document.xmlvalues import box_of, child, children, is_true, local, text_of

MOST_PAGES = 500
_ALL_PARTS = 48 * 1024 * 1024
"""Unpacked size of all parts: pages are read one after another, each within the archive's bound."""
_A4: Box = (0.0, 0.0, 210.0, 297.0)
_MOST_DOCUMENTS = 16


class PageEntry(NamedTuple):
    """A page as the document lists it."""

    number: int
    name: str
    part: str


class Package:
    """An OFD file's parts, found by the references between them and parsed when asked for."""

    def __init__(self, archive: Archive) -> None:
        """Find the document of the package. Raises Unreadable where none is complete."""
        self._archive = archive
        archive.allow(_ALL_PARTS)
        entry = self._required("OFD.xml", "OFD 文件已损坏：缺少入口文件 OFD.xml")
        bodies = children(entry, "DocBody")[:_MOST_DOCUMENTS]
        roots = [(body, root) for body in bodies if (root := self._root_of(body))]
        if not roots:
            raise Unreadable("OFD 文件已损坏：入口文件中没有文档（DocRoot）")
        self.documents = len(roots)
        body, self._root = next((pair for pair in roots if pair[1] in archive), roots[0])
        self._document = self._required(
            self._root, f"OFD 文件不完整：缺少文档根文件 {posixpath.basename(self._root)}"
        )
        info = child(body, "DocInfo")
        self.title = text_of(info, "Title") if info is not None else ""

    def _root_of(self, body: etree._Element) -> str:
        """The part of a document's newest version."""
        root = resolved("OFD.xml", text_of(body, "DocRoot"))
        versions = child(body, "Versions")
        for version in children(versions, "Version") if versions is not None else ():
            part = resolved("OFD.xml", version.get("BaseLoc") or "")
            if is_true(version.get("Current")) and (tree := self.tree(part)) is not None:
                return resolved(part, text_of(tree, "DocRoot")) or root
        return root

    def tree(self, part: str) -> etree._Element | None:
        """The root element of a part, or None where there is no such part. Raises Unreadable."""
        data = self._archive.read(part) if part else None
        if data is None:
            return None
        try:
            return parse_xml(data, part)
        except Unreadable:
            if self._encrypted:
                raise Unreadable("OFD 文件已加密，需要密码或证书才能打开；请提供未加密的文件") from None
            raise

    def _required(self, part: str, reason: str) -> etree._Element:
        tree = self.tree(part)
        if tree is None:
            if self._encrypted:
                raise Unreadable("OFD 文件已加密，需要密码或证书才能打开；请提供未加密的文件")
            raise Unreadable(reason)
        return tree

    @cached_property
    def _encrypted(self) -> bool:
        """Whether the package says that parts of it are encrypted (GM/T 0099)."""
        marks = re.compile(r"(?:^|/)(?:encryptions?\.xml|decryptseed\.dat|entriesmap\.dat)$", re.I)
        return any(marks.search(name.replace("\\", "/")) for name in self._archive.names)

    @cached_property
    def _common(self) -> etree._Element | None:
        return child(self._document, "CommonData")

    @cached_property
    def total(self) -> int:
        """How many pages the document lists."""
        pages = child(self._document, "Pages")
        return len(children(pages, "Page")) if pages is not None else 0

    def pages(self) -> list[PageEntry]:
        """The document's pages, at most MOST_PAGES."""
        listed = child(self._document, "Pages")
        entries = children(listed, "Page")[:MOST_PAGES] if listed is not None else []
        return [
            PageEntry(number, page.get("ID") or "", resolved(self._root, page.get("BaseLoc") or ""))
            for number, page in enumerate(entries, 1)
        ]

    def page(self, entry: PageEntry) -> etree._Element:
        """The content of a page. Raises Unreadable where it is missing: half a report is none."""
        return self._required(entry.part, f"OFD 文件不完整：第 {entry.number} 页的内容缺失")

    def page_box(self, page: etree._Element) -> Box:
        """The page's extent in millimetres: its own, else the document's."""
        areas = [child(page, "Area")]
        if self._common is not None:
            areas.append(child(self._common, "PageArea"))
        for area in areas:
            for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
                box = box_of(text_of(area, name)) if area is not None else None
                if box is not None and 5 < box[2] - box[0] < 5000 and 5 < box[3] - box[1] < 5000:
                    return box
        return _A4

    @cached_property
    def templates(self) -> dict[str, str]:
        """Page templates: identifier → part."""
        if self._common is None:
            return {}
        listed = children(self._common, "TemplatePage")
        return {each.get("ID") or "": resolved(self._root, each.get("BaseLoc") or "") for each in listed}

    @cached_property
    def annotations(self) -> dict[str, str]:
        """Annotations: identifier of the page → part."""
        part = resolved(self._root, text_of(self._document, "Annotations"))
        tree = self.tree(part)
        if tree is None:
            return {}
        listed = children(tree, "Page")[: 2 * MOST_PAGES]
        return {page.get("PageID") or "": resolved(part, text_of(page, "FileLoc")) for page in listed}

    @cached_property
    def composites(self) -> dict[str, etree._Element]:
        """Drawings that several places share: identifier → their content."""
        found: dict[str, etree._Element] = {}
        listed = list(self._common) if self._common is not None else []
        for each in listed[:64]:
            if local(each) in ("PublicRes", "DocumentRes"):
                found |= self.composites_of(resolved(self._root, (each.text or "").strip()))
        return found

    def composites_of(self, part: str) -> dict[str, etree._Element]:
        """The shared drawings of one resource part."""
        tree = self.tree(part)
        if tree is None:
            return {}
        return {
            unit.get("ID") or "": content
            for units in children(tree, "CompositeGraphicUnits")
            for unit in children(units, "CompositeGraphicUnit")
            if (content := child(unit, "Content")) is not None
        }


def resolved(base: str, location: str) -> str:
    """The part that `location` names, seen from the part `base`; "" where it names none."""
    location = location.strip().replace("\\", "/")
    if not location:
        return ""
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location))
