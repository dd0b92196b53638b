"""Tables that a draft draws with tabs: paragraphs in a row, each a row of the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linter.document.docxraw import Raw, Text
from linter.document.model import Line, Location, Table

if TYPE_CHECKING:
    from linter.document.tabs import Run

_FEWEST_ROWS = 3
_FEWEST_TABS = 2
_BETWEEN = 3
"""Lines between two tables that may be parts of one."""


class Drawn:
    """The tables among a document's paragraphs, by the index of the block where each begins."""

    def __init__(self, raw: Sequence[Raw]) -> None:
        self._lines: dict[int, tuple[int, list[Line]]] = {}
        start = 0
        while start < len(raw):
            if not _has_tab(raw[start]):
                start += 1
                continue
            end = start
            while end < len(raw) and isinstance(raw[end], Text):
                end += 1
            self._add(raw[start:end], start)
            start = end

    def _add(self, texts: Sequence[Raw], base: int) -> None:
        # Here and not above: few documents draw tables with tabs.
        from linter.document.tabs import tab_runs

        lines: list[Line] = []
        owners: list[int] = []
        for index, block in enumerate(texts):
            for text in block.text.split("\n") if isinstance(block, Text) else ():
                lines.append(Line(text, Location(line=base + index)))
                owners.append(base + index)
        near: list[Run] = []
        for run in [*tab_runs(lines), None]:
            if run is not None and (not near or run.start - near[-1].end <= _BETWEEN):
                near.append(run)
                continue
            # Of tables that follow each other, all are taken, or none: a table in halves has lost a part.
            if all(_is_table(lines, part, owners) for part in near):
                for part in near:
                    inside = lines[part.start : part.end]
                    self._lines[owners[part.start]] = (owners[part.end - 1] + 1, inside)
            near = [run] if run is not None else []

    def end(self, index: int) -> int | None:
        """The block after the table that begins at block `index`, None where none begins."""
        found = self._lines.get(index)
        return found[0] if found else None

    def table(self, index: int, paragraph: int, number: int) -> Table:
        """The table that begins at block `index`, with the count of the paragraph there; its number is
        `number`."""
        from linter.document.tabs import tab_table

        lines = [
            line._replace(location=Location(paragraph=paragraph + (line.location.line or index) - index))
            for line in self._lines[index][1]
        ]
        return tab_table(lines, number)


def _is_table(lines: Sequence[Line], run: Run, owners: Sequence[int]) -> bool:
    """Whether the lines have one and the same number of columns, and are whole paragraphs.

    Where a row has fewer tabs than another, nothing tells which of its cells is missing.
    """
    inside = [line.text for line in lines[run.start : run.end] if line.text.strip()]
    tabs = max(text.count("\t") for text in inside)
    even = all(text.count("\t") == tabs or "\t" not in text.strip() for text in inside)
    begins = run.start == 0 or owners[run.start - 1] != owners[run.start]
    ends = run.end == len(owners) or owners[run.end] != owners[run.end - 1]
    return len(inside) >= _FEWEST_ROWS and tabs >= _FEWEST_TABS and even and begins and ends


def _has_tab(block: Raw) -> bool:
    return isinstance(block, Text) and "\t" in block.text
