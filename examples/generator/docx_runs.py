"""Paragraphs of a Word document: runs, links, tracked changes, content controls."""

from __future__ import annotations

import random
import re
from xml.sax.saxutils import escape, quoteattr

from examples.generator.layout import Layout

_CHANGE = 'w:id="{}" w:author="校对" w:date="2024-01-05T09:00:00Z"'
_TAG = 'w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate"'
_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


class Runs:
    """Writes paragraphs of one document; draws at random which constructs stand where."""

    def __init__(self, rng: random.Random, layout: Layout, link: tuple[str, str]) -> None:
        self.rng = rng
        self.extras = layout.extras
        self.link = link
        self._changes = 0

    def paragraph(
        self,
        text: str,
        *,
        style: str = "",
        align: str = "",
        indent: bool = False,
        bold: bool = False,
        plain: bool = False,
        list_level: int | None = None,
    ) -> str:
        """A paragraph; `plain` keeps tracked changes, hidden text and the like out of it."""
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        if list_level is not None:
            properties += f'<w:numPr><w:ilvl w:val="{list_level}"/><w:numId w:val="1"/></w:numPr>'
        if indent:
            properties += '<w:ind w:firstLineChars="200" w:firstLine="420"/>'
        if align:
            properties += f'<w:jc w:val="{align}"/>'
        content = self.runs(text, bold=bold) if plain else self._varied(text, bold=bold)
        paragraph = f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"
        if not plain and "content-controls" in self.extras and self.rng.random() < 0.2:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"
        return paragraph

    def runs(self, text: str, *, bold: bool = False) -> str:
        """Runs for `text`, split at random places where the layout splits runs."""
        pieces = [text]
        if "split-runs" in self.extras:
            pieces = re.findall(rf".{{1,{self.rng.randint(2, 9)}}}", text, flags=re.DOTALL) or [""]
        return "".join(run(piece, bold=bold) for piece in pieces)

    def _varied(self, text: str, *, bold: bool) -> str:
        shown, target = self.link
        if shown and shown in text:
            before, after = text.split(shown, 1)
            return (
                self.runs(before, bold=bold) + self._hyperlink(shown, target) + self._varied(after, bold=bold)
            )
        if "smart-tags" in self.extras and (found := re.search(r"\d{4}年", text)):
            tagged = f"<w:smartTag {_TAG}>{run(found[0])}</w:smartTag>"
            rest = self._changed(text[found.end() :], bold=bold)
            return self.runs(text[: found.start()], bold=bold) + tagged + rest
        return self._changed(text, bold=bold)

    def _changed(self, text: str, *, bold: bool) -> str:
        """`text` with an insertion, a deletion, a hidden run or an inline content control in it."""
        if len(text) < 4:
            return self.runs(text, bold=bold)
        first, second = sorted(self.rng.sample(range(1, len(text)), 2))
        middle = self.runs(text[first:second], bold=bold)
        if "insertions" in self.extras and self.rng.random() < 0.4:
            middle = inserted(middle, self._change())
        elif "content-controls" in self.extras and self.rng.random() < 0.3:
            middle = f"<w:sdt><w:sdtPr/><w:sdtContent>{middle}</w:sdtContent></w:sdt>"
        if "deletions" in self.extras and self.rng.random() < 0.4:
            middle += deleted("原拟删去的字样17件", self._change())
        if "hidden-text" in self.extras and self.rng.random() < 0.2:
            middle += "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏批注23件</w:t></w:r>"
        return self.runs(text[:first], bold=bold) + middle + self.runs(text[second:], bold=bold)

    def _change(self) -> int:
        self._changes += 1
        return 90 + self._changes

    def _hyperlink(self, shown: str, target: str) -> str:
        if "field-link" in self.extras:
            code = f" HYPERLINK {escape(quoteattr(target))} "
            field = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
            begin, middle, end = (_FIELD.format(kind) for kind in ("begin", "separate", "end"))
            return begin + field + middle + run(shown) + end
        return f'<w:hyperlink r:id="rIdLink">{run(shown)}</w:hyperlink>'


def run(text: str, *, bold: bool = False) -> str:
    """One run; line breaks become `w:br`."""
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.split("\n")]
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def inserted(runs: str, number: int) -> str:
    """Runs as a tracked insertion."""
    return f"<w:ins {_CHANGE.format(number)}>{runs}</w:ins>"


def deleted(text: str, number: int) -> str:
    """A tracked deletion of `text`."""
    return f"<w:del {_CHANGE.format(number)}><w:r><w:delText>{text}</w:delText></w:r></w:del>"
