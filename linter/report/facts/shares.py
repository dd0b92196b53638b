"""Shares, rates and changes: percentages told of a figure, or of a thing that they name."""

from __future__ import annotations

from linter.report.automaton import Node
from linter.report.facts.claims import read_claim
from linter.report.facts.counts import add, last_count
from linter.report.facts.keys import CASES
from linter.report.facts.meaning import EMPTY, Sense, meaning_of, sense_of
from linter.report.facts.model import Quantity
from linter.report.facts.state import Sentence, State
from linter.report.facts.tokens import Token

_FINISHED = ("办结", "答复", "已办结", "已答复", "办理完毕")
_SUMS = ("合计", "共计", "之和", "总共", "两项", "三项", "两者")


def pieces(words: tuple[Token, ...], count: int | None = None) -> list[tuple[Token, ...]]:
    """The members of an enumeration, parted by 、 or also by 和; the last `count`, or none where there are
    fewer.
    """
    found: list[tuple[Token, ...]] = []
    for marks in ({"mark"}, {"mark", "sep"}):
        pieces: list[list[Token]] = [[]]
        for token in words:
            if token.terminal == "SEP" and token.name in marks:
                pieces.append([])
            else:
                pieces[-1].append(token)
        found = [tuple(piece) for piece in pieces if piece]
        if len(found) == count:
            return found
    if count is None:
        return found
    return found[-count:] if len(found) > count else []


def _sole(sentence: Sentence, sense: Sense) -> int | None:
    """The figure that a change without a subject of its own is told of."""
    return None if sense.foreign else last_count(sentence)


def _rated(state: State, name: str) -> int | None:
    """The figure that a rate is told of: the last one, or the whole where that is one of its parts."""
    sentence = state.sentence
    last = last_count(sentence)
    if last is None:
        return None
    fact = state.facts[last]
    if fact.value is None or fact.value.unit not in CASES - {"个"}:
        return None
    finished = any(words in name for words in ("办结", "答复", "回复", "办理", "办复"))
    if fact.quantity is not None and not finished:
        return None  # the 解读率 of documents is none of their number
    if fact.quantity is None and any(
        state.quantity(place).startswith("applications") for place in sentence.counts
    ):
        return None
    return last if fact.whole is None or fact.what.startswith(_FINISHED) else fact.whole


def add_share(state: State, rule: str, before: tuple[Token, ...], percent: Token, statement: Node) -> None:
    """Add a share (占 40 %) or a rate (办结率 100 %) with what it is told of."""
    sentence = state.sentence
    sense = sense_of(before, sentence.text) if before else EMPTY
    first = statement.children[0]
    whole = _sole(sentence, sense)
    of_all = "均" in sentence.text[statement.children[0].start : percent.start]
    if whole is not None and rule == "rate":
        whole = None if of_all else _rated(state, sentence.text[first.start : first.end])
    start = before[0].start if before else first.start
    said = sentence.text[state.clause.start : first.start]
    named = _named(state, sense, whole, said) if rule == "share" else None
    if named is not None:
        add(state, named or None, "", percent.value, (start, percent.end), kind="share")
        return
    add_of(state, "share" if rule == "share" else "rate", percent, whole, (start, percent.end))
    name = sentence.text[first.start : first.end]
    if rule == "rate" and percent.value.value == 100 and ("办结" in name or "答复" in name):
        read_claim(state, before, statement)


def _named(state: State, sense: Sense, whole: int | None, said: str) -> str | None:
    """What a share that names its own thing is told of (无法提供的占 32 %): a key, "" where that is not
    certain; None where it is told of the figure before it.
    """
    if any(words in said for words in _SUMS):
        return ""  # 两项合计占 43 %
    if not sense.things and not sense.ahead:
        return None
    meaning = meaning_of(sense)
    if meaning is not None and whole is not None and state.quantity(whole) == meaning.key:
        return None
    asked = state.topic == "applications" or state.sentence.mention == "applications"
    fits = meaning is not None and meaning.family in {"results", "applicants", "channels"}
    return meaning.key if meaning is not None and fits and asked and not sense.sort else ""


def add_of(state: State, kind: str, percent: Token, whole: int | None, span: tuple[int, int]) -> None:
    """Add a percentage that is told of the fact `whole`."""
    sentence = state.sentence
    quantity = state.quantity(whole) or None
    what = state.facts[whole].what if whole is not None else sentence.text[span[0] : percent.start]
    subject = state.facts[whole] if whole is not None else None
    add(
        state,
        quantity,
        what,
        percent.value,
        span,
        kind=kind,
        whole=whole,
        scope=(subject.scope, subject.scope_text) if subject else None,
    )


def add_changes(state: State, before: tuple[Token, ...], statement: Node, percents: list[Token]) -> None:
    """行政复议、行政诉讼分别较上年下降 20 %、30 %."""
    name = next(c.name for c in statement.children if isinstance(c, Token) and c.terminal == "DIRECTION")
    kind = {"up": "growth", "down": "decline"}.get(name)
    members = pieces(before, len(percents))
    if kind is None or len(members) != len(percents):
        return
    for piece, percent in zip(members, percents, strict=True):
        meaning = meaning_of(sense_of(piece, state.sentence.text))
        span = (percent.start, percent.end)
        add(state, meaning.key if meaning else None, "", percent.value, span, kind=kind)


def add_change(state: State, before: tuple[Token, ...], statement: Node) -> None:
    """Add a growth or decline, and the figure of the year before where one is named."""
    sentence = state.sentence
    sense = sense_of(before, sentence.text) if before else EMPTY
    whole = _sole(sentence, sense)
    direction, amount, former = "", None, None
    for child in statement.children:
        if isinstance(child, Token) and child.terminal == "DIRECTION":
            direction = {"up": "growth", "down": "decline"}.get(child.name, "level")
        elif isinstance(child, Node) and child.rule == "amount":
            amount = child.children[0]
        elif isinstance(child, Node) and child.rule == "former":
            former = child.children[0]
    start = before[0].start if before else _start(statement)
    end = max((token.end for token in (amount, former) if token is not None), default=start)
    meaning = meaning_of(sense) if whole is None else None
    quantity = state.quantity(whole) or (meaning.key if meaning else None)
    if whole is None and sense.bare and not sentence.counts:
        quantity = sentence.named
    what = state.facts[whole].what if whole is not None else sentence.text[start : _start(statement)]
    if former is not None:
        add(
            state,
            quantity,
            what,
            former.value,
            (start, former.end),
            kind="last_year",
            scope=("part", "上年"),
        )
    value: Quantity | None = amount.value if amount else None
    add(state, quantity, what, value, (start, max(end, start + 1)), kind=direction, whole=whole)


def _start(node: Node) -> int:
    for child in node.children:
        if isinstance(child, Node):
            return _start(child)
        return int(child.start)
    return 0
