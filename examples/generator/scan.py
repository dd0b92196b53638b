"""Scans of synthetic reports: the pages of a PDF as pictures, turned a little, blurred, with grain."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from examples.generator.pdf import Absent


def scan_of(pdf: bytes, seed: int, dots: int = 150) -> bytes:
    """A PDF that holds nothing but the pictures of the pages of `pdf`. Raises Absent."""
    return pictures_as_pdf(list(scanned_pages(pdf, seed, dots)), dots)


def pictures_as_pdf(pages: Sequence[Any], dots: int) -> bytes:
    """A PDF with each Pillow picture as a page."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dots)
    return out.getvalue()


def scanned_pages(pdf: bytes, seed: int, dots: int = 150) -> Iterator[Any]:
    """Each page as a Pillow picture, as a scanner would give it: skew of up to 1.5°, blur, grain, a grey
    ground, and the traces of JPEG. Raises Absent."""
    if any(find_spec(name) is None for name in ("numpy", "cv2", "PIL")):
        raise Absent("the extra ocr is not installed")
    import cv2
    import numpy
    import pypdfium2
    from PIL import Image

    random = numpy.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    for index in range(len(document)):
        page = document[index].render(scale=dots / 72, grayscale=True).to_numpy().squeeze()
        page = cv2.GaussianBlur(page, (0, 0), random.uniform(0.4, 0.8)).astype(numpy.float32)
        height, width = page.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-1.5, 1.5), 1.0)
        page = cv2.warpAffine(page, turn, (width, height), borderValue=255)
        grain = random.normal(0.0, random.uniform(2.0, 8.0), page.shape)
        page = page * random.uniform(0.85, 1.0) + random.uniform(0.0, 10.0) + grain
        grey = numpy.clip(page, 0, 255).astype(numpy.uint8)
        packed = io.BytesIO()
        Image.fromarray(grey).save(packed, "JPEG", quality=int(random.integers(55, 86)))
        yield Image.open(packed)
