"""Automatic numbers are rendered as Word shows them."""

from __future__ import annotations

import pytest
from lxml import etree

from linter.document.listcounts import format_number
from linter.document.numbering import Numbering

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lists(xml: str, style_numbers: dict[str, str] | None = None) -> Numbering:
    root = etree.fromstring(f"<w:numbering {NS}>{xml}</w:numbering>")
    return Numbering(lambda: root, (style_numbers or {}).get)


def level(index: int, text: str, number_format: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{more}{"".join(levels)}</w:abstractNum>'


def num(identity: int, abstract_id: int, more: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract_id}"/>{more}</w:num>'


def rendered(numbering: Numbering, *steps: tuple[int, int]) -> list[str]:
    return [numbering.advance(str(number_id), index)[0] for number_id, index in steps]


@pytest.mark.parametrize(
    ("number_format", "values", "expected"),
    [
        ("decimal", [1, 10], ["1", "10"]),
        ("decimalZero", [1, 10], ["01", "10"]),
        ("decimalFullWidth", [1, 20], ["１", "２０"]),
        ("decimalEnclosedCircle", [1, 20, 21], ["①", "⑳", "21"]),
        ("decimalEnclosedCircleChinese", [3], ["③"]),
        ("decimalEnclosedParen", [1, 20], ["⑴", "⒇"]),
        ("decimalEnclosedFullstop", [1, 20], ["⒈", "⒛"]),
        ("upperLetter", [1, 26, 27, 53], ["A", "Z", "AA", "AAA"]),
        ("lowerLetter", [2], ["b"]),
        ("upperRoman", [4, 9, 1994], ["IV", "IX", "MCMXCIV"]),
        ("lowerRoman", [3], ["iii"]),
        (
            "chineseCounting",
            [1, 10, 11, 20, 21, 99, 100],
            ["一", "十", "十一", "二十", "二十一", "九十九", "一○○"],
        ),
        (
            "chineseCountingThousand",
            [1, 10, 11, 20, 100, 101, 110, 111, 1001, 1010],
            [
                "一",
                "十",
                "十一",
                "二十",
                "一百",
                "一百零一",
                "一百一十",
                "一百一十一",
                "一千零一",
                "一千零一十",
            ],
        ),
        ("japaneseCounting", [1, 10, 12, 100, 110, 1000], ["一", "十", "十二", "百", "百十", "千"]),
        ("ideographTraditional", [1, 10, 11], ["甲", "癸", "11"]),
        ("ideographZodiac", [1, 12], ["子", "亥"]),
        ("ideographZodiacTraditional", [1, 11, 60], ["甲子", "甲戌", "癸亥"]),
        ("ideographDigital", [1, 10, 20], ["一", "一〇", "二〇"]),
        ("ideographEnclosedCircle", [1, 10], ["㊀", "㊉"]),
        ("chineseLegalSimplified", [1, 12, 205], ["壹", "壹拾贰", "贰佰零伍"]),
        ("ideographLegalTraditional", [3], ["參"]),
        ("ordinal", [1, 2, 3, 4, 11, 112, 121], ["1st", "2nd", "3rd", "4th", "11th", "112th", "121st"]),
        ("none", [1, 2], ["", ""]),
        ("001", [1, 12, 1234], ["001", "012", "1234"]),
    ],
)
def test_number_formats(number_format: str, values: list[int], expected: list[str]) -> None:
    assert [format_number(value, number_format) for value in values] == expected


def test_an_unknown_format_shows_digits_and_is_noted() -> None:
    numbering = lists(abstract(0, level(0, "%1.", "hebrew2")) + num(1, 0))
    assert rendered(numbering, (1, 0)) == ["1."]
    assert numbering.notes() == ["自动编号的格式（hebrew2）无法还原，已按阿拉伯数字显示"]


def test_a_level_counts_on_and_starts_again_below_the_next_higher_one() -> None:
    numbering = lists(
        abstract(0, level(0, "%1、", "chineseCounting"), level(1, "（%2）", "chineseCounting")) + num(1, 0)
    )
    steps = (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)
    assert rendered(numbering, *steps) == ["一、", "（一）", "（二）", "二、", "（一）"]


def test_a_level_text_may_show_the_levels_above_it() -> None:
    numbering = lists(
        abstract(0, level(0, "第%1章", "chineseCounting"), level(1, "%1.%2", more="<w:isLgl/>")) + num(1, 0)
    )
    assert rendered(numbering, (1, 0), (1, 0), (1, 1)) == ["第一章", "第二章", "2.1"]


def test_a_level_above_that_has_not_occurred_shows_its_start() -> None:
    numbering = lists(abstract(0, level(0, "%1", start=3), level(1, "%1.%2")) + num(1, 0))
    assert rendered(numbering, (1, 1), (1, 1)) == ["3.1", "3.2"]


def test_lvl_restart_zero_never_restarts() -> None:
    numbering = lists(
        abstract(0, level(0, "%1"), level(1, "%2", more='<w:lvlRestart w:val="0"/>')) + num(1, 0)
    )
    assert rendered(numbering, (1, 0), (1, 1), (1, 0), (1, 1)) == ["1", "1", "2", "2"]


def test_lvl_restart_names_the_level_that_restarts_it() -> None:
    numbering = lists(
        abstract(0, level(0, "%1"), level(1, "%2"), level(2, "%3", more='<w:lvlRestart w:val="1"/>'))
        + num(1, 0)
    )
    steps = (1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)
    assert rendered(numbering, *steps) == ["1", "1", "1", "2", "2", "2", "1"]


def test_lists_of_one_abstract_list_count_together() -> None:
    numbering = lists(abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0))
    assert rendered(numbering, (1, 0), (2, 0), (1, 0)) == ["1.", "2.", "3."]


