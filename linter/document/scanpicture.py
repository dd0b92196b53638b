"""The picture of a scanned page made even: white ground, level lines; what is ink, what is drawn.

`scale` is always the pixels of a point.
"""

from __future__ import annotations

from dataclasses import dataclass

from linter.document.geometry import Ruling
from linter.document.scanengine import Image
from linter.document.scanlines import drawn_lines

_MOST_TURN = 4.0
_FAINT = 205
_DARK = 165
_GAP, _LINE = 3.5, 30.0
"""Points: the gaps that are closed between characters, the length of what is a line then."""
_LARGE = 1.7
"""Points that no grain of the paper is large."""


@dataclass(frozen=True, slots=True)
class Even:
    """A page's picture on white ground with level lines.

    `drawn` marks the pixels of lines of tables, `ink` those of everything else that is printed;
    `turned` is the angle in degrees by which the picture was turned to be level.
    """

    picture: Image
    ink: Image
    rulings: tuple[Ruling, ...]
    scale: float
    turned: float


def even(picture: Image, scale: float) -> Even:
    """The page made even, its lines found and taken out of its ink."""
    import cv2
    import numpy

    white = _on_white(picture, scale)
    turned = _skew(white)
    if abs(turned) >= 0.03:
        white = _rotated(white, turned)
    smooth = cv2.GaussianBlur(white, (3, 3), 0)
    faint = (smooth < _FAINT).astype(numpy.uint8)
    rulings, drawn = drawn_lines(faint, scale)
    faint[drawn > 0] = 0
    ink = _printed(faint, smooth < _DARK, scale)
    clean = white.copy()
    clean[drawn > 0] = 255
    return Even(clean, ink, rulings, scale, turned)


def runs_down(page: Even) -> bool:
    """Whether more text runs from top to bottom than from left to right: the page lies on its side.

    Told by what lines the ink makes where small gaps are closed, since a character on its side can be read.
    """
    import cv2
    import numpy

    half = cv2.resize(page.ink * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (half > 60).astype(numpy.uint8)
    scale = page.scale / 2
    gap = max(3, round(_GAP * scale))

    def length(down: bool) -> float:
        kernel = numpy.ones((gap, 1) if down else (1, gap), numpy.uint8)
        stats = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel))[2][1:]
        along, across = (stats[:, 3], stats[:, 2]) if down else (stats[:, 2], stats[:, 3])
        lines = (along > 4 * across) & (along > _LINE * scale) & (across > 4 * scale)
        return float(along[lines].sum())

    return length(down=True) > length(down=False)


def _on_white(picture: Image, scale: float) -> Image:
    """The picture divided by its ground, so that shadows and shaded cells are white."""
    import cv2
    import numpy

    height, width = picture.shape
    small = cv2.resize(picture, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    size = max(3, round(5 * scale) | 1)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, numpy.ones((size, size), numpy.uint8))
    ground = cv2.GaussianBlur(ground, (0, 0), 0.6 * scale)
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(picture, numpy.maximum(ground, 60), scale=255.0)


def _printed(faint: Image, dark: Image, scale: float) -> Image:
    """The faint marks that are dark somewhere, or larger than grain: a thin dash is nowhere dark."""
    import cv2
    import numpy

    count, labels, stats, _ = cv2.connectedComponentsWithStats(faint)
    kept = numpy.zeros(count, numpy.uint8)
    kept[labels[dark]] = 1
    kept[stats[:, 2:4].max(axis=1) >= _LARGE * scale] = 1
    kept[0] = 0
    return kept[labels]


def _skew(picture: Image) -> float:
    """By how many degrees lines run down to the right: where rows are most unlike one another."""
    import cv2
    import numpy

    height, width = picture.shape
    factor = 900 / max(height, width)
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    dark = (255 - small).astype(numpy.float32)

    def contrast(angle: float) -> float:
        rows = _rotated(dark, angle, ground=0).sum(axis=1)
        return float((numpy.diff(rows) ** 2).sum())

    best = 0.0
    for step in (0.5, 0.1, 0.03):
        reach = _MOST_TURN if step == 0.5 else 5 * step
        count = round(reach / step)
        best = max((best + step * index for index in range(-count, count + 1)), key=contrast)
    return best if abs(best) < _MOST_TURN else 0.0


def _rotated(picture: Image, angle: float, ground: int = 255) -> Image:
    import cv2

    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(
        picture,
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=ground,
    )
