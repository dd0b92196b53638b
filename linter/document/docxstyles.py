"""The styles of a DOCX file: what a style means for reading, its ancestors included."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from linter.document.docxnames import NUM_PR, PPR, RPR, VAL, VANISH, W, is_on

MAX_LINEAGE = 10
"""Generations of a style kept in its lineage; those of Word's own templates are four."""
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


class Style(NamedTuple):
    """What a style means for reading; None where neither it nor an ancestor says anything.

    `lineage` are the ids of the style and its ancestors, nearest first.
    """

    role: str = ""
    list_id: str | None = None
    level: int | None = None
    centered: bool = False
    bold: bool = False
    hidden: bool = False
    lineage: tuple[str, ...] = ()

    @property
    def alters_text(self) -> bool:
        """Whether text of this style is shown otherwise than it stands: with a number, or not at all."""
        return self.hidden or self.list_id not in (None, "0")


class Styles:
    """The styles of a document by id, resolved when first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default = ""
        self._resolved: dict[str, Style] = {}
        for style in root.iterchildren(W + "style") if root is not None else ():
            style_id = style.get(W + "styleId", "")
            self._elements.setdefault(style_id, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = style_id

    def paragraph(self, style_id: str | None) -> Style:
        """The paragraph style; without an id, or with an unknown one, the default style."""
        return self.named(style_id if style_id in self._elements else self._default)

    def named(self, style_id: str | None) -> Style:
        """The style with this id, or one that says nothing."""
        key = style_id or ""
        if key not in self._resolved:
            self._resolved[key] = self._resolve(key)
        return self._resolved[key]

    def list_of(self, style_id: str) -> str | None:
        """The list that a numbering style refers to."""
        return self.named(style_id).list_id

    def _resolve(self, style_id: str) -> Style:
        element = self._elements.get(style_id)
        if element is None:
            return Style()
        self._resolved[style_id] = Style()  # ends a chain that runs in a circle
        based_on = element.find(W + "basedOn")
        parent = self.named(based_on.get(VAL)) if based_on is not None else Style()
        paragraph, run = element.find(PPR), element.find(RPR)

        def value(path: str) -> str | None:
            found = paragraph.find(path) if paragraph is not None else None
            return None if found is None else found.get(VAL)

        def switch(name: str, inherited: bool) -> bool:
            found = run.find(name) if run is not None else None
            return inherited if found is None else is_on(found)

        role, level, alignment = _role(element), value(f"{NUM_PR}/{W}ilvl"), value(W + "jc")
        return Style(
            role=parent.role if role is None else role,
            list_id=value(f"{NUM_PR}/{W}numId") or parent.list_id,
            level=int(level) if level and level.isdecimal() else parent.level,
            centered=parent.centered if alignment is None else alignment == "center",
            bold=switch(W + "b", parent.bold),
            hidden=switch(VANISH, parent.hidden),
            lineage=(style_id, *parent.lineage)[:MAX_LINEAGE],
        )


def _role(style: etree._Element) -> str | None:
    """The role by the style's own name or outline level, "title" or "heading1" …; None if unsaid."""
    name = style.find(W + "name")
    if name is not None and (role := role_of_name(name.get(VAL) or "")):
        return role
    outline = style.find(f"{PPR}/{W}outlineLvl")
    return None if outline is None else outline_role(outline.get(VAL))


def role_of_name(name: str) -> str:
    """The role that a style's name tells, or nothing."""
    text = name.strip()
    if text.lower() == "title" or text == "标题":
        return "title"
    match = _HEADING.fullmatch(text)
    return f"heading{match[1]}" if match else ""


def outline_role(value: str | None) -> str:
    """The role by an outline level: these count from 0, and 9 is body text."""
    return f"heading{int(value) + 1}" if value in set("012345678") else ""
