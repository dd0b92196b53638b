"""Relations that should not hold together: decided for every value of the unknown cells, or open."""

from __future__ import annotations

import operator
from itertools import product
from typing import Literal

import pytest
from builder import consistent_report, with_cell
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.checks.condition import Parameters, Relation, check, verify
from linter.checks.outcome import Outcome
from linter.report.model import Report

COLUMNS = ("issued", "repealed", "in_force")
COMPARE = {
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<=": operator.le,
    "<": operator.lt,
}
ROW = "disclosure/normative_documents"
SAMPLES = range(25)

Sign = Literal[">", ">=", "=", "<=", "<"]
figures = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=3, max_size=3)
signs: st.SearchStrategy[Sign] = st.sampled_from((">", ">=", "=", "<=", "<"))
weights = st.lists(st.sampled_from((-1, 0, 1)), min_size=3, max_size=3).filter(any)


def report_of(values: list[int | None]) -> Report:
    """A report whose normative documents have these figures; None is blank."""
    report = consistent_report("2021", 1)
    for column, value in zip(COLUMNS, values, strict=True):
        report = with_cell(report, "disclosure", "normative_documents", column, value)
    return report


@settings(max_examples=300, deadline=None)
@given(values=figures, weighed=weights, sign=signs, limit=st.integers(-5, 12))
def test_no_reading_of_the_blanks_contradicts_the_verdict(
    values: list[int | None], weighed: list[int], sign: Sign, limit: int
) -> None:
    names = [
        ("-" if weight < 0 else "") + f"{ROW}/{column}"
        for column, weight in zip(COLUMNS, weighed, strict=True)
        if weight
    ]
    parameters = Parameters(fault=(Relation(tuple(names), sign, limit),))
    (verdict,) = check(parameters, report_of(values))
    fillings = product(*(SAMPLES if value is None else (value,) for value in values))
    holds = {
        COMPARE[sign](sum(w * v for w, v in zip(weighed, filling, strict=True)), limit)
        for filling in fillings
    }
    if verdict.outcome is Outcome.FAIL:
        assert holds == {True}
    elif verdict.outcome is Outcome.PASS:
        assert holds == {False}
    else:
        assert verdict.outcome is Outcome.OPEN
        assert "空白，无法核对" in verdict.reason
    if None not in values:
        assert verdict.outcome is not Outcome.OPEN


def test_a_hint_whose_trigger_is_unknown_says_nothing() -> None:
    trigger = Relation((f"{ROW}/repealed",), ">")
    fault = Relation((f"{ROW}/in_force",), "=")
    parameters = Parameters(fault=(fault,), when=(trigger,))
    assert not list(check(parameters, report_of([1, None, 0])))
    assert [v.outcome for v in check(parameters, report_of([1, 2, None]))] == [Outcome.OPEN]
    assert [v.outcome for v in check(parameters, report_of([1, 0, None]))] == [Outcome.PASS]
    assert [v.outcome for v in check(parameters, report_of([1, None, 3]))] == [Outcome.PASS]
    assert [v.outcome for v in check(parameters, report_of([1, 2, 0]))] == [Outcome.FAIL]


def test_a_share_of_an_unknown_whole_is_not_judged() -> None:
    share = Relation((f"{ROW}/repealed",), ">", percent=20, of=(f"{ROW}/in_force",))
    parameters = Parameters(when=(share,))
    assert not list(check(parameters, report_of([0, 5, None])))
    assert [v.outcome for v in check(parameters, report_of([0, 5, 25]))] == [Outcome.PASS]
    (verdict,) = check(parameters, report_of([0, 6, 25]))
    assert (verdict.arguments["share"], verdict.arguments["base"]) == ("24.0%", "25")


def test_only_the_organs_meant_are_judged() -> None:
    fault = (Relation((f"{ROW}/issued",), ">"),)
    report = report_of([3, 0, 9])
    for issuer, unless, failing in (("自然资源局$", "", 1), ("公安局$", "", 0), ("局$", "青禾", 0)):
        parameters = Parameters(fault, issuer=(issuer,), unless_issuer=(unless,) if unless else ())
        assert len(list(check(parameters, report))) == failing
    assert not list(check(Parameters(fault, issuer=("局$",)), report._replace(issuer=None)))


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        (Parameters(), "应写 when 或 fault"),
        (Parameters((Relation(("disclosure/normative/issued",), ">"),)), "没有行“normative”"),
        (Parameters((Relation((f"{ROW}/made",), ">"),)), "没有列“made”"),
        (Parameters((Relation(("disclosure/issued",), ">"),)), "应写作 表/行/列"),
        (Parameters((Relation(("disclosure/@/issued",), ">"),)), "需要用 each 说明"),
        (Parameters((Relation((f"{ROW}/issued",), ">", percent=3),)), "应同时写"),
        (Parameters((Relation((f"{ROW}/issued",), ">"),), issuer=("(",)), "有误"),
    ],
)
def test_wrong_parameters_are_refused_with_what_is_right(parameters: Parameters, words: str) -> None:
    assert any(words in reason for _, reason in verify(parameters, ["2021"]))


def test_right_parameters_are_accepted() -> None:
    relation = Relation(("disclosure/@/issued", "-disclosure/@/repealed"), "<", 3)
    parameters = Parameters((relation,), each=("regulations", "normative_documents"), issuer=("局$",))
    assert not list(verify(parameters, ["2021"]))
