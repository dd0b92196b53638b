"""Tables in plain text: read where labels and figures stand in order, lost where they do not."""

from __future__ import annotations

import pytest
from grids import applications_rows, text_items

from linter.document.model import Line
from linter.report.flow import Text
from linter.report.model import StandardTable, State
from linter.report.tables import read_tables, recognise_tables
from linter.report.tables.blanktraces import Trace, place_by_blanks

KEYS = ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total")
HEAD = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n申请人情况\n自然人\n法人或其他组织\n"
    "商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n"
)


def read(text: str, key: str = "applications", edition: str = "2019") -> StandardTable:
    return read_tables(recognise_tables(text_items(text)), edition)[key]  # type: ignore[arg-type]


def numbers(table: StandardTable, row: str) -> list[object]:
    return [table.cells[row, column].value for column in KEYS]


def lines(edition: str = "2019") -> list[tuple[str, list[str]]]:
    """Label and values of each row; the value tells row and column."""
    return [
        (row[0] or row[1], [str(100 * (index + 1) + column) for column in range(7)])
        for index, row in enumerate(applications_rows(edition))
    ]


def spaced(rows: list[tuple[str, list[str]]]) -> str:
    return HEAD + "\n".join(f"{label} {' '.join(values)}" for label, values in rows)


def test_figures_beside_their_labels_are_read() -> None:
    table = read(spaced(lines()))
    assert numbers(table, "new") == [100, 101, 102, 103, 104, 105, 106]
    assert numbers(table, "carried_out")[6] == 2306
    assert table.deviations == ()


def test_a_label_broken_over_lines_is_one_label() -> None:
    text = spaced(lines()).replace("2.其他法律行政法规禁止公开 ", "2.其他法律行政\n法规禁止公开\n")
    assert numbers(read(text), "denied.prohibited_by_law")[0] == 600


def test_figures_in_the_middle_of_a_broken_label_belong_to_it() -> None:
    rows = lines()
    label, values = rows[19]
    text = spaced(rows).replace(
        f"{label} {' '.join(values)}", f"5.要求行政机关确认或重新出\n{' '.join(values)}\n具已获取信息"
    )
    assert numbers(read(text), "rejected.reissue")[0] == 2000


def test_group_labels_between_rows_do_no_harm() -> None:
    text = spaced(lines("2021")).replace("1.申请人无正当理由", "（六）其他处理\n1.申请人无正当理由")
    table = read(text, edition="2021")
    assert numbers(table, "other.no_correction")[0] == 2100
    assert table.deviations == ()


def test_one_cell_a_line_is_read_below_an_unmixed_header() -> None:
    text = HEAD + "\n".join("\n".join([label, *values]) for label, values in lines())
    assert numbers(read(text), "result_total")[6] == 2206


def test_one_cell_a_line_below_a_mixed_header_is_lost() -> None:
    mixed = HEAD.replace("自然人\n", "").replace("总计\n", "自然人\n总计\n")
    text = mixed + "\n".join("\n".join([label, *values]) for label, values in lines())
    assert {cell.state for cell in read(text).cells.values()} == {State.LOST}


def test_a_row_with_fewer_figures_than_columns_is_lost_with_the_reason() -> None:
    rows = lines()
    rows[2] = (rows[2][0], rows[2][1][:6])
    table = read(spaced(rows))
    assert {table.cells["granted", key].state for key in KEYS} == {State.LOST}
    assert all(table.cells["granted", key].reason for key in KEYS)
    assert numbers(table, "partial")[0] == 400


def test_where_cells_ran_together_a_table_with_another_header_is_lost_whole() -> None:
    together = HEAD.replace("\n", "") + "".join(f"{label}0000000" for label, _ in lines())
    disputes = "行政复议行政诉讼结果维持 0 1 0 0 1 0 0 0 0 0 0 0 0 0 0"
    tables = read_tables(
        recognise_tables(text_items(f"{together}\n四、政府信息公开行政复议、行政诉讼情况\n{disputes}")),
        "2019",
    )
    assert {cell.value for cell in tables["applications"].cells.values()} == {0}
    assert {cell.state for cell in tables["disputes"].cells.values()} == {State.LOST}


def test_figures_before_their_labels_are_not_given_to_the_wrong_row() -> None:
    rows = lines()
    text = HEAD + "\n".join(f"{' '.join(values)}\n\n{label}\n" for label, values in rows)
    assert not any(cell.state is State.NUMBER for cell in read(text).cells.values())


def test_figures_before_their_labels_in_one_block_leave_the_table_undecided() -> None:
    text = (
        "第二十条第（六）项\n信息内容\n本年处理决定数量\n3\n行政处罚\n1046\n行政强制\n"
        "第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n7"
    )
    table = read(f"第二十条第（一）项\n{text}", "disclosure", "2021")
    assert not any(cell.state is State.NUMBER for cell in table.cells.values())


