"""Scanned pages and pictures → the pages of a Document, by recognition of characters.

Needs the extra `ocr`. A page's drawn lines become rulings and its text becomes characters with boxes;
from there on it is read like a page of a PDF.
"""

from __future__ import annotations

import ctypes
import io
import warnings
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from linter.document.model import Document, Unreadable
from linter.document.paged import ReadPage, paged_document, text_page, unread_page
from linter.document.scanengine import Image, require
from linter.document.scanpicture import even
from linter.document.scantext import page_chars

_POINTS = 72.0
_RESOLUTION = 170.0
"""Dots an inch at which pages are recognised: finer scans are reduced to it."""
_SHORT_SIDE = 595.0
"""Points of the short side of A4, for pictures that do not say how large they are."""
_MOST_PIXELS = 80_000_000
_MOST_SIDE = 4_000.0
MOST_PAGES = 200


def recognised_page(number: int, picture: Image, width: float, height: float) -> ReadPage:
    """A page from its grey picture; `width` and `height` are its size in points."""
    from dataclasses import replace

    page = even(picture, picture.shape[1] / width)
    chars = page_chars(page)
    if not chars and not page.rulings:
        return unread_page(number, width, height, "blank")
    return replace(text_page(number, width, height, chars, page.rulings), state="recognised")


# --- pages of a PDF ----------------------------------------------------------------------------


def recognised_pdf_page(page: Any, number: int, width: float, height: float) -> ReadPage:
    """An open page of a PDF that shows a scan."""
    return recognised_page(number, _rendered(page, width, height), width, height)


def _rendered(page: Any, width: float, height: float) -> Image:
    import numpy

    scale = min(_RESOLUTION / _POINTS, _MOST_SIDE / max(width, height))
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise Unreadable("PDF 页面过大，无法识别")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return numpy.frombuffer(data, numpy.uint8).reshape(high, stride)[:, :wide].copy()


# --- pictures ----------------------------------------------------------------------------------


def read_picture(data: bytes) -> Document:
    """Read a picture (PNG, JPEG, TIFF with its pages, BMP) of a report.

    Raises Unreadable where it is broken, too large or shows no text, or the extra is not installed.
    """
    require()
    pages = []
    total = 0
    for total, (picture, width, height) in enumerate(_pictures(data), start=1):
        if total <= MOST_PAGES:
            pages.append(recognised_page(total, picture, width, height))
    if not any(page.state == "recognised" for page in pages):
        raise Unreadable("图片中没有识别出文字")
    return paged_document("scan", pages, total=total)


def _pictures(data: bytes) -> Iterator[tuple[Image, float, float]]:
    """Each page of a picture file in grey, with its width and height in points."""
    import numpy
    from PIL import Image as Pillow
    from PIL import ImageOps, ImageSequence

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pillow.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP")) as file:
                for frame in ImageSequence.Iterator(file):
                    if frame.width * frame.height > _MOST_PIXELS:
                        raise Unreadable("图片过大，未读取")
                    if min(frame.size) < 50:
                        raise Unreadable("图片过小，不是一页文件")
                    dots = _dots(frame.info.get("dpi"), frame.size)
                    scale = min(1.0, _RESOLUTION / dots, _MOST_SIDE / max(frame.size))
                    upright = ImageOps.exif_transpose(_grey(frame))
                    width, height = (side * _POINTS / dots for side in upright.size)
                    size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
                    if scale < 1.0:
                        upright = upright.resize(size, Pillow.Resampling.BOX, reducing_gap=2.0)
                    yield numpy.asarray(upright), width, height
    except Unreadable:
        raise
    except Exception:  # Pillow's decoders raise errors of every kind on broken data
        raise Unreadable("图片已损坏，无法打开") from None


def _grey(frame: Any) -> Any:
    """The frame in grey, on white where it is transparent; 16 bits a dot are brought down to 8."""
    from PIL import Image as Pillow

    if frame.mode.startswith("I") or frame.mode == "F":
        frame = frame.convert("F").point(lambda value: value / 257.0).convert("L")
    elif "A" in frame.getbands() or "transparency" in frame.info:
        frame = frame.convert("RGBA")
        paper = Pillow.new("RGBA", frame.size, "white")
        frame = Pillow.alpha_composite(paper, frame)
    return frame.convert("L")


def _dots(stated: Any, size: tuple[int, int]) -> float:
    """Dots an inch: as stated, if that gives a page of a usual size; else as if the page were A4."""
    try:
        dots = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dots = 0.0
    if dots > 0 and 300 <= min(size) * _POINTS / dots <= 1300:
        return dots
    return min(size) * _POINTS / _SHORT_SIDE
