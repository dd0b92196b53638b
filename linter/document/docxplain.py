"""The text of plain table cells, those with nothing but text shown as it stands in the file.

Most paragraphs of a report are in such cells, so they are read in one pass over their table.
"""

from __future__ import annotations

from lxml import etree

from linter.document.docxcharacters import shown_text
from linter.document.docxnames import (
    ALT_CHUNK,
    ALTERNATIVE,
    COMMENT,
    DRAWINGS,
    FIELD_CODE,
    FIELD_MARK,
    FOOTNOTES,
    HYPERLINK,
    MATHS,
    NUM_PR,
    P_STYLE,
    R_STYLE,
    RUBY,
    SDT,
    SIMPLE_FIELD,
    SYMBOL,
    TBL,
    TC,
    TRACKED,
    VAL,
    VANISH,
    WRITTEN,
    P,
    T,
    W,
)
from linter.document.docxstyles import Styles

_READ = (T, P, TC, *WRITTEN, P_STYLE, R_STYLE)
_NOT_PLAIN = (
    *(ALT_CHUNK, ALTERNATIVE, COMMENT, FIELD_CODE, FIELD_MARK, HYPERLINK, NUM_PR, RUBY, SDT, SIMPLE_FIELD),
    *(SYMBOL, VANISH, W + "tabs", *DRAWINGS, *FOOTNOTES, *MATHS, *TRACKED),
)


def plain_texts(table: etree._Element, styles: Styles) -> dict[etree._Element, str]:
    """The texts of the table's plain cells, a line for each paragraph; none where it holds a table."""
    texts: dict[etree._Element, str] = {}
    if styles.paragraph(None).alters_text or next(table.iterdescendants(TBL), None) is not None:
        return texts
    cell: etree._Element | None = None
    plain = False
    pieces: list[str] = []
    for part in table.iterdescendants(*_READ, *_NOT_PLAIN):
        tag = part.tag
        if tag == T:
            pieces.append(shown_text(part))
        elif tag == P:
            pieces.append("\n")
        elif tag == TC:
            if cell is not None and plain:
                texts[cell] = "".join(pieces).strip()
            cell, plain, pieces = part, True, []
        elif tag in WRITTEN:
            pieces.append(WRITTEN[tag])
        elif tag not in (P_STYLE, R_STYLE) or styles.named(part.get(VAL)).alters_text:
            plain = False
    if cell is not None and plain:
        texts[cell] = "".join(pieces).strip()
    return texts
