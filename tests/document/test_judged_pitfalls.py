"""What other tools say wrongly of such reports, after reading them rightly (peers-and-pitfalls.md §2)."""

from __future__ import annotations

import re
from typing import Any

from drafts import changed, checked, paragraphs, plain, run, runs_of, tag, text_of, truth, xml

from examples.generator import make_layout, to_html
from linter.document.registry import read_document
from linter.lint import Selection, lint
from linter.report.read import read_report


def set_figure(cell: Any, figure: str) -> None:
    """The figure of a cell put in place of what it has."""
    first, *others = runs_of(cell)
    for other in others:
        other.getparent().remove(other)
    next(first.iter(tag("t"))).text = figure


def after_heading(root: Any, title: str, sentence: str) -> None:
    """A paragraph put below the heading of a section."""
    heading = next(paragraph for paragraph in paragraphs(root) if title in text_of(paragraph)[:20])
    heading.addnext(xml(f"<w:p>{run(sentence)}</w:p>"))


def test_fees_of_the_organ_are_no_fees_of_requests() -> None:
    def change(root: Any) -> None:
        row = next(row for row in root.iter(tag("tr")) if text_of(row).startswith("行政事业性收费"))
        set_figure(row.findall(tag("tc"))[-1], "96171.6")

    assert checked(changed(change)).findings == plain().findings


def test_pending_cases_are_no_settled_ones() -> None:
    def with_pending(root: Any) -> None:
        row = list(root.iter(tag("tbl")))[2].findall(tag("tr"))[-1]
        cells = row.findall(tag("tc"))
        for place in (3, 4):
            set_figure(cells[place], str(int(text_of(cells[place])) + 2))

    def with_sentence(root: Any) -> None:
        row = list(root.iter(tag("tbl")))[2].findall(tag("tr"))[-1]
        figures = [int(text_of(cell)) for cell in row.findall(tag("tc"))]
        with_pending(root)
        after_heading(
            root, "行政复议、行政诉讼情况", f"本年审结行政复议案件{figures[4] - figures[3]}件，其余尚未审结。"
        )

    new = checked(changed(with_sentence)).findings - checked(changed(with_pending)).findings
    assert new == {}


def test_what_is_said_not_to_have_happened_is_compared() -> None:
    def change(root: Any) -> None:
        after_heading(root, "行政复议、行政诉讼情况", "本年未发生行政复议和行政诉讼。")

    ((_, message),) = checked(changed(change)).findings - plain().findings
    assert "未发生行政复议" in message


def test_borders_that_are_not_drawn_are_no_fault() -> None:
    page = to_html(truth(), make_layout(2)).decode("gb18030")
    bare = re.sub(r'\sborder="?\w+"?|border[\w-]*:[^;"]*;?', "", page).replace(
        "<table", '<table border="0" style="border:none"'
    )
    assert bare != page
    found = []
    for text in (page, bare):
        report = read_report(read_document(text.encode(), "a.html"), "a.html")
        found.append([finding[:3] for finding in lint(report, Selection(profile="exemplary")).findings])
    assert found[0] == found[1]
