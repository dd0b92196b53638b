"""The single facts of a report that checks may name in YAML, and their names for people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from linter.checks.outcome import Place
from linter.document.model import NOWHERE, Location
from linter.report.dates import date_in
from linter.report.issuer import ORGAN, issuer_of_title
from linter.report.model import Period, Report, Statement
from linter.report.norm import STATISTICS


class Fact(NamedTuple):
    """A fact as found: its value (None where the report does not state it), and where.

    `value_en` is the value in English where that differs, `day` the value of a date.
    """

    value: str | None
    place: Place
    value_en: str | None = None
    day: dt.date | None = None


class FactSpec(NamedTuple):
    """A fact that checks can name, its name in Chinese and English, and how it is found.

    `dated`: it is a date, so that it can stand in an order of dates.
    """

    zh: str
    en: str
    find: Callable[[Report], Fact]
    dated: bool = False


def day_words(day: dt.date) -> tuple[str, str]:
    """A day as it is written in Chinese and in English."""
    return f"{day.year}年{day.month}月{day.day}日", day.isoformat()


def _at(value: str | None, location: Location = NOWHERE, excerpt: str | None = None) -> Fact:
    return Fact(value or None, Place(location=location, excerpt=excerpt))


def _statement(statement: Statement | None) -> Fact:
    if statement is None:
        return _at(None)
    return _at(statement.value, statement.location, statement.text)


_DIGITS = str.maketrans("〇零○０一二三四五六七八九", "00001" + "23456789")

_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def year_in(text: str) -> str | None:
    """The first year written in a text, as four digits: `2024年`, `二〇二四年度`."""
    narrow = text.translate(_NARROW)
    found = re.search(r"([12][0-9]{3}|[一二][〇零○0一二三四五六七八九]{3})\s*年", narrow)
    return found[1].translate(_DIGITS) if found else None


def _title_year(report: Report) -> Fact:
    title = report.title
    if title is None:
        return _at(None)
    year = year_in(title.text) or year_in(title.value)
    if year is None:
        # The year may stand on a line of its own beside the title.
        beside = [passage.text for passage in report.lead[:3] if len(passage.text.strip()) <= 20]
        year = next((found for text in beside if (found := year_in(text))), None)
    return _at(year, title.location, title.text)


def _period(report: Report) -> Fact:
    period = report.period
    if period is None:
        return _at(None)
    if period.start is None or period.end is None:
        return _at(None, period.location, period.text)
    return _span(period.start, period.end, period)


def _span(start: dt.date, end: dt.date, period: Period) -> Fact:
    written = "至".join(day_words(day)[0] for day in (start, end))
    return Fact(written, Place(location=period.location, excerpt=period.text), f"{start} – {end}")


def _period_years(report: Report) -> set[str]:
    period = report.period
    return {str(day.year) for day in (period.start, period.end) if day} if period else set()


def _period_year(report: Report) -> Fact:
    """The one year of the period; a period that runs over two is wrong in itself, not in its year."""
    years = _period_years(report)
    if report.period is None or len(years) != 1:
        return _at(None)
    return _at(years.pop(), report.period.location, report.period.text)


def _full_year(report: Report) -> Fact:
    """The whole year that the period should be: its own, or the title's where it runs over two."""
    years, titled = _period_years(report), _title_year(report).value
    if report.period is None or not years:
        return _at(None)
    year = int(titled if titled and len(years) > 1 else min(years))
    return _span(dt.date(year, 1, 1), dt.date(year, 12, 31), report.period)


def _day(day: dt.date | None, place: Place) -> Fact:
    if day is None:
        return Fact(None, place)
    written, written_en = day_words(day)
    return Fact(written, place, written_en, day)


def _front(report: Report) -> Place:
    return Place(location=report.title.location if report.title else NOWHERE)


def _last_day(report: Report, years_later: int) -> Fact:
    """The last day of the report year, or of one after it; none where the period runs over two years
    (that of a school), since it is then not certain which year is meant."""
    if report.year is None or len(_period_years(report)) > 1:
        return _day(None, _front(report))
    return _day(dt.date(report.year + years_later, 12, 31), _front(report))


def _signed(report: Report) -> Fact:
    """The date of the signature; none where no calendar has it.

    A date without an issuer counts where the text before it has come to its end: lists of other pages
    below a report have dates too.
    """
    issuer, written = report.signature
    if written is None or (issuer is None and not _is_ended(report)):
        return _at(None)
    return _day(_iso(written.value), Place(location=written.location, excerpt=written.text))


def _is_ended(report: Report) -> bool:
    passages = report.sections[-1].passages if report.sections else ()
    last = passages[-1].text.rstrip() if passages else ""
    return not last or last.endswith(("。", "；", "！", "）", ")", "无"))


