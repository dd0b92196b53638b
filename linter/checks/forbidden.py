"""Wordings that must not stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Fix, Outcome, Place, Verdict
from linter.checks.texts import Stretch, bad_expression, bad_scope, pattern, place_in, stretches
from linter.checks.wording import joined, quoted
from linter.report.model import Report

_AROUND = 12


class Wording(NamedTuple):
    r"""An expression that must not match, where it applies, and what stands in its way.

    `what` names in Chinese and English what was found; wordings of one name make one failure.
    `unless`: matches that contain or touch a match of this expression within their sentence are
    right. `from_year` and `to_year` limit the report years. `only_with`: plain strings of which every
    match contains one, so that the expression need not be compiled for the many texts that hold
    none. `not_from`: readers (formats) in which the like comes from the reading and not the report.
    `replacement`: what should stand there, with \1 for a group of the expression; "" where only a
    person can tell.
    """

    regex: str
    what_zh: str = ""
    what_en: str = ""
    unless: str = ""
    from_year: int = 0
    to_year: int = 9999
    only_with: tuple[str, ...] = ()
    not_from: tuple[str, ...] = ()
    replacement: str = ""


class Parameters(NamedTuple):
    """The wordings and the scopes in which they are looked for."""

    wordings: tuple[Wording, ...]
    scopes: tuple[str, ...] = ("title", "lead", "sections", "tail")


class _Match(NamedTuple):
    """What one expression matched, and how to mend it."""

    text: str
    place: Place
    fixes: tuple[Fix, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One failure for all that is wrong in the same way, however often; a pass where nothing is."""
    texts = list(stretches(report, parameters.scopes))
    whole = "\n".join(stretch.text for stretch in texts)
    faults: dict[str, tuple[Wording, list[_Match]]] = {}
    for wording in parameters.wordings:
        if report.year is not None and not wording.from_year <= report.year <= wording.to_year:
            continue
        if report.year is None and (wording.from_year or wording.to_year != 9999):
            continue
        if report.document.reader in wording.not_from:
            continue
        marks = [mark for mark in wording.only_with if mark in whole]
        if wording.only_with and not marks:
            continue
        for stretch in texts:
            if marks and not any(mark in stretch.text for mark in marks):
                continue
            for match in pattern(wording.regex).finditer(stretch.text):
                if not _excused(wording, stretch.text, match.start(), match.end()):
                    _, found = faults.setdefault(wording.what_zh or wording.regex, (wording, []))
                    place = place_in(stretch, match.start(), match.end())
                    found.append(_Match(match[0], place, _fixes(wording, stretch, match)))
    for item, (wording, found) in faults.items():
        shown = list(dict.fromkeys(one.text.strip() for one in found))
        arguments = {
            "found": joined(quoted(text) for text in shown),
            "found.en": joined((quoted(text) for text in shown), "en"),
            "count": str(len(found)),
            "what": wording.what_zh,
            "what.en": wording.what_en,
        }
        fixes = tuple(fix for one in found for fix in one.fixes)
        yield Verdict(Outcome.FAIL, found[0].place, arguments, item=item, fixes=fixes)
    if not faults:
        yield Verdict(Outcome.PASS)


def _fixes(wording: Wording, stretch: Stretch, match: re.Match[str]) -> tuple[Fix, ...]:
    """The replacement, with some words around it that tell the place from others in the paragraph."""
    if not wording.replacement:
        return ()
    before = stretch.text[max(0, match.start() - _AROUND) : match.start()].lstrip()
    after = stretch.text[match.end() : match.end() + _AROUND].rstrip()
    new = match.expand(wording.replacement)
    return (Fix(stretch.location, before + match[0] + after, before + new + after),)


def _excused(wording: Wording, text: str, start: int, end: int) -> bool:
    if not wording.unless:
        return False
    begin = max(text.rfind(mark, 0, start) for mark in "。；！？\n") + 1
    stops = [at for mark in "。；！？\n" if (at := text.find(mark, end)) >= 0]
    return pattern(wording.unless).search(text[begin : min(stops, default=len(text))]) is not None


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Bad expressions and unknown scopes."""
    del editions
    for index, wording in enumerate(parameters.wordings):
        for key in ("regex", "unless"):
            if reason := bad_expression(getattr(wording, key)):
                yield ("wordings", index, key), reason
                break
        else:
            groups = pattern(wording.regex).groups
            if any(int(number) > groups for number in re.findall(r"\\([0-9]+)", wording.replacement)):
                yield ("wordings", index, "replacement"), f"“{wording.replacement}”引用的组在表达式中没有"
    for index, scope in enumerate(parameters.scopes):
        if reason := bad_scope(scope):
            yield ("scopes", index), reason


KIND = Kind(
    name="forbidden",
    parameters=Parameters,
    arguments=frozenset({"found", "count", "what"}),
    nested={"wordings": Wording},
    check=check,
    verify=verify,
)
