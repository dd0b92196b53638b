"""The rules as a whole: each shown to work, each resting on something, none of the norm forgotten."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import HypothesisException
from hypothesis.strategies import from_regex

from linter.checks.engine import judge
from linter.checks.kind import build
from linter.checks.kinds import CORPUS_KINDS, EVERY_KIND
from linter.checks.outcome import Judgement, Outcome
from linter.checks.profile import every_rule, load_profile, shipped_profiles
from linter.checks.rulebook import Rule, load_rulebook, load_texts
from linter.corpus.judge import judge_corpus
from linter.corpus.model import Corpus
from linter.corpus.record import record_of, report_of
from linter.render.reference import candidate_ids
from linter.report.model import Report, StandardTable, State, TableCell
from linter.resources import resource_folder

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
from builder import given_report
from corpus_builder import given_corpus

NORM = resource_folder("rules") / "norm"
RULES = every_rule(shipped_profiles()).rules
TEXTS = load_texts(RULES)
EACH = [pytest.param(rule, id=rule.name) for rule in RULES]

# The names of design.md §7.
_LISTED = """
missing-title title-year missing-period period-range missing-contact contact-format announced-sections
superseded-basis link-mismatch missing-section extra-section section-order section-title
section-numbering empty-section missing-table missing-row row-label column-header edition-mismatch
blank-cell placeholder-cell not-a-number negative-or-fraction annotated-cell applications-balance
applications-result-total applications-applicant-total disputes-total
total-below-published in-force-below-issued procurement-half-empty narrative-table-mismatch
narrative-parts-sum narrative-percentage narrative-contradiction narrative-none-but-table
table-not-mentioned stale-year overview-aspect-missing assessment-results-missing problems-missing
improvements-missing fee-statement-missing published-late carry-over-mismatch stock-flow-mismatch
unchanged-figures repeated-text children-exceed-parent children-sum child-missing
copied-from-other-unit foreign-issuer-name conversion-residue template-leftover personal-data
"""
NAMES = set(_LISTED.split())


def norm(name: str) -> Any:
    return yaml.safe_load((NORM / name).read_bytes())


def left_out() -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in norm("left-out.yaml")}


# Every rule is shown to work


def case_outcomes(rule: Rule) -> set[str]:
    return {case["expect"] for case in TEXTS[rule.code].cases}


@pytest.mark.parametrize("rule", EACH)
def test_a_rule_has_a_passing_and_a_failing_case(rule: Rule) -> None:
    assert {"pass", "fail"} <= case_outcomes(rule)


def less_known(report: Report) -> Iterator[Report]:
    """The report as less of it was read, in several ways."""
    yield report._replace(reading=report.reading._replace(certainty="poor"))
    yield report._replace(document=report.document._replace(scanned_pages=(1,)))
    yield report._replace(published=None)
    tables = report.tables.items()
    for state in (State.LOST, State.BLANK):
        yield report._replace(tables={key: emptied(table, state) for key, table in tables})
    yield report._replace(
        tables={key: emptied(table, State.LOST)._replace(found=False, lost="残缺") for key, table in tables}
    )


def outcomes_of_less(rule: Rule, given: dict[str, Any]) -> Iterator[set[Outcome]]:
    """What the rule says of the report, or the corpus, as less of it was read."""
    if rule.kind not in CORPUS_KINDS:
        for report in less_known(given_report(given)):
            yield {outcome for _, outcome in judge(report, [rule]).outcomes}
        return
    for corpus in less_known_corpora(given_corpus(given)):
        judged = judge_corpus(corpus, [rule])
        yield {outcome for one in judged.of.values() for _, outcome in one.outcomes}


def less_known_corpora(corpus: Corpus) -> Iterator[Corpus]:
    """The corpus as less of each report was read, and without one of them."""
    for at in range(5):
        filings = []
        for filing in corpus.filings:
            assert filing.record
            *_, report = islice(less_known(report_of(filing.record)), at + 1)
            filings.append(filing._replace(record=record_of(report, Judgement((), ()), "")))
        yield corpus._replace(filings=tuple(filings))
    for at in range(len(corpus.filings)):
        yield corpus._replace(filings=corpus.filings[:at] + corpus.filings[at + 1 :])


def emptied(table: StandardTable, state: State) -> StandardTable:
    return table._replace(cells={key: TableCell("", state) for key in table.cells})


@pytest.mark.parametrize("rule", EACH)
def test_a_rule_that_can_be_undecided_has_an_open_case(rule: Rule) -> None:
    if "open" in case_outcomes(rule):
        return
    for case in TEXTS[rule.code].cases:
        for outcomes in outcomes_of_less(rule, case["given"]):
            assert Outcome.OPEN not in outcomes, f"open for less of the report of {case}, but no such case"


def strings(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every text in plain data, with where it stands."""
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from strings(value, (*at, key))


