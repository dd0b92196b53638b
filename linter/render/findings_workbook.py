"""Findings as an Excel workbook: one row a finding, to be passed on and ticked off. Extra `xlsx`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from linter.checks.outcome import Finding, Judgement
from linter.render.entry import Lang, ranked
from linter.render.place import open_groups, place_words, position_words
from linter.render.text import head_words, suspect_words
from linter.render.words import words
from linter.report.model import Report

_COLORS = {"error": "#FDEEEE", "warning": "#FFF5E0", "info": "#EAF3FB"}
# What a text may hold in a cell of Excel.
_LONGEST = 32_000


def findings_workbook(report: Report, judgement: Judgement, lang: Lang) -> bytes:
    """The findings of one report, and what stayed undecided, as .xlsx.

    Raises ModuleNotFoundError without XlsxWriter. Every text is written as text: what a report says
    never becomes a formula or a link.
    """
    from xlsxwriter import Workbook

    word = words(lang)
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    font = {"font_name": "Microsoft YaHei" if lang == "zh" else "Calibri", "font_size": 11}
    cell = {**font, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#C9D1DA"}
    title = book.add_format({**font, "bold": True, "font_size": 14})
    soft = book.add_format({**font, "font_color": "#55606E"})
    head = book.add_format({**cell, "bold": True, "bg_color": "#E6EBF0"})
    plain = book.add_format(cell)
    graded = {
        severity: book.add_format({**cell, "bg_color": color, "bold": True})
        for severity, color in _COLORS.items()
    }

    sheet = book.add_worksheet(word["findings"])
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, sheet_text(report.title.value if report.title else word["untitled"]), title)
    sheet.write_string(1, 0, sheet_text(" · ".join((report.path, *head_words(report, lang)))), soft)
    columns = _columns(lang)
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, label, head)
    for row, finding in enumerate(ranked(judgement.findings), 4):
        for column, text in enumerate(_row(finding, report, lang)):
            style = graded[finding.severity] if column == 0 else plain
            sheet.write_string(row, column, sheet_text(text), style)
    sheet.freeze_panes(4, 1)
    sheet.autofilter(3, 0, max(4, 3 + len(judgement.findings)), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)

    groups = open_groups(judgement.open, report, lang)
    if groups:
        left = book.add_worksheet(word["open"])
        for column, (label, width) in enumerate(
            ((word["reason"], 60), (word["place"], 50), (word["rule"], 34))
        ):
            left.set_column(column, column, width)
            left.write_string(0, column, label, head)
        for row, group in enumerate(groups, 1):
            texts = (group.reason, "\n".join(group.places), "\n".join(group.rules))
            for column, text in enumerate(texts):
                left.write_string(row, column, sheet_text(text), plain)
        left.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _columns(lang: str) -> Sequence[tuple[str, int]]:
    """Heading and width of each column."""
    word = words(lang)
    keys = (
        ("severity", 9),
        ("place", 32),
        ("file_position", 18),
        ("problem", 48),
        ("formula", 28),
        ("suspect", 30),
        ("hint", 36),
        ("clause", 36),
        ("rule", 24),
    )
    return [(word[key], width) for key, width in keys]


def _row(finding: Finding, report: Report, lang: str) -> Iterator[str]:
    word = words(lang)
    yield word[finding.severity]
    yield place_words(finding.place, report, lang) or word["whole"]
    yield position_words(finding.place.location, lang)
    yield finding.message
    yield finding.evidence.formula or "" if finding.evidence else ""
    yield "\n".join(suspect_words(suspect, report, lang) for suspect in finding.suspects)
    yield finding.hint
    yield finding.clause
    yield f"{finding.code} {finding.name}"


def sheet_text(text: str) -> str:
    """`text` without the characters that no XML may hold, and not longer than a cell."""
    kept = "".join(
        character
        for character in text
        if character in "\n\t" or (character >= " " and not 0xD800 <= ord(character) <= 0xDFFF)
    )
    return kept.replace("\ufffe", "").replace("\uffff", "")[:_LONGEST]
