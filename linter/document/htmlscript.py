"""The text of a page whose scripts hold it: as JSON, as a string with markup, in a hidden field.

Nothing is run. Text is taken only where there is no doubt which one it is: one long text in Chinese, far
longer than any other that the scripts hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from linter.document.dates import iso_date
from linter.document.htmltree import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEAST = 200
_AHEAD = 4
_MOST_VALUES = 20_000
_MOST_STARTS = 40
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TAGS = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"<(?:p|div|table|span|br|section|article|h[1-6])[\s>/]", re.I)
_ESCAPED_MARKUP = re.compile(r"&(?:lt|#60|#x3c);\s*(?:p|div|table|span|br|section|article|h[1-6])\b", re.I)
# A literal without its end is passed over with its line, lest each quote in it begin another try.
_LITERAL = re.compile(
    r""""(?:[^"\\\n]|\\.)*+(?:"|\n|\Z)|'(?:[^'\\\n]|\\.)*+(?:'|\n|\Z)|`(?:[^`\\]|\\.)*+(?:`|\Z)""", re.S
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(\r\n|.))", re.S)
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "",
    "f": "\f",
    "v": "\v",
    "0": "",
    "\n": "",
    "\r\n": "",
    "\r": "",
}
_JSON_START = re.compile(r"(?:^|=|\()\s*(?=[\[{])")
_TITLE_KEY = re.compile(r"(?:article|doc|info|news)?_?title|(?:article|doc|info)name", re.I)
_DAY_KEY = re.compile(
    r"(?:article|doc|info)?_?(?:pub(?:lish)?|release|rel|show|display)_?(?:date|time)", re.I
)


class Held(NamedTuple):
    """A text that a page's script holds, and what the data around it says of it."""

    html: str
    metadata: dict[str, str]


def held_text(root: _Element) -> Held | None:
    """The one text that the page's scripts and hidden fields hold, None where none is certain."""
    found: dict[str, tuple[int, Held]] = {}
    for held in _candidates(root):
        plain = "".join(unescape(_TAGS.sub("", held.html)).split())
        size = len(_HAN.findall(plain))
        if size >= _LEAST // _AHEAD and (plain not in found or _MARKUP.search(held.html)):
            found[plain] = (size, held)
    if not found:
        return None
    ranked = sorted(found.items(), key=lambda item: -item[1][0])
    longest, (size, held) = ranked[0]
    others = [number for plain, (number, _) in ranked[1:] if plain not in longest]
    return held if size >= _LEAST and (not others or size >= _AHEAD * others[0]) else None


def _candidates(root: _Element) -> Iterator[Held]:
    for element in root.iter("script", "textarea", "input", "template", "noscript"):
        if element.tag == "input":
            yield from _unwrapped(element.get("value") or "", {})
        elif element.tag == "script":
            text = text_of(element)
            if re.search(r"html|template", element.get("type") or "", re.I):
                yield from _unwrapped(text, {})
            elif len(text) >= _LEAST:
                yield from _of_script(text)
        else:
            from lxml import etree

            inner = "".join(
                [element.text or "", *(str(etree.tostring(child, encoding="unicode")) for child in element)]
            )
            yield from _unwrapped(inner, {})


def _of_script(script: str) -> Iterator[Held]:
    values = list(_json_values(script))
    if values:
        for value in values:
            yield from _of_value(value)
        return
    parts: list[str] = []
    end = -1
    for found in _LITERAL.finditer(script):
        literal = found.group()
        if len(literal) < 2 or literal[-1] != literal[0]:
            continue
        text = _unescaped(literal[1:-1])
        # Parts of a string that the script puts together with plus signs are one.
        if not (parts and script[end : found.start()].strip() == "+"):
            yield from _unwrapped("".join(parts), {})
            parts = []
        parts.append(text)
        end = found.end()
    yield from _unwrapped("".join(parts), {})


def _json_values(script: str) -> Iterator[object]:
    """The values in JSON that the script consists of, or assigns; those that hold Chinese at length."""
    decoder = json.JSONDecoder()
    end = 0
    for number, start in enumerate(_JSON_START.finditer(script)):
        if number >= _MOST_STARTS:
            return
        if start.end() < end:
            continue
        try:
            value, end = decoder.raw_decode(script, start.end())
        except (ValueError, RecursionError):
            continue
        if end - start.end() >= _LEAST:
            yield value


def _of_value(value: object) -> Iterator[Held]:
    """The texts in a JSON value, each with title and day of the object that holds it."""
    waiting: list[tuple[object, dict[str, str]]] = [(value, {})]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        item, around = waiting.pop()
        if isinstance(item, dict):
            around = {**around, **_stated(item)}
            waiting += [(inner, around) for inner in item.values()]
        elif isinstance(item, list):
            waiting += [(inner, around) for inner in item]
        elif isinstance(item, str):
            yield from _unwrapped(item, around)


def _stated(item: dict[object, object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in item.items():
        if not isinstance(name, str) or not isinstance(value, str):
            continue
        if _TITLE_KEY.fullmatch(name) and 6 <= len(value) <= 100:
            found.setdefault("title", value.strip())
        elif _DAY_KEY.fullmatch(name) and (day := iso_date(value[:30])):
            found.setdefault("published", day)
    return found


def _unwrapped(text: str, metadata: dict[str, str], depth: int = 0) -> Iterator[Held]:
    """The text with one more coating taken off at a time: percent signs, JSON in a string, entities."""
    if len(text) < _LEAST or depth > 2:
        return
    if "%" in text and text.count("%") * 3 >= len(text) // 2 and re.match(r"%u?[0-9a-fA-F]{2}", text):
        yield from _unwrapped(unquote(text), metadata, depth + 1)
    elif text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return
        if not isinstance(value, str):
            yield from _of_value(value) if depth < 1 else ()
    elif _MARKUP.search(text) is None and _ESCAPED_MARKUP.search(text):
        yield from _unwrapped(unescape(text), metadata, depth + 1)
    elif _MARKUP.search(text) or text.count("\n") > 3:
        yield Held(text, metadata)


def _unescaped(literal: str) -> str:
    return _ESCAPE.sub(_meant, literal) if "\\" in literal else literal


def _meant(escape: re.Match[str]) -> str:
    four, braced, two, other = escape.groups()
    code = four or braced or two
    if code is None:
        return _ESCAPES.get(other, other)
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"
