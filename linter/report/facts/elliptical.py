"""What a figure counts whose words leave it out: 废止 4件 after 规范性文件 11件, 其他 in a list."""

from __future__ import annotations

import re

from linter.report.facts.meaning import Sense
from linter.report.facts.model import Quantity
from linter.report.facts.state import State
from linter.report.facts.vocabulary import Meaning

_MONEY = {"元", "万元"}
_FEES = re.compile(r"处理费|收费通知")
_OF_DOCUMENT = {"repeal": "repealed", "in_force": "in_force", "issue": "issued"}
_OF_DOCUMENTS = frozenset(_OF_DOCUMENT)
_SAME_PAPERS = re.compile(r"修订|修改|修正|保留|继续有效")


def carried_on(state: State, sense: Sense, value: Quantity) -> Meaning | None:
    """What 废止 or 现行有效 alone counts: the one sort of document that the sentence counted before."""
    sentence = state.sentence
    if value.unit in _MONEY and _FEES.search(sentence.text) and not (sense.things or sense.foreign):
        said = sentence.text[: state.clause.start]
        collects = "collect" in (sense.verbs or sentence.verbs) or ("收取" in said and "应收取" not in said)
        return Meaning("fees.collected", "fees", sense.verbs) if collects else None
    bare = sense.verbs and sense.verbs <= _OF_DOCUMENTS and not (sense.things or sense.foreign or sense.ahead)
    named = _none_issued(state)
    if not bare or not (sentence.counts or named) or value.unit in {None, "项"}:
        return None
    stop = state.sentence.offset + sentence.text.rfind("；", 0, state.clause.start) + 1
    since = state.compact.places[stop]
    counted = [state.facts[place] for place in sentence.counts]
    before = [fact for fact in counted if fact.start >= since] or counted
    if named and not counted:
        verb = next(verb for verb in ("repeal", "in_force", "issue") if verb in sense.verbs)
        return Meaning(f"{named}.{_OF_DOCUMENT[verb]}", "documents", sense.verbs)
    kinds = {".".join(fact.quantity.split(".")[:2]) for fact in before if fact.quantity}
    kind = kinds.pop() if len(kinds) == 1 else ""
    last = before[-1]
    if not kind.startswith("documents.") or not (last.quantity or _SAME_PAPERS.search(last.what)):
        return None
    verb = next(verb for verb in ("repeal", "in_force", "issue") if verb in sense.verbs)
    return Meaning(f"{kind}.{_OF_DOCUMENT[verb]}", "documents", sense.verbs)


def _none_issued(state: State) -> str:
    """The sort of documents of which the sentence said that none were issued; "" where it did not."""
    last = state.facts[-1] if state.facts else None
    if last is None or last.claim != "none" or last.sentence != state.sentence.printed:
        return ""
    key = last.quantity or ""
    return key.rpartition(".")[0] if key.startswith("documents.") else ""


def among(state: State, sense: Sense, whole: int | None) -> Meaning | None:
    """What 公开 and 其他 count in a list of results and of outcomes."""
    about = state.quantity(whole)
    if sense.other and about.startswith("disputes"):
        return Meaning("other", "outcomes", sense.classes)
    bare = sense.verbs == {"publish"} and not (sense.things or sense.foreign or sense.ahead)
    text = state.sentence.text
    listed = "部分公开" in text or "不予公开" in text
    if bare and listed and (about == "applications.answered" or (whole is None and state.sentence.asks)):
        return Meaning("result.granted", "results", sense.classes)
    return None


def of_cases(state: State, sense: Sense, whole: int | None) -> bool:
    """Whether 办结 is said of reviews or lawsuits: 复议 15件，已办结 13件."""
    about = state.quantity(whole if whole is not None else state.last_top)
    return not sense.things and state.topic == "disputes" and about.startswith("disputes")
