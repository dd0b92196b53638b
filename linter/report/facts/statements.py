"""Facts out of a clause: counts, claims, shares and changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linter.report.automaton import Node
from linter.report.facts.claims import read_claim, read_none
from linter.report.facts.clauses import Clause, Phrase
from linter.report.facts.counts import add, add_count, last_count
from linter.report.facts.keys import CASES
from linter.report.facts.meaning import DISPUTES, EMPTY, Sense, meaning_of, sense_of
from linter.report.facts.model import Quantity
from linter.report.facts.scope import subject_of
from linter.report.facts.state import Sentence, State
from linter.report.facts.tokens import Token

_ACTING = (  # what an organ that acts is called
    "办公室",
    "办公厅",
    "政府办",
    "局",
    "委员会",
    "管委会",
    "街道办",
    "办事处",
    "政府",
    "厅",
    "服务中心",
    "街道",
)
_SUMS = ("合计", "共计", "之和", "总共", "两项", "三项", "两者")
_SORTS = re.compile(r"(?:按|从|根据).{0,4}(?:申请|方式|渠道|类型|结果|来源|内容).{0,6}(?:分|看|划分|统计)$")
_LONGEST_NAME = 18
_FINISHED = ("办结", "答复", "已办结", "已答复", "办理完毕")


def read_clause(state: State) -> None:
    """Add the facts that `clause` states."""
    sentence = state.sentence
    clause = state.clause
    if clause.tree is None:
        sentence.whole = None
        return
    head, *statements = clause.tree.children
    opening = next((part.children[0] for part in head.children if isinstance(part, Node)), None)
    phrase = next((part for part in head.children if isinstance(part, Phrase)), None)
    words = phrase.tokens if phrase else ()
    _open(state, opening)
    if not statements:
        named = {token.name for token in words if token.terminal == "THING"} & DISPUTES
        sentence.dispute = f"disputes.{named.pop()}" if len(named) == 1 else None
    sentence.excepts = _is_exception(clause, sentence.text)
    is_part = opening is not None and opening.terminal == "AMONG"
    _note_subject(state, words, bool(statements), is_part or sentence.whole is not None)
    _note_time(sentence, clause)
    rest = words
    if not words and statements and opening is None and clause.begins == "COLON":
        rest = clause.host if len(statements) == 1 and statements[0].rule == "figure" else ()
    elif not words and statements and clause.begins == "OPEN" and clause.host:
        if clause.host[-1].terminal in {"LAST", "COMPARE"}:
            _add_former(state, statements[0])
            return
        if any(token.terminal in {"THING", "UNIT", "PART", "WORDS", "VERB"} for token in clause.host):
            rest = clause.host  # 予以公开（35件）
            _note_subject(state, rest[-1:], False, True)
    for index, statement in enumerate(statements):
        following = statements[index + 1].rule if index + 1 < len(statements) else ""
        rest = _read_statement(state, statement, rest, following, is_part)
    sorts = not statements and _SORTS.match(sentence.text, clause.start, clause.end) is not None
    if (statements or sorts) and sentence.counts and (sorts or sentence.text[clause.end - 1] == "中"):
        # 在 … 的 2026条信息中，
        whole = _received(state) if sorts else sentence.counts[-1]
        sentence.whole, sentence.parts_unit, sentence.parts_family = whole, None, None
    elif clause.opens and sentence.counts and statements and not is_part:
        sentence.whole, sentence.parts_unit, sentence.parts_family = sentence.counts[-1], None, None

    sentence.excepted = sentence.excepted or sentence.excepts


def _received(state: State) -> int | None:
    """What was received, of the figures of the sentence."""
    wanted = {"applications.received", "applications.new"}
    return next((place for place in reversed(state.sentence.counts) if state.quantity(place) in wanted), None)


def _is_exception(clause: Clause, text: str) -> bool:
    """除 2件尚在办理外: not what stands before 外 is told of, but the rest."""
    begins = next((token for token in clause.tokens if token.terminal != "NOW"), None)
    return begins is not None and text.startswith("除", begins.start) and text[clause.end - 1] == "外"


def _add_former(state: State, statement: Node) -> None:
    """与 2022年（130件）相比: a figure of the year before for what was counted last."""
    last = last_count(state.sentence)
    number = statement.children[0]
    if statement.rule == "figure" and last is not None and isinstance(number, Token):
        fact, span = state.facts[last], (number.start, number.end)
        add(state, fact.quantity, fact.what, number.value, span, kind="last_year", scope=("part", "上年"))


def _open(state: State, opening: Token | None) -> None:
    """其中 and 包括 begin the parts of the figure before them; 另有 ends them."""
    sentence = state.sentence
    clause = state.clause
    if opening is None:
        return
    if opening.terminal == "ALSO":
        sentence.whole = None
    elif clause.depth == 0 or sentence.whole is None:
        before = last_count(sentence)
        if before is None and opening.name == "among" and not sentence.counts:
            before = state.last_top
        sentence.whole, sentence.parts_unit, sentence.parts_family = before, None, None


def _note_subject(state: State, words: Sequence[Token], stated: bool, part: bool) -> None:
    sentence = state.sentence
    first = next((token for token in words if token.terminal != "NOW"), None)
    if first is None or not _is_subject(first, sentence.text):
        return
    subject = subject_of(words if stated else (first,), sentence.text, state.issuer)
    if subject is not None:
        sentence.subject, sentence.leads = subject, True
        sentence.subject_of_part = part and subject.scope == "part"


def _is_subject(token: Token, text: str) -> bool:
    """Whether the first word of a clause is who acts in it."""
    if token.terminal == "UNIT":
        name = text[token.start : token.end]
        return name.endswith(_ACTING) and len(name) <= _LONGEST_NAME and "了" not in name
    return token.terminal in {"REGION", "SELF", "PART"}


def _note_time(sentence: Sentence, clause: Clause) -> None:
    compared = any(token.terminal == "COMPARE" for token in clause.tokens)
    for token in clause.tokens:
        if token.terminal == "NOW" or (token.terminal in {"LAST", "PERIOD"} and not compared):
            carried = token.terminal == "LAST" and any(
                each.name in {"carry", "carry_in"} for each in clause.tokens
            )
            if not carried:
                sentence.time = token


def _read_statement(
    state: State,
    statement: Node,
    before: tuple[Token, ...],
    following: str,
    is_part: bool,
) -> tuple[Token, ...]:
    """Read one statement with the words before it; gives the words left for the next."""
    sentence, clause = state.sentence, state.clause
    children = statement.children
    numbers = [child for child in children if isinstance(child, Token) and child.terminal == "NUM"]
    percents = [child for child in children if isinstance(child, Token) and child.terminal == "PERCENT"]
    phrase = next((child for child in children if isinstance(child, Phrase)), None)
    after = phrase.tokens if phrase else ()
    rule = statement.rule
    if rule == "figure":
        own, left = _divided(after, before, following in {"figure", "same", "each"}, sentence.text)
        add_count(state, before, numbers[0], own, is_part)
        return left
    if rule == "each":
        pieces = _pieces(before, len(numbers))
        verbs = tuple(token for token in before if token.terminal == "VERB")
        if not before:
            pieces = [()] * len(numbers)
        for piece, number in zip(pieces, numbers, strict=False):
            own = piece if any(token.terminal == "VERB" for token in piece) else (*verbs, *piece)
            add_count(state, (*own, *after), number, (), is_part)
    elif rule == "same":
        for piece in _pieces(before) or [()]:
            add_count(state, piece, numbers[0], after, is_part)
    elif rule == "none":
        read_none(state, before, after, statement)
    elif rule == "claim":
        read_claim(state, before, statement)
    elif rule in {"share", "rate"}:
        _add_share(state, rule, before, percents[0], statement)
    elif rule == "shares":
        counts = sentence.counts[-len(percents) :]
        if len(counts) == len(percents):
            for count, percent in zip(counts, percents, strict=True):
                _add_of(state, "share", percent, count, (percent.start, percent.end))
    elif rule == "percentage" and clause.depth and clause.begins == "OPEN" and not (before or after):
        last = last_count(sentence)
        if last is not None and last == len(state.facts) - 1 and percents[0].start - sentence.last_end <= 1:
            _add_of(state, "share", percents[0], last, (percents[0].start, percents[0].end))
    elif rule == "changes":
        _add_changes(state, before, statement, percents)
    elif rule == "change":
        _add_change(state, before, statement)
    return ()


def _divided(
    after: tuple[Token, ...], before: tuple[Token, ...], more: bool, text: str
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Words between two figures: those of the first, those of the second."""
    if not more or not after:
        return after, ()
    marks = [index for index, token in enumerate(after) if token.terminal == "SEP"]
    if marks:
        return after[: marks[0]] if marks[0] else (), after[marks[0] + 1 :]
    verbs = [index for index, token in enumerate(after) if token.terminal == "VERB"]
    if verbs and verbs[0] > 0:
        return after[: verbs[0]], after[verbs[0] :]
    sense = sense_of(before, text)
    return ((), after) if sense.things or sense.foreign or verbs else (after, ())


def _pieces(words: tuple[Token, ...], count: int | None = None) -> list[tuple[Token, ...]]:
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


def _add_share(state: State, rule: str, before: tuple[Token, ...], percent: Token, statement: Node) -> None:
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
    _add_of(state, "share" if rule == "share" else "rate", percent, whole, (start, percent.end))
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


def _add_of(state: State, kind: str, percent: Token, whole: int | None, span: tuple[int, int]) -> None:
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


def _add_changes(state: State, before: tuple[Token, ...], statement: Node, percents: list[Token]) -> None:
    """行政复议、行政诉讼分别较上年下降 20 %、30 %."""
    name = next(c.name for c in statement.children if isinstance(c, Token) and c.terminal == "DIRECTION")
    kind = {"up": "growth", "down": "decline"}.get(name)
    pieces = _pieces(before, len(percents))
    if kind is None or len(pieces) != len(percents):
        return
    for piece, percent in zip(pieces, percents, strict=True):
        meaning = meaning_of(sense_of(piece, state.sentence.text))
        span = (percent.start, percent.end)
        add(state, meaning.key if meaning else None, "", percent.value, span, kind=kind)


def _add_change(state: State, before: tuple[Token, ...], statement: Node) -> None:
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
