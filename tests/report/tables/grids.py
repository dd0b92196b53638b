"""Small grids and text for the tests of table recovery, all of our own making."""

from __future__ import annotations

from collections.abc import Sequence

from linter.document.model import Cell, Line, Location, Table
from linter.report.flow import Item, Piece, Text
from linter.report.norm import table_spec

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def grid(rows: Sequence[Sequence[str]], source: str = "tabs") -> Table:
    """A grid without merged cells, one entry a field; rows may be ragged."""
    cells = tuple(
        Cell(row, column, text, location=Location(row=row + 1, cell=column + 1))
        for row, fields in enumerate(rows)
        for column, text in enumerate(fields)
    )
    return Table(cells, len(rows), max(len(fields) for fields in rows), source)


def applications_rows(edition: str, value: int = 0) -> list[list[str]]:
    """The rows of table 三 as (group, label, seven values), every value the same."""
    block = table_spec("applications", edition).blocks[0]
    return [
        ["", row.label, *[str(value)] * 7] if row.group else [row.label, "", *[str(value)] * 7]
        for row in block.rows
    ]


def applications_header() -> list[list[str]]:
    """The header of table 三 in two rows of nine fields."""
    return [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "申请人情况", *[""] * 6],
        ["", "", *APPLICANTS],
    ]


def items(*grids: Table) -> tuple[Item, ...]:
    """Grids as the flow hands them to the recognition."""
    return tuple(grids)


def pieces(key: str, *grids: Table) -> tuple[Piece, ...]:
    """Grids as pieces of the table `key`."""
    return tuple(Piece(key, one) for one in grids)


def text_items(text: str) -> tuple[Item, ...]:
    """Each line of a text as an item of the flow."""
    return tuple(
        Text(line, (Line(line, Location(line=number, column=1)),), Location(line=number, column=1))
        for number, line in enumerate(text.split("\n"), 1)
        if line
    )
