"""Typed tokens of a sentence: the words of the vocabulary, figures, marks, and what is left between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from linter.report.facts.quantities import Found, figure_at
from linter.report.facts.vocabulary import Word, vocabulary

_HALF = {ord(full): chr(ord(full) - 0xFEE0) for full in "０１２３４５６７８９．％ＡＢＣ－／"}
_HALF |= {ord("﹪"): "%", ord("\u3000"): " ", ord("\u00a0"): " "}
_FULL = re.compile("[０-９．％ＡＢＣ－／﹪\u3000\u00a0]")
_BLANKS = re.compile(r"\s+")
_TORN = re.compile(r"(?<![\d.,])\d(?:[^\S\n]\d)+(?![\d.,]|\s\d)")  # 1 0 2 件
_FIGURE_SIGNS = frozenset("0123456789零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾")
_NEVER_IN_A_NAME = "由为被共"
_COMPARING = "较比与同相"
_BREAKS = {
    "，": "COMMA",
    ",": "COMMA",
    "；": "STOP",
    ";": "STOP",
    "：": "COLON",
    ":": "COLON",
    "。": "STOP",
    "！": "STOP",
    "？": "STOP",
}
_BREAKS |= {"（": "OPEN", "(": "OPEN", "）": "CLOSE", ")": "CLOSE"}
_MARKS = _FIGURE_SIGNS | frozenset(_BREAKS) | frozenset("、《<hw各多少" + _COMPARING)
_YEAR = re.compile(r"((?:19|20)\d\d)年度?")
_DAY = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|末)?|底|末")
_ALL_YEAR = re.compile(r"1月(?:1日)?(?:至|到|[-—–])(?:同年)?12月(?:31日|底)?")
_COMPARED = re.compile(r"(?:较|比|与|同|相较于?)(?:19|20)\d\d年度?(?:同期)?(?:相比)?")
_MONTH = re.compile(r"\d{1,2}(?:月)?[-—–~～至到]\d{1,2}月份?|\d{1,2}月份?(?:\d{1,2}日)?")
_WHOLE_YEAR = {"1-12月", "1至12月", "1月至12月", "12月31日"}
_TITLE = re.compile(r"《[^》]*》?|<[^<>]{1,80}>|(?:https?://|www\.)[\w./?=&%#-]+")
_AFTER_UNIT = re.compile(r"代表|名义|负责|直接|各|牵头|会同|自行|全部")
_NOT_AFTER_UNIT = re.compile(
    r"主任|网|门户|领导|常务|工作报告|公报|文件|机构|信息|会议|负责人|班子|党组|系统|主管|人员|印发|关于|下发"
)
_FULL_UNITS = ("办公室", "办公厅", "政府办", "局", "委员会", "管委会", "街道办", "办事处", "服务中心")
_MORE = {"多": "up", "少": "down"}  # 比上年多 2件
_SHORTEST_NAME = 3
_LAST_OF_A_NAME = frozenset("站所馆院队部科股室办处校社会司署行台园村组团")
_NO_ORGANS = ("网站", "平台", "网上", "部分", "全部", "内部")
_BEFORE_A_NAME = frozenset(["COMMA", "STOP", "COLON", "AMONG", "ALSO", "NOW", "SEP", "OPEN"])
_BOUNDARY = frozenset("，。；、）),;和及")


class Token(NamedTuple):
    """A terminal with its class, the offsets in the compact text, and a figure where it is one."""

    terminal: str
    name: str
    start: int
    end: int
    value: Any = None


class Compact(NamedTuple):
    """A text without blanks, in half-width digits; `places` maps its offsets back."""

    text: str
    places: Sequence[int]


def compact(text: str) -> Compact:
    """`text` without blanks, save one between two digits, which are two figures."""
    if _FULL.search(text):
        text = text.translate(_HALF)
    if not _BLANKS.search(text):
        return Compact(text, range(len(text) + 1))
    torn = {place for found in _TORN.finditer(text) for place in range(*found.span())}
    parts: list[str] = []
    places: list[int] = []
    start = 0
    for blank in _BLANKS.finditer(text):
        first, end = blank.span()
        if first not in torn and text[first - 1 : first].isdigit() and text[end : end + 1].isdigit():
            first += 1
        parts.append(text[start:first])
        places.extend(range(start, first))
        start = end
    parts.append(text[start:])
    places.extend(range(start, len(text) + 1))
    # A line broken between digits is no end: the figures on both sides are in doubt.
    return Compact("".join(parts).replace("\n", " "), places)


def tokens_of(text: str, year: int | None) -> list[Token]:
    """The tokens of a sentence of a report on `year`."""
    words, starts = vocabulary().words, _starts()
    found: list[Token] = []
    place, gap, size = 0, 0, len(text)

    def close(end: int) -> None:
        if gap < end:
            within = found and text[gap:end] == "中"  # 90件申请中，
            found.append(Token("FILLER" if within else "WORDS", "", gap, end))

    while place < size:
        sign = text[place]
        if sign not in starts or (
            sign not in _MARKS and sign not in words and text[place : place + 2] not in words
        ):
            place += 1
            continue
        if sign in _BREAKS or sign == "、":
            close(place)
            found.append(Token(_BREAKS.get(sign, "SEP"), "mark" if sign == "、" else "", place, place + 1))
            place = gap = place + 1
            continue
        if (sign == "《" or sign in "<hw") and (title := _TITLE.match(text, place)):
            place = title.end()
            continue
        token = _token_at(words, text, place, year)
        if token is None and sign in _MORE and gap == place and found and found[-1].name == "compare":
            token = Token(_MORE[sign].upper(), _MORE[sign], place, place + 1)
        if token is None or token.terminal in {"DECOY", "NOTHING"}:
            place = token.end if token else place + 1
            continue
        close(token.start)
        found.append(token)
        place = gap = token.end
    close(size)
    return _with_actors(_with_units(found, text), text)


def _token_at(words: Any, text: str, place: int, year: int | None) -> Token | None:
    """The token that begins at `place`; NOTHING where digits stand there that count nothing."""
    sign = text[place]
    if sign in _COMPARING and (compared := _COMPARED.match(text, place)):
        return Token("COMPARE", "compare", place, compared.end())
    if sign == "各" and text[place + 1 : place + 2] in _FIGURE_SIGNS:
        return Token("ALL", "each", place, place + 1)
    if sign <= "9" and sign in _FIGURE_SIGNS and (token := _time_at(text, place, year)) is not None:
        return token
    word = _word_at(words, text, place)
    figure = figure_at(text, place) if sign in _FIGURE_SIGNS else None
    if word is not None and (figure is None or place + len(word.text) > figure.end):
        return Token(word.terminal, word.name, place, place + len(word.text))
    return _figure_token(figure, text, place) if figure is not None else None


def _figure_token(figure: Found, text: str, place: int) -> Token:
    counted = figure.quantity
    ends = text[figure.end : figure.end + 1] in _BOUNDARY | {""}
    if counted is None or not (counted.unit or counted.percent or ends):
        return Token("NOTHING", "", place, figure.end)
    return Token("PERCENT" if counted.percent else "NUM", "", place, figure.end, counted)


@cache
def _starts() -> frozenset[str]:
    """The signs with which a token may begin."""
    return _MARKS | {start[0] for start in vocabulary().words}


def _other_year(text: str, place: int, end: int, after: int) -> Token:
    """The year that ends at `end`, `after` the report's own."""
    if text.startswith(("以来", "起"), end):
        return Token("PERIOD", "period", place, end + 1)
    terminal, name = ("NEXT", "next") if after == 1 else ("LAST", "last")
    return Token(terminal, name, place, end, after)


