"""The standard table made of the rows found: every cell of the layout with its state.

The least-cost repair of the row sequence says which rows are missing, extra, moved or renamed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from linter.document.model import NOWHERE, Location
from linter.report.automaton import load_grammar
from linter.report.model import Deviation, Label, StandardTable, State, TableCell
from linter.report.norm import LineSpec, TableSpec
from linter.report.repair import Costs, Edit, Token, repair
from linter.report.tables.aligned import FoundRow
from linter.report.tables.headers import FoundColumn, Header
from linter.report.tables.labels import fold, likeness
from linter.report.tables.placed import FoundValue
from linter.report.tables.values import read_value

_COSTS = Costs(insert=4, delete=4, move=1, gap=1)
# The single row of edition 2019 and the three that stand for it since 2021.
_SINGLE_OTHER = "other"
_SPLIT_OTHER = ("other.no_correction", "other.unpaid", "other.other")
RAN_TOGETHER = "表格在转换为文字时各格数字连在一起，无法确定每格的数"
OTHER_ARRANGEMENT = "表格的排列与规定的格式不同，或者数字所在的行没有读到，无法对应到规定的各格"
NOT_STORED = "文件中没有存下这一格的内容（字符无编码、公式未计算或有错误）"
BROKEN_FIGURE = "格内的数字分成几行，无法确定是一个数还是几个数"
LOST_ROW = "原文件或其转换丢失了这一行"


def assemble(
    spec: TableSpec,
    rows: Sequence[FoundRow],
    headers: Sequence[Header],
    gaps: Mapping[int, str],
    location: Location,
) -> StandardTable:
    """The standard table `spec` from its rows in order.

    `gaps` maps a place in `rows` (before that index) to the reason why rows may have been lost there.
    """
    edits = _repair(spec, rows, gaps)
    cells: dict[tuple[str | None, str], TableCell] = {}
    deviations: list[Deviation] = []
    labels: dict[int, Label] = {}
    kept = {edit.terminal: edit.index for edit in edits if edit.kind not in ("insert", "delete")}
    missing = {edit.terminal: edit for edit in edits if edit.kind == "insert"}
    stray = [edit.index for edit in edits if edit.kind == "delete" and edit.index is not None]
    single = _unsplit_other(rows, stray, missing)
    for block in spec.blocks:
        for row in block.rows:
            terminal = _terminal(row.key)
            index = kept.get(terminal)
            if index is not None:
                labels[index] = Label(row.key, rows[index].label, rows[index].location)
                cells.update(_cells(row.key, block.columns, rows[index].values))
            elif single is None or row.key not in _SPLIT_OTHER:
                edit = missing[terminal]
                reason = gaps.get(edit.position) if edit.in_gap else None
                cells.update(_no_cells(row.key, block.columns, reason))
                where = _neighbour(rows, edit.position, location)
                deviations.append(
                    Deviation("row", "missing", row.key, spec.key, row.label, None, where, reason)
                )
    if single is not None:
        columns = spec.blocks[0].columns
        labels[single] = Label(_SINGLE_OTHER, rows[single].label, rows[single].location)
        cells.update(_cells(_SINGLE_OTHER, columns, rows[single].values))
    deviations.extend(_row_deviations(spec, rows, edits, single))
    deviations.extend(_column_deviations(spec, headers))
    for index in stray:
        labels.setdefault(index, Label(None, rows[index].label, rows[index].location))
    return StandardTable(
        key=spec.key,
        layout=spec.edition,
        found=True,
        cells=cells,
        rows=tuple(labels[index] for index in sorted(labels)),
        columns=tuple(
            Label(column.key, column.text, column.location) for header in headers for column in header.columns
        ),
        deviations=tuple(deviations),
        location=location,
    )


def assemble_disputes(
    spec: TableSpec, row: FoundRow, columns: Sequence[FoundColumn], location: Location
) -> StandardTable:
    """The table of section 4 from its one row."""
    block = spec.blocks[0]
    cells = _cells(None, block.columns, row.values)
    deviations = [
        Deviation("column", "renamed", column.key, spec.key, expected.label, column.text, column.location)
        for column, expected in zip(columns, block.columns, strict=False)
        if column.match != "exact"
    ]
    labels = tuple(Label(column.key, column.text, column.location) for column in columns)
    return StandardTable(spec.key, spec.edition, True, cells, (), labels, tuple(deviations), location)


def undecided(table: StandardTable, reason: str) -> StandardTable:
    """The table with nothing said of its labels: where figures could not be placed, labels may be torn too.

    Rows not met stay open for `reason`; what looks renamed, moved or extra may be pieces of labels.
    """
    cells = {
        place: cell._replace(state=State.LOST, reason=reason) if cell.state is State.ABSENT else cell
        for place, cell in table.cells.items()
    }
    deviations = tuple(
        deviation._replace(lost=deviation.lost or reason)
        for deviation in table.deviations
        if deviation.kind in ("missing", "split")
    )
    return table._replace(cells=cells, deviations=deviations)


def lost_table(spec: TableSpec, reason: str, location: Location) -> StandardTable:
    """A table that is there but of which no cell could be read, for `reason`."""
    cell = TableCell("", State.LOST, reason=reason, location=location)
    return StandardTable(
        spec.key, spec.edition, True, dict.fromkeys(spec.cell_keys(), cell), location=location, lost=reason
    )


def absent_table(spec: TableSpec) -> StandardTable:
    """A table that the report does not have."""
    cells = dict.fromkeys(spec.cell_keys(), TableCell("", State.ABSENT))
    return StandardTable(spec.key, spec.edition, False, cells)


@cache
def _terminal(key: str) -> str:
    return key.upper().replace(".", "__")


def _repair(spec: TableSpec, rows: Sequence[FoundRow], gaps: Collection[int]) -> tuple[Edit, ...]:
    tokens = [
        Token(_terminal(row.key or "unknown"), row, alternatives=_alternatives(row, spec)) for row in rows
    ]
    return repair(load_grammar(f"{spec.key}_{spec.edition}"), tokens, _COSTS, gaps)


def _alternatives(row: FoundRow, spec: TableSpec) -> dict[str, int]:
    """The rows that an unrecognised label may stand for, with what that reading costs."""
    if row.key is not None or not row.label:
        return {}
    folded = fold(row.label)
    return {
        _terminal(line.key): 1 + round((1 - alike) * 6)
        for block in spec.blocks
        for line in block.rows
        if (alike := _likeness(folded, line)) >= 0.45
    }


def _likeness(folded: str, line: LineSpec) -> float:
    from difflib import SequenceMatcher

    strict = max(likeness(folded, fold(wording)) for wording in line.wordings)
    return strict or SequenceMatcher(None, folded, fold(line.label), autojunk=False).ratio()


def _unsplit_other(rows: Sequence[FoundRow], stray: Sequence[int], missing: Mapping[str, Edit]) -> int | None:
    """The index of a single row （六）其他处理 that stands where edition 2021 wants three, or None."""
    if any(_terminal(key) not in missing for key in _SPLIT_OTHER):
        return None
    return next((index for index in stray if rows[index].key == _SINGLE_OTHER), None)


def _cells(
    row: str | None, columns: Sequence[LineSpec], values: Sequence[FoundValue]
) -> dict[tuple[str | None, str], TableCell]:
    found = {value.column: value for value in values}
    cells: dict[tuple[str | None, str], TableCell] = {}
    for column in columns:
        value = found.get(column.key)
        if value is None:
            cells[row, column.key] = TableCell("", State.ABSENT)
            continue
        lost = value.lost or (BROKEN_FIGURE if _is_broken(value.text) else None)
        if "\ufffd" in value.text:
            lost = lost or NOT_STORED
        if lost:
            cells[row, column.key] = TableCell(
                value.text.strip(),
                State.LOST,
                reason=lost,
                location=value.location,
                candidates=value.candidates,
            )
        else:
            read = read_value(value.text)
            cells[row, column.key] = TableCell(
                value.text.strip(), read.state, read.value, read.unit, read.note, None, value.location
            )
    return cells


def _is_broken(text: str) -> bool:
    """Whether the text is figures on several lines."""
    if "\n" not in text:
        return False
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    return len(parts) > 1 and all(part.isdigit() for part in parts)


def _no_cells(
    row: str | None, columns: Sequence[LineSpec], reason: str | None
) -> dict[tuple[str | None, str], TableCell]:
    state = State.LOST if reason else State.ABSENT
    return {(row, column.key): TableCell("", state, reason=reason) for column in columns}


def _neighbour(rows: Sequence[FoundRow], position: int, location: Location) -> Location:
    """Where a missing row should stand: at the row before its place."""
    if not rows:
        return location
    return rows[max(0, min(position, len(rows)) - 1)].location


def _row_deviations(
    spec: TableSpec, rows: Sequence[FoundRow], edits: Sequence[Edit], single: int | None
) -> list[Deviation]:
    deviations: list[Deviation] = []
    lines = {_terminal(row.key): row for block in reversed(spec.blocks) for row in reversed(block.rows)}
    for edit in edits:
        if edit.index is None:
            continue
        found = rows[edit.index]
        if edit.kind == "delete":
            if edit.index == single:
                deviations.append(
                    Deviation(
                        "row",
                        "split",
                        _SINGLE_OTHER,
                        spec.key,
                        "（六）其他处理（分三项）",
                        found.label,
                        found.location,
                    )
                )
            else:
                deviations.append(
                    Deviation("row", "extra", found.key, spec.key, None, found.label, found.location)
                )
            continue
        line = lines[edit.terminal]
        if edit.kind == "move":
            deviations.append(
                Deviation("row", "moved", line.key, spec.key, line.label, found.label, found.location)
            )
        if edit.kind == "substitute" or not _is_worded_as(found.label, line):
            deviations.append(
                Deviation("row", "renamed", line.key, spec.key, line.label, found.label, found.location)
            )
    return deviations


def _is_worded_as(label: str, line: LineSpec) -> bool:
    """Whether the printed label is the norm's, numeral and punctuation aside."""
    from linter.report.tables.labels import match_label

    match = match_label(label, (line,))
    return (match is not None and match[1] == "exact") or any(
        fold(label).endswith(fold(wording)) for wording in (line.label, *line.aliases)
    )


def _column_deviations(spec: TableSpec, headers: Sequence[Header]) -> list[Deviation]:
    deviations: list[Deviation] = []
    seen: set[tuple[str | None, str]] = set()
    for header in headers:
        by_key = {column.key: column for column in header.block.columns}
        shown = {column.key for column in header.columns}
        for column in header.columns:
            if (column.key, column.text) in seen:
                continue
            if column.key is None:
                deviations.append(
                    Deviation("column", "extra", None, spec.key, None, column.text, column.location)
                )
            elif column.match != "exact":
                expected = by_key[column.key].label
                deviations.append(
                    Deviation(
                        "column", "renamed", column.key, spec.key, expected, column.text, column.location
                    )
                )
            else:
                continue
            seen.add((column.key, column.text))
        for key, line in by_key.items():
            if key not in shown:
                where = header.columns[0].location if header.columns else NOWHERE
                deviations.append(Deviation("column", "missing", key, spec.key, line.label, None, where))
    return deviations
