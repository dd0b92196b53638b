"""Characters of a DOCX file that are not simply written: symbols, formulas, blanks, list numbers."""

from __future__ import annotations

from lxml import etree

from linter.document.docxnames import MATH, W

_XML_SPACE = " \t\r\n"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def shown_text(element: etree._Element) -> str:
    """The text of a w:t without the blanks of a pretty-printed file, unless it says they are content."""
    text = element.text
    if not text:
        return ""
    if text.strip(_XML_SPACE) == text and "\n" not in text:
        return text
    if element.get(_SPACE) != "preserve":
        text = text.strip(_XML_SPACE)
    return text.replace("\r", "").replace("\n", " ")


def with_number(number: str, follower: str, text: str) -> str:
    """The text with its list number in front, as one would have typed it.

    `follower` is what the list sets between them: "tab", "space" or "nothing".
    """
    text = text.lstrip()
    runs_on = number[-1].isalnum() or (number[-1] == "." and text[:1].isdigit())
    blank = follower == "space" or (follower == "tab" and runs_on)
    return f"{number}{' ' if blank and text else ''}{text}"


def formula_text(element: etree._Element) -> str:
    """The characters of a formula in a line, fractions with a stroke."""
    if element.tag == MATH + "t":
        return element.text or ""
    if element.tag == MATH + "f":
        return "/".join(formula_text(part) for part in element if part.tag in (MATH + "num", MATH + "den"))
    return "".join(map(formula_text, element))


# Characters of symbol fonts (F000 + code) that have a meaning in a report.
_SYMBOLS = {
    "symbol": {code: chr(code) for code in b"%()+,./0123456789:;<=>[]{}"} | {0x2D: "-", 0xB4: "×", 0xB8: "÷"},
    "wingdings": {
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x71: "□",
        0xA8: "□",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    }
    | {0x81 + index: chr(ord("①") + index) for index in range(10)}
    | {0x8C + index: chr(ord("❶") + index) for index in range(10)},
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□"}
    | {0x6A + index: chr(ord("①") + index) for index in range(10)},
}


def symbol(element: etree._Element) -> str:
    """The character of w:sym."""
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return ""
    return symbol_character(element.get(W + "font") or "", code)


def symbol_character(font: str, code: int) -> str:
    """A character of a font; a symbol font's code that is not known becomes "�", never a digit."""
    if (name := font.lower()) in _SYMBOLS:
        return _SYMBOLS[name].get(code & 0xFF, "\ufffd")
    return chr(code) if 0x20 <= code <= 0xD7FF or 0xF900 <= code <= 0xFFEF else "\ufffd"
