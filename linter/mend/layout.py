"""Fixes of ways of writing that no rule speaks of: signs in headings, digits in cells, blanks in labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from linter.checks.outcome import Fix
from linter.document.model import Cell, Location, Table
from linter.report.model import Report, State

_FULL_WIDTH = re.compile("[０-９]")
_DIGITS = re.compile("[０-９]|(?<=[0-9０-９])[．，](?=[0-9０-９])|[＋－](?=[0-9０-９])")
_POINTED = re.compile("([一二三四五六七八九十]{1,2})\\s*[.．,，]\\s*")
_BLANK_IN_WORD = re.compile("(?<=[\u3400-\u9fff])[ \t\u00a0\u3000]+(?=[\u3400-\u9fff])")


def layout_fixes(report: Report) -> Iterator[Fix]:
    """The sign 、 behind the numeral of a section's heading; full-width digits in cells with a figure as
    half-width ones; no blanks between the characters of the names of rows and columns."""
    for section in report.sections:
        if section.key and (point := _POINTED.match(section.heading)):
            yield Fix(section.location, section.heading, f"{point[1]}、{section.heading[point.end() :]}")
    for table in report.tables.values():
        for cell in table.cells.values():
            if cell.state is State.NUMBER and _FULL_WIDTH.search(cell.text):
                yield Fix(cell.location, cell.text, _DIGITS.sub(_half_width, cell.text))
    cells = _cells(report)
    labels = (label for table in report.tables.values() for label in (*table.rows, *table.columns))
    for location in dict.fromkeys(label.location for label in labels if label.key):
        printed = cells.get(location)
        if printed is not None and _BLANK_IN_WORD.search(printed.text):
            yield Fix(location, printed.text, _BLANK_IN_WORD.sub("", printed.text))


def zero_fixes(report: Report) -> Iterator[Fix]:
    """A zero for each blank and each sign in its place: what most organs mean by it, which is not sure."""
    for table in report.tables.values():
        for cell in table.cells.values() if table.found else ():
            if cell.state in (State.BLANK, State.PLACEHOLDER) and cell.location != Location():
                yield Fix(cell.location, cell.text, "0", safe=False)


def _half_width(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _cells(report: Report) -> dict[Location, Cell]:
    tables = (block for block in report.document.blocks if isinstance(block, Table))
    return {cell.location: cell for table in tables for cell in table.cells}
