"""Safe fixes: a file's wording and layout mended until nothing is left to mend, its figures untouched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from linter.checks.outcome import Fix, Judgement
from linter.document.model import Block, Location, Paragraph, Table
from linter.mend.layout import layout_fixes, zero_fixes
from linter.report.model import Report, State, TableCell

FIXABLE = ("docx", "html", "markdown", "text")
"""The readers whose files can be fixed."""

_MOST_PASSES = 5

Read: TypeAlias = Callable[[bytes], tuple[Report, Judgement]]
"""A file's bytes read and judged."""


class NotFixed(Exception):
    """Why a file gets no fixes: one line for the user, without the path."""


class Rewording(NamedTuple):
    """A paragraph or cell before and after the fixes."""

    location: Location
    before: str
    after: str


class Fixed(NamedTuple):
    """A file after its fixes: `data` is the same where there was nothing to mend. `report` and
    `judgement` are those of the fixed file."""

    data: bytes
    report: Report
    judgement: Judgement
    rewordings: tuple[Rewording, ...]


def fixed(data: bytes, read: Read, *, unsafe: bool = False) -> Fixed:
    """The file with all fixes made, and with those that are not safe where `unsafe` says so.

    A fix may bring another to light, so that it is read again until none is left. Raises NotFixed for
    other formats, and where a fix would change a figure; Unreadable for what cannot be read.
    """
    report, judgement = read(data)
    if report.document.reader not in FIXABLE:
        raise NotFixed("这种格式不能自动修改，请转为 Word（.docx）、网页、Markdown 或文本后再试")
    first, original = report, data
    for _ in range(_MOST_PASSES):
        fixes = fixes_of(report, judgement, unsafe=unsafe)
        mended = _written(data, report, fixes) if fixes else data
        if mended == data:
            break
        data = mended
        report, judgement = read(data)
    if data != original:
        _refuse_changed_figures(first, report, unsafe=unsafe)
    return Fixed(data, report, judgement, _rewordings(first, report))


def fixes_of(report: Report, judgement: Judgement, *, unsafe: bool = False) -> tuple[Fix, ...]:
    """All fixes of a report, each once."""
    found = [fix for finding in judgement.findings for fix in finding.fixes]
    found += layout_fixes(report)
    if unsafe:
        found += zero_fixes(report)
    return tuple(dict.fromkeys(fix for fix in found if fix.safe or unsafe))


def _written(data: bytes, report: Report, fixes: Sequence[Fix]) -> bytes:
    if report.document.reader == "docx":
        from linter.mend.docxfixes import with_fixes

        return with_fixes(data, fixes)
    from linter.mend import textfixes

    return textfixes.with_fixes(data, report.document, fixes)


# --- Figures are the same


def _refuse_changed_figures(before: Report, after: Report, *, unsafe: bool) -> None:
    known = _known(before) == _known(after)
    zero = {"0"} if unsafe else set()
    if not (known and _same_cells(before, after, unsafe) and _digits(before, zero) == _digits(after, zero)):
        raise NotFixed("自动修改会使读出的数字与原来不同，已放弃修改，文件没有改动")


def _known(report: Report) -> tuple[object, ...]:
    """What the figures are of."""
    period = report.period
    return report.year, report.edition, period and (period.start, period.end)


def _same_cells(before: Report, after: Report, unsafe: bool) -> bool:
    if before.tables.keys() != after.tables.keys():
        return False
    for key, table in before.tables.items():
        cells = after.tables[key].cells
        if table.cells.keys() != cells.keys():
            return False
        if not all(_same_cell(cell, cells[place], unsafe) for place, cell in table.cells.items()):
            return False
    return True


def _same_cell(before: TableCell, after: TableCell, unsafe: bool) -> bool:
    if unsafe and before.state in (State.BLANK, State.PLACEHOLDER) and after.value == 0:
        return True
    return before[1:5] == after[1:5] or (before.state is not State.NUMBER and before.state is after.state)


def _digits(report: Report, left_out: set[str]) -> list[str]:
    """The figures in the prose; the numbers of headings are no figures."""
    headings = {section.location for section in report.sections}
    texts = (
        block.text
        for block in report.document.blocks
        if isinstance(block, Paragraph) and block.location not in headings
    )
    found = re.findall("[0-9]+", unicodedata.normalize("NFKC", "\n".join(texts)))
    return [figure for figure in found if figure not in left_out]


# --- What was changed


def _rewordings(before: Report, after: Report) -> tuple[Rewording, ...]:
    old, new = list(_texts(before.document.blocks)), list(_texts(after.document.blocks))
    if len(old) == len(new):
        pairs = zip(old, new, strict=True)
        return tuple(Rewording(at, was, now) for (at, was), (_, now) in pairs if was != now)
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [text for _, text in old], [text for _, text in new], autojunk=False)
    return tuple(
        Rewording(
            (old[first:last] or new[begin:stop])[0][0],
            "\n".join(text for _, text in old[first:last]),
            "\n".join(text for _, text in new[begin:stop]),
        )
        for kind, first, last, begin, stop in matcher.get_opcodes()
        if kind != "equal"
    )


def _texts(blocks: Sequence[Block]) -> Iterator[tuple[Location, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.location, block.text
        elif isinstance(block, Table):
            yield from ((cell.location, cell.text) for cell in block.cells)
