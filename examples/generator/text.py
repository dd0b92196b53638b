"""Plain text, as people copy it out of Word files, web pages and PDFs."""

from __future__ import annotations

import random
import re
from typing import Literal

from examples.generator.grids import Grid, GridCell, table_grids
from examples.generator.layout import Layout
from examples.generator.truth import Part, Prose, Truth
from examples.generator.wording import caption, closing_lines, title_lines

TextKind = Literal["tabs", "spaces", "cells", "pdf", "together", "bars", "repeated"]
KINDS: tuple[TextKind, ...] = ("tabs", "spaces", "cells", "pdf")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")


def to_text(truth: Truth, layout: Layout, kind: TextKind | None = None, encoding: str | None = None) -> bytes:
    """The report as plain text.

    `tabs`: a table row a line. `spaces`: values of a row on one line, long labels broken over
    lines. `cells`: each cell a line. `pdf`: as `spaces`, prose broken to a fixed width, with page
    numbers and form feeds. `together`: the cells of a table run together, a blank between some.
    `bars`: cells parted by `|`. `repeated`: as `tabs`, a merged cell printed at every place it covers.
    """
    form = kind or KINDS[layout.seed % len(KINDS)]
    rng = random.Random(f"text {layout.seed} {form}")
    out = [*title_lines(truth, layout), "", *truth.lead]
    for part in truth.sections:
        out += _part(part, truth, layout, form, rng)
    out += ["", *closing_lines(truth)]
    lines = _paged(out, layout) if form == "pdf" else out
    return ("\n".join(lines) + "\n").encode(encoding or ENCODINGS[layout.seed // 4 % len(ENCODINGS)])


def _part(part: Part, truth: Truth, layout: Layout, form: TextKind, rng: random.Random) -> list[str]:
    out = ["", part.heading]
    for item in part.body:
        if isinstance(item, Prose):
            out.append(item.text)
            continue
        out += caption(item.key, layout)
        for grid in table_grids(truth.tables[item.key], layout):
            if form in ("tabs", "bars", "repeated"):
                rows = _rows(grid, repeated=form == "repeated")
                out += [" | ".join(row) if form == "bars" else "\t".join(row) for row in rows]
            elif form == "together":
                out.append("".join(_flat(cell.text) + " " * (rng.random() < 0.05) for cell in grid.cells))
            elif form == "cells":
                out += [line for cell in grid.cells if cell.text for line in cell.text.split("\n")]
            else:
                out += _spaced(grid, rng)
    return out


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _rows(grid: Grid, *, repeated: bool) -> list[list[str]]:
    """The fields of each row; places that a merged cell covers are empty, or repeat it."""
    slots = grid.slots()
    return [
        [
            _flat(slots[row, column].text)
            if repeated or (slots[row, column].row, slots[row, column].column) == (row, column)
            else ""
            for column in range(grid.column_count)
        ]
        for row in range(grid.row_count)
    ]


def _spaced(grid: Grid, rng: random.Random) -> list[str]:
    """Rows as a PDF viewer copies them: merged labels first, long labels broken, values on a line."""
    out: list[str] = []
    for row in range(grid.row_count):
        cells = [cell for cell in grid.cells if cell.row == row]
        values = [cell.text for cell in cells if cell.role == "value"]
        labels = [cell for cell in cells if cell.role != "value" and cell.text]
        if not values:
            out += _header_lines(labels, rng)
            continue
        for cell in labels[:-1]:
            out += _broken(_flat(cell.text), 4, rng)
        last = _broken(_flat(labels[-1].text), 14, rng) if labels else []
        figures = " ".join(values)
        if last and len(last) == 1:
            out.append(f"{last[0]} {figures}")
        elif last and rng.random() < 0.5:
            out += [*last[:-1], f"{last[-1]} {figures}"]
        else:
            out += [*last, figures]
    return out


def _header_lines(cells: list[GridCell], rng: random.Random) -> list[str]:
    if len(cells) > 1 and all(not cell.vertical for cell in cells):
        return [" ".join(_flat(cell.text) for cell in cells)]
    out: list[str] = []
    for cell in cells:
        out += _broken(_flat(cell.text), 2 if cell.vertical else 18, rng)
    return out


def _broken(text: str, width: int, rng: random.Random) -> list[str]:
    """`text` cut into lines of about `width` characters."""
    lines = [text[start : start + width] for start in range(0, len(text), width)] or [text]
    return [line.strip() for line in lines if line.strip()]


def _paged(lines: list[str], layout: Layout) -> list[str]:
    """Prose in lines of about 38 characters, 40 to a page, with page numbers and form feeds."""
    short = [piece for line in lines for piece in _wrapped(line, 38)]
    out: list[str] = []
    for page, start in enumerate(range(0, len(short), 40), 1):
        body = short[start : start + 40]
        if start:
            body[0] = "\f" + body[0]
        number = {"none": [], "dashes": [f"- {page} -"], "plain": [str(page)]}[layout.page_numbers]
        out += [*body, *number]
    return out


def _wrapped(text: str, width: int) -> list[str]:
    """Prose cut into lines; figures, addresses and rows of a table stay whole."""
    if re.search(r"\d[ ]\d", text):
        return [text]
    lines = [""]
    for piece in re.findall(r"(?:[A-Za-z0-9./:@+-]+|.)[。，、；：）”]*", text):
        if len(lines[-1]) + len(piece) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return lines
