"""The single facts of a report that checks may name in YAML, and their names for people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from linter.checks.outcome import Place
from linter.document.model import NOWHERE, Location
from linter.report.model import Period, Report, Statement
from linter.report.norm import STATISTICS


class Fact(NamedTuple):
    """A fact as found: its value (None where the report does not state it), and where.

    `value_en` is the value in English where that differs.
    """

    value: str | None
    place: Place
    value_en: str | None = None


class FactSpec(NamedTuple):
    """A fact that checks can name, its name in Chinese and English, and how it is found."""

    zh: str
    en: str
    find: Callable[[Report], Fact]


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
    written = "至".join(f"{day.year}年{day.month}月{day.day}日" for day in (start, end))
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
