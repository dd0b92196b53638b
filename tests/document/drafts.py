"""Whole reports as Word files, with one construct of real drafts worked into them everywhere."""

from __future__ import annotations

import copy
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from lxml import etree

from examples.generator import make_layout, make_report, to_docx, with_defects
from examples.generator.truth import Truth
from linter.document.model import Document
from linter.document.registry import read_document
from linter.lint import Selection, lint
from linter.report.model import Report
from linter.report.read import read_report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
Change = Callable[[Any], None]
"""What is done to the root of the document part."""


def tag(name: str) -> str:
    """The full name of an element of WordprocessingML."""
    return f"{{{W}}}{name}"


def xml(text: str) -> Any:
    """An element written with the usual prefixes."""
    return etree.fromstring(f"<x {NAMESPACES}>{text}</x>")[0]


def run(text: str) -> str:
    """A run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@cache
def truth(fault: str = "") -> Truth:
    """A report of 2021's form; with the fault, one with a finding in its tables."""
    report = make_report(14, "2021")
    return with_defects(report, 14, [fault])[0] if fault else report


@cache
def good(fault: str = "") -> bytes:
    """The report as a plain Word file."""
    return to_docx(truth(fault), replace(make_layout(2), extras=frozenset()))


def changed(change: Change, fault: str = "", parts: Mapping[str, str] = {}) -> bytes:
    """The report with its document part changed, and other parts added or put in place of those it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good(fault))) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                change(root)
                part = etree.tostring(root)
            if name not in parts:
                after.writestr(name, part)
        for name, text in parts.items():
            after.writestr(name, text)
    return out.getvalue()


class Outcome(NamedTuple):
    """What a check says of a file: its findings and open items, by rule and message."""

    document: Document
    report: Report
    findings: Counter[tuple[str, str]]
    open: Counter[tuple[str, str]]


def checked(data: bytes) -> Outcome:
    """A file through the whole linter."""
    document = read_document(data, "a.docx")
    report = read_report(document, "a.docx")
    judgement = lint(report, Selection(profile="exemplary"))
    assert judgement.errors == ()
    findings = Counter((finding.code, finding.message) for finding in judgement.findings)
    return Outcome(document, report, findings, Counter((item.code, item.reason) for item in judgement.open))


@cache
def plain(fault: str = "") -> Outcome:
    """What is said of the report as a plain Word file."""
    return checked(good(fault))


def paragraphs(root: Any) -> list[Any]:
    """The paragraphs outside tables that have text."""
    return [p for p in root.find(tag("body")) if p.tag == tag("p") and text_of(p)]


def text_of(element: Any) -> str:
    """All text in an element."""
    return "".join(part.text or "" for part in element.iter(tag("t")))


def value_cells(root: Any) -> Iterator[Any]:
    """The cells that hold a figure."""
    for cell in root.iter(tag("tc")):
        if text_of(cell).strip().replace(".", "").isdigit():
            yield cell


def runs_of(element: Any) -> list[Any]:
    """The runs of a paragraph or cell."""
    return list(element.iter(tag("r")))


def wrapped(element: Any, start: str, end: str) -> None:
    """`element` put into the innermost element of what `start` and `end` write."""
    holder = xml(start + "<w:HERE/>" + end)
    here = next(holder.iter(tag("HERE")))
    element.addprevious(holder)
    here.getparent().replace(here, element)


def copied(element: Any) -> Any:
    """A copy."""
    return copy.deepcopy(element)
