"""Headings of top-level sections: whether a text is one, and of which section.

The vocabulary is grammars/sections.yaml. Whether a heading found here really is top-level in its
report is for the structure grammar to decide: a list in the prose may look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from linter.compiled import load_yaml
from linter.report.norm import SECTION_KEYS, TABLE_EDITIONS, section_specs, table_spec
from linter.report.wording import distance, fold, numeral, squeeze

Match = Literal["title", "alias", "variant", "part", "similar", "keyword", "unknown"]
NumeralStyle = Literal["chinese", "arabic", "roman", "part", "bracketed", ""]

_LONGEST_TITLE = 42
_LONGEST_PARAGRAPH = 400_000
_CHINESE = "〇零一二三四五六七八九十"
_NUMBERED = re.compile(
    rf"""\s*(?:
      第\s*(?P<part>[{_CHINESE}\s]{{1,5}}?|\d{{1,2}})\s*(?:部\s*分|章|篇)\s*[、.．：:，,]?
    | (?P<chinese>[{_CHINESE}](?:\s*[{_CHINESE}]){{0,2}}|[壹贰叁肆伍陆柒捌玖])\s*[、.．：:，,﹑､]
    | (?P<roman>[Ⅰ-Ⅻ])\s*[、.．：:，,]?
    | (?P<arabic>0[1-9](?=\s*[\u4e00-\u9fff])|\d{{1,2}}(?=\s*(?:[、．]|[.](?!\d))))\s*[、．.]?
    )\s*""",
    re.VERBOSE,
)
_BRACKETED = rf"\s*[（(]?\s*(?P<number>[{_CHINESE}]{{1,3}}|\d{{1,2}})\s*[)）]\s*[、.．]?\s*(?P<title>\S.*)"
# What may stand around a heading's wording without being another: the year, who reports, a remark.
_LEADING = (
    r"^(?:(?:\d{4}|[〇零○一二三四五六七八九]{4})\s*年\s*度?|本\s*年\s*度?|本\s*(?:机关|单位)|[我本]\s*[局委厅办院省市县区镇乡])+"
    r"\s*(?:的)?\s*"
)
_REMARK = r"\s*[（(][^（）()]*[)）]\s*$"
_BARE_NUMERAL = re.compile(rf"\s*([{_CHINESE}]{{1,3}})\s*(?=[^\s{_CHINESE}])")
# What a table of contents puts after a title.
_LEADER = re.compile(r"(?:\s*[.…·‥．。\-—_]{3,}\s*|\s*[\t]\s*|…+)[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_TRAILING = re.compile(r"[\s:：。.．;；,，、]+$")
_SENTENCE_SIGNS = frozenset("。；;！!？?")
_JOINING = str.maketrans("", "", "和与及")
# The last resort for a numbered heading in other words; the first that matches decides. Patterns not
# always needed are compiled when they are: start-up time counts.
_KEYWORDS: tuple[tuple[str, str, str | None], ...] = (
    (r"^(?:其他|其它|需要(?:报告|说明))", "others", None),
    (r"复议|诉讼", "disputes", None),
    (r"(?:问题|不足|困难).*(?:改进|措施|打算|方向|计划|安排)", "problems", None),
    (r"存在.*(?:问题|不足|困难)|主要(?:问题|不足)", "problems", "problems"),
    (r"改进|下一?步|今后|下年度|来年|努力方向", "problems", "improvements"),
    (r"主动公开.*(?:依申请|申请公开)", "", None),
    (r"依申请|申请公开|公开申请", "applications", None),
    (r"主动公开", "disclosure", None),
    (r"总体(?:工作)?情况|概述|概况|基本情况", "overview", None),
)


class Heading(NamedTuple):
    """A text that reads as a top-level heading.

    `number` is its numeral's value, written in `style`; `title` the words after it as printed.
    `key` is the section it names (None: a heading the norm does not know), `match` how its wording
    relates to the norm's: its title, an accepted alias, a known variant, the heading of a wrongly
    split-off `part` ("problems", "improvements"), a similar wording, or only a keyword in it.
    `contents`: it ends like a line of a table of contents.
    """

    number: int | None
    style: NumeralStyle
    title: str
    key: str | None
    match: Match
    part: str | None = None
    contents: bool = False

    @property
    def standard(self) -> bool:
        """Whether the wording is no fault of the report."""
        return self.match in {"title", "alias"}


class Wording(NamedTuple):
    """A known wording: the section it names and how."""

    key: str | None
    match: Match
    part: str | None = None


@lru_cache(maxsize=8192)
def fold_title(text: str) -> str:
    """A title for comparison: without blanks, punctuation and the words that join its parts."""
    return fold(text).translate(_JOINING)


@cache
def wordings() -> dict[str, Wording]:
    """Every known wording of a heading, as `fold_title` leaves it."""
    known: dict[str, Wording] = {}
    for title in load_yaml("grammars", "sections.yaml").get("older_headings", ()):
        known[fold_title(title)] = Wording(None, "variant")
    for spec in section_specs():
        for part, words in spec.parts.items():
            known |= {fold_title(word): Wording(spec.key, "part", part) for word in words}
    for spec in section_specs():
        known |= {fold_title(word): Wording(spec.key, "variant") for word in spec.variants}
        known |= {fold_title(word): Wording(spec.key, "alias") for word in spec.aliases}
    for spec in section_specs():
        known[fold_title(spec.title)] = Wording(spec.key, "title")
    return known


@cache
def _longest() -> int:
    return max(map(len, wordings()))


@cache
def _row_labels() -> frozenset[str]:
    """Labels of table rows that are numbered like sections (一、本年新收…)."""
    labels: set[str] = set()
    for edition in TABLE_EDITIONS:
        for block in table_spec("applications", edition).blocks:
            for row in block.rows:
                for text in (row.label, row.group):
                    match = _NUMBERED.match(text)
                    if match is not None and match.lastgroup == "chinese":
                        labels.add(fold_title(text[match.end() :]))
    return frozenset(labels)


@lru_cache(maxsize=1024)
def heading_key(text: str) -> Heading | None:
    """The heading that `text`, a line or a paragraph, is; None where it is none.

    A numbered text is one where it is short and no sentence; an unnumbered one only in a wording
    that the vocabulary knows.
    """
    text = text.strip()
    if not text or len(text) > 3 * _LONGEST_TITLE:
        return None
    body = _LEADER.sub("", text)
    contents = body != text
    match = _NUMBERED.match(body)
    if match is None:
        return _unnumbered(body, contents)
    style: NumeralStyle = match.lastgroup  # type: ignore[assignment]
    rest = body[match.end() :].strip()
    known = _numbered(rest, style)
    if known is None:
        return None
    title = _TRAILING.sub("", rest)
    return Heading(numeral(match[style]), style, title, known.key, known.match, known.part, contents)


def _numbered(rest: str, style: NumeralStyle) -> Wording | None:
    """What the words after a numeral name; None where they are no heading."""
    folded = fold_title(rest)
    if not folded or len(folded) > _LONGEST_TITLE or folded in _row_labels():
        return None
    known = wordings().get(folded)
    if known is not None or style == "arabic":
        return known
    known = wordings().get(fold_title(re.sub(_LEADING, "", re.sub(_REMARK, "", _TRAILING.sub("", rest)))))
    if known is not None and known.key is not None:
        return Wording(known.key, "alias") if known.match == "title" else known
    if not _SENTENCE_SIGNS.isdisjoint(_TRAILING.sub("", rest)) or _looks_like_row(folded):
        return None
    known = _similar(folded) or _by_keyword(folded, rest)
    if known is None and rest.endswith(("。", "；", ";")):
        return None
    return known or Wording(None, "unknown")


def _unnumbered(body: str, contents: bool) -> Heading | None:
    title = _TRAILING.sub("", body)
    if len(squeeze(title)) > _LONGEST_TITLE or body.endswith(("；", ";")):
        return None
    known = wordings().get(fold_title(title))
    if known is not None and known.key is not None:
        return Heading(None, "", title, known.key, known.match, known.part, contents)
    # 一总体情况: a numeral without its mark.
    bare = _BARE_NUMERAL.match(title)
    if bare is not None and (known := wordings().get(fold_title(title[bare.end() :]))) is not None:
        rest = title[bare.end() :].strip()
        return Heading(numeral(bare[1]), "chinese", rest, known.key, known.match, known.part, contents)
    return None


def bracketed_heading(text: str) -> Heading | None:
    """The heading that a line numbered （一） or 1) is where that is how a report numbers its sections;
    None for wordings that the vocabulary does not know."""
    if len(text) > 3 * _LONGEST_TITLE or (match := re.fullmatch(_BRACKETED, text.strip())) is None:
        return None
    title = _TRAILING.sub("", match["title"])
    known = wordings().get(fold_title(title))
    if known is None or known.key is None or known.match == "part":
        return None
    return Heading(numeral(match["number"]), "bracketed", title, known.key, known.match)


def listed_numbers(text: str) -> list[int]:
    """The numerals 一、二、 … with which a text, or a sentence in it, begins; none of table rows."""
    if "、" not in text:
        return []
    numbers: list[int] = []
    for match in _LISTED.finditer(text[:_LONGEST_PARAGRAPH]):
        number = numeral(match[1])
        if number is not None and not _looks_like_row(fold_title(text[match.end() : match.end() + 40])):
            numbers.append(number)
    return numbers


def _looks_like_row(folded: str) -> bool:
    return any(folded.startswith(label) for label in _row_labels())


@lru_cache(maxsize=1024)
def _similar(folded: str) -> Wording | None:
    """The section whose wording differs in a few characters only, and no other section as near."""
    best: dict[str, int] = {}
    for known, wording in wordings().items():
        if wording.key is None or wording.match == "part" or len(known) < 5:
            continue
        most = max(1, len(known) // 6)
        if (off := distance(folded, known, most)) <= most:
            best[wording.key] = min(off, best.get(wording.key, most))
    if not best:
        return None
    key = min(best, key=lambda name: (best[name], SECTION_KEYS.index(name)))
    if sum(off == best[key] for off in best.values()) > 1:
        return None
    return Wording(key, "similar")


def _by_keyword(folded: str, rest: str) -> Wording | None:
    if len(folded) > 30 or "，" in rest:
        return None
    for pattern, key, part in _KEYWORDS:
        if re.search(pattern, folded):
            return Wording(key, "part" if part else "keyword", part) if key else None
    return None


class Inner(NamedTuple):
    """A heading found inside a paragraph: its place (start, end) in the paragraph's text."""

    start: int
    end: int
    number: int


