"""A run over a corpus: every file read and judged, matched to the roster, compared with last year's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from linter.corpus.across import across_years
from linter.corpus.collect import Item
from linter.corpus.filings import Deadlines, filed, issuers_of
from linter.corpus.further import further_of, with_further
from linter.corpus.judge import judge_corpus
from linter.corpus.model import Corpus
from linter.corpus.reading import Engine, Judging, records
from linter.corpus.record import Record
from linter.corpus.roster import Roster
from linter.corpus.sharing import Pool, shared
from linter.lint import ruleset_for
from linter.supervised import Watch, supervised

Given = TypeVar("Given")
Made = TypeVar("Made")

Reader = Callable[[Judging, Sequence[Item], Engine], Iterable[Record]]
"""Gives the record of each item, in order: by reading it, or from where it was kept."""


class Wanted(NamedTuple):
    """What a run is to make: the years asked for (none: those found) and how reports are judged."""

    judging: Judging = Judging()
    years: tuple[int, ...] = ()


def local_engine(watch: Watch) -> Engine:
    """Processes of this machine."""

    def spread(
        work: Callable[[Given], Made], items: Iterable[Given], failed: Callable[[Given], Made]
    ) -> Iterator[Made]:
        return supervised(work, items, watch, failed)

    return spread


def run(
    items: Sequence[Item],
    roster: Roster | None,
    wanted: Wanted,
    engine: Engine,
    *,
    reader: Reader = records,
    advance: Callable[[int], None] = lambda count: None,
) -> Corpus:
    """The corpus of the files. Without a roster the units are the issuers found.

    The result is the same whatever the engine and the number of processes. `advance` is told of each
    file that is done.
    """
    read: list[tuple[Item, Record]] = []
    pool: Pool = {}
    for item, record in zip(items, reader(wanted.judging, items, engine), strict=True):
        read.append((item, shared(record, pool)))
        advance(1)
    units = issuers_of(record for _, record in read) if roster is None else roster
    deadlines = deadlines_of(wanted.judging)
    everything = filed(read, units, deadlines)
    corpus = filed(read, units, deadlines, wanted.years) if wanted.years else everything
    compared = across_years(corpus, wanted.judging, engine, _kept(everything))
    return between_units(compared, wanted.judging)


def between_units(corpus: Corpus, judging: Judging) -> Corpus:
    """The corpus with what the rules of several units say of each. Raises MissingLibrary where that of an
    extra is needed."""
    judged = judge_corpus(corpus, ruleset_for(judging.selection).rules, judging.lang)
    filings = tuple(
        with_further(filing, further_of(judged.of[filing.unit.name, filing.year]))
        if (filing.unit.name, filing.year) in judged.of
        else filing
        for filing in corpus.filings
    )
    return corpus._replace(filings=filings, errors=judged.errors)


def _kept(corpus: Corpus) -> Mapping[tuple[str, int], Record]:
    return {(each.unit.name, each.year): each.record for each in corpus.filings if each.record}


def deadlines_of(judging: Judging) -> Deadlines:
    """The days of publication that the profile's rules set, whichever of them are selected."""
    from linter.checks.profile import load_profile

    rules = load_profile(judging.selection.profile).rulebook.rules
    return Deadlines(tuple((rule.code, rule.parameters) for rule in rules if rule.kind == "deadline"))
