"""Title, year, period and the page's date: what stands before the first section."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from linter.document.dates import iso_date
from linter.document.model import NOWHERE
from linter.report.dates import YEAR, year_in
from linter.report.flow import Item, Text, text_part
from linter.report.issuer import ORGAN, issuer_of_title
from linter.report.model import Period, Statement
from linter.report.wording import squeeze

_MOST_ITEMS = 60
_MOST_LINES = 4
_LEAD_TEXTS = 8
_LONGEST_TITLE = 70
_LONGEST_LINE = 40
_SUBJECT = r"(?:政府信息(?:和政务)?公开|政务公开|信息公开)"
_TITLE = re.compile(
    rf"(?:关于)?[^。；！？，,：:《》]*?{_SUBJECT}(?:工作)?(?:情况)?(?:的)?[^。；！？，,：:《》]*?"
    rf"(?:年度报告|年报|工作报告|情况报告|报告|总结)(?:[（(]?(?:{YEAR}|\d\d)年?度?[)）]?|[（(][^（）()]{{1,8}}[)）])?"
    r"(?:[（(][^（）()]{2,30}(?:政府|[局委厅部院处会办队]|办公室|中心|办事处|海关|[市县区旗州乡镇])[)）])?"
)
_NOT_A_TITLE = re.compile(
    r"^(?:本|按照|根据|依据|现将|为|当前位置|您的?位置|您当前|首页|索引|关于印发|关于做好|目录|附件|标题)"
)
# In a paragraph that ran together with what stands around it, only the strict form counts.
_TITLE_INSIDE = re.compile(
    rf"(?P<organ>[^\s。；：:，,>》]{{2,30}}?)\s*(?:{YEAR})\s*年度?\s*{_SUBJECT}(?:工作)?(?:年度)?(?:年度报告|报告|年报)"
)
_YEAR_LINE = rf"(?:{YEAR})年度?$"
_YEAR_FIRST = rf"(?:{YEAR})年度?(?!.*(?:报告|年报))"
_YEAR_BELOW = re.compile(rf"[（(]?(?:{YEAR})(?:年度?[)）]?|度?[)）])")
# Words of a title that belong together: a line that ends inside them goes on in the next.
_TOGETHER = rf"(?:{YEAR})年度?|{_SUBJECT}(?:工作)?(?:情况)?的?(?:年度)?(?:工作|情况)?(?:年度报告|年报|报告)?"
# A title that another line names: 附件1：…, 关于印发《…》的通知.
_NAMED = (
    r"附\s*件\s*[\d一二三]{0,2}\s*[:：、.．]?\s*(?P<annex>\S.*)|"
    r"[^《》。]*(?:印发|公布|发布|报送|上报)\s*《(?P<quoted>[^《》]+)》[^。]{0,10}"
)
# How names of organs end; what stands alone before the year and is only such an end is half a name.
_NAME_ENDS = (
    "自治区人民政府",
    "乡镇人民政府",
    "人民政府办公厅",
    "人民政府办公室",
    "街道办事处",
    "开发区管理委员会",
    "园区管理委员会",
    "发展和改革委员会",
    "监督管理局",
    "社会保障局",
)
_SITE_NAME = r"\s*[_|｜]\s*.*$|\s+[-—–]\s*.*$"
_JUNK_START = re.compile(r"\s*(?:当前位置|您的?位置|您当前|首页|索引号|标题|信息名称)")
_JUNK = re.compile(
    r"-->|【?\s*字[体号]\s*[:：]?[\s【】大中小\[\]]*|打印(?:本页)?|关闭(?:窗口)?|微信|微博|QQ空间|全真版|文字版|文件下载|"
    r"相关链接\s*[:：]?|(?:来源|作者|发布机构|信息来源)\s*[:：]\s*\S{0,24}|(?:时间|日期|发布时间|发布日期)\s*[:：]\s*[\d\-/.年月日:：\s]+|"
    r"(?:浏览|阅读|点击)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?|分享(?:到)?\s*[:：]?"
)
_JUNK_REACH = 800
_PUBLISHED = re.compile(
    r"(?:(?P<act>发布|发文|公开|生成|成文|印发|更新)\s*(?:日\s*期|时\s*间)|(?<!\S)(?:日\s*期|时\s*间))\s*[:：]\s*(?P<date>\S.{5,20})"
)


class Title(NamedTuple):
    """The title and where it stands: items `first` to `last`; `rest` is what followed it in its own
    paragraph. `first` is None for a title that only the file's metadata states."""

    statement: Statement
    first: int | None = None
    last: int = -1
    rest: Text | None = None


