"""What a web page states of itself: its meta tags, and the block of particulars by the title.

The systems that government sites run on write that block as a table, a definition list, list items or
spans, and name its items with much the same words; only the order of the texts counts here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from linter.document.dates import iso_date
from linter.document.htmlgrid import clean
from linter.document.lines import BLANKS

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = {
    "title": ("articletitle", "dc.title", "og:title"),
    "published": ("pubdate", "publishdate", "dc.date", "article:published_time", "publishtime"),
    "publisher": ("contentsource", "publisher", "dc.publisher"),
}
_LABELS = {
    "index": "索引号|索取号|信息索引",
    "number": "发文字号|发文文号|公文文号|文件编号|文号",
    "published": "发布日期|发布时间|公开日期|公开时间|上网日期|上网时间|发布于",
    "made": "成文日期|成文时间",
    "generated": "发文日期|发文时间|生成日期|生成时间",
    "publisher": "发布机构|发布单位|公开机构|公开主体|公开单位|公开责任部门|发文机关|发文机构"
    "|信息来源|文章来源|稿源|来源",
    "validity": "有效性|时效性|是否有效|效力状态|信息有效性|公文时效",
    "title": "信息名称|公文名称|文件名称|标题|名称",
    "other": "主题分类|信息分类|公文种类|体裁分类|组配分类|服务对象|公开方式|公开时限|公开范围|公开类别"
    "|公开形式|主题词|关键词|关键字|内容概述|内容概览|分类|类别|作者|编辑|责任编辑|浏览次数|浏览量|点击数|阅读次数|阅读量|访问量|字体大小|字体|字号"
    "|失效日期|失效时间|生效日期|生效时间|更新日期|更新时间|印发日期|印发时间|修改日期|视力保护色|保护视力色|打印|分享到|分享|日期|时间",
}
_KEY_OF = {word: key for key, words in _LABELS.items() for word in words.split("|")}
# The labels with the blanks that justify them in a column (索 引 号), longest first.
_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])[\[【［]?("
    + "|".join(r"[ \u3000\u00a0]*".join(word) for word in sorted(_KEY_OF, key=len, reverse=True))
    + r")[ \u3000\u00a0]*[\]】］]?(?:[ \u3000\u00a0\n]*[:：]|(?=[ \u3000\u00a0]*\n)|(?<=[\]】］]))"
)
_UNLABELLED = re.compile(
    r"(?:发布于|(?<![\u4e00-\u9fff])(?:时间|日期))\s*[:：]?\s*((?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})"
)
_ORGAN = re.compile(r"[\u3400-\u9fff（）()·A-Za-z]{2,40}")
_NOTHING = re.compile(r"[\s/／—\-–无暂]*")
_REACH = 120
_FEW = 3
_FAR = 20_000
"""Characters around a text in which its particulars are looked for."""
_LONGEST = 1500
_LONGEST_VALUE = 60
_COMPACT_DAY = re.compile(r"\s*((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")


def meta_tags(root: _Element) -> dict[str, str]:
    """Title, day of publication and publisher by the page's meta tags."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        content = clean(element.get("content") or "")
        for key, names in _NAMES.items():
            if name in names and content and key not in found:
                value = _day(content) if key == "published" else content
                if value:
                    found[key] = value
    return found


def particulars(texts: Iterable[str]) -> dict[str, str]:
    """The items of the block of particulars: keys of a Document's metadata; `texts` in page order."""
    text = "\n".join(texts)
    if len(text) > _FAR:
        text = f"{text[: _FAR // 2]}\n{text[-_FAR // 2 :]}"
    found: dict[str, str] = {}
    labels = list(_LABEL.finditer(text))
    for place, label in enumerate(labels):
        key = _KEY_OF[_key(label)]
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        value = _value(text[label.end() : min(end, label.end() + _REACH)], key)
        if value and key != "other" and key not in found:
            found[key] = value
    if "published" not in found:
        bare = _UNLABELLED.search(text)
        day = iso_date(bare.group(1)) if bare else None
        if day:
            found["published"] = day
    generated = found.pop("generated", None)
    if "published" not in found and generated:
        found["published"] = generated
    return found


def _value(text: str, key: str) -> str:
    if key in ("published", "made", "generated"):
        # The day right after the label: one further on belongs to something else.
        return _day(text[:30])
    line = next((line for line in text.split("\n") if line.strip(BLANKS)), "").strip(BLANKS)
    if key == "publisher":
        organ = _ORGAN.match(line)
        return organ.group() if organ else ""
    value = re.split(r"\s{2,}|\u3000|[|｜]", line)[0].strip(BLANKS + "[]【】")
    return "" if _NOTHING.fullmatch(value) else value


def _day(text: str) -> str:
    return iso_date(_COMPACT_DAY.sub(r"\1-\2-\3", text)) or ""


def particulars_span(texts: Sequence[str]) -> slice | None:
    """Which of the texts, those of the first or last blocks of a page, are the block of particulars.

    Several of its labels in a row, each with its value in the same text or the next.
    """
    begin = end = None
    keys: set[str] = set()
    for index, text in enumerate(texts):
        found = _LABEL.match(text + "\n")
        if found is None or "。" in text or len(text) > _LONGEST:
            continue
        if begin is None or end is None or index > end + 1:
            if len(keys) >= _FEW:
                break
            begin, keys = index, set()
        keys |= {_key(label) for label in _LABEL.finditer(text + "\n")}
        end = index + 1
        if found.end() >= len(text) and _key(found) != "title" and end < len(texts):
            following = texts[end]
            end += _LABEL.match(following + "\n") is None and len(following) <= _LONGEST_VALUE
    if begin is None or len(keys) < _FEW:
        return None
    return slice(begin, end)


def _key(label: re.Match[str]) -> str:
    return re.sub(r"[ \u3000\u00a0]", "", label.group(1))


def merged(tags: dict[str, str], block: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What tags and block state together, and a note where they name different days.

    A page that was moved carries the day of the move in one of the two, so the earlier day is taken.
    """
    result = {**block, **tags}
    days = sorted({day for day in (tags.get("published"), block.get("published")) if day})
    if not days:
        return result, ()
    result["published"] = days[0]
    if len(days) == 1:
        return result, ()
    return result, (f"网页标签与页面所示的发布日期不同（{days[0]}、{days[1]}），按较早的一个",)
