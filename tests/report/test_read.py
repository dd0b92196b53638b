"""A whole document read: the parts put together, what is overridden, what is no report."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from linter.document.model import Cell, Document, Line, Link, Location, Paragraph, Table, Unreadable
from linter.report.model import Edition
from linter.report.norm import SECTION_KEYS, section_specs, table_spec
from linter.report.read import edition_of_year, read_report

LEAD = (
    "根据《中华人民共和国政府信息公开条例》编制本报告。所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
    "如有疑问，请联系甲市财政局（地址：甲市乙路1号；邮编：123456；电话：0123-4567890）。"
)


def grid(key: str, edition: str) -> Table:
    """A standard table filled with zeros, one grid, labels as the norm has them."""
    rows: list[list[str]] = []
    for block in table_spec(key, edition).blocks:
        rows += [[block.title], [block.corner or "行政复议", *(column.label for column in block.columns)]]
        if not block.rows:
            rows.append(["0"] * len(block.columns))
        rows += [[row.label, *["0"] * len(block.columns)] for row in block.rows]
    width = max(map(len, rows))
    cells = tuple(Cell(r, c, words) for r, row in enumerate(rows) for c, words in enumerate(row) if words)
    return Table(cells, len(rows), width)


def paragraph(words: str, line: int) -> Paragraph:
    location = Location(line=line, column=1)
    return Paragraph(words, (Line(words, location),), location)


def document(title: str = "甲市财政局2022年政府信息公开工作年度报告", edition: str = "2021") -> Document:
    words = [title, LEAD] if title else [LEAD]
    blocks: list[Paragraph | Table] = [paragraph(each, line) for line, each in enumerate(words, 1)]
    for number, spec in enumerate(section_specs()):
        blocks.append(paragraph(f"{'一二三四五六'[number]}、{spec.title}", len(blocks) + 1))
        if spec.key in {"disclosure", "applications", "disputes"}:
            blocks.append(grid(spec.key, edition))
        else:
            blocks.append(paragraph("本机关认真做好这项工作，没有其他情况。", len(blocks) + 1))
    blocks += [paragraph("甲市财政局", len(blocks) + 1), paragraph("2023年1月20日", len(blocks) + 2)]
    return Document("text", tuple(blocks), (Link("网站", "http://example.gov.cn"),))


def test_a_whole_report() -> None:
    report = read_report(document(), "a.txt")
    assert report.path == "a.txt"
    assert report.title is not None
    assert report.title.value == "甲市财政局2022年政府信息公开工作年度报告"
    assert (report.issuer, report.issuer_kind) == ("甲市财政局", "department")
    assert (report.year, report.edition, report.edition_by_year, report.edition_by_tables) == (
        2022,
        "2021",
        "2021",
        "2021",
    )
    assert report.period is not None
    assert (report.period.start, report.period.end) == (dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    assert report.contact.phone is not None
    assert report.contact.phone.value == "0123-4567890"
    assert [section.key for section in report.sections] == list(SECTION_KEYS)
    assert [section.tables for section in report.sections if section.tables] == [
        ("disclosure",),
        ("applications",),
        ("disputes",),
    ]
    assert report.deviations == ()
    assert all(table.found for table in report.tables.values())
    assert report.signature.date is not None
    assert report.signature.date.value == "2023-01-20"
    assert [passage.text for passage in report.lead] == [LEAD]
    assert [passage.text for passage in report.tail] == ["甲市财政局", "2023年1月20日"]
    assert report.sections[-1].text == "本机关认真做好这项工作，没有其他情况。"
    assert len(report.links) == 1
    assert report.reading.certainty == "full"
    assert report.topics == {}


@pytest.mark.parametrize(
    ("year", "edition"),
    [(2024, "2021"), (2021, "2021"), (2020, "2019"), (2019, "2019"), (2018, "pre-2019"), (None, None)],
)
def test_the_edition_follows_from_the_year(year: int | None, edition: Edition | None) -> None:
    assert edition_of_year(year) == edition


def test_what_the_user_states_overrides_what_is_read() -> None:
    report = read_report(
        document(), "a.txt", year=2020, edition="2019", issuer_kind="office", published=dt.date(2021, 1, 2)
    )
    assert (report.year, report.edition, report.edition_by_year) == (2020, "2019", "2019")
    assert (report.issuer_kind, report.published) == ("office", dt.date(2021, 1, 2))


def test_tables_of_another_edition_than_the_year_are_seen() -> None:
    report = read_report(document(edition="2019"), "a.txt")
    assert (report.edition, report.edition_by_year, report.edition_by_tables) == ("2021", "2021", "2019")


def test_without_a_year_the_tables_tell_the_edition() -> None:
    undated = document("甲市财政局政府信息公开工作年度报告", "2019")
    blocks = tuple(
        block._replace(text="根据规定编制。", lines=())
        if isinstance(block, Paragraph) and block.text == LEAD
        else block
        for block in undated.blocks[:-2]
    )
    report = read_report(undated._replace(blocks=blocks), "a.txt")
    assert (report.year, report.edition) == (None, "2019")


def test_a_report_before_2019_has_topics_and_no_mandated_structure() -> None:
    words = [
        "甲县2016年政府信息公开工作年度报告",
        "统计期限自2016年1月1日至2016年12月31日。",
        "一、概述",
        "工作平稳。",
        "二、主动公开政府信息情况",
        "公开信息120条。",
        "三、政府信息公开的收费及减免情况",
        "没有收费。",
        "四、存在的主要问题和改进措施",
        "有待加强。",
    ]
    report = read_report(
        Document("text", tuple(paragraph(each, n) for n, each in enumerate(words, 1))), "a.txt"
    )
    assert report.edition == "pre-2019"
    assert report.deviations == ()
    assert report.tables == {}
    assert set(report.topics) == {"disclosure", "fees", "problems"}
    assert report.topics["fees"].text == "没有收费。"
    assert report.reading.certainty == "full"


def test_the_title_of_the_page_and_junk_around_the_text() -> None:
    words = [
        "首页 > 政府信息公开 > 年报",
        "甲市财政局2022年政府信息公开工作年度报告",
        "发布日期：2023-01-28 来源：甲市财政局",
        *(block.text for block in document("").blocks if isinstance(block, Paragraph)),
        "打印本页 关闭窗口",
    ]
    blocks = tuple(paragraph(each, n) for n, each in enumerate(words, 1))
    report = read_report(Document("html", blocks), "a.html")
    assert report.published == dt.date(2023, 1, 28)
    assert [passage.text for passage in report.lead] == [LEAD]
    assert report.signature.issuer is not None


def test_contact_items_at_the_end_count_where_the_lead_has_none() -> None:
    given = document()
    blocks = [
        block._replace(text="根据规定编制。", lines=())
        if isinstance(block, Paragraph) and block.text == LEAD
        else block
        for block in given.blocks
    ]
    blocks.insert(-2, paragraph("联系电话：0123-4567899", 90))
    report = read_report(given._replace(blocks=tuple(blocks)), "a.txt")
    assert report.contact.phone is not None
    assert report.contact.phone.value == "0123-4567899"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["甲市财政局2022年工作总结", "一是加强领导。", "二是狠抓落实。"],
        ["关于召开会议的通知", "一、会议时间", "1月1日", "二、会议地点", "甲市"],
        ["甲局工作汇报", "一、总体情况", "全年工作平稳。"],
    ],
)
def test_what_shows_no_sign_of_such_a_report_is_unreadable(words: list[str]) -> None:
    blocks = tuple(paragraph(each, n) for n, each in enumerate(words, 1))
    with pytest.raises(Unreadable, match="未见"):
        read_report(Document("text", blocks), "a.txt")


def test_the_contact_items_of_the_last_section_may_be_broken_over_lines() -> None:
    """A PDF sets an address of the web on a line of its own."""
    given = document()
    lead = paragraph("本报告依据条例编制，数据统计期限为2022年1月1日至2022年12月31日。", 2)
    closing = ["联系甲市财政局（电话：0123-4567890，电子邮箱：", "gk@jia.example.cn）。"]
    more = tuple(paragraph(each, 100 + n) for n, each in enumerate(closing))
    blocks = (given.blocks[0], lead, *given.blocks[2:-2], *more, *given.blocks[-2:])
    contact = read_report(given._replace(blocks=blocks), "a.pdf").contact
    assert contact.email is not None
    assert contact.email.value == "gk@jia.example.cn"
    lead = paragraph(f"本报告依据条例编制。{closing[0]}", 2)
    blocks = (given.blocks[0], lead, more[1], *given.blocks[2:])
    contact = read_report(given._replace(blocks=blocks), "a.pdf").contact
    assert contact.email is not None
    assert contact.email.value == "gk@jia.example.cn"


def test_scanned_pages_make_the_reading_partial_and_say_so() -> None:
    report = read_report(document()._replace(pages=5, scanned_pages=(3,)), "a.pdf")
    assert report.reading.certainty == "partial"
    assert any("第 3 页" in note for note in report.reading.notes)


def test_a_document_of_scans_only_says_why_it_cannot_be_read() -> None:
    with pytest.raises(Unreadable, match="扫描"):
        read_report(Document("pdf", (), pages=2, scanned_pages=(1, 2)), "a.pdf")


def test_reading_is_fast() -> None:
    given = document()
    read_report(given, "a.txt")
    start = time.perf_counter()
    read_report(given, "a.txt")
    assert time.perf_counter() - start < 0.2
