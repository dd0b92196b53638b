"""Fixes in the source of a web page, Markdown or plain text: words replaced, every other byte kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from linter.checks.outcome import Fix
from linter.document.model import Document, Location
from linter.mend.characters import occurrences, reworded
from linter.mend.htmlplaces import Begins, Key, key_of, places_of
from linter.mend.sources import Placed, Source, offset_of, source_of
from linter.mend.xmlspans import Change, escaped

_ROOM = 40
"""Characters beyond those looked for in which a paragraph may begin or be broken."""
_MOST_LOOKED_AT = 2000


def with_fixes(data: bytes, document: Document, fixes: Sequence[Fix]) -> bytes:
    """The file, of which `document` was read, with the fixes made whose place is sure, and no others."""
    source = source_of(data, document.reader)
    if source is None:
        return data
    places = places_of(source.text, document) if document.reader == "html" else {}
    changes: list[Change] = []
    # Cells of one line may have no columns: equal ones are taken in their order.
    taken: Counter[tuple[Location, str]] = Counter()
    for fix in fixes:
        key = fix.location._replace(table=None, row=None, cell=None), "".join(fix.found.split())
        if document.reader == "html":
            changes += _in_page(fix, source, places)
        elif not fix.found.strip():
            changes += _in_blank_cell(fix, source)
        elif fix.location.line is not None:
            characters = source.characters(offset_of(source, fix.location), _MOST_LOOKED_AT)
            changes += _reworded(characters, fix, taken[key], str.encode)
            taken[key] += 1
    return (source.rewritten(changes) if changes else None) or data


def _in_page(fix: Fix, source: Source, places: Mapping[Key, Begins]) -> Iterator[Change]:
    begins = places.get(key_of(fix.location))
    if begins is None:
        return
    if fix.found.strip():
        wanted = len(fix.found) + 2 * len(begins.text) + _ROOM
        yield from _reworded(source.characters(begins.inner, wanted), fix, 0, escaped)
    elif not begins.text.strip():
        at = len(source.text[: begins.inner].encode())
        yield Change(at, at, escaped(fix.replacement))


def _in_blank_cell(fix: Fix, source: Source) -> Iterator[Change]:
    """The replacement between the two strokes of a Markdown cell."""
    if source.reader != "markdown" or fix.location.line is None or fix.location.column is None:
        return
    start, at = source.line_start(fix.location.line), offset_of(source, fix.location)
    left, right = source.text.rfind("|", start, at), source.text.find("|", at)
    if left >= 0 <= right and source.text[left + 1 : right].strip(" \t\u3000") == "":
        first, last = (len(source.text[:index].encode()) for index in (left + 1, right))
        yield Change(first, last, f" {fix.replacement} ".encode())


def _reworded(
    characters: Sequence[Placed], fix: Fix, nth: int, encoded: Callable[[str], bytes]
) -> Iterator[Change]:
    found = (characters[start:end] for start, end in occurrences(characters, fix.found))
    wrong = (part for part in found if "".join(one.character for one in part) != fix.replacement)
    for part in islice(wrong, nth, nth + 1):
        yield from reworded(part, fix.replacement, encoded)
