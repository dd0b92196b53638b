"""Facts out of a clause: counts, claims, shares and changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linter.report.automaton import Node
from linter.report.facts.claims import read_claim, read_none
from linter.report.facts.clauses import Clause, Phrase
from linter.report.facts.counts import add, add_count, last_count
from linter.report.facts.meaning import DISPUTES, sense_of
from linter.report.facts.scope import subject_of
from linter.report.facts.shares import add_change, add_changes, add_of, add_share, pieces
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
_TELLING = {"THING", "UNIT", "PART", "WORDS", "VERB"}
_SORTS = re.compile(r"(?:按|从|根据).{0,4}(?:申请|方式|渠道|类型|结果|来源|内容).{0,6}(?:分|看|划分|统计)$")
_LONGEST_NAME = 18


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
        _note_named(state, {token.name for token in words if token.terminal == "THING"})
    sentence.excepts = _is_exception(clause, sentence.text)
    is_part = opening is not None and opening.terminal == "AMONG"
    _note_subject(state, words, bool(statements), is_part or sentence.whole is not None)
    _note_time(sentence, clause)
    rest = words or _words_before(state, opening, statements)
    if rest is None:
        return
    for index, statement in enumerate(statements):
        following = statements[index + 1].rule if index + 1 < len(statements) else ""
        rest = _read_statement(state, statement, rest, following, is_part)
    _note_whole(sentence, clause, bool(statements), is_part, state)
    sentence.excepted = sentence.excepted or sentence.excepts


def _note_named(state: State, things: set[str]) -> None:
    """Keep what a clause without a figure names, for the figures of the next."""
    sentence = state.sentence
    disputes = things & DISPUTES
    sentence.dispute = f"disputes.{disputes.pop()}" if len(disputes) == 1 else None
    speaks = "applications" in (state.topic, sentence.mention)
    applications = things == {"application"} or (things == {"request"} and speaks)
    sentence.named = "applications.received" if applications else None


def _words_before(state: State, opening: Token | None, statements: list[Node]) -> tuple[Token, ...] | None:
    """The words before the bracket or colon that say what a bare figure counts (予以公开（35件）); None where
    it is read already.
    """
    host, begins = state.clause.host, state.clause.begins
    if begins == "COLON" and opening is None and [statement.rule for statement in statements] == ["figure"]:
        return host
    if begins != "OPEN" or not (host and statements):
        return ()
    if host[-1].terminal in {"LAST", "COMPARE"}:
        _add_former(state, statements[0])
        return None
    if all(token.terminal not in _TELLING for token in host):
        return ()
    _note_subject(state, host[-1:], False, True)
    return host


def _note_whole(sentence: Sentence, clause: Clause, states: bool, is_part: bool, state: State) -> None:
    """Begin a list of parts after 在 … 的 2026条信息中， and 按渠道分， and before a colon."""
    if not sentence.counts:
        return
    last = sentence.counts[-1]
    if not states and _SORTS.match(sentence.text, clause.start, clause.end):
        sentence.whole, sentence.parts_unit, sentence.parts_family = _received(state), None, None
    elif states and (sentence.text[clause.end - 1] == "中" or (clause.opens and not is_part)):
        sentence.whole, sentence.parts_unit, sentence.parts_family = last, None, None


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
    if statement.rule == "figure" and isinstance(number, Token):
        key = state.facts[last].quantity if last is not None else state.sentence.named
        what, span = state.facts[last].what if last is not None else "", (number.start, number.end)
        add(state, key, what, number.value, span, kind="last_year", scope=("part", "上年"))


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
    sentence, children = state.sentence, statement.children
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
        members = pieces(before, len(numbers))
        verbs = tuple(token for token in before if token.terminal == "VERB")
        if not before:
            members = [()] * len(numbers)
        for piece, number in zip(members, numbers, strict=False):
            own = piece if any(token.terminal == "VERB" for token in piece) else (*verbs, *piece)
            add_count(state, (*own, *after), number, (), is_part)
    elif rule == "same":
        for piece in pieces(before) or [()]:
            add_count(state, piece, numbers[0], after, is_part)
    else:
        _read_telling(state, statement, before, percents)
    return ()


def _read_telling(state: State, statement: Node, before: tuple[Token, ...], percents: list[Token]) -> None:
    """Read what is told without a count of its own: claims, shares, rates, changes."""
    sentence, clause = state.sentence, state.clause
    phrase = next((child for child in statement.children if isinstance(child, Phrase)), None)
    rule = statement.rule
    if rule == "none":
        read_none(state, before, phrase.tokens if phrase else (), statement)
    elif rule == "claim":
        read_claim(state, before, statement)
    elif rule in {"share", "rate"}:
        add_share(state, rule, before, percents[0], statement)
    elif rule == "shares":
        counts = sentence.counts[-len(percents) :]
        if len(counts) == len(percents):
            for count, percent in zip(counts, percents, strict=True):
                add_of(state, "share", percent, count, (percent.start, percent.end))
    elif rule == "percentage" and clause.depth and clause.begins == "OPEN" and not (before or phrase):
        last, percent = last_count(sentence), percents[0]
        if last is not None and last == len(state.facts) - 1 and percent.start - sentence.last_end <= 1:
            add_of(state, "share", percent, last, (percent.start, percent.end))
    elif rule == "changes":
        add_changes(state, before, statement, percents)
    elif rule == "change":
        add_change(state, before, statement)


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
