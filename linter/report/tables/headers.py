"""The header rows of a standard table: which columns they show, also where a page end cut them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from linter.document.model import NOWHERE, Location
from linter.report.norm import BlockSpec, LineSpec, TableSpec
from linter.report.tables.joined import GridCell, GridRow
from linter.report.tables.labels import Match, compact, fold, match_label, printed_unit
from linter.report.tables.values import is_blank

_SHORTEST_PILE = 3


class FoundColumn(NamedTuple):
    """A column header as printed. `key` None: no column of the norm; `match` as for labels."""

    key: str | None
    text: str
    match: Match | None
    column: int
    end: int
    location: Location = NOWHERE


class Header(NamedTuple):
    """The columns of one block as its header shows them, left to right."""

    block: BlockSpec
    columns: tuple[FoundColumn, ...]
    fragment: int


class HeaderZone(NamedTuple):
    """Header rows that stand together. `opens_page`: what belongs above them may stand on the page before."""

    rows: tuple[GridRow, ...]
    opens_page: bool

    @property
    def fragment(self) -> int:
        """The fragment they stand in."""
        return self.rows[0].fragment


def names_columns(row: GridRow, spec: TableSpec) -> bool:
    """Whether the row belongs to a header: a corner, a group of columns or a column label."""
    words = {fold(cell.text) for cell in row.cells if not is_blank(cell.text)}
    return any(not words.isdisjoint(_header_words(block.corner, block.columns)) for block in spec.blocks)


@cache
def _header_words(corner: str, columns: tuple[LineSpec, ...]) -> frozenset[str]:
    """The folded words of a header with these columns."""
    words = {corner, "申请人情况", "法人或其他组织"}
    for column in columns:
        words.update((*column.wordings, column.group))
    return frozenset(map(fold, words)) - {""}


def read_header(
    zone: HeaderZone, block: BlockSpec, row: GridRow, label: GridCell, values: int
) -> Header | None:
    """The columns shown by the header rows of `zone`: each grid column's lowest label.

    `row` is the row of `block` under the header with its `label`, and `values` the number of value
    cells of most rows there.
    """
    lowest: dict[int, GridCell] = {}
    for header_row in zone.rows:
        for cell in header_row.cells:
            if not is_blank(cell.text):
                lowest.update(dict.fromkeys(range(cell.column, cell.end), cell))
    leaves = list(dict.fromkeys(lowest[column] for column in sorted(lowest)))
    known = [bool(match_label(leaf.text, block.columns)) for leaf in leaves]
    first = known.index(True) if True in known else 0
    if zone.fragment == row.fragment:
        first = next((n for n, leaf in enumerate(leaves) if known[n] or leaf.column >= label.end), first)
    leaves = leaves[first:]
    columns = _match_columns(leaves, block.columns)
    hits = sum(column.match in ("exact", "variant") for column in columns)
    if hits * 2 < len(block.columns):
        return None
    torn = zone.opens_page or zone.fragment != row.fragment or len(columns) < values
    if torn and values == len(block.columns):
        columns = _untorn(columns, block)
    return Header(block, columns, zone.fragment)


def _untorn(columns: Sequence[FoundColumn], block: BlockSpec) -> tuple[FoundColumn, ...]:
    """The columns of a header that shows fewer labels than there are columns, or them only in part.

    A page end cut it, or it was copied without its merged cells; what it does not show is the norm's.
    As
    they are if what can be read of them is out of order.
    """
    by_key = {column.key: column for column in columns if column.key}
    keys = [column.key for column in block.columns]
    if list(by_key) != [key for key in keys if key in by_key]:
        return tuple(columns)
    return tuple(_whole(by_key.get(line.key), line) for line in block.columns)


def _whole(column: FoundColumn | None, line: LineSpec) -> FoundColumn:
    if column is None:
        return FoundColumn(line.key, line.label, "exact", -1, -1)
    torn = column.match == "similar" and fold(column.text) in fold(line.label)
    return column._replace(text=line.label, match="exact") if torn else column


def _spelled_out(leaf: GridCell, specs: tuple[LineSpec, ...]) -> str:
    """The text of a printed label, with the characters that come in it twice.

    Some vertical text is drawn in one place, and pdfium takes what is drawn there again for bold type:
    of 商业企业 it tells 商业企.
    """
    printed = fold(leaf.text)
    if leaf.location.page is None or len(printed) < _SHORTEST_PILE:
        return leaf.text
    labels = (spec.label for spec in specs if printed == "".join(dict.fromkeys(fold(spec.label))))
    return next((label for label in labels if fold(label) != printed), leaf.text)


def _match_columns(leaves: Sequence[GridCell], specs: tuple[LineSpec, ...]) -> tuple[FoundColumn, ...]:
    """The leaves of a header as columns; an unknown label at the place of a column not shown is its name."""
    leaves = [leaf._replace(text=_spelled_out(leaf, specs)) for leaf in leaves]
    matches = [match_label(leaf.text, specs) for leaf in leaves]
    matched = {match[0].key for match in matches if match}
    columns: list[FoundColumn] = []
    for index, (leaf, match) in enumerate(zip(leaves, matches, strict=True)):
        key, kind = (match[0].key, match[1]) if match else (None, None)
        if key in [column.key for column in columns if column.key]:
            if fold(leaf.text) == fold(columns[-1].text):
                columns[-1] = columns[-1]._replace(end=leaf.end)  # a merged cell printed twice
                continue
            key, kind = None, None
        if key is None and len(leaves) == len(specs) and specs[index].key not in matched:
            key, kind = specs[index].key, "similar"
        elif match and match[0].unit and printed_unit(leaf.text) not in (None, match[0].unit):
            kind = "variant"  # 元 for 万元 is another column in all but name
        columns.append(FoundColumn(key, compact(leaf.text), kind, leaf.column, leaf.end, leaf.location))
    return tuple(columns)
