"""Contact items of the lead-in: address, postcode, telephone, fax, e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linter.report.flow import Text, text_part
from linter.report.model import Contact, Statement
from linter.report.wording import narrow, squeeze

_S = r"\s*"
_WORDS = {
    "address": ("联系地址", "通讯地址", "通信地址", "办公地址", "单位地址", "邮寄地址", "详细地址", "地址"),
    "postcode": ("邮政编码", "邮编"),
    "phone": ("联系电话", "咨询电话", "办公电话", "固定电话", "电话号码", "电话", "联系方式"),
    "fax": ("传真号码", "传真电话", "传真"),
    "email": ("电子邮箱地址", "电子邮箱", "电子邮件", "电子信箱", "邮箱地址", "邮箱"),
    "": ("网址", "网站", "联系人", "办公时间", "受理时间", "联系部门", "联系单位", "监督"),
}


_LATIN = {"email": r"|(?i:e\s*-?\s*mail)"}
_ITEMS = "|".join(
    f"(?P<{item or 'stop'}>{'|'.join(_S.join(word) for word in words)}{_LATIN.get(item, '')})"
    for item, words in _WORDS.items()
)
_FIGURES_FOLLOW = r"(?=[（(+]?[\d０-９](?:[\s\-—－()（）]?[\d０-９]){5})"
# 电话/传真：, 电话（传真）：, 邮编:, 电话0955-…
_LABEL = re.compile(
    rf"(?:{_ITEMS})(?:\s*[/／、和及（(]\s*(?P<also>传\s*真|电\s*话)\s*[)）]?)?"
    rf"(?:\s*[（(][^（）()\d]{{0,12}}[)）])?\s*(?P<colon>[:：﹕]|为(?=\s*[:：]?)|{_FIGURES_FOLLOW})\s*[:：]?\s*"
)
_ENDS = re.compile(r"[；;。\n]")
_ALSO_FAX = re.compile(r"[（(]\s*(?:兼\s*)?传\s*真\s*[)）]")
_FIGURE_ITEMS = {"postcode", "phone", "fax"}


def read_contact(texts: Sequence[Text]) -> Contact:
    """The contact items in `texts`; the first statement of each counts."""
    found: dict[str, Statement] = {}
    for text in texts:
        for item, statement in _statements(text):
            found.setdefault(item, statement)
    return Contact(**found)


def _statements(text: Text) -> Iterator[tuple[str, Statement]]:
    labels = [match for match in _LABEL.finditer(text.text) if _is_label(match)]
    for place, match in enumerate(labels):
        item = _item_of(match)
        if not item:
            continue
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text.text)
        start, end = _value_span(text.text, match.end(), end, item)
        printed = text.text[start:end]
        value = _value(printed, item)
        if not value:
            continue
        location = text_part(text, match.start(), end).location
        statement = Statement(value, printed.strip(), location)
        yield item, statement
        also = squeeze(match["also"] or "")
        if item == "phone" and (also == "传真" or _ALSO_FAX.search(printed)):
            yield "fax", statement
        if item == "fax" and also == "电话":
            yield "phone", statement


def _is_label(match: re.Match[str]) -> bool:
    if _item_of(match) in _FIGURE_ITEMS or match["colon"] in {":", "：", "﹕"}:
        return True
    return match["colon"] == "为" and _item_of(match) in {"address", "email"}


def _item_of(match: re.Match[str]) -> str:
    return next((item for item in _WORDS if item and match[item]), "")


def _value_span(text: str, start: int, end: int, item: str) -> tuple[int, int]:
    """Where the value in text[start:end] stands: up to a mark that ends it or a bracket it did not open."""
    stop = _ENDS.search(text, start, end)
    if stop is not None:
        end = stop.start()
    depth = 0
    for index in range(start, end):
        letter = text[index]
        if letter in "（(":
            depth += 1
        elif letter in "）)":
            depth -= 1
            if depth < 0:
                end = index
                break
        elif letter in "，," and depth == 0 and not _goes_on(text, index, end, item):
            end = index
            break
    while end > start and text[end - 1] in " 　\t，,、；;。.":
        end -= 1
    return start, end


def _goes_on(text: str, comma: int, end: int, item: str) -> bool:
    """Whether a value goes on behind a comma: a second number, or the rest of an address."""
    rest = text[comma + 1 : end].lstrip()
    if item in {"phone", "fax"}:
        return bool(re.match(r"[\d（(+０-９]", rest))
    return item == "address" and bool(rest) and not rest.startswith(("如", "欢迎", "或", "也", "请", "联系"))


def _value(printed: str, item: str) -> str:
    value = squeeze(narrow(printed))
    if item in {"phone", "fax"}:
        value = re.sub(r"\((?:兼?传真|电话/?传真|办公室|座机)\)", "", value)
        value = re.sub(r"[—–−―]", "-", value)
    value = value.strip("。.;,、:_ ")
    if item in _FIGURE_ITEMS and not any(letter.isdigit() for letter in value):
        return value if set(value) - set("xX*-_/()") else ""
    return value.strip("-_")
