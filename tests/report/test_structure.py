"""Headings, sections and their departures from the mandated structure."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.document.model import Cell, Document, Line, Location, Paragraph, Picture, Table
from linter.report.flow import Item, Piece, Text, split_flow
from linter.report.headings import heading_key
from linter.report.model import Edition
from linter.report.norm import SECTION_KEYS, section_specs
from linter.report.structure import Structure, read_structure
from linter.report.tokens import Frame

TITLES = {spec.key: spec.title for spec in section_specs()}
NUMERALS = "一二三四五六七八九十"
TABLES = {"disclosure", "applications", "disputes"}


def heading(key: str, number: int | None = None) -> Text:
    number = SECTION_KEYS.index(key) + 1 if number is None else number
    return Text(f"{NUMERALS[number - 1]}、{TITLES[key]}")


def prose(words: str = "本机关认真做好这项工作，没有需要说明的情况。") -> Text:
    return Text(words)


def section(key: str, number: int | None = None) -> list[Item]:
    below: Item = Piece(key) if key in TABLES else prose()
    return [heading(key, number), below]


def whole() -> list[Item]:
    return [item for key in SECTION_KEYS for item in section(key)]


def structure(
    items: Sequence[Item],
    edition: Edition = "2021",
    torn: frozenset[int] = frozenset(),
    frame: Frame | None = None,
) -> Structure:
    lacking = {id(items[index]) for index in torn}
    return read_structure(items, edition, frame or Frame(), lambda piece: id(piece) in lacking)


def deviations(items: Sequence[Item], edition: Edition = "2021") -> list[tuple[str, str, str | None]]:
    return [(each.part, each.kind, each.key) for each in structure(items, edition).deviations]


# Headings


@pytest.mark.parametrize(
    ("text", "key", "number"),
    [
        ("一、总体情况", "overview", 1),
        ("一、 总 体 情 况", "overview", 1),
        ("一. 总体情况", "overview", 1),
        ("一．总体情况：", "overview", 1),
        ("1.总体情况", "overview", 1),
        ("第一部分 总体情况", "overview", 1),
        ("Ⅰ、总体情况", "overview", 1),
        ("壹、总体情况", "overview", 1),
        ("01 总体情况", "overview", 1),
        ("总体情况", "overview", None),
        ("一总体情况", "overview", 1),
        ("二、主动公开政府信息情况。", "disclosure", 2),
        ("四、政府信息公开行政复议，行政诉讼情况", "disputes", 4),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "disputes", 4),
        ("五、存在的主要问题与改进情况", "problems", 5),
        ("六、其他需要报告的事项", "others", 6),
    ],
)
def test_a_heading_in_an_accepted_wording_is_no_fault(text: str, key: str, number: int | None) -> None:
    found = heading_key(text)
    assert found is not None
    assert (found.key, found.number, found.standard) == (key, number, True)


@pytest.mark.parametrize(
    ("text", "key", "match"),
    [
        ("一、概述", "overview", "variant"),
        ("三、收到和处理政府信息公幵申请情况", "applications", "similar"),
        ("二、主动公开政府信意情况", "disclosure", "similar"),
        ("三、依申请公开政府信息和不予公开的情况", "applications", "keyword"),
        ("五、存在的主要问题", "problems", "part"),
        ("六、下一步工作打算", "problems", "part"),
        ("七、人大代表建议办理结果公开", None, "unknown"),
    ],
)
def test_other_wordings_are_recognised_as_what_they_are(text: str, key: str | None, match: str) -> None:
    found = heading_key(text)
    assert found is not None
    assert (found.key, found.match, found.standard) == (key, match, False)


@pytest.mark.parametrize(
    "text",
    [
        "（一）主动公开情况",
        "(二) 依申请公开情况",
        "一、本年新收政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "一是加强组织领导。",
        "一、落实责任，明确专人负责；定期检查。二、加强培训。",
        "1.重视不够",
        "2.重复申请",
        "二〇二三年一月十日",
        "存在的困难很多",
        "",
    ],
)
def test_what_is_no_top_level_heading(text: str) -> None:
    assert heading_key(text) is None


def test_a_line_of_a_table_of_contents_is_known_by_its_page_number() -> None:
    found = heading_key("一、总体情况……………… 3")
    assert found is not None
    assert found.contents
    assert found.title == "总体情况"


# Text that ran together


def split(text: str) -> list[str]:
    lines = (Line(text, Location(line=7, column=1)),)
    document = Document("text", (Paragraph(text, lines, Location(line=7, column=1)),))
    return [item.text for item in split_flow(document) if isinstance(item, Text)]


def test_headings_inside_a_paragraph_are_set_apart() -> None:
    text = "现将情况报告如下。一、总体情况 今年进展顺利。二、主动公开政府信息情况第二十条第（一）项"
    assert split(text) == [
        "现将情况报告如下。",
        "一、总体情况",
        "今年进展顺利。",
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
    ]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("六、其他需要报告的事项：无。", ["六、其他需要报告的事项：", "无。"]),
        ("六、其他需要报告的事项 无", ["六、其他需要报告的事项", "无"]),
        ("六、其他需要报告的事项：", ["六、其他需要报告的事项："]),
        ("二、主动公开政府信息情况统计", ["二、主动公开政府信息情况统计"]),
        ("一、总体情况：全年工作平稳，没有变化。", ["一、总体情况：", "全年工作平稳，没有变化。"]),
    ],
)
def test_a_heading_on_one_line_with_its_text(words: str, parts: list[str]) -> None:
    assert split(words) == parts


def test_the_parts_of_a_paragraph_know_their_columns() -> None:
    text = "导言。  六、其他需要报告的事项 无。"
    document = Document(
        "text", (Paragraph(text, (Line(text, Location(line=3, column=1)),), Location(line=3)),)
    )
    assert [(item.location.line, item.location.column) for item in split_flow(document)] == [
        (3, 1),
        (3, 6),
        (3, 18),
    ]


def test_columns_count_in_the_physical_line_a_part_stands_in() -> None:
    lines = (
        Line("导言说明", Location(line=1, column=1)),
        Line("完毕。一、总体情况 正文", Location(line=2, column=1)),
    )
    document = Document("text", (Paragraph("导言说明完毕。一、总体情况 正文", lines, Location(line=1)),))
    parts = [item for item in split_flow(document) if isinstance(item, Text)]
    assert [part.text for part in parts] == ["导言说明完毕。", "一、总体情况", "正文"]
    assert (parts[1].location.line, parts[1].location.column) == (2, 4)
    assert [line.text for line in parts[0].lines] == ["导言说明", "完毕。"]


@pytest.mark.parametrize(
    "text",
    [
        "本报告由以下部分组成：一、总体情况；二、主动公开政府信息情况；三、其他需要报告的事项。",
        "全年共收到申请十二、三件，主动公开政府信息情况良好。",
        "本报告包括总体情况、主动公开政府信息情况等内容。",
        "三、本年度办理结果（一）予以公开 0 0 0（二）部分公开 0 0 0",
    ],
)
def test_running_text_is_not_cut(text: str) -> None:
    assert split(text) == [text]


# Structure


def test_the_mandated_structure_has_no_deviation() -> None:
    found = structure([prose("导言。"), *whole()])
    assert found.deviations == ()
    assert [part.key for part in found.sections] == list(SECTION_KEYS)
    assert [part.tables for part in found.sections] == [
        (),
        ("disclosure",),
        ("applications",),
        ("disputes",),
        (),
        (),
    ]
    assert [passage.text for passage in found.lead] == ["导言。"]


@pytest.mark.parametrize("key", SECTION_KEYS)
def test_a_missing_section_is_named(key: str) -> None:
    items = [item for other in SECTION_KEYS if other != key for item in section(other)]
    expected = [("section", "missing", key)] + ([("table", "missing", key)] if key in TABLES else [])
    assert deviations(items) == expected


@pytest.mark.parametrize("key", sorted(TABLES))
def test_a_missing_table_is_named_with_its_section(key: str) -> None:
    items = [item for item in whole() if not (isinstance(item, Piece) and item.table == key)]
    (found,) = structure(items).deviations
    assert (found.part, found.kind, found.key, found.lost) == ("table", "missing", key, None)


def test_a_table_that_may_be_a_picture_is_open() -> None:
    items = whole()
    items[3] = Picture()
    (found,) = structure(items).deviations
    assert (found.part, found.kind, found.key) == ("table", "missing", "disclosure")
    assert found.lost is not None


def test_a_table_whose_words_ran_together_is_open() -> None:
    items = whole()
    items[3] = prose("信息内容本年制发件数本年废止件数现行有效件数规章512行政规范性文件934行政许可12")
    (found,) = structure(items).deviations
    assert (found.kind, found.key) == ("missing", "disclosure")
    assert found.lost is not None


def test_a_heading_lost_with_the_top_of_its_table_is_open() -> None:
    items = [item for item in whole() if not (isinstance(item, Text) and "申请情况" in item.text)]
    (found,) = structure(items, torn=frozenset({4})).deviations
    assert (found.part, found.kind, found.key) == ("section", "missing", "applications")
    assert found.lost is not None


def test_a_heading_missing_above_a_whole_table_is_a_fault() -> None:
    items = [item for item in whole() if not (isinstance(item, Text) and "申请情况" in item.text)]
    (found,) = structure(items).deviations
    assert (found.part, found.kind, found.key, found.lost) == ("section", "missing", "applications", None)


def test_what_a_scanned_page_may_hold_is_open() -> None:
    def on(page: int, item: Text) -> Text:
        return Text(item.text, location=Location(page=page))

    items = [on(1, heading("overview")), on(1, prose()), on(4, heading("problems")), on(4, heading("others"))]
    found = structure(items, frame=Frame(scanned=(2, 3))).deviations
    assert {each.key for each in found} == TABLES
    assert all(each.lost for each in found)


def test_a_section_split_in_two_is_one_deviation() -> None:
    items = [*whole()[:8], Text("五、主要存在问题"), prose(), Text("六、下一步改进措施"), prose()]
    items += [Text("七、其他报告事项"), prose("无。")]
    found = structure(items)
    assert [(each.kind, each.key, each.found) for each in found.deviations] == [
        ("split", "problems", "六、下一步改进措施")
    ]
    assert [(part.key, part.part_of) for part in found.sections[4:]] == [
        ("problems", None),
        (None, "problems"),
        ("others", None),
    ]


def test_an_extra_section_keeps_its_place_among_the_sections() -> None:
    items = [*whole()[:10], Text("六、建议提案办理结果公开情况"), prose(), *section("others", 7)]
    found = structure(items)
    assert [(each.kind, each.key, each.found) for each in found.deviations] == [
        ("extra", None, "六、建议提案办理结果公开情况")
    ]
    assert [part.key for part in found.sections][-2:] == [None, "others"]


def test_a_renamed_section_says_what_it_should_be_called() -> None:
    items = whole()
    items[0] = Text("一、基本情况")
    (found,) = structure(items).deviations
    assert (found.kind, found.key, found.expected, found.found) == (
        "renamed",
        "overview",
        "总体情况",
        "一、基本情况",
    )


def test_a_heading_in_other_words_above_its_table_is_renamed_not_missing() -> None:
    items = whole()
    items[4] = Text("三、群众诉求受理统计")
    assert deviations(items) == [("section", "renamed", "applications")]


def test_a_list_in_the_prose_is_no_section() -> None:
    listed = [
        Text("一、加强组织领导"),
        prose(),
        Text("二、完善工作制度"),
        prose(),
        Text("三、强化督促检查"),
        prose(),
    ]
    items = whole()
    assert deviations([*items[:1], *listed, *items[1:]]) == []
    assert deviations([*items[:9], *listed, *items[9:]]) == []


@pytest.mark.parametrize(
    "listed",
    [
        ["一、提案办理情况：3件。", "二、收费情况：无。", "三、其他事项", "无。"],
        ["一、提案办理情况：3件。二、收费情况：无。", "三、其他报告事项"],
        ["一、提案办理情况", "3件。", "二、其他事项", "无。"],
        ["一、提案办理情况：3件。", "二、收费情况：无。", "三、依申请公开情况", "无。"],
    ],
)
def test_a_list_in_the_last_section_may_be_worded_like_sections(listed: list[str]) -> None:
    assert deviations([*whole(), *map(Text, listed)]) == []


def test_a_list_in_a_section_may_count_on_to_the_number_of_the_next() -> None:
    items = whole()
    listed = ["一、加强领导。", "二、规范流程。", "三、其他事项", "无。"]
    assert deviations([*items[:4], *map(Text, listed), *items[4:]]) == []
    listed = [
        "一、存在的主要问题",
        "不够及时。",
        "二、改进情况",
        "加强培训。",
        "三、其他需要报告的事项",
        "无。",
    ]
    assert deviations([*items[:9], *map(Text, listed), *items[10:]]) == []


def test_a_heading_with_a_wrong_number_is_no_item_of_a_list() -> None:
    items = whole()
    listed = [Text("一、加强领导。"), Text("二、规范流程。")]
    wrong = [*items[:6], *listed, heading("disputes", 3), *items[7:]]
    assert [part.key for part in structure(wrong).sections] == list(SECTION_KEYS)


@pytest.mark.parametrize("form", ["（{}）{}", "({}) {}", "{}）{}"])
def test_sections_may_be_numbered_in_brackets(form: str) -> None:
    items: list[Item] = []
    for number, key in enumerate(SECTION_KEYS):
        items += [Text(form.format(NUMERALS[number], TITLES[key])), *section(key)[1:]]
        if key == "overview":
            items += [Text("（一）主动公开情况"), prose(), Text("（二）依申请公开情况"), prose()]
    found = structure(items)
    assert [part.key for part in found.sections] == list(SECTION_KEYS)
    assert [part.number for part in found.sections] == [1, 2, 3, 4, 5, 6]
    assert found.deviations == ()


def test_brackets_among_numbered_sections_are_sub_headings() -> None:
    aspects = ["主动公开情况", "依申请公开情况", "复议、诉讼情况", "存在的主要问题及改进情况", "其他事项"]
    inner = [Text(f"（{NUMERALS[number]}）{aspect}") for number, aspect in enumerate(aspects)]
    items = whole()
    assert deviations([*items[:1], *inner, *items[1:]]) == []


@pytest.mark.parametrize(
    "words",
    [
        "一、2022年度总体情况",
        "一、2022年总体情况",
        "一、本年度总体情况",
        "一、我局总体情况",
        "一、总体情况（2022年）",
    ],
)
def test_the_year_or_a_remark_does_not_make_another_heading(words: str) -> None:
    found = heading_key(words)
    assert found is not None
    assert (found.key, found.number, found.standard) == ("overview", 1, True)


# Tables that are not found


LOSSY = Frame(lossy=True)


def lost(key: str, below: Sequence[Item], frame: Frame) -> str | None:
    """Why the table of a section with only `below` in it may be there; None for a proven fault."""
    items: list[Item] = []
    for each in SECTION_KEYS:
        items += [heading(each), *below] if each == key else section(each)
    found = [each for each in structure(items, frame=frame).deviations if each.part == "table"]
    assert [(each.kind, each.key) for each in found] == [("missing", key)]
    return found[0].lost


@pytest.mark.parametrize(
    "below",
    [
        [],
        [prose()],
        [prose("2022年度，本机关未被申请行政复议3件。")],
        [prose("未发生行政复议、行政诉讼情况。")],
    ],
)
def test_a_table_is_proven_missing_where_a_section_is_prose_alone(below: list[Item]) -> None:
    assert lost("disputes", below, LOSSY) is None


@pytest.mark.parametrize(
    "below",
    [
        [Text("0 0 1")],
        [prose(), Text("12")],
        [Text("结果维持")],
        [Text("行政复议"), Text("结 果")],
        [prose("未发生 0 0 0 相关案件。")],
        [Piece("applications")],
    ],
)
def test_scraps_in_a_lossy_text_may_be_the_table(below: list[Item]) -> None:
    if isinstance(below[0], Piece):
        items = [*whole()[:6], heading("disputes"), *below, *whole()[8:]]
        found = structure(items, frame=LOSSY).deviations
        assert [each.lost is not None for each in found if each.kind == "missing"] == [True]
        return
    assert lost("disputes", below, LOSSY) is not None
    assert lost("disputes", [prose()], LOSSY._replace(unread=True)) is not None


def test_scraps_prove_nothing_where_nothing_is_lost() -> None:
    assert lost("disputes", [Text("12")], Frame()) is None
    assert lost("disputes", [prose()], Frame(unread=True)) is None


def test_where_one_table_may_be_lost_another_may_be() -> None:
    items = whole()
    items[5:6] = [Text("0 0 0 1")]
    items[7:8] = [prose()]
    found = [each for each in structure(items, frame=LOSSY).deviations if each.kind == "missing"]
    assert [each.key for each in found] == ["applications", "disputes"]
    assert all(each.lost for each in found)


def test_aspects_of_the_overview_numbered_like_sections_are_no_sections() -> None:
    aspects = ["主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障", "其他工作"]
    items: list[Item] = []
    for number, aspect in enumerate(aspects):
        items += [Text(f"{NUMERALS[number]}、{aspect}"), prose()]
    for number, key in enumerate(SECTION_KEYS[1:], 1):
        items += section(key, number)
    found = structure(items)
    assert [(each.kind, each.key) for each in found.deviations] == [("missing", "overview")]
    assert [part.key for part in found.sections] == list(SECTION_KEYS[1:])


def test_sub_headings_worded_like_sections_are_no_sections() -> None:
    items = whole()
    items[1:2] = [
        Text("（一）主动公开情况"),
        prose(),
        Text("1.主动公开情况"),
        prose(),
        Text("存在问题"),
        prose(),
    ]
    assert deviations(items) == []


def test_a_table_of_contents_is_passed_over() -> None:
    contents: list[Item] = [Text("目录"), *(heading(key) for key in SECTION_KEYS)]
    assert deviations([*contents, *whole()]) == []
    numbered: list[Item] = [
        Text(f"{NUMERALS[i]}、{TITLES[key]}…………{i + 1}") for i, key in enumerate(SECTION_KEYS)
    ]
    assert deviations([*numbered, *whole()]) == []


def test_a_heading_broken_over_two_lines_is_one() -> None:
    items = whole()
    items[6:7] = [Text("四、因政府信息公开工作被申请行政复议、提起行"), Text("政诉讼情况")]
    found = structure(items)
    assert found.deviations == ()
    assert found.sections[3].heading == "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"


def test_a_heading_drawn_as_a_row_of_its_table_counts() -> None:
    items = whole()
    cells = (Cell(0, 0, "三、收到和处理政府信息公开申请情况", column_span=8), Cell(1, 0, "一、本年新收"))
    items[4:6] = [Piece("applications", Table(cells, 2, 8))]
    found = structure(items)
    assert found.deviations == ()
    assert found.sections[2].tables == ("applications",)


def test_a_table_in_the_wrong_section_is_moved() -> None:
    items = whole()
    items.append(items.pop(5))
    found = structure(items)
    assert [(each.part, each.kind, each.key) for each in found.deviations] == [
        ("table", "moved", "applications")
    ]
    assert found.sections[5].tables == ("applications",)


def test_pieces_of_one_table_are_one_table() -> None:
    items = whole()
    items[5:6] = [Piece("applications"), Text("- 4 -"), Piece("applications")]
    assert deviations(items) == []


def test_an_older_report_has_no_mandated_order() -> None:
    items = [
        Text("一、概述"),
        prose(),
        Text("二、收费及减免情况"),
        prose(),
        Text("三、主动公开情况"),
        prose(),
    ]
    found = structure(items, "pre-2019")
    assert found.deviations == ()
    assert [part.key for part in found.sections] == ["overview", None, "disclosure"]


def test_a_report_without_any_heading_misses_all() -> None:
    found = deviations([prose(), prose()])
    assert [each for each in found if each[0] == "section"] == [
        ("section", "missing", key) for key in SECTION_KEYS
    ]


# Properties


@given(
    st.sets(st.sampled_from(SECTION_KEYS), max_size=5),
    st.sets(st.sampled_from(sorted(TABLES))),
    st.booleans(),
)
def test_what_was_left_out_is_what_is_missing(left_out: set[str], bare: set[str], renumbered: bool) -> None:
    kept = [key for key in SECTION_KEYS if key not in left_out]
    items = [
        item
        for number, key in enumerate(kept, 1)
        for item in section(key, number if renumbered else None)
        if not (isinstance(item, Piece) and key in bare)
    ]
    expected = {("section", "missing", key) for key in left_out}
    expected |= {("table", "missing", key) for key in TABLES & (left_out | bare)}
    assert set(deviations(items)) == expected


@given(st.sampled_from(SECTION_KEYS), st.integers(0, 5), st.booleans())
def test_one_section_put_elsewhere_is_one_move(key: str, place: int, renumbered: bool) -> None:
    order = [other for other in SECTION_KEYS if other != key]
    order.insert(place, key)
    items = [
        item for number, each in enumerate(order, 1) for item in section(each, number if renumbered else None)
    ]
    found = deviations(items)
    if order == list(SECTION_KEYS):
        assert found == []
        return
    ((part, kind, moved),) = found
    assert (part, kind) == ("section", "moved")
    rest = [SECTION_KEYS.index(each) for each in order if each != moved]
    assert all(one < other for one, other in pairwise(rest))


@given(st.sampled_from(SECTION_KEYS), st.integers(0, 6))
def test_a_section_given_twice_is_extra(key: str, place: int) -> None:
    units = [section(each) for each in SECTION_KEYS]
    units.insert(place, [heading(key), prose()])
    items = [item for unit in units for item in unit]
    assert deviations(items) == [("section", "extra", key)]


_ANY_ITEM = st.one_of(
    st.sampled_from(SECTION_KEYS).map(heading),
    st.sampled_from(sorted(TABLES)).map(Piece),
    st.sampled_from(["一、概述", "二、改进措施", "五、存在问题", "七、附则", "三、统计", "（一）其他"]).map(
        Text
    ),
    st.text(max_size=12).map(Text),
    st.just(Picture()),
)


@given(st.lists(_ANY_ITEM, max_size=14), st.sampled_from(["2019", "2021", "pre-2019"]))
def test_no_sequence_breaks_the_reading(items: list[Item], edition: Edition) -> None:
    found = structure(items, edition)
    headings = [part.heading for part in found.sections]
    texts = [item.text.strip() for item in items if isinstance(item, Text)]
    assert all(any(text in line or line in text for text in texts) for line in headings)
    passages = [passage.text for part in found.sections for passage in part.passages]
    assert len(passages) + len(found.lead) + len(headings) <= len(texts) + len(headings)


def test_the_structure_of_150_blocks_takes_a_few_milliseconds() -> None:
    items: list[Item] = [prose() for _ in range(138)]
    items[100:100] = whole()[2:]
    structure(items)
    start = time.perf_counter()
    structure(items)
    assert time.perf_counter() - start < 0.05