def _iso(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _headed(report: Report) -> Fact:
    """A date that stands alone below the title: （2021年1月20日）."""
    for passage in report.lead[:2]:
        words = "".join(passage.text.split()).strip("（()）")
        is_one = len(words) <= 14 and words.count("月") == words.count("日") == 1
        if is_one and words.endswith("日") and "年" in words[:6]:
            return _day(date_in(words), Place(location=passage.location, excerpt=passage.text))
    return _at(None)


def _title_issuer(report: Report) -> Fact:
    """The organ of the title, or of a short line beside it."""
    title = report.title
    if title is None:
        return _at(None)
    beside = ("".join(passage.text.split()) for passage in report.lead[:2])
    named = issuer_of_title(title.value) or next(
        (b for b in beside if len(b) <= 24 and ORGAN.search(b)), None
    )
    return _at(named, title.location, title.text)


_ACCESS = ("下载", "查阅", "查询", "浏览", "http", "www.", "网站", "网址", "官网", "门户")


def _access(report: Report) -> Fact:
    """The sentence of the lead-in (or of what follows the text) that says where the report can be read."""
    for passage in (*report.lead, *report.tail, *(p for s in report.sections[-1:] for p in s.passages)):
        for sentence in passage.text.split("。"):
            if any(word in sentence for word in _ACCESS):
                return _at(sentence.strip(), passage.location, sentence.strip())
    return _at(None)


def _statistics(report: Report) -> Fact:
    """The statistics table, in the report or spoken of as something attached to it."""
    table = report.tables.get(STATISTICS)
    if table is not None:
        return Fact(STATISTICS, Place(table=STATISTICS, location=table.location))
    passages = (*report.lead, *(p for section in report.sections for p in section.passages), *report.tail)
    named = next((passage for passage in passages if "统计表" in passage.text), None)
    if named is not None:
        return Fact("统计表", Place(location=named.location))
    words = [*(section.heading for section in report.sections), *(link.text for link in report.links)]
    return _at(next((text for text in words if "统计表" in text), None))


def year_in_doubt(report: Report) -> int | None:
    """The other year that may be the report year: the period's, where the title gives a different one
    and the report year was taken from the title."""
    titled, other = _title_year(report).value, _period_year(report).value
    if titled is None or other is None or titled == other or str(report.year) != titled:
        return None
    return int(other)


FACTS: dict[str, FactSpec] = {
    "title": FactSpec("题目", "title", lambda report: _statement(report.title)),
    "title.year": FactSpec("题目中的年份", "year in the title", _title_year),
    "period": FactSpec("统计期限的起止日期", "period of the figures", _period),
    "period.year": FactSpec("统计期限的年份", "year of the period", _period_year),
    "period.full_year": FactSpec("完整的报告年度", "the whole year", _full_year),
    "contact.address": FactSpec("联系地址", "address", lambda report: _statement(report.contact.address)),
    "contact.postcode": FactSpec("邮编", "postcode", lambda report: _statement(report.contact.postcode)),
    "contact.phone": FactSpec("联系电话", "telephone", lambda report: _statement(report.contact.phone)),
    "contact.fax": FactSpec("传真", "fax", lambda report: _statement(report.contact.fax)),
    "contact.email": FactSpec("电子邮箱", "e-mail", lambda report: _statement(report.contact.email)),
    "title.issuer": FactSpec("题目中的机关名称", "organ in the title", _title_issuer),
    "signature.issuer": FactSpec("落款机关", "organ that signs", lambda r: _statement(r.signature.issuer)),
    "signature.date": FactSpec("落款日期", "date of the signature", _signed, dated=True),
    "heading.date": FactSpec("题下日期", "date below the title", _headed, dated=True),
    "published": FactSpec(
        "发布日期", "day of publication", lambda r: _day(r.published, _front(r)), dated=True
    ),
    "year.end": FactSpec(
        "报告年度最后一天", "last day of the report year", lambda report: _last_day(report, 0), dated=True
    ),
    "following.end": FactSpec(
        "报告年度次年最后一天", "last day of the year after", lambda report: _last_day(report, 1), dated=True
    ),
    "access": FactSpec("查阅或下载报告的途径", "where the report can be read", _access),
    "statistics": FactSpec("政府信息公开情况统计表", "statistics table", _statistics),
    "edition.by_year": FactSpec(
        "按报告年度应当使用的格式", "edition due by the year", lambda report: _at(report.edition_by_year)
    ),
    "edition.by_tables": FactSpec(
        "表格实际使用的格式", "edition of the tables", lambda report: _at(report.edition_by_tables)
    ),
}


def unknown_fact(name: str) -> str | None:
    """The reason where no fact has this name."""
    return None if name in FACTS else f"没有可核对的要素“{name}”，可用的有：{'、'.join(FACTS)}"
