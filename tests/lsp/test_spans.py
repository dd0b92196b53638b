"""What is underlined for a place in the text."""

from linter.document.model import Location
from linter.lsp.spans import Span, span_of

LINES = ["# 题目", "", "  第一段，共 3 件。", "<td>", "  12", "</td>"]


def test_the_words_quoted() -> None:
    assert span_of(LINES, Location(line=3, column=1), "3 件") == Span(2, 8, 2, 11)


def test_a_cell_whose_text_stands_below_its_tag() -> None:
    assert span_of(LINES, Location(line=4), "12") == Span(4, 2, 4, 4)


def test_the_line_where_the_words_are_not_in_it() -> None:
    assert span_of(LINES, Location(line=3), "没有这些字") == Span(2, 2, 2, 12)


def test_the_first_line_where_the_place_is_not_known() -> None:
    assert span_of(LINES, Location(), None) == Span(0, 0, 0, 4)


def test_nothing_in_an_empty_text() -> None:
    assert span_of([""], Location(line=9), "无") == Span(0, 0, 0, 0)
