"""Elements of a DOCX file that only surround content of the kind around them."""

from __future__ import annotations

from lxml import etree

from linter.document.docxnames import ALTERNATIVE, INSERTED, MC, SDT, TRACKED, VAL, W
from linter.document.docxseen import Seen

_TRANSPARENT = frozenset({W + name for name in ("customXml", "smartTag", "dir", "bdo")} | set(INSERTED))
_GALLERY = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"


def surrounded(element: etree._Element, tag: str, seen: Seen) -> etree._Element | None:
    """The content that `element`, of this tag, surrounds; None where it adds none to the text."""
    if tag == SDT:
        gallery = element.find(_GALLERY)
        if gallery is not None and gallery.get(VAL) == "Table of Contents":
            seen["目录"] += 1
            return None
        return element.find(W + "sdtContent")
    if tag == ALTERNATIVE:
        choice = element.find(MC + "Choice")
        return choice if choice is not None else element.find(MC + "Fallback")
    if tag in TRACKED:
        # Word cuts one revision into several elements; neighbours are counted once.
        before = element.getprevious()
        seen[TRACKED[tag]] += before is None or before.tag != tag
    return element if tag in _TRANSPARENT else None
