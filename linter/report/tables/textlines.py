"""Standard tables in plain text: labels and figures in reading order, without drawn cells.

The text is cut into atoms: labels of the norm, fragments of broken labels, values. A value belongs to
the row whose label is under way. A row is read only where its values are exactly as many as its
columns, or where the blanks between them show the cells; every other row is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from linter.document.model import Line, Location
from linter.report.flow import Item, Piece, Text
from linter.report.headings import heading_key
from linter.report.model import Edition, StandardTable, State
from linter.report.norm import TABLE_EDITIONS, BlockSpec, LineSpec, TableSpec, table_spec
from linter.report.tables.aligned import FoundRow, FoundValue
from linter.report.tables.assembled import LOST_ROW, RAN_TOGETHER, assemble, assemble_disputes, lost_table
from linter.report.tables.blanktraces import place_by_blanks
from linter.report.tables.labels import Match, compact, fold, likeness, ordinal
from linter.report.tables.values import read_value

NO_FIGURES = "文字中没有留下这一行的数字（空格，或转换时丢失）"
NOT_MET = "文字中没有找到这一行，可能在转换时断开或丢失"
OUT_OF_ORDER = "转换后的文字次序混乱，无法确定数字属于哪一行"
UNCERTAIN = "这一行的数字个数与列数不符，文字中看不出各数属于哪一列"

_NARROW = str.maketrans("０１２３４５６７８９（）．，：；／＋－", "0123456789().,:;/+-", "“”\"'‘’「」")
_OPENING = {
    "disclosure": ("第二十条第(一)项",),
    "applications": ("(本列数据的勾稽关系", "本列数据的勾稽关系", "申请人情况", "一、本年新收政府信息公开申请数量"),
    "disputes": ("行政复议行政诉讼", "行政复议结果维持", "行政复议未经复议直接起诉"),
}
_DISPUTE_GROUPS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
_LONGEST_OPENING = 40
_LONGEST_CELL = 30
_SECTION_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}[、.．]")
_UNIT = re.compile(r"万元|亿元|万|元|件|项|个|条|\([^()]{1,20}\)")


def narrow(text: str) -> str:
    """The text without blanks and quotation marks, full-width signs made narrow."""
    return re.sub(r"^(\d{1,2})、", r"\1.", compact(text).translate(_NARROW))


# --- which lines are a table ------------------------------------------------------------------


def recognise_text_tables(items: Sequence[Item]) -> tuple[Item, ...]:
    """The flow with each run of text that is a standard table turned into a `Piece`."""
    flow: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        opening = _opening(items, index) if isinstance(item, Text) else None
        if opening is None or not isinstance(item, Text):
            flow.append(item)
            index += 1
            continue
        key, offset = opening
        before, first = _cut(item, offset)
        if before is not None:
            flow.append(before)
        run: list[Text] = [first]
        index += 1
        while index < len(items) and isinstance(following := items[index], Text) and not _ends(key, items, index):
            run.append(following)
            index += 1
        lines, rest = _trim(key, run)
        flow.append(Piece(key, None, lines, first.location))
        flow.extend(rest)
    return tuple(flow)


def _opening(items: Sequence[Item], index: int) -> tuple[str, int] | None:
    """The table that begins in item `index`, and the offset in its text."""
    item = items[index]
    if not isinstance(item, Text):
        return None
    text = item.text.translate(_NARROW)
    squeezed = compact(text)
    for key, marks in _OPENING.items():
        for mark in marks:
            place = squeezed.find(mark)
            if place < 0:
                continue
            offset = _uncompacted(text, place)
            if place == 0 or _goes_on_as_table(key, squeezed[place + len(mark) :]):
                return key, offset
    if len(squeezed) <= _LONGEST_CELL:
        ahead = _text_ahead(items, index)
        for key, marks in _OPENING.items():
            if ahead.startswith(marks):
                return key, 0
    return None


def _text_ahead(items: Sequence[Item], index: int) -> str:
    """What the items from `index` on begin with, cells a line run together."""
    ahead = ""
    for item in items[index:]:
        if not isinstance(item, Text) or len(ahead) > _LONGEST_OPENING:
            break
        ahead += narrow(item.text)
    return ahead


def _goes_on_as_table(key: str, rest: str) -> bool:
    """Whether what follows an opening inside a paragraph is the table, not talk about it."""
    head = fold(rest[:40])
    return any(head.startswith(word) for word in _vocabulary(key).prefixes)


def _uncompacted(text: str, place: int) -> int:
    seen = 0
    for offset, character in enumerate(text):
        if not character.isspace():
            if seen == place:
                return offset
            seen += 1
    return len(text)


def _cut(item: Text, offset: int) -> tuple[Text | None, Text]:
    """The item before and from `offset` of its text (lines are cut along where there is one only)."""
    if offset == 0 or not item.text[:offset].strip():
        return None, item
    head = replace(item, text=item.text[:offset].rstrip(), lines=())
    start = replace(item.location, column=(item.location.column or 1) + offset)
    tail_text = item.text[offset:]
    return head, Text(tail_text, (Line(tail_text, start),), start)


def _ends(key: str, items: Sequence[Item], index: int) -> bool:
    """Whether item `index` is no longer part of the table `key`."""
    item = items[index]
    assert isinstance(item, Text)
    opening = _opening(items, index)
    if opening is not None and opening[0] != key:
        return True
    text = compact(item.text)
    if item.style.startswith("heading"):
        return True
    match = _SECTION_HEADING.match(text)
    if match is None:
        return False
    heading = heading_key(item.text)
    if heading is not None and heading.match in ("title", "alias", "variant"):
        return True
    if _vocabulary(key).pattern.search(narrow(text)):
        return False
    return not any(word.startswith(fold(text)[:1]) for word in _vocabulary(key).all)


def _trim(key: str, run: Sequence[Text]) -> tuple[tuple[Line, ...], list[Text]]:
    """The lines of the run up to the last one that is part of the table, and what follows it as text."""
    owner: list[int] = []
    lines: list[Line] = []
    for index, text in enumerate(run):
        for line in text.lines or (Line(text.text, text.location),):
            owner.append(index)
            lines.append(line)
    last = 0
    for index, line in enumerate(lines):
        if _belongs(key, line.text):
            last = index
    kept = owner[last]
    end = max(index for index, item in enumerate(owner) if item == kept) + 1
    return tuple(lines[:end]), list(run[kept + 1 :])


def _belongs(key: str, text: str) -> bool:
    squeezed = compact(text)
    if not squeezed:
        return False
    if read_value(squeezed).state in (State.NUMBER, State.PLACEHOLDER) or re.fullmatch(r"[\d\s.,/+-]+", text):
        return True
    if "。" in squeezed or len(squeezed) > 400:
        return any(word in fold(squeezed) for word in _vocabulary(key).long)
    folded = fold(text)
    return any(word in folded or (len(folded) > 1 and folded in word) for word in _vocabulary(key).all)


# --- vocabulary -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one table in all editions.

    `rows` maps each narrow wording to its row; `others` are the narrow words that label no row;
    `wordings` are both;
    `pattern` finds any of them; `all`, `long` and `prefixes` are folded forms for recognition.
    """

    rows: dict[str, LineSpec]
    others: tuple[str, ...]
    wordings: frozenset[str]
    pattern: re.Pattern[str]
    all: frozenset[str]
    long: frozenset[str]
    prefixes: frozenset[str]


