"""Statements without a figure: none, all done, in time, all upheld."""

from __future__ import annotations

import re

from linter.report.automaton import Node
from linter.report.facts.clauses import Phrase
from linter.report.facts.counts import add
from linter.report.facts.meaning import ASKED, OUTCOMES, RESULTS, sense_of
from linter.report.facts.model import Scope
from linter.report.facts.state import Sentence, State
from linter.report.facts.tokens import Token

_NONE_OF = {
    "application": "applications.received",
    "request": "applications.received",
    "review": "disputes.review",
    "litigation": "disputes.litigation",
    "litigation_direct": "disputes.litigation_direct",
    "litigation_after_review": "disputes.litigation_after_review",
    "fee": "fees.collected",
    "fee_notice": "fees.notices",
    "normative": "documents.normative.issued",
    "regulations": "documents.regulations.issued",
    "licensing": "decisions.licensing",
    "penalties": "decisions.penalties",
    "coercion": "decisions.coercion",
}
_CARRIED = {"carry_out": "applications.carried_out", "carry_in": "applications.carried_in"}
_RECEIVING = {"receive", "new", "occur", "issue", "collect", "charge", "send"}
_WISHED = re.compile(r"力争|争取|确保|避免|防止|杜绝|努力|[如若]|是否|目标")
_PAPERS = {"issue": "issued", "repeal": "repealed", "in_force": "in_force"}
_MONEY = {"collect", "charge", "send"}
_DECIDING = {"decide", "handle", "occur"}
_FITTING = {
    "normative": {*_PAPERS, "occur", "new"},
    "regulations": {*_PAPERS, "occur", "new"},
    "licensing": _DECIDING,
    "penalties": _DECIDING,
    "coercion": _DECIDING,
}
_AFTER = {
    "normative": {"issue", "occur"},
    "regulations": {"issue", "occur"},
    "fee": {"collect", "occur"},
    "review": {"occur"},
    "litigation": {"occur"},
}
_RECEIVED = ("applications.received", "applications.new", "applications.carried_in", "channel", "applicants")


def read_none(state: State, before: tuple[Token, ...], after: tuple[Token, ...], statement: Node) -> None:
    """未收到 …, 未发生 …、…: each thing named, unless more is said of it (行政复议被纠正)."""
    sentence = state.sentence
    text = sentence.text
    start = before[0].start if before else statement.children[0].start
    verbs = {token.name for token in after if token.terminal == "VERB"}
    if verbs and not any(token.terminal == "THING" for token in after):
        before, after = (), (*before, *after)  # 行政复议、行政诉讼均未发生
    said = text[state.clause.start : statement.children[0].start]
    if sentence.excepts or (sentence.excepted and not sentence.counts) or _WISHED.search(said):
        return
    for verb, carried in _CARRIED.items():
        if verb in verbs:
            span = (start, after[-1].end)
            add(state, carried, text[after[0].start : span[1]], None, span, kind="claim", claim="none")
            return
    if sense_of(before, text).foreign and any(token.terminal == "THING" for token in before):
        return
    for index, token in enumerate(after):
        key = _none_of(state, after, index, frozenset(verbs))
        if key is None:
            continue
        sort = _sort(after, index, text)
        if key.startswith("applications"):
            sort = sort or _asked_of(after[:index], text)
        sort = sort or _of_others(sentence, before, text)
        scope: tuple[Scope, str | None] | None = ("part", sort) if sort else None
        span, what = (start, token.end), text[token.start : token.end]
        add(state, key, what, None, span, kind="claim", claim="none", scope=scope)


def _none_of(state: State, words: tuple[Token, ...], index: int, verbs: frozenset[str]) -> str | None:
    """The key of the thing at `index`, where it is this that there was none of."""
    token, before = words[index], words[:index]
    key = _NONE_OF.get(token.name) if token.terminal == "THING" else None
    fits = key is not None and _ends(words, index) and verbs <= _FITTING.get(token.name, _RECEIVING)
    if not fits or _of_an_end(before):
        return None
    if token.name in {"normative", "regulations"}:
        done = [of for verb, of in _PAPERS.items() if verb in verbs]
        return f"documents.{token.name}.{done[0]}" if len(done) == 1 else None
    if token.name in {"request", "application"} and _of_a_dispute(before):
        return None
    if token.name == "request" and "applications" not in (state.topic, state.sentence.mention):
        return None
    return "applications.new" if "new" in verbs and key == "applications.received" else key


def _ends(words: tuple[Token, ...], index: int) -> bool:
    """Whether nothing more is said of the thing before the next mark of an enumeration."""
    for token in words[index + 1 :]:
        if token.terminal == "SEP":
            return True
        if token.name == "request" and words[index].name in {"review", "litigation"}:
            continue  # 行政诉讼的申请
        if token.terminal == "VERB" and token.name in _AFTER.get(words[index].name, ()):
            continue  # 规范性文件制发, 信息处理费收取
        if token.terminal in {"WORDS", "THING", "VERB", "UNIT"}:
            return False
    return True


def _of_a_dispute(words: tuple[Token, ...]) -> bool:
    """Whether the application that follows is one for review: 行政复议的申请."""
    return any(token.name in {"review", "litigation"} for token in words)


def _of_an_end(words: tuple[Token, ...]) -> bool:
    """Whether only those are spoken of that came to some end: 尚未审结的, 不予公开的."""
    marks = [index for index, token in enumerate(words) if token.terminal == "SEP"]
    own = words[marks[-1] + 1 :] if marks else words
    return any(token.name in OUTCOMES | RESULTS for token in own)


