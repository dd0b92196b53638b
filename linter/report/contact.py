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
    "phone": ("联系电话", "咨询电话", "办公电话", "固定电话", "电话号码", "电话", "致电", "来电", "拨打"),
    "fax": ("传真号码", "传真电话", "传真"),
    "email": ("电子邮箱地址", "电子邮箱", "电子邮件", "电子信箱", "邮箱地址", "邮箱"),
    "any": ("联系方式", "联系办法"),
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
# What a form prints where the item is to be written.
_PROMPT = ("【", "（此处", "(此处")
_ALSO_FAX = re.compile(r"[（(]\s*(?:兼\s*)?传\s*真\s*[)）]")
_FIGURE_ITEMS = {"postcode", "phone", "fax"}
# What tells an item without a label of its own.
_EMAIL = r"[A-Za-z0-9][A-Za-z0-9._+-]*\s*@\s*[A-Za-z0-9-]+(?:\s*\.\s*[A-Za-z0-9-]+)+"
_NUMBER = (
    r"(?<![\d.\-])(?:[（(]0\d{2,3}[)）]\s*|0\d{2,3}\s*[-—－–]\s*|0\d{3})\d{7,8}(?:\s*(?:[-—－]|转)\s*\d{1,6})?(?![\d.])"
    r"|(?<![\d.\-])1[3-9]\d{9}(?!\d)"
)
_OF_OTHERS = r"(?:监\s*督|举\s*报|投\s*诉|传\s*真|热\s*线)[^，。；]{0,6}$"
_STREET = r"(?:[路巷弄]|街(?!道)|大道|\d\s*号|大厦|大楼|大院|\d\s*[楼室层]|村\S{0,4}组)"
_IN_BRACKETS = r"(?:联系|咨询|反映|垂询)[^，。；（(]{0,30}[（(](?P<list>[^（）()]{10,160})[)）]"
_SENT_TO = (
    r"(?:(?:来|致|发|去)\s*[函信]|来\s*访|邮\s*寄|寄\s*送|寄|前\s*往|送\s*达|递\s*交)\s*(?:至|到|往|于|[:：])\s*"
    r"(?P<place>[^，,。；;：:（()）]{2,40})"
    r"|(?:联系|通[讯信]|办公|邮寄|单位)?\s*地\s*址\s*(?:在|是|位于)?\s*(?P<named>[^，,。；;：:（()）]{2,40})"
)


def read_contact(texts: Sequence[Text]) -> Contact:
    """The contact items in `texts`; the first statement of each counts.

    One without a label of its own counts where there is none with one: an e-mail address or a
    telephone number with its area code, a place that letters are to be sent to.
    """
    found: dict[str, Statement] = {}
    for text in texts:
        for item, statement in _statements(text):
            found.setdefault(item, statement)
    stated = [squeeze(narrow(statement.text)) for statement in found.values()]
    wanted = {"address", "phone"} - found.keys()
    for text in texts:
        if not wanted and ("email" in found or "@" not in narrow(text.text)):
            continue
        for item, statement in _unlabelled(text):
            if squeeze(narrow(statement.text)) not in stated:
                found.setdefault(item, statement)
    return Contact(**found)


def _unlabelled(text: Text) -> Iterator[tuple[str, Statement]]:
    """Items that their own form tells."""
    for match in re.finditer(_IN_BRACKETS, text.text):
        yield from _listed(text, *match.span("list"))
    for match in re.finditer(_EMAIL, text.text):
        yield "email", _statement(text, match.span(), "email")
    for match in re.finditer(_NUMBER, text.text):
        if re.search(_OF_OTHERS, text.text[max(0, match.start() - 12) : match.start()]) is None:
            yield "phone", _statement(text, match.span(), "phone")
    for match in re.finditer(_SENT_TO, text.text):
        group = match.lastgroup or "place"
        if re.search(_STREET, match[group]) is None:
            continue
        yield "address", _statement(text, match.span(group), "address")
        postcode = re.match(r"[（(]\s*(?P<figures>[\d\s]{6,8})\s*[)）]", text.text[match.end() :])
        if postcode is not None:
            start, end = (match.end() + place for place in postcode.span("figures"))
            yield "postcode", _statement(text, (start, end), "postcode")


def _listed(text: Text, start: int, end: int) -> Iterator[tuple[str, Statement]]:
    """The items of a list (behind 联系方式, in brackets), each told by its form."""
    for part in re.finditer(r"[^，,、；;。（）()\s][^，,、；;。]*", text.text[start:end]):
        span = start + part.start(), start + part.end()
        words = part[0]
        if re.search(_EMAIL, words):
            yield "email", _statement(text, span, "email")
        elif re.fullmatch(r"[（(]?\s*\d{6}\s*[)）]?", words):
            yield "postcode", _statement(text, span, "postcode")
        elif sum(letter.isdigit() for letter in words) >= 5 and re.fullmatch(
            r"[\s\d（()）+\-—－–转/]+", words
        ):
            yield "phone", _statement(text, span, "phone")
        elif re.search(_STREET, words):
            yield "address", _statement(text, span, "address")


def _statement(text: Text, span: tuple[int, int], item: str) -> Statement:
    printed = text.text[slice(*span)]
    return Statement(_value(printed, item), printed.strip(), text_part(text, *span).location)


def _statements(text: Text) -> Iterator[tuple[str, Statement]]:
    labels = [match for match in _LABEL.finditer(text.text) if _is_label(match)]
    for place, match in enumerate(labels):
        item = _item_of(match)
        if not item:
            continue
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text.text)
        if item == "any" and re.match(r"[\d（(+]", text.text[match.end() : match.end() + 1]):
            item = "phone"
        if item == "any":
            yield from _listed(text, match.end(), _sentence_end(text.text, match.end(), end))
            continue
        start, end = _value_span(text.text, match.end(), end, item)
        printed = text.text[start:end]
        value = _value(printed, item)
        if not value or value.startswith(_PROMPT):
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
    end = _sentence_end(text, start, end)
    opened: list[int] = []
    for index in range(start, end):
        letter = text[index]
        if letter in "（(":
            opened.append(index)
        elif letter in "）)":
            if not opened:
                end = index
                break
            opened.pop()
        elif letter in "，," and not opened and not _goes_on(text, index, end, item):
            end = index
            break
    else:
        # A bracket left open holds what the next label is about, not this value.
        end = min([end, *opened])
    while end > start and text[end - 1] in " 　\t，,、；;。.":
        end -= 1
    return start, end


def _sentence_end(text: str, start: int, end: int) -> int:
    """The first mark in text[start:end] that ends every value, or `end`."""
    stop = _ENDS.search(text, start, end)
    return end if stop is None else stop.start()


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
