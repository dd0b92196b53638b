"""Title, issuer, year, period, contact items, announced parts, signature, date of publication."""

from __future__ import annotations

import datetime as dt

import pytest

from linter.document.model import Line, Location
from linter.report.announcement import read_announcement
from linter.report.contact import read_contact
from linter.report.dates import date_in, year_in
from linter.report.flow import Item, Text
from linter.report.frontmatter import is_junk_line, read_published, read_title, read_year, without_junk
from linter.report.issuer import issuer_of_lead, issuer_of_title, kind_of
from linter.report.period import read_period
from linter.report.signature import read_ending
from linter.report.wording import numeral


def text(words: str, line: int = 1) -> Text:
    location = Location(line=line, column=1)
    return Text(words, (Line(words, location),), location)


def texts(*words: str) -> list[Item]:
    return [text(each, line) for line, each in enumerate(words, 1)]


# Title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["甲市财政局2022年政府信息公开工作年度报告"], "甲市财政局2022年政府信息公开工作年度报告"),
        (["甲市财政局 2022 年政府信息公开工作年度报告"], "甲市财政局2022年政府信息公开工作年度报告"),
        (["甲市财政局", "2022年政府信息公开工作年度报告"], "甲市财政局2022年政府信息公开工作年度报告"),
        (
            ["甲县人民政府办公室2022年", "政府信息公开工作年度报告"],
            "甲县人民政府办公室2022年政府信息公开工作年度报告",
        ),
        (
            ["甲县乙镇人民政府", "2022年度政府信息公开", "工作年度报告"],
            "甲县乙镇人民政府2022年度政府信息公开工作年度报告",
        ),
        (
            ["甲市司法局政府信息公开工作年度报告", "（2022年度）"],
            "甲市司法局政府信息公开工作年度报告（2022年度）",
        ),
        # A line that ends in the middle of a word.
        (
            ["甲市高新技术产业园区管理委员会2021年政", "府信息公开工作年度报告"],
            "甲市高新技术产业园区管理委员会2021年政府信息公开工作年度报告",
        ),
        (
            ["甲市乙区丙街道办事处2019年度政府信", "息公开工作年度报告"],
            "甲市乙区丙街道办事处2019年度政府信息公开工作年度报告",
        ),
        (["甲市审计局2022", "年政府信息公开工作年度报告"], "甲市审计局2022年政府信息公开工作年度报告"),
        (["甲市审计局2022年政府信息公开工作年度报", "告"], "甲市审计局2022年政府信息公开工作年度报告"),
        (
            ["甲县乙园", "区管理委员会2022年政府信息公开工作年度报告"],
            "甲县乙园区管理委员会2022年政府信息公开工作年度报告",
        ),
        (
            ["2022年甲县工业和信", "息化局政府信息公开工作年度报告"],
            "2022年甲县工业和信息化局政府信息公开工作年度报告",
        ),
        # Figures that the text of a PDF has apart from the rest.
        (["2022", "年甲县人民政府政府信息公开工作年度报告"], "2022年甲县人民政府政府信息公开工作年度报告"),
        (["年甲县人民政府政府信息公开工作年度报告", "2022"], "2022年甲县人民政府政府信息公开工作年度报告"),
        # The names of a page's column or site are no part of the title.
        (
            ["政府信息公开", "甲市财政局2022年政府信息公开工作年度报告"],
            "甲市财政局2022年政府信息公开工作年度报告",
        ),
        (
            ["甲市人民政府", "甲市财政局2022年政府信息公开工作年度报告"],
            "甲市财政局2022年政府信息公开工作年度报告",
        ),
        # The name of a column and a menu of years stand above the title.
        (
            ["政府信息公开年度报告", "2023年", "2022年", "甲市财政局2022年政府信息公开工作年度报告"],
            "甲市财政局2022年政府信息公开工作年度报告",
        ),
        (
            ["政府信息公开年报", "2023年", "甲市财政局2022年政府信息公开工作年度报告"],
            "甲市财政局2022年政府信息公开工作年度报告",
        ),
        # A year's figures below its 年, as the text of a PDF may have them.
        (
            ["年甲县职业学院", "2022", "政府信息公开工作年度报告"],
            "2022年甲县职业学院政府信息公开工作年度报告",
        ),
        (
            ["2022年度政府信息公开工作年度报告（甲市市场监督管理局）"],
            "2022年度政府信息公开工作年度报告（甲市市场监督管理局）",
        ),
        (["附件1：甲市财政局2022年政府信息公开年报"], "甲市财政局2022年政府信息公开年报"),
        (["关于印发《甲市财政局2022年政府信息公开年报》的通知"], "甲市财政局2022年政府信息公开年报"),
        (["关于2022年度政府信息公开工作情况的报告"], "关于2022年度政府信息公开工作情况的报告"),
        (["2022年甲区政务公开年报"], "2022年甲区政务公开年报"),
        (
            ["首页 > 政务公开", "索引号：A-1", "甲市财政局2022年政府信息公开年度报告"],
            "甲市财政局2022年政府信息公开年度报告",
        ),
        (
            ["发布日期：2023-01-30", "来源：某网", "甲市财政局", "二〇二二年政府信息公开工作年度报告"],
            "甲市财政局二〇二二年政府信息公开工作年度报告",
        ),
    ],
)
def test_the_title_is_found(lines: list[str], title: str) -> None:
    found = read_title(texts(*lines, "根据有关规定，编制本报告。"), {})
    assert found is not None
    assert found.statement.value == title
    assert found.last == len(lines) - 1


