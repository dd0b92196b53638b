"""Facts out of a clause: counts, claims, shares and changes."""

from __future__ import annotations

from collections.abc import Sequence

from linter.report.automaton import Node
from linter.report.facts.claims import read_claim, read_none
from linter.report.facts.clauses import Clause, Phrase
from linter.report.facts.counts import add, add_count, last_count
from linter.report.facts.keys import CASES
from linter.report.facts.meaning import EMPTY, Sense, meaning_of, sense_of
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
    is_part = opening is not None and opening.terminal == "AMONG"
    _note_subject(state, words, bool(statements), is_part or sentence.whole is not None)
    _note_time(sentence, clause)
    rest = words
    for index, statement in enumerate(statements):
        following = statements[index + 1].rule if index + 1 < len(statements) else ""
        rest = _read_statement(state, statement, rest, following, is_part)
    if statements and sentence.counts and sentence.text[clause.end - 1] == "中":
        # 在 … 的 2026条信息中，
        sentence.whole, sentence.parts_unit, sentence.parts_family = sentence.counts[-1], None, None
    if clause.opens and sentence.counts and statements and not is_part:
        sentence.whole, sentence.parts_unit, sentence.parts_family = sentence.counts[-1], None, None


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
    sentence = state.sentence
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


def _rated(state: State) -> int | None:
    """The figure that a rate is told of: the last one, or the whole where that is one of its parts."""
    sentence = state.sentence
    last = last_count(sentence)
    if last is None:
        return None
    fact = state.facts[last]
    if fact.value is None or fact.value.unit not in CASES - {"个"}:
        return None
    return last if fact.whole is None or fact.what.startswith(_FINISHED) else fact.whole


def _add_share(state: State, rule: str, before: tuple[Token, ...], percent: Token, statement: Node) -> None:
    sentence = state.sentence
    sense = sense_of(before, sentence.text) if before else EMPTY
    whole = _sole(sentence, sense)
    if whole is not None and rule == "rate":
        whole = _rated(state)
    first = statement.children[0]
    start = before[0].start if before else first.start
    _add_of(state, "share" if rule == "share" else "rate", percent, whole, (start, percent.end))
    name = sentence.text[first.start : first.end]
    if rule == "rate" and percent.value.value == 100 and ("办结" in name or "答复" in name):
        read_claim(state, before, statement)


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
