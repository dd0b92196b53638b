"""Aligned text under full-width characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.render.excerpt import aligned, plain, shorten, underlined, width, wrap

TEXT = st.text(alphabet="自然人总计（）“”，。ab1２ 0-", max_size=120)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("总计", 4), ("（１）", 6), ("a总", 3), ("e\u0301", 1), ("“三”", 4), ("", 0)],
)
def test_width_counts_the_columns_of_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


def test_plain_takes_away_what_could_write_on_the_terminal() -> None:
    assert plain("红\x1b[31m字\u202e反\r\n二 \t行\x07") == "红[31m字反 二 行"


@given(TEXT, st.integers(8, 40))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_closing_punctuation_never_begins_a_line() -> None:
    lines = wrap("本年度共收到申请，全部办结。" * 4, 16)
    assert len(lines) > 3
    assert not any(line[0] in "，。" for line in lines)


def test_words_and_figures_stay_whole() -> None:
    assert wrap("规则 applications-balance 不成立", 24) == ["规则", "applications-balance 不", "成立"]


@given(TEXT, st.integers(2, 30))
def test_shortened_text_fits(text: str, columns: int) -> None:
    assert width(shorten(text, columns)) <= columns


def test_marks_stand_below_the_words_they_mean() -> None:
    assert underlined("统计期限自1月1日起，至今。", ["1月1日"], 60) == [
        "统计期限自1月1日起，至今。",
        "          ^^^^^^",
    ]


def test_long_text_is_cut_around_the_marked_words() -> None:
    lines = underlined("甲" * 300 + "错字" + "乙" * 300, ["错字"], 40)
    text = "".join(line for line in lines if "^" not in line)
    assert "错字" in text
    assert len(text) < 60


def test_marks_stand_below_the_cell() -> None:
    head, row, marks = aligned(["", "自然人", "总计"], ["新收", "3", "12"], [False, False, True], 60)
    assert head.endswith("总计")
    assert row.endswith("12")
    assert width(head) == width(row) == width(marks)
    assert marks.strip() == "^^"


def test_what_does_not_fit_is_not_aligned() -> None:
    assert aligned(["", *["表头"] * 20], ["行", *["1"] * 20], [False] * 21, 60) == []
