"""The files of one report, a page and its attachments, read as one: the fullest and surest is judged."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from linter.document.model import Elsewhere, Unreadable

if TYPE_CHECKING:
    from linter.files import Source
    from linter.report.model import Report

_CERTAINTIES = ("full", "partial", "poor")


def read_together(source: Source, read: Callable[[Source], Report]) -> Report:
    """The report that a page (`source`) and its attachments hold, with notes that name the others.

    Raises Unreadable, with the reason of each, where none of them holds it.
    """
    reports: list[tuple[str, Report]] = []
    reasons: list[tuple[str, Unreadable]] = []
    for each in (source._replace(partners=()), *source.partners):
        name = PurePath(each.inside or each.path).name
        try:
            reports.append((name, read(each)))
        except Unreadable as refusal:
            reasons.append((name, refusal))
    if not reports:
        raise Unreadable("；".join(f"{name}：{reason}" for name, reason in reasons))
    chosen = min(range(len(reports)), key=lambda index: (_rank(reports[index][1]), index))
    name, report = reports[chosen]
    notes = list(source.notes)
    for other, found in reports:
        if other != name:
            notes.append(_said(other, found, report))
    pages: list[Elsewhere] = []
    for other, reason in reasons:
        if not isinstance(reason, Elsewhere):
            notes.append(f"附带的 {other} 未检查：{reason}")
        elif _is_of_another_year(reason, report.year):
            title = reason.metadata["title"]
            notes.append(f"网页 {other} 的标题是“{title}”，与附件的年度不同，请核对附件是否放错")
        else:
            pages.append(reason)
            notes.append(f"网页 {other} 只链接到附件，检查的是附件")
    if report.published is None:
        published = _published([found for _, found in reports if found.year in (None, report.year)], pages)
        report = report._replace(published=published, published_by_page=published is not None)
    reading = report.reading._replace(notes=(*report.reading.notes, *notes))
    versions = tuple(
        other for _, other in reports if other is not reports[chosen][1] and _is_same(other, report)
    )
    return report._replace(reading=reading, versions=versions)


def _rank(report: Report) -> tuple[int, int, int, int]:
    """The less the better: what is missing of the report, then what of it could not be surely read."""
    from linter.report.model import State

    lost = sum(cell.state is State.LOST for table in report.tables.values() for cell in table.cells.values())
    certainty = report.reading.certainty
    place = _CERTAINTIES.index(certainty) if certainty in _CERTAINTIES else len(_CERTAINTIES)
    tables = sum(table.found for table in report.tables.values())
    return -tables, -len(report.sections), place, lost


def _said(name: str, other: Report, report: Report) -> str:
    if not _is_same(other, report):
        title = other.title.value if other.title else f"{other.year} 年"
        return f"附带的 {name} 是另一份报告（{title}），未检查，请单独检查"
    return f"{name} 是同一份报告的另一个文件，未单独检查"


def _is_same(other: Report, report: Report) -> bool:
    """Whether nothing says that they are reports of different years or organs."""
    pairs = ((other.year, report.year), (other.issuer, report.issuer))
    return not any(one and two and one != two for one, two in pairs)


def _is_of_another_year(page: Elsewhere, year: int | None) -> bool:
    """Whether the page's title names a year, and not that of the report found."""
    years = re.findall(r"(?<!\d)((?:19|20)\d\d)\s*年", page.metadata.get("title", ""))
    return year is not None and bool(years) and str(year) not in years


def _published(reports: Sequence[Report], pages: Sequence[Elsewhere]) -> dt.date | None:
    """The day of publication that any of the files, or a page that leads to them, states."""
    for report in reports:
        if report.published is not None:
            return report.published
    days = [page.metadata["published"] for page in pages if "published" in page.metadata]
    return dt.date.fromisoformat(days[0]) if days else None
