"""Figures in Chinese prose: digits, Chinese numerals, 万, approximations, percentages, amounts.

Text is expected without blanks and in half-width digits (see `tokens.compact`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from linter.report.facts.model import Quantity

# Counted units; the second kind only where none of these words is made with it (件数, 条例 …).
_PLAIN_UNITS = (
    "人次 批次 件次 场次 期次 家次 户次 篇次 条次 例次 亿元 万元 元 大类 大项 小项 项 篇 户 宗 张 册 则 幅 "
    "笔 堂 轮 套 卷 间 封 辆 座"
)
_GUARDED_UNITS = {
    "件": "数",
    "条": "例 件 款 龙",
    "个": "一 人 别 性 体 百分点 工作日 自然日 月 小时 季度 年",
    "份": "额",
    "部": "门 委 分 署",
    "期": "间 限 满 末",
    "场": "所 景",
    "家": "庭 长 园 乡 属",
    "起": "诉 草 到 来",
    "例": "如 行 会",
    "批": "准 复 示 评",
    "名": "称 单",
    "位": "置 于 一体",
    "组": "织",
    "类": "似",
    "种": "植",
    "款": "项",
    "栏": "目",
    "处": "理 罚 置 分 室 长",
    "通": "过 报 知 告",
    "本": "级 市 区 县 年 机关 单位 局 报告",
    "台": "账 风 湾",
    "支": "出 持 付 队",
    "次": "性 年 日 数 要 生",
    "人": "民 员 大 才 事 均 口 社 数",
    "所": "有 需 属",
    "单": "位 独",
    "字": "号",
}
_UNITS = dict.fromkeys(_PLAIN_UNITS.split(), ()) | {
    unit: tuple(following.split()) for unit, following in _GUARDED_UNITS.items()
}
_MORE = ("余", "左右", "以上", "以下", "以内", "上下", "不等", "多")
_TIMES = (
    "年|个?月|日(?!均)|天|周(?!年)|周年|岁|个?小时|分钟|秒|时(?!限)|点(?!击|位)|个?工作日|个自然日|个?季度|个百分点"
    "|届|级|楼|层|室|版|章|节|号|度|公里|海里|千米|米|平方|亩|公顷|吨|公斤|[A-Za-z]|[:/@_]|\\.[A-Za-z0-9]"
)
_NUMERALS = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_DIGITS = r"\d{1,3}(?:，\d{3})+(?=件|条|个|项|份|元|万元|人|次|篇)|\d+(?:,\d{3})*(?:\.\d+)?"
_PLAIN = re.compile(
    rf"(?P<number>{_DIGITS})(?P<more1>余|多|几)?(?P<scale>百万|千万|万亿|万(?!元)|亿(?!元)|千|百)?(?P<more2>余|多)?"
    r"(?P<percent>[%％])?"
)
_CHINESE = re.compile(rf"(?P<number>[{_NUMERALS}]+)(?P<more2>余|多|几|来)?")
_PARTS_OF_HUNDRED = re.compile(rf"百分之(?:(?P<digits>\d+(?:\.\d+)?)|(?P<number>[{_NUMERALS}点]+))")
_RANGE = re.compile(r"(?P<low>\d+)(?:[-—–~～至到])(?P<high>\d*)(?P<tail>-?)")
_ZERO = re.compile(r"零(?=$|[，。；、）),;和及])")
_SKIPPED = re.compile(
    r"[〔\[(（]\d{4}[〕\])）]\d*号?|\d{1,2}月\d{1,2}日?[-—–至到]\d{1,2}月?\d{0,2}日?|\d{1,2}月?[-—–~～至到]\d{1,2}月份?|\d{1,2}月(?:\d{1,2}日|份)?"
    r"|\d{4}[-—–~～至到]\d{4}(?:学?年度?)?|\d{3,4}-\d{7,8}|\d{2,}(?:[-:/]\d+)+(?![-\d]*(?:名|个|件|条|项|人))"
    rf"|\d+(?:\.\d+)?(?:多|余|几)?[万亿]?(?:{_TIMES})"
)
_SKIPPED_CHINESE = re.compile(rf"[{_NUMERALS}]+(?:多|余|几)?(?:{_TIMES}|个工作日)")
_APPROXIMATE_BEFORE = re.compile(
    r"(?:近|约|超|超过|逾|突破|将近|大约|至少|不少于|不低于|不超过|不足|最多|共约|上|达到近)$"
)
_ORDINAL_BEFORE = re.compile(r"[第A-Za-z〔\[#＃]$|[A-Za-z][-_]?$")
_NOT_A_COUNT_BEFORE = re.compile(r"[每某任同统唯逐单专这那另首哪第各万其上下前后]$")
_VALUE = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLAIN_SIGNS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}


class Found(NamedTuple):
    """What stands at a place: a figure, or (quantity None) digits that count nothing; `end` behind it."""

    quantity: Quantity | None
    end: int


def figure_at(text: str, place: int) -> Found | None:
    """The figure that begins at `place`, or None where the sign there begins no figure."""
    sign = text[place]
    if "0" <= sign <= "9":
        return _digits_at(text, place)
    if sign == "百" and (found := _PARTS_OF_HUNDRED.match(text, place)):
        digits = found["digits"]
        value = _number(digits) if digits else _percent_in_words(found["number"])
        return Found(Quantity(value, None, False, True, found.group()), found.end())
    return _numeral_at(text, place)


def _unit_at(text: str, place: int) -> tuple[str | None, bool, int]:
    """The unit at `place`, whether 余, 左右 … follows it, and where it ends."""
    for size in (2, 1):
        unit = text[place : place + size]
        following = _UNITS.get(unit)
        if following is not None and not text.startswith(following, place + size):
            end = place + len(unit)
            more = next((more for more in _MORE if text.startswith(more, end)), "")
            return unit, bool(more), end + len(more)
    return None, False, place


def _digits_at(text: str, place: int) -> Found:
    before = text[max(0, place - 4) : place]
    ordinal = _ORDINAL_BEFORE.search(before) is not None
    if found := _RANGE.match(text, place):
        unit, _, end = _unit_at(text, found.end())
        if unit is not None:
            return Found(None if ordinal else _range(found, unit, text[place:end]), end)
    found = _PLAIN.match(text, place)
    if found is None:
        return Found(None, place + 1)
    percent = bool(found["percent"])
    unit, more_after, end = (None, False, found.end()) if percent else _unit_at(text, found.end())
    skipped = _SKIPPED.match(text, place)
    if ordinal or (skipped and skipped.end() >= end):
        return Found(None, max(skipped.end() if skipped else 0, end))
    if text[end : end + 1].isspace() or text[place - 1 : place].isspace():
        return Found(None, end)  # 12 345件: torn, or two figures
    value = _number(found["number"])
    scale, more = found["scale"], found["more1"] or found["more2"] or more_after
    approximate = bool(more or scale or _APPROXIMATE_BEFORE.search(before))
    if scale:
        value = _whole(value * _SCALES[scale])
    return Found(Quantity(value, unit, approximate, percent, text[place:end]), end)


def _range(found: re.Match[str], unit: str, text: str) -> Quantity:
    low, high = int(found["low"]), int(found["high"] or 0)
    garbled = bool(found["tail"]) or high <= low
    return Quantity(low, unit, not garbled, False, text, garbled)


def _numeral_at(text: str, place: int) -> Found | None:
    before = text[max(0, place - 4) : place]
    found = _CHINESE.match(text, place)
    unit, more_after, end = _unit_at(text, found.end()) if found else (None, False, place)
    if found and unit is not None:
        counts = any(sign in _VALUE or sign == "十" for sign in found["number"].translate(_PLAIN_SIGNS))
        if _NOT_A_COUNT_BEFORE.search(before) or not counts:
            return Found(None, end)
        value = numeral(found["number"])
        if value is None:
            return None
        approximate = bool(found["more2"] or more_after or _APPROXIMATE_BEFORE.search(before))
        return Found(Quantity(value, unit, approximate, False, text[place:end]), end)
    if skipped := _SKIPPED_CHINESE.match(text, place):
        return Found(None, skipped.end())
    if before[-1:] in {"为", "是", "均"} and (zero := _ZERO.match(text, place)):
        return Found(Quantity(0, None, False, False, zero.group()), zero.end())
    return None


def numeral(text: str) -> int | None:
    """The value of a Chinese numeral (十二, 两百零三, 三万五千, 二〇二一), or None where it is none."""
    text = text.translate(_PLAIN_SIGNS)
    if all(sign in _VALUE for sign in text):
        return int("".join(str(_VALUE[sign]) for sign in text)) if len(text) > 1 else _VALUE[text]
    total = section = digit = 0
    last = 10**9
    for sign in text:
        if sign in _VALUE:
            digit = _VALUE[sign]
            continue
        if sign in "万亿":
            held = section + digit
            total = (total + held) * _SCALES[sign] if sign == "亿" else total + held * _SCALES[sign]
            section = digit = 0
            last = 10**9
            continue
        scale = 10 if sign == "十" else _SCALES[sign]
        if scale >= last:
            return None
        section += (digit or (1 if sign == "十" else 0)) * scale
        digit, last = 0, scale
    if digit and last > 10 and text[-2] != "零" and last != 10**9:
        digit *= last // 10  # 三百五 is 350
    return total + section + digit


def _percent_in_words(text: str) -> int | Decimal:
    left, point, right = text.partition("点")
    whole = 100 if left == "百" else numeral(left) or 0
    if not point:
        return whole
    return Decimal(f"{whole}.{''.join(str(_VALUE.get(sign, 0)) for sign in right)}")


def _number(text: str) -> int | Decimal:
    plain = text.replace(",", "").replace("，", "")
    return Decimal(plain) if "." in plain else int(plain)


def _whole(value: int | Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value