def _word_at(words: Any, text: str, place: int) -> Word | None:
    for word in words.get(text[place : place + 2], ()):
        if text.startswith(word.text, place):
            return word  # type: ignore[no-any-return]
    single = words.get(text[place])
    return single[0] if single else None


def _time_at(text: str, place: int, year: int | None) -> Token | None:
    """A year as a token: the report's own, the one before or after it, or another."""
    if found := _YEAR.match(text, place):
        end, written = found.end(), int(found[1])
        if all_year := _ALL_YEAR.match(text, end):
            return Token("NOW" if written == year else "LAST", "now", place, all_year.end(), written)
        if date := _DAY.match(text, end):
            if date.group() not in {"底", "末", "12月31日", "12月底", "12月末"}:
                return Token("PERIOD", "period", place, date.end(), written)
            end = date.end()
        if year is None or written == year:
            end += 2 * text.startswith("以来", end)  # the year itself; of an earlier one a longer time
            return Token("NOW", "now", place, end, written)
        return _other_year(text, place, end, written - year)
    if found := _MONTH.match(text, place):
        whole = found.group().rstrip("份") in _WHOLE_YEAR
        return Token("NOW" if whole else "PERIOD", "period", place, found.end())
    return None


def _with_actors(tokens: list[Token], text: str) -> list[Token]:
    """Unknown words that begin a clause, name what may be an organ and are followed by what it did."""
    for index in range(len(tokens) - 1, 0, -1):
        last, start = tokens[index - 1], index - 1
        if (
            tokens[index].terminal != "VERB"
            or last.terminal != "WORDS"
            or text[last.end - 1] not in _LAST_OF_A_NAME
            or text.endswith(_NO_ORGANS, last.start, last.end)
        ):
            continue
        while start and tokens[start - 1].terminal == "WORDS":
            start -= 1
        begins = start == 0 or tokens[start - 1].terminal in _BEFORE_A_NAME
        if begins and last.end - tokens[start].start >= _SHORTEST_NAME:
            tokens[start:index] = [Token("UNIT", "unit", tokens[start].start, last.end)]
    return tokens


def _belongs_to_a_name(token: Token, text: str) -> bool:
    """Whether a word before 局, 办公室 … may be of the name, also the 计 of 审计局."""
    single = token.terminal == "FILLER" and token.end - token.start == 1
    return token.terminal == "WORDS" or (single and text[token.start] not in _NEVER_IN_A_NAME)


def _with_units(tokens: list[Token], text: str) -> list[Token]:
    """Names of organs put together: what stands before 局, 办公室 … belongs to the name."""
    if not any(token.terminal == "UNIT" for token in tokens):
        return tokens
    result: list[Token] = []
    for index, token in enumerate(tokens):
        if token.terminal != "UNIT":
            result.append(token)
            continue
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after and after.terminal in {"WORDS", "UNIT"} and not _AFTER_UNIT.match(text, after.start):
            full = text.endswith(_FULL_UNITS, token.start, token.end)
            if not full or after.terminal == "UNIT" or _NOT_AFTER_UNIT.match(text, after.start):
                result.append(Token("WORDS", "", token.start, token.end))
                continue
        start = token.start
        while result and result[-1].end == start and _belongs_to_a_name(result[-1], text):
            start = result.pop().start
        if start == token.start and token.end - token.start < 2:
            result.append(Token("WORDS", "", token.start, token.end))
        else:
            result.append(Token("UNIT", "unit", start, token.end))
    return result