def test_a_start_override_restarts_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = lists(abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0, override))
    assert rendered(numbering, (1, 0), (1, 0), (2, 0), (2, 0)) == ["1.", "2.", "1.", "2."]


def test_a_level_override_replaces_the_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "%1、", "chineseCounting", start=5)}</w:lvlOverride>'
    numbering = lists(abstract(0, level(0, "%1.")) + num(1, 0, override))
    assert rendered(numbering, (1, 0), (1, 0)) == ["五、", "六、"]


def test_a_num_style_link_leads_to_the_list_of_that_style() -> None:
    linked = abstract(0, more='<w:numStyleLink w:val="Outline"/>')
    owner = abstract(7, level(0, "%1、", "chineseCounting"), more='<w:styleLink w:val="Outline"/>')
    assert rendered(lists(linked + owner + num(1, 0) + num(2, 7), {"Outline": "2"}), (1, 0)) == ["一、"]
    assert rendered(lists(linked + owner + num(1, 0)), (1, 0)) == ["一、"]


def test_num_style_links_in_a_circle_end() -> None:
    circle = abstract(0, more='<w:numStyleLink w:val="A"/>') + num(1, 0)
    assert rendered(lists(circle, {"A": "1"}), (1, 0)) == [""]


def test_the_level_bound_to_a_style_is_found() -> None:
    bound = level(0, "%1") + level(1, "%2", more='<w:pStyle w:val="Second"/>')
    numbering = lists(abstract(0, bound) + num(1, 0))
    assert numbering.level_of_style("1", "Second") == 1
    assert numbering.level_of_style("1", "Third") is None


def test_bullets_keep_their_character_but_not_a_symbol_fonts_code() -> None:
    numbering = lists(abstract(0, level(0, "\uf06c", "bullet"), level(1, "—", "bullet")) + num(1, 0))
    assert rendered(numbering, (1, 0), (1, 1)) == ["•", "—"]


def test_a_hidden_number_is_not_shown() -> None:
    hidden = level(0, "%1.", more="<w:rPr><w:vanish/></w:rPr>")
    assert rendered(lists(abstract(0, hidden) + num(1, 0)), (1, 0)) == [""]


def test_a_custom_format_in_an_alternative_is_taken_once() -> None:
    alternative = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    custom = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{alternative}<w:lvlText w:val="%1"/></w:lvl>'
    assert rendered(lists(abstract(0, custom) + num(1, 0)), (1, 0), (1, 0)) == ["009", "010"]


@pytest.mark.parametrize("reference", [(9, 0), (1, 5)])
def test_a_list_or_level_that_does_not_exist_shows_nothing(reference: tuple[int, int]) -> None:
    assert lists(abstract(0, level(0, "%1")) + num(1, 0)).advance(str(reference[0]), reference[1]) == ("", "")


def test_without_a_numbering_part_nothing_is_numbered() -> None:
    assert Numbering(lambda: None, lambda style: None).advance("1", 0) == ("", "")


def test_what_a_crafted_list_may_grow_to() -> None:
    numbering = lists(abstract(0, level(0, "%1" * 5000, "lowerLetter", start=780), level(9, "x")) + num(1, 0))
    (number,) = rendered(numbering, (1, 0))
    assert number == "z" * 64
    assert rendered(numbering, (1, 9)) == [""]
    assert format_number(999_999_999, "lowerLetter") == "999999999"
    assert format_number(5, "0" * 1000 + "1") is None
