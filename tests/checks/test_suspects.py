"""A single changed figure in a consistent table is found, and the changed cell is a suspect."""

from __future__ import annotations

import random

import pytest
from builder import APPLICANTS, cell, consistent_report, with_cell, with_cells, without_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.checks import identity
from linter.checks.cells import CellKey
from linter.checks.engine import judge
from linter.checks.outcome import Finding, Judgement
from linter.checks.relation import Instance
from linter.checks.restoring import pairs_of, singles_of, system_of
from linter.checks.rulebook import load_rulebook, select_rules
from linter.checks.slips import slip_of
from linter.report.model import Report, TableCell

ARITHMETIC = select_rules(load_rulebook(), ["arithmetic"])
EDITIONS = st.sampled_from(["2019", "2021"])
TABLES = st.sampled_from(["applications", "disputes"])


def judged(report: Report) -> Judgement:
    judgement = judge(report, ARITHMETIC)
    assert not judgement.errors
    return judgement


def suspects(findings: tuple[Finding, ...]) -> dict[tuple[str, str | None, str], object]:
    return {
        (suspect.cell.table, suspect.cell.row, suspect.cell.column): suspect.suggestion
        for finding in findings
        for suspect in finding.suspects
    }


@settings(max_examples=60, deadline=None)
@given(edition=EDITIONS, seed=st.integers(0, 10_000))
def test_a_consistent_report_has_no_finding_and_nothing_open(edition: str, seed: int) -> None:
    judgement = judged(consistent_report(edition, seed))
    assert not judgement.findings
    assert not judgement.open


@settings(max_examples=250, deadline=None)
@given(
    edition=EDITIONS, table=TABLES, seed=st.integers(0, 10_000), pick=st.integers(0, 10_000), data=st.data()
)
def test_any_single_changed_figure_is_found(
    edition: str, table: str, seed: int, pick: int, data: st.DataObject
) -> None:
    report = consistent_report(edition, seed)
    keys = list(report.tables[table].cells)
    row, column = keys[pick % len(keys)]
    right = report.tables[table].cells[row, column].value
    wrong = data.draw(st.integers(0, 400).filter(lambda value: value != right))
    findings = judged(with_cell(report, table, row, column, wrong)).findings
    assert len(findings) == 1
    found = suspects(findings)
    assert (table, row, column) in found
    assert found[table, row, column] == right


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_cell_of_the_applications_table_is_pinned_down_alone(edition: str) -> None:
    report = consistent_report(edition, 7)
    for (row, column), old in report.tables["applications"].cells.items():
        findings = judged(with_cell(report, "applications", row, column, (old.value or 0) + 1)).findings
        assert list(suspects(findings)) == [("applications", row, column)]


def test_two_changed_figures_far_apart_are_two_findings_with_one_suspect_each() -> None:
    report = consistent_report("2021", 3)
    cells = report.tables["applications"].cells
    for row, column in (("granted", "business"), ("rejected.repeat", "research")):
        report = with_cell(report, "applications", row, column, (cells[row, column].value or 0) + 5)
    findings = judged(report).findings
    assert len(findings) == 2
    assert sorted(suspects(findings)) == [
        ("applications", "granted", "business"),
        ("applications", "rejected.repeat", "research"),
    ]


def test_two_changed_figures_of_one_row_are_one_finding_that_names_both() -> None:
    report = consistent_report("2021", 3)
    cells = report.tables["applications"].cells
    for column, by in (("business", 5), ("research", 2)):
        report = with_cell(
            report, "applications", "granted", column, (cells["granted", column].value or 0) + by
        )
    findings = judged(report).findings
    assert len(findings) == 1
    assert sorted(suspects(findings)) == [
        ("applications", "granted", "business"),
        ("applications", "granted", "research"),
    ]


def test_a_request_in_the_wrong_column_names_both_cells() -> None:
    report = consistent_report("2021", 5)
    cells = report.tables["applications"].cells
    for column, by in (("natural_person", 3), ("other", -0)):
        report = with_cell(
            report, "applications", "granted", column, (cells["granted", column].value or 0) + by
        )
    report = with_cell(
        report, "applications", "granted", "business", (cells["granted", "business"].value or 0)
    )
    findings = judged(report).findings
    assert list(suspects(findings)) == [("applications", "granted", "natural_person")]


