"""A corpus as an Excel workbook with live sums. Extra `xlsx`.

Every text is written as text: what a report says never becomes a formula or a link. Formulas are only
our own, and carry the value that they give, for programs that do not calculate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from linter.checks.wording import table_name
from linter.render.findings_workbook import sheet_text
from linter.report.norm import EVERY_TABLE
from linter.score.board import Board
from linter.score.explanation import formula_lines
from linter.score.rows import (
    COLUMNS,
    Row,
    all_standings,
    finding_rows,
    item_rows,
    score_columns,
    score_rows,
    table_columns,
    table_rows,
)
from linter.score.standing import YearStanding

_MARKS = {"met": "√", "lost": "×", "open": "?", "aside": "—"}
_WIDTHS = {
    "unit": 26,
    "parent": 22,
    "kind": 16,
    "apart": 24,
    "path": 40,
    "message": 60,
    "hint": 40,
    "clause": 44,
    "place": 34,
    "obligation": 40,
    "calculation": 22,
    "formula": 30,
    "row": 34,
    "name": 28,
    "position": 14,
    "fingerprint": 20,
}
# The same corpus gives the same bytes, whenever it is written.
_CREATED = dt.datetime(2000, 1, 1)
_MOST_ROWS = 1_048_000
"""What Excel can hold of rows, less a few."""


def write_workbook(board: Board, path: Path) -> None:
    """Write the workbook to `path`. Raises ModuleNotFoundError without XlsxWriter."""
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"constant_memory": True})
    book.set_calc_mode("auto")
    book.set_properties({"title": sheet_text(board.title), "created": _CREATED})
    sheets = _Sheets(book, board)
    word = board.word
    summary = book.add_worksheet(word["sheet_summary"])
    scores = list(score_rows(board))
    items = list(item_rows(board))
    sheets.scores(scores, items)
    sheets.plain(word["sheet_items"], COLUMNS["items"], items)
    sheets.rules(board.latest)
    sheets.plain(word["sheet_findings"], COLUMNS["findings"], finding_rows(board))
    for table in EVERY_TABLE:
        sheets.table(table)
    sheets.summary(summary, len(scores))
    formula = book.add_worksheet(word["sheet_formula"])
    formula.set_column(0, 0, 110)
    for row, line in enumerate(formula_lines(board.scheme.formula, board.lang)):
        formula.write_string(row, 0, line, sheets.wrapped)
    book.close()


class _Sheets:
    """The workbook with its formats."""

    def __init__(self, book: Any, board: Board) -> None:
        self.book, self.board, self.word = book, board, board.word
        font = {"font_name": "Microsoft YaHei" if board.lang == "zh" else "Calibri", "font_size": 10}
        self.cell = book.add_format({**font, "valign": "top"})
        self.wrapped = book.add_format({**font, "text_wrap": True, "valign": "top"})
        self.head = book.add_format({**font, "bold": True, "bg_color": "#E6EBF0", "bottom": 1})
        self.title = book.add_format({**font, "bold": True, "font_size": 14})
        self.sum = book.add_format({**font, "bold": True, "top": 1})
        self.points = book.add_format({**font, "num_format": "0.00", "valign": "top"})
        self.point_sum = book.add_format({**font, "num_format": "0.00", "bold": True})
        self.percent = book.add_format({**font, "num_format": "0.0%"})
        self.fault = book.add_format(
            {**font, "bg_color": "#FDEEEE", "font_color": "#A61B1B", "align": "center"}
        )
        self.middle = book.add_format({**font, "align": "center"})
        self.turned = book.add_format({**font, "bold": True, "rotation": 90, "bg_color": "#E6EBF0"})

    def label(self, column: str) -> str:
        """What a column is called."""
        titles = {one.key: one.title.of(self.board.lang) for one in self.board.scheme.formula.dimensions}
        own = {
            "name": "rule_name",
            "findings": "findings_of",
            "open": "open_count",
            "decided": "ranked_decided",
            "share": "ranked_share",
            "message": "problem",
        }
        return titles.get(column) or self.word[own.get(column, column)]

    def heading(self, sheet: Any, columns: Sequence[str], row: int) -> None:
        """The row of headings, with widths and the pane frozen under it."""
        for index, column in enumerate(columns):
            sheet.set_column(index, index, _WIDTHS.get(column, 11))
        for index, column in enumerate(columns):
            sheet.write_string(row, index, self.label(column), self.head)
        sheet.freeze_panes(row + 1, 1)

    def shown(self, column: str, value: Any) -> Any:
        """Keys in words."""
        prefix = {"kind": "kind_", "status": "status_", "apart": "apart_", "severity": ""}
        if column not in prefix or not isinstance(value, str):
            return value
        formula = self.board.scheme.formula
        told = self.word.get(f"{prefix[column]}{value}", self.word.get(f"item_{value}", value))
        return told.format(
            decided=formula.least_decided, share=f"{formula.least_share * 100:.0f}", cap=formula.compared.cap
        )

    def write(self, sheet: Any, row: int, index: int, value: Any) -> None:
        """A number as a number, a text as text, nothing for None."""
        if isinstance(value, str):
            sheet.write_string(row, index, sheet_text(value), self.cell)
        elif isinstance(value, Decimal):
            form = self.points if value.as_tuple().exponent == -2 else self.cell
            sheet.write_number(row, index, float(value), form)
        elif value is not None:
            sheet.write_number(row, index, value, self.cell)

    def plain(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """A sheet of rows under a heading, with a filter."""
        sheet = self.book.add_worksheet(name)
        self.heading(sheet, columns, 0)
        last = 0
        for last, row in enumerate(islice(rows, _MOST_ROWS), 1):
            for index, column in enumerate(columns):
                self.write(sheet, last, index, self.shown(column, row.get(column)))
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        _printing(sheet)

    def table(self, key: str) -> None:
        """The figures of one kind of table, a row a row; no sheet where no report has it."""
        columns = table_columns(self.board, key)
        if not columns:
            return
        sheet = self.book.add_worksheet(
            f"{self.word['sheet_figures']} {table_name(key, self.board.lang)}"[:31]
        )
        fixed = ("unit", "parent", "year", "row")
        self.heading(sheet, fixed, 0)
        for index, title in enumerate(columns.values(), len(fixed)):
            sheet.write_string(0, index, sheet_text(title), self.head)
        sheet.set_column(len(fixed), len(fixed) + len(columns), 13)
        last = 0
        for last, row in enumerate(islice(table_rows(self.board, key), _MOST_ROWS), 1):
            for index, column in enumerate((*fixed, *columns)):
                self.write(sheet, last, index, row.get(column))
        sheet.autofilter(0, 0, max(last, 1), len(fixed) + len(columns) - 1)
        _printing(sheet)

    def scores(self, rows: Sequence[Row], items: Sequence[Row]) -> None:
        """The scores; each total is the sum of its items on the sheet of lost points."""
        columns = score_columns(self.board)
        sheet = self.book.add_worksheet(self.word["sheet_units"])
        self.heading(sheet, columns, 0)
        spans: dict[tuple[str, int], tuple[int, int]] = {}
        for line, item in enumerate(items, 2):
            key = item["unit"], item["year"]
            spans[key] = (spans.get(key, (line, line))[0], line)
        points = "ABCDEFGHIJKLM"[COLUMNS["items"].index("points")]
        for line, row in enumerate(rows, 1):
            for index, column in enumerate(columns):
                span = spans.get((row["unit"], row["year"]))
                if column == "total" and span:
                    formula = f"=SUM('{self.word['sheet_items']}'!{points}{span[0]}:{points}{span[1]})"
                    sheet.write_formula(line, index, formula, self.point_sum, float(row["total"]))
                else:
                    self.write(sheet, line, index, self.shown(column, row[column]))
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        _printing(sheet)

    def rules(self, year: YearStanding) -> None:
        """How each rule stands in each report of the year, with the sum of those not met."""
        sheet = self.book.add_worksheet(self.word["sheet_rules"])
        codes = sorted({code for one in year.standings for code in one.states})
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, len(codes) + 1, 5)
        told = self.word["of_year"].format(year=year.year)
        sheet.write_string(0, 0, f"{told} {self.word['legend_matrix']}", self.title)
        sheet.set_row(1, 150)
        sheet.write_string(1, 0, self.word["unit"], self.head)
        for column, code in enumerate(codes, 1):
            sheet.write_string(1, column, f"{code} {self.board.rule_title(code)}", self.turned)
        sheet.write_string(1, len(codes) + 1, self.word["lost"], self.turned)
        ordered = [one for one in all_standings(self.board) if one.filing.year == year.year]
        for line, one in enumerate(ordered, 2):
            sheet.write_string(line, 0, sheet_text(one.filing.unit.name), self.cell)
            for column, code in enumerate(codes, 1):
                mark = _MARKS.get(one.states.get(code, ""), "")
                if mark:
                    sheet.write_string(line, column, mark, self.fault if mark == "×" else self.middle)
            if codes:
                lost = sum(state == "lost" for state in one.states.values())
                formula = f'=COUNTIF(B{line + 1}:{_letters(len(codes))}{line + 1},"×")'
                sheet.write_formula(line, len(codes) + 1, formula, self.cell, lost)
        total = len(ordered) + 2
        sheet.write_string(total, 0, self.word["lost"], self.sum)
        for column, code in enumerate(codes, 1):
            lost = sum(one.states.get(code) == "lost" for one in ordered)
            letter = _letters(column)
            sheet.write_formula(total, column, f'=COUNTIF({letter}3:{letter}{total},"×")', self.sum, lost)
        sheet.freeze_panes(2, 1)
        _printing(sheet)

    def summary(self, sheet: Any, count: int) -> None:
        """The sums by year, all of them formulas over the sheet of scores."""
        columns = score_columns(self.board)
        units = f"'{self.word['sheet_units']}'!"

        def whole(column: str) -> str:
            letter = _letters(columns.index(column))
            return f"{units}${letter}$2:${letter}${count + 1}"

        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 12, 11)
        sheet.write_string(0, 0, self.board.title, self.title)
        labels = ["year", "should", "status_in-time", "status_late", "status_undated", "status_unreadable"]
        labels += ["status_missing", "rate", "ranked_count", "mean"]
        for column, key in enumerate(labels):
            sheet.write_string(2, column, self.word[key], self.head)
        for row, year in enumerate(self.board.years, 3):
            line = row + 1
            sheet.write_number(row, 0, year.year, self.cell)
            due = len(year.standings)
            sheet.write_formula(row, 1, f"=COUNTIF({whole('year')},A{line})", self.cell, due)
            for column, status in enumerate(("in-time", "late", "undated", "unreadable", "missing"), 2):
                label = self.word[f"status_{status}"]
                formula = f'=COUNTIFS({whole("year")},A{line},{whole("status")},"{label}")'
                sheet.write_formula(row, column, formula, self.cell, year.count(status))
            rate = (due - year.count("missing")) / due if due else 0
            sheet.write_formula(row, 7, f"=IF(B{line}=0,0,(B{line}-G{line})/B{line})", self.percent, rate)
            ranked = f'=COUNTIFS({whole("year")},A{line},{whole("rank")},">0")'
            sheet.write_formula(row, 8, ranked, self.cell, len(year.ranked))
            totals = f'SUMIFS({whole("total")},{whole("year")},A{line},{whole("rank")},">0")'
            mean = f'=IF(I{line}=0,"",{totals}/I{line})'
            sheet.write_formula(
                row, 9, mean, self.point_sum, float(year.mean) if year.mean is not None else ""
            )
        _printing(sheet)


def _printing(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _letters(index: int) -> str:
    """The name of a column, counted from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
