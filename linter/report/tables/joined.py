"""Step two of table recovery: the pieces of one table put together again.

A page end cuts a table anywhere: header rows come again, a row is torn in two, stray page numbers
stand between. What is put together here is still only rows of cells; nothing is placed yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from linter.document.model import NOWHERE, Location, Table
from linter.report.model import State
from linter.report.norm import LineSpec
from linter.report.tables.labels import (
    TableWords,
    fold,
    is_common,
    known_label,
    label_among_groups,
    match_label,
)
from linter.report.tables.values import is_blank, looks_like_value, read_value


class GridCell(NamedTuple):
    """A cell as one row sees it. `continued` cells began in a row above (vertical merge)."""

    text: str
    column: int
    column_span: int
    location: Location = NOWHERE
    continued: bool = False

    @property
    def end(self) -> int:
        """The grid column after the cell."""
        return self.column + self.column_span


_cell_of: Callable[[tuple[str, int, int, Location, bool]], GridCell] = partial(tuple.__new__, GridCell)
_COLUMN = itemgetter(1)


class GridRow(NamedTuple):
    """A row of cells, left to right, and the index of the fragment it came from."""

    cells: tuple[GridCell, ...]
    fragment: int

    @property
    def words(self) -> tuple[str, ...]:
        """The folded texts of the cells that begin in this row, blanks left out."""
        return tuple(word for cell in self.cells if not cell.continued and (word := fold(cell.text)))


class Fragment(NamedTuple):
    """One grid of the file that the table is made of."""

    width: int
    source: str


class JoinedTable(NamedTuple):
    """All rows of one table in order."""

    rows: tuple[GridRow, ...]
    fragments: tuple[Fragment, ...]
    location: Location = NOWHERE


# No standard table has more header rows than this.
_HEADER_ROWS = 5


def join_grids(grids: Sequence[Table], row_specs: tuple[LineSpec, ...], words: TableWords) -> JoinedTable:
    """Put the grids of one standard table together.

    `row_specs` are the row labels of the table and `words` its words, needed to tell a row torn by a
    page end from a row that is really blank.
    """
    rows = _rows_of(grids[0], 0)
    if grids[0].source == "aligned":
        rows = _with_whole_labels(rows, row_specs)
    first_words = [row.words for row in rows[:_HEADER_ROWS]] if len(grids) > 1 else []
    for index, grid in enumerate(grids[1:], 1):
        fresh = _rows_of(grid, index)
        drawn = grid.source != "aligned"
        if not drawn:
            fresh = _with_whole_labels(fresh, row_specs)
        fresh = fresh[_repeated(fresh, first_words) :]
        while fresh and rows and _is_empty(fresh[0]) and len(fresh) > 1:
            fresh = fresh[1:]
        if (
            fresh
            and rows
            and (
                whole := _mend(rows[-1], fresh[0], row_specs, drawn=drawn)
                or _mend_header(rows[-1], fresh[0], words)
                or (_mend_figures(rows[-1], fresh[0], row_specs) if grid.source == "ruled" else None)
            )
        ):
            rows[-1] = whole
            fresh = fresh[1:]
        rows.extend(fresh)
    fragments = tuple(Fragment(grid.column_count, grid.source) for grid in grids)
    return JoinedTable(tuple(rows), fragments, grids[0].location)


def _with_whole_labels(rows: Sequence[GridRow], row_specs: tuple[LineSpec, ...]) -> list[GridRow]:
    """The rows of a table without lines with those as one whose label stands half beside its figures."""
    whole: list[GridRow] = []
    for row in rows:
        mended = _mend(whole[-1], row, row_specs, drawn=False) if whole else None
        if mended:
            whole[-1] = mended
        else:
            whole.append(row)
    return whole


def _rows_of(grid: Table, fragment: int) -> list[GridRow]:
    wraps = grid.source in ("ruled", "aligned")
    rows: list[list[GridCell]] = [[] for _ in range(grid.row_count)]
    for at, column, text, row_span, column_span, location, _ in grid.cells:
        whole = _without_wraps(text) if wraps else text
        rows[at].append(_cell_of((whole, column, column_span, location, False)))
        if row_span > 1:
            below = _cell_of((whole, column, column_span, location, True))
            for row in rows[at + 1 : at + row_span]:
                row.append(below)
    return [GridRow(tuple(sorted(cells, key=_COLUMN)), fragment) for cells in rows]


def _without_wraps(text: str) -> str:
    """A figure that a narrow column broke over two lines, in one piece again."""
    if "\n" not in text:
        return text
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    if len(parts) < 2 or not all(part[0].isdigit() for part in parts):
        return text
    whole = "".join(parts)
    return whole if read_value(whole).state is State.NUMBER else text


def _repeated(rows: Sequence[GridRow], first_words: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the beginning of a fragment are the table's header printed again."""
    count = 0
    for row in rows[:_HEADER_ROWS]:
        if not row.words or row.words not in first_words or not _is_header(row):
            break
        count += 1
    return count


