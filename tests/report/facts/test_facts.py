from __future__ import annotations

import pytest

from benchmarks.prose import measure
from linter.report.facts import Fact, read_facts
from linter.report.model import Passage, Section


def facts(
    *passages: str, section: str = "overview", issuer: str = "清河区人民政府", year: int = 2023
) -> tuple[Fact, ...]:
    return read_facts(
        (Section(section, "", None, "", passages=tuple(Passage(text) for text in passages)),), issuer, year
    )


def test_the_labelled_sentences_are_read_as_labelled() -> None:
    score = measure()
    assert score.sentences >= 300
    for kind in score.labelled | score.found:
        right = score.right[kind]
        # Two that are missed or wrong are allowed in a kind of few.
        assert right >= min(0.95 * score.labelled[kind], score.labelled[kind] - 2), kind
        assert right >= min(0.99 * score.found[kind], score.found[kind] - 2) or kind == "other things", kind
    assert score.misread == 0
    assert score.agreeing >= score.sentences / 2


def test_a_fact_says_where_it_stands() -> None:
    text = "一年来成效明显。全年 共收到政府信息公开申请 12 件，已全部办结。"
    received, done = facts(text)
    assert text[received.start : received.end] == received.text
    assert received.text.endswith("12 件")
    assert received.sentence == "全年 共收到政府信息公开申请 12 件，已全部办结。"
    assert done.claim == "all_done"


def test_an_organ_that_acts_is_the_subject_of_the_next_sentence_too() -> None:
    found = facts("区政府办公室共收到政府信息公开申请17件。其中予以公开5件。")
    assert [fact.scope for fact in found] == ["part", "part"]


def test_a_new_heading_ends_the_subject() -> None:
    found = facts("（一）区教育局收到政府信息公开申请3件。（二）共收到政府信息公开申请9件。")
    assert [fact.scope for fact in found] == ["part", "self"]


def test_result_rows_of_a_sub_unit_named_last_are_not_the_organs() -> None:
    found = facts("全区共收到政府信息公开申请95件，其中区政府本级收到17件。予以公开5件，部分公开2件。")
    assert [fact.scope for fact in found] == ["region", "part", "part", "part"]


def test_a_heading_tells_what_a_bare_application_is() -> None:
    (fact,) = facts("（二）依申请公开情况。", "本年度共收到申请12件。")
    assert fact.quantity == "applications.received"
    (fact,) = facts("（二）审批服务情况。", "本年度共收到申请12件。")
    assert fact.quantity is None


def test_what_is_to_be_done_is_no_fact() -> None:
    assert not facts("下一步，新增公开专栏5个。每季度通报2次。", section="problems")


def test_a_torn_line_is_read_like_a_whole_one() -> None:
    (fact,) = facts("共收到政府信息公开申\n请 1 2 件。".replace("1 2", "12"))
    assert fact.quantity == "applications.received"


def test_the_cells_of_a_statistics_table_are_no_prose() -> None:
    assert not facts("指标名称 计量单位 2014年度 主动公开信息数 条 2543 受理申请总数 条 21")


@pytest.mark.parametrize(
    "text",
    [
        "2022年未发生行政复议、行政诉讼。",
        "去年未收到政府信息公开申请。",
        "部分单位未收到政府信息公开申请。",
        "区教育局未收到政府信息公开申请。",
        "未收到法人提出的政府信息公开申请。",
        "近三年共收到政府信息公开申请300件。",
        "截至2023年底，累计收到政府信息公开申请1200件。",
        "2023年1-11月共收到政府信息公开申请110件。",
        "区信访接待站收到政府信息公开申请3件。",
        "区政府及其部门共收到政府信息公开申请120件。",
    ],
)
def test_what_is_of_others_or_of_another_time_is_not_the_organs(text: str) -> None:
    assert {fact.scope for fact in facts(text)} <= {"part"}


@pytest.mark.parametrize(
    "text",
    [
        "力争全年无行政复议、行政诉讼。",
        "如未收到政府信息公开申请，可不报送。",
        "无尚未审结的行政复议案件。",
        "无不予公开的申请。",
        "除上述情况外，未发生行政复议。",
        "力争2024年政府信息公开申请按期办结率达到100%。",
    ],
)
def test_what_is_wished_or_excepted_is_no_fact(text: str) -> None:
    assert not facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "共有政府信息公开申请28件，除2件尚在办理外，均已按期答复。",
        "收到政府信息公开申请28件，其中26件已按时办结，2件结转。",
        "收到政府信息公开申请28件，按期答复26件。",
    ],
)
def test_what_is_said_of_some_is_not_said_of_all(text: str) -> None:
    assert not [fact for fact in facts(text) if fact.claim]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("收到政府信息公开申请28件，补正后受理3件，延期答复2件，应答复30件。", ["applications.received"]),
        ("收到政府信息公开申请28件，结转3件。", ["applications.received"]),
        ("收到政府信息公开申请28件，其中涉及征地的9件，予以公开4件。", ["applications.received"]),
        ("政府信息公开行政复议3件，其中驳回1件。", ["disputes.review", "disputes.review.dismissed"]),
        ("审理政府信息公开行政复议案件52件。", []),
        ("未发生一起政府信息公开行政复议。", ["disputes.review"]),
        (
            "政府信息公开行政诉讼6件，其中未经复议直接起诉4件，维持3件。",
            ["disputes.litigation", "disputes.litigation_direct", "disputes.litigation_direct.upheld"],
        ),
    ],
)
def test_a_figure_whose_meaning_is_in_doubt_has_no_key(text: str, keys: list[str]) -> None:
    assert [fact.quantity for fact in facts(text) if fact.quantity] == keys


def test_a_figure_that_a_line_tears_has_no_key() -> None:
    for text in ("收到政府信息公开申请1\n20件。", "收到政府信息公开申请12 0件。"):
        assert not [fact for fact in facts(text) if fact.quantity]


def test_a_bracket_tells_of_the_name_before_it() -> None:
    found = facts("收到申请较多的是区教育局（8件）、区民政局（6件）。")
    assert [(fact.scope, fact.whole) for fact in found] == [("part", None), ("part", None)]
    found = facts("答复政府信息公开申请12件：予以公开（9件）、部分公开（3件）。")
    assert [fact.quantity for fact in found] == ["applications.answered", "result.granted", "result.partial"]
    assert [fact.whole for fact in found] == [None, 0, 0]


def test_applicants_add_up_to_what_was_received() -> None:
    found = facts("收到政府信息公开申请20件，答复18件，按申请人分，自然人17件，法人和其他组织3件。")
    wholes = [fact.whole for fact in found if (fact.quantity or "").startswith("applicants")]
    assert wholes == [0, 0]
