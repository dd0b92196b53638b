"""A figure with the words around it becomes a fact."""

from __future__ import annotations

import re
from typing import cast

from linter.report.facts.elliptical import among, carried_on, of_cases
from linter.report.facts.keys import key_of
from linter.report.facts.meaning import Sense, meaning_of, sense_of
from linter.report.facts.model import Claim, Fact, Kind, Quantity, Scope
from linter.report.facts.scope import is_issuer, subject_of
from linter.report.facts.state import Sentence, State
from linter.report.facts.tokens import Token
from linter.report.facts.vocabulary import Meaning

_PUBLISHED = {"normative", "regulations", "licensing", "penalties", "coercion"}
_ANCHORS = {"applications.received", "applications.new", "applications.answered"}
_PARTS = {"results", "applicants", "channels", "outcomes"}
_SORTED = {"applications", "disputes", "documents", "decisions"}
_OF_DOCUMENT = {"repeal": "repealed", "in_force": "in_force", "issue": "issued"}
_CARRIED_KEYS = {"applications.carried_in", "applications.carried_out"}
_BASES = {
    "results": {"applications.answered"},
    "applicants": {"applications.received", "applications.new"},
    "channels": {"applications.received", "applications.new"},
}
_CARRIED = {"carry_in", "carry_out", "carry"}
_CHANGE = re.compile(
    r"(增加|上升|提高|增长|提升|增|扩大|扩充|拓展|升|减少|下降|降低|缩短|压缩|压减|压降|缩减|精简|减|降)(?:到|至|为)"
)
_FROM = re.compile(r"(?:由|从)(?:上年度?|去年|上一年度?|\d{4}年度?|原来|原有|年初|年底)?的?$")
_GROWING = {"增加", "上升", "提高", "增长", "提升", "增", "扩大", "扩充", "拓展", "升"}
_THIS_YEARS = r"(?:全年|本年度?|当年|今年|年内)[^，。；]{0,8}累[计积]"
_DOUBTFUL = 3  # signs of unknown words before the verb, which may name another organ
_PARTY = ("作为被告", "作为被申请人")
_TRIVIAL = {"NOW", "FILLER", "SEP", "CONTEXT", "CUMULATIVE", "REGION", "SELF"}


def last_count(sentence: Sentence) -> int | None:
    """The last figure of the sentence."""
    return sentence.counts[-1] if sentence.counts else None


def add(
    state: State,
    quantity: str | None,
    what: str,
    value: Quantity | None,
    span: tuple[int, int],
    *,
    kind: str = "count",
    claim: str | None = None,
    whole: int | None = None,
    scope: tuple[Scope, str | None] | None = None,
) -> int:
    """Add a fact that stands at `span` of the sentence; gives its place."""
    sentence = state.sentence
    places = state.compact.places
    start = places[min(sentence.offset + span[0], len(places) - 1)]
    end = places[min(sentence.offset + span[1] - 1, len(places) - 1)] + 1
    subject = sentence.subject or state.subject
    named = scope or (subject.scope, subject.text)
    state.facts.append(
        Fact(
            quantity,
            what,
            value,
            cast(Claim, claim) if claim else None,
            named[0],
            named[1],
            state.section,
            state.passage,
            start,
            end,
            sentence.printed,
            state.location,
            whole,
            cast(Kind, kind),
            state.original[start:end],
        )
    )
    return len(state.facts) - 1


def add_count(
    state: State,
    before: tuple[Token, ...],
    number: Token,
    after: tuple[Token, ...],
    is_part: bool,
) -> None:
    """Add what a figure counts."""
    sentence, text = state.sentence, state.sentence.text
    value: Quantity = number.value
    words, sense = _counted_words(sentence, before, after)
    _note_organ(state, words, is_part)
    whole = sentence.whole
    if is_part and whole is not None and sentence.parts_unit is None:
        whole = sentence.whole = _fitting(state, whole, value)
    key, family = _quantity(state, sense, value, whole)
    if key is None and ((value.unit is None and not value.percent) or value.text == f"一{value.unit}"):
        return
    if key == "applications.answered" and not before and _beside_others(state, value):
        key, family = None, None
    other = family == "documents" and key is not None and key.endswith(("repealed", "in_force"))
    if whole is not None and not is_part and (other or _leaves(state, whole, family, value, sense)):
        sentence.whole = whole = None
    whole = _base(state, whole, family)
    if family == "outcomes" and key is not None:
        whole = _dispute(state, key.rpartition(".")[0])
    elif whole is None:
        whole = _implied_whole(state, sense, key, family)
    scope = _scope(state, sense, key, family)
    kind = "last_year" if scope and _is_last(sentence, sense) else "count"
    if sentence.former:
        sentence.time, scope, kind = None, None, "count"
    change = _CHANGE.match(text, number.end)
    if change and _FROM.search(text, max(0, number.start - 8), number.start):
        sentence.former = ("growth" if change[1] in _GROWING else "decline", key)
        key = key or (None if sense.things else sentence.named)
        sentence.former = (sentence.former[0], key)
        kind, scope = "last_year", ("part", "原")
    span = (words[0].start if before else number.start, max(number.end, words[-1].end if words else 0))
    what = _what(text, before, after)
    place = add(state, key, what, value, span, kind=kind, whole=whole, scope=scope)
    if kind == "last_year":
        return
    if sentence.former is not None:
        add(state, key, what, None, span, kind=sentence.former[0], whole=place, scope=scope)
        sentence.former = None
    sentence.last_end = span[1]
    _remember(state, place, family)


