"""Who has a place in the ranking, who stands apart and why, and what is summed over a year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from making import filing_of, finding, record_with

from linter.checks.profile import load_profile
from linter.corpus.model import Corpus, Decision, Filing
from linter.corpus.roster import Roster, Unit
from linter.score.charts import histogram, shade
from linter.score.scoring import scheme_of
from linter.score.standing import Standing, YearStanding, standings, worst_rules

SCHEME = scheme_of(load_profile("standard"))
MANY = list(SCHEME.obligations)[:30]


def year_of(*filings: Filing, decisions: dict[str, Decision] | None = None) -> YearStanding:
    """The standing of filings of one year, each of a unit of its own."""
    units = [Unit(f"第{number}局", "department") for number in range(len(filings))]
    owned = tuple(one._replace(unit=unit) for one, unit in zip(filings, units, strict=True))
    return standings(Corpus(Roster(units), (2024,), owned, decisions=decisions or {}), SCHEME)[0]


def filing_with(lost: int = 0, decided: int = 30, undecided: int = 0, **changes: object) -> Filing:
    codes = iter(MANY)
    outcomes = {next(codes): {"fail": 1} for _ in range(lost)}
    findings = tuple(finding(SCHEME.rules[code]) for code in outcomes)
    outcomes |= {next(codes): {"pass": 1} for _ in range(decided - lost)}
    outcomes |= {next(codes): {"open": 1} for _ in range(undecided)}
    return filing_of(record_with(outcomes, findings, **changes))


def only(year: YearStanding) -> Standing:
    return year.standings[0]


def test_equal_scores_share_a_place_and_the_next_is_counted_on() -> None:
    year = year_of(filing_with(2), filing_with(0), filing_with(1), filing_with(1))
    assert [one.rank for one in year.standings] == [4, 1, 2, 2]
    assert [one.rank for one in year.ranked] == [1, 2, 2, 4]


@pytest.mark.parametrize(
    ("filing", "apart"),
    [
        (filing_of(None, "missing"), "missing"),
        (filing_of(record_with({}, reason="已损坏"), "unreadable"), "unreadable"),
        (filing_of(None, "unreadable"), "unreadable"),
        (filing_of(record_with({"A001": {"open": 1}})), "undecided"),
        (filing_with(certainty="poor"), "poor"),
        (filing_with(decided=19), "few"),
        (filing_with(decided=20), ""),
        (filing_with(), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_report_of_which_too_little_is_known_stands_apart(filing: Filing, apart: str) -> None:
    one = only(year_of(filing))
    assert (one.apart, one.rank) == (apart, None if apart else 1)


def test_a_report_half_undecided_stands_apart() -> None:
    outcomes = {code: {"pass": 1} for code in list(SCHEME.obligations)[:25]}
    outcomes |= {code: {"open": 1} for code in list(SCHEME.obligations)[25:100]}
    assert only(year_of(filing_of(record_with(outcomes)))).apart == "share"


def test_those_apart_are_in_no_mean() -> None:
    year = year_of(filing_with(), filing_of(None, "missing"), filing_with(3, certainty="poor"))
    assert (year.mean, year.middle, len(year.ranked)) == (Decimal("100.00"), Decimal("100.00"), 1)
    assert (year.count("missing"), year.count("in-time")) == (1, 2)


def test_a_finding_that_somebody_dismissed_costs_nothing() -> None:
    filing = filing_with(1)
    fingerprint = filing.findings[0]["fingerprint"]
    for decision, kept in (("dismissed", True), ("confirmed", False), ("rectified", False)):
        decided = Decision(decision, "原表无误")  # type: ignore[arg-type]
        one = only(year_of(filing, decisions={fingerprint: decided}))
        assert (one.score.total == 100, bool(one.score.aside)) == (kept, kept)


def test_the_worst_rule_is_that_which_most_reports_do_not_meet() -> None:
    worst = worst_rules(year_of(filing_with(2), filing_with(1), filing_with(0)), SCHEME.rules)
    assert [(one.rule.code, one.lost, one.decided) for one in worst] == [(MANY[0], 2, 3), (MANY[1], 1, 3)]


def test_the_highest_class_of_the_histogram_holds_the_full_mark() -> None:
    bars = histogram(map(Decimal, ("100", "90", "89.99", "61")))
    assert [(bar.label, bar.value) for bar in bars if bar.value] == [
        ("60–70", 1),
        ("80–90", 1),
        ("90–100", 2),
    ]


@pytest.mark.parametrize(("lost", "step"), [(0, 0), (5, 1), (15, 2), (30, 3), (49, 4), (50, 5), (100, 5)])
def test_the_shade_follows_the_share_not_met(lost: int, step: int) -> None:
    assert shade(lost, 100) == step
