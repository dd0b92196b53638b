"""An annotated web page: the words meant are marked and lead to notes at the page's end.

Nothing of the page is changed but by what is put in; all of it is escaped, styled in place and without
scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.document.model import Document, Location
from linter.mend.annotated import NotAnnotated
from linter.mend.characters import occurrences
from linter.mend.htmlplaces import Begins, Key, key_of, places_of
from linter.mend.notes import Note, sentence
from linter.mend.sources import Placed, Source, source_of
from linter.mend.xmlspans import Change, escaped
from linter.render.words import words

_COLOURS = {
    "error": ("#b3261e", "#fde7e5"),
    "warning": ("#8a5a00", "#fff1cc"),
    "info": ("#0b57a4", "#e3effb"),
}
_ROOM = 40
_OURS = re.compile(
    r'</?mark data-gongkai="mark"[^>]*>|</mark><!--gongkai-->'
    r'|<sup data-gongkai="link".*?</sup><!--gongkai-->'
    r'|\n?<aside data-gongkai="notes".*?</aside><!--gongkai-->',
    re.S,
)
_BODY_END = re.compile(r"</body\s*>", re.I)


class _Stretch(NamedTuple):
    """What is marked for a note, and behind which byte its link stands."""

    characters: Sequence[Placed]
    behind: int


def with_marks(data: bytes, document: Document, notes: Sequence[Note], lang: str) -> bytes:
    """The page, of which `document` was read, with the notes. Raises NotAnnotated where it is of a kind
    whose text does not stand in its source."""
    source = source_of(data, "html")
    places = places_of(source.text, document) if source else {}
    if source is None or not places:
        raise NotAnnotated("这个网页的文字不在网页源代码里，或编码有误，不能加批注")
    ends: list[Change] = []
    starts: list[Change] = []
    for number, note in enumerate(notes, start=1):
        stretch = _stretch(source, _nearest(places, note.location), note)
        for first, last in _pieces(stretch.characters):
            start = (
                f'<mark data-gongkai="mark" style="background:{_COLOURS[note.severity][1]};color:inherit">'
            )
            starts.append(Change(first, first, start.encode()))
            ends.append(Change(last, last, b"</mark><!--gongkai-->"))
        ends.append(Change(stretch.behind, stretch.behind, _link(note, number, lang)))
    at = _end_of_body(source.text)
    listed = _list(notes, lang) if notes else b""
    new = source.rewritten([*ends, *starts, Change(at, at, listed)])
    if new is None:
        raise NotAnnotated("网页的编码写不出批注的文字，请另存为 UTF-8 后再试")
    return new


def without_marks(data: bytes) -> bytes:
    """The page without the notes of an earlier annotation."""
    source = source_of(data, "html")
    if source is None or "data-gongkai=" not in source.text:
        return data
    return source._replace(text=_OURS.sub("", source.text)).rewritten([]) or data


def _nearest(places: Mapping[Key, Begins], location: Location) -> Begins:
    """The paragraph or cell at the location; of a table its first cell, else what begins the page."""
    paragraph, table, row, _ = key = key_of(location)
    if key in places:
        return places[key]
    if table is not None:
        inside = [where for where in places if where[1] == table and row in (None, where[2])]
        if inside:
            return places[min(inside, key=lambda where: (where[2] or 0, where[3] or 0))]
    if paragraph is not None:
        before = [where for where in places if where[0] is not None and where[0] <= paragraph]
        if before:
            return places[max(before, key=lambda where: where[0] or 0)]
    return next(iter(places.values()))


def _stretch(source: Source, begins: Begins, note: Note) -> _Stretch:
    inner = len(source.text[: begins.inner].encode())
    characters = source.characters(begins.inner, 2 * len(begins.text) + _ROOM)
    found = next(occurrences(characters, begins.text), None)
    if found is None:
        return _Stretch((), inner)
    whole = characters[found[0] : found[1]]
    meant = (
        sentence("".join(one.character for one in whole), note.excerpt, note.word) if note.excerpt else None
    )
    part = whole[slice(*meant)] if meant else whole
    return _Stretch(part, part[-1].end)


def _pieces(characters: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """The stretches of bytes that the characters make up, cut where tags stand between them."""
    if not characters:
        return
    first = characters[0].start
    for one, following in pairwise(characters):
        if one.end != following.start:
            yield first, one.end
            first = following.start
    yield first, characters[-1].end


def _link(note: Note, number: int, lang: str) -> bytes:
    colour, _ = _COLOURS[note.severity]
    style = f"color:#fff;background:{colour};padding:0 .35em;border-radius:.6em;font:bold 11px/1.6 sans-serif"
    return (
        f'<sup data-gongkai="link" id="gongkai-place-{number}"><a href="#gongkai-note-{number}" '
        f'style="{style};text-decoration:none;white-space:nowrap" title="'.encode()
        + escaped(f"{note.author}{words(lang)['colon']}{note.text}")
        + f'">{words(lang)["note_mark"]}{number}</a></sup><!--gongkai-->'.encode()
    )


def _list(notes: Sequence[Note], lang: str) -> bytes:
    """All notes, in the order of the findings, each with a way back to its place."""
    style = "max-width:56em;margin:2em auto;padding:1em;border-top:3px solid #444;font:15px/1.7 sans-serif"
    back = words(lang)["note_back"]
    pieces = [
        f'\n<aside data-gongkai="notes" lang="{lang}" style="{style};color:#222;background:#fff">'.encode()
    ]
    for number, note in enumerate(notes, start=1):
        colour, shade = _COLOURS[note.severity]
        box = f"margin:.8em 0;padding:.5em .8em;border-left:5px solid {colour};background:{shade}"
        pieces.append(
            f'<div id="gongkai-note-{number}" style="{box};text-align:left;text-indent:0">'.encode()
        )
        head = f"{number} · {words(lang)[note.severity]}"
        pieces.append(b"<b>" + escaped(head) + b"</b> ")
        for index, part in enumerate(note.parts):
            label = b"<b>" + escaped(part.label) + b"</b>" if part.label else b""
            text = escaped(part.text) if index else b"<b>" + escaped(part.text) + b"</b>"
            pieces.append(label + text + b"<br>")
        pieces.append(f'<a href="#gongkai-place-{number}">{back}</a></div>'.encode())
    return b"".join([*pieces, b"</aside><!--gongkai-->"])


def _end_of_body(text: str) -> int:
    found = list(_BODY_END.finditer(text))
    return len(text[: found[-1].start()].encode()) if found else len(text.encode())
