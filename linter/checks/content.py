"""Sections that must have words below their heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.mention import failed
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import bad_expression, has_words, pattern, sections_of
from linter.report.model import Report, Section
from linter.report.norm import SECTION_KEYS

_LONGEST_HEADING = 24
_NUMERAL = r"\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]|[一二三四五六七]是)?\s*"


class Parameters(NamedTuple):
    """The sections looked at. One that is not in the report is another check's matter. `headings`: an
    expression of what, alone in a paragraph behind its numeral, only heads the words that should follow."""

    sections: tuple[str, ...]
    headings: str = ""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each section that is there; the parts of a split section count together. The prompts of
    the blank form are no words."""
    for key in parameters.sections:
        parts = sections_of(report, key)
        if not parts:
            continue
        place = Place(key, location=parts[0].location, excerpt=parts[0].heading)
        if any(part.tables for part in parts) or _says_something(parameters, parts):
            yield Verdict(Outcome.PASS, place)
        else:
            yield failed(report, key, place)._replace(absence=True)


def _says_something(parameters: Parameters, parts: Iterable[Section]) -> bool:
    said = [passage.text for part in parts for passage in part.passages if has_words(passage.text)]
    if not parameters.headings or any("。" in text or len(text) > _LONGEST_HEADING for text in said):
        return bool(said)
    heading = pattern(_NUMERAL + f"(?:{parameters.headings})" + r"\s*[：:]?\s*")
    return not all(heading.fullmatch(text) for text in said)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown sections."""
    del editions
    for index, key in enumerate(parameters.sections):
        if key not in SECTION_KEYS:
            yield ("sections", index), f"没有部分“{key}”，可用的有：{'、'.join(SECTION_KEYS)}"
    if reason := bad_expression(parameters.headings):
        yield ("headings",), reason


KIND = Kind(
    name="content",
    parameters=Parameters,
    arguments=frozenset({"section"}),
    check=check,
    verify=verify,
)
