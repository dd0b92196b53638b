"""Row and column labels as printed, against the norm's wording."""

import pytest

from linter.report.tables.labels import fold, label_among_groups, match_label, ordinal, tables_named_by
from linter.report.tables.recovery import known_rows

APPLICATIONS = known_rows("applications")


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("一、本年新收政府信息公开申请数量", "new"),
        ("(二) 部分公开(区分处理的, 只计这一情形, 不计其他情形)", "partial"),
        ("（二）部分公开", "partial"),
        ("2.其他法律行政\n法规禁止公开", "denied.prohibited_by_law"),
        ("３、危及三安全一稳定", "denied.security_stability"),
        ("（七）总 计", "result_total"),
        ("（六）其他处理", "other"),
        ("3.其他", "other.other"),
        ("一、本年新收政府信息公开申请数量（件）", "new"),
        ("3.其他处理", "other.other"),
    ],
)
def test_the_norms_wording_is_known_however_it_is_broken_or_spaced(printed: str, row: str) -> None:
    match = match_label(printed, APPLICATIONS)
    assert match is not None
    assert (match[0].key, match[1]) == (row, "exact")


@pytest.mark.parametrize(
    ("printed", "row", "kind"),
    [
        ("1.逾期不补正", "other.no_correction", "variant"),
        ("4.无正当理由多次反复申请", "rejected.excessive", "similar"),
        ("2.其他法律法规禁止公开", "denied.prohibited_by_law", "similar"),
    ],
)
def test_another_wording_is_recognised_and_said_to_be_one(printed: str, row: str, kind: str) -> None:
    match = match_label(printed, APPLICATIONS)
    assert match is not None
    assert (match[0].key, match[1]) == (row, kind)


@pytest.mark.parametrize("printed", ["小计", "定”", "予公开", "", "自然人", "法人小计"])
def test_what_is_no_row_is_not_made_one(printed: str) -> None:
    assert match_label(printed, APPLICATIONS) is None


def test_a_numeral_that_contradicts_rules_a_similar_row_out() -> None:
    assert match_label("5.保护第三者合法权益", APPLICATIONS) is None


def test_vertical_text_read_in_the_wrong_direction_keeps_its_letters() -> None:
    match = match_label("维结持果", known_rows("disclosure")) or match_label(
        "8.事项查询行政属于", APPLICATIONS
    )
    assert match is not None
    assert match[0].key == "denied.inquiry"


def test_folding_drops_numeral_blanks_and_punctuation() -> None:
    assert fold("（二） 部分公开（区分处理的，") == "部分公开区分处理的"
    assert ordinal("（二）部分公开") == "二"
    assert ordinal("12.其他") == "12"
    assert ordinal("2023年") == ""


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("第二十条第（八）项", "disclosure"),
        ("采购总金额", "disclosure"),
        ("社会公益\n组织", "applications"),
        ("结 果 纠 正", "disputes"),
    ],
)
def test_a_word_tells_its_table(text: str, table: str) -> None:
    assert tables_named_by(text) == {table}


@pytest.mark.parametrize("text", ["总计", "其他", "合计", "备注", ""])
def test_a_word_of_any_table_tells_nothing(text: str) -> None:
    assert tables_named_by(text) == frozenset()


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("三、本（一）予以公开\n年度办", "granted"),
        ("（三）不\n1.属于国家秘密\n予公开", "denied.state_secret"),
        ("1.信访举报投诉\n不予处理\n类申请", "rejected.petition"),
        ("四、结转下三、本年度继续办理", "carried_out"),
    ],
)
def test_a_label_among_signs_of_its_groups_is_known(printed: str, row: str) -> None:
    match = label_among_groups(printed, APPLICATIONS)
    assert match and match[0].key == row


@pytest.mark.parametrize(
    "printed",
    [
        "1.属于国家秘密2.其他法律行政法规禁止公开",
        "5.属于三类内部5事务信息",
        "属于三类内部事务信息5",
        "2.属于国家秘密",
        "（四）无法提供1.属于国家秘密",
        "1.属于国家",
        "三、本（七）总计年度",
    ],
)
def test_a_label_among_anything_else_is_not(printed: str) -> None:
    assert label_among_groups(printed, APPLICATIONS) is None
