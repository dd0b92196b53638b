"""Figures and claims of the prose as checks see them: whose they are, where they stand, which of them a
cell can be held against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from linter.checks.outcome import Number, Place
from linter.report.facts import Fact
from linter.report.model import Report

Whose: TypeAlias = Literal["table", "doubt", "other"]

_LEVELS = ("自治区", "自治州", "街道", "市", "县", "区", "旗", "省", "州", "盟", "镇", "乡")
_ORGANS = ("人民政府", "政府", "办事处", "管理委员会", "管委会")
_COVERING = ("汇总", "各部门", "各单位", "各乡镇", "各镇", "各街道", "各级", "下属", "所属", "直属", "派出")
_FIGURES = ("数据", "统计", "数字")
_FOR_ANOTHER = ("委托", "代为", "协助", "配合", "转来", "转办", "交办", "移送", "移交", "指导")
_ACTS = ("共", "未", "没有", "收到", "受理", "接到", "办理", "答复", "办结")
_UNITS = ("所", "站", "科", "股", "队", "分局", "社区", "村", "校", "院", "馆", "机关")
_SHORT_HEADING = 40
_SHORT_CLAIM = 24
_OWN_SECTIONS = frozenset({"applications", "disputes"})


def whose(fact: Fact, report: Report) -> Whose:
    """Whose figures the fact gives: those that the tables give too, those of another, or either.

    The tables of a government count its whole region, so that a figure of the government itself may be of
    one organ only; those of any other organ count the organ, unless the lead-in says that they cover more.
    """
    if fact.scope == "part" or (fact.scope_text is None and _of_a_unit(fact)):
        return "other"
    if fact.scope == "region":
        return "table" if _own_region(fact.scope_text or "", report) else "other"
    if report.issuer_kind == "government":
        return "doubt" if fact.scope_text else "table"
    return "doubt" if _covers_more(report) else "table"


def names_nobody(fact: Fact, report: Report) -> bool:
    """Whether a government's report leaves it open if the figure is the region's or of the government
    alone."""
    return report.issuer_kind == "government" and fact.scope == "self"


def _own_region(words: str, report: Report) -> bool:
    """Whether 全市, 我区 … is the region that the report is about."""
    if words.startswith("各级"):
        return report.issuer_kind == "government"
    name = report.issuer or ""
    for organ in _ORGANS:
        name = name.removesuffix(organ)
    level = next((each for each in _LEVELS if words[1:].startswith(each)), None)
    return level is not None and name.endswith(level)


def _of_a_unit(fact: Fact) -> bool:
    """Whether the statement begins with a unit whose name the reading of scopes does not know (林业站)."""
    text = "".join(fact.text.split())
    ends = [at for act in _ACTS if (at := text.find(act)) > 1]
    head = text[: min(ends)] if ends else ""
    return head.endswith(_UNITS) and not head.endswith(("本机关", "我院", "我校", "我所", "我站", "我队"))


def _covers_more(report: Report) -> bool:
    return any(
        any(word in passage.text for word in _COVERING) and any(word in passage.text for word in _FIGURES)
        for passage in report.lead
    )


def exact(fact: Fact) -> Number | None:
    """The figure of a count that can be compared exactly; None for everything else, and for what was done
    for somebody else (受县政府委托答复 …)."""
    value = fact.value
    if fact.kind != "count" or value is None or value.approximate or value.percent or value.garbled:
        return None
    return None if any(word in fact.text for word in _FOR_ANOTHER) else value.value


def is_whole(fact: Fact, facts: Sequence[Fact], parts_of: Iterable[str]) -> bool:
    """Whether the fact is no part of another, or of such only as count everything (`parts_of`)."""
    allowed = tuple(parts_of)
    while fact.whole is not None:
        fact = facts[fact.whole]
        if fact.quantity is None or not fact.quantity.startswith(allowed or ("-",)):
            return False
    return True


def speaks_of(fact: Fact, report: Report, words: Sequence[str], foreign: Sequence[str] = ()) -> bool:
    """Whether the statement is about what `words` name (公开): its sentence says so, or its section, its
    paragraph or the heading above that, and no `foreign` word (审结) in it tells of something else."""
    if not words or any(word in fact.sentence for word in words):
        return True
    if any(word in fact.sentence for word in foreign):
        return False
    if fact.section in _OWN_SECTIONS:
        return True
    for section in report.sections:
        if section.key != fact.section or fact.passage >= len(section.passages):
            continue
        texts = [section.passages[fact.passage].text]
        if fact.passage and len(section.passages[fact.passage - 1].text) <= _SHORT_HEADING:
            texts.append(section.passages[fact.passage - 1].text)
        if any(word in text for text in texts for word in words):
            return True
    return False


def place_of_fact(fact: Fact) -> Place:
    """Where the statement stands; the excerpt is its sentence."""
    sentence = " ".join(fact.sentence.split())
    at = max(0, sentence.find(" ".join(fact.text.split())) - 24)
    cut = sentence[at : at + 80]
    excerpt = ("…" if at else "") + cut + ("…" if at + 80 < len(sentence) else "")
    return Place(section=fact.section, location=fact.location, excerpt=excerpt)


def clause_of(fact: Fact) -> str:
    """The words of the statement and what follows them up to the next stop or comma."""
    at = fact.sentence.find(fact.text)
    if at < 0:
        return fact.text
    end = at + len(fact.text)
    stops = [stop for mark in "，；。,;" if (stop := fact.sentence.find(mark, end)) >= 0]
    return fact.sentence[at : min(stops, default=len(fact.sentence))]


def words_of(fact: Fact) -> str:
    """The words of the statement between quotation marks, without the blanks a conversion left; those of
    a claim with what it is told of (复议7件，均获维持)."""
    words = "".join(fact.text.split())
    sentence = "".join(fact.sentence.split())
    at = sentence.find(words)
    if fact.claim is not None and len(words) < _SHORT_CLAIM and at > 0:
        start = max(0, at - _SHORT_CLAIM)
        begin = max((sentence.rfind(mark, start, at) + 1 for mark in "；。："), default=0)
        if not begin and start:
            begin = sentence.find("，", start, at - 1) + 1 or at
        words = sentence[begin : at + len(words)]
    words = words.replace("“", "‘").replace("”", "’")
    return f"“…{words[-38:]}”" if len(words) > 40 else f"“{words}”"
