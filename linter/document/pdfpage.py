"""One page of a PDF through pdfium's C calls: characters, drawn lines, pictures, links.

Everything comes out in points from the upper left corner of the page as it is shown, turned pages
included. pdfium is not thread safe: one thread at a time, parallel work in processes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from linter.document.affine import IDENTITY, Matrix, moved, product
from linter.document.geometry import THIN, Box, Char, Ruling, rectangle
from linter.document.pdfchars import read_chars, settled

MOST_OBJECTS = 60_000
MOST_LINKS = 1_000
_DEEPEST_FORM = 6


_PAGE_MARGIN = 50.0
"""Nearer than this to the upper or lower edge, drawings are checked for what the page shows of them."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link area and the address it leads to."""

    target: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """What one page shows. `chars` are in the order of the file, blanks of the file included.

    `objects` counts what is drawn (text, pictures, lines), `capped` tells that there was more than
    is read, `fills` are areas filled with a colour, `hidden_text` that the text is not seen: an
    invisible layer, or covered by a picture, as on scans with text recognition.
    """

    number: int
    width: float
    height: float
    chars: list[Char]
    rulings: list[Ruling]
    fills: list[Box]
    pictures: list[Box]
    links: list[PageLink]
    objects: int
    capped: bool
    hidden_text: bool


def read_page(document: Any, page: Any, number: int) -> Page:
    """Read an open page. The caller opens and closes it."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    raw_chars, capped, upright = read_chars(page)
    turns = pdfium.FPDFPage_GetRotation(page) if upright is None else upright
    place = _placer(bounds.left, bounds.bottom, bounds.right, bounds.top, turns)
    flat = (bounds.right - bounds.left, bounds.top - bounds.bottom)
    width, height = flat if turns % 2 == 0 else flat[::-1]
    drawing = _Drawing(place, (bounds.left, bounds.bottom, bounds.right, bounds.top))
    drawing.read(page)
    if turns == 0:
        x0, y0 = bounds.left, bounds.top
        shown = [(t, a - x0, y0 - d, c - x0, y0 - b, x - x0, y0 - y) for t, a, b, c, d, x, y in raw_chars]
    else:
        shown = [(t, *place(a, b, c, d), *place(x, y, x, y)[:2]) for t, a, b, c, d, x, y in raw_chars]
    chars = settled(shown, width, height)
    return Page(
        number,
        width,
        height,
        chars,
        drawing.rulings,
        drawing.fills,
        drawing.pictures,
        list(_links(document, page, place)),
        drawing.count,
        capped or drawing.capped,
        (drawing.hidden > 0 and drawing.shown == 0) or drawing.covered,
    )


_Placer: TypeAlias = Callable[[float, float, float, float], Box]


def _placer(left: float, bottom: float, right: float, top: float, turns: int) -> _Placer:
    """PDF box (left, bottom, right, top) → box on the shown page, turned clockwise `turns` times."""
    if turns == 0:
        return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)
    if turns == 1:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turns == 2:
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)


def on_paper(page: Any) -> _Placer:
    """The way back: a box (left, top, right, bottom) on the shown page → (left, bottom, right, top) in the
    coordinates of the file, for an open page."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    upright = read_chars(page)[2]
    turns = pdfium.FPDFPage_GetRotation(page) if upright is None else upright
    left, bottom, right, top = bounds.left, bounds.bottom, bounds.right, bounds.top
    if turns == 0:
        return lambda x0, y0, x1, y1: (left + x0, top - y1, left + x1, top - y0)
    if turns == 1:
        return lambda x0, y0, x1, y1: (left + y0, bottom + x0, left + y1, bottom + x1)
    if turns == 2:
        return lambda x0, y0, x1, y1: (right - x1, bottom + y0, right - x0, bottom + y1)
    return lambda x0, y0, x1, y1: (right - y1, top - x1, right - y0, top - x0)


# --- drawings ----------------------------------------------------------------------------------