def put(data: Any, at: Sequence[Any], text: str) -> Any:
    """A copy of plain data with the text at one place replaced."""
    if not at:
        return text
    items = dict(data) if isinstance(data, dict) else list(data)
    items[at[0]] = put(items[at[0]], at[1:], text)
    return items


def expressions(rule: Rule, check: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The regular expressions among the parameters: where a bad one is refused as such."""
    kind = EVERY_KIND[rule.kind]
    for at, text in strings(check):
        broken = build(kind, put(check, at, "("))
        if text and any("正则表达式" in reason for _, reason in kind.verify(broken, rule.editions)):
            yield at, text


def check_of(rule: Rule) -> dict[str, Any]:
    for entry in yaml.safe_load(rule.path.read_bytes())["rules"]:
        if entry["code"] == rule.code:
            return {key: value for key, value in entry["check"].items() if key != "kind"}
    raise AssertionError(rule.code)


def some_match(expression: str) -> str | None:
    """A text that the expression matches, drawn from it; None where none is found."""
    few = settings(
        max_examples=300,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=tuple(HealthCheck),
    )
    try:
        return find(from_regex(expression), lambda _: True, settings=few, random=Random(0))
    except HypothesisException:
        return None


def test_what_can_never_match_is_told_from_what_can() -> None:
    assert some_match("(?!年)年") is None
    assert some_match("甲$乙") is None
    assert some_match("(?<=年)[0-9]{4}(?!号)") is not None


@pytest.mark.parametrize("rule", EACH)
def test_every_expression_of_a_rule_can_match(rule: Rule) -> None:
    check = check_of(rule)
    shown = [text for case in TEXTS[rule.code].cases for _, text in strings(case["given"])]
    for at, expression in expressions(rule, check):
        found = [match[0] for text in shown if (match := re.search(expression, text)) and match[0]]
        if not found:
            drawn = some_match(expression)
            assert drawn is not None, f"{at}: nothing matches {expression}"
            match = re.search(expression, drawn)
            found = [match[0]] if match else []
        beside = check
        for key in at[:-1]:
            beside = beside[key]
        guards = beside.get("only_with") if isinstance(beside, dict) and at[-1] == "regex" else None
        assert not guards or any(guard in text for guard in guards for text in found), (
            f"{at}: {guards} keep {found} from being found"
        )


# Every rule rests on something, and nothing is forgotten


@pytest.mark.parametrize("rule", EACH)
def test_a_rule_says_what_it_rests_on_and_carries_out(rule: Rule) -> None:
    texts = TEXTS[rule.code]
    assert texts.rests_on or texts.covers
    clauses = {clause["id"] for clause in norm("clauses.yaml")["clauses"]}
    assert set(texts.rests_on) <= clauses
    candidates = {one for family in norm("catalogue.yaml")["families"] for one in candidate_ids(family)}
    assert set(texts.covers) <= candidates


def test_every_candidate_of_one_report_is_a_rule_or_left_out_with_a_reason() -> None:
    covered = {candidate for rule in RULES for candidate in TEXTS[rule.code].covers}
    forgotten = [
        candidate
        for family in norm("catalogue.yaml")["families"]
        if "later" not in family
        for candidate in candidate_ids(family)
        if candidate not in covered and candidate not in left_out()
    ]
    assert not forgotten


def test_what_is_left_out_exists_and_has_its_reason_in_both_languages() -> None:
    candidates = {one for family in norm("catalogue.yaml")["families"] for one in candidate_ids(family)}
    covered = {candidate for rule in RULES for candidate in TEXTS[rule.code].covers}
    for name, entry in left_out().items():
        assert {"id", "reason"} <= set(entry) <= {"id", "reason", "part"}, entry
        assert set(entry["reason"]) == {"zh", "en"}, entry
        assert name in candidates, name
        assert (name in covered) == entry.get("part", False), name


def test_every_clause_has_a_rule_or_says_why_not() -> None:
    used = {clause for rule in RULES for clause in TEXTS[rule.code].rests_on}
    for clause in norm("clauses.yaml")["clauses"]:
        if clause["id"] not in used:
            assert set(clause.get("gap", {})) == {"zh", "en"}, f"no rule rests on {clause['id']}"
        else:
            assert "gap" not in clause, f"{clause['id']} has rules"


def test_the_names_that_others_rely_on_exist() -> None:
    names = {rule.name for rule in load_rulebook().rules}
    assert sorted(NAMES - names) == []


def test_what_others_rely_on_is_judged_unless_it_is_a_mere_hint() -> None:
    held = load_profile("standard").held
    for rule in load_rulebook().rules:
        if rule.name in NAMES and rule.severity != "info":
            assert rule.code in held, f"{rule.name} is of level {rule.level}"


@pytest.mark.parametrize("rule", EACH)
def test_practice_is_never_more_than_a_warning_nor_statutory(rule: Rule) -> None:
    if rule.basis == "practice":
        assert rule.severity != "error"
        assert rule.level != "statutory"
