"""What fails by words that were recognised in a picture is open: the words may be wrong."""

from __future__ import annotations

from linter.checks.grouping import Judged
from linter.checks.outcome import Outcome, Verdict
from linter.report.model import Report

_BY_CELLS = frozenset({"identity", "cell_value", "scan"})
"""Kinds that rest on the figures of cells, whose doubt is known cell by cell. A blank is not among them:
the rest of a row torn by a page end looks like a blank row where its label is misread."""
_BY_ONE_PLACE = frozenset({"forbidden", "format", "links", "personal"})
"""Kinds that rest on the words at the place of their verdict alone."""


def rests_on_recognised_words(item: Judged, report: Report) -> bool:
    """Whether a failure rests on words of a page that was read by recognition."""
    pages = report.document.recognised_pages
    if not pages or item.verdict.outcome is not Outcome.FAIL or item.rule.kind in _BY_CELLS:
        return False
    page = item.verdict.place.location.page
    return page is None or page in pages or item.rule.kind not in _BY_ONE_PLACE


def opened(item: Judged, report: Report, message: str, lang: str) -> Judged:
    """The failure as an open verdict that says what seems wrong; `message` is its wording in `lang`."""
    pages = report.document.recognised_pages
    listed = "、".join(map(str, pages))
    said, said_en = (message, "") if lang == "zh" else ("", message)
    verdict = item.verdict
    return Judged(
        item.rule,
        Verdict(
            Outcome.OPEN,
            verdict.place,
            reason=f"按识别的文字，{said}（第 {listed} 页的文字由图像识别得到，可能有错字，请核对扫描件）",
            reason_en=f"as recognised: {said_en} (page {listed} is a scan: please check it)",
            absence=verdict.absence,
        ),
    )
