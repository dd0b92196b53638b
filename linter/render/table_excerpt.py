"""The cells of a standard table that a finding is about, aligned for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from linter.checks.outcome import CellEvidence, Finding
from linter.checks.wording import cell_name, column_name, row_name
from linter.render.excerpt import aligned, pad, pad_left, plain, shorten, width
from linter.render.place import cell_words, spec_of
from linter.report.model import Report, StandardTable, State
from linter.report.norm import TableSpec

_MOST_LINES = 9
# How cells without a figure are shown; brief, because columns are narrow.
_SHOWN = {State.BLANK: "（空）", State.LOST: "（？）", State.ABSENT: "（无）"}

Key = tuple[str | None, str]


def table_excerpt(finding: Finding, report: Report, columns: int) -> list[str]:
    """The row of the finding's cells with ^ below those in question, or else its cells one a line.

    Empty where the finding names no cell of a table that the report has, or empty cells only.
    """
    table = report.tables.get(finding.place.table or "")
    if table is None or not table.found:
        return []
    marked = _marked(finding, table)
    concerned = _concerned(finding, table, marked)
    if not concerned:
        return []
    spec = spec_of(report, table.key)
    if not marked and all(table.cells[key].state in _SHOWN for key in concerned):
        # A list of empty cells shows nothing that the message does not say.
        return []
    rows = {row for row, _ in concerned}
    across = _across(table, spec, concerned, marked, columns) if len(rows) == 1 else []
    lines = across or _down(table, spec, concerned, marked, columns)
    return [*lines, *_of_other_years(finding, report)]


def _of_other_years(finding: Finding, report: Report) -> list[str]:
    """The cells of the evidence that stand in another report, one a line."""
    cells = [cell for cell in finding.evidence.cells if cell.elsewhere] if finding.evidence else []
    return [f"{cell_words(cell, report)}  {plain(cell.text)}" for cell in cells][:_MOST_LINES]


def shown(table: StandardTable, key: Key) -> str:
    """A cell's text as printed; a mark in brackets for a cell without any."""
    cell = table.cells[key]
    return _SHOWN.get(cell.state) or plain(cell.text)


def brief_names(spec: TableSpec, keys: Sequence[Key]) -> list[str]:
    """Names of cells without what they share: the row alone where all stand in one column."""
    if len({column for _, column in keys}) == 1 and keys[0][0] is not None:
        return [row_name(spec, row) for row, _ in keys]
    if len({row for row, _ in keys}) == 1:
        return [column_name(spec, row, column) for row, column in keys]
    return [cell_name(spec, row, column) for row, column in keys]


def _marked(finding: Finding, table: StandardTable) -> set[Key]:
    """The cells in question: the place itself and the suspects."""
    keys: set[Key] = {(s.cell.row, s.cell.column) for s in finding.suspects if s.cell.table == table.key}
    if finding.place.column is not None:
        keys.add((finding.place.row, finding.place.column))
    return keys & set(table.cells)


def _concerned(finding: Finding, table: StandardTable, marked: set[Key]) -> list[Key]:
    """The cells in question and those of the evidence, in printed order."""
    evidence: tuple[CellEvidence, ...] = finding.evidence.cells if finding.evidence else ()
    keys = marked | {
        (cell.row, cell.column) for cell in evidence if cell.table == table.key and not cell.elsewhere
    }
    return [key for key in table.cells if key in keys]


def _across(
    table: StandardTable, spec: TableSpec, concerned: list[Key], marked: set[Key], columns: int
) -> list[str]:
    """The row as it is printed; of the disputes table, which is one long row, the group in question."""
    row = concerned[0][0]
    groups = {_group(key) for key in concerned}
    keys = [key for key in table.cells if key[0] == row and _group(key) in groups]
    if len(groups) > 1:
        return []
    names = [column_name(spec, row, column).rpartition("·") for _, column in keys]
    return aligned(
        ["", *(name for _, _, name in names)],
        [row_name(spec, row) or names[0][0], *(shown(table, key) for key in keys)],
        [False, *(key in marked for key in keys)],
        columns,
    )


def _group(key: Key) -> str:
    """The group of columns that a cell of the disputes table stands in; "" in other tables."""
    return key[1].partition(".")[0] if key[0] is None else ""


def _down(
    table: StandardTable, spec: TableSpec, concerned: list[Key], marked: set[Key], columns: int
) -> list[str]:
    """One cell a line, those in question pointed out; zeros give way where there are too many."""
    kept = concerned
    if len(kept) > _MOST_LINES:
        kept = [key for key in kept if key in marked or table.cells[key].value != 0]
    kept = kept[:_MOST_LINES]
    same_column = len({column for _, column in concerned}) == 1 and kept[0][0] is not None
    names = brief_names(spec, kept)
    texts = [shown(table, key) for key in kept]
    figure = max(width(text) for text in texts)
    label = min(max(width(name) for name in names), columns - figure - 6)
    lines = []
    if same_column:
        head = column_name(spec, *kept[0])
        lines.append(" " * max(0, label + 2 + figure - width(head)) + head)
    for key, name, text in zip(kept, names, texts, strict=True):
        line = f"{pad(shorten(name, label), label)}  {pad_left(text, figure)}"
        lines.append(f"{line} <--" if key in marked else line)
    if len(kept) < len(concerned):
        lines.append("…")
    return lines
