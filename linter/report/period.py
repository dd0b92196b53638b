"""The period of the figures that the lead-in states."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from linter.report.dates import YEAR, date_in, year_in
from linter.report.flow import Text, text_part
from linter.report.model import Period

_FIGURE = r"(?:\d{1,2}|元(?=\s*月)|[〇零一二三四五六七八九十]{1,3})"
# What may stand behind a date: 零时, 24:00, （含）.
_CLOCK = (
    r"(?:(?:凌\s*晨)?\s*(?:[零〇]|0{1,2}|24|二十四)\s*(?:时|点|[:：]\s*00)\s*(?:[:：]?\s*(?:00|零)\s*分?)?整?"
    r"|[（(](?:含[^（）()]{0,4}|[包起始止]含?)[)）])?\s*"
)
_TO = (
    rf"{_CLOCK}(?:起\s*始?|开\s*始|始)?\s*(?:统\s*计|计\s*算|算)?\s*[，,、]?\s*(?:并)?"
    r"(?:(?:截\s*[至止]|结\s*束|终\s*止)\s*(?:日\s*期|时\s*间)?\s*(?:[为是到于至]|[:：])?|止\s*于|"
    r"至|到|止|起|—|－|-|–|~|～)+\s*"
)
_SAME_YEAR = r"[当同本该]\s*年\s*(?:的\s*)?"
_MONTH = rf"{_FIGURE}\s*月(?:\s*{_FIGURE}\s*[日号])?"
_POINTED = r"20\d\d\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}"
_SHORT = r"\d{1,2}\s*[./]\s*\d{1,2}(?![\d./])"
_OF_YEAR = rf"(?:{YEAR})\s*年\s*度?\s*"
_DATE = rf"(?:{_OF_YEAR}{_MONTH}|{_POINTED})"
# What stands in the place of the second date and is none, such as 202012月31日.
_GARBLED = r"[^。；，,;\s]{1,14}?[日号]"
_SPAN = re.compile(
    rf"(?:自|从)?\s*(?P<start>{_DATE})\s*{_TO}"
    rf"(?P<end>(?:{_OF_YEAR}|{_SAME_YEAR})?{_MONTH}|{_POINTED}|{_SHORT}|{_GARBLED})\s*{_CLOCK}(?:止|底|结\s*束)?"
)
_SUBJECT = (
    r"(?:统\s*计|数\s*据|时\s*间)[^。；]{0,12}?"
    r"(?:期\s*限|时\s*限|期\s*间|时\s*段|区\s*间|范\s*围|时\s*间|周\s*期|截止|截至|为|是)"
)
_ABOUT = rf"{_SUBJECT}|期\s*限|时\s*限|数据|统计"
# The rarer forms are compiled when first needed: start-up time counts.
# One date or both are missing: 统计期限自至, 自2013年1月1日至。
_HALF = (
    rf"{_SUBJECT}[^。；，]{{0,8}}?"
    rf"(?P<whole>(?:自|从)\s*(?P<start>{_DATE})?\s*起?\s*(?:至|到)\s*(?P<end>{_DATE})?\s*止?)"
)
_UNTIL = rf"(?P<whole>截\s*[至止]\s*(?:日\s*期|时\s*间)?\s*(?:[为是到于]|[:：])?\s*(?P<end>{_DATE}))"
_MONTHS = (
    rf"(?P<whole>(?P<year>{YEAR})\s*年\s*(?:1|一)\s*(?:月\s*份?)?\s*"
    r"(?:至|到|—|－|-|–|~|～)+\s*(?:12|十二)\s*月\s*(?:份|底)?)"
)
_WHOLE_YEAR = rf"{_SUBJECT}[^。；，\d]{{0,6}}?(?P<whole>(?:{YEAR})\s*年(?:度|全年))(?!\s*\d)"


def read_period(texts: Sequence[Text]) -> Period | None:
    """The stated period of the figures.

    A span of dates counts where the words before it speak of figures or a period; failing that the
    first span of the lead-in. A date not written is None, as is one that does not exist.
    """
    spans = [(text, match) for text in texts for match in _SPAN.finditer(text.text)]
    for text, match in sorted(spans, key=lambda span: not _about_figures(span[0].text, span[1].start())):
        start = date_in(match["start"])
        end = _end_in(match["end"], start.year if start else year_in(match["start"]))
        return _period(text, match.span(), start, end)
    for text in texts:
        if (half := re.search(_HALF, text.text)) is not None:
            start, end = date_in(half["start"] or ""), date_in(half["end"] or "", last_day=True)
            return _period(text, half.span("whole"), start, end)
        months = re.search(_MONTHS, text.text)
        if months is not None and _about_figures(text.text, months.start()):
            year = year_in(months["whole"])
            if year is not None:
                return _period(text, months.span("whole"), dt.date(year, 1, 1), dt.date(year, 12, 31))
        until = re.search(_UNTIL, text.text)
        if until is not None and _about_figures(text.text, until.start()):
            return _period(text, until.span("whole"), None, date_in(until["end"], last_day=True))
        if (whole := re.search(_WHOLE_YEAR, text.text)) is not None and (year := year_in(whole["whole"])):
            return _period(text, whole.span("whole"), dt.date(year, 1, 1), dt.date(year, 12, 31))
    return None


def _end_in(words: str, year: int | None) -> dt.date | None:
    """The second date of a span; `year` stands in for one not written, as in 2020.1.1-12.31."""
    if re.fullmatch(_SHORT, words) is None:
        return date_in(re.sub(rf"^{_SAME_YEAR}", "", words), year, last_day=True)
    month, day = re.split(r"[./]", words)
    return date_in(f"{month}月{day}日", year)


def _period(text: Text, span: tuple[int, int], start: dt.date | None, end: dt.date | None) -> Period:
    part = text_part(text, *span)
    return Period(start, end, part.text, part.location)


def _about_figures(text: str, start: int) -> bool:
    before = re.split(r"[。；]", text[max(0, start - 40) : start])[-1]
    return re.search(_ABOUT, before) is not None
