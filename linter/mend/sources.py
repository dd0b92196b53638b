"""The source of a web page, Markdown or plain text as characters, from the places that its reader gives."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from linter.document.charset import decode
from linter.document.model import Location
from linter.mend.xmlspans import Change, changed

_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "big5hkscs")
_LINE_END = re.compile("\r\n|\n|\r")
_HTML = re.compile(
    r"(?P<skip><!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|<[/!?a-z][^>]*>)|(?P<named>&#?\w{1,30};)|.",
    re.S | re.I,
)
_MARKDOWN = re.compile(r"(?P<skip>[*_`\\]|<[/a-z][^>]*>)|(?P<named>&#?\w{1,30};)|.", re.S | re.I)
_PLAIN = re.compile(r"(?P<skip>(?!))|(?P<named>(?!))|.", re.S)
_TOKENS = {"html": _HTML, "markdown": _MARKDOWN, "text": _PLAIN}


class Placed(NamedTuple):
    """One character of a source, from byte `start` to `end` of it in UTF-8."""

    character: str
    start: int
    end: int


class Source(NamedTuple):
    """A file's text and how it is encoded. `text` begins as the reader sees it."""

    reader: str
    text: str
    encoding: str

    def line_start(self, line: int) -> int:
        """Where the line begins in the text, counted from 1."""
        start = 0
        for number, end in enumerate(_LINE_END.finditer(self.text), start=2):
            if number > line:
                break
            start = end.end()
        return start if line > 1 else 0

    def characters(self, start: int, most: int) -> list[Placed]:
        """The characters that are shown from `start` of the text on, at most so many."""
        found: list[Placed] = []
        at = len(self.text[:start].encode())
        for token in _TOKENS[self.reader].finditer(self.text, start):
            size = len(token[0].encode())
            if not token["skip"]:
                shown = unescape(token[0]) if token["named"] else token[0]
                found.append(Placed(shown if len(shown) == 1 else "\ufffd", at, at + size))
                if len(found) == most:
                    break
            at += size
        return found

    def rewritten(self, changes: list[Change]) -> bytes | None:
        """The file with the changes made, in its own encoding; None where that cannot write them."""
        text = changed(self.text.encode(), changes).decode()
        try:
            return text.encode(self.encoding, "xmlcharrefreplace" if self.reader == "html" else "strict")
        except UnicodeEncodeError:
            return None


def source_of(data: bytes, reader: str) -> Source | None:
    """The source that `reader` reads from `data`; None where it could not be written again as it was."""
    text, _ = decode(data)
    for encoding in _ENCODINGS:
        try:
            if text.encode(encoding) == data:
                return Source(reader, text, encoding)
        except UnicodeEncodeError:
            continue
    return None


def offset_of(source: Source, location: Location) -> int:
    """Where a paragraph or cell begins in the text, as nearly as its reader tells."""
    return source.line_start(location.line or 1) + max(0, (location.column or 1) - 1)
