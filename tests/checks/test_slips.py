"""How a wrong figure may have come about, in words."""

from __future__ import annotations

import pytest
from builder import cell, consistent_report, with_cells

from linter.checks import identity
from linter.checks.relation import Instance
from linter.checks.rulebook import load_rulebook, select_rules
from linter.checks.slips import misfiled, slip_of
from linter.report.model import StandardTable, TableCell

COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total")


def row_of(figures: tuple[int, ...], row: str = "new") -> StandardTable:
    """A table whose row holds these figures."""
    changes: dict[tuple[str | None, str], TableCell] = {
        (row, column): cell(figure) for column, figure in zip(COLUMNS, figures, strict=True)
    }
    return with_cells(consistent_report("2021", 1), "applications", changes).tables["applications"]


def identities(table: StandardTable) -> list[Instance]:
    """The identities of the applications table."""
    return [
        instance
        for rule in select_rules(load_rulebook(), ["arithmetic"])
        if rule.kind == "identity" and rule.parameters.table == "applications"
        for instance in identity.instances(rule.parameters, table)
    ]


@pytest.mark.parametrize(
    ("figures", "meant", "words"),
    [
        ((31, 4, 0, 7, 0, 0, 38), 42, "正好少了“商业企业”的 4，合计时可能漏加"),
        ((31, 4, 0, 7, 0, 0, 49), 42, "正好多了“社会公益组织”的 7，可能重复计算"),
        ((31, 4, 0, 0, 0, 0, 53), 35, "数字顺序颠倒"),
        ((31, 4, 4, 0, 0, 0, 43), 39, ""),
    ],
)
def test_totals(figures: tuple[int, ...], meant: int, words: str) -> None:
    table = row_of(figures)
    said = slip_of(table, ("new", "total"), figures[-1], meant, instances=identities(table))
    assert words in said
    assert words or not said


def test_one_figure_in_two_cells() -> None:
    table = row_of((2, 0, 0, 0, 0, 0, 20))
    said = slip_of(table, ("new", "natural_person"), 2, 20)
    assert said == "与右边“商业企业”的 0 合起来正是 20，可能一个数拆在了两格"


def test_a_hundred_times() -> None:
    table = row_of((300, 0, 0, 0, 0, 0, 3))
    assert "相差 100 倍" in slip_of(table, ("new", "natural_person"), 300, 3)


def test_the_same_in_english() -> None:
    table = row_of((31, 4, 0, 7, 0, 0, 38))
    said = slip_of(table, ("new", "total"), 38, 42, lang="en", instances=identities(table))
    assert said == "short by the 4 of 商业企业: left out?"
    here, there = ("new", "business"), ("new", "research")
    assert misfiled(table, here, there, 2, "en") == "2 of column 科研机构 belong here?"
    assert misfiled(table, there, here, -2, "en") == "2 belong in column 商业企业?"


def test_a_case_in_the_wrong_row() -> None:
    table = row_of((2, 0, 0, 0, 0, 0, 2), "granted")
    assert misfiled(table, ("granted", "business"), ("partial", "business"), 1) == (
        "可能有 1 件应填在这里，误填到“（二）部分公开”行"
    )