def _counted_words(
    sentence: Sentence, before: tuple[Token, ...], after: tuple[Token, ...]
) -> tuple[tuple[Token, ...], Sense]:
    """The words that say what is counted: those before the figure, and behind it where these do not."""
    words, sense = before, sense_of(before, sentence.text)
    if not sense.things and not sense.foreign and after:
        words = (*before, *after)
        sense = sense_of(words, sentence.text)
    elif sense.verbs == {"carry"} and not sense.last and any(token.terminal == "NEXT" for token in after):
        words = (*before, *after)
        sense = sense_of(words, sentence.text)  # 结转 17件至次年
    if not sense.verbs and set(sense.things) & _PUBLISHED and not (sense.sort or sense.foreign):
        sense = sense._replace(classes=sense.classes | sentence.verbs)  # 公开规章 13件，规范性文件 60件
    elif sense.verbs:
        sentence.verbs = sense.verbs
    return words, sense


def _note_organ(state: State, words: tuple[Token, ...], is_part: bool) -> None:
    sentence = state.sentence
    subject = subject_of(words, sentence.text, state.issuer)
    if subject is not None and subject != sentence.subject:
        sentence.subject, sentence.leads = subject, False
        sentence.subject_of_part = is_part or sentence.whole is not None


def _quantity(
    state: State, sense: Sense, value: Quantity, whole: int | None
) -> tuple[str | None, str | None]:
    """The key of what is counted, and its family."""
    sentence = state.sentence
    meaning = meaning_of(sense) or carried_on(state, sense, value) or among(state, sense, whole)
    if meaning is not None and meaning.key == "applications.answered" and of_cases(state, sense, whole):
        meaning = Meaning("closed", "outcomes", meaning.classes)
    key = sentence.former[1] if sentence.former else key_of(state, sense, meaning, value, whole)
    if (
        key is None
        and state.clause.depth
        and sense.last
        and not (sense.things or sense.verbs or sense.foreign)
    ):
        last = last_count(sentence)
        held = state.facts[last].value if last is not None else None
        if held is not None and held.unit == value.unit:
            return state.quantity(last) or None, None  # 同比增长 5 %（2022年为 60件）
    if sentence.excepts and not (sense.things or sense.verbs & _CARRIED):
        key = None  # 除 2件尚在办理外
    of_a_part = sentence.subject is not None and sentence.subject.scope == "part"
    if key is None or (key == state.quantity(whole) and not of_a_part):
        return None, None  # also a part of what it is itself called: 其他答复
    if key.startswith("channel."):
        return key, "channels"
    return key, meaning.family if meaning else None


def _base(state: State, whole: int | None, family: str | None) -> int | None:
    """What the parts add up to: applicants, channels to what was received, results to what was answered."""
    wanted = _BASES.get(family or "")
    if whole is None or wanted is None or state.quantity(whole) not in _ANCHORS | _CARRIED_KEYS - wanted:
        return whole
    if state.quantity(whole) in wanted:
        return whole
    better = (place for place in reversed(state.sentence.counts) if state.quantity(place) in wanted)
    other = None if state.quantity(whole) in _CARRIED_KEYS else whole
    return next(better, other if family == "results" else None)


def _remember(state: State, place: int, family: str | None) -> None:
    """Keep the figure for what follows: parts, shares, claims."""
    sentence, fact = state.sentence, state.facts[place]
    sentence.counts.append(place)
    if fact.whole is None and state.clause.depth == 0:
        sentence.tops.append(place)
        state.last_top = place
        if fact.quantity in _ANCHORS:
            state.anchors["applications"] = place
    if family == "disputes":
        state.anchors["disputes"], sentence.dispute = place, None
    if sentence.whole is not None and sentence.parts_unit is None:
        unit = fact.value.unit if fact.value else None
        sentence.parts_unit, sentence.parts_family = unit or "", family


def _beside_others(state: State, value: Quantity) -> bool:
    """Whether a bare figure (9件均已答复) may go on with another sort of thing: 收到来信 9件、申请 5件."""
    counted = (state.facts[place] for place in state.sentence.counts)
    return any(
        fact.quantity is None and fact.value is not None and fact.value.unit == value.unit for fact in counted
    )


