"""Words that the form prints into a table and that the report should keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.cells import place_of, unknown_tables
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Verdict
from linter.checks.wording import quoted, table_name
from linter.document.model import Paragraph, Table
from linter.report.model import Report


class Parameters(NamedTuple):
    """`words` of which one must stand in the report, since they belong to `table`."""

    table: str
    words: tuple[str, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """Nothing where the table is not there or the source may have lost words of it."""
    table = report.tables.get(parameters.table)
    if table is None or not table.found or table.lost or not report.document.blocks:
        return
    text = "".join("".join(_texts(report)).split())
    if any(word in text for word in parameters.words):
        yield Verdict(Outcome.PASS, place_of(table))
    elif report.reading.certainty == "full" and not report.document.lossy:
        arguments = {
            "table": table_name(table.key),
            "table.en": table_name(table.key, "en"),
            "words": quoted(parameters.words[0]),
        }
        yield Verdict(Outcome.FAIL, place_of(table), arguments)


def _texts(report: Report) -> Iterator[str]:
    for block in report.document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells)
        elif isinstance(block, Paragraph):
            yield block.text


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """An unknown table; no words."""
    del editions
    for _, reason in unknown_tables([parameters.table]):
        yield ("table",), reason
    if not parameters.words:
        yield ("words",), "应写出表格中应有的文字"


KIND = Kind(
    name="printed",
    parameters=Parameters,
    arguments=frozenset({"table", "words"}),
    check=check,
    verify=verify,
)