def test_a_name_broken_anywhere_is_whole_where_the_lead_has_it() -> None:
    lines = ["甲县工业和信", "息化局2022年政府信息公开工作年度报告", "本报告由甲县工业和信息化局编制。"]
    found = read_title(texts(*lines), {})
    assert found is not None
    assert (found.statement.value, found.last) == ("甲县工业和信息化局2022年政府信息公开工作年度报告", 1)


@pytest.mark.parametrize(
    "lines",
    [
        ["甲市财政局关于印发政府信息公开工作年度报告格式的通知"],
        ["本报告是甲市财政局2022年政府信息公开工作年度报告。"],
        ["甲市财政局2022年工作总结"],
        [],
    ],
)
def test_other_lines_are_no_title(lines: list[str]) -> None:
    assert read_title(texts(*lines), {}) is None


def test_a_title_that_ran_together_with_the_lead_is_cut_off() -> None:
    found = read_title(texts("甲区2021年政府信息公开工作年度报告 根据《条例》编制本报告。"), {})
    assert found is not None
    assert found.statement.value == "甲区2021年政府信息公开工作年度报告"
    assert found.rest is not None
    assert found.rest.text == "根据《条例》编制本报告。"
    assert found.rest.location.column == 21


def test_the_title_of_the_page_stands_in_for_a_missing_one() -> None:
    found = read_title(
        texts("根据《条例》编制。"), {"title": "甲区2021年政府信息公开工作年度报告_甲区人民政府网"}
    )
    assert found is not None
    assert found.first is None
    assert found.statement.value == "甲区2021年政府信息公开工作年度报告"
    assert found.statement.text.startswith("标题：")


def test_page_furniture_in_front_of_the_lead_is_dropped() -> None:
    title = "甲区2021年政府信息公开工作年度报告"
    crumbs = f"当前位置： 首页 政务公开 {title} 来源：甲区 时间：2022-02-08 16:34 微信 -->"
    words = f"{crumbs} {title} 根据《条例》编制。"
    cleaned = without_junk(text(words), title)
    assert cleaned is not None
    assert cleaned.text == "根据《条例》编制。"
    untouched = text("根据《条例》，来源：统计报表。")
    assert without_junk(untouched, title) is untouched


@pytest.mark.parametrize(
    "words", ["发布日期：2020-01-31", "来源：甲区 时间：2022-02-08", "【字体：大 中 小】 打印"]
)
def test_lines_about_the_page_are_junk(words: str) -> None:
    assert is_junk_line(text(words))


def test_a_line_of_the_report_is_no_junk() -> None:
    assert not is_junk_line(text("统计时间：2020年1月1日至2020年12月31日。"))