_INNER_NUMERAL = re.compile(rf"(?<![{_CHINESE}第（(])([{_CHINESE}]{{1,3}})\s*、")
_LISTED = re.compile(rf"(?:^|(?<=[。；;：:\s]))([{_CHINESE}]{{1,3}})\s*、")
_LETTER = re.compile(r"[^\s\u200b\ufeff]")
_SENTENCE_END = "。）)；;！!？?”」』．"
_LONGEST_OTHER = 64
# Words on which a heading outside the vocabulary ends (only where the numbering goes on with it).
_OTHER_TITLE = (
    r"[^，。；：、！？（）()《》“”\s\d]{2,28}?(?:情况|措施|事项|统计表|建设|概述|概况|问题)"
    r"(?=[\d（(一全我本按根据为指]|$)"
)


def inner_headings(text: str) -> Iterator[Inner]:
    """Headings that stand inside a paragraph whose lines ran together, in order.

    Each is a numeral, 、 and a known wording (the longest that fits). Parts enumerated one after
    another (…：一、总体情况；二、…) are no headings.
    """
    if "、" not in text:
        return
    text = text[:_LONGEST_PARAGRAPH]
    if _INNER_NUMERAL.search(text) is None:
        return
    places = [run.start() for run in _LETTER.finditer(text)]
    packed = "".join(_LETTER.findall(text))
    found: list[tuple[int, int, int]] = []
    for match in _INNER_NUMERAL.finditer(packed):
        number = numeral(match[1])
        end = _title_end(packed, match, found[-1][2] if found else 0)
        if end and number is not None and (not found or match.start() >= found[-1][1]):
            found.append((match.start(), end, number))
    for index, (start, end, number) in enumerate(found):
        if not _enumerated(packed, found, index):
            # A colon behind the title belongs to it, not to the text that follows.
            last = end if packed[end : end + 1] in {"：", ":"} else end - 1
            yield Inner(places[start], places[last] + 1, number)


