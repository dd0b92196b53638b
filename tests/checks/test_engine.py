"""Grouping by cause, open items, readings of blanks, fingerprints, faults of rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from builder import APPLICANTS, consistent_report, given_report

from linter.checks import engine
from linter.checks.engine import judge
from linter.checks.kinds import KINDS
from linter.checks.outcome import Judgement, Outcome, Verdict
from linter.checks.rulebook import Rulebook, load_rulebook, select_rules
from linter.document.model import Location
from linter.report.model import Report, TableCell

# What a run selects unless told otherwise.
BOOK = Rulebook(tuple(rule for rule in load_rulebook().rules if rule.level in ("statutory", "standard")))


def judged(given: dict[str, Any], select: tuple[str, ...] = (), lang: str = "zh") -> Judgement:
    judgement = judge(given_report(given), select_rules(BOOK, select), lang)
    assert not judgement.errors
    return judgement


def names(judgement: Judgement) -> list[str]:
    return [finding.name for finding in judgement.findings]


@pytest.mark.parametrize("edition", ["2019", "2021", "pre-2019"])
def test_a_good_report_has_no_finding_and_nothing_open(edition: str) -> None:
    judgement = judge(consistent_report(edition, 4), BOOK.rules)
    assert not judgement.findings
    assert not judgement.open
    assert not judgement.errors


def test_a_missing_table_is_one_finding_and_its_identities_are_one_open_item_a_rule() -> None:
    judgement = judged({"tables": {"applications": None}})
    assert names(judgement) == ["missing-table"]
    assert sorted(item.name for item in judgement.open) == [
        "applications-applicant-total",
        "applications-balance",
        "applications-result-total",
    ]


def test_a_table_that_could_not_be_read_accuses_nobody() -> None:
    judgement = judged({"tables": dict.fromkeys(("disclosure", "applications", "disputes"), "数字粘连")})
    assert not judgement.findings
    assert all("数字粘连" in item.reason for item in judgement.open)


def test_what_fails_inside_a_missing_section_is_shown_under_it() -> None:
    judgement = judged(
        {
            "sections": {"disputes": None},
            "tables": {"disputes": None},
            "deviations": [{"part": "section", "kind": "missing", "key": "disputes"}],
        }
    )
    assert names(judgement) == ["missing-section"]
    assert sorted(related.name for related in judgement.findings[0].related) == [
        "missing-table",
        "section-numbering",
    ]


SPLIT = {
    "split": {"problems": ["五、存在的不足", "六、今后打算"]},
    "deviations": [{"part": "section", "kind": "split", "key": "problems", "found": "六、今后打算"}],
    "announcement": {
        "titles": ["总体情况", "存在的主要问题及改进情况"],
        "text": "包括总体情况、存在的主要问题及改进情况等。",
    },
}


def test_a_split_section_explains_why_the_announced_one_is_not_found() -> None:
    judgement = judged(SPLIT)
    assert names(judgement) == ["extra-section"]
    assert [item.name for item in judgement.findings[0].related] == ["announced-sections"]
    assert names(judged(SPLIT, ("announced-sections",))) == ["announced-sections"]


def test_what_the_split_does_not_explain_is_a_finding_of_its_own() -> None:
    announced = {"titles": ["收费及减免情况", "存在的主要问题及改进情况"], "text": "包括收费及减免情况等。"}
    judgement = judged({**SPLIT, "announcement": announced})
    assert sorted(names(judgement)) == ["announced-sections", "extra-section"]


def test_a_wrong_year_in_the_title_is_one_finding() -> None:
    judgement = judged(
        {
            "edition": "2019",
            "year": 2020,
            "edition_by_tables": "2021",
            "period": {"start": "2023-01-01", "end": "2023-12-31"},
            "lead": "本报告根据国办公开办函〔2021〕30号编制，可在县政府网站查阅。",
        }
    )
    assert names(judgement) == ["title-year"]
    assert sorted(item.name for item in judgement.open) == ["edition-mismatch", "superseded-basis"]


def test_blanks_scattered_over_a_table_are_one_finding() -> None:
    judgement = judged(
        {"cells": {"applications": {"*": dict.fromkeys(APPLICANTS[1::2], "")}}}, ("blank-cell",)
    )
    assert len(judgement.findings) == 3
    rows = {"granted": {"natural_person": ""}, "denied.internal": {"business": ""}}
    rows |= {"new": {"research": ""}, "rejected.repeat": {"other": ""}}
    judgement = judged({"cells": {"applications": rows}}, ("blank-cell",))
    assert len(judgement.findings) == 1
    assert judgement.findings[0].place.row is None


def test_a_reading_of_blanks_as_zero_is_shown_under_the_blank() -> None:
    cells = {"new": {"*": 0, "natural_person": 9, "total": ""}}
    judgement = judged({"cells": {"applications": cells}}, ("blank-cell", "applications-applicant-total"))
    assert names(judgement) == ["blank-cell"]
    assert [related.name for related in judgement.findings[0].related] == ["applications-applicant-total"]
    assert "此格应为 9" in judgement.findings[0].related[0].message


def test_without_the_blank_rule_the_reading_is_a_warning_of_its_own() -> None:
    cells = {"new": {"*": 0, "natural_person": 9, "total": ""}}
    judgement = judged({"cells": {"applications": cells}}, ("applications-applicant-total",))
    assert [(f.name, f.severity) for f in judgement.findings] == [("applications-applicant-total", "warning")]


def test_a_blank_total_column_is_one_open_item() -> None:
    judgement = judged({"cells": {"applications": {"*": {"total": ""}}}}, ("applications-applicant-total",))
    assert len(judgement.open) == 1
    assert "“总计”整列空白" in judgement.open[0].reason
    assert "共 25 处勾稽关系" in judgement.open[0].reason


def test_the_reason_of_a_lost_cell_is_told() -> None:
    judgement = judged(
        {"cells": {"applications": {"granted": {"natural_person": {"lost": "换页处缺一个数"}}}}},
        ("applications-result-total",),
    )
    assert "（一）予以公开 × 自然人在原文或转换中丢失（换页处缺一个数）" in judgement.open[0].reason


def test_rules_of_other_editions_do_not_apply() -> None:
    judgement = judged({"edition": "pre-2019"}, ("cells", "arithmetic"))
    assert set(judgement.outcomes.values()) == {1}
    assert {outcome for _, outcome in judgement.outcomes} == {Outcome.NOT_APPLICABLE}


def test_a_check_that_raises_is_an_error_of_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(parameters: Any, report: Report) -> Iterator[Verdict]:
        raise RuntimeError("boom")

    kinds = KINDS | {"numbering": KINDS["numbering"]._replace(check=broken)}
    monkeypatch.setattr(engine, "KINDS", kinds)
    judgement = judge(consistent_report("2021"), BOOK.rules)
    assert [error.name for error in judgement.errors] == ["section-numbering"]
    assert "boom" in judgement.errors[0].reason
    assert not judgement.findings


def test_fingerprints_survive_a_new_layout_and_differ_by_place() -> None:
    given = {"cells": {"disputes": {"review.total": 90, "litigation_direct.total": 91}}}
    report = given_report(given)
    first = judge(report, select_rules(BOOK, ["A"]))
    tables = dict(report.tables)
    moved = {
        key: value._replace(location=Location(page=9, line=77))
        for key, value in tables["disputes"].cells.items()
    }
    tables["disputes"] = tables["disputes"]._replace(cells=moved)
    second = judge(report._replace(path="other.pdf", tables=tables), select_rules(BOOK, ["A"]))
    prints = [finding.fingerprint for finding in first.findings]
    assert prints == [finding.fingerprint for finding in second.findings]
    assert len(set(prints)) == 2


def test_two_findings_at_one_place_are_told_apart() -> None:
    extra = [{"part": "row", "kind": "extra", "found": "小计"}] * 2
    judgement = judged({"table_deviations": {"applications": extra}}, ("row-label",))
    prints = [finding.fingerprint for finding in judgement.findings]
    assert prints[1] == f"{prints[0]}-2"


def test_findings_come_in_the_order_of_the_report() -> None:
    judgement = judged(
        {
            "period": None,
            "sections": {"problems": "无。"},
            "cells": {"disputes": {"review.total": 90}, "disclosure": {"licensing": {"decisions": ""}}},
        }
    )
    assert names(judgement) == [
        "missing-period",
        "blank-cell",
        "disputes-total",
        "problems-missing",
    ]


def test_findings_in_english() -> None:
    judgement = judged({"cells": {"disputes": {"review.total": 90}}}, ("A",), "en")
    assert judgement.findings[0].message.startswith("table of section 4")


def test_an_amount_with_decimals_is_compared_within_its_precision() -> None:
    report = given_report({"edition": "2019"})
    assert isinstance(report.tables["disclosure"].cells["procurement", "amount"], TableCell)
    assert not judge(report, BOOK.rules).findings
