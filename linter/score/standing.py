"""How the units of a corpus stand against each other: places, reasons to stand apart, sums, worst rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Literal, NamedTuple

from linter.checks.rulebook import Rule
from linter.corpus.model import Corpus, Filing
from linter.score.formula import Formula
from linter.score.scoring import Scheme, Score, State, score, shown_by, state

Apart = Literal["", "missing", "unreadable", "undecided", "poor", "few", "share"]
"""Why a report has no place in the ranking; "" where it has one."""

_CENT = Decimal("0.01")


class Standing(NamedTuple):
    """A filing with its score and its place: 1 is the best, equal scores share a place; None with the reason
    `apart` where it is not ranked. `states` says how each rule stands, those of several reports included."""

    filing: Filing
    score: Score
    states: Mapping[str, State]
    rank: int | None = None
    apart: Apart = ""


class YearStanding(NamedTuple):
    """All filings of one year, in the order of the roster."""

    year: int
    standings: tuple[Standing, ...]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """Those with a place, the best first."""
        return tuple(sorted((one for one in self.standings if one.rank), key=lambda one: one.rank or 0))

    @property
    def totals(self) -> tuple[Decimal, ...]:
        """The scores of those with a place, the best first."""
        return tuple(one.score.total for one in self.ranked if one.score.total is not None)

    def count(self, *statuses: str) -> int:
        """How many filings have one of these statuses."""
        return sum(one.filing.status in statuses for one in self.standings)

    @property
    def mean(self) -> Decimal | None:
        """The mean score of those with a place."""
        return mean_of(self.totals)

    @property
    def middle(self) -> Decimal | None:
        """The median score of those with a place."""
        totals = self.totals
        return rounded(median(totals)) if totals else None


def standings(corpus: Corpus, scheme: Scheme) -> tuple[YearStanding, ...]:
    """The years of the corpus, the earliest first."""
    scored: dict[int, list[Standing]] = {year: [] for year in corpus.years}
    dismissed = dismissed_in(corpus)
    for filing in corpus.filings:
        found = score(filing, scheme, dismissed)
        one = Standing(
            filing, found, states(filing, scheme.rules, dismissed), apart=apart(filing, found, scheme.formula)
        )
        scored.setdefault(filing.year, []).append(one)
    return tuple(YearStanding(year, _placed(scored[year])) for year in sorted(scored))


def unread(filing: Filing) -> tuple[str, str]:
    """The path and the reason of the file that could not be read, where the filing has no other."""
    files = [one for one in (filing.record, *filing.others) if one]
    if any(not one.reason for one in files):
        return "", ""
    return next(((one.path, one.reason) for one in files), ("", ""))


def dismissed_in(corpus: Corpus) -> frozenset[str]:
    """The fingerprints of the findings that somebody decided do not hold."""
    decided = corpus.decisions.items()
    return frozenset(fingerprint for fingerprint, said in decided if said.decision == "dismissed")


def states(filing: Filing, rules: Iterable[str], dismissed: Collection[str] = ()) -> dict[str, State]:
    """How the rules of these codes stand in a filing; none where there is no report."""
    shown = shown_by(filing.findings, dismissed)
    return {
        code: state(filing.outcomes[code], shown.get(code, ())) for code in rules if code in filing.outcomes
    }


def apart(filing: Filing, found: Score, formula: Formula) -> Apart:
    """Why the filing is not ranked: too little of it is known."""
    if found.status != "scored":
        return found.status
    if filing.record and filing.record.certainty == "poor":
        return "poor"
    if found.decided < formula.least_decided:
        return "few"
    return "share" if found.share < formula.least_share else ""


def _placed(every: Sequence[Standing]) -> tuple[Standing, ...]:
    totals = [one.score.total for one in every if not one.apart and one.score.total is not None]
    above = Counter(totals)
    places: dict[Decimal, int] = {}
    place = 1
    for total in sorted(above, reverse=True):
        places[total] = place
        place += above[total]
    return tuple(
        one if one.apart or one.score.total is None else one._replace(rank=places[one.score.total])
        for one in every
    )


class Broken(NamedTuple):
    """A rule and in how many of the reports to which it applied it was not met."""

    rule: Rule
    lost: int
    decided: int


def worst_rules(year: YearStanding, rules: Mapping[str, Rule]) -> list[Broken]:
    """The rules that some report of the year did not meet, the most frequent first."""
    lost: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for one in year.standings:
        for code, stands in one.states.items():
            lost[code] += stands == "lost"
            decided[code] += stands in ("met", "lost")
    found = [Broken(rules[code], count, decided[code]) for code, count in lost.items() if count]
    return sorted(found, key=lambda one: (-one.lost, one.rule.code))


class Heat(NamedTuple):
    """The obligations of one family of rules in one report: lost, of those decided."""

    lost: int
    decided: int


def heat(one: Standing, rules: Mapping[str, Rule]) -> dict[str, Heat]:
    """Lost and decided obligations by group of rules."""
    found: dict[str, Heat] = {}
    for code, stands in one.states.items():
        if stands in ("met", "lost"):
            group = rules[code].group
            before = found.get(group, Heat(0, 0))
            found[group] = Heat(before.lost + (stands == "lost"), before.decided + 1)
    return found


def mean_of(values: Sequence[Decimal]) -> Decimal | None:
    """The mean with two places; None of nothing."""
    return rounded(sum(values, Decimal(0)) / len(values)) if values else None


def rounded(value: Decimal) -> Decimal:
    """Two places, as a mean is told."""
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)
