"""The single facts of a report that checks may name in YAML, and their names for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from linter.checks.outcome import Place
from linter.document.model import NOWHERE, Location
from linter.report.model import Report, Statement


class Fact(NamedTuple):
    """A fact as found: its value (None where the report does not state it), and where."""

    value: str | None
    place: Place


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


def year_in(text: str) -> str | None:
    """The first year written in a text, as four digits: `2024年`, `二〇二四年度`."""
    found = re.search(r"([12][0-9]{3}|[一二][〇零○０一二三四五六七八九]{3})\s*年", text)
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
    whole = f"{period.start} – {period.end}" if period.start and period.end else None
    return _at(whole, period.location, period.text)


def _period_year(report: Report) -> Fact:
    period = report.period
    date = period and (period.end or period.start)
    return _at(str(date.year), period.location, period.text) if period and date else _at(None)


def _full_year(report: Report) -> Fact:
    period = report.period
    date = period and (period.start or period.end)
    if not period or not date:
        return _at(None)
    return _at(f"{date.year}-01-01 – {date.year}-12-31", period.location, period.text)


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
