"""Topics that a report without a mandated form must treat somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import stretches, unread_prose
from linter.report.model import Report
from linter.report.norm import pre_2019_topics


class Topic(NamedTuple):
    """A topic of grammars/sections.yaml, its name, and words that no text on it can do without."""

    key: str
    name: str
    name_en: str
    words: tuple[str, ...]


class Parameters(NamedTuple):
    """`attachment`: words that speak of something attached, which may treat what the text does not;
    `table`: the standard table that counts as text where it was read."""

    topics: tuple[Topic, ...]
    attachment: tuple[str, ...] = ()
    table: str = ""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict a topic: treated where a heading names it, or its words stand anywhere."""
    text = "\n".join(stretch.text for stretch in stretches(report, ("lead", "sections", "tail")))
    table = report.tables.get(parameters.table)
    if table is not None:
        text += "\n" + "\n".join(label.text for label in table.rows)
    attached = table is None and any(word in text for word in parameters.attachment)
    for topic in parameters.topics:
        section = report.topics.get(topic.key)
        if section is not None or any(word in text for word in topic.words):
            location = section.location if section else Place().location
            yield Verdict(Outcome.PASS, Place(location=location))
            continue
        yield _missing(report, topic, attached=attached)


def _missing(report: Report, topic: Topic, *, attached: bool) -> Verdict:
    last = report.sections[-1].location if report.sections else Place().location
    place = Place(location=last)
    if unread := unread_prose(report):
        return Verdict(Outcome.OPEN, place, reason=unread[0], reason_en=unread[1])
    if attached:
        reason = f"正文没有写{topic.name}，可能写在另附的材料中"
        return Verdict(
            Outcome.OPEN, place, reason=reason, reason_en=f"{topic.name_en} may be in an attachment"
        )
    arguments = {"topic": topic.name, "topic.en": topic.name_en}
    return Verdict(Outcome.FAIL, place, arguments, item=topic.key)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown topics."""
    del editions
    known = pre_2019_topics()
    for index, topic in enumerate(parameters.topics):
        if topic.key not in known:
            yield ("topics", index, "key"), f"没有内容“{topic.key}”，可用的有：{'、'.join(known)}"


KIND = Kind(
    name="topic",
    parameters=Parameters,
    arguments=frozenset({"topic"}),
    nested={"topics": Topic},
    check=check,
    verify=verify,
)
