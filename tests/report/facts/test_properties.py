"""What holds for any text: figures written otherwise are the same facts, and nothing is ever raised."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from linter.report.facts import Fact, read_facts
from linter.report.model import Passage, Section

_SENTENCES = (
    "全年共收到政府信息公开申请{}件，其中予以公开{}件。",
    "新收政府信息公开申请{}件，上年结转{}件。",
    "因政府信息公开被申请行政复议{}件，结果维持{}件。",
    "制发行政规范性文件{}件，废止{}件。",
    "全年作出行政许可决定{}件、行政处罚决定{}件。",
)
_FULL = {ord(half): full for half, full in zip("0123456789", "０１２３４５６７８９", strict=True)}
_DIGITS = "零一二三四五六七八九"
_FIGURES = st.integers(min_value=2, max_value=99_999)
_WORDS = st.sampled_from(
    [
        *("全市", "区教育局", "收到", "受理", "政府信息公开申请", "申请", "其中", "予以公开", "部分公开"),
        *("分别为", "均", "已", "办结", "未", "无", "行政复议", "行政诉讼", "维持", "驳回", "规范性文件"),
        *("制发", "废止", "现行有效", "上年结转", "结转下年", "增长", "同比", "占", "率", "除", "外", "和"),
        *(
            "及",
            "各",
            "中",
            "12件",
            "3件",
            "一起",
            "5%",
            "0",
            "1,204条",
            "十二件",
            "2023年",
            "2022年",
            "截至",
        ),
        *("，", "、", "。", "；", "：", "（", "）", "《", "》", "“", "”", "1", ".", "元", "万", "余", "约"),
        *("两项合计", "累计", "力争", "复议机关", " ", "\n"),
    ]
)


def facts(*passages: str) -> tuple[Fact, ...]:
    sections = (Section("overview", "", None, "", passages=tuple(Passage(text) for text in passages)),)
    return read_facts(sections, "清河区人民政府", 2023)


def stated(found: tuple[Fact, ...]) -> list[tuple[object, ...]]:
    """What is stated, but for its place and the way in which it is written."""
    return [
        (
            fact.quantity,
            fact.kind,
            fact.claim,
            fact.scope,
            fact.whole,
            fact.value and (fact.value.value, fact.value.unit, fact.value.approximate, fact.value.percent),
        )
        for fact in found
    ]


def in_chinese(number: int) -> str:
    """二千零五, of a number under 100,000."""
    if number >= 10_000:
        rest = number % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return f"{in_chinese(number // 10_000)}万{zero}{in_chinese(rest) if rest else ''}"
    text, pending = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if pending and text else "") + _DIGITS[digit] + name
        pending = not digit
    return text


@given(st.sampled_from(_SENTENCES), _FIGURES, _FIGURES)
def test_the_way_a_figure_is_written_changes_nothing(sentence: str, first: int, second: int) -> None:
    plain = stated(facts(sentence.format(first, second)))
    assert len(plain) == 2
    assert plain == stated(facts(sentence.format(f"{first:,}", f"{second:,}")))
    assert plain == stated(facts(sentence.format(first, second).translate(_FULL)))
    assert plain == stated(facts(sentence.format(f" {first} ", f"\u3000{second} ")))
    assert plain == stated(facts(sentence.format(in_chinese(first), in_chinese(second))))


@given(st.sampled_from(_SENTENCES), _FIGURES, _FIGURES)
def test_a_sentence_said_twice_is_read_twice_alike(sentence: str, first: int, second: int) -> None:
    text = sentence.format(first, second)
    once, twice = stated(facts(text)), stated(facts(text, text))
    assert twice[: len(once)] == once
    assert [(*fact[:4], fact[5]) for fact in twice[len(once) :]] == [(*fact[:4], fact[5]) for fact in once]


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    facts(text)


@given(st.lists(_WORDS, max_size=40).map("".join))
def test_no_words_of_reports_raise_and_each_fact_says_where_it_stands(text: str) -> None:
    found = facts(text)
    for place, fact in enumerate(found):
        assert fact.text == text[fact.start : fact.end]
        assert fact.text
        assert fact.whole is None or 0 <= fact.whole < len(found)
        assert fact.whole != place


def test_a_long_paragraph_takes_time_in_proportion() -> None:
    sentence = (
        "全区共收到政府信息公开申请411件，其中网上申请302件、信函申请88件、当面申请21件，均已按期办结；"
    )
    for text in (
        sentence * 100,
        sentence.replace("，", "、").replace("；", "、") * 100,
        "未" * 5000,
        "（" * 5000,
    ):
        begin = time.perf_counter()
        facts(text[:5000])
        assert time.perf_counter() - begin < 0.5  # ten times what it takes alone on a busy machine
