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
from linter.report.model import Edition, StandardTable
from linter.report.norm import TABLE_EDITIONS, LineSpec, TableSpec, table_spec
from linter.report.tables.aligned import FoundRow, FoundValue
from linter.report.tables.assembled import LOST_ROW, RAN_TOGETHER, assemble, assemble_disputes, lost_table
from linter.report.tables.blanktraces import place_by_blanks
from linter.report.tables.labels import Match, compact, fold, likeness, ordinal
from linter.report.tables.values import read_value
from linter.report.model import State

NO_FIGURES = "文字中没有留下这一行的数字（空格，或转换时丢失）"
OUT_OF_ORDER = "转换后的文字次序混乱，无法确定数字属于哪一行"
UNCERTAIN = "这一行的数字个数与列数不符，文字中看不出各数属于哪一列"

_NARROW = str.maketrans("０１２３４５６７８９（）．，：；／＋－", "0123456789().,:;/+-", "“”\"'‘’「」")
_OPENING = {
    "disclosure": ("第二十条第(一)项",),
    "applications": ("(本列数据的勾稽关系", "本列数据的勾稽关系", "申请人情况", "一、本年新收政府信息公开申请数量"),
    "disputes": ("行政复议行政诉讼",),
}
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
    if squeezed in ("行政复议", "行政复议行政诉讼") and _next_words(items, index, 12) & {"结果维持", "行政诉讼", "结"}:
        return "disputes", 0
    return None


def _goes_on_as_table(key: str, rest: str) -> bool:
    """Whether what follows an opening inside a paragraph is the table, not talk about it."""
    head = fold(rest[:40])
    return any(head.startswith(word) for word in _vocabulary(key).prefixes)


def _next_words(items: Sequence[Item], index: int, count: int) -> set[str]:
    words = set()
    for item in items[index + 1 : index + 1 + count]:
        if isinstance(item, Text):
            words.update(compact(line.text) for line in (item.lines or (Line(item.text),)))
            words.add(compact(item.text))
    return words


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
    words = _vocabulary(key)
    folded = fold(text)
    return not any(folded.startswith(word) or word.startswith(folded) for word in words.all if folded)


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
    `pattern` finds any of them; `all`, `long` and `prefixes` are folded forms for recognition.
    """

    rows: dict[str, LineSpec]
    others: tuple[str, ...]
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
        return Atom(kind, bare[begin:end], number, start + first, start + last, where)

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
    if state in (State.NUMBER, State.PLACEHOLDER):
        yield make("value", offset, offset + len(text))
        return
    # A figure glued to words ("公开12") is still a figure; the words are a fragment.
    for part in re.finditer(r"(?:(?<!\d)\d{1,2}\.)?[^\d]+|[+-]?\d[\d,]*(?:\.\d+)?(?![.\d])|\d+\.?", text):
        piece = part.group()
        kind = "value" if read_value(piece).state is State.NUMBER else "fragment"
        yield make(kind, offset + part.start(), offset + part.end())


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
    atoms = list(_atoms(lines, vocabulary))
    if _ran_together(atoms):
        return lost_table(spec, layout, found=True, reason=RAN_TOGETHER, location=location)
    if spec.key == "disputes":
        return _read_disputes(spec, layout, atoms, lines, location)
    open_rows = _follow(atoms, known_rows, vocabulary)
    if not open_rows:
        return lost_table(spec, layout, found=True, reason=LOST_ROW, location=location)
    in_order = _in_order(open_rows, known_rows) and not _values_before_labels(atoms)
    rows: list[FoundRow] = []
    anchored = in_order
    for row in open_rows:
        found = _found_row(row, spec, open_rows, lines)
        if _on_label_line(row):
            anchored = in_order
        elif not anchored:
            found = replace(found, values=tuple(replace(value, lost=OUT_OF_ORDER) for value in found.values))
        if any(value.lost for value in found.values):
            anchored = False
        rows.append(found)
    if not in_order:
        order = {row.key: index for index, row in enumerate(known_rows)}
        rows.sort(key=lambda row: order[row.key or ""])
    return assemble(spec, layout, rows, (), {}, location)


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


def _on_label_line(row: OpenRow) -> bool:
    """Whether the row's values stand on a line of its own label, which ties them to it."""
    lines = {value.line for value in row.values}
    return bool(lines) and lines <= set(row.label_lines)


