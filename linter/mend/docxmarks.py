"""Marks of comments in the main document of a Word file: put in at places, and taken out again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from linter.document.docxnames import COMMENT, PPR, RPR, TEXT_BOX, P, R, W
from linter.mend.docxtext import Spans, Written, properties_of, run_of, written
from linter.mend.notes import sentence
from linter.mend.xmlspans import Change, Span, appended

_START, _END = W + "commentRangeStart", W + "commentRangeEnd"
_ID = W + "id"


class Mark(NamedTuple):
    """Where one comment is to stand: the elements of its place, the words meant there, its id."""

    elements: Sequence[etree._Element]
    excerpt: str
    word: str
    id: int


class _Spot(NamedTuple):
    """A place between characters. `split` closes a run before it and opens it anew behind it."""

    offset: int
    split: tuple[bytes, bytes] = (b"", b"")


class Marks:
    """The marks of comments as changes to one main document, whose elements stand at `spans`."""

    def __init__(self, data: bytes, spans: Spans, namespace: str) -> None:
        self._data = data
        self._spans = spans
        self._namespace = namespace.encode()
        self._ends: dict[int, list[bytes]] = {}
        self._starts: dict[int, list[bytes]] = {}
        self._splits: dict[int, tuple[bytes, bytes]] = {}
        self._filled: dict[etree._Element, list[bytes]] = {}

    def add(self, mark: Mark) -> None:
        """Mark the sentence, or the whole paragraph or cell."""
        paragraph = _paragraph(mark.elements)
        if paragraph is None:
            return
        span = self._spans[paragraph]
        # Where the document names its elements by another prefix, ours say what w means.
        declared = b"" if span.name == b"w:p" else b' xmlns:w="%s"' % self._namespace
        start = b'<w:commentRangeStart%s w:id="%d"/>' % (declared, mark.id)
        end = b'<w:commentRangeEnd%s w:id="%d"/>' % (declared, mark.id)
        end += b'<w:r%s><w:commentReference w:id="%d"/></w:r>' % (declared, mark.id)
        if span.is_empty:
            self._filled.setdefault(paragraph, []).append(start + end)
            return
        here, there = self._spots(paragraph, mark, span)
        if here.offset == there.offset:
            # Nothing is between the marks: were the end put with the ends, it would come first.
            self._ends.setdefault(here.offset, []).append(start + end)
            return
        self._starts.setdefault(here.offset, []).append(start)
        self._ends.setdefault(there.offset, []).append(end)
        for spot in (here, there):
            if spot.split[0]:
                self._splits[spot.offset] = spot.split

    def changes(self) -> Iterator[Change]:
        """All marks, those that end at a place before those that begin there."""
        for offset in {**self._ends, **self._starts}:
            before, after = self._splits.get(offset, (b"", b""))
            marks = b"".join(self._ends.get(offset, []) + self._starts.get(offset, []))
            yield Change(offset, offset, before + marks + after)
        for paragraph, content in self._filled.items():
            yield appended(self._spans[paragraph], b"".join(content))

    def _spots(self, paragraph: etree._Element, mark: Mark, span: Span) -> tuple[_Spot, _Spot]:
        characters = written(paragraph, self._data, self._spans) if mark.excerpt else []
        found = sentence("".join(one.character for one in characters), mark.excerpt, mark.word)
        if found is None:
            first = paragraph[0] if len(paragraph) else None
            begin = self._spans[first].end if first is not None and first.tag == PPR else span.inner
            return _Spot(begin), _Spot(span.close)
        start, end = found
        return (
            self._before(paragraph, characters, start),
            self._behind(paragraph, characters, end - 1),
        )

    def _before(self, paragraph: etree._Element, characters: Sequence[Written], index: int) -> _Spot:
        one = characters[index]
        follows = index > 0 and characters[index - 1].text is one.text
        split = self._split(paragraph, characters, index) if follows else None
        return split or _Spot(self._edge(paragraph, one).start)

    def _behind(self, paragraph: etree._Element, characters: Sequence[Written], index: int) -> _Spot:
        one = characters[index]
        goes_on = index + 1 < len(characters) and characters[index + 1].text is one.text
        split = self._split(paragraph, characters, index + 1) if goes_on else None
        return split or _Spot(self._edge(paragraph, one).end)

    def _split(self, paragraph: etree._Element, characters: Sequence[Written], index: int) -> _Spot | None:
        """Part the run before the character, where it is one of the paragraph's own. A blank would be lost
        at the end of a text that does not say that blanks count."""
        one = characters[index]
        run = run_of(one.text)
        if run is None or run.getparent() is not paragraph or characters[index - 1].character.isspace():
            return None
        text, outer = self._spans[one.text].name, self._spans[run].name
        again = properties_of(run, self._data, self._spans)
        before = b"</" + text + b"></" + outer + b">"
        return _Spot(
            one.start, (before, b"<" + outer + b">" + again + b"<" + text + b' xml:space="preserve">')
        )

    def _edge(self, paragraph: etree._Element, one: Written) -> Span:
        """The span of the paragraph's own child that holds the character."""
        element = one.text
        while (parent := element.getparent()) is not None and parent is not paragraph:
            element = parent
        return self._spans[element]


def _paragraph(elements: Sequence[etree._Element]) -> etree._Element | None:
    """The paragraph that a comment at these elements is fastened to: the one itself, the first with text
    in a cell. Word takes no comments in text boxes: there it is the paragraph that holds the box."""
    candidates = [p for element in elements for p in ([element] if element.tag == P else element.iter(P))]
    chosen = next((p for p in candidates if any(True for _ in p.iter(W + "t"))), None)
    chosen = chosen if chosen is not None else next(iter(candidates), None)
    if chosen is None:
        return None
    boxes = list(chosen.iterancestors(TEXT_BOX))
    if not boxes:
        return chosen
    return next(boxes[-1].iterancestors(P), None)


def removed(root: etree._Element, spans: Spans, ids: Collection[str]) -> Iterator[Change]:
    """The marks of the comments `ids` taken out, with the runs that hold nothing else."""
    for element in root.iter(_START, _END, COMMENT):
        if element.get(_ID) not in ids:
            continue
        parent = element.getparent()
        alone = (
            element.tag == COMMENT
            and parent is not None
            and parent.tag == R
            and all(child is element or child.tag == RPR for child in parent)
        )
        span = spans[parent] if alone and parent is not None else spans[element]
        yield Change(span.start, span.end, b"")


def mark_ids(root: etree._Element) -> set[str]:
    """The ids of all comments that the document marks."""
    return {element.get(_ID, "") for element in root.iter(_START, _END, COMMENT)}