# Issuer


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("甲市财政局2022年政府信息公开工作年度报告", "甲市财政局"),
        ("2019年甲市人民政府办公厅政府信息公开工作年度报告", "甲市人民政府办公厅"),
        ("甲县2020年政府信息公开工作年度报告", "甲县"),
        ("甲区管委会2017年度政府信息公开工作年度报告", "甲区管委会"),
        ("甲市司法局政府信息公开工作年度报告（2022年度）", "甲市司法局"),
        ("甲市司法局关于2022年度政府信息公开工作情况的报告", "甲市司法局"),
        ("甲县乙镇人民政府二〇二二年度政府信息公开年报", "甲县乙镇人民政府"),
        ("甲县政府信息公开工作办公室2015年政府信息公开工作年度报告", "甲县政府信息公开工作办公室"),
        ("2022年政府信息公开工作年度报告", None),
        # Brackets of the name, and the name in brackets.
        ("甲市数据局（市行政审批局）2022年政府信息公开工作年度报告", "甲市数据局（市行政审批局）"),
        ("（甲市）乙局（丙局）2022年政府信息公开年报", "（甲市）乙局（丙局）"),
        ("【甲市财政局】2022年政府信息公开年报", "甲市财政局"),
        ("甲市财政局（2022年政府信息公开年报", "甲市财政局"),
        ("2022年度政府信息公开工作年度报告（甲市财政局）", "甲市财政局"),
        ("2022年度政府信息公开工作年度报告（公示稿）", None),
        # 关 of a customs office is no 关于; figures are no part of a name.
        ("甲海关2022年政府信息公开工作年度报告", "甲海关"),
        ("甲市财政局2022政府信息公开工作年度报告", "甲市财政局"),
        ("甲市财政局22年政府信息公开工作年度报告", "甲市财政局"),
        ("甲市财政局2022年1-12月政府信息公开工作年度报告", "甲市财政局"),
        # What is the end of the name begins the subject.
        ("2022年甲镇人民政府信息公开工作年度报告", "甲镇人民政府"),
        ("甲市财政局2021-2022年政府信息公开工作年度报告", "甲市财政局"),
    ],
)
def test_the_issuer_is_the_organ_of_the_title(title: str, issuer: str | None) -> None:
    assert issuer_of_title(title) == issuer


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("甲省人民政府", "government"),
        ("甲市", "government"),
        ("甲县", "government"),
        ("甲综合实验区", "government"),
        ("甲自治州人民政府", "government"),
        ("甲省人民政府办公厅", "office"),
        ("甲市人民政府办公室", "office"),
        ("甲县政府办", "office"),
        ("甲县乙镇人民政府", "township"),
        ("甲县乙乡", "township"),
        ("甲区乙街道办事处", "subdistrict"),
        ("甲区乙街道", "subdistrict"),
        ("甲市财政局", "department"),
        ("甲市发展和改革委员会", "department"),
        ("甲省教育厅", "department"),
        ("甲市机关事务服务中心", "department"),
        ("甲市外事办公室", "department"),
        ("甲市公安局交通警察支队", "department"),
        ("国家税务总局甲市税务局", "department"),
        ("甲市第一中学", "other"),
        ("甲市人民医院", "other"),
        ("甲市供水有限公司", "other"),
        ("甲高新技术产业开发区管委会", "other"),
        ("甲高新技术产业开发区", "other"),
        ("甲海关", "department"),
        ("甲市数据局（市行政审批局）", "department"),
    ],
)
def test_the_kind_of_an_issuer_follows_from_its_name(issuer: str, kind: str) -> None:
    assert kind_of(issuer) == kind


def test_the_lead_names_the_issuer_where_the_title_does_not() -> None:
    assert issuer_of_lead(["现将甲市财政局2022年政府信息公开工作情况报告如下。"]) == "甲市财政局"
    assert issuer_of_lead(["本报告由甲市水务局根据《条例》编制。"]) == "甲市水务局"
    assert issuer_of_lead(["现将我局2022年政府信息公开工作情况报告如下。"]) is None


# Year and dates


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("甲局2022年政府信息公开", 2022),
        ("甲局２０２２年度", 2022),
        ("二〇二三年度", 2023),
        ("二○一九年", 2019),
        ("甲局22年度政府信息公开", 2022),
        ("甲局 2 0 2 1 年", 2021),
        ("甲局政府信息公开", None),
        ("第2022号", None),
    ],
)
def test_years_are_read_as_written(words: str, year: int | None) -> None:
    assert year_in(words) == year


def test_the_year_comes_from_the_title_then_the_period_then_the_lead() -> None:
    period = read_period([text("统计期限为2020年1月1日至2020年12月31日。")])
    titled = read_title(texts("甲局2022年政府信息公开工作年度报告"), {})
    assert read_year(titled, period, []) == 2022
    assert read_year(None, period, []) == 2020
    assert read_year(None, None, [text("现将2019年度政府信息公开工作情况公布如下。")]) == 2019
    assert read_year(None, None, []) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("二〇二三", 2023),
        ("Ⅳ", 4),
        ("１２", 12),
        ("无", None),
    ],
)
def test_numerals(words: str, value: int | None) -> None:
    assert numeral(words) == value


