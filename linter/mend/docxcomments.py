"""Word comments: the file's own bytes with comments put in at the places of the notes.

The main document gains marks and nothing else; the other parts that change are the comments themselves
and, where the file had none, the two lists that name them. Everything else stays as it is packed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from linter.document.archive import Archive, parse_xml
from linter.document.docx import elements, walk
from linter.document.docxpackage import Package
from linter.document.docxraw import Raw
from linter.document.model import Location, Unreadable
from linter.mend.docxmarks import Mark, Marks, mark_ids, removed
from linter.mend.docxtext import element_spans
from linter.mend.notes import Note, is_ours
from linter.mend.repack import repacked
from linter.mend.xmlspans import Change, appended, as_utf8, changed, escaped, spans_of

_TRANSITIONAL = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "[Content_Types].xml"
_EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class _Comments(NamedTuple):
    """The part that holds the comments; `data` is empty where the file has none yet."""

    name: str
    data: bytes
    is_new: bool


def with_comments(data: bytes, notes: Sequence[Note]) -> bytes:
    """The Word file with a comment for each note; those of an earlier annotation are replaced.

    Raises Unreadable where the file is damaged.
    """
    archive = Archive(data)
    # An archive unpacks so much and no more: the reading has one of its own, as it had before.
    package = Package(Archive(data))
    raw = as_utf8(archive.read(package.main_name) or b"")
    namespace = _STRICT if _STRICT.encode() in raw else _TRANSITIONAL
    walked = walk(package)
    places = dict(_places(walked.raw))
    spans = element_spans(walked.root, spans_of(raw))
    comments = _comments(archive, package)
    ours, others = _ids(comments)
    if ours and notes:
        # Marks of ours would part what else is one place, and the next copy would differ from this one.
        return with_comments(without_comments(data), notes)
    number = (
        max((int(id_) for id_ in (others | mark_ids(walked.root)) - ours if id_.isdigit()), default=-1) + 1
    )
    marks = Marks(raw, spans, _main_namespace(namespace))
    written: list[bytes] = []
    for note in notes:
        found = _nearest(places, note.location)
        if found is None:
            continue
        marks.add(Mark(found, note.excerpt, note.word, number + len(written)))
        written.append(_comment(note, number + len(written)))
    if not written and not ours:
        return data
    main = changed(raw, [*removed(walked.root, spans, ours), *marks.changes()])
    parts = {package.main_name: main, comments.name: _rewritten(comments, written, namespace)}
    if comments.is_new:
        parts |= _listed(archive, package.main_name, comments.name, namespace)
    return repacked(data, parts)


def without_comments(data: bytes) -> bytes:
    """The Word file without the comments of an earlier annotation."""
    return with_comments(data, ())


_Key = tuple[int | None, int | None, int | None, int | None]


def place_key(location: Location) -> _Key:
    """What tells the places of a Word file apart."""
    if location.paragraph is not None:
        return (location.paragraph, None, None, None)
    return (None, location.table, location.row, location.cell)


def _places(raw: list[Raw]) -> Iterator[tuple[_Key, list[etree._Element]]]:
    for location, found in elements(raw):
        yield place_key(location), found


def _nearest(places: dict[_Key, list[etree._Element]], location: Location) -> Sequence[etree._Element] | None:
    """The elements at a location; of a table or a row as a whole its first cell, of what has no place of
    its own that of the beginning."""
    paragraph, table, row, _ = key = place_key(location)
    if key in places:
        return places[key]
    if table is not None:
        inside = [where for where in places if where[1] == table and row in (None, where[2])]
        if inside:
            return places[min(inside, key=lambda where: (where[2] or 0, where[3] or 0))]
    if paragraph is not None:
        before = [where[0] for where in places if where[0] is not None and where[0] <= paragraph]
        if before:
            return places[(max(before), None, None, None)]
    return next(iter(places.values()), None)


# --- The part with the comments


def _main_namespace(base: str) -> str:
    return f"{base}/wordprocessingml/main" if base == _STRICT else f"{base}/wordprocessingml/2006/main"


def _comments(archive: Archive, package: Package) -> _Comments:
    for relationship in package.relationships.values():
        if relationship.kind == "comments" and not relationship.external:
            found = archive.read(relationship.target)
            if found is not None:
                return _Comments(relationship.target, as_utf8(found), is_new=False)
    folder = posixpath.dirname(package.main_name)
    names = (posixpath.join(folder, f"comments{suffix}.xml") for suffix in ("", *range(1, 100)))
    return _Comments(next(name for name in names if name not in archive), b"", is_new=True)


def _ids(comments: _Comments) -> tuple[set[str], set[str]]:
    """The ids of our own comments, and those of other people's."""
    ours: set[str] = set()
    others: set[str] = set()
    for element in _comment_elements(comments):
        author = _attribute(element, "author")
        (ours if is_ours(author) else others).add(_attribute(element, "id"))
    return ours, others