def _title_end(packed: str, match: re.Match[str], last: int) -> int:
    """Where the title after a numeral ends, 0 where none is known there."""
    start = match.end()
    before = packed[match.start() - 1] if match.start() else "。"
    shortest = 2 if before in _SENTENCE_END else 4
    longest = 0
    known = wordings()
    letters = ""
    for end in range(start, min(len(packed), start + _longest() + 6)):
        letter = fold_title(packed[end])
        letters += letter
        if letter and len(letters) >= shortest and letters in known:
            longest = end + 1
    if longest:
        return longest
    if before in _SENTENCE_END and numeral(match[1]) == last + 1 > 1:
        other = re.match(_OTHER_TITLE, packed[start : start + _LONGEST_OTHER])
        if other is not None and fold_title(other[0]) not in _row_labels():
            return start + other.end()
    return 0


def _enumerated(packed: str, found: list[tuple[int, int, int]], index: int) -> bool:
    """Whether a heading is only named in a list of parts: the next or the last follows at once."""
    _, end, _ = found[index]
    follows = packed[end : end + 1]
    if follows and follows in "，,；;、和及":
        return True
    if index == 0:
        return False
    between = packed[found[index - 1][1] : found[index][0]]
    return 0 < len(between) <= 2 and not fold(between).strip("和及以") and between[-1] not in "。"
