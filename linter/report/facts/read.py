"""The facts that a report's prose states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from linter.report.facts.clauses import clauses_of
from linter.report.facts.model import Fact
from linter.report.facts.scope import OWN, Subject
from linter.report.facts.state import Sentence, State
from linter.report.facts.statements import read_clause
from linter.report.facts.tokens import Token, compact, tokens_of
from linter.report.model import Section

_ENDS = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_FIGURES = re.compile(
    r"\d|百分之|零|[一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟][余多几]?"
    r"[件条个次人份项部篇期起宗名家例批场册元户张则处套]"
)
_NOTHING = re.compile(r"未|无|没|不存在")
_ALL = re.compile(r"均|全部|全都|都|皆|按时|按期|期限内|时限内|如期|维持")
_THINGS = re.compile(r"申请|公开费用|复议|诉讼|处理费|收费通知|结转|规章|规范性文件|行政[许处强]")
_DONE = re.compile(r"办结|答复|回复|办理|处理|办复|维持|审结|结案")
_STATISTICS = re.compile(r"计量单位|指标名称|勾稽关系")
_HEADING = re.compile(
    r"(?:([一二三四五六七八九十]+)、|[（(]([一二三四五六七八九十]+)[）)]|(\d{1,2})[.．、](?!\d)|[（(](\d{1,2})[）)]|([一二三四五六七八九十]是))"
)
_APPLICATIONS = re.compile(r"依申请|信息公开申请|公开申请|申请公开|收到和处理")
_DISPUTES = re.compile(r"复议|诉讼")
_RESULTS = re.compile(r"(?:答复|办理|处理)(?:结果|类型)")
_LONGEST_HEADING = 30
_INTENDED = ("力争", "争取", "计划", "拟", "预计", "打算", "目标", "将")
_PARTED = frozenset("、，；。和及")
_NEAR = 8  # signs between a figure and a bracket that tells of it
_TOPICS = {"applications": "applications", "disputes": "disputes"}


def read_facts(sections: Iterable[Section], issuer: str | None, year: int | None) -> tuple[Fact, ...]:
    """What the prose of `sections` states, in order.

    `issuer` tells this organ from others that are named, `year` this year's figures from earlier ones.
    """
    state = State(issuer, year)
    for section in sections:
        state.section = section.key
        state.topic, state.topic_level = _TOPICS.get(section.key or ""), 0
        if state.topic is None:
            state.topic = _topic_of(section.heading)
        state.planned = False
        for index, passage in enumerate(section.passages):
            state.passage, state.location = index, passage.location
            _read_passage(state, passage.text)
    return tuple(_without_doubles(state.facts))


def _without_doubles(facts: list[Fact]) -> list[Fact]:
    """The facts, without keys for parts of one whole that share one (信息不存在 41件，非本机关掌握 22件)."""
    found: dict[tuple[int, str], list[int]] = {}
    for place, fact in enumerate(facts):
        if fact.whole is not None and fact.quantity and fact.kind == "count" and fact.scope != "part":
            found.setdefault((fact.whole, fact.quantity), []).append(place)
    for places in found.values():
        if len({facts[place].value for place in places}) > 1:
            for place in places:
                facts[place] = facts[place]._replace(quantity=None)
    return facts


def _read_passage(state: State, text: str) -> None:
    state.original, state.compact = text, compact(text)
    state.subject, state.doubt, state.last_top = OWN, None, None
    state.anchors.clear()
    if state.section != "problems":
        state.planned = False
    for sentence in _sentences(state.compact.text):
        _note_heading(state, sentence.text)
        if state.planned or not _may_state(sentence.text):
            continue
        places = state.compact.places
        sentence.printed = text[
            places[sentence.offset] : places[sentence.offset + len(sentence.text)]
        ].strip()
        state.sentence = sentence
        _read_sentence(state)


def _sentences(text: str) -> Iterator[Sentence]:
    for found in _ENDS.finditer(text):
        yield Sentence(found.group(), found.start())


def _may_state(text: str) -> bool:
    if _STATISTICS.search(text):
        return False
    if _FIGURES.search(text):
        return True
    if _NOTHING.search(text) and _THINGS.search(text):
        return True
    return _ALL.search(text) is not None and _DONE.search(text) is not None


def _note_heading(state: State, text: str) -> None:
    """Take the topic from a sub-heading that begins the sentence, or is all of it."""
    found = _HEADING.match(text)
    if found is None:
        return
    state.subject, state.doubt = OWN, None
    level = next(index for index, group in enumerate(found.groups(), 1) if group)
    title = text[found.end() : found.end() + _LONGEST_HEADING]
    topic = _topic_of(re.split(r"[。，：；]", title)[0])
    if topic is not None:
        state.topic, state.topic_level = topic, level
    elif level <= state.topic_level or (
        state.topic_level == 0 and level <= 2 and state.section not in _TOPICS
    ):
        state.topic, state.topic_level = _TOPICS.get(state.section or ""), 0


def _topic_of(title: str) -> str | None:
    if _APPLICATIONS.search(title):
        return "applications"
    return "disputes" if _DISPUTES.search(title) else None


def _read_sentence(state: State) -> None:
    sentence = state.sentence
    tokens = tokens_of(sentence.text, state.year)
    tokens = _without_plans(state, tokens)
    if not tokens:
        return
    if _APPLICATIONS.search(sentence.text):
        sentence.mention = "applications"
    sentence.matter = any(token.terminal == "CONTEXT" for token in tokens) or sentence.mention is not None
    sentence.asks = any(token.name == "request" for token in tokens) or bool(_RESULTS.search(sentence.text))
    outer: list[tuple[int | None, str | None, str | None, Subject | None]] = []
    depth = 0
    for clause in clauses_of(tokens):
        while clause.depth > depth:
            listed = (sentence.whole, sentence.parts_unit, sentence.parts_family)
            outer.append((*listed, sentence.subject))
            host = sentence.counts[-1] if sentence.counts else None
            between = sentence.text[sentence.last_end : clause.start]
            near = host is not None and len(between) <= _NEAR and _PARTED.isdisjoint(between)
            sentence.whole, sentence.parts_unit, sentence.parts_family = host if near else None, None, None
            depth += 1
        while clause.depth < depth:
            sentence.whole, sentence.parts_unit, sentence.parts_family, subject = outer.pop()
            if subject is None or sentence.subject is None or sentence.subject.scope == "part":
                sentence.subject = subject  # a unit named in brackets has no more than these
            depth -= 1
        state.clause = clause
        read_clause(state)
    if sentence.subject is not None:
        if sentence.subject_of_part:
            state.doubt = sentence.subject
        elif sentence.leads:
            state.subject, state.doubt = sentence.subject, None


def _without_plans(state: State, tokens: list[Token]) -> list[Token]:
    """The tokens before a plan begins; what follows 下一步 or next year's date stays a plan."""
    sentence = state.sentence
    for index, token in enumerate(tokens):
        if token.terminal == "NEXT" and token.value is not None:
            near = tokens[max(0, index - 3) : index + 3]
            intended = index > 0 and sentence.text.endswith(_INTENDED, 0, token.start)
            if (index > 0 and not intended) or any(each.name in {"carry", "carry_out"} for each in near):
                continue
            state.planned = True
            return []
        if token.terminal == "PLAN":
            words = sentence.text[token.start : token.end]
            if words in {"下一步", "下步", "今后"} and index <= 3:
                state.planned = True
            return tokens[:index]
    return tokens
