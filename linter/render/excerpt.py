"""Text for terminals: the width of East-Asian characters, line breaking, aligned columns, underlining.

The width of a character is that of a terminal with narrow ambiguous characters (the default of
Windows Terminal, GNOME and macOS); nothing ambiguous is put left of a mark by this module itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# A line does not begin with these, nor end with those.
_NO_BEGIN = frozenset("，。、；：？！）〕】》”’％%,.;:?!)]}")
_NO_END = frozenset("（〔【《“‘([{")
_ATOM = r"(?s:[A-Za-z0-9_./:@#+\-]+|\s+|.)"
# Control characters and direction overrides, by which a document could write on the terminal.
_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"


def harmless(text: str) -> str:
    """`text` on one line and without what a terminal might obey."""
    if text.isprintable():
        return text
    return re.sub(_CONTROL, "", re.sub(r"[\r\n\t]", " ", text))


def plain(text: str) -> str:
    """The same, with white space folded."""
    return " ".join(harmless(text).split())


def character_width(character: str) -> int:
    """The columns that one character takes: 0, 1 or 2."""
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """The columns that `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(character_width, text))


def pad(text: str, columns: int) -> str:
    """`text` with spaces after it up to `columns`."""
    return text + " " * (columns - width(text))


def pad_left(text: str, columns: int) -> str:
    """`text` with spaces before it up to `columns`."""
    return " " * (columns - width(text)) + text


def shorten(text: str, columns: int) -> str:
    """`text` cut to at most `columns`, with … where something was cut."""
    if width(text) <= columns:
        return text
    taken, used = [], 1
    for character in text:
        used += character_width(character)
        if used > columns:
            break
        taken.append(character)
    return "".join(taken) + "…"


def wrap(text: str, columns: int) -> list[str]:
    """`text` broken into lines of at most `columns`; closing punctuation never begins a line.

    Words of Latin letters and figures stay whole unless longer than a line.
    """
    columns = max(columns, 8)
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for atom in _atoms(text, columns):
        size = width(atom)
        if used + size > columns and line:
            carried = _carried(line, atom)
            rest = line[: len(line) - len(carried)]
            if rest:
                lines.append("".join(rest).rstrip())
                line = carried
            else:
                lines.append("".join(line).rstrip())
                line = []
            used = width("".join(line))
        if atom.isspace() and not line:
            continue
        line.append(atom)
        used += size
    if line:
        lines.append("".join(line).rstrip())
    return lines or [""]


def _atoms(text: str, columns: int) -> list[str]:
    atoms: list[str] = []
    for match in re.finditer(_ATOM, text):
        atom = match.group()
        atoms.extend(atom[start : start + columns] for start in range(0, len(atom), columns))
    return atoms


def _carried(line: Sequence[str], following: str) -> list[str]:
    """The end of `line` that must move to the next line together with `following`."""
    count = 0
    if following[0] in _NO_BEGIN:
        count = 1
        while count < min(len(line), 3) and line[-count][0] in _NO_BEGIN:
            count += 1
    while count < len(line) and line[-count - 1] in _NO_END:
        count += 1
    return list(line[len(line) - count :])


def underlined(text: str, marked: Sequence[str], columns: int) -> list[str]:
    """`text` in lines of at most `columns`, each with a line of ^ below the words of `marked` in it.

    Words which `text` does not contain are passed over; long text is cut around the first of them.
    """
    spans = [span for word in marked if word for span in _spans(text, word)]
    if spans and width(text) > columns * 3:
        start = max(0, min(spans)[0] - columns // 2)
        end = min(len(text), start + columns)
        before, after = ("…" if start else ""), ("…" if end < len(text) else "")
        shift = len(before) - start
        text = before + text[start:end] + after
        spans = [(low + shift, high + shift) for low, high in spans if start <= low and high <= end]
    elif width(text) > columns * 3:
        text = shorten(text, columns * 3)
    result: list[str] = []
    position = 0
    for line in wrap(text, columns):
        start = text.index(line, position) if line in text[position:] else position
        position = start + len(line)
        result.append(line)
        marks = _marks(line, start, spans)
        if marks:
            result.append(marks)
    return result


def _spans(text: str, word: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in re.finditer(re.escape(word), text)]


def _marks(line: str, start: int, spans: Sequence[tuple[int, int]]) -> str:
    marks = "".join(
        ("^" if any(low <= start + index < high for low, high in spans) else " ") * character_width(character)
        for index, character in enumerate(line)
    )
    return marks.rstrip()


def aligned(header: Sequence[str], row: Sequence[str], marked: Sequence[bool], columns: int) -> list[str]:
    """A header line, a table row and a line of ^ below its marked cells, in aligned columns.

    The first column is a label, cut where needed; long headers break into several lines. Empty
    where it cannot be brought into `columns`.
    """
    for limit in (14, 8, 6):
        heads = [wrap(text, limit) if width(text) > limit else [text] for text in header]
        sizes = [
            max(*(width(part) for part in head), width(cell))
            for head, cell in zip(heads[1:], row[1:], strict=True)
        ]
        label = min(width(row[0]), max(12, columns - sum(sizes) - 2 * len(sizes)))
        if label + sum(sizes) + 2 * len(sizes) <= columns:
            return _aligned(heads, row, marked, [label, *sizes])
    return []


def _aligned(
    heads: Sequence[Sequence[str]], row: Sequence[str], marked: Sequence[bool], sizes: Sequence[int]
) -> list[str]:
    height = max(len(head) for head in heads[1:])
    lines = []
    for level in range(height):
        parts = [
            head[level - height + len(head)] if level >= height - len(head) else "" for head in heads[1:]
        ]
        cells = [" " * sizes[0], *(pad_left(p, s) for p, s in zip(parts, sizes[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    cells = [
        pad(shorten(row[0], sizes[0]), sizes[0]),
        *(pad_left(cell, size) for cell, size in zip(row[1:], sizes[1:], strict=True)),
    ]
    lines.append("  ".join(cells).rstrip())
    marks = [
        pad_left("^" * max(width(cell), 1), size) if mark else " " * size
        for cell, mark, size in zip(row, marked, sizes, strict=True)
    ]
    if any(marked):
        lines.append("  ".join(marks).rstrip())
    return lines
