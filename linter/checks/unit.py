"""The unit of an amount: stated, and the same in the cell as in its column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.cells import evidence_of, place_of, spec_of, unknown_lines
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.wording import cell_name, number_text, table_name
from linter.document.model import Paragraph
from linter.report.model import Report

UNITS = ("亿元", "万元", "元")
"""The longest first: each is looked for in the words of a header."""

_STATED = ("单位：", "单位:")


class Parameters(NamedTuple):
    """`cells` are named `row/column`. `fault` is what is looked for: a unit in the cell that
    `contradicts` its column, or an amount for which none is `unstated` (neither in the cell nor in
    the header as printed nor beside the table)."""

    table: str
    cells: tuple[str, ...]
    fault: Literal["contradicts", "unstated"]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """Nothing where a cell holds no figure or its header was not read."""
    table = report.tables.get(parameters.table)
    if table is None or not table.found:
        return
    for name in parameters.cells:
        row, _, column = name.partition("/")
        cell = table.cells.get((row, column))
        if cell is None or cell.value is None:
            continue
        in_cell = _unit_in(cell.unit or "") or _unit_in(cell.note or "")
        printed = ["".join(label.text.split()) for label in table.columns if label.key == column]
        in_header = next(filter(None, map(_unit_in, printed)), "")
        place = place_of(table, row, column)
        if parameters.fault == "contradicts":
            in_header = in_header or spec_of(table).column(row, column).unit or ""
            wrong = bool(cell.value and in_cell and in_header and in_cell != in_header)
        elif printed:
            wrong = bool(cell.value and not in_cell and not in_header and not _stated_beside(report))
        else:
            continue
        if not wrong:
            yield Verdict(Outcome.PASS, place)
            continue
        arguments = {
            "table": table_name(table.key),
            "table.en": table_name(table.key, "en"),
            "cell": cell_name(spec_of(table), row, column),
            "value": number_text(cell.value),
            "unit": in_cell,
            "header": in_header,
        }
        yield Verdict(Outcome.FAIL, place, arguments, Evidence(cells=(evidence_of(table, (row, column)),)))


def _unit_in(text: str) -> str:
    if text == "万":
        return "万元"
    return next((unit for unit in UNITS if unit in text), "")


def _stated_beside(report: Report) -> bool:
    """Whether a line such as 单位：万元 stands beside a table."""
    texts = ("".join(b.text.split()) for b in report.document.blocks if isinstance(b, Paragraph))
    return any(sign in text and _unit_in(text.partition(sign)[2][:6]) for text in texts for sign in _STATED)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, rows and columns."""
    for index, name in enumerate(parameters.cells):
        row, slash, column = name.partition("/")
        if not slash:
            yield ("cells", index), f"“{name}”应写作 行/列，如 fees/amount"
            continue
        for unknown, reason in unknown_lines(parameters.table, editions, [row], [column]):
            yield (("table",) if unknown == parameters.table else ("cells", index)), reason


KIND = Kind(
    name="unit",
    parameters=Parameters,
    arguments=frozenset({"table", "cell", "value", "unit", "header"}),
    check=check,
    verify=verify,
)