def read_title(items: Sequence[Item], metadata: Mapping[str, str]) -> Title | None:
    """The title above the text: a line of its own, one broken over two or three, the beginning of a
    paragraph that ran together, or else the title of the page.

    One that lacks organ or year gives way to a later line that has both: it was the name of a column.
    """
    texts = [(index, item) for index, item in enumerate(items[:_MOST_ITEMS]) if isinstance(item, Text)]
    first: Title | None = None
    for title in _titles(texts):
        whole = title.statement.value
        full = issuer_of_title(whole) is not None and year_in(whole) is not None
        if full and (first is None or title.first == title.last):
            return title
        first = first or title
    return first or _title_named(texts) or _title_inside(texts) or _title_of_page(metadata)


def _titles(texts: Sequence[tuple[int, Text]]) -> Iterator[Title]:
    """The lines, or runs of lines, that read as a title."""
    for place, (index, text) in enumerate(texts):
        for count in range(1, _MOST_LINES + 1):
            lines = texts[place : place + count]
            words = [squeeze(line.text) for _, line in lines]
            if len(lines) < count or lines[-1][0] != index + count - 1 or not _may_open(words[:-1]):
                break
            words = _in_order(words)
            whole = "".join(words)
            if _is_title(whole) and _is_one(words, [text for _, text in texts[place + count :]]):
                below = texts[place + count : place + count + 2]
                if below and below[0][0] == index + count and not _is_list_of_years(below):
                    with_year = _with_year(whole, squeeze(below[0][1].text))
                    lines = [*lines, below[0]] if with_year != whole else lines
                    whole = with_year
                printed = "\n".join(line.text.strip() for _, line in lines)
                yield Title(Statement(whole.strip("《》"), printed, text.location), index, lines[-1][0])
                break


def _in_order(lines: Sequence[str]) -> list[str]:
    """The lines of a title, its figures before its 年.

    The text of a PDF may have a year's figures, set in another type, on a line of their own below.
    """
    year = next((line for line in lines[1:] if re.fullmatch(YEAR, line)), None)
    if year is None or not lines[0].startswith("年"):
        return list(lines)
    return [year, *(line for line in lines if line is not year)]


def _is_list_of_years(texts: Sequence[tuple[int, Text]]) -> bool:
    """Whether both of two lines are a year alone: the menu of a site, not the year of a title."""
    return len(texts) > 1 and all(re.fullmatch(_YEAR_LINE, squeeze(text.text)) for _, text in texts)


def _with_year(title: str, below: str) -> str:
    """A title with the year that the line below it states, if it does.

    The text of a PDF may have a title's first figures, set in another type, below the rest: 年甲县…, 2019.
    """
    if title.startswith("年") and re.fullmatch(YEAR, below):
        return below + title
    return title + below if _YEAR_BELOW.fullmatch(below) else title


def _is_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and _NOT_A_TITLE.match(text) is None
        and _TITLE.fullmatch(text.strip("《》")) is not None
    )


def _may_open(lines: Sequence[str]) -> bool:
    """Whether lines may be the upper lines of a title."""
    return not any(
        not 2 <= len(words) <= _LONGEST_LINE
        or re.search(r"[。；，：:！？/]|\d{4}-\d", words)
        or _NOT_A_TITLE.match(words)
        or iso_date(words)
        for words in lines
    )


def _is_one(lines: Sequence[str], following: Sequence[Text]) -> bool:
    """Whether lines that together read as a title were broken off one another.

    They were in any case where the text that follows names the organ that they make.
    """
    if len(lines) == 1:
        return True
    whole = "".join(lines)
    organ = issuer_of_title(whole)
    if organ and ORGAN.search(organ) and any(organ in squeeze(text.text) for text in following[:_LEAD_TEXTS]):
        return True
    together = [match.span() for match in re.finditer(_TOGETHER, whole)]
    seam = 0
    for line in lines[:-1]:
        seam += len(line)
        above, below = whole[:seam], whole[seam:]
        inside = any(start < seam < end for start, end in together)
        if not (inside or re.search(_YEAR_LINE, above) or _is_seam(above, below)):
            return False
    return True


def _is_seam(above: str, below: str) -> bool:
    """Whether a title may be broken between these words: behind its organ or its subject, before the
    rest of either."""
    named = issuer_of_title(below) or ""
    if above.endswith(("关于", "的")) or any(end.endswith(named) for end in _NAME_ENDS if named):
        return True
    if re.match(_YEAR_FIRST, above) and year_in(below) is None:
        return True
    if ORGAN.search(above):
        # The name of a site above a title that names its own organ.
        return not (ORGAN.search(named) and named.startswith(above[:2]))
    return re.search(_SUBJECT, above) is not None and re.search(_SUBJECT, below) is None


