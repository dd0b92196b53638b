"""Failures seen in other tools whose tests have no other place; docs/pitfalls.md lists all."""

from __future__ import annotations

import pytest

from linter.document.registry import read_document
from linter.report.model import Report, State
from linter.report.read import read_report
from linter.report.tables.values import read_value

KEYS = ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total")
ROWS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理",
)


def report(change: dict[tuple[int, int], str] | None = None, *exchange: tuple[str, str]) -> Report:
    """A report of three sections; `change` puts other texts into cells of table 三."""
    cells = [[str(10 * row + column) for column in range(7)] for row in range(25)]
    for (row, column), text in (change or {}).items():
        cells[row][column] = text
    text = "\n".join(
        [
            "青川县人民政府2023年政府信息公开工作年度报告",
            "一、总体情况",
            "全年公开信息10条。",
            "二、主动公开政府信息情况",
            "第二十条第（一）项\t\t\t",
            "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
            "规章\t0\t0\t0",
            "行政规范性文件\t22（其中修订16件）\t0\t55",
            "第二十条第（八）项\t\t\t",
            "信息内容\t本年收费金额（单位：万元）\t\t",
            "行政事业性收费\t4068.208\t\t",
            "三、收到和处理政府信息公开申请情况",
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t申请人情况\t\t\t\t\t\t",
            "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计",
            *("\t".join([label, *row]) for label, row in zip(ROWS, cells, strict=True)),
            "四、政府信息公开行政复议、行政诉讼情况",
            "无。",
        ]
    )
    for old, new in exchange:
        assert old in text
        text = text.replace(old, new)
    return read_report(read_document(text.encode(), "a.txt"), "a.txt")


def rows(read: Report) -> list[list[object]]:
    cells = read.tables["applications"].cells
    keys = list(dict.fromkeys(row for row, _ in cells))
    return [[cells[key, column].value for column in KEYS] for key in keys]


AS_WRITTEN: list[list[object]] = [[10 * row + column for column in range(7)] for row in range(25)]


def test_the_report_is_read_as_written() -> None:
    assert rows(report()) == AS_WRITTEN


@pytest.mark.parametrize(
    ("text", "state"), [("", State.BLANK), ("/", State.PLACEHOLDER), ("—", State.PLACEHOLDER)]
)
def test_one_blank_cell_shifts_nothing(text: str, state: State) -> None:
    read = report({(4, 2): text})
    assert read.tables["applications"].cells["denied.state_secret", "research"].state is state
    expected = [list(row) for row in AS_WRITTEN]
    expected[4][2] = None
    assert rows(read) == expected


def test_a_thousands_separator_shifts_nothing() -> None:
    read = report({(0, 0): "3,119", (23, 6): "１，２８６"})
    expected = [list(row) for row in AS_WRITTEN]
    expected[0][0], expected[23][6] = 3119, 1286
    assert rows(read) == expected


def test_a_heading_changed_by_one_word_loses_no_cell() -> None:
    assert (
        rows(report(None, ("三、收到和处理政府信息公开申请情况", "三、收到并处理政府信息公开申请情况")))
        == AS_WRITTEN
    )


def test_a_row_of_the_table_is_no_heading() -> None:
    read = report(None, ("1.申请人无正当理由", "1、申请人无正当理由"))
    assert [section.number for section in read.sections] == [1, 2, 3, 4]


def test_a_row_numbered_with_another_mark_is_the_same_row() -> None:
    marks = [(label, label.replace(".", "、", 1)) for label in ROWS if label[1] == "."]
    read = report(None, *marks)
    assert rows(read) == AS_WRITTEN
    assert not [one for one in read.tables["applications"].deviations if one.part == "row"]


def test_an_annotated_cell_keeps_number_and_annotation() -> None:
    cell = report().tables["disclosure"].cells["normative_documents", "issued"]
    assert (cell.state, cell.value, cell.note) == (State.NUMBER, 22, "其中修订16件")


def test_a_fee_keeps_its_decimals() -> None:
    assert str(report().tables["disclosure"].cells["fees", "amount"].value) == "4068.208"
    assert str(read_value("96171.6").value) == "96171.6"
