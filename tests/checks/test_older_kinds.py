"""Faults in rules of the kinds that serve reports before 2019, and relations of one column."""

from __future__ import annotations

from typing import Any

import pytest
from builder import consistent_report, given_report

from linter.checks import identity, presence, stated_cell, topic
from linter.checks.kind import build
from linter.checks.outcome import Outcome
from linter.checks.wording import row_name
from linter.report.norm import STATISTICS, table_spec

PAIR = {"quantity": "applications.received", "rows": ["received"]}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"table": "tables"}, ("table",)),
        ({"column": "total"}, ("column",)),
        ({"pairs": [{**PAIR, "rows": ["receive"]}]}, ("pairs", 0, "rows")),
        ({"pairs": [{**PAIR, "quantity": "applications.recieved"}]}, ("pairs", 0, "quantity")),
        ({"not_counting": "（"}, None),
        ({"not_counting": "("}, ("not_counting",)),
        ({"not_beside": ["carried"]}, ("not_beside", 0)),
    ],
)
def test_a_faulty_stated_cell_is_refused(changes: dict[str, Any], path: tuple[str | int, ...] | None) -> None:
    data = {"table": STATISTICS, "column": "value", "pairs": [PAIR], **changes}
    problems = [at for at, _ in stated_cell.verify(build(stated_cell.KIND, data), ["pre-2019"])]
    assert problems[:1] == ([path] if path else [])


def test_the_statistics_table_is_refused_for_later_editions() -> None:
    data = {"table": STATISTICS, "column": "value", "pairs": [PAIR]}
    assert list(stated_cell.verify(build(stated_cell.KIND, data), ["2021"]))


def test_an_unknown_topic_is_refused() -> None:
    data = {"topics": [{"key": "fee", "name": "收费", "name_en": "fees", "words": ["收费"]}]}
    assert [at for at, _ in topic.verify(build(topic.KIND, data), [])] == [("topics", 0, "key")]


def test_a_side_that_the_table_has_not_is_not_compared() -> None:
    report = given_report({"edition": "pre-2019", "drop_rows": {STATISTICS: ["received.*"]}})
    form = {"left": ["received.*"], "right": ["received"]}
    parameters = build(
        identity.KIND, {"table": STATISTICS, "along": "rows", "forms": [form], "each": ["value"]}
    )
    assert not list(identity.check(parameters, report))


def test_one_column_is_told_by_its_row() -> None:
    report = consistent_report("pre-2019")
    form = {"left": ["review.*"], "right": ["review"]}
    parameters = build(
        identity.KIND, {"table": STATISTICS, "along": "rows", "forms": [form], "each": ["value"]}
    )
    (instance,) = identity.instances(parameters, report.tables[STATISTICS])
    assert instance.line == "四、行政复议数量"
    assert identity.judge_instance(instance).outcome is Outcome.PASS


def test_repeated_labels_are_named_with_their_group() -> None:
    spec = table_spec(STATISTICS, "pre-2019")
    assert row_name(spec, "review.corrected") != row_name(spec, "litigation.corrected")


@pytest.mark.parametrize(("year", "verdicts"), [(2013, 0), (2014, 1), (None, 0)])
def test_presence_is_asked_since_a_year(year: int | None, verdicts: int) -> None:
    report = consistent_report("pre-2019")._replace(year=year)
    parameters = presence.Parameters(facts=("statistics",), since=2014)
    assert len(list(presence.check(parameters, report))) == verdicts
