"""The characters of a scanned page: those in the cells of its tables, and the lines outside them.

A cell with ink is recognised by itself, line by line; a cell without ink is blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from linter.document.geometry import Char, is_wide
from linter.document.paged import UNRECOGNISED
from linter.document.scandoubt import doubtful_strips
from linter.document.scanengine import Glyph, recognise
from linter.document.scanpicture import Even
from linter.document.scanstrips import Inked, Strip, cut_out, room

_ROOM = 0.22
_SAMPLE = 6
"""Lines by which it is told whether a page stands upright."""
_READABLE = 0.8
"""How sure the words of a page that stands upright are at least: upside down they are 0.5 to 0.65."""


def legible(page: Even, inked: Inked) -> float:
    """How surely the longest lines of a page are words: 0 to 1."""
    sample = sorted(inked.strips, key=lambda strip: strip.width, reverse=True)[:_SAMPLE]
    read = recognise([cut_out(page.picture, strip, inked.usual, _ROOM) for strip in sample])
    words = [glyph.sure for glyphs in read for glyph in glyphs if is_wide(glyph.text)]
    # Lines of which next to nothing is read are no words either.
    return sum(words) / max(len(words), len(sample))


def is_legible(sure: float) -> bool:
    """Whether a page that is legible to this degree is read the right way up."""
    return sure >= _READABLE


def page_text(page: Even, inked: Inked, *, sure: bool) -> list[Char]:
    """What is printed on a page, in points, in reading order within each cell and line; all doubtful
    where it is not `sure` that the page was held the right way up."""
    strips, usual = inked.strips, inked.usual
    read = recognise([cut_out(page.picture, strip, usual, _ROOM) for strip in strips])
    marked, filled = ({strip.cell for strip in some} for some in (inked.marks, strips))
    doubtful = doubtful_strips(page, inked, read)
    chars = [
        char
        for strip, glyphs, doubt in zip(strips, read, doubtful, strict=True)
        for char in _placed(
            glyphs,
            strip,
            page.scale,
            usual,
            doubtful=not sure or doubt or strip.cell in marked - {-1},
        )
    ]
    return chars + [
        _unknown(strip, page.scale) for strip in inked.marks if strip.cell >= 0 and strip.cell not in filled
    ]


def _unknown(strip: Strip, scale: float) -> Char:
    left, top, right, bottom = (value / scale for value in strip.box)
    return Char(UNRECOGNISED, left, top, right, bottom, True)


def _placed(
    glyphs: Sequence[Glyph], strip: Strip, scale: float, usual: float, *, doubtful: bool
) -> Iterator[Char]:
    """The characters of a line with their boxes; neighbours share a border, where no blank is between."""
    if not glyphs:
        if strip.cell >= 0:
            yield _unknown(strip, scale)
        return
    high = float(strip.height)
    if any(is_wide(glyph.text) for glyph in glyphs):
        em = max(high / 0.94, 0.8 * usual if high < 0.5 * usual else 0.0)
    else:
        em = max(high / 0.74, 0.8 * usual if high < 0.4 * usual else 0.0)
    middle = (strip.box.top + strip.box.bottom) / 2
    beside = room(strip, usual, _ROOM)[0]
    wide = strip.width + 2 * beside
    spots = [
        (glyph.text, strip.box.left - beside + glyph.middle * wide, em / 2 if is_wide(glyph.text) else em / 4)
        for index, glyph in enumerate(glyphs)
        if not (glyph.text == " " and _between_digits(glyphs, index))
    ]
    borders = []
    for (text, at, half), (following, then, other) in pairwise(spots):
        near = 1.3 * em if text.isdigit() and following.isdigit() else 1.7 * (half + other)
        apart = then - at > near or " " in (text, following)
        borders.append((at + half, then - other) if apart else ((at + then) / 2,) * 2)
    lefts = [spots[0][1] - spots[0][2], *(border[1] for border in borders)]
    rights = [*(border[0] for border in borders), spots[-1][1] + spots[-1][2]]
    for (text, at, _), left, right in zip(spots, lefts, rights, strict=True):
        if text != " ":
            yield Char(
                text,
                left / scale,
                (middle - em / 2) / scale,
                max(right, at + 0.1 * em) / scale,
                (middle + em / 2) / scale,
                doubtful,
            )


def _between_digits(glyphs: Sequence[Glyph], index: int) -> bool:
    around = (*glyphs[max(0, index - 1) : index], *glyphs[index + 1 : index + 2])
    return len(around) == 2 and all(glyph.text.isdigit() for glyph in around)