@cache
def _vocabulary(key: str) -> Vocabulary:
    rows: dict[str, LineSpec] = {}
    others: dict[str, None] = {}
    for edition in reversed(TABLE_EDITIONS):
        for block in table_spec(key, edition).blocks:
            for row in block.rows:
                for wording in row.wordings:
                    rows.setdefault(narrow(wording), row)
            lines = (*block.rows, *block.columns)
            words = [block.title, block.corner, *(line.group for line in lines)]
            words += [wording for column in block.columns for wording in column.wordings]
            others.update(dict.fromkeys(narrow(word) for word in words if word))
    if key == "applications":
        others.update(dict.fromkeys(("申请人情况", "法人或其他组织")))
    if key == "disputes":
        others.update(dict.fromkeys(("行政复议", "行政诉讼")))
    words = sorted((word for word in (*rows, *others) if word not in ("其他", "总计")), key=len, reverse=True)
    folded = frozenset(fold(word) for word in words) - {""}
    return Vocabulary(
        rows=rows,
        others=tuple(others),
        wordings=frozenset((*rows, *others)),
        pattern=re.compile("|".join(re.escape(word) for word in words)),
        all=folded,
        long=frozenset(word for word in folded if len(word) >= 6),
        prefixes=frozenset(word for word in folded if len(word) >= 2),
    )


# --- atoms ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Atom:
    """A label of the norm, a value, or a fragment of text, with its line and column (from 0)."""

    kind: str
    text: str
    line: int
    start: int
    end: int
    location: Location
    lines: tuple[int, ...]


