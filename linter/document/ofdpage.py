"""One page of an OFD document: its template, layers, blocks and annotations → what is printed where.

Everything comes out in points from the page's upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from linter.document.affine import Matrix, moved_box, product
from linter.document.geometry import THIN, Box, Char, Ruling
from linter.document.ofdpath import path_rulings, read_outlines
from linter.document.ofdtext import read_text
from linter.document.xmlvalues import (
    attributes,
    box_of,
    child,
    children,
    is_false,
    is_true,
    local,
    matrix_of,
    number,
    numbers,
)

POINTS = 72 / 25.4
"""Points in a millimetre."""
MOST_OBJECTS = 60_000
"""Objects, characters and ends of lines of one page that are still read."""
_DEEPEST = 24
_MOST_LINKS = 1_000
_ORDER = {"Background": 0, "Body": 1, "Foreground": 2}
_WHITE = ("255 255 255", "#ff #ff #ff")


class LinkArea(NamedTuple):
    """A place on the page that leads to an address."""

    target: str
    box: Box


@dataclass(slots=True)
class Text:
    """Characters in the order of drawing; `runs` tells of how many how often they are turned
    clockwise, None where they lean."""

    chars: list[Char] = field(default_factory=list)
    runs: list[tuple[int | None, int]] = field(default_factory=list)

    def add(self, chars: list[Char], turns: int | None) -> None:
        """Add characters that all stand alike."""
        self.chars += chars
        if self.runs and self.runs[-1][0] == turns:
            self.runs[-1] = (turns, self.runs[-1][1] + len(chars))
        else:
            self.runs.append((turns, len(chars)))

    @property
    def straight(self) -> list[Char]:
        """The characters that do not lean."""
        if all(turns is not None for turns, _ in self.runs):
            return self.chars
        kept: list[Char] = []
        start = 0
        for turns, count in self.runs:
            kept += [] if turns is None else self.chars[start : start + count]
            start += count
        return kept

    @property
    def turns(self) -> int:
        """How often the page must be turned counter-clockwise to set most of the text upright."""
        counts = [0, 0, 0, 0]
        for turns, count in self.runs:
            if turns is not None:
                counts[turns] += count
        most = max(range(4), key=counts.__getitem__)
        return most if counts[most] * 4 > 3 * sum(counts) > 0 else 0

    @property
    def printed(self) -> int:
        """How many characters there are, blanks aside."""
        return len(self.chars) - [char[0] for char in self.chars].count(" ")


@dataclass(slots=True)
class Drawn:
    """What is drawn, in the order of drawing; `hidden` is text that is there but not seen.

    `pictures` come with the number of characters drawn before them. `left` is how much more is read.
    """

    text: Text = field(default_factory=Text)
    hidden: Text = field(default_factory=Text)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: list[tuple[Box, int]] = field(default_factory=list)
    links: list[LinkArea] = field(default_factory=list)
    objects: int = 0
    left: int = MOST_OBJECTS

    def add(self, other: Drawn) -> None:
        """Draw `other` over what there is."""
        before = len(self.text.chars)
        for own, added in ((self.text, other.text), (self.hidden, other.hidden)):
            own.chars += added.chars
            own.runs += added.runs
        self.rulings += other.rulings
        self.pictures += [(box, before + count) for box, count in other.pictures]
        self.links += other.links
        self.objects += other.objects
        self.left -= MOST_OBJECTS - other.left


class Composites:
    """The shared drawings that a page may refer to, looked up only where it does."""

    def __init__(self, sources: Iterable[Iterator[Mapping[str, etree._Element]]]) -> None:
        self._sources = list(sources)
        self._found: list[Mapping[str, etree._Element]] = []

    def find(self, name: str) -> etree._Element | None:
        """The drawing of that identifier."""
        for source in self._sources:
            self._found += source
        self._sources = []
        return next((found[name] for found in self._found if name in found), None)


def draw_page(page: etree._Element, composites: Composites) -> Drawn:
    """What the layers of a page, or of a template, draw."""
    content = child(page, "Content")
    drawn = Drawn()
    layers = children(content, "Layer") if content is not None else []
    for layer in sorted(layers, key=lambda layer: _ORDER.get(layer.get("Type") or "Body", 1)):
        _Walk(drawn, composites).draw(layer, (POINTS, 0.0, 0.0, POINTS, 0.0, 0.0), 0)
    return drawn


def draw_annotations(annotations: etree._Element, composites: Composites) -> Drawn:
    """What the visible annotations of a page draw, seals and stamps among them."""
    drawn = Drawn()
    for annotation in children(annotations, "Annot"):
        if is_false(annotation.get("Visible")):
            continue
        scale = (POINTS, 0.0, 0.0, POINTS, 0.0, 0.0)
        for appearance in children(annotation, "Appearance"):
            _add_links(drawn, annotation, appearance, scale)
            _Walk(drawn, composites).draw(appearance, _space(attributes(appearance), scale), 0)
    return drawn


def _space(given: Mapping[str, str], outer: Matrix) -> Matrix:
    """From an object's own space to the page: its CTM, then its boundary's corner."""
    inner = matrix_of(given.get("CTM"))
    corner = numbers(given.get("Boundary"))
    a, b, c, d, e, f = outer
    x, y = corner[:2] if len(corner) >= 2 else (0.0, 0.0)
    placed = (a, b, c, d, a * x + c * y + e, b * x + d * y + f)
    return placed if inner is None else product(inner, placed)


def _shown_in(boundary: str | None, outer: Matrix) -> Box | None:
    """The box in which an object is shown, given its Boundary."""
    box = box_of(boundary)
    return None if box is None else moved_box(box, outer)


def _add_links(drawn: Drawn, item: etree._Element, place: etree._Element, outer: Matrix) -> None:
    """The addresses that `item` leads to, where `place` is shown."""
    actions = child(item, "Actions")
    box = None if actions is None else _shown_in(place.get("Boundary"), outer)
    if actions is None or box is None:
        return
    for action in children(actions, "Action"):
        uri = child(action, "URI")
        target = (uri.get("URI") or "").strip() if uri is not None else ""
        if target and len(target) < 4096 and len(drawn.links) < _MOST_LINKS:
            drawn.links.append(LinkArea(target, box))


@dataclass(frozen=True, slots=True)
class _Walk:
    """Descends into the blocks of a page and into shared drawings, each within itself only once."""

    drawn: Drawn
    composites: Composites
    opened: tuple[str, ...] = ()

    def draw(self, block: etree._Element, outer: Matrix, depth: int) -> None:
        """Draw all objects of a block."""
        if depth > _DEEPEST:
            return
        drawn = self.drawn
        for item in block:
            if drawn.left <= 0:
                return
            kind = local(item)
            if kind == "TextObject":
                drawn.left -= 1
                self._text(item, outer)
            elif kind == "PathObject":
                drawn.left -= 1
                self._path(item, outer)
            elif kind == "ImageObject":
                drawn.left -= 1
                self._picture(item, outer)
            elif kind == "PageBlock":
                drawn.left -= 1
                if not is_false(item.get("Visible")):
                    self.draw(item, _space(attributes(item), outer), depth + 1)
            elif kind == "CompositeObject":
                drawn.left -= 1
                self._composite(item, outer, depth)

    def _text(self, item: etree._Element, outer: Matrix) -> None:
        given = attributes(item)
        drawn = self.drawn
        parts: dict[str, list[etree._Element]] = {}
        for part in item:
            parts.setdefault(local(part), []).append(part)
        chars, turns = read_text(parts, given, _space(given, outer), drawn.left)
        drawn.left -= len(chars)
        drawn.objects += 1
        filled = not is_false(given.get("Fill")) or is_true(given.get("Stroke"))
        (drawn.text if filled and _is_seen(given) else drawn.hidden).add(chars, turns)
        if "Actions" in parts:
            _add_links(drawn, item, item, outer)

    def _path(self, item: etree._Element, outer: Matrix) -> None:
        given = attributes(item)
        parts = {local(each): each for each in item}
        if "Actions" in parts:
            _add_links(self.drawn, item, item, outer)
        stroked = not is_false(given.get("Stroke")) and not _is_white(parts.get("StrokeColor"))
        filled = is_true(given.get("Fill")) and not _is_white(parts.get("FillColor"))
        if "AbbreviatedData" not in parts or not (stroked or filled) or not _is_seen(given):
            return
        matrix = _space(given, outer)
        if stroked and (width := given.get("LineWidth")):
            scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
            stroked = number(width) * scale <= THIN
        outlines, points = read_outlines(parts["AbbreviatedData"].text or "", matrix, self.drawn.left)
        self.drawn.left -= len(points)
        self.drawn.objects += 1
        if points:
            box = _shown_in(given.get("Boundary"), outer)
            lines = path_rulings(outlines, points, stroked=stroked, filled=filled)
            self.drawn.rulings += lines if box is None else _within(box, lines)

    def _picture(self, item: etree._Element, outer: Matrix) -> None:
        given = attributes(item)
        matrix = _space(given, outer)
        _add_links(self.drawn, item, item, outer)
        if not _is_seen(given):
            return
        self.drawn.objects += 1
        box = _shown_in(given.get("Boundary"), outer) or moved_box((0.0, 0.0, 1.0, 1.0), matrix)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self.drawn.rulings.append(Ruling(*box))
        else:
            self.drawn.pictures.append((box, len(self.drawn.text.chars)))

    def _composite(self, item: etree._Element, outer: Matrix, depth: int) -> None:
        given = attributes(item)
        matrix = _space(given, outer)
        _add_links(self.drawn, item, item, outer)
        name = given.get("ResourceID") or ""
        content = None if name in self.opened or not _is_seen(given) else self.composites.find(name)
        if content is not None:
            inner = _Walk(self.drawn, self.composites, (*self.opened, name))
            inner.draw(content, matrix, depth + 1)


def _is_seen(given: Mapping[str, str]) -> bool:
    """Whether an object with these attributes is seen."""
    alpha = given.get("Alpha")
    return not is_false(given.get("Visible")) and (alpha is None or number(alpha, 255.0) > 0)


def _is_white(color: etree._Element | None) -> bool:
    return color is not None and " ".join((color.get("Value") or "").lower().split()) in _WHITE


def _within(box: Box, lines: Iterable[Ruling]) -> list[Ruling]:
    """What is seen of lines: an object is cut off at its boundary, drawn a little too tight by some."""
    left, top, right, bottom = box[0] - THIN, box[1] - THIN, box[2] + THIN, box[3] + THIN
    shown: list[Ruling] = []
    for line in lines:
        x0, y0, x1, y1 = line
        if x0 < left or y0 < top or x1 > right or y1 > bottom:
            line = Ruling(max(x0, left), max(y0, top), min(x1, right), min(y1, bottom))  # noqa: PLW2901
            if line.x0 > line.x1 or line.top > line.bottom:
                continue
        shown.append(line)
    return shown


# --- the page turned upright ----------------------------------------------------------------------


def turned_box(box: Box, turns: int, width: float, height: float) -> Box:
    """A box on a page of that size, after the page is turned counter-clockwise."""
    x0, top, x1, bottom = box
    if turns == 1:
        return top, width - x1, bottom, width - x0
    if turns == 2:
        return width - x1, height - bottom, width - x0, height - top
    if turns == 3:
        return height - bottom, x0, height - top, x1
    return box


def turned_char(char: Char, turns: int, width: float, height: float) -> Char:
    """As `turned_box`, for a character."""
    return Char(char.text, *turned_box((char.x0, char.top, char.x1, char.bottom), turns, width, height))