def _sort(words: tuple[Token, ...], index: int, text: str) -> str | None:
    """Unknown words right before the thing, which narrow it down."""
    parts: list[str] = []
    for token in reversed(words[:index]):
        if token.terminal in {"SEP", "THING", "VERB"}:
            break
        if token.terminal in {"WORDS", "PERIOD", "LAST", "UNIT", "PART"}:
            parts.insert(0, text[token.start : token.end])
    return "".join(parts) or None


def _of_others(sentence: Sentence, before: tuple[Token, ...], text: str) -> str | None:
    """Unknown words before the negation, which may name others, or the earlier time that is spoken of."""
    time = sentence.time
    if time is not None and time.terminal in {"LAST", "PERIOD"}:
        return text[time.start : time.end]
    unknown = [token for token in before if token.terminal == "WORDS"]
    return text[unknown[0].start : unknown[-1].end] if unknown else None


def _asked_of(words: tuple[Token, ...], text: str) -> str | None:
    """Whose or which applications alone are spoken of (法人提出的, 需要收费的)."""
    things = [token for token in words if token.terminal == "THING" and token.name in ASKED]
    if things and not {"natural_person", "legal"} <= {token.name for token in things}:
        return text[things[0].start : things[-1].end]
    verbs = [token for token in words if token.terminal == "VERB" and token.name not in _RECEIVING - _MONEY]
    return text[verbs[0].start : verbs[0].end] if verbs else None


def read_claim(state: State, before: tuple[Token, ...], statement: Node) -> None:
    """均已办结, 均在法定期限内答复, 均获维持, 办结率 100 %: of the figures before it."""
    sentence = state.sentence
    text = sentence.text
    words = _words(statement)
    names = {token.name for token in words}
    terminals = {token.terminal for token in words} | {
        child.terminal for child in statement.children if isinstance(child, Token)
    }
    if sentence.excepted or "rest" in {
        child.name for child in statement.children if isinstance(child, Token)
    }:
        return
    if any(token.terminal == "WORDS" for token in words):
        return
    sense = sense_of(before, text)
    own = {"application", "request"} & set(sense.things)
    if sense.foreign or (sense.things and not own and not {"review", "litigation"} & set(sense.things)):
        return
    start = before[0].start if before else statement.children[0].start
    end = max(token.end for token in (*words, *(c for c in statement.children if isinstance(c, Token))))
    if "UPHELD" in terminals:
        every = any(isinstance(c, Token) and c.terminal == "ALL" for c in statement.children)
        for dispute in _disputes(state, sense.things, every=every):
            add(state, dispute, "", None, (start, end), kind="claim", claim="all_upheld")
        return
    key = _applications(state, bool(own))
    if key is None or _of_a_part(state):
        return
    if "IN_TIME" in terminals:
        add(state, key, "", None, (start, end), kind="claim", claim="in_time")
    finished = names & {"closed"} or any(
        set(text[token.start : token.end]) & {"结", "完"} for token in words if token.name == "answer"
    )
    rate = statement.rule == "rate"
    answered = "answer" in names and "IN_TIME" not in terminals
    if key.startswith(_RECEIVED) and (finished or answered or rate):
        add(state, key, "", None, (start, end), kind="claim", claim="all_done")


def _of_a_part(state: State) -> bool:
    """Whether the clause counts what it says to be done: 其中 115件已按时办结."""
    places, sentence = state.compact.places, state.sentence
    begins = places[min(sentence.offset + state.clause.start, len(places) - 1)]
    counted = [state.facts[place] for place in sentence.counts[-1:]]
    return any(fact.start >= begins and (fact.whole is not None or not fact.quantity) for fact in counted)


def _words(statement: Node) -> list[Token]:
    words: list[Token] = []
    for child in statement.children:
        if isinstance(child, Phrase):
            words += child.tokens
        elif isinstance(child, Token) and child.terminal in {"IN_TIME", "UPHELD"}:
            words.append(child)
    return words


def _disputes(state: State, things: tuple[str, ...], *, every: bool) -> list[str]:
    """The disputes that 维持 is said of: those named; else the last one counted, and with 均 all counted
    since the last semicolon."""
    sentence = state.sentence
    named = [f"disputes.{thing}" for thing in ("review", "litigation") if thing in things]
    if named:
        return named
    found: list[str] = []
    places = state.compact.places
    stop = sentence.text.rfind("；", 0, state.clause.start) + 1
    begins = places[min(sentence.offset + stop, len(places) - 1)]
    for place in sentence.tops:
        if state.facts[place].start < begins:
            continue
        key = state.quantity(place)
        if key.startswith("disputes.") and key.count(".") == 1 and key not in found:
            found.append(key)
    last = state.quantity(sentence.counts[-1] if sentence.counts else state.last_top)
    if last.startswith("disputes.") and last.count(".") == 1 and last not in found:
        return [last]  # 其中 … 复议后起诉 2件，均获维持
    return (found if every else found[-1:]) if last.startswith("disputes.") else []


def _applications(state: State, named: bool) -> str | None:
    """What was received or answered, where the text speaks of applications last."""
    sentence = state.sentence
    last = sentence.tops[-1] if sentence.tops else (None if sentence.counts else state.last_top)
    key = state.quantity(last)
    if key == "applications.carried_in":
        before = [state.quantity(place) for place in sentence.tops[:-1]]
        key = next((each for each in reversed(before) if each.startswith("applications.")), "")
    if key.startswith(("applications.", "channel.", "applicants.")):
        return key
    if named and not sentence.counts:
        return "applications.received"
    return None
