"""What the walk over a Word file counts: things to be noted, and how much there is of it all."""

from __future__ import annotations

from collections import Counter

from linter.document.model import Unreadable

MAX_PLACES = 100_000
"""Paragraphs, rows and cells that are read; a long report has 2,000."""
MAX_SLOTS = 200_000
"""Rows times columns of all tables; the standard tables have 500."""

_TRACKED = ("插入", "删除", "移动")
_NOTES = {
    "隐藏": "文中有 {} 处隐藏文字，未计入检查",
    "批注": "文中有 {} 处批注，批注内容未计入检查",
    "目录": "文中有 {} 处自动目录，未作为正文检查",
    "对象": "文中有 {} 个嵌入对象或图表（如 Excel 表格），其内容无法读取",
    "外部": "文中有 {} 处嵌入的外部文档，其内容没有读取",
    "图片格": "表格中有 {} 个单元格只有图片，其内容无法读取",
    "列宽": "表格中有 {} 行缺少列宽，其中各格所在的列是推测的，请核对",
    "遮住": "表格中有 {} 个被合并遮住的单元格里还有文字，未计入检查",
}


class Seen(Counter[str]):
    """How often each thing worth a note was met, by the keys above.

    It also keeps what is read within bounds, since a crafted file of 2 MB can hold a million cells.
    """

    def __init__(self) -> None:
        super().__init__()
        self._places = 0
        self._slots = 0

    def add_places(self, count: int) -> None:
        """Count paragraphs, rows or cells. Raises Unreadable beyond MAX_PLACES."""
        self._places += count
        if self._places > MAX_PLACES:
            raise Unreadable(f"文件的段落和单元格超过 {MAX_PLACES // 10_000} 万个，不像一份年度报告，未读取")

    def add_slots(self, rows: int, columns: int) -> None:
        """Count the positions of a table's grid. Raises Unreadable beyond MAX_SLOTS."""
        self._slots += rows * columns
        if self._slots > MAX_SLOTS:
            raise Unreadable("文件中的表格异常巨大，不像一份年度报告，未读取")

    def notes(self) -> list[str]:
        """What the reader of the verdicts should know, in Chinese."""
        tracked = "、".join(f"{kind} {self[kind]} 处" for kind in _TRACKED if self[kind])
        notes = [f"文中有尚未处理的修订（{tracked}），已按全部接受修订后的内容检查"] if tracked else []
        return notes + [note.format(self[key]) for key, note in _NOTES.items() if self[key]]
