"""Personal data in the text. What is found is shown masked: findings are passed on and kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import Stretch, bad_scope, stretches
from linter.checks.wording import joined
from linter.report.model import Report

_LONE = r"(?<![\dA-Za-z./_=&?-])(?P<data>{})(?![\dA-Za-z])"
# The first digit of a citizen's number, and the second digits that follow it.
_PROVINCES = {
    "1": "12345",
    "2": "123",
    "3": "1234567",
    "4": "123456",
    "5": "01234",
    "6": "12345",
    "7": "1",
    "8": "123",
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PRIVATE = ("申请人", "当事人", "原告", "村民", "居民", "来电人", "来信人", "投诉人", "举报人", "姓名")
_PUBLIC = (
    "联系",
    "电话",
    "热线",
    "咨询",
    "监督",
    "服务",
    "值班",
    "办公",
    "传真",
    "微信",
    "客服",
    "平台",
    "短信",
)
_NOT_A_NAME = frozenset("某姓先女氏同老总×村庄镇县区局社司厂店家组队院乡街屯寨湾沟营岗台桥口等")
_PERSONS = ("申请人", "原告", "上诉人", "信访人")
# Common family names that hardly begin another word.
_FAMILY = frozenset("李王张刘陈杨赵吴徐孙郭")
_NAME = (
    r"(?:申请人|原告|上诉人|信访人)(?:姓名)?[:：]?(?P<data>[李王张刘陈杨赵吴徐孙郭][\u4e00-\u9fff]{1,2}?)"
    r"(?=提出|申请|提交|要求|不服|起诉|诉我|诉本|诉区|诉县|诉市|向我|向本|等\s*\d|、[李王张刘陈杨赵吴徐孙郭][\u4e00-\u9fff]{1,2}(?:提出|申请|等))"
)


def identity_number(number: str) -> bool:
    """Whether 18 characters are a citizen's number: a province, a day of birth, and the right check digit."""
    if number[1] not in _PROVINCES.get(number[0], ""):
        return False
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not 1900 <= born.year <= 2100:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def card_number(number: str) -> bool:
    """Whether digits pass the check of bank cards (Luhn)."""
    doubled = [int(digit) * (2 if index % 2 else 1) for index, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


class _Sort(NamedTuple):
    """A sort of personal data: its names, what cheaply tells that a text holds none (so that nothing need be
    compiled), its expression, and what decides on a match in its text."""

    zh: str
    en: str
    may_hold: Callable[[str], bool]
    expression: str
    holds: Callable[[str, str, int], bool]


def _is_card(data: str, text: str, start: int) -> bool:
    before = text[max(0, start - 16) : start]
    return ("银行卡" in before or "卡号" in before) and card_number(data)


def _is_code(text: str, start: int) -> bool:
    """Whether the words before a number name it as that of a thing."""
    before = text[max(0, start - 14) : start]
    return any(word in before for word in _CODES) and "身份" not in before and "证件" not in before


_CODES = ("代码", "编码", "编号", "案号", "单号", "文号", "项目号", "条码", "备案号")


def _is_private(data: str, text: str, start: int) -> bool:
    begin = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    stops = [at for mark in "。；\n" if (at := text.find(mark, start)) >= 0]
    sentence = text[begin : min(stops, default=len(text))]
    if re.match(r"\s*[元万亿条件人次个户篇份吨平立多余]", text[start + len(data) :]):
        return False
    return any(word in sentence for word in _PRIVATE) or not any(word in sentence for word in _PUBLIC)


def _is_name(data: str, text: str, start: int) -> bool:
    del text, start
    # 陈述, 张贴, 王某 are no names; 李家庄 is a place.
    return not (_NOT_A_NAME & set(data[1:])) and data[:2] not in {"陈述", "陈诉", "张贴", "陈情"}


def _with(*marks: str) -> Callable[[str], bool]:
    return lambda text: any(mark in text for mark in marks)


def _may_name(text: str) -> bool:
    """Whether a family name stands near a word for a person."""
    rests = (rest for person in _PERSONS if person in text for rest in text.split(person)[1:])
    return any(_FAMILY & set(rest[:4]) for rest in rests)


_SORTS = {
    "identity_number": _Sort(
        "居民身份证号码",
        "identity number",
        _with("19", "20"),
        _LONE.format(r"\d{17}[\dXx]"),
        lambda data, text, start: identity_number(data) and not _is_code(text, start),
    ),
    "bank_card": _Sort(
        "银行卡号", "bank card number", _with("银行卡", "卡号"), _LONE.format(r"[3-6]\d{15,18}"), _is_card
    ),
    "mobile": _Sort(
        "手机号码",
        "mobile telephone number",
        _with("13", "14", "15", "16", "17", "18", "19"),
        _LONE.format(r"1[3-9]\d{9}"),
        _is_private,
    ),
    "name": _Sort("申请人姓名", "name of an applicant", _may_name, _NAME, _is_name),
}


class Parameters(NamedTuple):
    """The sorts looked for: identity_number, bank_card, mobile, name; and where."""

    sorts: tuple[str, ...]
    scopes: tuple[str, ...] = ("title", "lead", "sections", "tail")


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One failure for each sort, however often; a pass where nothing is."""
    texts = list(stretches(report, parameters.scopes))
    clean = True
    for name in parameters.sorts:
        sort = _SORTS[name]
        found = [item for stretch in texts for item in _found(sort, stretch)]
        if not found:
            continue
        clean = False
        shown = list(dict.fromkeys(masked for masked, _ in found))
        arguments = {
            "what": sort.zh,
            "what.en": sort.en,
            "found": joined(shown, most=3),
            "found.en": joined(shown, "en", most=3),
            "count": str(len(found)),
        }
        yield Verdict(Outcome.FAIL, found[0][1], arguments, item=name)
    if clean:
        yield Verdict(Outcome.PASS)


def _found(sort: _Sort, stretch: Stretch) -> Iterator[tuple[str, Place]]:
    text = stretch.text
    if not sort.may_hold(text):
        return
    for match in re.finditer(sort.expression, text):
        data, start = match["data"], match.start("data")
        if sort.holds(data, text, start):
            masked = mask(data)
            around = text[max(0, start - 16) : start] + masked + text[match.end("data") :][:8]
            yield masked, Place(stretch.section, location=stretch.location, excerpt=" ".join(around.split()))


def mask(data: str) -> str:
    """A number with its first three and last two signs left, a name with its first."""
    return (
        f"{data[:3]}{'*' * (len(data) - 5)}{data[-2:]}" if len(data) > 5 else data[0] + "*" * (len(data) - 1)
    )


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown sorts and scopes."""
    del editions
    for index, name in enumerate(parameters.sorts):
        if name not in _SORTS:
            yield ("sorts", index), f"没有“{name}”，可用的有：{'、'.join(_SORTS)}"
    for index, scope in enumerate(parameters.scopes):
        if reason := bad_scope(scope):
            yield ("scopes", index), reason


KIND = Kind(
    name="personal",
    parameters=Parameters,
    arguments=frozenset({"what", "found", "count"}),
    check=check,
    verify=verify,
)
