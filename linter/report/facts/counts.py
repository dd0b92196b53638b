"""A figure with the words around it becomes a fact."""

from __future__ import annotations

import re
from typing import cast

from linter.report.facts.meaning import Sense, meaning_of, sense_of
from linter.report.facts.model import Claim, Fact, Kind, Quantity, Scope
from linter.report.facts.scope import subject_of
from linter.report.facts.state import Sentence, State
from linter.report.facts.tokens import Token
from linter.report.facts.vocabulary import Meaning

CASES = {"件", "条", "份", "个", "宗", "起", "例", "项", "次", "件次", "人次", None}
_PAPERS = {"件", "份", "个", "部", "项", "篇", None}
_PAPER_THINGS = {"normative", "regulations"}
_MONEY = {"元", "万元", None}
_UNITS = {
    "applications": CASES,
    "results": CASES,
    "disputes": CASES,
    "outcomes": CASES,
    "documents": _PAPERS,
    "disclosed": {"条", "件", "项", None},
}
_ANCHORS = {"applications.received", "applications.new", "applications.answered"}
_PARTS = {"results", "applicants", "channels", "outcomes"}
_CHANGE = re.compile(r"(增加|上升|提高|增长|提升|增|扩大|减少|下降|降低|缩短|压缩|精简|减|降)(?:到|至|为)")
_FROM = re.compile(r"(?:由|从)(?:上年度?|去年|上一年度?|\d{4}年度?|原来|原有|年初)?的?$")
_GROWING = {"增加", "上升", "提高", "增长", "提升", "增", "扩大"}
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
    sentence = state.sentence
    clause = state.clause
    text = sentence.text
    sense = sense_of(before, text)
    words = before
    if not sense.things and not sense.foreign and after:
        words = (*before, *after)
        sense = sense_of(words, text)
    if not sense.verbs and set(sense.things) & _PAPER_THINGS and not (sense.sort or sense.foreign):
        sense = sense._replace(classes=sense.classes | sentence.verbs)
    elif sense.verbs:
        sentence.verbs = sense.verbs
    value: Quantity = number.value
    subject = subject_of(words, text, state.issuer)
    if subject is not None and subject != sentence.subject:
        sentence.subject, sentence.leads = subject, False
        sentence.subject_of_part = is_part or sentence.whole is not None
    whole = sentence.whole
    if is_part and whole is not None and sentence.parts_unit is None:
        whole = sentence.whole = _fitting(state, whole, value)
    meaning = meaning_of(sense)
    key = sentence.former[1] if sentence.former else _key(state, sense, meaning, value, whole)
    named = sentence.subject is not None and sentence.subject.scope == "part"
    if key is not None and key == state.quantity(whole) and not named:
        key = None  # a part of what it is itself called: 其他答复
    family = meaning.family if meaning and key else None
    if key is not None and key.startswith("channel."):
        family = "channels"
    if value.unit is None and not value.percent and key is None:
        return
    if key is None and value.text[:1] == "一":
        return
    whole = _whole(state, key, family, value, whole, is_part, sense)
    goes_on = sense.verbs and sense.verbs <= {"answer", "closed"} and not sense.foreign
    if key is None and whole is None and goes_on:
        whole = _in_clause(state)
    scope = _scope(state, sense, key, family)
    kind = "last_year" if scope and scope[1] and _is_last(sentence, sense) else "count"
    if sentence.former:
        sentence.time, scope, kind = None, None, "count"
    change = _CHANGE.match(text, number.end)
    if change and _FROM.search(text, max(0, number.start - 8), number.start):
        sentence.former = ("growth" if change[1] in _GROWING else "decline", key)
        kind, scope = "last_year", ("part", "原")
    span = (words[0].start if before else number.start, max(number.end, words[-1].end if words else 0))
    what = _what(text, before, after)
    place = add(state, key, what, value, span, kind=kind, whole=whole, scope=scope)
    if kind == "last_year":
        return
    if sentence.former is not None:
        add(state, key, what, None, span, kind=sentence.former[0], whole=place, scope=scope)
        sentence.former = None
    sentence.counts.append(place)
    sentence.last_end = span[1]
    part_scope = scope is not None and scope[0] == "part"
    if whole is None and clause.depth == 0:
        sentence.tops.append(place)
        state.last_top = place
        if key in _ANCHORS and not part_scope:
            state.anchors["applications"] = place
    if key and key.startswith("disputes.") and family == "disputes":
        state.anchors["disputes"] = place
    if sentence.whole is not None and sentence.parts_unit is None:
        sentence.parts_unit, sentence.parts_family = value.unit or "", family


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


