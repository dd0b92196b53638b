"""A score is what the applicable obligations leave of the full mark, and its items explain all of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import filing_of, finding, made_corpus, record_with

from linter.checks.profile import load_profile
from linter.checks.rulebook import exactness
from linter.corpus.model import Filing
from linter.score.formula import shipped_formula
from linter.score.scoring import Score, scheme_of, score
from linter.score.standing import standings

SCHEME = scheme_of(load_profile("standard"))
RULES = SCHEME.rules
BY_NAME = {rule.name: rule for rule in RULES.values()}


def scored(lost: str = "", met: str = "", undecided: str = "", compared: str = "") -> Score:
    """The score of a report in which the rules of these names stand so."""
    outcomes = {BY_NAME[name].code: {"fail": 2, "pass": 1} for name in lost.split()}
    outcomes |= {BY_NAME[name].code: {"pass": 3} for name in met.split()}
    outcomes |= {BY_NAME[name].code: {"open": 3} for name in undecided.split()}
    findings = tuple(finding(BY_NAME[name]) for name in lost.split())
    record = record_with(outcomes, findings)
    others = {BY_NAME[name].code: {"fail": 1} for name in compared.split()}
    more = tuple(finding(BY_NAME[name]) for name in compared.split())
    filing = filing_of(record, outcomes={**outcomes, **others}, findings=(*findings, *more))
    return score(filing, SCHEME)


def adds_up(found: Score) -> bool:
    """Whether the printed items give the printed scores."""
    assert found.own is not None
    own = sum((item.points for item in found.items if item.kind == "lost"), Decimal("100.00"))
    total = sum((item.points for item in found.items), Decimal("100.00"))
    return (str(own), str(total)) == (str(found.own), str(found.total))


def test_a_report_that_meets_all_has_the_full_mark() -> None:
    found = scored(met="applications-balance missing-section published-late")
    assert (found.own, found.total, found.items) == (Decimal("100.00"), Decimal("100.00"), ())


def test_what_is_undecided_costs_nothing_and_gains_nothing() -> None:
    met, lost = "applications-balance missing-section", "missing-table"
    without = scored(lost=lost, met=met)
    undecided = scored(lost=lost, met=met, undecided="empty-section disputes-total published-late")
    assert undecided.total == without.total
    assert (undecided.open, without.open) == (3, 0)


def test_many_failures_of_one_rule_cost_as_much_as_one() -> None:
    one = record_with({"A001": {"fail": 1}, "A002": {"pass": 1}}, (finding(RULES["A001"]),))
    many = record_with({"A001": {"fail": 8}, "A002": {"pass": 1}}, (finding(RULES["A001"]),) * 8)
    assert score(filing_of(one), SCHEME).total == score(filing_of(many), SCHEME).total


def test_points_of_a_dimension_without_decided_obligations_go_to_the_others() -> None:
    found = scored(met="applications-balance", lost="missing-section")
    assert [(part.key, str(part.available)) for part in found.parts if part.available] == [
        ("completeness", "55.56"),
        ("tables", "44.44"),
    ]
    assert found.total == Decimal("44.44")


def test_a_graver_obligation_costs_more() -> None:
    met = "section-order missing-title missing-table"
    error, warning = scored(lost="missing-section", met=met), scored(lost="section-title", met=met)
    assert error.total is not None and warning.total is not None
    assert error.total < warning.total


def test_the_profile_sets_how_grave_an_obligation_is(tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text(
        "name: {zh: 甲, en: one}\ntitle: {zh: 甲, en: one}\nextends: standard\n"
        "source: {zh: 甲, en: one}\nset:\n  section-numbering: {severity: error}\n",
        "utf-8",
    )
    outcomes = {"S005": {"fail": 1}, "S001": {"pass": 1}}
    filing = filing_of(record_with(outcomes, (finding(RULES["S005"]),)))
    stricter = score(filing, scheme_of(load_profile(str(pack))))
    usual = score(filing, SCHEME)
    assert stricter.total is not None and usual.total is not None
    assert stricter.total < usual.total


def test_a_failure_whose_findings_were_all_set_aside_costs_nothing() -> None:
    found = score(filing_of(record_with({"A001": {"fail": 1}, "A002": {"pass": 1}})), SCHEME)
    assert (found.total, found.aside) == (Decimal("100.00"), ("A001",))


def test_a_failure_with_the_cause_of_another_is_shown_by_that_finding() -> None:
    lead = {**finding(RULES["A001"]), "related": [{"code": "A002", "name": "…", "message": "…"}]}
    outcomes = {"A001": {"fail": 1}, "A002": {"fail": 1}, "A003": {"pass": 1}}
    found = score(filing_of(record_with(outcomes, (lead,))), SCHEME)
    assert {item.code: item.findings for item in found.items} == {"A001": (1,), "A002": (1,)}


def test_what_other_reports_tell_comes_off_after_the_reports_own_score() -> None:
    found = scored(met="applications-balance", compared="carry-over-mismatch unchanged-figures")
    assert (str(found.own), str(found.total)) == ("100.00", "93.00")


def test_what_other_reports_tell_is_capped_and_leaves_no_score_below_zero() -> None:
    every = " ".join(rule.name for rule in RULES.values() if shipped_formula().costs(rule))
    compared = " ".join(name for name in every.split() if shipped_formula().compares(BY_NAME[name]))
    formula = shipped_formula()
    low = formula._replace(compared=formula.compared._replace(cap=Decimal("1")))
    record = record_with({"A001": {"pass": 1}})
    outcomes = {BY_NAME[name].code: {"fail": 1} for name in compared.split()}
    findings = tuple(finding(BY_NAME[name]) for name in compared.split())
    filing = filing_of(record, outcomes=outcomes, findings=findings)
    found = score(filing, scheme_of(SCHEME.profiled, low))
    assert str(found.total) == "99.00"
    assert adds_up(found)
    nothing_left = scored(lost="applications-balance", compared="carry-over-mismatch")
    assert str(nothing_left.total) == "0.00"
    assert adds_up(nothing_left)


def test_a_missing_report_has_no_points_and_says_why() -> None:
    found = score(filing_of(None, "missing"), SCHEME)
    assert (found.status, str(found.total)) == ("missing", "0.00")
    assert [(item.kind, str(item.points)) for item in found.items] == [("missing", "-100.00")]


def test_an_unreadable_report_has_no_score() -> None:
    found = score(filing_of(record_with({}, reason="已损坏"), "unreadable"), SCHEME)
    assert (found.status, found.total) == ("unreadable", None)


codes = sorted(RULES)
outcomes = st.dictionaries(
    st.sampled_from(codes),
    st.sampled_from([{"pass": 2}, {"fail": 1}, {"fail": 3, "pass": 1}, {"open": 1}, {"not-applicable": 1}]),
)


def filing_with(given_outcomes: dict[str, dict[str, int]]) -> Filing:
    findings = tuple(finding(RULES[code]) for code, said in given_outcomes.items() if "fail" in said)
    return filing_of(record_with(given_outcomes, findings))


@settings(max_examples=200, deadline=None)
@given(outcomes)
def test_for_any_report_the_printed_items_add_up_to_the_printed_score(
    given_outcomes: dict[str, dict[str, int]],
) -> None:
    found = score(filing_with(given_outcomes), SCHEME)
    if found.own is None:
        return
    assert adds_up(found)
    assert Decimal(0) <= found.own <= 100
    assert all(item.findings for item in found.items if item.kind in ("lost", "compared"))
    lost = {part.key: part.available - part.score for part in found.parts}
    assert sum(lost.values()) == 100 - found.own
    assert sum(part.available for part in found.parts) == 100


@settings(max_examples=60, deadline=None)
@given(outcomes, st.sampled_from(sorted(SCHEME.obligations)))
def test_for_any_report_meeting_one_more_obligation_never_costs(
    given_outcomes: dict[str, dict[str, int]], code: str
) -> None:
    worse = score(filing_with({**given_outcomes, code: {"fail": 1}}), SCHEME).own
    better = score(filing_with({**given_outcomes, code: {"pass": 1}}), SCHEME).own
    assert worse is not None and better is not None
    assert better >= worse


def test_a_report_scores_the_same_alone_and_in_any_corpus() -> None:
    corpus = made_corpus(20)
    in_corpus = {
        (one.filing.unit.name, one.filing.year): one.score.own
        for year in standings(corpus, SCHEME)
        for one in year.standings
    }
    for filing in corpus.filings:
        record = filing.record
        if record is None or record.reason:
            continue
        alone = score(filing_of(record, unit=filing.unit, year=filing.year), SCHEME)
        assert alone.own == in_corpus[filing.unit.name, filing.year]


def test_what_the_corpus_adds_leaves_the_reports_own_score() -> None:
    record = record_with({"A001": {"fail": 1}, "A002": {"pass": 1}}, (finding(RULES["A001"]),))
    more = filing_of(
        record,
        outcomes={**record.outcomes, "Y001": {"fail": 1}},
        findings=(*record.findings, finding(RULES["Y001"])),
    )
    assert score(more, SCHEME).own == score(filing_of(record), SCHEME).own


@pytest.mark.parametrize("selectors", [one.rules for one in shipped_formula().dimensions], ids=str)
def test_every_selector_of_the_formula_names_a_rule(selectors: tuple[str, ...]) -> None:
    every = SCHEME.profiled.rulebook.rules
    assert [s for s in selectors if not any(exactness(rule, s) for rule in every)] == []


def test_every_rule_has_a_dimension_that_names_it_or_looks_at_several_reports() -> None:
    formula = shipped_formula()
    named = [selector for one in formula.dimensions for selector in one.rules]
    lost = [
        rule.name
        for rule in SCHEME.profiled.rulebook.rules
        if formula.counts(rule)
        and not formula.compares(rule)
        and not any(exactness(rule, selector) for selector in named)
    ]
    assert lost == []
    assert sum(one.points for one in formula.dimensions) == formula.full
