"""One page of a PDF through pdfium's C calls: characters, drawn lines, pictures, links.

Everything comes out in points from the upper left corner of the page as it is shown, turned pages
included. pdfium is not thread safe: one thread at a time, parallel work in processes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, pi
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from linter.document.geometry import THIN, Box, Char, Ruling, is_wide, rectangle

MOST_CHARS = 60_000
MOST_OBJECTS = 60_000
MOST_LINKS = 1_000
_DEEPEST_FORM = 6

_TALL = 30.0
"""Taller boxes are checked: pdfium gives characters of vertical fonts boxes of many times the size."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_PAGE_MARGIN = 50.0
"""Nearer than this to the upper or lower edge, drawings are checked for what the page shows of them."""

UNKNOWN = "\ufffd"
"""Stands for a printed character of which the file does not say what it is."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link area and the address it leads to."""

    target: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """What one page shows. `chars` are in the order of the file, blanks of the file included.

    `objects` counts what is drawn (text, pictures, lines), `capped` tells that there was more than
    is read, `hidden_text` that the text is an invisible layer, as on scans with text recognition.
    """

    number: int
    width: float
    height: float
    chars: list[Char]
    rulings: list[Ruling]
    pictures: list[Box]
    links: list[PageLink]
    objects: int
    capped: bool
    hidden_text: bool


def read_page(document: Any, page: Any, number: int) -> Page:
    """Read an open page. The caller opens and closes it."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    turns = pdfium.FPDFPage_GetRotation(page)
    raw_chars, capped, lying = _chars(page)
    turns = (turns + lying) % 4
    place = _placer(bounds.left, bounds.bottom, bounds.right, bounds.top, turns)
    flat = (bounds.right - bounds.left, bounds.top - bounds.bottom)
    width, height = flat if turns % 2 == 0 else flat[::-1]
    drawing = _Drawing(place, (bounds.left, bounds.bottom, bounds.right, bounds.top))
    drawing.read(page)
    chars = _settled(raw_chars, place, width, height)
    return Page(
        number,
        width,
        height,
        chars,
        drawing.rulings,
        drawing.pictures,
        list(_links(document, page, place)),
        drawing.count,
        capped or drawing.capped,
        drawing.hidden > 0 and drawing.shown == 0,
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


# --- characters --------------------------------------------------------------------------------

_RawChar: TypeAlias = tuple[str, float, float, float, float, float, float]
"""Text, PDF box (left, bottom, right, top), origin (x, y)."""

# pdfium marks a hyphen at a line's end so.
_HYPHEN = 0x02
_INVISIBLE = frozenset({0x0A, 0x0D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD})
_BLANKS = frozenset({0x09, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F})


def _chars(page: Any) -> tuple[list[_RawChar], bool, int]:
    """Characters with their PDF boxes, whether there were too many, and turns of lying text."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return [], False, 0
    try:
        total = pdfium.FPDFText_CountChars(text_page)
        count = min(total, MOST_CHARS)
        return list(_read_chars(text_page, count)), total > count, _lying(text_page, count)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _read_chars(text_page: Any, count: int) -> Iterator[_RawChar]:
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    get_origin = pdfium.FPDFText_GetCharOrigin
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    reference = ctypes.byref(box)
    high = 0
    for index in range(count):
        code = get_unicode(text_page, index)
        if code in _INVISIBLE:
            continue
        if code in _BLANKS:
            if pdfium.FPDFText_IsGenerated(text_page, index):
                continue
            text = " "
        elif 0xD800 <= code < 0xDC00:
            high = code
            continue
        elif 0xDC00 <= code < 0xE000:
            text = chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else UNKNOWN
            high = 0
        else:
            text = _ORDINARY.get(code) or _character(code)
        get_box(text_page, index, reference)
        get_origin(text_page, index, x, y)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if top - bottom > _TALL:
            left, bottom, right, top = _upright(
                text_page, index, (left, bottom, right, top), (x.value, y.value)
            )
        yield text, left, bottom, right, top, x.value, y.value


def _settled(raw: list[_RawChar], place: _Placer, width: float, height: float) -> list[Char]:
    """Characters with boxes of equal make on the shown page.

    pdfium's boxes are as high as the font says, or only as high as the glyph, which differs between
    the characters of one line. What runs from left to right gets a box by its size and base line.
    """
    chars: list[Char] = []
    base = em = 0.0
    for text, left, bottom, right, top, x, y in raw:
        x0, upper, x1, lower = place(left, bottom, right, top)
        origin_x, origin_y, _, _ = place(x, y, x, y)
        if not (-20 < x0 < width + 20 and -20 < upper < height + 20):
            continue
        if abs(origin_x - x0) <= 0.3 * (x1 - x0) + 1.0 and origin_y > upper + 0.2 * (lower - upper):
            own = x1 - x0 if is_wide(text) else (lower - upper) / 1.15
            em = max(own, em) if abs(origin_y - base) < 0.5 else own
            base = origin_y
            if em > 0:
                upper, lower = base - 0.86 * em, base + 0.14 * em
        if x1 > x0 and lower > upper:
            chars.append(Char(text, x0, upper, x1, lower))
    return chars