def _key(
    state: State,
    sense: Sense,
    meaning: Meaning | None,
    value: Quantity,
    whole: int | None,
) -> str | None:
    """The quantity, where the context bears it out."""
    sentence = state.sentence
    if meaning is None or value.percent or value.garbled:
        return None
    family, key = meaning.family, meaning.key
    if value.unit not in _UNITS.get(family, {value.unit}):
        return None
    about = state.quantity(whole if whole is not None else state.last_top)
    foreign_whole = whole is not None and not about
    speaks = "applications" in (state.topic, sentence.mention) or about.startswith("applications")
    if family == "applications":
        return _application_key(sense, key, about, foreign_whole, speaks)
    if family == "results":
        in_context = speaks or about.startswith(("result", "channel", "applicants"))
        in_context = in_context or sentence.asks
        return key if in_context and not foreign_whole and "information" not in sense.things else None
    if family in {"applicants", "channels"}:
        told = {"application", "request"} & sense.classes
        near = about.startswith(("applications", "applicants", "channel"))
        return key if (told and speaks) or (near and not foreign_whole) else None
    if family == "disputes":
        if sense.verbs & {"answer", "closed"} or key == "disputes.total":
            return None  # 复议、诉讼 3件: of both together, or of each
        in_context = sentence.matter or state.topic in {"applications", "disputes"}
        return key if in_context or about.startswith(("disputes", "applications", "result")) else None
    if family == "outcomes":
        anchor = state.quantity(whole) if whole is not None else ""
        if not anchor.startswith("disputes"):
            anchor = state.quantity(state.anchors.get("disputes"))
        return f"{'.'.join(anchor.split('.')[:2])}.{key}" if anchor.startswith("disputes") else None
    if family == "disclosed" and (sense.ahead or sense.sort):
        return None
    return None if key == "fees.collected" and value.unit not in _MONEY else key


def _application_key(sense: Sense, key: str, about: str, foreign_whole: bool, speaks: bool) -> str | None:
    if "application" in sense.things:
        return key
    if "request" in sense.things:
        return key if speaks and not foreign_whole and sense.sort is None else None
    if sense.things or foreign_whole:
        return None
    # A verb alone (办结 69件) goes on with what was counted before it.
    goes_on = about.startswith(("applications", "result", "channel", "applicants"))
    return key if goes_on or (speaks and not about) else None


def _whole(
    state: State,
    key: str | None,
    family: str | None,
    value: Quantity,
    whole: int | None,
    is_part: bool,
    sense: Sense,
) -> int | None:
    """The figure that this one is a part of; ends a list of parts where the text leaves it."""
    sentence = state.sentence
    if whole is not None and not is_part:
        first = sentence.parts_family
        if sentence.parts_unit is None:
            first = state.quantity(whole).split(".")[0]  # in brackets, without 其中
        leaves = family is not None and family not in _PARTS and family != first
        if family is None:
            held = state.facts[whole].value
            units = {held.unit if held else None, sentence.parts_unit}
            leaves = sentence.parts_unit is not None and value.unit not in units
        if leaves or sense.now:
            sentence.whole = whole = None
    if whole is not None:
        return whole
    if family in {"results", "applicants", "channels"}:
        return state.anchors.get("applications")
    if family == "outcomes":
        return state.anchors.get("disputes")
    return None


def _is_last(sentence: Sentence, sense: Sense) -> bool:
    return sense.last or (sentence.time is not None and sentence.time.terminal == "LAST" and not sense.now)


def _scope(
    state: State, sense: Sense, key: str | None, family: str | None
) -> tuple[Scope, str | None] | None:
    """The scope where the words narrow it; None for that of the sentence."""
    sentence = state.sentence
    text = sentence.text
    time = sentence.time
    carried = key in {"applications.carried_in", "applications.carried_out"}
    if _is_last(sentence, sense) and not carried:
        return "part", text[time.start : time.end] if time and time.terminal == "LAST" else "上年"
    if sense.period is not None:
        return "part", sense.period
    if time is not None and time.terminal == "PERIOD" and not sense.now:
        return "part", text[time.start : time.end]
    if sense.cumulative and not sense.now and not (time and time.terminal == "NOW"):
        return "part", "累计"
    if sense.sort and family in {"applications", "disputes", "documents", "decisions"}:
        return "part", sense.sort
    goes_on = family == "results" or key in {"applications.answered", "applications.carried_out"}
    if sentence.subject is None and state.doubt is not None and goes_on:
        return state.doubt.scope, state.doubt.text
    return None


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
