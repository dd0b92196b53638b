"""Comments of a DOCX file that speak to this program (ECMA-376 part 1, 17.13.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

from linter.document.docxnames import P, T, W
from linter.document.model import REMARK, Location, Remark

Fixed: TypeAlias = tuple[str, Location]
"""The id of a comment, and the paragraph or cell to which it is fixed."""

_LONGEST = 500
_SPEAKS = re.compile(rf"\s*{REMARK}\s*[:：]", re.I)


def remarks(comments: etree._Element | None, fixed: Iterable[Fixed]) -> tuple[Remark, ...]:
    """The comments meant for this program, each where it is fixed."""
    if comments is None:
        return ()
    spoken: dict[str, Remark] = {}
    for comment in comments.iterchildren(W + "comment"):
        text = "\n".join(
            "".join(piece.text or "" for piece in paragraph.iter(T)) for paragraph in comment.iter(P)
        )
        if _SPEAKS.match(text):
            written = " ".join(text.split())[:_LONGEST]
            author = (comment.get(W + "author") or "").strip()
            spoken[comment.get(W + "id", "")] = Remark(written, "comment", author=author)
    return tuple(spoken[one]._replace(location=place) for one, place in fixed if one in spoken)