def test_the_ends_of_figures_broken_over_two_lines_are_no_figures() -> None:
    rows = lines()
    label, values = rows[21]
    wrapped = f"{' '.join(value[:2] for value in values)}\n{label} {' '.join(value[2:] for value in values)}"
    table = read(spaced(rows).replace(f"{label} {' '.join(values)}", wrapped))
    assert {table.cells["result_total", key].state for key in KEYS} == {State.LOST}


def test_a_row_number_is_no_figure() -> None:
    text = (
        spaced(lines())
        .replace("8.属于行政查询事项 1200 ", "8.属于行政查询事项 ")
        .replace("1.本机关不掌握", "1\n、本机关不掌握")
    )
    table = read(text)
    assert not any(cell.value == 1 for cell in table.cells.values())


def test_signs_and_units_of_the_disclosure_table() -> None:
    projects = "信息内容 上一年项目数量 本年增/减 处理决定数量"
    text = "\n".join(
        [
            "第二十条第（一）项\n信息内容 本年新制作数量 本年新公开数量 对外公开总数量",
            "规章 0 0 0\n规范性文件 3 3 7",
            f"第二十条第（五）项\n{projects}\n行政许可 74 + 54 1338\n其他对外管理服务事项 10 -4 17",
            f"第二十条第（六）项\n{projects}\n行政处罚 24 0 47\n行政强制 2 0 9",
            "第二十条第（八）项\n信息内容 上一年项目数量 本年增/减\n行政事业性收费 3 1",
            "第二十条第（九）项\n信息内容 采购项目数量 采购总金额\n政府集中采购 2 12.5 万元",
        ]
    )
    table = read(text, "disclosure")
    assert table.cells["licensing", "change"].value == 54
    assert table.cells["other_services", "change"].value == -4
    assert table.cells["procurement", "amount"].text == "12.5 万元"
    assert table.deviations == ()


@pytest.mark.parametrize("heading", ["四、政府信息公开行政复议、行政诉讼情况", "六、下一步改进措施"])
def test_the_next_section_ends_a_table(heading: str) -> None:
    found = recognise_tables(text_items(f"{spaced(lines())}\n{heading}\n本年共 7 件。"))
    assert [getattr(item, "text", "") for item in found[1:]] == [heading, "本年共 7 件。"]


class Value:
    """A figure in a line, for the placing by blanks."""

    def __init__(self, line: int, start: int, end: int) -> None:
        self.line, self.start, self.end = line, start, end


def test_blanks_between_figures_place_them_where_empty_cells_leave_blanks() -> None:
    empty = "甲" + " " * 15
    texts = [empty, empty, empty, "丁  9            9 "]
    first, last = Value(3, 3, 4), Value(3, 16, 17)
    rows: list[Trace] = [((index, 1), []) for index in range(3)]
    placed = place_by_blanks((3, 1), [first, last], rows, [Line(text) for text in texts], 7)
    assert placed == [first, None, None, None, None, None, last]


def test_blanks_that_allow_two_placings_place_nothing() -> None:
    empty = "甲" + " " * 15
    texts = [empty, empty, empty, "丁  9" + " " * 12]
    rows: list[Trace] = [((index, 1), []) for index in range(3)]
    assert place_by_blanks((3, 1), [Value(3, 3, 4)], rows, [Line(text) for text in texts], 7) is None


def test_where_empty_cells_leave_no_blanks_nothing_is_placed() -> None:
    texts = ["甲", "乙", "丁 9 9"]
    rows: list[Trace] = [((0, 1), []), ((1, 1), [])]
    values = [Value(2, 2, 3), Value(2, 4, 5)]
    assert place_by_blanks((2, 1), values, rows, [Line(text) for text in texts], 7) is None


def test_a_figure_with_misplaced_commas_behind_its_label_breaks_nothing() -> None:
    text = spaced(lines()).replace("8.属于行政查询事项 1200", "8.属于行政查询事项0,0. 1200")
    assert not any(cell.value == 0 for cell in read(text).cells.values())


def on_pages(rows: list[tuple[str, list[str]]]) -> StandardTable:
    """The table from the text of a PDF, each cell a line with a blank line below."""
    text = HEAD + "\n\n".join("\n\n".join([label, *values]) for label, values in rows)
    flow = [
        item._replace(lines=tuple(Line(line.text, line.location._replace(page=1)) for line in item.lines))
        for item in text_items(text)
        if isinstance(item, Text)
    ]
    return read_tables(recognise_tables(flow), "2019")["applications"]


def test_one_cell_a_line_on_pages_is_read_where_a_row_stands_whole_and_its_total_agrees() -> None:
    rows = [(label, ["1", "2", "3", "0", "0", "4", "10"]) for label, _ in lines()]
    assert numbers(on_pages(rows), "carried_out") == [1, 2, 3, 0, 0, 4, 10]
    rows[3] = (rows[3][0], ["1", "2", "3", "0", "0", "4", "11"])
    table = on_pages(rows)
    assert numbers(table, "granted") == [1, 2, 3, 0, 0, 4, 10]
    assert {table.cells["partial", key].state for key in KEYS} == {State.LOST}