# A label is broken into at most this many parts: one character a line.
_MOST_PARTS = 24


def _atoms(lines: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Atom]:
    for number, line in enumerate(lines):
        for chunk in re.finditer(r"[^\s\u00a0\u3000\u200b]+", line.text):
            yield from _chunk_atoms(chunk.group(), number, chunk.start(), line, vocabulary)


def _chunk_atoms(chunk: str, number: int, start: int, line: Line, vocabulary: Vocabulary) -> Iterator[Atom]:
    # One character in, one character out, so that columns stay true; quotes become a private sign.
    text = "".join(character.translate(_NARROW) or "\ue000" for character in chunk)
    bare = text.replace("\ue000", "")
    places = [index for index, character in enumerate(text) if character != "\ue000"]
    bare = re.sub(r"(?<![\d.])(\d{1,2})、", r"\1.", bare)

    def atom(kind: str, begin: int, end: int) -> Atom:
        first, last = places[begin], places[end - 1] + 1
        where = replace(line.location, column=(line.location.column or 1) + start + first)
        return Atom(kind, bare[begin:end], number, start + first, start + last, where, (number,))

    done = 0
    for found in vocabulary.pattern.finditer(bare):
        begin = found.start()
        if begin > done:
            yield from _residue(bare[done:begin], done, atom)
        kind = "label" if found.group() in vocabulary.rows else "word"
        yield atom(kind, begin, found.end())
        done = found.end()
    if done < len(bare):
        yield from _residue(bare[done:], done, atom)


def _residue(text: str, offset: int, atom: object) -> Iterator[Atom]:
    make = atom
    assert callable(make)
    state = read_value(text).state
    if state in (State.NUMBER, State.PLACEHOLDER) or text == "+":
        yield make("value", offset, offset + len(text))
        return
    # A figure right behind a label is its value; one glued to other words is part of them.
    figure = re.match(r"[+-]?\d[\d,]*(?:\.\d+)?(?![.\d])", text) if offset else None
    end = figure.end() if figure else 0
    if end:
        yield make("value", offset, offset + end)
    yield make("fragment", offset + end, offset + len(text))


def _rejoined(atoms: Sequence[Atom], vocabulary: Vocabulary) -> list[Atom]:
    """The atoms with labels that were broken over lines in one piece again, the longest wording first."""
    joined: list[Atom] = []
    index = 0
    while index < len(atoms):
        end = _end_of_label(atoms, index, vocabulary)
        run = atoms[index:end]
        if len(run) > 1:
            text = "".join(atom.text for atom in run)
            kind = "label" if text in vocabulary.rows else "word"
            lines = tuple(line for atom in run for line in atom.lines)
            joined.append(replace(run[0], kind=kind, text=text, end=run[-1].end, lines=lines))
        else:
            joined.append(run[0])
        index = end
    return joined


def _end_of_label(atoms: Sequence[Atom], start: int, vocabulary: Vocabulary) -> int:
    """Where the longest wording that begins at atom `start` ends, or start + 1."""
    end, text = start + 1, ""
    for index in range(start, min(start + _MOST_PARTS, len(atoms))):
        if atoms[index].kind == "value" and any(character.isdigit() for character in atoms[index].text):
            break
        text += atoms[index].text
        if index > start and text in vocabulary.wordings:
            end = index + 1
    return end


# --- rows -----------------------------------------------------------------------------------


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


def read_text_table(
    spec: TableSpec, layout: Edition, pieces: Sequence[Piece], known_rows: Sequence[LineSpec]
) -> StandardTable:
    """The standard table `spec` from the text lines of its pieces."""
    lines = [line for piece in pieces for line in piece.lines]
    location = pieces[0].location
    vocabulary = _vocabulary(spec.key)
    atoms = _rejoined(list(_atoms(lines, vocabulary)), vocabulary)
    if spec.key == "disputes":
        return _read_disputes(spec, layout, atoms, lines, location)
    open_rows = _follow(atoms, known_rows, vocabulary)
    if not open_rows:
        return lost_table(spec, layout, found=True, reason=LOST_ROW, location=location)
    in_order = _in_order(open_rows, known_rows) and not _values_before_labels(atoms)
    rows: list[FoundRow] = []
    anchored = in_order
    for row in open_rows:
        found = _found_row(row, spec, open_rows, atoms, lines)
        if _beside_label(row, lines) or (not row.values and not any(value.lost for value in found.values)):
            anchored = in_order
        elif not anchored:
            found = replace(found, values=tuple(replace(value, lost=OUT_OF_ORDER) for value in found.values))
        if any(value.lost for value in found.values):
            anchored = False
        rows.append(found)
    if not in_order:
        order = {row.key: index for index, row in enumerate(known_rows)}
        rows.sort(key=lambda row: order[row.key or ""])
    clean = in_order and not any(row.noise for row in open_rows)
    clean = clean and not any(value.lost for row in rows for value in row.values)
    if clean:
        return assemble(spec, layout, rows, (), {}, location)
    return _undecided(assemble(spec, layout, rows, (), dict.fromkeys(range(len(rows) + 1), NOT_MET), location))


