"""From the flow of a report before 2019 to its statistics table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from linter.document.model import Location, Picture, Table
from linter.report.flow import Item, Piece, Text
from linter.report.model import Label, StandardTable, State, TableCell
from linter.report.norm import STATISTICS, statistics_rows
from linter.report.statistics.grids import continues, is_statistics, rows_of_grids
from linter.report.statistics.labels import FoundRow
from linter.report.statistics.lines import find_table
from linter.report.tables.physical import is_page_number
from linter.report.tables.values import read_value

REPEATED = "这一指标的名称在表中出现不止一次，无法确定各数属于哪一行"
MAY_BE_LOST = "没有读到这一行，可能在原文件或其转换中丢失"
UNKNOWN_ROW = "表中另有规定指标以外的行，是否计入合计不能确定"


def take_statistics(items: Sequence[Item]) -> tuple[tuple[Item, ...], StandardTable | None]:
    """The flow with the statistics table as pieces, and the table; None where the report has none."""
    grids = [index for index, item in enumerate(items) if (grid := _grid(item)) and is_statistics(grid)]
    if grids:
        places = _with_continuations(items, grids[0])
        flow = tuple(
            Piece(STATISTICS, grid, (), item.location) if index in places and (grid := _grid(item)) else item
            for index, item in enumerate(items)
        )
        found = [grid for index in sorted(places) if (grid := _grid(items[index]))]
        return flow, _assembled(rows_of_grids(found), found[0].location, torn=len(found) > 1)
    flow_parts: list[Item] = []
    table: StandardTable | None = None
    plain = [_as_text(item) for item in items]
    for is_text, run in groupby(plain, key=lambda item: isinstance(item, Text)):
        members = list(run)
        texts = [item for item in members if isinstance(item, Text)]
        read = find_table(texts) if is_text and table is None else None
        if read is None:
            flow_parts += members
            continue
        torn = any(not row.keys and row.values for row in read.rows)
        table = _assembled(read.rows, read.location, torn=torn, lost=read.lost)
        flow_parts += [*read.before, Piece(STATISTICS, None, read.lines, read.location), *read.after]
    return (tuple(items), None) if table is None else (tuple(flow_parts), table)


def _grid(item: Item) -> Table | None:
    """The grid of an item; its likeness to another standard table means nothing before 2019."""
    if isinstance(item, Piece):
        return item.grid
    return item if isinstance(item, Table) else None


def _as_text(item: Item) -> Item:
    """Text lines that look like another standard table, as text: before 2019 they are none."""
    if isinstance(item, Piece) and item.grid is None:
        return Text("\n".join(line.text for line in item.lines), item.lines, item.location)
    return item


def _with_continuations(items: Sequence[Item], first: int) -> set[int]:
    """The item and the grids that continue it over page ends."""
    places = {first}
    for index in range(first + 1, len(items)):
        item = items[index]
        grid = _grid(item)
        if grid is not None and continues(grid):
            places.add(index)
        elif not (
            isinstance(item, Picture)
            or (isinstance(item, Text) and (not item.text.strip() or is_page_number(item.text)))
        ):
            break
    return places


def _assembled(
    rows: Sequence[FoundRow], location: Location, *, torn: bool, lost: str | None = None
) -> StandardTable:
    """The table of the rows found.

    Its cells are those of the printed rows, and of the rows that the form has in their groups; what a
    local form never asked for is no cell.
    """
    known = statistics_rows()
    placed, doubtful, foreign = _placed(rows)
    columns = ["value"]
    if any("cumulative" in row.values for row in placed.values()):
        columns.append("cumulative")
    covered = {key for placed_key in placed for key in known[placed_key].covers}
    groups = {_group(key) for key in placed if "." in key}
    cells: dict[tuple[str | None, str], TableCell] = {}
    for key, spec in known.items():
        for column in columns:
            if key in placed:
                cells[key, column] = _cell(placed[key], column)
            elif key in foreign:
                cells[key, column] = TableCell("", State.LOST, reason=UNKNOWN_ROW, location=foreign[key])
            elif key in doubtful:
                cells[key, column] = TableCell("", State.LOST, reason=REPEATED, location=location)
            elif not lost and not spec.local and key not in covered and _group(key) in groups:
                reason = MAY_BE_LOST if torn else None
                state = State.LOST if torn else State.ABSENT
                cells[key, column] = TableCell("", state, reason=reason, location=location)
    labels = [Label(key, row.label, row.location) for key, row in placed.items()]
    labels += [Label(None, row.label, row.location) for row in rows if not row.keys]
    return StandardTable(
        key=STATISTICS,
        layout="pre-2019",
        found=True,
        cells=cells,
        rows=tuple(labels),
        location=location,
        lost=lost,
    )


def _placed(
    rows: Sequence[FoundRow],
) -> tuple[dict[str, FoundRow], frozenset[str], Mapping[str, Location]]:
    """Key → its row; the keys whose rows cannot be told apart; the `extra` keys of groups with rows of
    no known form, with their places.

    A label that the form repeats names the row that follows the one above it.
    """
    order = [key for key, row in statistics_rows().items() if not row.local]
    before = dict(zip(order[1:], order, strict=False))
    placed: dict[str, FoundRow] = {}
    doubtful: set[str] = set()
    foreign: dict[str, Location] = {}
    last: str | None = None
    for row in rows:
        if row.torn:
            last = None
        if not row.keys:
            if placed and _counts(row):
                for key in _extras(last):
                    foreign.setdefault(key, row.location)
            continue
        keys = row.keys if len(row.keys) == 1 else [key for key in row.keys if before.get(key) == last]
        if len(keys) != 1:
            doubtful.update(row.keys)
            last = None
            continue
        last = keys[0]
        if last in placed:
            placed[last] = placed[last]._replace(values={}, lost=REPEATED)
        else:
            placed[last] = row
    return placed, frozenset(doubtful - placed.keys()), foreign


def _group(key: str) -> str:
    return key.rpartition(".")[0] or key


def _counts(row: FoundRow) -> bool:
    """Whether an unknown row may add to a sum: it holds a figure, and is no heading inside the table."""
    return any(bool(read_value(text).value) for text, _ in row.values.values())


def _extras(last: str | None) -> list[str]:
    """The `extra` rows of the groups that an unknown row below `last` may belong to."""
    extras = [key for key in statistics_rows() if key.endswith(".extra")]
    if last is None:
        return extras
    near = {last, _group(last)}
    if last == "replied.refused" or _group(last) == "refused":
        near |= {"refused", "replied"}
    if _group(last) in ("disclosed", "channel") or last == "normative_documents":
        near.add("channel")
    return [key for key in extras if _group(key) in near]


def _cell(row: FoundRow, column: str) -> TableCell:
    if row.lost:
        return TableCell("", State.LOST, reason=row.lost, location=row.location)
    if column not in row.values:
        return TableCell("", State.ABSENT, location=row.location)
    text, location = row.values[column]
    read = read_value(text)
    return TableCell(text.strip(), read.state, read.value, read.unit, read.note, None, location)