def _is_header(row: GridRow) -> bool:
    return all(is_blank(cell.text) or not looks_like_value(cell.text) for cell in row.cells)


def _is_empty(row: GridRow) -> bool:
    return all(is_blank(cell.text) for cell in row.cells)


def _mend(upper: GridRow, lower: GridRow, row_specs: tuple[LineSpec, ...], *, drawn: bool) -> GridRow | None:
    """The one row that `upper` and `lower` were before a page end tore it, or None.

    Torn means: the label goes on in the lower part and both parts together are a label of the norm,
    while the lower part alone is none. A row of blanks under a label of its own is never taken away.
    """
    top, bottom = label_cell(upper), label_cell(lower)
    if top is None or bottom is None:
        return None
    label = top.text + bottom.text
    whole = known_label(label, row_specs)
    if not drawn:
        whole = whole or label_among_groups(label, row_specs)
    alone = None if is_common(bottom.text) else known_label(bottom.text, row_specs)
    if not whole:
        return None
    only_numeral = not fold(top.text) and alone and alone[0] is whole[0]
    if alone and not only_numeral:
        return None
    top_values = [cell for cell in upper.cells if cell.column >= top.end]
    bottom_values = [cell for cell in lower.cells if cell.column >= bottom.end]
    top_blank = all(is_blank(cell.text) for cell in top_values)
    bottom_blank = all(is_blank(cell.text) for cell in bottom_values)
    if not (top_blank or bottom_blank):
        return None
    mended = top._replace(text=label)
    values = top_values if bottom_blank else bottom_values
    return GridRow(
        (*(cell for cell in upper.cells if cell.column < top.column), mended, *values), upper.fragment
    )


def _mend_figures(upper: GridRow, lower: GridRow, row_specs: tuple[LineSpec, ...]) -> GridRow | None:
    """The one row whose figures, broken over lines by narrow columns, a page end tore, or None.

    Of such a row the lower part has no label of its own: its figures stand below figures, and not below
    each. A figure is whole again where its lower part is the shorter one, as at the end of a full line;
    else both parts stay on lines of their own, which makes no number.
    """
    top = label_cell(upper)
    if top is None:
        return None
    values = [cell for cell in upper.cells if cell.column >= top.end]
    # The two pages may count the columns of labels differently, but not those of the values.
    before, below = lower.cells[: -len(values)], lower.cells[-len(values) :]
    words = [cell.text for cell in before if not cell.continued and not is_blank(cell.text)]
    if not values or len(below) < len(values) or any(map(looks_like_value, words)):
        return None
    rest = words[-1] if words and known_label(top.text + words[-1], row_specs) else ""
    if any(match_label(word, row_specs) for word in words if word != rest):
        return None
    rests = [(over.text.strip(), under.text.strip()) for over, under in zip(values, below, strict=True)]
    torn = [(over, under) for over, under in rests if under]
    if not 0 < len(torn) < len(values) or not all(part.isdecimal() for pair in torn for part in pair):
        return None
    parting = "" if all(len(under) < len(over) for over, under in torn) else "\n"
    whole = [
        over._replace(text=over.text.strip() + parting + under.text.strip()) if under.text.strip() else over
        for over, under in zip(values, below, strict=True)
    ]
    label = top._replace(text=top.text + rest)
    return GridRow(
        (*(cell for cell in upper.cells if cell.column < top.column), label, *whole), upper.fragment
    )


def _mend_header(upper: GridRow, lower: GridRow, words: TableWords) -> GridRow | None:
    """The one header row that a page end tore, or None: each lower cell completes a column's label."""
    if [cell.column for cell in upper.cells] != [cell.column for cell in lower.cells]:
        return None
    if not (_is_header(upper) and _is_header(lower)) or _is_empty(lower):
        return None
    cells = tuple(
        over._replace(text=over.text + under.text)
        for over, under in zip(upper.cells, lower.cells, strict=True)
    )
    mended = [cell for cell, under in zip(cells, lower.cells, strict=True) if not is_blank(under.text)]
    return (
        GridRow(cells, upper.fragment) if all(fold(cell.text) in words.columns for cell in mended) else None
    )


def label_cell(row: GridRow) -> GridCell | None:
    """The last cell with words before the value cells, that is the innermost label."""
    label = None
    for cell in row.cells:
        if not is_blank(cell.text) and not cell.continued:
            if looks_like_value(cell.text):
                break
            label = cell
    return label
