"""Sentences that stand in the text more than once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import Stretch, bad_scope, stretches
from linter.checks.wording import quoted, section_name
from linter.report.model import Report

_TITLES = re.compile(r"《[^《》]*》|“[^“”]*”|[（(][^（）()]*[)）]")


class Parameters(NamedTuple):
    """Sentences of at least `least` characters, cited titles and blanks not counted."""

    least: int
    scopes: tuple[str, ...] = ("prose",)


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One failure for all repeated sentences, at the repetition of the first."""
    seen: dict[str, Stretch] = {}
    again: list[tuple[str, Stretch, Stretch]] = []
    for stretch in stretches(report, parameters.scopes):
        if len(stretch.text) < parameters.least:
            continue
        for sentence in re.split(r"[。；！？\n]", stretch.text):
            words = "".join(sentence.split())
            if len(words) < parameters.least or len(_TITLES.sub("", words)) < parameters.least:
                continue
            if words in seen:
                again.append((words, seen[words], stretch))
            else:
                seen[words] = stretch
    if not again:
        yield Verdict(Outcome.PASS)
        return
    words, first, second = again[0]
    place = Place(second.section, location=second.location, excerpt=words[:60])
    arguments = {
        "found": quoted(words),
        "count": str(len(again)),
        "first": section_name(first.section) if first.section else "正文",
        "first.en": section_name(first.section, "en") if first.section else "the text",
    }
    yield Verdict(Outcome.FAIL, place, arguments)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown scopes."""
    del editions
    for index, scope in enumerate(parameters.scopes):
        if reason := bad_scope(scope):
            yield ("scopes", index), reason


KIND = Kind(
    name="repetition",
    parameters=Parameters,
    arguments=frozenset({"found", "count", "first"}),
    check=check,
    verify=verify,
)