def test_a_date_that_does_not_exist_is_none() -> None:
    assert date_in("2021年2月30日") is None
    assert date_in("二〇二一年一月二十日") == dt.date(2021, 1, 20)


# Period


@pytest.mark.parametrize(
    "words",
    [
        "本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。",
        "本报告中所列数据统计时限为2020年1月1日至2020年12月31日。",
        "所列数据统计期限从2020年1月1日到12月31日止。",
        "数据统计时间：2020年1月1日—2020年12月31日",
        "统计期限为 2020 年 1 月 1 日 至 12 月 31 日。",
        "统计期限自２０２０年１月１日至２０２０年１２月３１日。",
        "统计期为2020.1.1-2020.12.31，数据真实。",
        "统计数据的时间范围为2020年1月至12月。",
        "本报告数据统计期限为2020年度。",
        "统计时段为二〇二〇年一月一日至十二月三十一日。",
    ],
)
def test_the_period_is_read_in_every_form(words: str) -> None:
    period = read_period([text("根据2019年4月3日修订的《条例》编制。"), text(words, 2)])
    assert period is not None
    assert (period.start, period.end) == (dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    assert period.location.line == 2


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("所列数据的统计期限自至。", None, None),
        ("所列数据的统计期限自2020年1月1日至。", dt.date(2020, 1, 1), None),
        ("所列数据的统计期限自 至2020年12月31日止。", None, dt.date(2020, 12, 31)),
        ("数据统计的截止日期为2020年12月31日。", None, dt.date(2020, 12, 31)),
        ("所列数据截至2020年12月31日。", None, dt.date(2020, 12, 31)),
        ("统计期限自2020年1月1日至202012月31日止。", dt.date(2020, 1, 1), None),
        ("统计期限自2020年1月1日至2020年12月32日止。", dt.date(2020, 1, 1), None),
        ("统计期限自2019年1月1日至2020年12月31日。", dt.date(2019, 1, 1), dt.date(2020, 12, 31)),
    ],
)
def test_a_date_that_is_not_there_is_none(words: str, start: dt.date | None, end: dt.date | None) -> None:
    period = read_period([text(words)])
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "words",
    [
        "统计时间自2022年1月1日开始，至2022年12月31日结束。",
        "数据统计时段为2022年1月1日零时至2022年12月31日24时。",
        "数据统计时段为2022年1月1日0:00—2022年12月31日24:00。",
        "统计期限：2022年1月1日（含）至2022年12月31日（含）。",
        "统计期限起始日期为2022年1月1日，截止日期为2022年12月31日。",
        "数据统计始于2022年1月1日，止于2022年12月31日。",
        "统计期限自2022年1月1日起，截至2022年12月31日。",
        "统计期限自2022年元月1日起至当年12月31日。",
        "统计期限：2022.1.1-12.31。",
        "统计期限为2022年1-12月。",
    ],
)
def test_the_ways_to_write_the_two_dates_of_a_whole_year(words: str) -> None:
    period = read_period([text(words)])
    assert period is not None
    assert (period.start, period.end) == (dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def test_dates_of_other_matters_are_no_period() -> None:
    assert read_period([text("《条例》自2019年5月15日起施行，现编制本报告。")]) is None
    assert read_period([]) is None


# Contact


FULL = {
    "address": "甲市乙路1号3楼",
    "postcode": "123456",
    "phone": "0123-4567890",
    "fax": "0123-4567891",
    "email": "gk@example.gov.cn",
}


@pytest.mark.parametrize(
    "words",
    [
        "（地址：甲市乙路1号3楼；邮编：123456；电话：0123-4567890；传真：0123-4567891；"
        "电子邮箱：gk@example.gov.cn）。",
        "通讯地址：甲市乙路1号3楼，邮政编码：123456，联系电话：0123-4567890，传真：0123-4567891，"
        "邮箱：gk@example.gov.cn。",
        "联系地址: 甲市乙路 1 号 3 楼 邮编: 123456 咨询电话: 0123-4567890 传真: 0123-4567891 "
        "E-mail: gk@example.gov.cn",
        "地 址：甲市乙路１号３楼，邮 编：１２３４５６，电 话：0123—4567890，传 真：0123－4567891，"
        "电子邮件：gk@example.gov.cn",
        "（地址：甲市乙路1号3楼，邮编123456，电话0123-4567890，传真0123-4567891，电子信箱：gk@example.gov.cn）",
    ],
)
def test_every_way_to_write_the_contact_items(words: str) -> None:
    contact = read_contact([text("如有疑问，请与甲市财政局联系" + words)])
    assert {item: getattr(contact, item).value for item in FULL} == FULL


def test_contact_items_may_stand_in_paragraphs_of_their_own() -> None:
    contact = read_contact([text("地址：甲市乙路1号"), text("邮编：123456", 2), text("电话：4567890", 3)])
    assert contact.postcode is not None
    assert contact.postcode.location.line == 2
    assert contact.fax is None


@pytest.mark.parametrize(
    ("words", "phone", "fax"),
    [
        ("电话/传真：0123-4567890。", "0123-4567890", "0123-4567890"),
        ("电话（传真）：0123-4567890。", "0123-4567890", "0123-4567890"),
        ("电话：0123-4567890（传真）；邮箱：a@b.cn", "0123-4567890", "0123-4567890"),
        ("电话：0123-4567890转801；", "0123-4567890转801", None),
        ("电话：0123-4567890、4567892，邮编：123456", "0123-4567890、4567892", None),
        ("电话：（0123）4567890。", "(0123)4567890", None),
        ("传真：0123-4567890。", None, "0123-4567890"),
        ("联系电话：。", None, None),
        ("开通了咨询电话和传真，接听电话120次。", None, None),
    ],
)
def test_telephone_and_fax(words: str, phone: str | None, fax: str | None) -> None:
    contact = read_contact([text(words)])
    assert (contact.phone.value if contact.phone else None) == phone
    assert (contact.fax.value if contact.fax else None) == fax


@pytest.mark.parametrize(
    ("words", "items"),
    [
        (
            "请致电0123-4567890，或来函至甲市乙路1号财政局办公室（123456）。",
            {"phone": "0123-4567890", "address": "甲市乙路1号财政局办公室", "postcode": "123456"},
        ),
        (
            "联系方式：甲市财政局办公室，甲市乙路1号，0123-4567890。",
            {"phone": "0123-4567890", "address": "甲市乙路1号"},
        ),
        ("联系方式：0123-4567890、4567892；", {"phone": "0123-4567890、4567892"}),
        (
            "如有疑问，请联系甲市财政局（甲市乙路1号，123456，0123-4567890，gk@jia.gov.cn）。",
            {
                "phone": "0123-4567890",
                "address": "甲市乙路1号",
                "postcode": "123456",
                "email": "gk@jia.gov.cn",
            },
        ),
        ("办公地址：甲市乙路1号（邮政编码123456）", {"address": "甲市乙路1号", "postcode": "123456"}),
        ("电话：4567890（传真：4567891）", {"phone": "4567890", "fax": "4567891"}),
        (
            "电子邮箱gk2022@jia.gov.cn，电话0123-4567890",
            {"email": "gk2022@jia.gov.cn", "phone": "0123-4567890"},
        ),
        ("通讯地址甲市乙路1号，电话0123-4567890", {"address": "甲市乙路1号", "phone": "0123-4567890"}),
        # What only looks so.
        ("联系方式：见甲市财政局网站。", {}),
        ("监督举报：0123-4567890。", {}),
        ("全年寄送至各村的文件12份，地址变更3次。", {}),
        ("依据第711号令、〔2021〕30号文件编制，网址：http://www.jia.gov.cn/col/202212345678/。", {}),
    ],
)
def test_contact_items_without_a_label_of_their_own(words: str, items: dict[str, str]) -> None:
    contact = read_contact([text(words)])
    assert {item: each.value for item, each in contact._asdict().items() if each} == items


def test_a_wrong_figure_is_kept_as_written() -> None:
    contact = read_contact([text("邮编：12345；电话：0123-45678X")])
    assert contact.postcode is not None
    assert contact.postcode.value == "12345"
    assert contact.phone is not None
    assert contact.phone.text == "0123-45678X"


def test_an_address_ends_where_the_sentence_goes_on() -> None:
    contact = read_contact([text("地址：甲市乙路1号（政府大院内），邮编：123456），欢迎来函。")])
    assert contact.address is not None
    assert contact.address.value == "甲市乙路1号(政府大院内)"


# Announced parts


@pytest.mark.parametrize(
    ("words", "titles", "count"),
    [
        (
            "报告内容包括：总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
            "政府信息公开行政复议、行政诉讼情况、"
            "存在的主要问题及改进情况、其他需要报告的事项等六个部分。",
            6,
            6,
        ),
        (
            "全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况、存在的主要问题及改进情况组成。",
            5,
            None,
        ),
        (
            "本报告共分6个部分：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
            "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。",
            6,
            6,
        ),
        ("内容包含概述、主动公开情况、依申请公开情况以及其他需要报告的事项。", 4, None),
        (
            "本报告由总体情况、主动公开政府信息情况、某项特别工作情况、存在的主要问题及改进情况和附件共五部分组成。",
            5,
            5,
        ),
    ],
)
def test_announced_parts(words: str, titles: int, count: int | None) -> None:
    found = read_announcement([text("根据《条例》和有关规定编制。" + words)])
    assert found is not None
    assert (len(found.titles), found.count) == (titles, count)
    assert not any("复议" in title and "诉讼" not in title for title in found.titles)


def test_only_a_number_of_parts_may_be_announced() -> None:
    found = read_announcement([text("本报告共分六个部分。")])
    assert found is not None
    assert (found.titles, found.count) == ((), 6)


def test_a_lead_that_lists_nothing_announces_nothing() -> None:
    assert (
        read_announcement([text("根据《条例》要求，由甲市财政局编制。如有疑问，请与办公室、法规处联系。")])
        is None
    )


# Signature


def test_the_signature_is_issuer_and_date_at_the_end() -> None:
    items = texts("六、其他需要报告的事项", "无。", "甲市财政局", "2021年1月21日", "（此件公开发布）")
    ending = read_ending(items)
    assert ending.signature.issuer is not None
    assert ending.signature.issuer.value == "甲市财政局"
    assert ending.signature.date is not None
    assert ending.signature.date.value == "2021-01-21"
    assert (ending.start, ending.place) == (2, 2)


def test_the_signature_may_stand_on_one_line_or_in_the_last_paragraph() -> None:
    for items in (
        texts("无。", "甲县乙镇人民政府 二〇二一年一月二十日"),
        texts("没有其他事项。 甲县乙镇人民政府 2021年1月20日"),
    ):
        signature = read_ending(items).signature
        assert signature.issuer is not None
        assert signature.issuer.value == "甲县乙镇人民政府"
        assert signature.date is not None
        assert signature.date.value == "2021-01-20"


def test_a_seal_and_a_date_in_figures_belong_to_the_signature() -> None:
    ending = read_ending(texts("无。", "甲市财政局（盖章）", "2021-01-20"))
    assert ending.signature.issuer is not None
    assert ending.signature.issuer.value == "甲市财政局"
    assert ending.signature.date is not None
    assert ending.signature.date.value == "2021-01-20"
    signature = read_ending(texts("无。", "甲市财政局办公室　　2021年1月20日印发")).signature
    assert signature.date is not None
    assert signature.date.value == "2021-01-20"
    assert read_ending(texts("无。", "2021-01-20")).signature.date is None


def test_a_date_in_the_prose_is_no_signature() -> None:
    ending = read_ending(texts("六、其他需要报告的事项", "相关办法于2021年1月1日施行。"))
    assert ending.signature.date is None
    assert ending.start == 2


def test_attachments_follow_the_text() -> None:
    ending = read_ending(texts("六、其他需要报告的事项", "无。", "附件：统计表.xlsx"))
    assert (ending.start, ending.place) == (2, None)


# Publication


def test_the_date_of_publication_is_of_the_metadata_or_a_line_of_the_page() -> None:
    line = [text("甲局2020年政府信息公开年报"), text("发布日期：2021-01-28 来源：甲局")]
    assert read_published(line, {}) == dt.date(2021, 1, 28)
    assert read_published(line, {"published": "2021-01-29"}) == dt.date(2021, 1, 29)
    assert read_published([text("统计时间：2020年1月1日至2020年12月31日")], {}) is None


def test_of_several_dates_of_a_page_that_of_publication_counts() -> None:
    assert read_published([text("成文日期：2024-01-10 发布日期：2024-02-06")], {}) == dt.date(2024, 2, 6)
    assert read_published([text("更新时间：2024-05-06 发布日期：2024-02-06")], {}) == dt.date(2024, 2, 6)
    assert read_published([text("生成日期：2024-01-10 来源：甲局")], {}) == dt.date(2024, 1, 10)
    assert read_published([text("成文日期：2024-01-10 来源：甲局")], {}) is None
    assert read_published([text("更新时间：2024-05-06 来源：甲局")], {}) is None


def test_a_summary_has_a_title_too() -> None:
    title = read_title(texts("甲县财政局2023年政务公开工作总结", "一、总体情况"), {})
    assert title is not None
    assert title.statement.value == "甲县财政局2023年政务公开工作总结"
