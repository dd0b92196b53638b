"""Fixes in the source of a web page, Markdown or plain text: words replaced, every other byte kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from linter.checks.outcome import Fix
from linter.document.model import Document
from linter.mend.characters import occurrences, reworded
from linter.mend.htmlplaces import Begins, Key, key_of, places_of
from linter.mend.sources import Source, offset_of, source_of
from linter.mend.xmlspans import Change, escaped

_ROOM = 40
"""Characters beyond those looked for in which a paragraph may begin or be broken."""


def with_fixes(data: bytes, document: Document, fixes: Sequence[Fix]) -> bytes:
    """The file, of which `document` was read, with the fixes made whose place is sure; the others are left out."""
    source = source_of(data, document.reader)
    if source is None:
        return data
    places = places_of(source.text, document) if document.reader == "html" else {}
    encoded: Callable[[str], bytes] = escaped if document.reader == "html" else str.encode
    changes = [
        change for fix in fixes for change in _changes(fix, source, places, encoded)
    ]
    return (source.rewritten(changes) if changes else None) or data


def _changes(
    fix: Fix, source: Source, places: Mapping[Key, Begins], encoded: Callable[[str], bytes]
) -> Sequence[Change]:
    wanted = len("".join(fix.found.split()))
    if source.reader == "html":
        begins = places.get(key_of(fix.location))
        if begins is None:
            return ()
        if not fix.found.strip():
            # An empty cell: what it shows goes first in it.
            at = len(source.text[: begins.inner].encode())
            return () if begins.text.strip() else (Change(at, at, encoded(fix.replacement)),)
        characters = source.characters(begins.inner, 2 * len(begins.text) + wanted + _ROOM)
    elif fix.location.line is None or not fix.found.strip():
        return ()
    else:
        characters = source.characters(offset_of(source, fix.location), 2000)
    at_first = next(occurrences(characters, fix.found), None)
    if at_first is None:
        return ()
    start, end = at_first
    return tuple(reworded(characters[start:end], fix.replacement, encoded))
