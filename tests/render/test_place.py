"""Places in words by which a clerk finds them."""

import pytest
from made_report import report

from linter.checks.outcome import Place
from linter.document.model import NOWHERE, Location
from linter.render.place import place_words, position_words


@pytest.mark.parametrize(
    ("location", "zh", "en"),
    [
        (NOWHERE, "", ""),
        (Location(page=3, table=8, row=4, cell=15), "第 3 页", "page 3"),
        (Location(line=53, column=7, table=1, row=2, cell=2), "第 53 行", "line 53"),
        (Location(line=14, table=1, row=3, cell=2), "第 1 个表格第 3 行第 2 格", "table 1, row 3, cell 2"),
        (Location(table=2, row=3), "第 2 个表格第 3 行", "table 2, row 3"),
        (Location(line=4, paragraph=4), "正文第 4 段", "paragraph 4"),
        (Location(line=9), "第 9 行", "line 9"),
    ],
)
def test_position_is_given_as_the_reader_of_the_file_sees_it(location: Location, zh: str, en: str) -> None:
    assert position_words(location, "zh") == zh
    assert position_words(location, "en") == en


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), ""),
        (Place("problems"), "五、存在的主要问题及改进情况"),
        (
            Place("applications", "applications", "denied.internal", "total"),
            "第三部分表格 · （三）5.属于三类内部事务信息 · 总计",
        ),
        (Place("disputes", "disputes", None, "review.upheld"), "第四部分表格 · 行政复议·结果维持"),
        (Place("disclosure", "disclosure", "fees"), "第二部分表格 · 行政事业性收费"),
    ],
)
def test_place_is_named_as_the_form_names_it(place: Place, words: str) -> None:
    assert place_words(place, report(), "zh") == words
