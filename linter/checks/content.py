"""Sections that must have words below their heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.mention import failed
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import sections_of
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS


class Parameters(NamedTuple):
    """The sections looked at. One that is not in the report is another check's matter."""

    sections: tuple[str, ...]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each section that is there; the parts of a split section count together."""
    for key in parameters.sections:
        parts = sections_of(report, key)
        if not parts:
            continue
        place = Place(key, location=parts[0].location, excerpt=parts[0].heading)
        if any(part.tables or part.text.strip() for part in parts):
            yield Verdict(Outcome.PASS, place)
        else:
            yield failed(report, key, place)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown sections."""
    del editions
    for index, key in enumerate(parameters.sections):
        if key not in SECTION_KEYS:
            yield ("sections", index), f"没有部分“{key}”，可用的有：{'、'.join(SECTION_KEYS)}"


KIND = Kind(
    name="content",
    parameters=Parameters,
    arguments=frozenset({"section"}),
    check=check,
    verify=verify,
)
