"""What a kind of check of several reports is: as a kind of `linter/checks`, with a corpus as its input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.checks.kind import Problem
from linter.checks.outcome import Evidence, Place, Verdict

if TYPE_CHECKING:
    from linter.corpus.model import Corpus


class Beside(NamedTuple):
    """What is listed under a finding: one more cell, one organ concerned, in words of both languages."""

    message: str
    message_en: str
    place: Place = Place()
    evidence: Evidence | None = None


class Said(NamedTuple):
    """A verdict on the report of one unit and year, with what is listed under it."""

    unit: str
    year: int
    verdict: Verdict
    beside: tuple[Beside, ...] = ()


class CorpusKind(NamedTuple):
    """One kind of check of several reports; its fields are those of a Kind (`linter/checks/kind.py`)."""

    name: str
    parameters: type
    arguments: frozenset[str]
    check: Callable[[Any, Corpus], Iterable[Said]]
    verify: Callable[[Any, Sequence[str]], Iterable[Problem]]
    nested: Mapping[str, type] = {}
