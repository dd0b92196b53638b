from __future__ import annotations

from decimal import Decimal

import pytest

from linter.report.facts.quantities import figure_at, numeral


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximate"),
    [
        ("12件", 12, "件", False),
        ("14,070件", 14070, "件", False),
        ("1，234条", 1234, "条", False),
        ("十二件", 12, "件", False),
        ("两百件", 200, "件", False),
        ("三百五件", 350, "件", False),
        ("一千零三件", 1003, "件", False),
        ("三万五千件", 35000, "件", False),
        ("1.2万件", 12000, "件", True),
        ("3万余条", 30000, "条", True),
        ("80余项", 80, "项", True),
        ("十多场", 10, "场", True),
        ("20件左右", 20, "件", True),
        ("3-5个", 3, "个", True),
        ("93.36万元", Decimal("93.36"), "万元", False),
        ("0元", 0, "元", False),
    ],
)
def test_a_figure_is_read_as_written(text: str, value: int | Decimal, unit: str, approximate: bool) -> None:
    found = figure_at(text, 0)
    assert found is not None
    assert found.quantity is not None
    assert (found.quantity.value, found.quantity.unit, found.quantity.approximate) == (
        value,
        unit,
        approximate,
    )


@pytest.mark.parametrize(
    "text",
    [
        "2021年",
        "10月29日",
        "5个工作日",
        "30号",
        "3月",
        "24小时",
        "0512-66668888",
        "12月31日",
        "70周年",
        "3个月",
    ],
)
def test_dates_numbers_of_documents_and_spans_of_time_count_nothing(text: str) -> None:
    found = figure_at(text, 0)
    assert found is not None
    assert found.quantity is None


@pytest.mark.parametrize("text", ["第24次会议", "第五项", "每个部门"])
def test_ordinals_count_nothing(text: str) -> None:
    found = figure_at(text, 1)
    assert found is None or found.quantity is None


@pytest.mark.parametrize("text", ["约50件", "近50件", "超过50件", "不少于50件"])
def test_words_before_a_figure_make_it_approximate(text: str) -> None:
    found = figure_at(text, text.index("5"))
    assert found is not None
    assert found.quantity is not None
    assert found.quantity.approximate


def test_a_percentage_keeps_the_precision_it_is_written_in() -> None:
    found = figure_at("33.90%，", 0)
    assert found is not None
    assert found.quantity is not None
    assert found.quantity.percent
    assert str(found.quantity.value) == "33.90"


def test_a_garbled_figure_says_so() -> None:
    found = figure_at("20-8-名", 0)
    assert found is not None
    assert found.quantity is not None
    assert found.quantity.garbled
    assert not found.quantity.approximate


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十", 20), ("一百零五", 105), ("二〇二一", 2021), ("两", 2), ("一亿二千万", 120_000_000)],
)
def test_numerals(text: str, value: int) -> None:
    assert numeral(text) == value
