"""Scanned pages and pictures → the pages of a Document, by recognition of characters.

Needs the extra `ocr`. A page's drawn lines become rulings and its text becomes characters with boxes;
from there on it is read like a page of a PDF.
"""

from __future__ import annotations

import ctypes
import io
import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from linter.document.model import Document, Unreadable
from linter.document.paged import ReadPage, paged_document, text_page, unread_page
from linter.document.scanengine import Image, require
from linter.document.scanpicture import Even, even, runs_down
from linter.document.scanseal import without_seals
from linter.document.scanstrips import Inked, inked
from linter.document.scantext import is_legible, legible, page_text

_POINTS = 72.0
_RESOLUTION = 170.0
"""Dots an inch at which pages are recognised: finer scans are reduced to it."""
_SHORT_SIDE = 595.0
_LONG_SIDE = 842.0
"""Points of the sides of A4, for pictures that do not say how large they are."""
_MOST_PIXELS = 80_000_000
_MOST_SIDE = 4_000.0
_LEAST_SIDE = 12
"""Pixels of the shorter side below which no character fits in."""
MOST_PAGES = 200


def recognised_page(number: int, picture: Image, width: float, height: float) -> ReadPage | None:
    """A page from its grey picture, None where it shows no text; `width` and `height` are its size in
    points. A page that lies on its side or upside down is turned."""
    if min(picture.shape) < _LEAST_SIDE:
        return None
    held = _held_upright(picture, width, height)
    if held is None:
        return None
    chars = page_text(held.page, held.inked, sure=is_legible(held.legible))
    if not chars:
        return None
    page = text_page(number, held.width, held.height, chars, held.page.rulings)
    return replace(page, state="recognised")


class _Held(NamedTuple):
    """A page's picture held one way, with its size in points and how legible it is so."""

    page: Even
    inked: Inked
    width: float
    height: float
    legible: float


def _held_upright(picture: Image, width: float, height: float) -> _Held | None:
    """The picture held as it is most legible, None where nothing is on it."""
    page = even(picture, picture.shape[1] / width)
    best: _Held | None = None
    for turns in (3, 1) if runs_down(page) else (0, 2):
        held = _held(picture, width, height, turns) if turns else _inked(page, width, height)
        if best is None or held.legible > best.legible:
            best = held
        if not best.inked.strips or is_legible(best.legible):
            break
    return best


def _held(picture: Image, width: float, height: float, turns: int) -> _Held:
    """The picture turned by so many quarters to the left."""
    import numpy

    if turns % 2:
        width, height = height, width
    turned = numpy.rot90(picture, turns).copy()
    return _inked(even(turned, turned.shape[1] / width), width, height)


def _inked(page: Even, width: float, height: float) -> _Held:
    ink = inked(page)
    return _Held(page, ink, width, height, legible(page, ink) if ink.strips else 0.0)


# --- pages of a PDF ----------------------------------------------------------------------------


def recognised_pdf_page(page: Any, number: int) -> ReadPage | None:
    """An open page of a PDF that shows a scan."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return recognised_page(number, _rendered(page, width, height), width, height)


def _rendered(page: Any, width: float, height: float) -> Image:
    import numpy

    scale = min(_RESOLUTION / _POINTS, _MOST_SIDE / max(width, height))
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise Unreadable("PDF 页面过大，无法识别")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    rows = numpy.frombuffer(data, numpy.uint8).reshape(high, stride)
    return without_seals(rows[:, : 3 * wide].reshape(high, wide, 3), scale)


# --- pictures ----------------------------------------------------------------------------------


def read_picture(data: bytes) -> Document:
    """Read a picture (PNG, JPEG, TIFF with its pages, BMP) of a report.

    Raises Unreadable where it is broken, too large or shows no text, or the extra is not installed.
    """
    return read_pictures([data])


def read_pictures(files: Iterable[bytes]) -> Document:
    """Read pictures that are the pages of one report, in their order. Raises Unreadable as `read_picture`."""
    require()
    pages = []
    total = 0
    shown = (page for data in files for page in _pictures(data))
    for total, (picture, width, height) in enumerate(shown, start=1):
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
                    upright = ImageOps.exif_transpose(_flat(frame))
                    width, height = (side * _POINTS / dots for side in upright.size)
                    size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
                    if scale < 1.0:
                        upright = upright.resize(size, Pillow.Resampling.BOX, reducing_gap=2.0)
                    shown = numpy.asarray(upright)
                    if shown.ndim == 3:
                        shown = without_seals(shown, upright.width / width)
                    yield shown, width, height
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


def _flat(frame: Any) -> Any:
    """The frame in colours or in grey, on white where it is transparent; 16 bits a dot are brought to 8."""
    from PIL import Image as Pillow

    if frame.mode.startswith("I") or frame.mode == "F":
        frame = frame.convert("F").point(lambda value: value / 257.0).convert("L")
    elif "A" in frame.getbands() or "transparency" in frame.info:
        frame = frame.convert("RGBA")
        paper = Pillow.new("RGBA", frame.size, "white")
        frame = Pillow.alpha_composite(paper, frame)
    return frame.convert("L" if frame.mode in {"1", "L", "LA"} else "RGB")


def _dots(stated: Any, size: tuple[int, int]) -> float:
    """Dots an inch: as stated, if that gives a page of a usual size; else as if the page were A4."""
    try:
        dots = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dots = 0.0
    if dots > 0 and 300 <= min(size) * _POINTS / dots <= 1300:
        return dots
    width, height = size
    if width > 1.6 * height:  # a part of a page, cut from it in its whole width
        return width * _POINTS / _LONG_SIDE
    return min(size) * _POINTS / _SHORT_SIDE
