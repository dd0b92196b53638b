"""Text lines of a standard table cut into atoms: labels of the norm, values, and fragments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from linter.document.model import Line, Location
from linter.report.model import State
from linter.report.norm import TABLE_EDITIONS, LineSpec, table_spec
from linter.report.tables.labels import compact, fold
from linter.report.tables.values import read_value

_NARROW = str.maketrans("０１２３４５６７８９（）．，：；／＋－", "0123456789().,:;/+-", "“”\"'‘’「」")


Kind = Literal["label", "word", "value", "fragment"]
_QUOTE = "\ue000"


def narrow(text: str) -> str:
    """The text without blanks and quotation marks, full-width signs made narrow."""
    return re.sub(r"^(\d{1,2})、", r"\1.", narrowed(compact(text)))


def narrowed(text: str) -> str:
    """The text with full-width signs made narrow and quotation marks left out; blanks stay."""
    return text.translate(_NARROW)


class Vocabulary(NamedTuple):
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
def vocabulary_of(key: str) -> Vocabulary:
    """The words of the standard table `key`."""
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


class Atom(NamedTuple):
    """A label of the norm, a value, or a fragment of text, with its line and column (from 0)."""

    kind: Kind
    text: str
    line: int
    start: int
    end: int
    location: Location
    lines: tuple[int, ...]


# A label is broken into at most this many parts: one character a line.
_MOST_PARTS = 24


def read_atoms(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Atom]:
    """The atoms of the lines in reading order, labels broken over lines in one piece again."""
    return _rejoined(list(_cut(lines, vocabulary)), vocabulary)


def _cut(lines: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Atom]:
    for number, line in enumerate(lines):
        for chunk in re.finditer(r"[^\s\u00a0\u3000\u200b]+", line.text):
            yield from _chunk_atoms(chunk.group(), number, chunk.start(), line, vocabulary)


def _chunk_atoms(chunk: str, number: int, start: int, line: Line, vocabulary: Vocabulary) -> Iterator[Atom]:
    # One character in, one out, so that columns stay true; quotation marks are then left out.
    text = "".join(narrowed(character) or _QUOTE for character in chunk)
    places = [index for index, character in enumerate(text) if character != _QUOTE]
    bare = re.sub(r"(?<![\d.])(\d{1,2})、", r"\1.", text.replace(_QUOTE, ""))

    def atom(kind: Kind, begin: int, end: int) -> Atom:
        first, last = places[begin], places[end - 1] + 1
        where = line.location._replace(column=(line.location.column or 1) + start + first)
        return Atom(kind, bare[begin:end], number, start + first, start + last, where, (number,))

    done = 0
    for found in vocabulary.pattern.finditer(bare):
        for kind, begin, end in _residue(bare, done, found.start()):
            yield atom(kind, begin, end)
        yield atom("label" if found.group() in vocabulary.rows else "word", found.start(), found.end())
        done = found.end()
    for kind, begin, end in _residue(bare, done, len(bare)):
        yield atom(kind, begin, end)


def _residue(bare: str, begin: int, end: int) -> Iterator[tuple[Kind, int, int]]:
    """What stands between two labels of a chunk: a value, a fragment, or a value and a fragment."""
    text = bare[begin:end]
    if not text:
        return
    if read_value(text).state in (State.NUMBER, State.PLACEHOLDER) or text == "+":
        yield "value", begin, end
        return
    # A figure right behind a label is its value; one glued to other words is part of them.
    figure = re.match(r"[+-]?\d[\d,]*(?:\.\d+)?(?![.\d])", text) if begin else None
    middle = begin + (figure.end() if figure else 0)
    if middle > begin:
        yield "value", begin, middle
    if middle < end:
        yield "fragment", middle, end


def _rejoined(atoms: Sequence[Atom], vocabulary: Vocabulary) -> list[Atom]:
    joined: list[Atom] = []
    index = 0
    while index < len(atoms):
        end = _end_of_label(atoms, index, vocabulary)
        run = atoms[index:end]
        if len(run) > 1:
            text = "".join(atom.text for atom in run)
            kind: Kind = "label" if text in vocabulary.rows else "word"
            lines = tuple(line for atom in run for line in atom.lines)
            joined.append(run[0]._replace(kind=kind, text=text, end=run[-1].end, lines=lines))
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
