"""Fixes as edits of an editor's text."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from linter.checks.outcome import Finding
from linter.document.model import Unreadable
from linter.lint import judged
from linter.lsp.linting import Read
from linter.lsp.spans import Span
from linter.mend.fix import NotFixed, fixed, same_figures, written


class Edit(NamedTuple):
    """`new` in the place of what `span` covers."""

    span: Span
    new: str


def edits_for(read: Read, finding: Finding) -> tuple[Edit, ...]:
    """The edits that mend one finding; none where its place in the text is not sure, or where a figure
    would read otherwise."""
    data = read.source.data or b""
    mended = written(data, read.report, finding.fixes)
    if mended == data:
        return ()
    try:
        report, _ = judged(read.job, read.source._replace(data=mended))
    except Unreadable:
        return ()
    if not same_figures(read.report, report, unsafe=not is_safe(finding)):
        return ()
    return edits_between(data.decode(), mended.decode())


def edits_for_all(read: Read) -> tuple[Edit, ...]:
    """The edits that mend all that is safe, also what no finding speaks of; none where that is refused."""
    data = read.source.data or b""
    try:
        mended = fixed(data, lambda now: judged(read.job, read.source._replace(data=now)))
    except (NotFixed, Unreadable):
        return ()
    return edits_between(data.decode(), mended.data.decode())


def is_safe(finding: Finding) -> bool:
    """Whether none of its fixes is a guess."""
    return all(fix.safe for fix in finding.fixes)


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """The edits that make `new` of `old`: of the lines that differ, what differs in them."""
    return tuple(_edits(old.split("\n"), new.split("\n")))


def _edits(old: list[str], new: list[str]) -> Iterator[Edit]:
    for kind, first, last, begin, stop in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "replace" and last - first == stop - begin:
            pairs = zip(old[first:last], new[begin:stop], strict=True)
            yield from (_in_line(first + index, was, now) for index, (was, now) in enumerate(pairs))
        elif kind != "equal":
            yield _of_lines(old, first, last, new[begin:stop])


def _in_line(line: int, was: str, now: str) -> Edit:
    """What differs between two lines: all but their beginning and end in common."""
    most = min(len(was), len(now))
    start = next((index for index in range(most) if was[index] != now[index]), most)
    most -= start
    same = next((index for index in range(most) if was[-1 - index] != now[-1 - index]), most)
    return Edit(Span(line, start, line, len(was) - same), now[start : len(now) - same])


def _of_lines(old: list[str], first: int, last: int, new: list[str]) -> Edit:
    """Lines replaced, put in or taken out as a whole."""
    if last < len(old):
        return Edit(Span(first, 0, last, 0), "".join(f"{line}\n" for line in new))
    if first == 0:
        return Edit(Span(0, 0, last - 1, len(old[-1])), "\n".join(new))
    # The last line has no end of its own: that of the line before goes or comes with it.
    before = first - 1
    text = "".join(f"\n{line}" for line in new)
    return Edit(Span(before, len(old[before]), max(last - 1, before), len(old[max(last - 1, before)])), text)