def _title_named(texts: Sequence[tuple[int, Text]]) -> Title | None:
    """The title that a line names: of an annex (附件1：…), or issued by a notice (关于印发《…》的通知)."""
    for index, text in texts:
        match = re.fullmatch(_NAMED, text.text.strip()) if len(text.text) <= 2 * _LONGEST_TITLE else None
        if match is None:
            continue
        group = match.lastgroup or "annex"
        if _is_title(squeeze(match[group])):
            begin = len(text.text) - len(text.text.lstrip())
            part = text_part(text, *(begin + place for place in match.span(group)))
            return Title(Statement(squeeze(part.text), part.text, part.location), index, index)
    return None


def _title_inside(texts: Sequence[tuple[int, Text]]) -> Title | None:
    for index, text in texts[:6]:
        match = _TITLE_INSIDE.search(text.text, 0, _JUNK_REACH)
        if match is None or (match.start() and not _JUNK_START.match(text.text)):
            continue
        if _NOT_A_TITLE.match(match[0]):
            continue
        part = text_part(text, *match.span())
        rest = text_part(text, match.end(), len(text.text))
        return Title(Statement(squeeze(part.text), part.text, part.location), index, index, rest)
    return None


def _title_of_page(metadata: Mapping[str, str]) -> Title | None:
    title = squeeze(re.sub(_SITE_NAME, "", metadata.get("title", "")))
    if not _is_title(title):
        return None
    return Title(Statement(title, f"标题：{metadata['title']}", NOWHERE))


def without_junk(text: Text, title: str | None) -> Text | None:
    """A paragraph of the lead without what a web page put in front of it, None if nothing is left.

    Bread crumbs, source, time, buttons and the title once more are junk only where a paragraph
    begins with them.
    """
    reach = text.text[:_JUNK_REACH]
    end = 0
    if _JUNK_START.match(reach):
        end = max((match.end() for match in _JUNK.finditer(reach)), default=0)
    while True:
        match = _JUNK.match(reach, _skip_blanks(reach, end)) or _title_at(
            reach, _skip_blanks(reach, end), title
        )
        if match is None or match.end() == end:
            break
        end = match.end()
    if not end:
        return text
    rest = text_part(text, end, len(text.text))
    return rest if rest.text else None


def _skip_blanks(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _title_at(text: str, start: int, title: str | None) -> re.Match[str] | None:
    again = _TITLE_INSIDE.match(text, start)
    if again is not None or not title:
        return again
    return _spaced(title).match(text, start)


@lru_cache(maxsize=16)
def _spaced(words: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join(map(re.escape, words)))


def read_year(title: Title | None, period: Period | None, lead: Sequence[Text]) -> int | None:
    """The report year: of the title, else of the period, else of the lead-in."""
    if title is not None and (year := year_in(title.statement.value)) is not None:
        return year
    for date in (period.end, period.start) if period else ():
        if date is not None:
            return date.year
    for text in lead:
        match = re.search(rf"((?:{YEAR})\s*年)\s*(?:度)?[^。；，]{{0,12}}?(?:{_SUBJECT})", text.text)
        if match is not None and (year := year_in(match[1])) is not None:
            return year
    return None


def read_published(front: Sequence[Text], metadata: Mapping[str, str]) -> dt.date | None:
    """The day of publication that the page or its metadata states: of publication itself where several
    days are given. Days on which the text was made, printed or last changed tell nothing."""
    stated = metadata.get("published")
    if not stated:
        days = [found for text in front for found in _dates_of_page(text.text[:_JUNK_REACH])]
        own = [day for act, day in days if act in ("发布", "公开")]
        stated = next(iter(own or [day for _, day in days]), None)
    try:
        return dt.date.fromisoformat(stated[:10]) if stated else None
    except ValueError:
        return None


def _dates_of_page(text: str) -> Iterator[tuple[str | None, str]]:
    """What the page did and on which day; a later label may stand within reach of an earlier one."""
    at = 0
    while (match := _PUBLISHED.search(text, at)) is not None:
        at = match.start("date")
        day = iso_date(match["date"])
        if day and match["act"] not in ("成文", "印发", "更新"):
            yield match["act"], day


def is_junk_line(text: Text) -> bool:
    """Whether a short line only says what a page says of itself (date, source, size of letters)."""
    words = text.text.strip()
    if len(words) > _LONGEST_LINE * 2:
        return False
    return _JUNK.sub("", _PUBLISHED.sub("", words)).strip(" |｜[]【】()（）—-:：") == ""
