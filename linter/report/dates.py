"""Years, dates and spans of dates as reports write them."""

from __future__ import annotations

import datetime as dt
import re

from linter.report.wording import narrow, numeral

_CHINESE = "〇零○ＯO一二三四五六七八九十"
YEAR = rf"\d\s*\d\s*\d\s*\d|[{_CHINESE}]{{4}}"
_MONTH_OR_DAY = rf"\d{{1,2}}|[{_CHINESE}]{{1,3}}|元(?=\s*月)"
DATE = rf"(?:{YEAR})\s*年\s*度?\s*(?:{_MONTH_OR_DAY})\s*月\s*(?:{_MONTH_OR_DAY})\s*[日号]"
_PARTS = re.compile(
    rf"(?:(?P<year>{YEAR})\s*年\s*度?\s*)?(?P<month>{_MONTH_OR_DAY})\s*月\s*(?:(?P<day>{_MONTH_OR_DAY})\s*[日号])?"
)
_POINTED = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[-./]\s*(?P<month>\d{1,2})\s*[-./]\s*(?P<day>\d{1,2})")
_YEAR = re.compile(rf"(?<![\d{_CHINESE}])(?P<four>{YEAR})\s*年|(?<!\d)(?P<two>\d\d)\s*年度")
FIRST_YEAR = 2007
LAST_YEAR = 2099


def year_in(text: str) -> int | None:
    """The first year stated in `text`: 2023年, 二〇二三年, ２０２３年, 23年度; None where there is none."""
    for match in _YEAR.finditer(text):
        if match["two"]:
            return 2000 + int(match["two"])
        year = numeral(narrow(match["four"]))
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            return year
    return None


def date_in(text: str, year: int | None = None, *, last_day: bool = False) -> dt.date | None:
    """The date that `text` begins with, None where it is none or does not exist.

    `year` stands in for one not written; without a day it is the month's first, or its last.
    """
    text = narrow(text).strip()
    match = _POINTED.match(text) or _PARTS.match(text)
    if match is None:
        return None
    stated = numeral(match["year"]) if match["year"] else year
    month = 1 if match["month"] == "元" else numeral(match["month"])
    if stated is None or month is None:
        return None
    try:
        if match["day"]:
            return dt.date(stated, month, numeral(match["day"]) or 0)
        if last_day:
            return dt.date(stated + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        return dt.date(stated, month, 1)
    except ValueError:
        return None
