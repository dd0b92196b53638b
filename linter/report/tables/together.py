"""Standard tables in text whose cells ran together: 1.属于国家秘密00000002.其他法律行政法规禁止公开0000000.

A figure is read where labels, order and separators leave one reading: a row of one column, a row that
zeros and blanks cut into as many figures as columns, and a row that can be filled in one way only,
provided that its sums confirm that and the report writes its zeros out. Everything else is lost; of a
row whose sums leave few readings these are kept as candidates. A sum never picks a reading.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.document.model import Line, Location
from linter.report.flow import Piece
from linter.report.model import StandardTable, State
from linter.report.norm import BlockSpec, LineSpec, TableSpec
from linter.report.tables.aligned import FoundRow
from linter.report.tables.assembled import RAN_TOGETHER, assemble, assemble_disputes, lost_table, undecided
from linter.report.tables.placed import FoundValue
from linter.report.tables.splitting import (
    Figures,
    adds_up,
    fillings_that_add_up,
    forced_figures,
    only_filling,
)
from linter.report.tables.textatoms import narrow, narrowed, vocabulary_of
from linter.report.tables.textlines import NOT_MET
from linter.report.tables.textrows import NO_FIGURES
from linter.report.tables.values import read_value

GUESSED = "各格数字连在一起，按“每格都填了数”拆开了 {rows} 行（合计也相符），请对照原件核对"

_RESULTS = "结果维持结果纠正其他结果尚未审结总计"
_DISPUTE_GROUPS = ("未经复议直接起诉", "复议后起诉", "行政复议", "行政诉讼")
_MOST_CANDIDATES = 4
_LEAST_ZERO_ROWS = 3
_FIGURES = re.compile(r"[\d.,]+")
_REMARK = re.compile(r"^\([^()\d]*\)")


class _Place(NamedTuple):
    """A printed character: its line, and its offset there."""

    line: int
    offset: int


class TogetherRow(NamedTuple):
    """A label with what stands behind it: `runs` are the figures, parted where a blank stands.

    `runs` is empty where nothing stands there, None where it is not figures alone.
    """

    spec: LineSpec | None
    runs: tuple[str, ...] | None
    location: Location


class TogetherTable(NamedTuple):
    """The rows of one table in the order of the text; none where its header or order is not the norm's."""

    spec: TableSpec
    rows: tuple[TogetherRow, ...]
    location: Location


def find_rows(spec: TableSpec, pieces: Sequence[Piece], known_rows: tuple[LineSpec, ...]) -> TogetherTable:
    """The rows of the standard table `spec` in the text of its pieces."""
    text = _Text([line for piece in pieces for line in piece.lines])
    rows = _dispute_row(text) if spec.key == "disputes" else _rows(spec, text, known_rows)
    return TogetherTable(spec, rows, pieces[0].location)


def writes_zeros(tables: Sequence[TogetherTable]) -> bool:
    """Whether the tables show that an empty cell is no way to say zero here.

    Several rows are zeros throughout, and no row has fewer digits than columns.
    """
    zeros = 0
    for table in tables:
        for row in table.rows:
            columns = len(_columns(table.spec, row))
            digits = "".join(row.runs or ())
            if row.runs is not None and len(digits) < columns:
                return False
            zeros += columns > 1 and digits == "0" * columns
    return zeros >= _LEAST_ZERO_ROWS


def read_together(table: TogetherTable, *, filled: bool) -> StandardTable:
    """The standard table; `filled` as `writes_zeros` tells."""
    spec = table.spec
    rows = [_found(spec, row, filled=filled) for row in table.rows]
    if not rows:
        return lost_table(spec, RAN_TOGETHER, table.location)
    if spec.key == "disputes":
        read = assemble_disputes(spec, rows[0], (), table.location)
    else:
        gaps = dict.fromkeys(range(len(rows) + 1), RAN_TOGETHER)
        read = undecided(assemble(spec, rows, (), gaps, table.location), NOT_MET)
    if all(cell.state is State.LOST for cell in read.cells.values()):
        return read._replace(lost=RAN_TOGETHER)
    guessed = sum(_is_guess(spec, row, filled=filled) for row in table.rows)
    return read._replace(notes=(GUESSED.format(rows=guessed),) if guessed else ())


