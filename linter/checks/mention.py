"""Matters that a text must treat, told by the words it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import (
    bad_expression,
    bad_scope,
    has_words,
    pattern,
    sections_of,
    stretches,
    unread_prose,
)
from linter.checks.wording import section_name
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS


class Parameters(NamedTuple):
    """`any_of`: expressions of which one must match in `scopes` (headings of sections do not count).

    Matches of `not_counting` are taken out first; `words` are plain strings that do as well as a match,
    whatever they stand in, so that nothing need be compiled where one of them is found (due or not). A
    verdict belongs to `section`; where that section has no words of its own (or is not there), its
    emptiness is another check's matter, unless `also_empty` says so. The matter is due only from report
    year `from_year` on, and, where `due_if` is given, only where one of these expressions matches in
    `due_scopes` (else `scopes`); `due_with`: plain strings of which every such match contains one, so that
    nothing need be compiled. A failure with `because` is shown under that of the rule that has the same
    word as `causes`.
    """

    section: str
    any_of: tuple[str, ...]
    not_counting: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    also_empty: bool = False
    due_if: tuple[str, ...] = ()
    due_with: tuple[str, ...] = ()
    due_scopes: tuple[str, ...] = ()
    from_year: int = 0
    words: tuple[str, ...] = ()
    causes: str = ""
    because: str = ""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict; none for a section that is not there."""
    parts = sections_of(report, parameters.section)
    if not parts and not parameters.also_empty:
        return
    own = [passage.text for section in parts for passage in section.passages]
    if not parameters.also_empty and not has_words("".join(own)):
        return
    text = _prose(report, parameters.scopes or (parameters.section,))
    first = parts[0] if parts else None
    place = Place(
        section=parameters.section,
        location=first.location if first else Place().location,
        excerpt=" ".join("".join(own).split())[:60] or (first.heading if first else None),
    )
    if any(word in text for word in parameters.words):
        yield Verdict(Outcome.PASS, place)
    elif not _due(parameters, report):
        return
    elif _matches(parameters, text):
        yield Verdict(Outcome.PASS, place)
    else:
        verdict = failed(report, parameters.section, place)
        yield verdict._replace(causes=parameters.causes, because=parameters.because)


def _prose(report: Report, scopes: Sequence[str]) -> str:
    """The texts of the scopes without the headings of sections."""
    headings = {section.heading for section in report.sections}
    return "\n".join(part.text for part in stretches(report, scopes) if part.text not in headings)


def _matches(parameters: Parameters, text: str) -> bool:
    for expression in parameters.not_counting:
        text = pattern(expression).sub("", text)
    return any(pattern(expression).search(text) for expression in parameters.any_of)


def _due(parameters: Parameters, report: Report) -> bool:
    if parameters.from_year and (report.year is None or report.year < parameters.from_year):
        return False
    if not parameters.due_if:
        return True
    scopes = parameters.due_scopes or parameters.scopes or (parameters.section,)
    text = _prose(report, scopes)
    if parameters.due_with and not any(mark in text for mark in parameters.due_with):
        return False
    return any(pattern(expression).search(text) for expression in parameters.due_if)


def failed(report: Report, section: str, place: Place) -> Verdict:
    """The failure of a section's prose; open where the prose may be incomplete."""
    if unread := unread_prose(report):
        return Verdict(Outcome.OPEN, place, reason=unread[0], reason_en=unread[1])
    arguments = {"section": section_name(section), "section.en": section_name(section, "en")}
    return Verdict(Outcome.FAIL, place, arguments)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown section or scope, bad expressions."""
    del editions
    if parameters.section not in SECTION_KEYS:
        yield (
            ("section",),
            f"没有部分“{parameters.section}”，可用的有：{'、'.join(SECTION_KEYS)}",
        )
    for key in ("any_of", "not_counting", "due_if"):
        for index, expression in enumerate(getattr(parameters, key)):
            if reason := bad_expression(expression):
                yield (key, index), reason
    for key in ("scopes", "due_scopes"):
        for index, scope in enumerate(getattr(parameters, key)):
            if reason := bad_scope(scope):
                yield (key, index), reason


KIND = Kind(
    name="mention",
    parameters=Parameters,
    arguments=frozenset({"section"}),
    check=check,
    verify=verify,
)
