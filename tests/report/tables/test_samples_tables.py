"""The printed figures of the real samples, under their right keys (issue 2, "Must show" 2)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from linter.document.registry import read_file
from linter.report.model import Report, StandardTable, State
from linter.report.read import read_report

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not here")

KEYS = ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total")
MARKS = {State.BLANK: "_", State.LOST: "?", State.ABSENT: "!", State.PLACEHOLDER: "/", State.TEXT: "T"}


@cache
def report(name: str) -> Report:
    path = SAMPLES / name
    return read_report(read_file(path), name)


def row(table: StandardTable, key: str) -> str:
    """The cells of a row: numbers as values, `_` blank, `?` lost."""
    return " ".join(_mark(table, key, column) for name, column in table.cells if name == key)


def _mark(table: StandardTable, key: str | None, column: str) -> str:
    cell = table.cells[key, column]
    return str(cell.value) if cell.state is State.NUMBER else MARKS[cell.state]


def disputes(name: str) -> str:
    table = report(name).tables["disputes"]
    return " ".join(_mark(table, None, column) for _, column in table.cells)


def assert_rows(name: str, table: str, expected: Mapping[str, str], rest: str) -> None:
    """Each named row as given; every other row of the table reads `rest`."""
    found = report(name).tables[table]
    keys = dict.fromkeys(key for key, _ in found.cells if key)
    assert {key: row(found, key) for key in keys} == {key: expected.get(key, rest) for key in keys}


ZEROS = "0 0 0 0 0 0 0"
BLANKS = "_ _ _ _ _ _ _"
LOST = "? ? ? ? ? ? ?"


def test_guyuan() -> None:
    name = "2019-guyuan-government-office.txt"
    assert_rows(
        name, "disclosure", {"normative_documents": "12 12 12", "fees": "0 0", "procurement": "0 0"}, "0 0 0"
    )
    only_persons = {"new": 33, "granted": 6, "denied.internal": 3, "unavailable.not_held": 19, "other": 5}
    rows = {key: f"{value} 0 0 0 0 0 {value}" for key, value in {**only_persons, "result_total": 33}.items()}
    assert_rows(name, "applications", rows, ZEROS)
    assert disputes(name) == "1 0 0 0 1 0 0 0 0 0 1 0 0 1 0"


def test_zhongwei_government_office() -> None:
    name = "2019-zhongwei-government-office.txt"
    assert_rows(
        name,
        "disclosure",
        {"regulations": "1 1 1", "normative_documents": "6 6 6", "fees": "0 0", "procurement": "3 93.36"},
        "0 0 0",
    )
    assert report(name).tables["disclosure"].cells["procurement", "amount"].unit == "万元"
    persons = {
        "new": 9,
        "granted": 4,
        "denied.internal": 1,
        "unavailable.not_held": 3,
        "rejected.petition": 1,
    }
    rows = {key: f"{value} _ _ _ _ _ {value}" for key, value in {**persons, "result_total": 9}.items()}
    assert_rows(name, "applications", {**rows, "denied.prohibited_by_law": LOST}, BLANKS)
    assert disputes(name) == " ".join(["0"] * 15)


def test_zhongwei_affairs_center() -> None:
    name = "2020-zhongwei-affairs-center.txt"
    assert_rows(name, "disclosure", {"fees": "0 0", "procurement": "4 506.48"}, "0 0 0")
    cut = "0 0 0 0 0 0 ?"
    assert_rows(name, "applications", {"denied.state_secret": cut, "unavailable.not_held": cut}, ZEROS)
    assert disputes(name) == "_ _ _ _ _ 0 0 0 0 0 0 0 0 0 0"


def test_zhongning() -> None:
    name = "2020-zhongning-county.txt"
    assert_rows(
        name,
        "disclosure",
        {
            "normative_documents": "3 3 7",
            "licensing": "74 54 13383",
            "other_services": "1061 440 117904",
            "penalties": "2423 60 471",
            "coercion": "209 -66 91",
            "fees": "3 8",
            "procurement": "? ?",
        },
        "0 0 0",
    )
    lost = ("new", "carried_in", "granted", "partial", "denied.state_secret", "denied.prohibited_by_law")
    assert_rows(
        name,
        "applications",
        {
            **dict.fromkeys((*lost, "denied.security_stability"), LOST),
            "unavailable.not_held": "2 0 0 0 0 0 2",
            "result_total": "12 0 0 0 0 0 12",
        },
        ZEROS,
    )
    assert disputes(name) == "0 0 1 0 1 0 0 0 0 0 0 0 0 0 0"


def test_shanghai() -> None:
    name = "2019-shanghai-general-office.html"
    assert_rows(
        name,
        "disclosure",
        {
            "regulations": "13 13 524",
            "normative_documents": "60 60 368",
            "fees": "0 0",
            "procurement": "6 251000",
        },
        "0 0 0",
    )
    assert_rows(
        name,
        "applications",
        {
            "new": "821 35 _ _ 2 1 859",
            "carried_in": "18 _ _ _ _ _ 18",
            "granted": "258 12 _ _ 1 1 _",
            "partial": "3 _ _ _ _ _ _",
            "denied.state_secret": "14 _ _ _ _ _ _",
            "denied.internal": "5 _ _ _ _ _ _",
            "denied.process": "3 1 _ _ _ _ _",
            "denied.inquiry": "10 2 _ _ _ _ _",
            "unavailable.not_held": "252 12 _ _ 1 _ _",
            "unavailable.to_be_made": "44 3 _ _ _ _ _",
            "unavailable.unclear": "25 _ _ _ _ _ _",
            "rejected.petition": "148 1 _ _ _ _ _",
            "rejected.repeat": "5 4 _ _ _ _ _",
            "result_total": "767 35 _ _ 2 1 805",
            "carried_out": "72 _ _ _ _ _ 72",
        },
        BLANKS,
    )
    assert disputes(name) == "5 _ _ 2 7 8 _ _ 1 9 _ _ _ _ _"


def test_hongze() -> None:
    name = "2024-huaian-hongze-district.pdf"
    assert_rows(
        name,
        "disclosure",
        {
            "normative_documents": "3 0 8",
            "licensing": "9487",
            "penalties": "2776",
            "coercion": "84",
            "fees": "7545",
        },
        "0 0 0",
    )
    persons = {
        "new": 95,
        "granted": 50,
        "partial": 9,
        "denied.security_stability": 1,
        "denied.process": 1,
        "denied.enforcement_file": 1,
        "unavailable.not_held": 31,
        "unavailable.to_be_made": 1,
        "rejected.petition": 1,
        "result_total": 95,
    }
    rows = {key: f"{value} 0 0 0 0 0 {value}" for key, value in persons.items()}
    assert_rows(name, "applications", rows, ZEROS)
    assert disputes(name) == "1 1 0 0 2 1 0 0 0 1 2 0 1 0 3"
    assert ("other", "total") in report(name).tables["applications"].cells


APPLICATIONS = {2019: 23, 2021: 70, 2022: 74, 2023: 81, 2024: 218}


@pytest.mark.parametrize("year", APPLICATIONS)
def test_cells_that_ran_together_are_read_where_the_text_decides(year: int) -> None:
    tables = report(f"{year}-pingtan.txt").tables
    cells = tables["applications"].cells
    assert {cells["denied.state_secret", "natural_person"].value} <= {0, 4}
    assert cells["carried_out", "business"].value == 0
    assert cells["new", "total"].state is State.LOST
    assert cells["new", "total"].reason
    assert {figures[-1] for figures in cells["new", "total"].candidates} == {APPLICATIONS[year]}
    assert {cell.state for cell in tables["disclosure"].cells.values()} == {State.LOST, State.NUMBER}
    assert report(f"{year}-pingtan.txt").reading.certainty == "partial"


@pytest.mark.parametrize(
    ("year", "figures"),
    [
        (2019, "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"),
        (2022, "0 1 1 0 2 1 0 0 0 1 0 0 0 0 0"),
        (2023, "1 1 0 0 2 4 0 0 1 5 1 0 1 0 2"),
    ],
)
def test_fifteen_digits_that_ran_together_are_fifteen_figures(year: int, figures: str) -> None:
    assert disputes(f"{year}-pingtan.txt") == figures


def test_seventeen_digits_that_ran_together_are_candidates_only() -> None:
    cells = report("2021-pingtan.txt").tables["disputes"].cells
    assert {cell.state for cell in cells.values()} == {State.LOST}
    assert {cell.candidates for cell in cells.values()} == {
        ((1, 0, 2, 0, 3, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0),)
    }


def test_the_blank_form_has_every_cell_in_its_place() -> None:
    from linter.report.norm import TABLE_KEYS, table_spec

    tables = report("form-2021-blank.docx").tables
    for key in TABLE_KEYS:
        assert set(tables[key].cells) == set(table_spec(key, "2021").cell_keys())
        assert {cell.state for cell in tables[key].cells.values()} == {State.BLANK}
        assert tables[key].deviations == ()
