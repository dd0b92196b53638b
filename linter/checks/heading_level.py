"""Aspects of a section that stand side by side, each under a sub-heading of the same level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Verdict
from linter.checks.texts import Stretch, bad_expression, bad_scope, pattern, place_in, stretches
from linter.checks.wording import quoted
from linter.report.model import Report

LEVELS = (
    ("（(", r"[（(][一二三四五六七八九十]{1,2}[)）]\s*"),
    ("0123456789", r"[0-9]{1,2}\s*[.．、]\s*"),
    ("（(①②③④⑤⑥⑦⑧⑨⑩", r"(?:[（(][0-9]{1,2}[)）]|[①-⑩])\s*"),
)
"""How sub-headings are numbered, from the upper level to the lower: the signs with which one begins,
which save most paragraphs the expression behind them."""

_TITLE = r"[^。！？；：:\n]{2,30}"


class Parameters(NamedTuple):
    """`aspects`: expressions that name one aspect each; `fewest`: how many must stand at one level
    before another at a lower level is a fault."""

    section: str
    aspects: tuple[str, ...]
    fewest: int = 3


class Found(NamedTuple):
    """A sub-heading that names an aspect."""

    aspect: int
    level: int
    title: str
    stretch: Stretch
    start: int
    end: int


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A failure for each aspect that has a heading below the others' level and none at it."""
    found = list(_found(parameters, report))
    for level in range(len(LEVELS)):
        here = {each.aspect for each in found if each.level == level}
        if len(here) < parameters.fewest:
            continue
        lower = [each for each in found if each.level > level and each.aspect not in here]
        for each in {each.aspect: each for each in reversed(lower)}.values():
            above = [f for f in found[: found.index(each)] if f.level == level]
            arguments = {"title": quoted(each.title), "above": quoted(above[-1].title) if above else ""}
            yield Verdict(
                Outcome.FAIL, place_in(each.stretch, each.start, each.end), arguments, item=each.title
            )
        if not lower:
            yield Verdict(Outcome.PASS)
        return


def _found(parameters: Parameters, report: Report) -> Iterator[Found]:
    for stretch in stretches(report, [parameters.section]):
        text = stretch.text.lstrip()
        for level, (signs, marker) in enumerate(LEVELS):
            heading = (
                pattern(f"{marker}(?P<title>{_TITLE})").match(text) if text and text[0] in signs else None
            )
            if heading is None:
                continue
            for aspect, expression in enumerate(parameters.aspects):
                if pattern(expression).search(heading["title"]):
                    indent = len(stretch.text) - len(text)
                    start, end = heading.start("title") + indent, heading.end() + indent
                    yield Found(aspect, level, heading["title"].strip(), stretch, start, end)
                    break
            break


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """An unknown section, bad expressions."""
    del editions
    if reason := bad_scope(parameters.section):
        yield ("section",), reason
    for index, expression in enumerate(parameters.aspects):
        if fault := bad_expression(expression):
            yield ("aspects", index), fault


KIND = Kind(
    name="heading_level",
    parameters=Parameters,
    arguments=frozenset({"title", "above"}),
    check=check,
    verify=verify,
)
