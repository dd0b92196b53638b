"""Intervals of cells and sums, the formula as printed, years as written, addresses as shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builder import cell, consistent_report, with_cells

from linter.checks.cells import CellKey, describe
from linter.checks.facts import year_in
from linter.checks.links import address
from linter.checks.relation import Bound, Relation, broken, certain, interval, total
from linter.checks.wording import numeral

KEY: CellKey = ("new", "natural_person")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("7", 7, 7),
        ("", 0, None),
        ("/", 0, None),
        ("若干", 0, None),
        ("12.5", Decimal("12.45"), Decimal("12.55")),
        ("12.50", Decimal("12.495"), Decimal("12.505")),
    ],
)
def test_a_cell_is_an_interval(text: str, low: Bound, high: Bound) -> None:
    assert interval(cell(text), KEY) == (low, high)


def test_a_blank_change_may_be_negative() -> None:
    assert interval(cell(""), ("penalties", "change")) == (None, None)


def test_counts_stay_integers() -> None:
    low, high = total([(cell("3"), KEY, 1), (cell("4"), KEY, -1)])
    assert (low, high) == (-1, -1)
    assert isinstance(low, int)


@pytest.mark.parametrize(
    ("relation", "low", "high", "fails", "holds"),
    [
        ("=", 0, 0, False, True),
        ("=", 0, None, False, False),
        ("=", 1, None, True, False),
        ("=", None, -1, True, False),
        (">=", 0, None, False, True),
        (">=", None, -1, True, False),
        ("<=", 1, 4, True, False),
        ("<=", -3, 0, False, True),
        ("<=", -3, 1, False, False),
    ],
)
def test_a_relation_fails_only_where_no_reading_satisfies_it(
    relation: Relation, low: Bound, high: Bound, fails: bool, holds: bool
) -> None:
    assert broken(relation, low, high) is fails
    assert certain(relation, low, high) is holds


def test_amounts_that_agree_within_their_precision_do_not_fail() -> None:
    low, high = total([(cell("1.25"), KEY, 1), (cell("2.1"), KEY, 1), (cell("3.4"), KEY, -1)])
    assert not broken("=", low, high)
    low, high = total([(cell("1.25"), KEY, 1), (cell("2.1"), KEY, 1), (cell("3.6"), KEY, -1)])
    assert broken("=", low, high)


def test_cells_are_described_in_few_words() -> None:
    table = consistent_report("2021").tables["applications"]
    rows = ["rejected.petition", "rejected.repeat", "rejected.publication"]
    keys = [key for key in table.cells if key[0] in rows]
    assert describe(table, keys) == "“（五）1.信访举报投诉类申请”至“（五）3.要求提供公开出版物”3 行"
    assert describe(table, [("new", "total")]) == "一、本年新收政府信息公开申请数量 × 总计"
    assert describe(table, list(table.cells)) == "整张表（175 格）"
    many = with_cells(consistent_report("2021"), "applications", {}).tables["applications"]
    odd = [key for index, key in enumerate(many.cells) if index % 2]
    assert describe(table, odd).count("列") == 7


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("某县2024年政府信息公开工作年度报告", "2024"),
        ("2019 年度报告", "2019"),
        ("二〇二一年度报告", "2021"),
        ("二○二四年年度报告", "2024"),
        ("国办公开办函〔2021〕30号", None),
    ],
)
def test_a_year_is_read_as_written(text: str, year: str | None) -> None:
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("http://www.qinghe.example.cn/", "qinghe.example.cn"),
        ("（WWW.Qinghe.example.cn）", "qinghe.example.cn"),
        ("qinghe.example.cn/a/b?c=1", "qinghe.example.cn"),
        ("mailto:a@qinghe.example.cn", "a@qinghe.example.cn"),
        ("政府门户网站", None),
        ("report.docx", None),
        ("点击 www.qinghe.example.cn 查看", None),
    ],
)
def test_an_address_is_a_text_that_is_nothing_else(text: str, host: str | None) -> None:
    assert address(text) == host


def test_numerals() -> None:
    assert [numeral(n) for n in (1, 6, 10, 11, 20, 21)] == ["一", "六", "十", "十一", "二十", "二十一"]
