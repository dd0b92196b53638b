"""The parts that the lead-in says the report has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from linter.report.flow import Text, text_part
from linter.report.headings import fold_title, wordings
from linter.report.model import Announcement
from linter.report.wording import fold, numeral

_SENTENCE = re.compile(r"[^。\n]+")
_COUNT = re.compile(r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:个|大|项)?\s*(?:部\s*分|方面|章)")
_OPENING = re.compile(
    r"(?:包\s*括|包\s*含|内容为|分别为|分别是|主要有|组成[为是]?|分为|由)\s*[:：]?\s*|[:：]\s*"
)
_NUMERAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}|\d{1,2})\s*[是、.．]\s*|[（(][一二三四五六七八九十\d]{1,2}[)）]\s*"
)
_SEPARATOR = re.compile(r"\s*(?:[、，,；;]\s*(?:以及|及|和)?|以及|及|和)\s*")
_BETWEEN_QUOTES = re.compile(r"[”」』\"]\s*[、，,；;]?\s*(?:以及|及|和)?\s*[“「『\"]")
_QUOTE = re.compile(r"[“”「」『』\"]")
_LIST_ENDS = re.compile(
    r"等(?:情况|内容|方面)?|(?:共\s*)?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:个|大|项)?\s*(?:部\s*分|方面|章)|"
    r"(?:所)?组成|构成|共计|共$|$"
)
_LAST_WORDS = re.compile(
    r"(?:等(?:情况|内容|方面)?)?(?:共\s*)?(?:等\s*)?"
    r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:个|大|项)?\s*(?:部\s*分|方面|章).*$|"
    r"(?:所)?(?:组成|构成).*$|等$"
)
_PLAIN_SEPARATOR = re.compile(r"[、，,；;]|以及|(?<=情况)[和及]|(?<=事项)[和及]")
_PART_ENDS = (
    *("情况", "事项", "概述", "概况", "问题", "措施", "统计表", "附件", "附表"),
    *("打算", "说明", "建设", "工作"),
)


def read_announcement(texts: Sequence[Text]) -> Announcement | None:
    """The first sentence that lists at least three parts, or names their number."""
    for text in texts:
        for sentence in _SENTENCE.finditer(text.text):
            titles = _titles(sentence[0])
            known = sum(_is_known(title) for title in titles)
            count = _count(sentence[0])
            if len(titles) >= 3 and known >= 2:
                location = text_part(text, sentence.start(), sentence.end()).location
                return Announcement(tuple(titles), count, sentence[0].strip(), location)
            if (
                count is not None
                and re.search(r"(?:报告|全文|年报).{0,6}(?:共|由|分)", sentence[0])
                and not titles
            ):
                location = text_part(text, sentence.start(), sentence.end()).location
                return Announcement((), count, sentence[0].strip(), location)
    return None


def _count(sentence: str) -> int | None:
    match = _COUNT.search(sentence)
    return numeral(match["count"].replace("两", "二")) if match else None


def _is_known(title: str) -> bool:
    folded = fold_title(title)
    return folded in wordings() or folded.endswith(_long_wordings())


@cache
def _long_wordings() -> tuple[str, ...]:
    return tuple(known for known in wordings() if len(known) >= 4)


def _titles(sentence: str) -> list[str]:
    """The parts a sentence lists, behind the opening that gives most of them."""
    best: list[str] = []
    sentence = _QUOTE.sub("", _BETWEEN_QUOTES.sub("、", sentence))
    for opening in _OPENING.finditer(sentence):
        titles = _listed(sentence[opening.end() :])
        if sum(map(_is_known, titles)) > sum(map(_is_known, best)):
            best = titles
    return best


def _listed(text: str) -> list[str]:
    titles: list[str] = []
    place = 0
    while place < len(text):
        numbered = _NUMERAL.match(text, place)
        if numbered is not None:
            place = numbered.end()
        if titles and _LIST_ENDS.match(text, place) is not None:
            break
        end = _known_end(text, place) or _plain_end(text, place)
        title = _LAST_WORDS.sub("", text[place:end]).strip()
        if not fold(title):
            break
        titles.append(title)
        place = end
        separator = _SEPARATOR.match(text, place)
        if separator is None:
            break
        place = separator.end()
    return titles


def _known_end(text: str, start: int) -> int:
    """Where the longest known wording that begins here ends, if the list goes on or ends behind it."""
    known, letters, longest = wordings(), "", 0
    for end in range(start, min(len(text), start + 44)):
        letter = fold_title(text[end])
        letters += letter
        if letter and letters in known:
            after = end + 1
            if _SEPARATOR.match(text, after) or _LIST_ENDS.match(text, after):
                longest = after
    return longest


def _plain_end(text: str, start: int) -> int:
    """Where a part of unknown wording ends: at the separator behind a word that parts end on."""
    for separator in _PLAIN_SEPARATOR.finditer(text, start):
        if text[start : separator.start()].rstrip().endswith(_PART_ENDS) or separator[0] in "；;，,":
            return separator.start()
    return len(text)
