"""Markdown: pipe tables or inline HTML tables, headings with marks or in bold."""

from __future__ import annotations

from typing import Literal

from examples.generator.grids import Grid, table_grids
from examples.generator.html_table import table_html
from examples.generator.layout import Layout
from examples.generator.truth import Part, Prose, Truth
from examples.generator.wording import caption, closing_lines, title_lines

MarkdownKind = Literal["pipe", "pipe-repeated", "html"]
KINDS: tuple[MarkdownKind, ...] = ("pipe", "pipe-repeated", "html")


def to_markdown(truth: Truth, layout: Layout, kind: MarkdownKind | None = None) -> bytes:
    """The report as Markdown in UTF-8; the table form follows from the layout where not given."""
    form = kind or KINDS[layout.seed % len(KINDS)]
    lines = title_lines(truth, layout)
    out = [
        f"# {'<br>'.join(lines)}"
        if len(lines) == 2 and layout.seed % 2
        else "\n\n".join(f"# {x}" for x in lines)
    ]
    out += [_linked(text, truth) for text in truth.lead]
    for part in truth.sections:
        out += _part(part, truth, layout, form)
    out += closing_lines(truth)
    return ("\n\n".join(out) + "\n").encode()


def _linked(text: str, truth: Truth) -> str:
    shown, target = truth.link
    return text.replace(shown, f"[{shown}]({target})") if shown else text


def _part(part: Part, truth: Truth, layout: Layout, form: MarkdownKind) -> list[str]:
    out = [{"plain": "{}", "bold": "**{}**"}.get(layout.headings, "## {}").format(part.heading)]
    for item in part.body:
        if isinstance(item, Prose):
            subheading = item.role == "subheading" and layout.headings in {"style", "numbered"}
            out.append(f"### {item.text}" if subheading else item.text)
            continue
        out += caption(item.key, layout)
        if form == "html":
            out += [
                table_html(grid, layout, styled=False) for grid in table_grids(truth.tables[item.key], layout)
            ]
        else:
            repeated = form == "pipe-repeated"
            out += [
                _pipe_table(grid, repeated=repeated) for grid in table_grids(truth.tables[item.key], layout)
            ]
    return out


def _pipe_table(grid: Grid, *, repeated: bool) -> str:
    """A pipe table; covered positions are blank, or repeat the merged text."""
    slots = grid.slots()
    rows = []
    for row in range(grid.row_count):
        texts = []
        for column in range(grid.column_count):
            cell = slots[row, column]
            origin = (cell.row, cell.column) == (row, column)
            text = cell.text if origin or (repeated and cell.role != "value") else ""
            texts.append(text.replace("|", "\\|").replace("\n", "<br>"))
        rows.append(f"| {' | '.join(texts)} |")
    rows.insert(1, "|" + " --- |" * grid.column_count)
    return "\n".join(rows)
