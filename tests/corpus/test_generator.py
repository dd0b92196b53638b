"""The generator: the same seed gives the same bytes, and what it calls consistent is consistent."""

import dataclasses
from collections.abc import Callable
from typing import TypeAlias

import pytest

from examples.generator import (
    Layout,
    make_layout,
    make_report,
    to_docx,
    to_html,
    to_markdown,
    to_text,
    with_defects,
)
from examples.generator.defects import KINDS, kinds_for
from examples.generator.figures import APPLICANTS, FATES, ROUTES
from examples.generator.grids import table_grids
from examples.generator.truth import Prose, TableEdition, Truth
from linter.report.norm import TABLE_KEYS, table_spec

Case: TypeAlias = tuple[int, TableEdition]
EDITIONS: tuple[TableEdition, ...] = ("2019", "2021")
REPORTS: list[Case] = [(seed, edition) for seed in range(25) for edition in EDITIONS]


def report(case: Case) -> Truth:
    return make_report(*case)


@pytest.mark.parametrize("write", [to_docx, to_html, to_markdown, to_text])
def test_the_same_seed_gives_the_same_bytes(write: Callable[[Truth, Layout], bytes]) -> None:
    assert write(make_report(3, "2021"), make_layout(3)) == write(make_report(3, "2021"), make_layout(3))


@pytest.mark.parametrize("case", REPORTS[:8])
def test_another_seed_gives_another_report(case: Case) -> None:
    seed, edition = case
    assert make_report(seed, edition) != make_report(seed + 100, edition)


@pytest.mark.parametrize("case", REPORTS)
def test_every_cell_of_the_norm_is_filled(case: Case) -> None:
    truth = report(case)
    for key in TABLE_KEYS:
        assert set(truth.tables[key].cells) == set(table_spec(key, truth.edition).cell_keys())


@pytest.mark.parametrize("case", REPORTS)
def test_received_and_carried_in_equal_settled_and_carried_out_in_every_column(case: Case) -> None:
    table = report(case).tables["applications"]
    for column in (*APPLICANTS, "total"):
        received = table.number("new", column) + table.number("carried_in", column)
        assert received == table.number("result_total", column) + table.number("carried_out", column)


@pytest.mark.parametrize("case", REPORTS)
def test_results_add_up_to_their_total_in_every_column(case: Case) -> None:
    table = report(case).tables["applications"]
    sums = {"new", "carried_in", "result_total", "carried_out"}
    for column in (*APPLICANTS, "total"):
        parts = [table.number(row.key, column) for row in table.blocks[0].rows if row.key not in sums]
        assert sum(parts) == table.number("result_total", column)


@pytest.mark.parametrize("case", REPORTS)
def test_applicants_add_up_to_the_total_in_every_row(case: Case) -> None:
    table = report(case).tables["applications"]
    for row in table.blocks[0].rows:
        assert sum(table.number(row.key, column) for column in APPLICANTS) == table.number(row.key, "total")


@pytest.mark.parametrize("case", REPORTS)
def test_outcomes_of_disputes_add_up(case: Case) -> None:
    table = report(case).tables["disputes"]
    for route in ROUTES:
        assert sum(table.number(None, f"{route}.{fate}") for fate in FATES) == table.number(
            None, f"{route}.total"
        )


@pytest.mark.parametrize("case", REPORTS)
def test_figures_in_the_prose_are_those_of_the_tables(case: Case) -> None:
    truth = report(case)
    table = truth.tables["applications"]
    text = "".join(item.text for item in truth.part("overview").body if isinstance(item, Prose))
    if table.number("new", "total"):
        assert f"新收政府信息公开申请{table.number('new', 'total')}件" in text
        assert f"办结{table.number('result_total', 'total')}件" in text
    else:
        assert "收到政府信息公开申请" in text or "新收政府信息公开申请0件" in text


@pytest.mark.parametrize("seed", range(40))
def test_every_layout_covers_its_grid_without_gap_or_overlap(seed: int) -> None:
    layout = make_layout(seed)
    for edition in EDITIONS:
        for table in make_report(seed, edition).tables.values():
            for grid in table_grids(table, layout):
                area = sum(cell.row_span * cell.column_span for cell in grid.cells)
                assert area == grid.row_count * grid.column_count == len(grid.slots())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_a_defect_changes_the_report_and_names_its_place(kind: str, seed: int) -> None:
    for edition in EDITIONS:
        if kind not in kinds_for(edition):
            continue
        truth = make_report(seed, edition)
        faulty, defects = with_defects(truth, seed, [kind])
        assert faulty != truth
        assert [defect.kind for defect in defects] == [kind]
        place = defects[0]
        if (
            place.table
            and place.table in faulty.tables
            and place.row is not None
            and place.column is not None
        ):
            assert (place.row, place.column) in faulty.tables[place.table].cells


def test_a_defect_that_the_edition_cannot_have_is_refused() -> None:
    with pytest.raises(ValueError, match="unsplit-other"):
        with_defects(make_report(1, "2019"), 1, ["unsplit-other"])


def test_layouts_restyle_figures_but_not_their_value() -> None:
    layout = dataclasses.replace(make_layout(1), digits="thousands")
    assert layout.figure("1234567") == "1,234,567"
    assert layout.figure("17342.43") == "17,342.43"
    assert layout.figure("-1200") == "-1,200"
    assert dataclasses.replace(layout, digits="full-width").figure("+ 54") == "+ ５４"
