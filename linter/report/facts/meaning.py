"""What a phrase counts."""

from __future__ import annotations

from typing import NamedTuple

from linter.report.facts.clauses import Phrase
from linter.report.facts.tokens import Token
from linter.report.facts.vocabulary import Meaning, vocabulary

_ORGANS = {"UNIT", "SELF", "REGION", "PART"}
_CARRIES = {"carry_in", "carry_out", "carry"}
_CHANNELS = frozenset({"in_person", "online", "mail", "fax", "email"})
_APPLICANTS = frozenset(
    {"natural_person", "legal", "business", "research", "public_interest", "legal_service"}
)
ASKED = _CHANNELS | _APPLICANTS
RESULTS = frozenset(
    [
        "granted",
        "partial",
        "granted_or_partial",
        "denied",
        "state_secret",
        "prohibited_by_law",
        "security_stability",
        "third_party",
        "internal",
        "process",
        "enforcement_file",
        "inquiry",
        "unavailable",
        "not_held",
        "to_be_made",
        "unclear",
        "rejected",
        "petition",
        "repeat",
        "publication",
        "excessive",
        "reissue",
        "other_result",
        "no_correction",
        "unpaid",
    ]
)
_OF_REQUESTS = RESULTS | {"fee", "fee_notice"}
_NOT_DONE = {"due", "delayed", "added"}
DISPUTES = {"review", "litigation", "litigation_direct", "litigation_after_review"}
OUTCOMES = {"upheld", "corrected", "pending", "dismissed", "other_outcome"}
_GROUPS = {"unavailable", "rejected", "denied", "other_result"}


class Sense(NamedTuple):
    """A phrase taken apart.

    `classes` of its words; `things` in order; `sort` are unknown words that narrow the thing down
    (关于征地的 … 申请); `foreign` says that the thing counted is none of the vocabulary,
    `ahead` are unknown words before the verb (通过微信公众号发布 …).
    """

    classes: frozenset[str]
    things: tuple[str, ...]
    verbs: frozenset[str]
    sort: str | None
    foreign: bool
    organs: tuple[Token, ...]
    last: bool
    period: str | None
    cumulative: bool
    now: bool
    matter: bool
    ahead: str

    @property
    def bare(self) -> bool:
        """Whether it says nothing of what is counted."""
        return not self.things and not self.verbs and not self.foreign


EMPTY = Sense(frozenset(), (), frozenset(), None, False, (), False, None, False, False, False, "")


def sense_of(tokens: tuple[Token, ...], text: str) -> Sense:
    """The sense of a run of words."""
    if not tokens:
        return EMPTY
    things: list[str] = []
    verbs: set[str] = set()
    sort: list[str] = []
    pending: list[str] = []
    seen_verb, ahead = False, ""
    flags = {token.terminal for token in tokens}
    period = next((text[token.start : token.end] for token in tokens if token.terminal == "PERIOD"), None)
    for token in tokens:
        kind = token.terminal
        if kind == "THING":
            things.append(token.name)
            if token.name in ASKED and text.endswith("申请", token.start, token.end):
                things.append("request")
            sort += pending
            pending = []
        elif kind == "VERB":
            if not things or token.name in _CARRIES:
                ahead = ahead or "".join(pending)
                pending = []
            verbs.add(token.name)
            seen_verb = True
        elif kind == "WORDS" or (kind == "UNIT" and seen_verb):
            pending.append(text[token.start : token.end])
        elif kind == "SEP" and not things and not seen_verb:
            pending = pending[-1:]
        elif kind == "UNIT":
            pending = []  # 人力资源和 belongs to the name of 社会保障局
    organs = tuple(token for token in tokens if token.terminal in _ORGANS)
    names = frozenset(things) | verbs
    if "LAST" in flags:
        names |= {"last"}
    if "NEXT" in flags:
        names |= {"next"}
    return Sense(
        names,
        tuple(things),
        frozenset(verbs),
        "".join(sort) or None,
        bool(pending),
        organs,
        "LAST" in flags and not names & {"carry", "carry_in"},
        period,
        "CUMULATIVE" in flags,
        "NOW" in flags,
        "CONTEXT" in flags,
        ahead,
    )


def meaning_of(sense: Sense) -> Meaning | None:
    """The first meaning whose classes are all in the phrase; None where an unknown thing is counted."""
    if sense.foreign:
        return None
    classes, things = _meant(sense), set(sense.things)
    if classes is None:
        return None
    for meaning in vocabulary().meanings:
        if meaning.classes <= classes:
            if things and not meaning.classes & (things | _CARRIES):
                continue  # a verb alone says nothing of the thing that is named
            if meaning.family == "decisions" and "publish" in classes:
                return None
            return meaning
    return None


def _meant(sense: Sense) -> frozenset[str] | None:
    """The classes without those that only say what a thing belongs to; None where the meaning is in doubt."""
    classes, things = sense.classes, set(sense.things)
    if (classes & _NOT_DONE and not things & RESULTS) or ("try" in classes and things & DISPUTES):
        return None
    if classes & _GROUPS and len(sense.things) > 1 and sense.sort:
        # 因本机关不掌握等原因无法提供: the reason is an example, the group is counted.
        classes = frozenset({sense.things[-1]})
    if "carry" in classes and not classes & {"last", "next"}:
        return None  # 结转 3件: from the year before, or to the next?
    if things & OUTCOMES:
        classes -= DISPUTES  # 行政复议结果维持 25件
    if things & _OF_REQUESTS or classes & {"review", "litigation"}:
        classes -= {"application", "request"}  # 政府信息公开申请予以公开, 因申请引起的行政复议
    for several in (_CHANNELS, _APPLICANTS):
        if len(classes & several) > 1 and classes & {"application", "request"}:
            classes -= several  # 通过邮寄、网络提交的各类申请: all of them
    return classes


def joined(first: Phrase | None, second: Phrase | None) -> tuple[Token, ...]:
    """The words of two phrases."""
    return (*(first.tokens if first else ()), *(second.tokens if second else ()))
