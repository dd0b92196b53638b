"""Names of WordprocessingML that several modules of the DOCX reader share (ECMA-376 part 1)."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

VAL = W + "val"
P, R, T, TBL, TR, TC = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc"))
PPR, RPR, TRPR, TCPR = (W + name for name in ("pPr", "rPr", "trPr", "tcPr"))
P_STYLE, R_STYLE, NUM_PR, VANISH = (W + name for name in ("pStyle", "rStyle", "numPr", "vanish"))
SDT, ALT_CHUNK, TEXT_BOX = (W + name for name in ("sdt", "altChunk", "txbxContent"))
ALTERNATIVE = MC + "AlternateContent"
SYMBOL, RUBY, COMMENT = (W + name for name in ("sym", "ruby", "commentReference"))
FIELD_MARK, FIELD_CODE, SIMPLE_FIELD = (W + name for name in ("fldChar", "instrText", "fldSimple"))
FOOTNOTES = frozenset(W + name for name in ("footnoteReference", "endnoteReference"))
HYPERLINK = W + "hyperlink"
MATHS = frozenset({MATH + "oMath", MATH + "oMathPara"})
DRAWINGS = frozenset(W + name for name in ("drawing", "pict", "object"))

INSERTED = {W + "ins": "插入", W + "moveTo": "移动", WORD_2010 + "conflictIns": "插入"}
DELETED = {W + "del": "删除", W + "moveFrom": "移动", WORD_2010 + "conflictDel": "删除"}
TRACKED = INSERTED | DELETED
"""The elements of tracked changes, each with the word for its kind."""

WRITTEN = {
    W + name: text
    for name, text in (("br", "\n"), ("cr", "\n"), ("tab", "\t"), ("ptab", "\t"), ("noBreakHyphen", "-"))
}
"""The elements of a run that stand for characters, with these."""

_OFF = ("0", "false", "off")


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as w:vanish is set; the bare element means yes."""
    return element is not None and element.get(VAL) not in _OFF
