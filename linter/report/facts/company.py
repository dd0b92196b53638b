"""Words that carry their meaning only in company: 均 with 办结, 未 with 申请, 占 with a percentage."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from linter.report.facts.tokens import Token

_DONE = {"answer", "closed", "handle"}
_DIRECTIONS = {"UP", "DOWN", "FLAT"}
_FAR = 1000
_NEAR = 4

# Terminal → how many tokens ahead to look, and what must be found there.
_COMPANY: dict[str, tuple[int, Callable[[Token], bool]]] = {
    "NEG": (_FAR, lambda token: token.terminal == "THING" or token.name in {"carry_out", "carry_in"}),
    "ALL": (_FAR, lambda token: token.terminal in {"UPHELD", "NUM"} or token.name in _DONE),
    "IN_TIME": (_FAR, lambda token: token.name in _DONE),
    "EACH": (3, lambda token: token.terminal in {"NUM", "PERCENT"}),
    "SHARE": (6, lambda token: token.terminal == "PERCENT"),
    "RATE": (6, lambda token: token.terminal == "PERCENT"),
}


def in_company(tokens: Sequence[Token], compared: bool) -> list[Token]:
    """The tokens of a clause, those that stand alone turned into plain words.

    `compared`: the clause before it was no more than 与上年相比.
    """
    result: list[Token] = []
    for index, token in enumerate(tokens):
        terminal = token.terminal
        if terminal in _DIRECTIONS:
            terminal = "DIRECTION" if compared or _begins_a_change(tokens, index) else "WORDS"
        elif terminal == "COMPARE":
            again = compared and any(each.terminal == "COMPARE" for each in result)
            compared, terminal = True, "FILLER" if again else terminal  # 与上年的 385件相比
        elif terminal == "ALL" and index + 1 < len(tokens) and tokens[index + 1].terminal == "NEG":
            terminal = "FILLER"  # 均未发生
        elif terminal == "NEG" and _none_of_these(tokens, index):
            pass
        elif terminal == "NUM" and _not_one(token, result):
            terminal = "FILLER"
        elif terminal in {"AMONG", "ALSO"}:
            terminal = "WORDS" if index else terminal
        elif terminal == "RATE" and any(each.terminal == "RATE" for each in tokens[index + 1 :][:_NEAR]):
            terminal = "WORDS"  # 办结率、满意率均为 100 %
        elif terminal == "IN_TIME" and any(each.terminal == "NUM" for each in tokens[index + 1 :]):
            terminal = "FILLER"  # 按期答复 126件: of these, not of all
        elif terminal == "UPHELD":
            terminal = _upheld(tokens, result)
        elif terminal == "ALL" and any(each.terminal == "ALL" for each in result[-3:]):
            terminal = "FILLER"  # 均已全部办结
        elif terminal in _COMPANY:
            reach, fits = _COMPANY[terminal]
            ahead = tokens[index + 1 : index + 1 + reach]
            terminal = terminal if any(map(fits, ahead)) else "WORDS"
        result.append(token if terminal == token.terminal else token._replace(terminal=terminal))
    return result


def _none_of_these(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands before is said not to have happened: 行政复议、行政诉讼均未发生."""
    named = any(token.name in {"review", "litigation"} for token in tokens[:index])
    return named and [token.name for token in tokens[index + 1 :]] == ["occur"]


def _not_one(token: Token, before: Sequence[Token]) -> bool:
    """Whether the figure is the one of 未发生一起: not a single case."""
    for earlier in reversed(before):
        if earlier.terminal == "NEG":
            return bool(token.value.value == 1)
        if earlier.terminal not in {"VERB", "FILLER"}:
            return False
    return False


def only_compares(tokens: Sequence[Token]) -> bool:
    """Whether a clause is no more than 与上年相比."""
    terminals = {token.terminal for token in tokens}
    return "COMPARE" in terminals and not terminals & (_DIRECTIONS | {"NUM", "PERCENT"})


def _begins_a_change(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1].terminal if index + 1 < len(tokens) else ""
    return following == "PERCENT" or (index == 0 and following in {"NUM", "FILLER"})


def _upheld(tokens: Sequence[Token], before: Sequence[Token]) -> str:
    """维持 is what is said of all, or alone; beside a figure it is what the figure counts."""
    said_of_all = any(token.terminal == "ALL" for token in before)
    alone = all(token.terminal in {"FILLER", "NOW"} for token in before)
    counted = any(token.terminal == "NUM" for token in tokens)
    return "UPHELD" if said_of_all or (alone and not counted) else "THING"
