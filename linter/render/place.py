"""Names of places in a report, in the words by which a clerk finds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from linter.checks.outcome import CellEvidence, OpenItem, Place
from linter.checks.wording import cell_name, column_name, row_name, section_name, table_name
from linter.document.model import Location
from linter.render.words import words
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS, TABLE_EDITIONS, TableSpec, table_spec


def spec_of(report: Report, table: str) -> TableSpec:
    """The form by which the rows and columns of `table` are named."""
    found = report.tables.get(table)
    layout = found.layout if found else report.edition
    return table_spec(table, layout if layout in TABLE_EDITIONS else "2021")


def place_words(place: Place, report: Report, lang: str) -> str:
    """Where `place` is in the report: part, table, row and column; "" for the report as a whole."""
    if place.table:
        spec = spec_of(report, place.table)
        row = row_name(spec, place.row)
        column = column_name(spec, place.row, place.column) if place.column else ""
        return " · ".join(part for part in (table_name(place.table, lang), row, column) if part)
    if place.section in SECTION_KEYS:
        return section_name(place.section, lang)
    return place.section or ""


def where_words(place: Place, report: Report, lang: str) -> str:
    """Where `place` is in the report, and in brackets where that is in the file."""
    where = place_words(place, report, lang)
    position = position_words(place.location, lang)
    if where and position:
        return f"{where} ({position})" if lang == "en" else f"{where}（{position}）"
    return where or position or words(lang)["whole"]


def cell_words(cell: CellEvidence, report: Report) -> str:
    """A cell by its row and column, with the organ and the year where it is another report's."""
    name = cell_name(spec_of(report, cell.table), cell.row, cell.column)
    return " ".join([*(str(part) for part in (cell.unit, cell.year) if part), name])


def position_words(location: Location, lang: str) -> str:
    """Where to look in the file, as its format is seen by its reader; "" where unknown.

    A page in paged formats, a line in text (which alone knows columns), else a table, row and cell or
    a paragraph: the lines of an HTML file are not seen by who reads the page.
    """
    word = words(lang)
    if location.page is not None:
        return word["at_page"].format(n=location.page)
    if location.line is not None and location.column is not None:
        return word["at_line"].format(n=location.line)
    if location.table is not None:
        parts = [("at_table", location.table), ("at_row", location.row), ("at_cell", location.cell)]
        return word["list_comma"].join(word[key].format(n=number) for key, number in parts if number)
    if location.paragraph is not None:
        return word["at_paragraph"].format(n=location.paragraph)
    return word["at_line"].format(n=location.line) if location.line is not None else ""


class OpenGroup(NamedTuple):
    """Open items with one reason: their places in words, and their rules as "code name"."""

    reason: str
    places: tuple[str, ...]
    rules: tuple[str, ...]


def open_groups(items: Iterable[OpenItem], report: Report, lang: str) -> list[OpenGroup]:
    """Open items with the same reason as one, in the order of the first of each."""
    groups: dict[str, list[OpenItem]] = {}
    for item in items:
        groups.setdefault(item.reason, []).append(item)
    return [
        OpenGroup(
            reason,
            tuple(
                dict.fromkeys(place for item in members if (place := place_words(item.place, report, lang)))
            ),
            tuple(dict.fromkeys(f"{item.code} {item.name}" for item in members)),
        )
        for reason, members in groups.items()
    ]
