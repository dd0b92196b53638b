"""Standard tables in plain text: labels and figures in reading order, without drawn cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linter.document.model import Line, Location
from linter.report.flow import Piece
from linter.report.model import StandardTable
from linter.report.norm import LineSpec, TableSpec
from linter.report.tables.aligned import FoundRow
from linter.report.tables.assembled import LOST_ROW, assemble, assemble_disputes, lost_table, undecided
from linter.report.tables.placed import FoundValue
from linter.report.tables.textatoms import Atom, narrow, read_atoms, vocabulary_of
from linter.report.tables.textrows import (
    NO_FIGURES,
    OUT_OF_ORDER,
    UNCERTAIN,
    OpenRow,
    beside_label,
    follow,
    found_row,
    may_be_a_neighbours,
    on_lines_of_their_own,
    on_one_line,
    printed,
)

NOT_MET = "文字中没有找到这一行，可能在转换时断开或丢失"

_DISPUTE_GROUPS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")


def read_text_table(
    spec: TableSpec, pieces: Sequence[Piece], known_rows: tuple[LineSpec, ...]
) -> StandardTable:
    """The standard table `spec` from the text lines of its pieces."""
    lines = [line for piece in pieces for line in piece.lines]
    location = pieces[0].location
    vocabulary = vocabulary_of(spec.key)
    atoms = read_atoms(lines, vocabulary)
    if spec.key == "disputes":
        return _read_disputes(spec, atoms, lines, location)
    open_rows = follow(atoms, known_rows, vocabulary)
    if not open_rows:
        return lost_table(spec, LOST_ROW, location)
    in_order = _in_order(open_rows, known_rows) and not _values_before_labels(atoms, spec)
    rows = _tied(
        open_rows, [found_row(row, spec, open_rows, atoms, lines) for row in open_rows], lines, in_order
    )
    if not in_order:
        order = {row.key: index for index, row in enumerate(known_rows)}
        rows.sort(key=lambda row: order[row.key or ""])
    clean = in_order and not any(row.noise for row in open_rows)
    clean = clean and not any(value.lost for row in rows for value in row.values)
    if clean:
        return assemble(spec, rows, (), {}, location)
    table = assemble(spec, rows, (), dict.fromkeys(range(len(rows) + 1), NOT_MET), location)
    return undecided(table, NOT_MET)


def _tied(
    open_rows: Sequence[OpenRow], found: Sequence[FoundRow], lines: Sequence[Line], in_order: bool
) -> list[FoundRow]:
    """The rows, their values lost where these may belong to a neighbour.

    Values are tied to a label by standing beside it. Once a row has lost its values, those that follow
    may be shifted until a row is tied again; beside a row that has none, values out of the middle of a
    label may be that row's; beside one with too many (figures broken over two lines) nothing is tied.
    """
    bare = [not row.values and _has_lost(one) for row, one in zip(open_rows, found, strict=True)]
    rows: list[FoundRow] = []
    anchored = in_order
    crowded = [len(row.values) > len(one.values) for row, one in zip(open_rows, found, strict=True)]
    for index, (row, one) in enumerate(zip(open_rows, found, strict=True)):
        above, below = index > 0 and bare[index - 1], any(bare[index + 1 : index + 2])
        if row.values:
            tied = beside_label(row, lines) and not may_be_a_neighbours(row, above, below)
            tied = tied and not any(crowded[max(index - 1, 0) : index + 2])
        else:
            tied = not bare[index]
        anchored = in_order and (tied or (anchored and not above and not below))
        rows.append(one if anchored else _without_values(one))
        anchored = anchored and not _has_lost(one)
    return rows


def _without_values(row: FoundRow) -> FoundRow:
    return row._replace(values=tuple(value._replace(lost=value.lost or OUT_OF_ORDER) for value in row.values))


def _has_lost(row: FoundRow) -> bool:
    return any(value.lost for value in row.values)


def _in_order(rows: Sequence[OpenRow], known_rows: tuple[LineSpec, ...]) -> bool:
    """Whether the labels come in the norm's order; a conversion that reads by columns mixes them."""
    order = {row.key: index for index, row in enumerate(known_rows)}
    places = [order[row.spec.key] for row in rows]
    return places == sorted(set(places))


def _values_before_labels(atoms: Sequence[Atom], spec: TableSpec) -> bool:
    """Whether figures stand between a header and its first label: each may belong to the label after it."""
    header = {
        narrow(word)
        for block in spec.blocks
        for word in (block.title, block.corner, *(column.label for column in block.columns))
    }
    in_header = False
    for atom in atoms:
        if atom.kind == "value" and in_header and any(character.isdigit() for character in atom.text):
            return True
        if atom.kind == "label" or (
            atom.kind == "fragment" and not any(atom.text in word for word in header)
        ):
            in_header = False
        in_header = in_header or atom.text in header
    return False


def ran_together(piece: Piece) -> bool:
    """Whether figures of the piece's cells stand without a boundary between them: 000 for three zeros."""
    atoms = read_atoms(piece.lines, vocabulary_of(piece.table))
    return any(atom.kind == "value" and re.fullmatch(r"0\d{2,}", atom.text) for atom in atoms)


def _read_disputes(
    spec: TableSpec, atoms: Sequence[Atom], lines: Sequence[Line], location: Location
) -> StandardTable:
    columns = spec.blocks[0].columns
    values = [atom for atom in atoms if atom.kind == "value"]
    if len(values) != len(columns) or not _disputes_in_order(atoms, values, lines):
        reason = NO_FIGURES if not values else UNCERTAIN if len(values) != len(columns) else OUT_OF_ORDER
        return lost_table(spec, reason, location)
    found = tuple(
        FoundValue(column.key, printed(atom, lines), atom.location)
        for column, atom in zip(columns, values, strict=True)
    )
    return assemble_disputes(spec, FoundRow(None, "", None, found, 0, values[0].location), (), location)


def _disputes_in_order(atoms: Sequence[Atom], values: Sequence[Atom], lines: Sequence[Line]) -> bool:
    """Whether the fifteen figures stand in the norm's order: on one line, or below an unmixed header."""
    if on_one_line(values):
        return True
    if not on_lines_of_their_own(values, lines):
        return False
    header = [atom.text for atom in atoms[: atoms.index(values[0])]]
    below = atoms[atoms.index(values[0]) : atoms.index(values[-1]) + 1]
    results = "".join(text for text in header if text not in _DISPUTE_GROUPS)
    return results == "结果维持结果纠正其他结果尚未审结总计" * 3 and all(
        atom.kind == "value" for atom in below
    )