def _undecided(table: StandardTable) -> StandardTable:
    """The table with its deviations left open: where figures could not be placed, labels may be torn too."""
    cells = {
        place: replace(cell, state=State.LOST, reason=NOT_MET) if cell.state is State.ABSENT else cell
        for place, cell in table.cells.items()
    }
    deviations = tuple(replace(deviation, lost=deviation.lost or NOT_MET) for deviation in table.deviations)
    return replace(table, cells=cells, deviations=deviations)


def _in_order(rows: Sequence[OpenRow], known_rows: Sequence[LineSpec]) -> bool:
    """Whether the labels come in the norm's order; a conversion that reads by columns mixes them."""
    order = {row.key: index for index, row in enumerate(known_rows)}
    places = [order[row.spec.key] for row in rows]
    return places == sorted(set(places))


def _values_before_labels(atoms: Sequence[Atom]) -> bool:
    """Whether figures stand before the first row label: then each may belong to the label after it."""
    kinds = [atom.kind for atom in atoms]
    first = kinds.index("label") if "label" in kinds else len(kinds)
    return kinds[:first].count("value") > 2


def _beside_label(row: OpenRow, lines: Sequence[Line]) -> bool:
    """Whether the row's values begin on a line of its own label or right below, which ties them to it."""
    if not row.values:
        return False
    first = row.values[0].line
    if first in row.label_lines:
        return True
    below, above = lines[first].location.line, lines[row.label_end[0]].location.line
    return below is not None and above is not None and below - above == 1


def ran_together(piece: Piece) -> bool:
    """Whether the figures of the piece's cells stand without a boundary between them."""
    return bool(piece.lines) and _ran_together(list(_atoms(piece.lines, _vocabulary(piece.table))))


def _ran_together(atoms: Sequence[Atom]) -> bool:
    return any(atom.kind == "value" and re.fullmatch(r"0\d{2,}", atom.text) for atom in atoms)


def _follow(atoms: Sequence[Atom], known_rows: Sequence[LineSpec], vocabulary: Vocabulary) -> list[OpenRow]:
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
    atoms: Sequence[Atom], known_rows: Sequence[LineSpec], vocabulary: Vocabulary
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
        spec, wording, atom.text, match, atom.location, matched, [], False, (atom.lines[-1], atom.end), list(atom.lines)
    )


