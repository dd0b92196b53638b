"""Safe fixes: a file's wording and layout mended until nothing is left to mend, its figures untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from linter.checks.outcome import Fix, Judgement
from linter.document.model import Block, Location, Paragraph, Table
from linter.mend.figures import figures, keeps_figures, without_number
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
        mended = written(data, report, fixes) if fixes else data
        if mended == data:
            break
        data = mended
        report, judgement = read(data)
    if data != original and not same_figures(first, report, unsafe=unsafe):
        again = "；请去掉 --unsafe-fixes 再试" if unsafe else "，请人工修改"
        raise NotFixed(f"自动修改会使读出的数字与原来不同，已放弃修改，文件没有改动{again}")
    return Fixed(data, report, judgement, _rewordings(first, report))


def fixes_of(report: Report, judgement: Judgement, *, unsafe: bool = False) -> tuple[Fix, ...]:
    """All fixes of a report, each once; none that would lose a figure or make another, none of what is set
    aside, but those of what the baseline knows."""
    found = [fix for finding in (*judgement.findings, *judgement.known) for fix in finding.fixes]
    found += layout_fixes(report)
    kept = [fix for fix in found if (fix.safe or unsafe) and keeps_figures(fix)]
    if unsafe:
        kept += zero_fixes(report)
    return tuple(dict.fromkeys(kept))


def written(data: bytes, report: Report, fixes: Sequence[Fix]) -> bytes:
    """The file, of which `report` was read, with those of the fixes made whose place is sure."""
    if report.document.reader == "docx":
        from linter.mend.docxfixes import with_fixes

        return with_fixes(data, fixes)
    from linter.mend import textfixes

    return textfixes.with_fixes(data, report.document, fixes)


# --- Figures are the same


def same_figures(before: Report, after: Report, *, unsafe: bool = False) -> bool:
    """Whether a report reads the same in all its figures after fixes, but for zeros that `unsafe` ones put
    in."""
    known = _known(before) == _known(after)
    zero = {"0"} if unsafe else set()
    return known and _same_cells(before, after, unsafe) and _digits(before, zero) == _digits(after, zero)


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
    """The figures in the whole text; the numbers that headings and labels are counted by are none."""
    texts = (without_number(text) for _, text in _texts(report.document.blocks))
    return [figure for text in texts for figure in figures(text) if figure not in left_out]


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