def smallest_sets(report: Report, table: str) -> list[frozenset[CellKey]]:
    """The smallest sets of one or two cells that would restore every failed identity of a table."""
    system = system_of(report.tables[table], in_identities(report, table))
    failed = set(system.failed)
    singles = singles_of(system, failed)
    return [frozenset({key}) for key in singles] or [frozenset(pair) for pair in pairs_of(system, failed)]


def in_identities(report: Report, table: str) -> list[Instance]:
    """The equalities of one table."""
    return [
        instance
        for rule in ARITHMETIC
        if rule.kind == "identity" and rule.parameters.table == table and rule.parameters.relation == "="
        for instance in identity.instances(rule.parameters, report.tables[table])
    ]


@settings(max_examples=150, deadline=None)
@given(edition=EDITIONS, table=TABLES, seed=st.integers(0, 10_000), data=st.data())
def test_any_misfiled_case_is_found_as_a_smallest_set_of_two(
    edition: str, table: str, seed: int, data: st.DataObject
) -> None:
    report = consistent_report(edition, seed)
    cells = report.tables[table].cells
    filled = [key for key, value in cells.items() if value.value]
    if not filled:
        return
    one = data.draw(st.sampled_from(filled))
    two = data.draw(st.sampled_from([key for key in cells if key != one]))
    by = data.draw(st.integers(1, int(cells[one].value or 0)))
    report = with_cell(report, table, *one, int(cells[one].value or 0) - by)
    report = with_cell(report, table, *two, int(cells[two].value or 0) + by)
    same_group = table == "disputes" and one[1].split(".")[0] == two[1].split(".")[0]
    if same_group:
        return  # one sum alone does not tell its parts apart
    assert frozenset({one, two}) in smallest_sets(report, table)
    if one[0] == two[0] or one[1] == two[1]:
        assert suspects(judged(report).findings)


def test_a_case_in_the_wrong_column_is_one_finding_that_says_so() -> None:
    report = consistent_report("2021", 5)
    for row, column, figure in (
        ("granted", "business", 4),
        ("granted", "research", 1),
        ("partial", "research", 0),
    ):
        report = with_cell(report, "applications", row, column, figure)
    report = with_sums(report)
    report = with_cell(report, "applications", "granted", "business", 3)
    report = with_cell(report, "applications", "granted", "research", 2)
    (finding,) = judged(report).findings
    found = {(s.cell.row, s.cell.column): (s.suggestion, s.slip) for s in finding.suspects}
    assert found["granted", "business"] == (4, "可能有 1 件应填在这里，误填到“科研机构”列")
    assert found["granted", "research"] == (1, "可能有 1 件应填在“商业企业”列，误填到这里")


def test_a_blank_that_row_and_column_give_alike_is_determined() -> None:
    report = with_sums(with_cell(consistent_report("2021", 3), "applications", "granted", "business", 3))
    (finding,) = judge_all(with_cell(report, "applications", "granted", "business", ""))
    assert finding.name == "blank-cell"
    (related,) = finding.related
    assert related.message.endswith("此格应为 3，各项勾稽关系都这样要求")


def test_a_blank_whose_row_and_column_differ_is_not() -> None:
    report = with_sums(with_cell(consistent_report("2021", 3), "applications", "granted", "business", 3))
    total = int(report.tables["applications"].cells["granted", "total"].value or 0)
    report = with_cell(report, "applications", "granted", "total", total + 2)
    report = with_cell(report, "applications", "granted", "business", "")
    said = [related.message for finding in judge_all(report) for related in finding.related]
    assert any("此格应为 5，或" in message for message in said)
    assert not any("都这样要求" in message for message in said)


