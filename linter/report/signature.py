"""Issuer and date below the text, and where the report's own text ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.report.dates import DATE, date_in
from linter.report.flow import Item, Text, text_part
from linter.report.headings import heading_key
from linter.report.issuer import ORGAN
from linter.report.model import Signature, Statement
from linter.report.wording import squeeze

_FROM_THE_END = 30
_LONGEST_NAME = 30
_DATE_LINE = re.compile(rf"\s*[（(]?(?P<date>{DATE})[)）]?\s*")
_ISSUER_AND_DATE = (
    rf"\s*(?P<issuer>\S(?:[^。；，：]{{2,{_LONGEST_NAME}}}?))\s*[（(]?(?P<date>{DATE})[)）]?"
    r"\s*(?:印发|发布)?\s*"
)
_AT_THE_END = rf"[。；\s](?P<issuer>[^。；，：、\s]{{4,{_LONGEST_NAME}}})\s*(?P<date>{DATE})\s*$"
_POINTED_LINE = re.compile(r"\s*[（(]?(?P<date>20\d\d\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2})[)）]?\s*")
_SEAL = re.compile(r"[（(]\s*(?:加?盖|公|印)?章\s*[)）]")
_LABEL = re.compile(r"^\s*(?:落款|单位|发布单位|编制单位)?[:：]?\s*")
_AFTERMATH = re.compile(
    r"\s*(?:附\s*件|附\s*[:：]|附表|[（(]?此件.{0,6}公开|【?(?:打印|关闭|返回|收藏)|扫一扫|上一篇|下一篇|责任编辑|"
    r"信息来源|分享到|相关(?:附件|链接|文档|新闻)|主办单位|版权所有|网站地图|ICP备)"
)


class Ending(NamedTuple):
    """The signature and the items it takes: `start` is where the text of the report ends, `place`
    the signature's first item (None where it has none of its own)."""

    signature: Signature
    start: int
    place: int | None


def read_ending(items: Sequence[Item]) -> Ending:
    """The end of the report's text: signature, attachments, what a page puts below."""
    start = len(items)
    for index in range(len(items) - 1, max(-1, len(items) - 1 - _FROM_THE_END), -1):
        item = items[index]
        if not isinstance(item, Text):
            break
        if (heading := heading_key(item.text)) is not None and (heading.number or heading.key):
            break
        if _AFTERMATH.match(item.text):
            start = index
        if match := _DATE_LINE.fullmatch(item.text):
            issuer, place = _issuer_above(items, index)
            return Ending(Signature(issuer, _date(item, match)), min(start, place), place)
        if match := _POINTED_LINE.fullmatch(item.text):
            issuer, place = _issuer_above(items, index)
            if issuer is not None:
                return Ending(Signature(issuer, _date(item, match)), min(start, place), place)
        match = re.fullmatch(_ISSUER_AND_DATE, item.text)
        if match is not None and ORGAN.search(squeeze(match["issuer"])):
            signature = Signature(_statement(item, match, "issuer"), _date(item, match))
            return Ending(signature, min(start, index), index)
    return Ending(_inside(items, start), start, None)


def _inside(items: Sequence[Item], start: int) -> Signature:
    """A signature that ran together with the last paragraph."""
    last = items[start - 1] if start else None
    if isinstance(last, Text):
        match = re.search(_AT_THE_END, last.text)
        if match is not None and ORGAN.search(match["issuer"]):
            return Signature(_statement(last, match, "issuer"), _date(last, match))
    return Signature()


def _issuer_above(items: Sequence[Item], index: int) -> tuple[Statement | None, int]:
    """The name above a date line, and the first item of the signature."""
    above = items[index - 1] if index else None
    if isinstance(above, Text) and len(squeeze(above.text)) <= _LONGEST_NAME:
        name = squeeze(_SEAL.sub("", _LABEL.sub("", above.text)))
        if ORGAN.search(name) and not re.search(r"[。；，：！？]", name):
            return Statement(name, above.text.strip(), above.location), index - 1
    return None, index


def _statement(item: Text, match: re.Match[str], group: str) -> Statement:
    start, end = match.span(group)
    return Statement(squeeze(match[group]), match[group].strip(), text_part(item, start, end).location)


def _date(item: Text, match: re.Match[str]) -> Statement:
    """The date as YYYY-MM-DD; as printed where it does not exist."""
    date = date_in(match["date"])
    value = date.isoformat() if date else squeeze(match["date"])
    start, end = match.span("date")
    return Statement(value, match["date"].strip(), text_part(item, start, end).location)
