"""Red seals taken off a coloured page, so that what they were put over can be read."""

from __future__ import annotations

from typing import Any

from linter.document.scanengine import Image

_REDDER = 40
"""How much more red than green or blue a dot of a seal is."""
_LEAST = 55.0
"""Points that a seal is at least wide and high: letterheads in red are lower, lines in red are thinner."""


def without_seals(colour: Any, scale: float) -> Image:
    """The grey picture of a page of colours (rows × columns × red, green, blue), without its seals.

    Where a seal covers print, the print is dark in the red of the picture and the seal is not.
    """
    import cv2
    import numpy

    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(colour, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(numpy.int16)
    reddish = (small[:, :, 0] - small[:, :, 1:].max(axis=2) > _REDDER).astype(numpy.uint8)
    if not reddish.any():
        return grey
    gap = max(3, round(1.5 * scale))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(cv2.dilate(reddish, numpy.ones((gap, gap))))
    for left, top, wide, high, _ in boxes[1:count].tolist():
        if min(wide, high) < _LEAST * scale / 4:
            continue
        area = numpy.s_[4 * top : 4 * (top + high), 4 * left : 4 * (left + wide)]
        dots, under = colour[area].astype(numpy.int16), grey[area]
        red = dots[:, :, 0]
        stamped = red - dots[:, :, 1:].min(axis=2) > _REDDER // 2
        if stamped.any():
            ground = float(numpy.percentile(red[stamped], 60))
            bright = numpy.clip(red * (255.0 / max(ground, 128.0)), 0, 255).astype(numpy.uint8)
            grey[area] = numpy.where(stamped, numpy.maximum(bright, under), under)
    return grey
