"""What tests of mending share: drafts read and judged, and the comments of a Word file seen from outside."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree

from examples.generator import Truth, make_report, with_defects
from examples.generator.defects import kinds_for
from examples.generator.truth import TableEdition
from linter.checks.outcome import Judgement
from linter.document.registry import read_document
from linter.lint import Selection, lint
from linter.report.model import Report
from linter.report.read import read_report

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_UNFIT = (AssertionError, KeyError, StopIteration, ValueError)
"""What the generator raises where two defects cannot be in one report."""


def judged(data: bytes, name: str = "draft.docx") -> tuple[Report, Judgement]:
    """The file read and judged by the usual rules."""
    report = read_report(read_document(data, name), name)
    return report, lint(report, Selection())


def reader_of(name: str) -> Callable[[bytes], tuple[Report, Judgement]]:
    """`judged` for files of this name."""
    return lambda data: judged(data, name)


def faulty(seed: int, edition: TableEdition, count: int = 4) -> Truth:
    """A report with as many of `count` random defects as go together."""
    truth = make_report(seed, edition, "department")
    for kind in random.Random(seed).sample(kinds_for(edition), count):
        try:
            truth, _ = with_defects(truth, seed, [kind])
        except _UNFIT:
            continue
    return truth


def word_file(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this body and these other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>\n<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>',
        )
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


class Comment(NamedTuple):
    """A comment as any reader of the file finds it: `anchor` is the text of the cell, or else of the
    paragraph, in which it stands; `marked` the text between its marks."""

    id: str
    author: str
    text: str
    anchor: str
    marked: str


def part(data: bytes, name: str) -> bytes:
    """An unpacked part of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def comments_in(data: bytes) -> list[Comment]:
    """The comments of a Word file, in the order of their marks."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/comments.xml" not in archive.namelist():
            return []
    listed = {comment.get(W + "id"): comment for comment in etree.fromstring(part(data, "word/comments.xml"))}
    root = etree.fromstring(part(data, "word/document.xml"))
    found = []
    for reference in root.iter(W + "commentReference"):
        number = reference.get(W + "id", "")
        comment = listed[number]
        holders = list(reference.iterancestors(W + "tc", W + "p"))
        cell = next((a for a in holders if a.tag == W + "tc"), holders[0])
        text = "\n".join(_text(paragraph) for paragraph in comment.iter(W + "p"))
        found.append(Comment(number, comment.get(W + "author", ""), text, _text(cell), _marked(root, number)))
    return found


def _marked(root: etree._Element, number: str) -> str:
    pieces: list[str] = []
    inside = False
    for element in root.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "t"):
        if element.tag == W + "t":
            pieces.append((element.text or "") if inside else "")
        elif element.get(W + "id") == number:
            inside = element.tag == W + "commentRangeStart"
    return "".join(pieces)


def _text(element: etree._Element) -> str:
    """The text of all runs that are not hidden."""
    hidden = {
        text for run in element.iter(W + "r") if run.find(f"{W}rPr/{W}vanish") is not None for text in run
    }
    return "".join(text.text or "" for text in element.iter(W + "t") if text not in hidden)
