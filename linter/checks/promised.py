"""What one part of the text says is told in another, and is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.mention import failed
from linter.checks.outcome import Outcome, Verdict
from linter.checks.texts import bad_expression, pattern, place_in, sections_of, stretches, unread_prose
from linter.checks.wording import quoted, section_name
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS


class Parameters(NamedTuple):
    """Where `refers` matches outside `section` (in a paragraph with one of `only_with`), the words of
    `section` must not be `nothing`."""

    section: str
    refers: str
    only_with: tuple[str, ...]
    nothing: str


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict where the section is there and is referred to."""
    parts = sections_of(report, parameters.section)
    if not parts:
        return
    own = {passage.text for section in parts for passage in section.passages}
    headings = {section.heading for section in report.sections}
    for stretch in stretches(report, ("lead", "sections")):
        if stretch.text in own or stretch.text in headings:
            continue
        if not any(word in stretch.text for word in parameters.only_with):
            continue
        found = pattern(parameters.refers).search(stretch.text)
        if found is None:
            continue
        place = place_in(stretch, found.start(), found.end())
        text = "".join("".join(own).split())
        if pattern(parameters.nothing).fullmatch(text) is None:
            yield Verdict(Outcome.PASS, place)
        elif unread_prose(report):
            yield failed(report, parameters.section, place)
        else:
            arguments = {
                "words": quoted(found.group()),
                "section": section_name(parameters.section),
                "section.en": section_name(parameters.section, "en"),
                "text": quoted(text) if text else "（空）",
                "text.en": quoted(text) if text else "(nothing)",
            }
            yield Verdict(Outcome.FAIL, place, arguments, item=parameters.section)
        return


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown section, bad expressions."""
    del editions
    if parameters.section not in SECTION_KEYS:
        yield ("section",), f"没有部分“{parameters.section}”，可用的有：{'、'.join(SECTION_KEYS)}"
    for key in ("refers", "nothing"):
        if reason := bad_expression(getattr(parameters, key)):
            yield (key,), reason


KIND = Kind("promised", Parameters, frozenset({"words", "section", "text"}), check, verify)