class _Drawing:
    """Collects rulings and pictures of a page, descending into form objects."""

    def __init__(self, place: _Placer, page: Box) -> None:
        self.place = place
        self.page = page
        self.rulings: list[Ruling] = []
        self.fills: list[Box] = []
        self.pictures: list[Box] = []
        self.count = 0
        self.capped = False
        self.hidden = 0
        self.shown = 0
        self.covered = False
        self._bounds = [ctypes.c_float() for _ in range(4)]
        self._fill = ctypes.c_int()
        self._stroke = ctypes.c_int()

    def read(self, page: Any) -> None:
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            if self.count >= MOST_OBJECTS:
                self.capped = True
                return
            self._read_object(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)

    def _read_object(self, item: Any, outer: Matrix, depth: int) -> None:
        self.count += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.covered = False
            if self.count < 50:
                hidden = pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
                self.hidden += hidden
                self.shown += not hidden
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._read_path(item, outer)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            self._read_picture(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = product(_matrix(item), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                if self.count >= MOST_OBJECTS:
                    self.capped = True
                    return
                self._read_object(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _box(self, item: Any, outer: Matrix) -> Box | None:
        left, bottom, right, top = self._bounds
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return None
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if outer is IDENTITY:
            low, high = self.page[1] + _PAGE_MARGIN, self.page[3] - _PAGE_MARGIN
            if y0 < low or y1 > high:
                x0, y0, x1, y1 = self._clipped(item, (x0, y0, x1, y1))
                if x0 > x1 or y0 > y1:
                    return None
        return self._placed(x0, y0, x1, y1, outer)

    def _clipped(self, item: Any, box: Box) -> Box:
        """What is seen of a box: browsers draw a cell cut by a page end far over it, and clip."""
        x0, y0, x1, y1 = box
        left, bottom, right, top = self.page
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        x, y = ctypes.c_float(), ctypes.c_float()
        for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), 16) if clip else 0):
            points = []
            for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), 16)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
                pdfium.FPDFPathSegment_GetPoint(segment, x, y)
                points.append((x.value, y.value))
            if points:
                left, right = max(left, min(x for x, _ in points)), min(right, max(x for x, _ in points))
                bottom, top = max(bottom, min(y for _, y in points)), min(top, max(y for _, y in points))
        return max(x0, left), max(y0, bottom), min(x1, right), min(y1, top)

    def _placed(self, x0: float, y0: float, x1: float, y1: float, outer: Matrix) -> Box:
        if outer is not IDENTITY:
            corners = [moved(x, y, outer) for x in (x0, x1) for y in (y0, y1)]
            x0, x1 = min(x for x, _ in corners), max(x for x, _ in corners)
            y0, y1 = min(y for _, y in corners), max(y for _, y in corners)
        return self.place(x0, y0, x1, y1)

    def _read_picture(self, item: Any, outer: Matrix) -> None:
        box = self._box(item, outer)
        if box is None:
            return
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self.rulings.append(Ruling(*box))
        else:
            self.pictures.append(box)
            self.covered = (self.covered or self.shown > 0) and self._covers(item, box)

    def _covers(self, item: Any, box: Box) -> bool:
        """Whether a picture hides what was drawn before: it is as large as the page and opaque."""
        left, bottom, right, top = self.place(*self.page)
        surface = (right - left) * (top - bottom)
        large = (box[2] - box[0]) * (box[3] - box[1]) > 0.9 * surface
        return large and not pdfium.FPDFPageObj_HasTransparency(item)

    def _read_path(self, item: Any, outer: Matrix) -> None:
        pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke)
        if not self._fill.value and not self._stroke.value:
            return
        box = self._box(item, outer)
        if box is None:
            return
        thin = min(box[2] - box[0], box[3] - box[1]) <= THIN
        if not thin and not self._stroke.value and pdfium.FPDFPath_CountSegments(item) <= 5:
            self.fills.append(box)
            return
        if _transparent(item, stroke=bool(self._stroke.value)):
            return
        if thin:
            self.rulings.append(Ruling(*box))
        else:
            self._read_segments(item, outer, stroked=bool(self._stroke.value))

    def _read_segments(self, item: Any, outer: Matrix, *, stroked: bool) -> None:
        """Sides of a drawn outline; of a filled one only the parts that are thin themselves."""
        matrix = product(_matrix(item), outer)
        for points in _outlines(item, matrix):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = self.place(min(xs), min(ys), max(xs), max(ys))
            if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                self.rulings.append(Ruling(*box))
            elif stroked:
                if len(points) == 5 and len(set(map(_rounded, points))) == 4 and _upright_sides(points):
                    self.rulings.extend(rectangle(*box))
                    continue
                for (x0, y0), (x1, y1) in pairwise(points):
                    if abs(x0 - x1) < 0.5 or abs(y0 - y1) < 0.5:
                        side = self.place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                        self.rulings.append(Ruling(*side))


def _rounded(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _upright_sides(points: list[tuple[float, float]]) -> bool:
    return all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in pairwise(points))


def _outlines(item: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of a path; curves are passed over."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(item), MOST_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = moved(x.value, y.value, matrix)
        if kind == pdfium.FPDF_SEGMENT_LINETO and points:
            points.append(point)
        else:
            if len(points) > 1:
                yield points
            points = [point]
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield [*points, points[0]] if points[-1] != points[0] else points
            points = []
    if len(points) > 1:
        yield points


def _transparent(item: Any, *, stroke: bool) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ask = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    return bool(ask(item, red, green, blue, alpha)) and alpha.value == 0


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


# --- links -------------------------------------------------------------------------------------


def _links(document: Any, page: Any, place: _Placer) -> Iterator[PageLink]:
    """The links that lead to an address, in the order of the file."""
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    rect = pdfium.FS_RECTF()
    for _ in range(MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, position, link):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < length < 65_536 or not pdfium.FPDFLink_GetAnnotRect(link, rect):
            continue
        target = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(document, action, target, length)
        left, right = sorted((rect.left, rect.right))
        bottom, top = sorted((rect.bottom, rect.top))
        yield PageLink(target.value.decode("utf-8", "replace"), place(left, bottom, right, top))
