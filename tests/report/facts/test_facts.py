from __future__ import annotations

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
        # One that is missed or wrong is allowed in a kind of few.
        assert right >= min(0.95 * score.labelled[kind], score.labelled[kind] - 1), kind
        assert right >= min(0.99 * score.found[kind], score.found[kind] - 1), kind
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
