"""What the reader of the verdicts is told of what was lost: each reason once a table, and where."""

from __future__ import annotations

from linter.document.model import Document
from linter.report.model import Deviation, Label, Reading, StandardTable, State, TableCell
from linter.report.norm import table_spec
from linter.report.reading import is_unread, reading_of, with_lost

REASON = "文字中没有留下数字"


def table(key: str, lost: dict[tuple[str | None, str], str], whole: str | None = None) -> StandardTable:
    """A standard table of 2021, zeros but for the cells `lost`, each with its reason."""
    zero = TableCell("0", State.NUMBER, 0)
    cells = {
        place: TableCell("", State.LOST, reason=lost[place]) if place in lost else zero
        for place in table_spec(key, "2021").cell_keys()
    }
    return StandardTable(key, "2021", True, cells, lost=whole)


def row(key: str, reason: str = REASON) -> dict[tuple[str | None, str], str]:
    return {place: reason for place in table_spec("applications", "2021").cell_keys() if place[0] == key}


def reading(*tables: StandardTable, deviations: tuple[Deviation, ...] = ()) -> Reading:
    return reading_of(Document("text", ()), deviations, {each.key: each for each in tables})


def test_nothing_lost_is_a_full_reading() -> None:
    assert reading(table("applications", {})) == Reading("text", "full", ())


def test_a_lost_row_is_named_with_the_number_of_its_group() -> None:
    found = reading(table("applications", row("denied.prohibited_by_law")))
    assert found.certainty == "partial"
    assert found.notes == (f"第三部分表格：“（三）2.其他法律行政法规禁止公开”行：{REASON}",)


def test_several_rows_are_one_note_that_names_the_first() -> None:
    found = reading(table("applications", row("partial") | row("result_total")))
    assert found.notes == (f"第三部分表格：“（二）部分公开”等 2 行：{REASON}",)


def test_cells_of_a_row_are_counted() -> None:
    found = reading(table("applications", {("new", "business"): REASON, ("new", "total"): REASON}))
    assert found.notes == (f"第三部分表格：“一、本年新收政府信息公开申请数量”行的 2 格：{REASON}",)


def test_each_reason_is_a_note_of_its_own() -> None:
    found = reading(table("applications", row("new") | row("carried_in", "这一行被切断")))
    assert [note.rsplit("：", 1)[1] for note in found.notes] == [REASON, "这一行被切断"]


def test_cells_of_the_table_without_rows_are_counted() -> None:
    places = dict.fromkeys(table_spec("disputes", "2021").cell_keys()[:3], REASON)
    assert reading(table("disputes", places)).notes == (f"第四部分表格：3 格：{REASON}",)


def test_a_table_lost_as_a_whole_is_one_note_and_a_poor_reading() -> None:
    places = dict.fromkeys(table_spec("disclosure", "2021").cell_keys(), REASON)
    found = reading(table("disclosure", places, whole=REASON))
    assert found == Reading("text", "poor", (f"第二部分表格：{REASON}",))
    assert reading(table("disclosure", places)).notes == (f"第二部分表格：全部 {len(places)} 格：{REASON}",)


def test_a_row_outside_the_form_is_named_as_printed() -> None:
    given = table("applications", {})
    cells = {**given.cells, ("other", "total"): TableCell("", State.LOST, reason=REASON)}
    given = given._replace(cells=cells, rows=(Label("other", "（六）其他处理"),))
    assert reading(given).notes == (f"第三部分表格：“（六）其他处理”行：{REASON}",)


def test_parts_lost_for_one_reason_are_named_together() -> None:
    missing = tuple(
        Deviation("section", "missing", key, expected=title, lost="第 3 页是扫描图片")
        for key, title in (("problems", "存在的主要问题及改进情况"), ("others", "其他需要报告的事项"))
    )
    found = reading(deviations=missing)
    assert found.certainty == "partial"
    assert found.notes == ("“存在的主要问题及改进情况”、“其他需要报告的事项”：第 3 页是扫描图片",)


def test_a_table_that_may_be_there_unread_is_lost_in_every_cell() -> None:
    absent = table("disputes", {})
    cells = dict.fromkeys(absent.cells, TableCell("", State.ABSENT))
    absent = absent._replace(found=False, cells=cells)
    missing = Deviation("table", "missing", "disputes", table="disputes", lost=REASON)
    tables = with_lost({"disputes": absent}, [missing])
    assert tables["disputes"].lost == REASON
    assert {cell.state for cell in tables["disputes"].cells.values()} == {State.LOST}
    assert not tables["disputes"].found
    assert reading(*tables.values(), deviations=(missing,)).notes == (f"第四部分表格：{REASON}",)
    proven = [missing._replace(lost=None)]
    assert with_lost({"disputes": absent}, proven) == {"disputes": absent}


def test_a_table_is_unread_where_a_cell_of_it_is_lost() -> None:
    assert is_unread(table("applications", row("partial")))
    assert not is_unread(table("applications", {}))