def judge_all(report: Report) -> tuple[Finding, ...]:
    """What all shipped rules find."""
    return tuple(f for f in judge(report, load_rulebook().rules).findings if f.severity != "info")


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_row_one_column_beside_its_place_is_one_finding(side: str) -> None:
    report = consistent_report("2021", 5)
    columns = (*APPLICANTS, "total")
    for column, figure in zip(columns, (7, 3, 2, 5, 0, 4, 21), strict=True):
        report = with_cell(report, "applications", "granted", column, figure)
    report = with_sums(report)
    figures = (3, 2, 5, 0, 4, 21, 0) if side == "left" else (0, 7, 3, 2, 5, 0, 4)
    for column, figure in zip(columns, figures, strict=True):
        report = with_cell(report, "applications", "granted", column, figure)
    (finding,) = judged(report).findings
    assert {s.cell.column: s.suggestion for s in finding.suspects}["total"] == 21
    assert all(f"整行{'左' if side == 'left' else '右'}移了一列" in s.slip for s in finding.suspects)


def with_sums(report: Report) -> Report:
    """The report with the totals of its applications worked out anew."""
    table = report.tables["applications"]
    value = {key: int(found.value or 0) for key, found in table.cells.items()}
    rows = list(dict.fromkeys(row for row, _ in value))
    results = [r for r in rows if r not in ("new", "carried_in", "result_total", "carried_out")]
    for column in (*APPLICANTS, "total"):
        if column == "total":
            for row in rows:
                value[row, "total"] = sum(value[row, applicant] for applicant in APPLICANTS)
        value["result_total", column] = sum(value[row, column] for row in results)
        value["new", column] = value["result_total", column] + value["carried_out", column]
        value["carried_in", column] = 0
    return with_cells(report, "applications", {key: cell(figure) for key, figure in value.items()})


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_blanks_instead_of_zeros_accuse_nobody(seed: int) -> None:
    report = consistent_report("2019", seed)
    rng = random.Random(seed)
    for table in ("applications", "disputes"):
        zeros = [key for key, value in report.tables[table].cells.items() if value.value == 0]
        report = with_cells(report, table, {key: cell("") for key in zeros if rng.random() < 0.7})
    judgement = judged(report)
    assert not judgement.findings
    for item in judgement.open:
        assert "空格按 0 计" in item.reason
        assert "不成立" not in item.reason


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), share=st.floats(0.05, 0.9))
def test_lost_cells_accuse_nobody(seed: int, share: float) -> None:
    """Whatever figures are lost, the rest of a consistent table stays possible."""
    report = consistent_report("2021", seed)
    rng = random.Random(seed)
    for table in ("applications", "disputes"):
        lost = {key: cell("??") for key in report.tables[table].cells if rng.random() < share}
        report = with_cells(report, table, lost)
    judgement = judged(report)
    assert not judgement.findings
    assert len(judgement.open) <= 4


def test_a_report_of_2021_with_one_row_for_other_is_summed_with_it() -> None:
    report = consistent_report("2021", 11)
    cells = report.tables["applications"].cells
    columns = list(dict.fromkeys(column for _, column in cells))
    sums: dict[tuple[str | None, str], TableCell] = {
        ("other", column): cell(
            sum(
                int(cells[f"other.{part}", column].value or 0)
                for part in ("no_correction", "unpaid", "other")
            )
        )
        for column in columns
    }
    report = with_cells(without_rows(report, "applications", "other.*"), "applications", sums)
    assert not judged(report).findings
    wrong = with_cell(
        report, "applications", "other", "business", int(sums["other", "business"].value or 0) + 1
    )
    assert list(suspects(judged(wrong).findings)) == [("applications", "other", "business")]


@pytest.mark.parametrize(
    ("printed", "meant", "words"),
    [
        (21, 12, "数字顺序颠倒"),
        (2, 12, "漏了一位数字"),
        (112, 12, "多了一位数字"),
        (9, 4, ""),
    ],
)
def test_simple_slips_are_explained(printed: int, meant: int, words: str) -> None:
    table = consistent_report("2021", 1).tables["applications"]
    said = slip_of(table, ("new", "natural_person"), printed, meant)
    assert words in said if words else "数字" not in said or "相邻" in said


def test_a_figure_of_the_neighbouring_column_is_explained() -> None:
    report = consistent_report("2021", 1)
    report = with_cell(report, "applications", "granted", "research", 57)
    table = with_cell(report, "applications", "granted", "business", 57).tables["applications"]
    assert "相邻" in slip_of(table, ("granted", "business"), 57, 3)