def _character(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    if code < 0x20 or 0xE000 <= code < 0xF900 or code >= 0xFFFE:
        return UNKNOWN
    return chr(code)


def _upright(text_page: Any, index: int, box: Box, origin: tuple[float, float]) -> Box:
    """The box of a tall character; where the font is vertical, a square at the character's origin."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    em = pdfium.FPDFText_GetFontSize(text_page, index) * hypot(matrix.c, matrix.d)
    if em <= 0 or box[3] - box[1] < 2.2 * em:
        return box
    x, y = origin
    return x, y - 0.14 * em, x + em, y + 0.86 * em


def _lying(text_page: Any, count: int) -> int:
    """Clockwise quarter turns that set most of the text upright (a landscape table drawn sideways)."""
    sample = range(0, count, max(1, count // 12))
    angles = [pdfium.FPDFText_GetCharAngle(text_page, index) for index in sample]
    angles = [angle for angle in angles if angle >= 0]
    for turns, direction in ((1, pi / 2), (2, pi), (3, 3 * pi / 2)):
        if sum(abs(angle - direction) < 0.1 for angle in angles) * 4 > 3 * len(angles):
            return turns
    return 0


def _ordinary_characters() -> dict[int, str]:
    """Radicals and compatibility code points that stand for an ordinary character.

    Fonts that share a glyph between 行 and its radical make a PDF say ⾏. Full-width punctuation is
    left as it is; its vertical forms become the upright ones.
    """
    import unicodedata

    ranges = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB07), range(0x2F800, 0x2FA20))
    table = {code: unicodedata.normalize("NFKC", chr(code)) for span in ranges for code in span}
    pairs = (
        "⺁厂⺈刀⺊卜⺌小⺍小⺗心⺘手⺙攵⺝月⺟母⺠民⺡水⺣火⺤爪⺨犬⺫目⺬示⺭示⺮竹⺯糸⺰纟⺲罒⺳网⺶羊⺷羊⺸羊⺹老⺼肉⺾艹⺿艹⻀艹⻁虎⻂衣⻃西⻄西⻅见"
        "⻆角⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟⼾户"
        "︐，︑、︒。︓：︔；︕！︖？︗【︘】︙…︰：︱—︲–︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］"
    )
    table.update({ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)})
    return {code: text for code, text in table.items() if text != chr(code)}


_ORDINARY = _ordinary_characters()


# --- drawings ----------------------------------------------------------------------------------


class _Drawing:
    """Collects rulings and pictures of a page, descending into form objects."""

    def __init__(self, place: _Placer, page: Box) -> None:
        self.place = place
        self.page = page
        self.rulings: list[Ruling] = []
        self.pictures: list[Box] = []
        self.count = 0
        self.capped = False
        self.hidden = 0
        self.shown = 0
        self._bounds = [ctypes.c_float() for _ in range(4)]
        self._fill = ctypes.c_int()
        self._stroke = ctypes.c_int()

    def read(self, page: Any) -> None:
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            if self.count >= MOST_OBJECTS:
                self.capped = True
                return
            self._read_object(pdfium.FPDFPage_GetObject(page, index), _IDENTITY, 0)

    def _read_object(self, item: Any, outer: Matrix, depth: int) -> None:
        self.count += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if self.count < 50:
                hidden = pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
                self.hidden += hidden
                self.shown += not hidden
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._read_path(item, outer)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            self._read_picture(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _product(_matrix(item), outer)
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
        if outer is _IDENTITY:
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
        if outer is not _IDENTITY:
            corners = [_moved(x, y, outer) for x in (x0, x1) for y in (y0, y1)]
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

    def _read_path(self, item: Any, outer: Matrix) -> None:
        pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke)
        if not self._fill.value and not self._stroke.value:
            return
        box = self._box(item, outer)
        if box is None:
            return
        thin = min(box[2] - box[0], box[3] - box[1]) <= THIN
        if not thin and not self._stroke.value and pdfium.FPDFPath_CountSegments(item) <= 5:
            return  # a filled area is shading
        if _transparent(item, stroke=bool(self._stroke.value)):
            return
        if thin:
            self.rulings.append(Ruling(*box))
        else:
            self._read_segments(item, outer, stroked=bool(self._stroke.value))

    def _read_segments(self, item: Any, outer: Matrix, *, stroked: bool) -> None:
        """Sides of a drawn outline; of a filled one only the parts that are thin themselves."""
        matrix = _product(_matrix(item), outer)
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
        point = _moved(x.value, y.value, matrix)
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
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


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
