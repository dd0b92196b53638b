"""Rows of a text table: a value belongs to the row whose label is under way.

A row is placed only where its values are exactly as many as its columns and in their order, or where
the blanks between them show the cells; every other row is lost with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from linter.document.model import Line, Location
from linter.report.norm import BlockSpec, LineSpec, TableSpec
from linter.report.tables.aligned import FoundRow
from linter.report.tables.blanktraces import place_by_blanks
from linter.report.tables.labels import Match, fold, likeness, ordinal
from linter.report.tables.placed import FoundValue
from linter.report.tables.textatoms import Atom, Vocabulary, narrow
from linter.report.tables.values import read_value

NO_FIGURES = "文字中没有留下这一行的数字（空格，或转换时丢失）"
OUT_OF_ORDER = "转换后的文字次序混乱，无法确定数字属于哪一行"
UNCERTAIN = "这一行的数字个数与列数不符，文字中看不出各数属于哪一列"

_UNIT = re.compile(r"万元|亿元|万|元|件|项|个|条|\([^()]{1,20}\)")


@dataclass(slots=True)
class OpenRow:
    """A row while it is read: its label so far and the values met."""

    spec: LineSpec
    wording: str
    printed: str
    match: Match
    location: Location
    matched: int
    values: list[Atom] = field(default_factory=list)
    noise: bool = False
    label_end: tuple[int, int] = (0, 0)
    label_lines: list[int] = field(default_factory=list)


def follow(atoms: Sequence[Atom], known_rows: tuple[LineSpec, ...], vocabulary: Vocabulary) -> list[OpenRow]:
    """The rows met in the atoms, each with the values that came while its label was under way."""
    rows: list[OpenRow] = []
    groups = _group_labels(atoms, known_rows, vocabulary)
    for atom in atoms:
        current = rows[-1] if rows else None
        if atom.kind == "label" and vocabulary.rows[atom.text].key not in groups:
            rows.append(_start(atom, vocabulary.rows[atom.text], len(atom.text), "exact"))
        elif atom.kind == "value":
            if current is not None:
                current.values.append(atom)
        elif atom.kind == "fragment":
            _take_fragment(atom, rows, known_rows, vocabulary)
    return rows


def _group_labels(
    atoms: Sequence[Atom], known_rows: tuple[LineSpec, ...], vocabulary: Vocabulary
) -> frozenset[str]:
    """Rows whose label is only the group label of rows met too: （六）其他处理 since 2021."""
    met = {vocabulary.rows[atom.text].group for atom in atoms if atom.kind == "label"}
    return frozenset(row.key for row in known_rows if row.label in met)


def _start(atom: Atom, spec: LineSpec, matched: int, match: Match) -> OpenRow:
    """A row whose label begins with the atom; of its wordings the longest may still follow."""
    wordings = [narrow(wording) for wording in spec.wordings]
    variants = {narrow(variant) for variant in spec.variants}
    if match == "similar":
        wording = wordings[0]
    else:
        wording = max((one for one in wordings if one.startswith(atom.text)), key=len)
        match = "variant" if wording in variants else "exact"
    return OpenRow(
        spec,
        wording,
        atom.text,
        match,
        atom.location,
        matched,
        [],
        False,
        (atom.lines[-1], atom.end),
        list(atom.lines),
    )


def _take_fragment(
    atom: Atom, rows: list[OpenRow], known_rows: tuple[LineSpec, ...], vocabulary: Vocabulary
) -> None:
    current = rows[-1] if rows else None
    text = atom.text
    if current is not None and current.matched < len(current.wording):
        rest = current.wording[current.matched :]
        if rest.startswith(text):
            current.matched += len(text)
            current.printed += text
            current.label_end = (atom.line, atom.end)
            current.label_lines.extend(atom.lines)
            return
    if (
        current is not None
        and current.values
        and _UNIT.fullmatch(text)
        and current.values[-1].line == atom.line
    ):
        last = current.values[-1]
        current.values[-1] = last._replace(text=last.text + text, end=atom.end)
        return
    if len(text) >= 2 and fold(text):
        for spec in _following(known_rows, current):
            if any(narrow(wording).startswith(text) for wording in spec.wordings):
                rows.append(_start(atom, spec, len(text), "exact"))
                return
    if any(text in word for word in vocabulary.others):
        return
    if similar := _similar_row(text, known_rows, current):
        rows.append(_start(atom, similar, len(narrow(similar.label)), "similar"))
    elif current is not None:
        current.noise = True


def _following(known_rows: tuple[LineSpec, ...], current: OpenRow | None) -> Sequence[LineSpec]:
    """The rows due after the current one, in order."""
    if current is None:
        return known_rows
    keys = [row.key for row in known_rows]
    return known_rows[keys.index(current.spec.key) + 1 :]


def _similar_row(text: str, known_rows: tuple[LineSpec, ...], current: OpenRow | None) -> LineSpec | None:
    if len(text) < 4:
        return None
    numeral = ordinal(text)
    best = max(known_rows, key=lambda row: likeness(fold(text), fold(row.label)))
    if likeness(fold(text), fold(best.label)) < 0.7 or (numeral and numeral != ordinal(best.label)):
        return None
    return None if current is not None and best is current.spec else best


def found_row(
    row: OpenRow, spec: TableSpec, rows: Sequence[OpenRow], atoms: Sequence[Atom], lines: Sequence[Line]
) -> FoundRow:
    """The row with its values placed under the columns of its block, or lost with the reason."""
    own = [block for block in spec.blocks if row.spec.key in [line.key for line in block.rows]]
    block = own[0] if own else spec.blocks[0] if len(spec.blocks) == 1 else None
    columns = [column.key for column in block.columns] if block else []
    signed = _with_signs(row.values, columns)
    placeable = on_one_line(signed) or (
        (on_lines_of_their_own(signed, lines) or _whole_on_pages(row, signed, columns))
        and block
        and _columns_in_order(atoms, block)
    )
    if not placeable:
        values = tuple(FoundValue(column, "", row.location, OUT_OF_ORDER) for column in columns)
    else:
        values = _values(row, signed, columns, rows, lines)
    label = row.printed if row.match != "exact" else row.spec.label
    return FoundRow(row.spec.key, label, row.match, values, 0, row.location)


def on_one_line(values: Sequence[Atom]) -> bool:
    """Whether the values stand on one line, so that their order is that of the columns."""
    return len({value.line for value in values}) <= 1


def on_lines_of_their_own(values: Sequence[Atom], lines: Sequence[Line]) -> bool:
    """Whether each value has a line of its own, in a text without pages.

    Where a PDF was converted (pages are known) cells a line come in any order.
    """
    return len({value.line for value in values}) == len(values) and all(
        lines[value.line].location.page is None for value in values
    )


def _whole_on_pages(row: OpenRow, values: Sequence[Atom], columns: Sequence[str]) -> bool:
    """Whether a row of a converted PDF stands there whole, cell after cell, and its total confirms it.

    Its label is complete and above its values, each of them on a line of its own.
    """
    if (
        row.noise
        or row.matched < len(row.wording)
        or len(values) != len(columns)
        or columns[-1:] != ["total"]
    ):
        return False
    own_lines = len({value.line for value in values}) == len(values)
    figures = [read_value(value.text).value for value in values]
    if not own_lines or values[0].line <= max(row.label_lines) or None in figures:
        return False
    *parts, total = [figure for figure in figures if figure is not None]
    return sum(parts) == total


def _columns_in_order(atoms: Sequence[Atom], block: BlockSpec) -> bool:
    """Whether the header shows every column, in the norm's order.

    A conversion that reads by blocks mixes them, and the values of a row with them. 总计 may stand
    before the applicants, where its cell spans both header rows.
    """
    places: list[int] = []
    for column in block.columns:
        wordings = {narrow(wording) for wording in column.wordings}
        place = next((index for index, atom in enumerate(atoms) if atom.text in wordings), None)
        if place is None:
            return False
        if column.key != "total":
            places.append(place)
    return places == sorted(places)


def _values(
    row: OpenRow,
    atoms: Sequence[Atom],
    columns: Sequence[str],
    rows: Sequence[OpenRow],
    lines: Sequence[Line],
) -> tuple[FoundValue, ...]:
    if len(atoms) == len(columns) and not row.noise:
        return tuple(
            FoundValue(column, printed(atom, lines), atom.location)
            for column, atom in zip(columns, atoms, strict=True)
        )
    traces = [(other.label_end, list(other.values)) for other in rows]
    if not row.noise and (placed := place_by_blanks(row.label_end, atoms, traces, lines, len(columns))):
        return tuple(
            FoundValue(column, printed(atom, lines) if atom else "", (atom or row).location)
            for column, atom in zip(columns, placed, strict=True)
        )
    reason = UNCERTAIN if atoms else NO_FIGURES
    return tuple(FoundValue(column, "", row.location, reason) for column in columns)


def printed(atom: Atom, lines: Sequence[Line]) -> str:
    """The atom as it stands in the file."""
    return lines[atom.line].text[atom.start : atom.end]


def _with_signs(atoms: Sequence[Atom], columns: Sequence[str]) -> list[Atom]:
    """The values, a sign that stands apart joined to its figure.

    A minus may also be a placeholder: it is joined only where that gives a value for each column. In a
    row with a change column a minus that could be either leaves no certain reading: no values then.
    """
    plus = _joined_signs(atoms, "+")
    both = _joined_signs(plus, "-")
    if len(both) == len(plus) or (len(plus) == len(columns) and "change" not in columns):
        return plus
    if len(both) == len(columns):
        return both
    return [] if len(plus) == len(columns) else plus


def _joined_signs(atoms: Sequence[Atom], sign: str) -> list[Atom]:
    joined: list[Atom] = []
    for atom in atoms:
        before = joined[-1] if joined else None
        if before and before.text == sign and before.line == atom.line and atom.text[:1].isdigit():
            joined[-1] = before._replace(text=sign + atom.text, end=atom.end)
        else:
            joined.append(atom)
    return joined


def may_be_a_neighbours(row: OpenRow, above: bool, below: bool) -> bool:
    """Whether the row's values may be those of a row without any, `above` or `below` it.

    A conversion may print the values of a tall row a line too low or too high; values in the middle of
    their own label, or on the one line of it, are out of a neighbour's reach.
    """
    lines = {value.line for value in row.values}
    if len({*row.label_lines, *lines}) == 1:
        return False
    return (above and min(lines) <= min(row.label_lines)) or (below and max(lines) >= max(row.label_lines))


def beside_label(row: OpenRow, lines: Sequence[Line]) -> bool:
    """Whether the row's values begin on a line of its own label or right below, which ties them to it."""
    if not row.values:
        return False
    first = row.values[0].line
    if first in row.label_lines:
        return True
    below, above = lines[first].location.line, lines[row.label_end[0]].location.line
    return below is not None and above is not None and below - above == 1
