"""Elements by local name, and the basic types of XML parts (OFD: GB/T 33190, clause 7.2).

Producers write what they like: whatever is no finite number counts as not written.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from linter.document.affine import Matrix
from linter.document.geometry import Box

_LARGEST = 1e6
"""Millimetres; beyond that nothing is on any page."""


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: etree._Element) -> str:
    """The element's name without its namespace: there are several, and files without any."""
    return _local(element.tag)


def attributes(element: etree._Element) -> dict[str, str]:
    """All attributes at once: in less time than to ask for four of them."""
    return dict(element.items())  # type: ignore[arg-type]  # bytes only where bytes were set


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that local name."""
    for each in element:
        if local(each) == name:
            return each
    return None


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """All children of that local name."""
    return [each for each in element if local(each) == name]


def text_of(element: etree._Element, name: str) -> str:
    """The text of the first child of that local name, stripped."""
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


def number(text: str | None, default: float = 0.0) -> float:
    """A number, or `default`."""
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        return default
    return value if -_LARGEST < value < _LARGEST else default


def numbers(text: str | None) -> list[float]:
    """Numbers between blanks; an empty list where one of them is none."""
    if not text:
        return []
    if "," in text:
        text = text.replace(",", " ")
    try:
        values = list(map(float, text.split()))
    except ValueError:
        return []
    # False, too, where one of them is no number.
    return values if sum(map(abs, values)) < _LARGEST else []


def box_of(text: str | None) -> Box | None:
    """`x y width height` as (left, top, right, bottom)."""
    values = numbers(text)
    if len(values) != 4:
        return None
    x, y, width, height = values
    return x, y, x + max(width, 0.0), y + max(height, 0.0)


@lru_cache(maxsize=256)
def matrix_of(text: str | None) -> Matrix | None:
    """`a b c d e f`."""
    if text is None:
        return None
    values = numbers(text)
    if len(values) != 6:
        return None
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def is_false(text: str | None) -> bool:
    """Whether an attribute says no."""
    return text is not None and _is_no(text)


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text is not None and _is_yes(text)


@lru_cache(maxsize=64)
def _is_no(text: str) -> bool:
    return text.strip().lower() in ("false", "0")


@lru_cache(maxsize=64)
def _is_yes(text: str) -> bool:
    return text.strip().lower() in ("true", "1")
