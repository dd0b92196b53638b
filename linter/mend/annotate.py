"""Copies of a file with the findings written at their places, by the format of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from linter.checks.outcome import Judgement
from linter.mend.annotated import NotAnnotated
from linter.report.model import Report

__all__ = ["ANNOTATORS", "NotAnnotated", "annotate", "annotate_docx", "annotate_html", "annotate_pdf"]

Annotator: TypeAlias = Callable[[bytes, Report, Judgement, str], bytes]


def annotate_docx(data: bytes, report: Report, judgement: Judgement, lang: str = "zh") -> bytes:
    """The Word file `data`, of which `report` was read, with a comment at each finding.

    Comments of an earlier annotation are replaced. Raises Unreadable where the file is damaged.
    """
    from linter.mend.docxcomments import with_comments
    from linter.mend.notes import notes_of

    return with_comments(data, notes_of(report, judgement, lang))


def annotate_html(data: bytes, report: Report, judgement: Judgement, lang: str = "zh") -> bytes:
    """The web page with the words meant marked and the notes at its end. Raises NotAnnotated where the
    text does not stand in the page's source."""
    from linter.mend.htmlmarks import with_marks
    from linter.mend.notes import notes_of

    return with_marks(data, report.document, notes_of(report, judgement, lang), lang)


def annotate_pdf(data: bytes, report: Report, judgement: Judgement, lang: str = "zh") -> bytes:
    """The PDF with a highlight at each finding. Raises NotAnnotated where the file allows none, or where
    the optional package for it is missing."""
    from linter.mend.notes import notes_of
    from linter.mend.pdfmarks import with_highlights

    return with_highlights(data, report.document, notes_of(report, judgement, lang))


ANNOTATORS: Mapping[str, Annotator] = {
    "docx": annotate_docx,
    "html": annotate_html,
    "pdf": annotate_pdf,
}
"""By the reader of the Document; other formats get no annotated copy."""


def annotate(data: bytes, report: Report, judgement: Judgement, lang: str = "zh") -> bytes:
    """The file with the findings at their places. Raises NotAnnotated for other formats."""
    annotator = ANNOTATORS.get(report.document.reader)
    if annotator is None:
        raise NotAnnotated("这种格式不能加批注，请转为 Word（.docx）、PDF 或网页后再试")
    return annotator(data, report, judgement, lang)


def without_annotations(data: bytes) -> bytes:
    """The file as it was before an earlier annotation of ours: read and judge this, lest our own notes
    count. Raises Unreadable where the file is damaged."""
    if data.startswith(b"PK"):
        from linter.document.archive import Archive

        if any(name.lower().startswith("word/") for name in Archive(data).names):
            from linter.mend.docxcomments import without_comments

            return without_comments(data)
    elif b"%PDF" in data[:1024]:
        from linter.mend.pdfmarks import without_highlights

        return without_highlights(data)
    elif b"gongkai" in data:
        from linter.mend.htmlmarks import without_marks

        return without_marks(data)
    return data
