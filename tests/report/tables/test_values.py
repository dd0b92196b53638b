"""What a cell holds: figure, blank, placeholder or text; nothing is guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.report.model import State
from linter.report.tables.values import read_value


@pytest.mark.parametrize(
    ("text", "value", "unit", "note"),
    [
        ("0", 0, None, None),
        ("１２", 12, None, None),
        ("3,119", 3119, None, None),
        ("+ 54", 54, None, None),
        ("＋54", 54, None, None),
        ("-66", -66, None, None),
        ("－20", -20, None, None),
        ("增54", 54, None, None),
        ("减少20", -20, None, None),
        ("↑5", 5, None, None),
        ("↓ 5", -5, None, None),
        ("—20", -20, None, None),
        ("增5减3", 2, None, None),
        ("+2、-6项", -4, None, None),
        ("93.36 万元", Decimal("93.36"), "万元", None),
        ("506.48 万", Decimal("506.48"), "万", None),
        ("251000元", 251000, "元", None),
        ("7件", 7, "件", None),
        ("22（其中修订16件）", 22, None, "其中修订16件"),
        ("22件(其中修订16件)", 22, "件", "其中修订16件"),
        ("\u00a05\u3000", 5, None, None),
    ],
)
def test_a_written_figure_is_a_number(text: str, value: object, unit: str | None, note: str | None) -> None:
    read = read_value(text)
    assert (read.state, read.value, read.unit, read.note) == (State.NUMBER, value, unit, note)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000\n", "\u200b"])
def test_a_cell_without_ink_is_blank(text: str) -> None:
    assert read_value(text).state is State.BLANK


@pytest.mark.parametrize(
    "text",
    ["/", "／", "-", "－", "—", "——", "无", "〇", "零", "不适用", "不涉及", "无数据", "暂无", "无变化"],
)
def test_a_sign_for_nothing_is_a_placeholder_never_zero(text: str) -> None:
    read = read_value(text)
    assert (read.state, read.value) == (State.PLACEHOLDER, None)


@pytest.mark.parametrize("text", ["若干", "1 2", "1,23", "约20", "3-5", "二十", "O", "1O", "12?", "1.2.3"])
def test_what_is_not_plainly_a_figure_is_text(text: str) -> None:
    read = read_value(text)
    assert (read.state, read.value) == (State.TEXT, None)


@given(st.integers(0, 10**9), st.sampled_from(["{}", "{:,}", " {} ", "{}件", "{}（其中新增1件）"]))
def test_every_written_integer_reads_back(value: int, form: str) -> None:
    assert read_value(form.format(value)).value == value


@given(st.text(max_size=12))
def test_any_text_has_a_state_and_only_numbers_a_value(text: str) -> None:
    read = read_value(text)
    assert (read.value is not None) == (read.state is State.NUMBER)


@pytest.mark.parametrize("text", ["0/0", "1 286", "12\u00a0345", "5↑", "↑↓5"])
def test_what_may_be_two_figures_is_text(text: str) -> None:
    assert read_value(text).state is State.TEXT