def _take_fragment(
    atom: Atom, rows: list[OpenRow], known_rows: Sequence[LineSpec], vocabulary: Vocabulary
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
    if current is not None and current.values and _UNIT.fullmatch(text) and current.values[-1].line == atom.line:
        last = current.values[-1]
        current.values[-1] = replace(last, text=last.text + text, end=atom.end)
        return
    if len(text) >= 2:
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


def _following(known_rows: Sequence[LineSpec], current: OpenRow | None) -> Sequence[LineSpec]:
    """The rows due after the current one, in order."""
    if current is None:
        return known_rows
    keys = [row.key for row in known_rows]
    return known_rows[keys.index(current.spec.key) + 1 :]


def _similar_row(text: str, known_rows: Sequence[LineSpec], current: OpenRow | None) -> LineSpec | None:
    if len(text) < 4:
        return None
    numeral = ordinal(text)
    best = max(known_rows, key=lambda row: likeness(fold(text), fold(row.label)))
    if likeness(fold(text), fold(best.label)) < 0.7 or (numeral and numeral != ordinal(best.label)):
        return None
    return None if current is not None and best is current.spec else best


def _found_row(
    row: OpenRow, spec: TableSpec, rows: Sequence[OpenRow], atoms: Sequence[Atom], lines: Sequence[Line]
) -> FoundRow:
    own = [block for block in spec.blocks if row.spec.key in [line.key for line in block.rows]]
    block = own[0] if own else spec.blocks[0] if len(spec.blocks) == 1 else None
    columns = [column.key for column in block.columns] if block else []
    signed = _with_signs(row.values, columns)
    placeable = _on_one_line(signed) or (_a_line_each(signed, lines) and block and _columns_in_order(atoms, block))
    if not placeable:
        values = tuple(FoundValue(column, "", row.location, OUT_OF_ORDER) for column in columns)
    else:
        values = _values(row, signed, columns, rows, lines)
    label = row.printed if row.match != "exact" else row.spec.label
    return FoundRow(row.spec.key, label, row.match, values, 0, row.location)


def _on_one_line(values: Sequence[Atom]) -> bool:
    return len({value.line for value in values}) <= 1


def _a_line_each(values: Sequence[Atom], lines: Sequence[Line]) -> bool:
    """Whether each value has a line of its own, in a text without pages.

    Where a PDF was converted (pages are known) cells a line come in any order.
    """
    return len({value.line for value in values}) == len(values) and all(
        lines[value.line].location.page is None for value in values
    )


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
    row: OpenRow, atoms: Sequence[Atom], columns: Sequence[str], rows: Sequence[OpenRow], lines: Sequence[Line]
) -> tuple[FoundValue, ...]:
    if len(atoms) == len(columns) and not row.noise:
        return tuple(
            FoundValue(column, _printed(atom, lines), atom.location)
            for column, atom in zip(columns, atoms, strict=True)
        )
    traces = [(other.label_end, [atom for atom in other.values]) for other in rows]
    if not row.noise and (placed := place_by_blanks(row.label_end, atoms, traces, lines, len(columns))):
        return tuple(
            FoundValue(column, _printed(atom, lines) if atom else "", (atom or row).location)
            for column, atom in zip(columns, placed, strict=True)
        )
    reason = UNCERTAIN if atoms else NO_FIGURES
    return tuple(FoundValue(column, "", row.location, reason) for column in columns)


def _printed(atom: Atom, lines: Sequence[Line]) -> str:
    return lines[atom.line].text[atom.start : atom.end]


def _with_signs(atoms: Sequence[Atom], columns: Sequence[str]) -> list[Atom]:
    """The values, a sign that stands apart joined to its figure.

    A minus may also be a placeholder: it is joined only where that gives a value for each column. In a
    row with a change column a minus that could be either leaves no certain reading: no values then.
    """
    plus = _joined_signs(atoms, "+")
    both = _joined_signs(plus, "-")
    if len(both) == len(plus) or len(plus) == len(columns) and "change" not in columns:
        return plus
    if len(both) == len(columns):
        return both
    return [] if len(plus) == len(columns) else plus


def _joined_signs(atoms: Sequence[Atom], sign: str) -> list[Atom]:
    joined: list[Atom] = []
    for atom in atoms:
        before = joined[-1] if joined else None
        if before and before.text == sign and before.line == atom.line and atom.text[:1].isdigit():
            joined[-1] = replace(before, text=sign + atom.text, end=atom.end)
        else:
            joined.append(atom)
    return joined


def _read_disputes(
    spec: TableSpec, layout: Edition, atoms: Sequence[Atom], lines: Sequence[Line], location: Location
) -> StandardTable:
    columns = spec.blocks[0].columns
    values = [atom for atom in atoms if atom.kind == "value"]
    if len(values) != len(columns) or not _disputes_in_order(atoms, values, lines):
        reason = NO_FIGURES if not values else UNCERTAIN if len(values) != len(columns) else OUT_OF_ORDER
        return assemble_disputes(spec, layout, None, (), location, reason)
    found = tuple(
        FoundValue(column.key, _printed(atom, lines), atom.location)
        for column, atom in zip(columns, values, strict=True)
    )
    return assemble_disputes(spec, layout, FoundRow(None, "", None, found, 0, values[0].location), (), location)




def _disputes_in_order(atoms: Sequence[Atom], values: Sequence[Atom], lines: Sequence[Line]) -> bool:
    """Whether the fifteen figures stand in the norm's order: on one line, or below an unmixed header."""
    if _on_one_line(values):
        return True
    if not _a_line_each(values, lines):
        return False
    header = [atom.text for atom in atoms[: atoms.index(values[0])]]
    below = atoms[atoms.index(values[0]) : atoms.index(values[-1]) + 1]
    results = "".join(text for text in header if text not in _DISPUTE_GROUPS)
    return results == "结果维持结果纠正其他结果尚未审结总计" * 3 and all(atom.kind == "value" for atom in below)