def _fitting(state: State, whole: int, value: Quantity) -> int:
    """The whole of a list: the last figure before it, or an earlier one that shares the first part's unit."""
    sentence = state.sentence
    for place in (whole, *reversed(sentence.counts)):
        held = state.facts[place].value
        if held is not None and held.unit == value.unit:
            return place
    return whole


def _in_clause(state: State) -> int | None:
    """The figure before in the same clause: 43件建议已办结 37件."""
    sentence = state.sentence
    clause = state.clause
    last = last_count(sentence)
    places = state.compact.places
    begins = places[min(sentence.offset + clause.start, len(places) - 1)]
    return last if last is not None and state.facts[last].start >= begins else None


def _leaves(state: State, whole: int, family: str | None, value: Quantity, sense: Sense) -> bool:
    """Whether the text has left the list of the parts of `whole`."""
    sentence = state.sentence
    if sense.now:
        return True
    if family is None:
        held = state.facts[whole].value
        units = {held.unit if held else None, sentence.parts_unit}
        return sentence.parts_unit is not None and value.unit not in units
    first = sentence.parts_family
    if sentence.parts_unit is None:
        first = state.quantity(whole).split(".")[0]  # in brackets, without 其中
    return family not in _PARTS and family != first


def _implied_whole(state: State, sense: Sense, key: str | None, family: str | None) -> int | None:
    """The figure that this one is a part of by its nature, or by its clause."""
    if family in _PARTS:
        anchor = state.anchors.get("applications")
        return None if family == "results" and state.quantity(anchor) == "applications.new" else anchor
    goes_on = sense.verbs and sense.verbs <= {"answer", "closed"} and not sense.foreign
    return _in_clause(state) if key is None and goes_on else None


def _dispute(state: State, group: str) -> int | None:
    """The figure of the reviews or lawsuits whose outcome is told; what is told of next is theirs too."""
    state.sentence.dispute = group
    anchor = state.anchors.get("disputes")
    if state.quantity(anchor) == group:
        return anchor
    found = [place for place in state.sentence.counts if state.quantity(place) == group]
    if not found and anchor is not None:
        found = [place for place in range(anchor + 1) if state.quantity(place) == group]
        found = [place for place in found if state.facts[place].passage == state.passage]
    if found:
        state.anchors["disputes"] = found[-1]
        return found[-1]
    state.anchors.pop("disputes", None)
    return None


def _is_last(sentence: Sentence, sense: Sense) -> bool:
    return sense.last or (sentence.time is not None and sentence.time.terminal == "LAST" and not sense.now)


def _scope(
    state: State, sense: Sense, key: str | None, family: str | None
) -> tuple[Scope, str | None] | None:
    """The scope where the words narrow it; None for that of the sentence."""
    sentence = state.sentence
    text, time = sentence.text, sentence.time
    carried = key in {"applications.carried_in", "applications.carried_out"}
    goes_on = family == "results" or key in {"applications.answered", "applications.carried_out"}
    narrowed: str | None = None
    if _is_last(sentence, sense) and not carried:
        narrowed = text[time.start : time.end] if time and time.terminal == "LAST" else "上年"
    elif sense.period is not None:
        narrowed = sense.period
    elif time is not None and time.terminal == "PERIOD" and not sense.now:
        narrowed = text[time.start : time.end]
    elif sense.cumulative and _over_years(sentence, sense):
        narrowed = "累计"
    elif (
        sense.sort
        and family in _SORTED
        and not is_issuer(sense.sort, state.issuer)
        and not (sense.matter and sense.sort.startswith(_PARTY))
    ):
        narrowed = sense.sort
    elif (
        len(sense.ahead) >= _DOUBTFUL
        and family == "applications"
        and not carried
        and not sense.ahead.startswith(("按", "依", "根据"))
        and not any(token.terminal == "REGION" for token in sense.organs)
    ):
        narrowed = sense.ahead
    elif sentence.subject is None and state.doubt is not None and goes_on:
        return state.doubt.scope, state.doubt.text
    return ("part", narrowed) if narrowed else None


def _over_years(sentence: Sentence, sense: Sense) -> bool:
    """Whether 累计 counts more than the year: 截至年底累计 …, but not 全年累计 …."""
    if re.search(_THIS_YEARS, sentence.text):
        return False
    of_the_year = sense.now or (sentence.time is not None and sentence.time.terminal == "NOW")
    return "截至" in sentence.text or not of_the_year


def _what(text: str, before: tuple[Token, ...], after: tuple[Token, ...]) -> str:
    """The words counted: those behind the figure, or those before it without who and when."""
    words = [token for token in after if token.terminal != "SEP"]
    if words and any(token.terminal in {"WORDS", "THING"} for token in words):
        return text[words[0].start : words[-1].end]
    left = list(before)
    while left and left[0].terminal in _TRIVIAL:
        left.pop(0)
    while left and left[-1].terminal in {"FILLER", "SEP", "NOW"}:
        left.pop()
    return text[left[0].start : left[-1].end] if left else ""