def ran_together(piece: Piece) -> bool:
    """Whether the figures of the piece's cells stand without a boundary between them."""
    return bool(piece.lines) and _ran_together(list(_atoms(piece.lines, _vocabulary(piece.table))))


def _ran_together(atoms: Sequence[Atom]) -> bool:
    return any(atom.kind == "value" and re.match(r"0\d", atom.text) for atom in atoms)


def _follow(atoms: Sequence[Atom], known_rows: Sequence[LineSpec], vocabulary: Vocabulary) -> list[OpenRow]:
    rows: list[OpenRow] = []
    for atom in atoms:
        current = rows[-1] if rows else None
        if atom.kind == "label":
            rows.append(_start(atom, vocabulary.rows[atom.text], len(atom.text), "exact"))
        elif atom.kind == "value":
            if current is not None:
                current.values.append(atom)
        elif atom.kind == "fragment":
            _take_fragment(atom, rows, known_rows, vocabulary)
    return rows


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
        spec, wording, atom.text, match, atom.location, matched, [], False, (atom.line, atom.end), [atom.line]
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
            current.label_lines.append(atom.line)
            return
    if current is not None and current.values and _UNIT.fullmatch(text) and current.values[-1].line == atom.line:
        last = current.values[-1]
        current.values[-1] = replace(last, text=last.text + text, end=atom.end)
        return
    if len(text) >= 2:
        for wording, spec in vocabulary.rows.items():
            if wording.startswith(text) and (len(text) >= 3 or not ordinal(text)):
                rows.append(_start(atom, spec, len(text), "exact"))
                return
    if any(text in word for word in vocabulary.others):
        return
    if similar := _similar_row(text, known_rows, current):
        rows.append(_start(atom, similar, len(narrow(similar.label)), "similar"))
    elif current is not None:
        current.noise = True


def _similar_row(text: str, known_rows: Sequence[LineSpec], current: OpenRow | None) -> LineSpec | None:
    if len(text) < 4:
        return None
    numeral = ordinal(text)
    best = max(known_rows, key=lambda row: likeness(fold(text), fold(row.label)))
    if likeness(fold(text), fold(best.label)) < 0.7 or (numeral and numeral != ordinal(best.label)):
        return None
    return None if current is not None and best is current.spec else best


def _found_row(row: OpenRow, spec: TableSpec, rows: Sequence[OpenRow], lines: Sequence[Line]) -> FoundRow:
    try:
        columns = [column.key for column in spec.block_of(row.spec.key).columns]
    except KeyError:
        columns = [column.key for column in spec.blocks[0].columns] if len(spec.blocks) == 1 else []
    values = _values(row, columns, rows, lines)
    return FoundRow(row.spec.key, row.printed, row.match, values, 0, row.location)


def _values(
    row: OpenRow, columns: Sequence[str], rows: Sequence[OpenRow], lines: Sequence[Line]
) -> tuple[FoundValue, ...]:
    atoms = _with_signs(row.values, len(columns))
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


def _with_signs(atoms: Sequence[Atom], count: int) -> list[Atom]:
    """The values, a sign that stands apart joined to its figure where only that gives `count`."""
    if len(atoms) <= count:
        return list(atoms)
    joined: list[Atom] = []
    for atom in atoms:
        if joined and joined[-1].text in ("+", "-") and atom.line == joined[-1].line and atom.text[:1].isdigit():
            joined[-1] = replace(joined[-1], text=joined[-1].text + atom.text, end=atom.end)
        else:
            joined.append(atom)
    return joined if len(joined) == count else list(atoms)


def _read_disputes(
    spec: TableSpec, layout: Edition, atoms: Sequence[Atom], lines: Sequence[Line], location: Location
) -> StandardTable:
    columns = spec.blocks[0].columns
    values = [atom for atom in atoms if atom.kind == "value"]
    if len(values) != len(columns):
        reason = UNCERTAIN if values else NO_FIGURES
        return assemble_disputes(spec, layout, None, (), location, reason)
    found = tuple(
        FoundValue(column.key, _printed(atom, lines), atom.location)
        for column, atom in zip(columns, values, strict=True)
    )
    return assemble_disputes(spec, layout, FoundRow(None, "", None, found, 0, values[0].location), (), location)