def _attribute(element: etree._Element, name: str) -> str:
    """A value of WordprocessingML, of either namespace."""
    given = (str(value) for key, value in element.attrib.items() if str(key).endswith("}" + name))
    return next(given, "")


def _comment_elements(comments: _Comments) -> list[etree._Element]:
    return list(parse_xml(comments.data, comments.name)) if comments.data else []


def _rewritten(comments: _Comments, written: Sequence[bytes], namespace: str) -> bytes:
    declared = b' xmlns:w="%s"' % _main_namespace(namespace).encode()
    if comments.is_new:
        return _HEAD + b"<w:comments" + declared + b">" + b"".join(written) + b"</w:comments>"
    root = parse_xml(comments.data, comments.name)
    spans = element_spans(root, spans_of(comments.data))
    ours, _ = _ids(comments)
    changes = [
        Change(spans[element].start, spans[element].end, b"")
        for element in root
        if _attribute(element, "id") in ours
    ]
    if spans[root].name != b"w:comments":
        written = [piece.replace(b"<w:comment", b"<w:comment" + declared, 1) for piece in written]
    return changed(comments.data, [*changes, appended(spans[root], b"".join(written))])


def _comment(note: Note, number: int) -> bytes:
    """One comment. It has no date, so that the same file and findings give the same bytes."""
    paragraphs = []
    for index, part in enumerate(note.parts):
        label = _run(part.label, bold=True) if part.label else b""
        paragraphs.append(b"<w:p>" + label + _run(part.text, bold=index == 0) + b"</w:p>")
    head = b'<w:comment w:id="%d" w:author="%s" w:initials="GK">' % (number, escaped(note.author))
    return head + b"".join(paragraphs) + b"</w:comment>"


def _run(text: str, *, bold: bool) -> bytes:
    properties = b"<w:rPr><w:b/></w:rPr>" if bold else b""
    return b"<w:r>" + properties + b'<w:t xml:space="preserve">' + escaped(text) + b"</w:t></w:r>"


# --- The lists that name it


def _listed(archive: Archive, main: str, comments: str, namespace: str) -> dict[str, bytes]:
    """The package's lists of types and of the main document's relationships with the new part in them."""
    types = as_utf8(archive.read(_TYPES) or b"")
    if not types:
        raise Unreadable("不是有效的 Word 文档（缺少 [Content_Types].xml）")
    root = spans_of(types)[0]
    prefix = root.name.removesuffix(b"Types")
    override = b'<%sOverride PartName="/%s" ContentType="%s"/>' % (prefix, escaped(comments), _TYPE.encode())
    folder, name = posixpath.split(main)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    relationships = as_utf8(archive.read(path) or _EMPTY_RELATIONSHIPS)
    given = {item.get("Id") for item in parse_xml(relationships, path)}
    own = next(f"rIdGongkai{n}" for n in range(1, 1000) if f"rIdGongkai{n}" not in given)
    top = spans_of(relationships)[0]
    kind = f"{namespace}/officeDocument/{'' if namespace == _STRICT else '2006/'}relationships/comments"
    relationship = b'<%sRelationship Id="%s" Type="%s" Target="/%s"/>' % (
        top.name.removesuffix(b"Relationships"),
        own.encode(),
        kind.encode(),
        escaped(comments),
    )
    return {
        _TYPES: changed(types, [appended(root, override)]),
        path: changed(relationships, [appended(top, relationship)]),
    }
