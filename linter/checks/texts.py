"""The prose of a report by scope, and the regular expressions of rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from linter.checks.outcome import Place
from linter.document.model import Location
from linter.report.model import Report, Section
from linter.report.norm import SECTION_KEYS

SCOPES = ("title", "lead", "sections", "prose", "tail", *SECTION_KEYS)
"""What a rule may name: the title, the lead-in, every section, every section without its heading, what
follows the last one, or one section by its key."""


# The blank form's own words in the place of a section's text.
_PROMPT = "（文字描述"


class Stretch(NamedTuple):
    """A paragraph with the section it stands in (None outside the six)."""

    section: str | None
    text: str
    location: Location


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """The compiled expression."""
    return re.compile(expression)


def sections_of(report: Report, key: str) -> list[Section]:
    """Everything that treats the section `key`: itself, headings split off it, its pre-2019 topic."""
    topic = report.topics.get(key)
    return [s for s in report.sections if key in (s.key, s.part_of) or s is topic]


def has_words(text: str) -> bool:
    """Whether a section's prose says anything: the prompts of the blank form do not, nor does a stroke."""
    while (start := text.find(_PROMPT)) >= 0 and (end := text.find("）", start)) >= 0:
        text = text[:start] + text[end + 1 :]
    return any(letter.isalnum() for letter in text)


def stretches(report: Report, scopes: Sequence[str]) -> Iterator[Stretch]:
    """The paragraphs of the scopes, each once; the headings of sections too, but for the scope "prose"."""
    if "title" in scopes and report.title:
        yield Stretch(None, report.title.text, report.title.location)
    if "lead" in scopes:
        for passage in report.lead:
            yield Stretch(None, passage.text, passage.location)
    wanted = {id(s) for key in SECTION_KEYS if key in scopes for s in sections_of(report, key)}
    for section in report.sections:
        headed = "sections" in scopes or id(section) in wanted
        if headed or "prose" in scopes:
            key = section.key or section.part_of
            if headed:
                yield Stretch(key, section.heading, section.location)
            for passage in section.passages:
                yield Stretch(key, passage.text, passage.location)
    if "tail" in scopes:
        for passage in report.tail:
            yield Stretch(None, passage.text, passage.location)


def unread_prose(report: Report) -> tuple[str, str] | None:
    """Why the prose may be incomplete, in Chinese and English; None where it was fully read."""
    if report.document.scanned_pages:
        pages = "、".join(str(page) for page in report.document.scanned_pages)
        return f"第 {pages} 页是扫描图片，没有文字可读", f"no text on page {pages} (scanned)"
    if report.reading.certainty == "poor":
        return "正文结构未能完全读出", "the structure of the text was not read surely enough"
    return None


def place_in(stretch: Stretch, start: int, end: int) -> Place:
    """The place of a match, with the words around it."""
    text = stretch.text
    before, after = max(0, start - 16), min(len(text), end + 24)
    excerpt = ("…" if before else "") + text[before:after] + ("…" if after < len(text) else "")
    return Place(section=stretch.section, location=stretch.location, excerpt=" ".join(excerpt.split()))


def bad_expression(expression: str) -> str | None:
    """Why a rule's regular expression is refused, with what is right."""
    try:
        re.compile(expression)
    except re.error as error:
        return f"正则表达式“{expression}”有误：{error}"
    for found in re.finditer(r"(?<!\\)(?:\\\\)*\\b", expression):
        before, after = expression[: found.start()][-1:], expression[found.end() :][:1]
        if any("\u3400" <= mark <= "\u9fff" for mark in before + after):
            return (
                f"正则表达式“{expression}”中 \\b 紧挨汉字：汉字之间没有词界，永远不会匹配；"
                "请去掉 \\b，或改用 (?<!…)、(?!…)"
            )
    return None


def bad_scope(scope: str) -> str | None:
    """Why a scope is refused, with what is right."""
    return None if scope in SCOPES else f"没有范围“{scope}”，可用的有：{'、'.join(SCOPES)}"
