"""What befalls scans: seals over figures, shadows, strong packing, pages that lie the wrong way."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from examples.generator.scan import pictures_as_pdf, scanned_pages


def worn_scan_of(pdf: bytes, seed: int, manner: str) -> bytes:
    """A PDF of the scanned pages of `pdf`, worn in one of the ways of `WEARS`. Raises Absent."""
    dots = 200 if manner == "200-dots" else 150
    wear = WEARS[manner]
    pages = [wear(page, seed + index) for index, page in enumerate(scanned_pages(pdf, seed, dots))]
    return pictures_as_pdf(pages, dots)


def _packed_again(page: Any, quality: int) -> Any:
    from PIL import Image

    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=quality)
    return Image.open(packed)


def _as_it_is(page: Any, seed: int) -> Any:
    del seed
    return page


def _strongly_packed(page: Any, seed: int) -> Any:
    return _packed_again(page, 25 + seed % 3 * 5)


def _on_grey(page: Any, seed: int) -> Any:
    """Grey paper, darker towards one edge, as copied from a thick volume."""
    import numpy
    from PIL import Image

    grey = numpy.asarray(page.convert("L")).astype(numpy.float32)
    across = numpy.linspace(0.62, 0.82, grey.shape[1], dtype=numpy.float32)
    across = across if seed % 2 else across[::-1]
    return Image.fromarray((grey * across[None, :] + 8).clip(0, 255).astype(numpy.uint8))


def _sealed(page: Any, seed: int) -> Any:
    """A round red seal over some part of the page, in colour."""
    import numpy
    from PIL import Image, ImageDraw

    chance = numpy.random.default_rng(seed)
    paper = page.convert("RGB")
    seal = Image.new("RGB", paper.size, "white")
    draw = ImageDraw.Draw(seal)
    radius = round(0.12 * paper.width)
    x = int(chance.integers(radius, paper.width - radius))
    y = int(chance.integers(radius, paper.height - radius))
    red = (214, 52, 48)
    width = max(3, radius // 14)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=width)
    star = [
        (
            x + part * radius * float(numpy.sin(numpy.pi * turn / 5)),
            y - part * radius * float(numpy.cos(numpy.pi * turn / 5)),
        )
        for turn, part in enumerate([0.35, 0.14] * 5)
    ]
    draw.polygon(star, fill=red)
    for turn in range(-4, 5):  # the signs along the rim
        angle = 0.45 * turn
        px, py = x + 0.78 * radius * numpy.sin(angle), y - 0.78 * radius * numpy.cos(angle)
        size = radius // 9
        for step in (-size, 0, size):
            draw.line((px - size, py + step, px + size, py + step), fill=red, width=2)
        draw.line((px, py - size, px, py + size), fill=red, width=2)
    both = numpy.asarray(paper).astype(numpy.float32) * (numpy.asarray(seal) / 255.0)
    return _packed_again(Image.fromarray(both.clip(0, 255).astype(numpy.uint8)), 75)


def _turned(quarters: int) -> Callable[[Any, int], Any]:
    def turned(page: Any, seed: int) -> Any:
        del seed
        return page.rotate(90 * quarters, expand=True)

    return turned


WEARS: Mapping[str, Callable[[Any, int], Any]] = {
    "sealed": _sealed,
    "200-dots": _as_it_is,
    "strongly-packed": _strongly_packed,
    "on-grey": _on_grey,
    "upside-down": _turned(2),
    "on-its-side": _turned(1),
}