class _Text:
    """Lines as one string without blanks, in which `places` finds each character again."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        bare: list[str] = []
        self.places: list[_Place] = []
        self.parted: set[int] = set()  # before these a blank or a line end stands
        for number, line in enumerate(lines):
            self.parted.add(len(bare))
            for offset, character in enumerate(line.text):
                if not character.strip() or character in "\u200b\ufeff":
                    self.parted.add(len(bare))
                elif kept := narrowed(character):
                    bare.append(kept)
                    self.places.append(_Place(number, offset))
        # 2、重复申请 is 2.重复申请; a comma of lists stands in no figure.
        self.bare = re.sub(r"(?<=\d)、", ".", "".join(bare))

    def location(self, index: int) -> Location:
        """Where the character `index` stands."""
        place = self.places[min(index, len(self.places) - 1)]
        location = self.lines[place.line].location
        return location._replace(column=(location.column or 1) + place.offset)

    def runs(self, start: int, end: int) -> tuple[str, ...]:
        """The characters of a stretch, parted at blanks."""
        cuts = [start, *(index for index in range(start + 1, end) if index in self.parted), end]
        return tuple(self.bare[a:b] for a, b in itertools.pairwise(cuts) if a < b)


def _rows(spec: TableSpec, text: _Text, known_rows: tuple[LineSpec, ...]) -> tuple[TogetherRow, ...]:
    vocabulary = vocabulary_of(spec.key)
    matches = list(vocabulary.pattern.finditer(text.bare))
    met = {row.group for match in matches if (row := vocabulary.rows.get(match.group()))}
    rows: list[TogetherRow] = []
    for index, match in enumerate(matches):
        row = vocabulary.rows.get(match.group())
        if row is None or row.label in met:
            continue
        last = index + 1 == len(matches)
        end = len(text.bare) if last else matches[index + 1].start()
        rows.append(
            TogetherRow(row, _figures(text, match.end(), end, last=last), text.location(match.start()))
        )
    order = [known.key for known in known_rows]
    places = [order.index(row.spec.key) for row in rows if row.spec]
    if places != sorted(set(places)) or not all(
        _columns_in_order(text.bare, block)
        for block in spec.blocks
        if any(row.spec and row.spec.key == line.key for row in rows for line in block.rows)
    ):
        return ()
    return tuple(rows)


def _figures(text: _Text, start: int, end: int, *, last: bool) -> tuple[str, ...] | None:
    """The runs of figures from `start` to `end`; what follows the last row's is no part of the table."""
    remark = _REMARK.match(text.bare[start:end])
    start += remark.end() if remark else 0
    figures = _FIGURES.match(text.bare, start, end)
    stop = figures.end() if figures else start
    if stop < end and (not last or re.search(r"\d", text.bare[stop:end])):
        return None
    return text.runs(start, stop)


def _columns_in_order(bare: str, block: BlockSpec) -> bool:
    """Whether the header shows every column in the norm's order.

    总计 may stand before the applicants, where its cell spans both header rows.
    """
    place = bare.find(narrow(block.title)) if block.title else 0
    for column in block.columns:
        begin = place if column.key != "total" else 0
        found = [bare.find(narrow(wording), max(begin, 0)) for wording in column.wordings]
        found = [one for one in found if one >= 0]
        if place < 0 or not found:
            return False
        place = min(found) if column.key != "total" else place
    return True


def _dispute_row(text: _Text) -> tuple[TogetherRow, ...]:
    first = re.search(r"\d", text.bare)
    if first is None:
        return ()
    header = re.sub("|".join(_DISPUTE_GROUPS), "", text.bare[: first.start()])
    if header != _RESULTS * 3:
        return ()
    runs = _figures(text, first.start(), len(text.bare), last=True)
    return (TogetherRow(None, runs, text.location(first.start())),)


def _columns(spec: TableSpec, row: TogetherRow) -> list[str]:
    if row.spec is None:
        return [column.key for column in spec.blocks[0].columns]
    own = [block for block in spec.blocks if row.spec.key in [line.key for line in block.rows]]
    block = own[0] if own else spec.blocks[0] if len(spec.blocks) == 1 else None
    return [column.key for column in block.columns] if block else []


def _groups(columns: Sequence[str]) -> tuple[int, ...]:
    """The sizes of the groups of columns that a total ends; none where a column has no total."""
    ends = [index + 1 for index, column in enumerate(columns) if column.rpartition(".")[2] == "total"]
    if not ends or ends[-1] != len(columns) or len(columns) == 3:  # a total of 2019's documents is no sum
        return ()
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))


def _reading(spec: TableSpec, row: TogetherRow, *, filled: bool) -> tuple[str, ...] | None:
    """The figures of the row as printed, where there is one reading; None otherwise."""
    columns, runs = _columns(spec, row), row.runs or ()
    if len(columns) == 1:
        return runs if len(runs) == 1 and read_value(runs[0]).state is State.NUMBER else None
    if not columns or not all(run.isdigit() for run in runs):
        return None
    figures = forced_figures(runs, len(columns))
    if figures is None and filled and (groups := _groups(columns)):
        only = only_filling(runs, len(columns))
        figures = only if only is not None and adds_up(only, groups) else None
    return tuple(map(str, figures)) if figures is not None else None


def _is_guess(spec: TableSpec, row: TogetherRow, *, filled: bool) -> bool:
    """Whether the reading of the row rests on every cell being filled."""
    columns = len(_columns(spec, row))
    return (
        columns > 1
        and _reading(spec, row, filled=False) is None
        and _reading(spec, row, filled=filled) is not None
    )


def _candidates(runs: Sequence[str], columns: Sequence[str]) -> tuple[Figures, ...]:
    """The few readings that the row's sums leave."""
    groups = _groups(columns)
    if not groups or not all(run.isdigit() for run in runs):
        return ()
    return fillings_that_add_up(runs, groups, _MOST_CANDIDATES)


def _found(spec: TableSpec, row: TogetherRow, *, filled: bool) -> FoundRow:
    columns = _columns(spec, row)
    figures = _reading(spec, row, filled=filled)
    if figures is not None:
        values = tuple(
            FoundValue(column, figure, row.location) for column, figure in zip(columns, figures, strict=True)
        )
    else:
        reason = NO_FIGURES if row.runs == () else RAN_TOGETHER
        candidates = _candidates(row.runs or (), columns)
        values = tuple(FoundValue(column, "", row.location, reason, candidates) for column in columns)
    key = row.spec.key if row.spec else None
    label = row.spec.label if row.spec else ""
    return FoundRow(key, label, "exact" if row.spec else None, values, 0, row.location)
