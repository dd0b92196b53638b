"""What the rules of two years, and of several files of one report, say of filings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from linter.checks.blanks import blanks_as_zero
from linter.checks.engine import judge
from linter.corpus.further import Further, further_of, with_further
from linter.corpus.model import Corpus, Filing
from linter.corpus.reading import Engine, Judging
from linter.corpus.record import Record, report_of
from linter.lint import ruleset_for
from linter.report.model import Report

_OF_TWO_YEARS = frozenset({"across_years", "unchanged", "repeated_text"})
_OF_VERSIONS = frozenset({"versions"})


class Compared(NamedTuple):
    """A report with what it is compared with."""

    record: Record
    previous: Record | None = None
    versions: tuple[Record, ...] = ()


def across_years(
    corpus: Corpus, judging: Judging, engine: Engine, earlier: Mapping[tuple[str, int], Record]
) -> Corpus:
    """The corpus with what is said of each report beside last year's and beside its other versions;
    `earlier` are reports of years that are not in the corpus."""
    kept = {**earlier, **{(each.unit.name, each.year): each.record for each in corpus.filings if each.record}}
    results = engine(partial(compare, judging), _to_compare(corpus.filings, kept), _nothing)
    filings = [
        with_further(filing, next(results)) if _compared(filing, kept) else filing
        for filing in corpus.filings
    ]
    return corpus._replace(filings=tuple(filings))


def _to_compare(filings: Iterable[Filing], kept: Mapping[tuple[str, int], Record]) -> Iterator[Compared]:
    for filing in filings:
        compared = _compared(filing, kept)
        if compared is not None:
            yield compared


def _compared(filing: Filing, kept: Mapping[tuple[str, int], Record]) -> Compared | None:
    if filing.record is None:
        return None
    previous = kept.get((filing.unit.name, filing.year - 1))
    seen = {filing.record.digest}
    versions = []
    for other in filing.others:
        if not other.reason and other.digest not in seen:
            seen.add(other.digest)
            versions.append(other)
    return Compared(filing.record, previous, tuple(versions)) if previous or versions else None


def compare(judging: Judging, compared: Compared) -> Further:
    """What the rules that compare say of the report."""
    ruleset = ruleset_for(judging.selection)
    kinds = (_OF_TWO_YEARS if compared.previous else frozenset()) | (
        _OF_VERSIONS if compared.versions else frozenset()
    )
    rules = [rule for rule in ruleset.rules if rule.kind in kinds]
    filled = blanks_as_zero if ruleset.blank_as_zero else _as_it_is
    report = filled(report_of(compared.record))
    report = report._replace(
        previous=report_of(compared.previous) if compared.previous else None,
        versions=tuple(filled(report_of(version)) for version in compared.versions),
    )
    return further_of(judge(report, rules, judging.lang))


def _as_it_is(report: Report) -> Report:
    return report


def _nothing(compared: Compared) -> Further:
    del compared
    return Further()
