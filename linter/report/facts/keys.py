"""Whether the context bears out what a figure seems to count."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from linter.report.facts.meaning import DISPUTES, RESULTS, Sense
from linter.report.facts.model import Quantity
from linter.report.facts.state import State
from linter.report.facts.vocabulary import Meaning

CASES = {"件", "条", "份", "个", "宗", "起", "例", "项", "次", "件次", "人次", None}
_PAPERS = {"件", "份", "个", "部", "项", "篇", None}
_MONEY = {"元", "万元", None}
_UNITS = {
    "applications": CASES - {"人次"},
    "results": CASES - {"人次"},
    "disputes": CASES,
    "outcomes": CASES,
    "documents": _PAPERS,
    "disclosed": {"条", "件", "项", None},
}


_SORT = r"涉及|关于|有关|类\d|类型|方面|领域"


class _Context(NamedTuple):
    """`about`: the key of the whole, or of the figure before; `foreign`: the whole is none of the vocabulary;
    `speaks`: applications are spoken of.
    """

    state: State
    about: str
    whole: int | None
    foreign: bool
    speaks: bool


def key_of(
    state: State, sense: Sense, meaning: Meaning | None, value: Quantity, whole: int | None
) -> str | None:
    """The key of what is counted as a part of `whole`, or None where that is not certain."""
    if meaning is None or value.percent or value.garbled:
        return None
    family, key = meaning.family, meaning.key
    if value.unit not in _UNITS.get(family, {value.unit}) or (
        key == "fees.collected" and value.unit not in _MONEY
    ):
        return None
    about = state.quantity(whole if whole is not None else state.last_top)
    speaks = "applications" in (state.topic, state.sentence.mention) or about.startswith("applications")
    context = _Context(state, about, whole, whole is not None and not about, speaks)
    borne_out = _CONTEXTS.get(family)
    if borne_out is not None and not borne_out(context, sense):
        return None
    return _outcome(context, key, sense) if family == "outcomes" else key


def _applications(context: _Context, sense: Sense) -> bool:
    if "application" in sense.things:
        return True
    if "request" in sense.things:
        return context.speaks and not context.foreign and sense.sort is None
    if sense.things or context.foreign:
        return False
    if sense.ahead and not sense.verbs & {"carry_in", "carry_out", "carry"}:
        return False  # 补正后受理 12件
    # A verb alone (办结 69件) goes on with what was counted before it.
    goes_on = context.about.startswith(("applications", "result", "channel", "applicants"))
    return goes_on or (context.speaks and not context.about)


def _results(context: _Context, sense: Sense) -> bool:
    near = context.about.startswith(("result", "channel", "applicants"))
    state = context.state
    if _of_a_sort(context):
        return False  # 其中涉及征地的 50件，予以公开 20件: of these, or of all?
    spoken_of = context.speaks or near or state.sentence.asks
    of_requests = context.whole is not None and "申请" in state.facts[context.whole].what
    return (
        (spoken_of or of_requests)
        and (of_requests or not context.foreign)
        and "information" not in sense.things
    )


def _of_a_sort(context: _Context) -> bool:
    """Whether the list of parts began with applications of one sort."""
    state, sentence = context.state, context.state.sentence
    if context.whole is None or sentence.parts_unit is None or sentence.parts_family is not None:
        return False
    first = next((place for place in sentence.counts if state.facts[place].whole == context.whole), None)
    return first is not None and re.search(_SORT, state.facts[first].text) is not None


def _applicants(context: _Context, sense: Sense) -> bool:
    if any(token.name in RESULTS for token in context.state.clause.tokens):
        return False  # 3件自然人申请和 2件企业申请予以公开
    if context.speaks and {"application", "request"} & sense.classes:
        return True
    if context.speaks and context.state.last_top is None and not context.foreign:
        return True  # 从申请人看，自然人 84件
    return not context.foreign and context.about.startswith(("applications", "applicants", "channel"))


def _disputes(context: _Context, sense: Sense) -> bool:
    if sense.verbs & {"answer", "closed"}:
        return False
    state = context.state
    spoken_of = state.sentence.matter or state.topic in {"applications", "disputes"}
    return spoken_of or context.about.startswith(("disputes", "applications", "result"))


def _disclosed(context: _Context, sense: Sense) -> bool:
    del context
    return not sense.ahead and not sense.sort


_WAYS = {"disputes.litigation_direct", "disputes.litigation_after_review"}


def _outcome(context: _Context, outcome: str, sense: Sense) -> str | None:
    """维持 and the like belong to the review or lawsuit that is named, or was counted before."""
    named = [f"disputes.{thing}" for thing in sense.things if thing in DISPUTES]
    if named:
        spoken_of = len(named) == 1 and _disputes(context, sense)
        return f"{named[0]}.{outcome}" if spoken_of else None
    state = context.state
    last = state.anchors.get("disputes")
    anchor = state.quantity(last)
    if context.whole is None and state.sentence.dispute and (state.topic == "disputes" or last is not None):
        return f"{state.sentence.dispute}.{outcome}"
    if context.whole is not None and context.about.startswith("disputes"):
        below = [state.quantity(place) for place in state.sentence.counts if place > context.whole]
        ways = {key for key in below if key in _WAYS}
        if len(ways) > 1 and anchor != "disputes.litigation_after_review":
            return None
        if not ways:
            anchor = context.about
    if context.whole is not None and not context.about:
        return None
    if context.about.endswith(".closed"):
        anchor = context.about.removesuffix(".closed")
    if last is not None and not state.sentence.counts and _several(state, last):
        return None  # 复议 3件，诉讼 2件。审结 4件
    group = ".".join(anchor.split(".")[:2])
    return f"{group}.{outcome}" if anchor.startswith("disputes") else None


def _several(state: State, last: int) -> bool:
    """Whether the sentence of the last dispute counted reviews and lawsuits, and none of their outcomes."""
    told = state.facts[last].sentence
    found = {
        state.quantity(place)
        for place in range(max(0, last - 3), len(state.facts))
        if state.facts[place].sentence == told
    }
    return {"disputes.review", "disputes.litigation"} <= found and all(key.count(".") < 2 for key in found)


_CONTEXTS: dict[str, Callable[[_Context, Sense], bool]] = {
    "applications": _applications,
    "results": _results,
    "applicants": _applicants,
    "channels": _applicants,
    "disputes": _disputes,
    "disclosed": _disclosed,
}
