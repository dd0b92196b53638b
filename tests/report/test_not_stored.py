"""A cell of which the file does not hold the content is lost: neither blank nor a wrong entry."""

from __future__ import annotations

import re

from examples.generator import make_layout, make_report, to_html
from linter.document.registry import read_document
from linter.report.model import State
from linter.report.read import read_report


def test_a_character_without_a_code_loses_its_cell() -> None:
    page = to_html(make_report(4, "2021"), make_layout(4), "fragment").decode()
    before, mark, after = page.partition("一、本年新收")
    after = re.sub(r">\d+</td>", ">1\ufffd</td>", after, count=1)
    report = read_report(read_document((before + mark + after).encode(), "a.html"), "a.html")
    cell = report.tables["applications"].cells["new", "natural_person"]
    assert cell.state is State.LOST
    assert cell.reason
    assert cell.value is None
    assert "没有存下" in "".join(report.reading.notes)
