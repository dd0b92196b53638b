"""Deadlines, orders of dates and the organs that sign: their parameters, and names of every sort."""

from __future__ import annotations

import pytest

from linter.checks import date_order, deadline, organs

EDITIONS = ("2019", "2021", "pre-2019")


def test_a_limit_is_a_day_that_exists_for_a_kind_that_exists() -> None:
    limits = (deadline.Limit(("department",), 1, 31), deadline.Limit(("bureau",), 2, 29))
    problems = dict(deadline.verify(deadline.Parameters(limits), EDITIONS))
    assert set(problems) == {("limits", 1, "issuers", 0), ("limits", 1)}
    assert "department" in problems["limits", 1, "issuers", 0]
    assert "2月29日" in problems["limits", 1]


def test_only_dates_can_be_in_an_order() -> None:
    orders = (date_order.Order("year.end", "published"), date_order.Order("title", "signed"))
    problems = dict(date_order.verify(date_order.Parameters(orders, orders[:1]), EDITIONS))
    assert set(problems) == {("orders", 1, "earlier"), ("orders", 1, "later")}
    assert "signature.date" in problems["orders", 1, "earlier"]


FIELDS = ("财政局 国资", "水利 水务", "教育 教体 体育", "住房 建设 城市管理 综合行政执法")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾县财政局", "白河县财政局"),
        ("青禾县财政局", "青禾县水务局"),
        ("东坪镇人民政府", "青禾县城关镇人民政府"),
        ("青禾县东坪乡", "青禾县城关镇党政办公室"),
        ("青禾县人民政府", "白河县人民政府办公室"),
        ("白河市青禾区教育局", "白河市南山区教育局"),
        ("青禾自治州财政局", "白河自治州财政局"),
        ("国家税务总局青禾县税务局", "国家税务总局白河县税务局"),
    ],
)
def test_different_organs(one: str, other: str) -> None:
    assert organs.different(one, other, FIELDS)
    assert organs.different(other, one, FIELDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾县财政局", "县财政局"),
        ("青禾县财政局", "青禾县人民政府"),
        ("青禾县财政局", "中共青禾县委办公室"),
        ("青禾县人民政府", "白河市青禾县政府信息公开工作领导小组办公室"),
        ("白河市青禾区人民政府", "白河市人民政府办公室"),
        ("白河市青禾市财政局", "青禾市财政局"),
        ("青禾市生态环境局", "白河市青禾生态环境局"),
        ("青禾县住房和城乡建设局", "青禾县住建局"),
        ("青禾县城市管理局", "青禾县综合行政执法局"),
        ("青禾县教育局", "青禾县教体局"),
        ("青禾县乡村振兴局", "青禾县农业农村局"),
        ("青禾经济技术开发区管委会", "青禾经开区管委会"),
        ("青禾土家族自治县教育局", "青禾县教育局"),
        ("青禾市市场监督管理局", "青禾市监局"),
        ("青禾城市管理局", "青禾县城市管理局"),
        ("青禾县人民政府", "青禾县财政局"),
        ("东坪镇人民政府", "青禾县人民政府"),
    ],
)
def test_not_surely_different(one: str, other: str) -> None:
    assert not organs.different(one, other, FIELDS)
    assert not organs.different(other, one, FIELDS)
