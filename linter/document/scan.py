"""Scanned pages and pictures → the pages of a Document, by recognition of characters.

Needs the extra `ocr`. A page's drawn lines become rulings and its text becomes characters with boxes;
from there on it is read like a page of a PDF.
"""

from __future__ import annotations

import ctypes
import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from linter.document.geometry import Ruling
from linter.document.model import Document, Unreadable
from linter.document.paged import ReadPage, paged_document, text_page, unread_page
from linter.document.scanengine import Image, require
from linter.document.scanpicture import even
from linter.document.scantext import PageText, page_text

_POINTS = 72.0
_RESOLUTION = 170.0
"""Dots an inch at which pages are recognised: finer scans are reduced to it."""
_SHORT_SIDE = 595.0
"""Points of the short side of A4, for pictures that do not say how large they are."""
_MOST_PIXELS = 80_000_000
_MOST_SIDE = 4_000.0
_LEAST_SIDE = 12
"""Pixels of the shorter side below which no character fits in."""
MOST_PAGES = 200


_READABLE = 0.6
"""How sure the recognition of a page that stands upright is at least, on the whole."""


def recognised_page(number: int, picture: Image, width: float, height: float) -> ReadPage | None:
    """A page from its grey picture, None where it shows no text; `width` and `height` are its size in
    points. A page that lies on its side or upside down is turned."""
    import numpy

    if min(picture.shape) < _LEAST_SIDE:
        return None
    best, turns = _read(picture, width), 0
    if best.text.chars and best.text.sure < _READABLE:
        for turn in (2, 1, 3):
            turned = _read(numpy.rot90(picture, turn).copy(), width if turn == 2 else height)
            if turned.text.sure > max(best.text.sure, _READABLE):
                best, turns = turned, turn
    if not best.text.chars:
        return None
    if turns % 2:
        width, height = height, width
    page = text_page(number, width, height, best.text.chars, best.rulings)
    return replace(page, state="recognised")


class _Reading(NamedTuple):
    """What a picture shows, held one way."""

    text: PageText
    rulings: tuple[Ruling, ...]


def _read(picture: Image, width: float) -> _Reading:
    page = even(picture, picture.shape[1] / width)
    return _Reading(page_text(page), page.rulings)


# --- pages of a PDF ----------------------------------------------------------------------------


def recognised_pdf_page(page: Any, number: int) -> ReadPage | None:
    """An open page of a PDF that shows a scan."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
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
        if total > MOST_PAGES:
            break
        page = recognised_page(total, picture, width, height)
        pages.append(page or unread_page(total, width, height, "blank"))
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
                    with _libraries_silent():
                        frame.load()
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


@contextmanager
def _libraries_silent() -> Iterator[None]:
    """Keeps what the C library of TIFF says of broken data, past Python, from the error output."""
    try:
        kept = os.dup(2)
    except OSError:  # the process has no error output
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


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
