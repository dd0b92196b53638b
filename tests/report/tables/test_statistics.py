"""The statistics table of reports before 2019, in every format and torn in many ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from examples.generator import (
    Layout,
    Truth,
    make_layout,
    make_older_report,
    make_report,
    to_docx,
    to_html,
    to_markdown,
    to_text,
)
from examples.generator.truth import number_cell
from linter.checks.engine import judge
from linter.checks.outcome import Finding
from linter.checks.rulebook import load_rulebook
from linter.document.model import Document, Paragraph, Table
from linter.document.registry import read_document, read_file
from linter.report.model import Report, StandardTable, State
from linter.report.norm import STATISTICS, statistics_rows, table_spec
from linter.report.read import read_report
from linter.report.statistics import take_statistics
from linter.report.statistics.labels import core, rows_named

from grids import grid, text_items  # isort: skip

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"

WRITERS: dict[str, Callable[[Truth, Layout], bytes]] = {
    "a.docx": to_docx,
    "fragment.html": lambda truth, layout: to_html(truth, layout, "fragment"),
    "page.html": lambda truth, layout: to_html(truth, layout, "page"),
    "word.html": lambda truth, layout: to_html(truth, layout, "word"),
    "pipe.md": lambda truth, layout: to_markdown(truth, layout, "pipe"),
    "inline.md": lambda truth, layout: to_markdown(truth, layout, "html"),
    "tabs.txt": lambda truth, layout: to_text(truth, layout, "tabs"),
    "spaces.txt": lambda truth, layout: to_text(truth, layout, "spaces"),
    "cells.txt": lambda truth, layout: to_text(truth, layout, "cells"),
    "pdf.txt": lambda truth, layout: to_text(truth, layout, "pdf"),
}

SUMMED = [
    key
    for key, row in statistics_rows().items()
    if not row.local
    and key.partition(".")[0]
    in {"received", "replied", "refused", "concluded", "review", "litigation", "staff"}
]


def read(name: str, data: bytes) -> Report:
    return read_report(read_document(data, name), name)


def serious(report: Report) -> list[Finding]:
    judgement = judge(report, load_rulebook().rules)
    assert not judgement.errors
    return [finding for finding in judgement.findings if finding.severity != "info"]


def taken(*rows: tuple[str, ...]) -> StandardTable:
    """The table read from one grid."""
    table = take_statistics((grid(rows, "markup"),))[1]
    assert table is not None
    return table


def values(table: StandardTable) -> dict[str, object]:
    return {str(row): cell.value for (row, column), cell in table.cells.items() if column == "value"}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_read_in_every_format(name: str, seed: int) -> None:
    truth, layout = make_older_report(seed), make_layout(seed)
    report = read(name, WRITERS[name](truth, layout))
    cells = report.tables[STATISTICS].cells
    assert {key: cell.value for key, cell in cells.items()} == {
        key: cell.value for key, cell in truth.tables[STATISTICS].cells.items()
    }
    assert set(report.tables) == {STATISTICS}
    assert not serious(report)


@pytest.mark.parametrize("key", SUMMED)
def test_a_changed_figure_breaks_a_sum(key: str) -> None:
    truth = make_older_report(3)
    table = truth.tables[STATISTICS]
    more = number_cell(table.number(key, "value") + 4)
    changed = truth.with_table(table.with_cells({(key, "value"): more}))
    found = serious(read("a.md", to_markdown(changed, make_layout(3), "pipe")))
    suspected = {suspect.cell.row for finding in found for suspect in finding.suspects}
    assert key in suspected


def test_text_that_lost_a_figure_is_open() -> None:
    truth = make_older_report(3)
    text = to_text(truth, make_layout(5), "spaces", "utf-8").decode()
    torn = re.sub(r"(当\s*面\s*申\s*请\s*数\s*件) \d+", r"\1", text)
    assert torn != text
    report = read("a.txt", torn.encode())
    cell = report.tables[STATISTICS].cells["received.in_person", "value"]
    assert cell.state is State.LOST and cell.reason
    assert report.reading.certainty == "partial"
    judgement = judge(report, load_rulebook().rules)
    assert "statistics-received" in {item.name for item in judgement.open}
    assert not serious(report)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_later_editions_have_no_such_table(edition: str) -> None:
    truth = make_report(1, "2019" if edition == "2019" else "2021")
    report = read("a.docx", to_docx(truth, make_layout(1)))
    assert set(report.tables) == {"disclosure", "applications", "disputes"}


def test_labels_are_told_by_their_core() -> None:
    assert core("（一）收到申请数（件）") == core("收到申请总数") == "收到申请"
    assert rows_named("1．当面 申请数") == ("received.in_person",)
    assert rows_named("其中：1、当面申请数") == ("received.in_person",)
    assert rows_named("1.专职人员数（不包括政府公报及政府网站工作人员数）") == ("staff.full_time",)
    assert rows_named("（二）被依法纠错数") == ("review.corrected", "litigation.corrected")
    assert rows_named("说明") == ()


def test_every_row_of_the_form_is_named_by_its_label() -> None:
    for key, row in statistics_rows().items():
        if not key.endswith(".extra"):
            assert key in rows_named(row.line.label)


REPEATED = [
    ("指标名称", "计量单位", "统计数"),
    ("1.参加或举办新闻发布会总次数", "次", "4"),
    ("其中：主要负责同志参加次数", "次", "1"),
    ("2.政府网站在线访谈次数", "次", "3"),
    ("其中：主要负责同志参加次数", "次", "2"),
    ("四、行政复议数量", "件", "6"),
    ("（一）维持具体行政行为数", "件", "1"),
    ("（二）被依法纠错数", "件", "2"),
    ("（三）其他情形数", "件", "3"),
    ("五、行政诉讼数量", "件", "15"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "4"),
    ("（二）被依法纠错数", "件", "5"),
    ("（三）其他情形数", "件", "6"),
]


def test_repeated_labels_are_told_by_what_stands_above() -> None:
    read_values = values(taken(*REPEATED))
    assert read_values["response.press.chief"] == 1
    assert read_values["response.interview.chief"] == 2
    assert [read_values[f"review.{part}"] for part in ("upheld", "corrected", "other")] == [1, 2, 3]
    assert [read_values[f"litigation.{part}"] for part in ("upheld", "corrected", "other")] == [4, 5, 6]


def test_a_repeated_label_without_the_row_above_it_is_lost() -> None:
    rows = [row for row in REPEATED if row[2] not in ("1", "4")]
    table = taken(*rows)
    for key in ("review.corrected", "litigation.corrected"):
        assert table.cells[key, "value"].state is State.LOST


def test_two_value_columns_are_told_by_the_header() -> None:
    table = taken(
        ("指标名称", "计量单位", "2015年度", "历年累计"),
        ("受理依申请公开信息总数", "条", "5", "40"),
        ("其中：1、当面申请数", "条", "2", "11"),
        ("2、网上申请数", "条", "2", "17"),
        ("3、信函、传真申请数", "条", "1", "12"),
    )
    assert values(table) == {
        "received": 5,
        "received.in_person": 2,
        "received.online": 2,
        "received.mail_or_fax": 1,
    }
    assert table.cells["received", "cumulative"].value == 40


@pytest.mark.parametrize("header", [("指标名称", "单位", "", ""), ("指标名称", "单位", "2014年", "2015年")])
def test_two_value_columns_without_a_telling_header_are_lost(header: tuple[str, ...]) -> None:
    table = taken(
        header,
        ("收到申请数", "件", "5", "6"),
        ("1.当面申请数", "件", "2", "3"),
        ("2.传真申请数", "件", "0", "0"),
        ("3.网络申请数", "件", "3", "3"),
    )
    states = {cell.state for (row, _), cell in table.cells.items() if row != "received.mail"}
    assert states == {State.LOST}


def test_a_row_of_no_known_form_leaves_its_sum_open() -> None:
    rows = [
        ("指标名称", "计量单位", "数量"),
        ("（一）收到申请数", "件", "9"),
        ("1.当面申请数", "件", "2"),
        ("2.传真申请数", "件", "0"),
        ("3.网络申请数", "件", "4"),
        ("4.信函申请数", "件", "2"),
        ("5.微信小程序申请数", "件", "1"),
    ]
    assert taken(*rows).cells["received.extra", "value"].state is State.LOST
    assert ("received.extra", "value") not in taken(*rows[:-1]).cells
    none = (*rows[:-1], ("5.微信小程序申请数", "件", "0"))
    assert ("received.extra", "value") not in taken(*none).cells


def test_titles_above_the_header_head_no_column() -> None:
    rows = (
        ("青禾县政府信息公开情况统计表", "", ""),
        ("（2016年度）", "", ""),
        ("填报单位：青禾县", "", "填报日期：2017年1月5日"),
        ("统计指标", "单位", "统计数"),
        ("一、主动公开情况", "——", "——"),
        *REPEATED[5:9],
    )
    assert values(taken(*rows))["review"] == 6
    merged = grid(rows, "markup")
    cells = tuple(
        cell._replace(column_span=3) if cell.row < 2 else cell
        for cell in merged.cells
        if cell.row > 1 or cell.column == 0
    )
    table = take_statistics((merged._replace(cells=cells),))[1]
    assert table is not None and values(table)["review.other"] == 3


def test_halves_side_by_side_are_read_each() -> None:
    table = taken(
        ("指标名称", "计量单位", "数量", "指标名称", "计量单位", "数量"),
        ("（一）收到申请数", "件", "6", "四、行政复议数量", "件", "3"),
        ("1.当面申请数", "件", "1", "（一）维持具体行政行为数", "件", "1"),
        ("2.传真申请数", "件", "2", "（二）被依法纠错数", "件", "2"),
        ("3.网络申请数", "件", "3", "六、举报投诉数量", "件", "8"),
    )
    assert values(table)["received.online"] == 3
    assert values(table)["complaints"] == 8
    assert table.cells["review.corrected", "value"].state is State.LOST


def test_a_table_over_two_pages_may_have_lost_rows() -> None:
    first = grid([("指标名称", "单位", "数量"), *REPEATED[1:6]], "ruled")
    second = grid([("（二）被依法纠错数", "件", "2"), ("六、举报投诉数量", "件", "1")], "ruled")
    table = take_statistics((first, *text_items("- 3 -"), second))[1]
    assert table is not None
    assert values(table)["complaints"] == 1
    assert table.cells["review.corrected", "value"].state is State.LOST


def test_other_grids_are_left_alone() -> None:
    other = grid([("项目", "数量"), ("收到申请数", "3"), ("办结率", "100%")], "markup")
    assert take_statistics((other,)) == ((other,), None)


TEXT = """指标名称 计量单位 统计数
（一）收到申请数 件 9
1.当面申请数 件 2
2.传真申请数 件 0
3.网络申请数 件 5
4.信函申请数 件 2
（二）申请办结数 件 9
1.按时办结数 件 9
2.延期办结数 件 0"""


def read_text(text: str) -> StandardTable:
    table = take_statistics(text_items(text))[1]
    assert table is not None
    return table


def test_figures_in_text_belong_to_the_label_before() -> None:
    found = values(read_text(TEXT))
    assert [found[f"received.{way}"] for way in ("in_person", "fax", "online", "mail")] == [2, 0, 5, 2]


def test_cells_that_ran_together_are_lost() -> None:
    table = read_text(TEXT.replace(" ", "").replace("\n", ""))
    assert table.lost
    assert {cell.state for cell in table.cells.values()} == {State.LOST}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("3.网络申请数 件 5", "3.网络申请数 件", "received.online"),
        ("3.网络申请数 件 5", "3.网络申请数 件 5 7", "received.online"),
        ("3.网络申请数 件 5", "3.网络申请数 5 件", "received.online"),
        ("3.网络申请数 件 5", "3.网络申请数 件 05", "received.online"),
    ],
)
def test_doubtful_figures_in_text_are_lost(old: str, new: str, key: str) -> None:
    table = read_text(TEXT.replace(old, new))
    assert table.cells[key, "value"].state is State.LOST
    assert values(table)["received.mail"] == 2


def test_prose_with_the_same_words_is_no_table() -> None:
    text = (
        "附统计表。全年收到申请数 9 件，当面申请数 2 件，传真申请数 0 件，网络申请数 5 件，信函申请数 2 件。"
    )
    assert take_statistics(text_items(text))[1] is None


def test_what_stands_around_the_table_stays_text() -> None:
    flow, table = take_statistics(text_items(f"附件：统计表\n{TEXT}\n注：数据由各单位填报。"))
    assert table is not None and len(flow) == 3


def test_the_table_is_no_part_of_the_prose() -> None:
    body = "青禾县2015年政府信息公开工作年度报告\n一、概述\n工作有序。\n二、政府信息公开情况统计表\n"
    report = read("a.txt", (body + TEXT).encode())
    assert report.edition == "pre-2019"
    assert [section.text for section in report.sections] == ["工作有序。", ""]


def test_the_form_can_be_had_for_any_edition() -> None:
    assert table_spec(STATISTICS, "2021") is table_spec(STATISTICS, "pre-2019")


def test_a_document_with_a_grid_in_it() -> None:
    title = Paragraph("青禾县2015年政府信息公开工作年度报告")
    blocks: tuple[Paragraph | Table, ...] = (title, Paragraph("一、概述"), grid(REPEATED, "markup"))
    report = read_report(Document("docx", blocks), "a.docx")
    assert report.tables[STATISTICS].found


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not at hand")
class TestSamples:
    """Figures only; the real reports are not in the repository."""

    def statistics(self, name: str) -> StandardTable | None:
        return read_report(read_file(SAMPLES / name), name).tables.get(STATISTICS)

    def test_the_local_form_with_figures(self) -> None:
        table = self.statistics("2014-pingtan.txt")
        assert table is not None
        found = values(table)
        assert (found["disclosed"], found["received"], found["received.mail_or_fax"]) == (2543, 1, 1)
        assert table.cells["disclosed", "cumulative"].value == 78967
        assert ("received.mail", "value") not in table.cells

    @pytest.mark.parametrize(
        "name", ["2012-pingtan-county.txt", "2013-pingtan-county.txt", "2016-pingtan.txt"]
    )
    def test_forms_that_ran_together(self, name: str) -> None:
        table = self.statistics(name)
        assert table is not None and table.lost
        assert all(cell.value is None for cell in table.cells.values())

    def test_a_report_without_the_table(self) -> None:
        assert self.statistics("2016-zhongwei-city.txt") is None
