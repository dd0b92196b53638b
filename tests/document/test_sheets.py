"""Workbooks (.xlsx, .xls, .et): sheets as text and tables, with what the file does not say aloud."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from linter.document.biff import packed_number
from linter.document.model import Document, Paragraph, Table, Unreadable
from linter.document.registry import read_document
from linter.document.sheetcells import UNREAD, shown_number


def xlsx(*writers: Callable[[Any, Any], object]) -> bytes:
    """A workbook with a sheet for each of `writers`, which get the book and the sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for write in writers:
        write(book, book.add_worksheet())
    book.close()
    return buffer.getvalue()


def xls(*writers: Callable[[Any], None]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for number, write in enumerate(writers, 1):
        write(book.add_sheet(f"Sheet{number}"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def patched(data: bytes, name: str, old: str, new: str) -> bytes:
    """A package with some text of one part exchanged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            if part == name:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(part, text)
    return buffer.getvalue()


def rows(document: Document, index: int = 0) -> list[list[str]]:
    """A table's texts row by row."""
    table = [block for block in document.blocks if isinstance(block, Table)][index]
    return [[cell.text for cell in table.row(row)] for row in range(table.row_count)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_text_above_a_table_is_paragraphs() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:C1", "某某县2023年政府信息公开工作年度报告")
        sheet.write_row("A3", ["项目", "本年", "总计"])
        sheet.write_row("A4", ["规章", 12.0, 0.0])
        sheet.write("A6", "某某县人民政府")

    document = read_document(xlsx(write), "a.xlsx")
    assert document.reader == "xlsx"
    assert texts(document) == ["某某县2023年政府信息公开工作年度报告", "某某县人民政府"]
    assert rows(document) == [["项目", "本年", "总计"], ["规章", "12", "0"]]


def test_borders_tell_a_blank_row_of_a_table_and_a_title_in_it() -> None:
    def write(book: Any, sheet: Any) -> None:
        ruled = book.add_format({"border": 1})
        sheet.write("A1", "附表")
        sheet.merge_range("A2:B2", "第二十条", ruled)
        for at, label in enumerate(("规章", "文件"), 2):
            sheet.write(at, 0, label, ruled)
            sheet.write_blank(at, 1, None, ruled)

    document = read_document(xlsx(write), "a.xlsx")
    assert texts(document) == ["附表"]
    assert rows(document) == [["第二十条"], ["规章", ""], ["文件", ""]]
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert table.cells[0].column_span == 2


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_cells_are_one_cell(kind: str) -> None:
    def in_xlsx(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:A2", "合并")
        sheet.write("B1", 1)
        sheet.write("B2", 2)

    def in_xls(sheet: Any) -> None:
        sheet.write_merge(0, 1, 0, 0, "合并")
        sheet.write(0, 1, 1)
        sheet.write(1, 1, 2)

    document = read_document(xlsx(in_xlsx) if kind == "xlsx" else xls(in_xls), f"a.{kind}")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [(cell.text, cell.row_span) for cell in table.cells] == [("合并", 2), ("1", 1), ("2", 1)]


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_are_written_without_a_fraction(value: int) -> None:
    assert shown_number(repr(float(value)), "") == str(value)


@pytest.mark.parametrize(
    ("stored", "form", "shown"),
    [
        ("12.0", "", "12"),
        ("0.30000000000000004", "", "0.3"),
        ("1.5E-3", "", "0.0015"),
        ("-0.0", "", "0"),
        ("0.125", "percent", "12.5%"),
        ("45292", "date", "2024-01-01"),
        ("1e300", "", "1e300"),
        ("nan", "", "nan"),
    ],
)
def test_numbers_as_people_write_them(stored: str, form: Any, shown: str) -> None:
    assert shown_number(stored, form) == shown


def test_percent_and_date_formats() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write("A1", 0.5, book.add_format({"num_format": "0.0%"}))
        sheet.write_datetime(
            "B1", dt.datetime(2024, 1, 31), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        )
        sheet.write("C1", 3, book.add_format({"num_format": '[Red]0" days"'}))

    assert rows(read_document(xlsx(write), "")) == [["50%", "2024-01-31", "3"]]

    def old(sheet: Any) -> None:
        sheet.write(0, 0, 0.5, xlwt.easyxf(num_format_str="0%"))
        sheet.write(0, 1, dt.datetime(2024, 1, 31), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        sheet.write(0, 2, -7)

    assert rows(read_document(xls(old), "")) == [["50%", "2024-01-31", "-7"]]


def test_a_formula_without_a_stored_value_is_lost_not_zero() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["甲", 1, 2])
        sheet.write_formula("D1", "=B1+C1", None, 3)
        sheet.write_formula("E1", "=B1+C1")
        sheet.write_formula("F1", "=1/0", None, "#DIV/0!")

    data = xlsx(write)
    assert rows(read_document(data, "")) == [["甲", "1", "2", "3", UNREAD, UNREAD]]
    assert any("2 格" in note for note in read_document(data, "").notes)
    bare = patched(data, "xl/worksheets/sheet1.xml", "<v>3</v>", "")
    assert rows(read_document(bare, ""))[0][3] == UNREAD


def test_hidden_sheets_rows_and_columns_are_said() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["甲", 1])
        sheet.write_row("A2", ["乙", 2])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})

    def hidden(_: Any, sheet: Any) -> None:
        sheet.write("A1", "不给人看")
        sheet.hide()

    document = read_document(xlsx(write, hidden), "")
    assert rows(document) == [["甲", "1"], ["乙", "2"]]
    assert texts(document) == []
    told = "；".join(document.notes)
    assert "第 2 行是隐藏的" in told
    assert "第 2 列是隐藏的" in told
    assert "“Sheet2”是隐藏的" in told


def test_hidden_parts_of_an_old_workbook() -> None:
    def write(sheet: Any) -> None:
        for at, label in enumerate("甲乙"):
            sheet.write(at, 0, label)
            sheet.write(at, 1, at)
        sheet.row(1).hidden = True
        sheet.col(1).hidden = True

    def hidden(sheet: Any) -> None:
        sheet.write(0, 0, "不给人看")
        sheet.visibility = 1

    told = "；".join(read_document(xls(write, hidden), "a.et").notes)
    assert "第 2 行" in told
    assert "第 2 列" in told
    assert "“Sheet2”是隐藏的" in told


def test_an_old_workbook_and_one_of_wps_are_told_by_their_content() -> None:
    def write(sheet: Any) -> None:
        sheet.write(0, 0, "项目")
        sheet.write(0, 1, 3.5)
        sheet.write(1, 0, "长" * 9000)
        sheet.write(1, 1, xlwt.Formula("1+1"))

    for name in ("a.xls", "a.et", "a.docx"):
        document = read_document(xls(write), name)
        assert document.reader == "xls"
        assert rows(document)[0] == ["项目", "3.5"]
        assert rows(document)[1] == ["长" * 9000, UNREAD]


def test_strings_that_run_over_the_end_of_a_record() -> None:
    """Excel cuts the table of strings into records of 8 KB, in the middle of a string if need be."""
    many = [f"第{number}行的文字" + "ab汉" * (number % 90) for number in range(600)]

    def write(sheet: Any) -> None:
        for row, text in enumerate(many):
            sheet.write(row, 0, text)
            sheet.write(row, 1, row)

    assert rows(read_document(xls(write), "")) == [[text, str(row)] for row, text in enumerate(many)]


@given(st.integers(-(2**29), 2**29 - 1))
def test_packed_whole_numbers(value: int) -> None:
    assert float(packed_number((value << 2 & 0xFFFFFFFF) | 2)) == value
    assert float(packed_number((value << 2 & 0xFFFFFFFF) | 3)) == value / 100


def test_shared_and_rich_strings_without_readings() -> None:
    data = xlsx(lambda _, sheet: sheet.write_row("A1", ["总计", "甲"]))
    rich = "<si><r><t>总</t></r><r><t>计</t></r><rPh><t>zongji</t></rPh></si>"
    assert (
        rows(read_document(patched(data, "xl/sharedStrings.xml", "<si><t>总计</t></si>", rich), ""))[0][0]
        == "总计"
    )


def test_cells_far_away_make_no_huge_table() -> None:
    data = xlsx(lambda _, sheet: (sheet.write_row("A1", ["甲", 1]), sheet.write("XFD1048576", "远")))
    document = read_document(data, "")
    assert rows(document) == [["甲", "1"]]
    assert any("其余未读取" in note for note in document.notes)


def test_merged_areas_of_any_size_and_overlap() -> None:
    data = xlsx(lambda _, sheet: (sheet.write_row("A1", ["甲", 1]), sheet.merge_range("A2:B2", "乙")))
    for area in ("A1:XFD1048576", "B2:A1", "Z", "A0:B0", "A1:B2"):
        changed = patched(data, "xl/worksheets/sheet1.xml", 'ref="A2:B2"', f'ref="{area}"')
        assert read_document(changed, "").blocks


@pytest.mark.parametrize("cut", [600, 2000, 5000])
def test_a_broken_old_workbook_is_refused_with_one_line(cut: int, capfd: pytest.CaptureFixture[str]) -> None:
    data = xls(lambda sheet: sheet.write(0, 0, "甲"))
    for broken in (data[:cut], data[:cut] + bytes(600) + data[cut + 600 :]):
        try:
            read_document(broken, "a.xls")
        except Unreadable as reason:
            assert "\n" not in str(reason)
    assert capfd.readouterr() == ("", "")


def test_a_workbook_without_its_parts() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/styles.xml", "<a/>")
    with pytest.raises(Unreadable, match="Excel"):
        read_document(buffer.getvalue(), "a.xlsx")
    data = xlsx(lambda _, sheet: sheet.write("A1", "甲"))
    with pytest.raises(Unreadable, match="XML"):
        read_document(patched(data, "xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData"), "")
