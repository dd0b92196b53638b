"""What an annotated copy says and where: the findings as notes, each with the place it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.checks.outcome import Finding, Judgement, Place, Severity
from linter.document.model import NOWHERE, Location
from linter.render.excerpt import plain
from linter.render.place import cell_words, place_words
from linter.render.text import suspect_words
from linter.render.words import words
from linter.report.model import Report, Section
from linter.report.norm import SECTION_KEYS

AUTHOR = "gongkai-lint"
"""How the author of every note begins: by it our own notes are told from those of people."""

_MOST_RELATED = 4
_MOST_SUSPECTS = 3
_MOST_CELLS = 12
_SENTENCE_END = "。！？；\n"


class Part(NamedTuple):
    """A paragraph of a note; `label` says what it is ("" for the message itself)."""

    label: str
    text: str


class Note(NamedTuple):
    """One note. `excerpt` are the words meant in the paragraph at `location` ("" for all of it), `word`
    the very ones in the excerpt, where known; `author` names the tool and the severity."""

    severity: Severity
    author: str
    location: Location
    parts: tuple[Part, ...]
    excerpt: str = ""
    word: str = ""

    @property
    def text(self) -> str:
        """The note as plain text, a line a part."""
        return "\n".join(f"{part.label}{part.text}" for part in self.parts)


def notes_of(report: Report, judgement: Judgement, lang: str = "zh") -> tuple[Note, ...]:
    """The notes on every finding that counts, in the order of the findings.

    Each finding has one note with all there is to say; a cell that is suspected besides the place of the
    finding gets a short one that refers to it.
    """
    return tuple(note for finding in judgement.findings for note in _notes(finding, report, lang))


def _notes(finding: Finding, report: Report, lang: str) -> Iterator[Note]:
    word = words(lang)
    author = f"{AUTHOR} {word[finding.severity]}"
    main = _location(finding.place, report)
    excerpt, meant = ("", "") if finding.place.table else _words(finding)
    yield Note(finding.severity, author, main, tuple(_parts(finding, report, lang)), excerpt, meant)
    if len(finding.suspects) > _MOST_SUSPECTS:
        return
    where = place_words(finding.place, report, lang)
    for suspect in finding.suspects:
        at = suspect.cell.location
        if at in (NOWHERE, main):
            continue
        said = Part(word["suspect"] + word["colon"], suspect_words(suspect, report, lang))
        see = Part(word["note_see"].format(place=where) + word["colon"], plain(finding.message))
        rule = Part(word["rule"] + word["colon"], f"{finding.code} {finding.name}")
        yield Note(finding.severity, author, at, (said, see, rule))


def _parts(finding: Finding, report: Report, lang: str) -> Iterator[Part]:
    word = words(lang)
    colon = word["colon"]
    yield Part("", plain(finding.message))
    evidence = finding.evidence
    if evidence and evidence.formula:
        yield Part(word["evidence"] + colon, plain(evidence.formula))
        if len(evidence.cells) <= _MOST_CELLS:
            cells = (
                f"{cell_words(cell, report)}＝{plain(cell.text) or word['blank_short']}"
                for cell in evidence.cells
            )
            yield Part(word["figures_title"] + colon, word["semicolon"].join(cells))
    for suspect in finding.suspects[:_MOST_SUSPECTS]:
        yield Part(word["suspect"] + colon, suspect_words(suspect, report, lang))
    for related in finding.related[:_MOST_RELATED]:
        said = plain(related.message) or f"{related.name} {place_words(related.place, report, lang)}"
        yield Part(word["related"] + colon, said)
    if len(finding.related) > _MOST_RELATED:
        yield Part("", word["more"].format(count=len(finding.related) - _MOST_RELATED))
    if finding.clause:
        yield Part(word["clause"] + colon, plain(finding.clause))
    if finding.hint:
        yield Part(word["hint"] + colon, plain(finding.hint))
    yield Part(word["rule"] + colon, f"{finding.code} {finding.name}")


def _words(finding: Finding) -> tuple[str, str]:
    """The excerpt without its marks of omission, and the longest of the message's words in it."""
    excerpt = (finding.place.excerpt or "").strip("…")
    given = sorted((plain(value).strip("“”") for value in finding.arguments.values()), key=len, reverse=True)
    return excerpt, next((value for value in given if value and value in excerpt), "")


def sentence(text: str, excerpt: str, word: str) -> tuple[int, int] | None:
    """From where to where in `text` the sentence reaches that the excerpt and the word mean.

    Blanks are not compared. None where the excerpt is not in the text, or the sentence is all of it.
    """
    places = [index for index, character in enumerate(text) if not character.isspace()]
    solid = "".join(text[index] for index in places)
    wanted, meant = "".join(excerpt.split()), "".join(word.split())
    start = solid.find(wanted) if wanted else -1
    if start < 0:
        return None
    end = start + len(wanted)
    if meant and (at := solid.find(meant, start, end)) >= 0:
        start, end = at, at + len(meant)
    first, last = places[start], places[end - 1] + 1
    begin = max(text.rfind(mark, 0, first) for mark in _SENTENCE_END) + 1
    # A word that ends with the end of its sentence reaches no further.
    ends = [at + 1 for mark in _SENTENCE_END if (at := text.find(mark, last - 1)) >= 0]
    stop = min(ends, default=len(text))
    while begin < first and text[begin].isspace():
        begin += 1
    return None if text[:begin].strip() == "" and text[stop:].strip() == "" else (begin, stop)


def _location(place: Place, report: Report) -> Location:
    """Where the note belongs: at the place itself, else at the nearest one that is in the file."""
    return next((found for found in _candidates(place, report) if found != NOWHERE), NOWHERE)


def _candidates(place: Place, report: Report) -> Iterator[Location]:
    yield place.location
    table = report.tables.get(place.table or "")
    if table is not None and table.found:
        yield from (row.location for row in table.rows if row.key == place.row and place.row)
        yield from (column.location for column in table.columns if column.key == place.column)
        yield table.location
    key = place.section or place.table
    if key in SECTION_KEYS:
        yield from (section.location for section in report.sections if key in (section.key, section.part_of))
        before = SECTION_KEYS[: SECTION_KEYS.index(key)]
        earlier = [section for section in report.sections if section.key in before]
        yield from (_end(section) for section in reversed(earlier))
    yield from _front(report)


def _end(section: Section) -> Location:
    return section.passages[-1].location if section.passages else section.location


def _front(report: Report) -> Iterable[Location]:
    if report.title:
        yield report.title.location
    yield from (passage.location for passage in report.lead)
    yield from (section.location for section in report.sections)
    yield from (block.location for block in report.document.blocks)


def is_ours(author: str) -> bool:
    """Whether a note by this author is one of ours."""
    return re.match(rf"{AUTHOR}(?:\s|$)", author) is not None
