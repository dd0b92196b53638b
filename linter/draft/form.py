"""The contents of an empty draft: headings, paragraphs and standard tables, in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from linter.official.blocks import Text, text_block
from linter.render.form import Box, draw
from linter.render.template import render
from linter.report.issuer import kind_of
from linter.report.model import IssuerKind, Report, StandardTable, State
from linter.report.norm import TABLE_KEYS, TableEdition, section_specs, table_spec

_OFFICE = "国务院办公厅政府信息与政务公开办公室"
_FORM = "中华人民共和国政府信息公开工作年度报告格式"
NOTICES: Mapping[TableEdition, str] = {
    "2019": f"《{_OFFICE}关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
    "2021": f"《{_OFFICE}关于印发〈{_FORM}〉的通知》（国办公开办函〔2021〕30号）",
}
FIRST_YEAR = 2019
"""The first report year with a uniform form."""

_NUMERALS = "一二三四五六"
_TABLE = re.compile(r"\{table (\w+)\}")

Carried: TypeAlias = Mapping[str, str]
"""Figures of one row, as printed, by column."""


class Wanted(NamedTuple):
    """The draft that is asked for; `carried` is what last year's report carried over."""

    issuer: str
    year: int
    issuer_kind: IssuerKind | None = None
    carried: Mapping[str, str] = {}


class DraftTable(NamedTuple):
    """A standard table as the form prints it: its rows of boxes, with what each shows."""

    key: str
    rows: tuple[tuple[tuple[Box, str], ...], ...]
    columns: int


Block: TypeAlias = Text | DraftTable


def edition_of(year: int) -> TableEdition:
    """The form that holds for a report year since 2019."""
    return "2019" if year < 2021 else "2021"


def draft(wanted: Wanted) -> list[Block]:
    """The blocks of the draft. Raises ValueError for a year before there was a form."""
    if wanted.year < FIRST_YEAR:
        raise ValueError(f"{wanted.year} 年度还没有统一的格式，只能起草 {FIRST_YEAR} 年度以后的报告")
    edition = edition_of(wanted.year)
    kind = wanted.issuer_kind or kind_of(wanted.issuer)
    text = render(
        "draft/report.md.j2",
        {
            "issuer": wanted.issuer,
            "year": wanted.year,
            "notice": NOTICES[edition],
            "government": kind in ("government", "township"),
            "sections": [
                {"key": spec.key, "title": spec.title, "numeral": _NUMERALS[spec.number - 1]}
                for spec in section_specs()
            ],
        },
    )
    return [_block(line, edition, wanted.carried) for line in map(str.strip, text.splitlines()) if line]


def carried_over(previous: Report) -> Carried:
    """What `previous` carried into the next year, by column, of the figures that were read."""
    table = previous.tables.get("applications")
    cells = table.cells if table else {}
    return {
        column: str(cell.value)
        for (row, column), cell in cells.items()
        if row == "carried_out" and cell.state is State.NUMBER
    }


def _block(line: str, edition: TableEdition, carried: Carried) -> Block:
    if (table := _TABLE.fullmatch(line)) and table[1] in TABLE_KEYS:
        return _table(table[1], edition, carried)
    return text_block(line)


def _table(key: str, edition: TableEdition, carried: Carried) -> DraftTable:
    spec = table_spec(key, edition)
    drawn = draw(StandardTable(key, edition, True, {}), spec)
    rows = tuple(tuple((box, _shown(box, carried)) for box in boxes) for boxes in drawn)
    return DraftTable(key, rows, sum(box.columns for box in drawn[0]))


def _shown(box: Box, carried: Carried) -> str:
    """What stands in the box: zero, or last year's figure; blank where that was not read."""
    if box.role != "cell":
        return box.text
    row, column = box.key
    if row != "carried_in" or not carried:
        return "0"
    return carried.get(column or "", "")


def grid(rows: Sequence[Sequence[tuple[Box, str]]]) -> list[list[tuple[int, Box, str, bool]]]:
    """The rows with each box's first column; a box over several rows comes again below, as True."""
    below: dict[int, tuple[Box, int]] = {}
    result: list[list[tuple[int, Box, str, bool]]] = []
    for row in rows:
        placed: list[tuple[int, Box, str, bool]] = []
        waiting = iter(row)
        column = 0
        while True:
            if column in below:
                box, left = below.pop(column)
                placed.append((column, box, "", True))
                again = left - 1
            elif (following := next(waiting, None)) is not None:
                box, text = following
                placed.append((column, box, text, False))
                again = box.rows - 1
            else:
                break
            if again:
                below[column] = (box, again)
            column += box.columns
        result.append(placed)
    return result
