"""Fixes in a Word file: words replaced in the runs where they stand, every other byte kept."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from linter.checks.outcome import Fix
from linter.document.archive import Archive
from linter.document.docx import elements, walk
from linter.document.docxnames import P
from linter.document.docxpackage import Package
from linter.mend.characters import occurrences, reworded
from linter.mend.docxcomments import place_key
from linter.mend.docxtext import Spans, element_spans, written
from linter.mend.repack import repacked
from linter.mend.xmlspans import Change, appended, as_utf8, changed, escaped, spans_of


def with_fixes(data: bytes, fixes: Sequence[Fix]) -> bytes:
    """The Word file with the fixes made that have one place to be made at; the others are left out.

    Raises Unreadable where the file is damaged.
    """
    archive = Archive(data)
    # An archive unpacks so much and no more: the reading has one of its own, as it had before.
    package = Package(Archive(data))
    raw = as_utf8(archive.read(package.main_name) or b"")
    walked = walk(package)
    spans = element_spans(walked.root, spans_of(raw))
    places = {place_key(location): found for location, found in elements(walked.raw)}
    changes = [
        change
        for fix in fixes
        for change in _changes(fix, places.get(place_key(fix.location), []), raw, spans)
    ]
    return repacked(data, {package.main_name: changed(raw, changes)}) if changes else data


def _changes(fix: Fix, found: Sequence[etree._Element], raw: bytes, spans: Spans) -> list[Change]:
    paragraphs = [p for element in found for p in ([element] if element.tag == P else element.iter(P))]
    characters = [one for paragraph in paragraphs for one in written(paragraph, raw, spans)]
    if not fix.found.strip():
        return _filled(fix, paragraphs, spans) if not any(c.character.strip() for c in characters) else []
    at = list(occurrences(characters, fix.found))
    if len(at) != 1:
        return []
    start, end = at[0]
    return list(reworded(characters[start:end], fix.replacement, escaped))


def _filled(fix: Fix, paragraphs: Sequence[etree._Element], spans: Spans) -> list[Change]:
    """An empty cell's first paragraph with the text in it."""
    if not paragraphs:
        return []
    span = spans[paragraphs[0]]
    prefix = span.name[: -len(b"p")]
    text = b"<%sr><%st>%s</%st></%sr>" % (prefix, prefix, escaped(fix.replacement), prefix, prefix)
    return [appended(span, text)]
