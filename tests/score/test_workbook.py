"""The workbook: live sums that agree with the cards, figures as numbers, no formula but our own."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from making import board_of, filing_of, finding, record_with

from linter.corpus.model import Corpus
from linter.corpus.roster import Roster, Unit
from linter.score.board import Board
from linter.score.workbook import write_workbook

pytest.importorskip("xlsxwriter")
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Cell = tuple[str | None, str]
"""Formula, and the text shown."""


def sheets(path: Path) -> dict[str, list[dict[str, Cell]]]:
    """Rows of every sheet: column letters → cell."""
    with zipfile.ZipFile(path) as archive:
        listed = etree.fromstring(archive.read("xl/workbook.xml")).iter(f"{S}sheet")
        names = [one.get("name") or "" for one in listed]
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            strings = etree.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(t.text or "" for t in one.iter(f"{S}t")) for one in strings.iter(f"{S}si")]
        found = {}
        for number, name in enumerate(names, 1):
            tree = etree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            found[name] = [
                {re.sub(r"\d", "", cell.get("r") or ""): _cell(cell, shared) for cell in row.iter(f"{S}c")}
                for row in tree.iter(f"{S}row")
            ]
        return found


def _cell(cell: etree._Element, shared: list[str]) -> Cell:
    text = "".join(t.text or "" for t in cell.iter(f"{S}t")) or cell.findtext(f"{S}v") or ""
    return cell.findtext(f"{S}f"), shared[int(text)] if cell.get("t") == "s" else text


@pytest.fixture(scope="module")
def book(scored: Board, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Cell]]]:
    path = tmp_path_factory.mktemp("book") / "scores.xlsx"
    write_workbook(scored, path)
    return sheets(path)


def test_every_total_is_the_sum_of_its_items(book: dict[str, list[dict[str, Cell]]], scored: Board) -> None:
    head, *rows = book["单位得分"]
    letter = next(key for key, cell in head.items() if cell[1] == "总分")
    items = [row["D"][1] for row in book["扣分明细"]]
    summed = 0
    for row in rows:
        formula, shown = row.get(letter, (None, ""))
        if formula is None:
            assert shown == ""
            continue
        first, last = map(int, re.findall(r"D(\d+)", formula))
        assert sum(map(float, items[first - 1 : last])) == pytest.approx(float(shown))
        summed += 1
    assert summed == sum(one.score.total is not None for year in scored.years for one in year.standings)


def test_the_summary_is_formulas_that_carry_their_values(
    book: dict[str, list[dict[str, Cell]]], scored: Board
) -> None:
    rows = book["汇总"][1:]
    assert [cell[1] for cell in rows[0].values()][:3] == ["报告年度", "应发布", "按时"]
    for row, year in zip(rows[1:], scored.years, strict=True):
        assert row["A"][1] == str(year.year)
        assert all(row[letter][0] for letter in "BCDEFGHIJ")
        assert [int(row[letter][1]) for letter in "BCDG"] == [
            len(year.standings),
            year.count("in-time"),
            year.count("late"),
            year.count("missing"),
        ]


def test_a_mark_for_each_unit_and_rule(book: dict[str, list[dict[str, Cell]]], scored: Board) -> None:
    rows = book["单位×规则"]
    marks = [cell[1] for row in rows[2:-1] for cell in row.values() if cell[0] is None]
    lost = sum(state == "lost" for one in scored.latest.standings for state in one.states.values())
    assert marks.count("×") == lost
    assert [row["A"][1] for row in rows[2:-1]] == [unit.name for unit in scored.corpus.roster.units]


def test_the_figures_of_each_table_are_numbers(book: dict[str, list[dict[str, Cell]]]) -> None:
    named = [name for name in book if name.startswith("数据")]
    assert len(named) == 3
    for name in named:
        _, *rows = book[name]
        assert rows
        for row in rows:
            values = [cell[1] for letter, cell in row.items() if letter not in "ABCD"]
            assert all(value.replace(".", "", 1).isdigit() for value in values)


def test_what_a_report_says_is_never_a_formula(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x.example","甲")'
    said = {
        **finding(board_of(Corpus(Roster([]), (2024,), ())).rules["A001"]),
        "message": evil,
        "hint": "+1",
        "clause": "@x",
    }
    unit = Unit("=1+1", "department")
    record = record_with({"A001": {"fail": 1}}, (said,), path="=cmd|' /C calc'!A0\x00")
    board = board_of(Corpus(Roster([unit]), (2024,), (filing_of(record, unit=unit),)))
    write_workbook(board, tmp_path / "a.xlsx")
    cells = [cell for rows in sheets(tmp_path / "a.xlsx").values() for row in rows for cell in row.values()]
    assert {formula.split("(")[0] for formula, _ in cells if formula} <= {"SUM", "COUNTIF", "COUNTIFS", "IF"}
    assert evil in [shown for _, shown in cells]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert not [
            name for name in archive.namelist() if "rels" in name and b"x.example" in archive.read(name)
        ]
