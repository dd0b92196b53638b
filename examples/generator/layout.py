"""How a report is laid out: every choice a writer may make, drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Literal

Borders = Literal[
    "full",
    "dotted",
    "dashed",
    "white",
    "horizontal",
    "vertical",
    "cells",
    "none",
    "outer",
    "zebra",
    "three-line",
]
HALF_RULED: tuple[Borders, ...] = ("dotted", "dashed", "white", "horizontal", "vertical", "cells")
UNRULED: tuple[Borders, ...] = ("none", "outer", "zebra", "three-line")


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout choices. Writers use those their format knows.

    `split_disclosure`: table 二 as one table, or one for each article. `groups`: merged group
    labels over their rows, or written again in every row, or only in the first. `stacked`: the
    label 三、本年度办理结果 as a row of its own. `vertical`: how narrow header labels run.
    `labels`: plain, with blanks between characters, or broken over lines. `brackets`/`point`:
    the style of （） and of `1.` in labels. `digits`: how figures are written. `continued`: table 三
    as one table, or cut in two by hand, the second part without or with the header. `caption`: a
    line with the unit above the tables of cases. `borders`: what is drawn between the cells of a
    table ("white" lines on coloured cells, "cells" coloured and without lines, "zebra" every other
    row coloured); `align` and `valign`: where figures stand in their cells. `line`: how thick the
    lines of tables are, in eighths of a point; `padding`: between a cell's border and its text, in
    twips; `value_width`: of a column of figures in table 三, as `widths` of labels.
    """

    seed: int
    split_disclosure: bool
    groups: Literal["merged", "repeated", "first"]
    stacked: bool
    vertical: Literal["none", "breaks", "narrow", "tbrl"]
    labels: Literal["plain", "spaced", "broken"]
    brackets: Literal["full", "half"]
    point: Literal[".", "、", "．"]
    digits: Literal["plain", "full-width", "thousands"]
    headings: Literal["plain", "bold", "style", "numbered"]
    title_lines: Literal[1, 2]
    repeat_header: bool
    landscape: bool
    row_height: int
    font: str
    latin: str
    size: int
    page: Literal["A4", "Letter", "A3", "16K"]
    margins: int
    widths: tuple[int, int, int]
    page_numbers: Literal["none", "dashes", "plain"]
    extras: frozenset[str]
    continued: Literal["no", "bare", "headed"]
    caption: bool
    borders: Borders = "full"
    align: Literal["center", "right", "left"] = "center"
    valign: Literal["center", "top"] = "center"
    line: int = 4
    padding: int = 40
    value_width: int = 90

    def figure(self, text: str) -> str:
        """A figure restyled: thousands separators or full-width digits."""
        if self.digits == "thousands":
            return _separated(text)
        if self.digits == "full-width":
            return text.translate(_FULL_WIDTH)
        return text


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC", "Noto Serif CJK TC")
LATIN_FONTS = ("Noto Serif CJK SC", "Liberation Serif", "Liberation Sans", "DejaVu Sans")

MORE_FONTS = (*FONTS, "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
"""A font that is not installed is replaced by one that is, by whoever prints."""

# Constructs of Word documents that simple readers drop; each is used only sometimes.
DOCX_EXTRAS = (
    "content-controls",
    "insertions",
    "deletions",
    "text-box-title",
    "split-runs",
    "grid-before",
    "hidden-text",
    "smart-tags",
    "cell-paragraphs",
    "field-link",
    "header-footer",
    "thin-columns",
)


def make_layout(seed: int) -> Layout:
    """The layout of `seed`: the same on every machine."""
    rng = random.Random(f"layout {seed}")
    return Layout(
        seed=seed,
        split_disclosure=rng.random() < 0.45,
        groups=rng.choices(("merged", "repeated", "first"), (7, 2, 1))[0],
        stacked=rng.random() < 0.08,
        vertical=rng.choice(("none", "breaks", "narrow", "tbrl")),
        labels=rng.choices(("plain", "spaced", "broken"), (6, 2, 2))[0],
        brackets=rng.choices(("full", "half"), (5, 1))[0],
        point=rng.choices((".", "、", "．"), (6, 2, 1))[0],
        digits=rng.choices(("plain", "full-width", "thousands"), (7, 1, 2))[0],
        headings=rng.choice(("plain", "bold", "style", "numbered")),
        title_lines=rng.choice((1, 1, 2)),
        repeat_header=rng.random() < 0.35,
        landscape=rng.random() < 0.2,
        row_height=rng.choice((0, 0, 340, 480, 640)),
        font=rng.choice(FONTS),
        latin=rng.choice(LATIN_FONTS),
        size=rng.choice((18, 20, 21, 24)),
        page=rng.choices(("A4", "Letter", "A3", "16K"), (7, 1, 1, 1))[0],
        margins=rng.choice((1000, 1440, 1700)),
        widths=(rng.randint(60, 110), rng.randint(110, 170), rng.randint(180, 320)),
        page_numbers=rng.choice(("none", "dashes", "plain")),
        extras=frozenset(extra for extra in DOCX_EXTRAS if rng.random() < 0.2),
        continued=rng.choices(("no", "bare", "headed"), (10, 1, 1))[0],
        caption=rng.random() < 0.15,
    )


def various(layout: Layout) -> Layout:
    """The layout with what else differs between producers: fonts, pages, lines, room in cells."""
    rng = random.Random(f"various {layout.seed}")
    return replace(
        layout,
        font=rng.choice(MORE_FONTS),
        page=rng.choices(("A4", "Letter", "A3", "16K"), (5, 2, 2, 2))[0],
        landscape=rng.random() < 0.35,
        line=rng.choice((2, 4, 4, 6, 8, 12)),
        padding=rng.choice((0, 20, 40, 40, 70, 108)),
        value_width=rng.choice((70, 90, 90, 110)),
    )


def half_ruled(layout: Layout) -> Layout:
    """The layout with tables that are ruled in part, or otherwise than with lines."""
    return replace(layout, borders=random.Random(f"half {layout.seed}").choice(HALF_RULED))


def unruled(layout: Layout) -> Layout:
    """The layout with tables without lines between their cells."""
    rng = random.Random(f"unruled {layout.seed}")
    return replace(
        layout,
        borders=rng.choice(UNRULED),
        align=rng.choices(("center", "right", "left"), (6, 2, 2))[0],
        valign=rng.choices(("center", "top"), (3, 1))[0],
    )


def _separated(text: str) -> str:
    """Thousands separators in the whole part of the figure that `text` holds."""
    start = next((i for i, char in enumerate(text) if char.isdigit()), None)
    if start is None:
        return text
    end = start
    while end < len(text) and text[end].isdigit():
        end += 1
    return f"{text[:start]}{int(text[start:end]):,}{text[end:]}"
