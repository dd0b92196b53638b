"""A parent and its children: only what no reading of the unknown figures allows is a finding."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.checks.outcome import Outcome
from linter.checks.rulebook import Rule, load_rulebook
from linter.corpus.judge import judge_corpus
from linter.corpus.roster import read_roster
from linter.render.check_json import findings_and_open

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
from corpus_builder import given_corpus

COUNTY, OFFICE = "青禾县人民政府", "青禾县人民政府办公室"
BUREAUS = ("青禾县教育局", "青禾县财政局", "青禾县民政局")
WHOLE = "本报告汇总全县各部门、各乡镇的数据编制。"


def rule(name: str) -> Rule:
    found = load_rulebook().find(name)
    assert found
    return found


EXCEEDS, SUM = rule("children-exceed-parent"), rule("children-sum")


def received(figure: int | None) -> dict[str, Any]:
    """Tables in which all is zero but the requests received, which are blank where None."""
    new = "" if figure is None else figure
    cells = {"*": {"*": 0}, "new": {"natural_person": new, "total": new}}
    return {"applications": cells, "disputes": {"*": 0}, "disclosure": {"*": {"*": 0}}}


def county(parent: int | None, children: list[int | None], absent: int = 0, lead: str = WHOLE) -> Any:
    """A county whose organs received so many requests; the last `absent` of them have no report."""
    names = (OFFICE, *BUREAUS)[: len(children)]
    units = [{"name": COUNTY, "kind": "government"}]
    units += [{"name": name, "parent": COUNTY} for name in names]
    reports = [{"unit": COUNTY, "lead": lead, "cells": received(parent)}]
    there = list(zip(names, children, strict=True))[: len(children) - absent]
    reports += [{"unit": name, "cells": received(figure)} for name, figure in there]
    return given_corpus({"units": units, "reports": reports})


def outcomes(corpus: Any, one: Rule) -> set[Outcome]:
    judged = judge_corpus(corpus, [one])
    assert not judged.errors
    return {outcome for each in judged.of.values() for _, outcome in each.outcomes}


figures = st.one_of(st.none(), st.integers(0, 30))


@settings(max_examples=30, deadline=None)
@given(figures, st.lists(figures, min_size=2, max_size=4), st.integers(0, 1))
def test_a_finding_is_a_proof(parent: int | None, children: list[int | None], absent: int) -> None:
    corpus = county(parent, children, absent)
    there = children[: len(children) - absent]
    least = sum(figure or 0 for figure in there)
    proven = parent is not None and least > parent
    assert (Outcome.FAIL in outcomes(corpus, EXCEEDS)) == proven
    complete = not absent and None not in children
    assert (Outcome.FAIL in outcomes(corpus, SUM)) == (complete and parent is not None and least < parent)


def test_the_finding_names_the_children_with_their_figures() -> None:
    judged = judge_corpus(county(12, [1, 9, 5]), [EXCEEDS]).of[COUNTY, 2023]
    (finding,) = findings_and_open(judged)["findings"]
    assert finding["severity"] == "error"
    assert finding["evidence"]["formula"] == "12 < 1 + 9 + 5 = 15"
    own, *children = finding["evidence"]["cells"]
    assert "unit" not in own and own["value"] == 12
    assert {cell["unit"]: cell["value"] for cell in children} == {OFFICE: 1, BUREAUS[0]: 9, BUREAUS[1]: 5}
    assert [one["location"]["cell"] for one in finding["related"]] == ["natural_person"]


def test_the_fingerprint_stays_while_figures_change() -> None:
    prints = {
        judge_corpus(county(12, [1, figure, 5]), [EXCEEDS]).of[COUNTY, 2023].findings[0].fingerprint
        for figure in (9, 19)
    }
    assert len(prints) == 1


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (WHOLE, Outcome.FAIL),
        ("本报告所列数据的统计范围包括全县各部门和乡镇。", Outcome.FAIL),
        ("本报告由县政府办公室根据各乡镇、各部门年度报告汇总编制。", Outcome.FAIL),
        ("本报告中的数据为本行政区域内各机关的合计。", Outcome.FAIL),
        ("现公布本报告。", Outcome.OPEN),
        ("指导本行政区域的政府信息公开工作，培训覆盖各乡镇、各部门。", Outcome.OPEN),
        ("督促各乡镇、各部门做好年度报告编制工作。", Outcome.OPEN),
        ("根据条例的规定，现公布青禾县人民政府报告，县政府办公室负责解释。", Outcome.OPEN),
    ],
)
def test_only_a_stated_scope_makes_it_an_error(lead: str, expected: Outcome) -> None:
    assert expected in outcomes(county(12, [1, 9, 5], lead=lead), EXCEEDS)


def test_the_roster_may_say_that_a_government_sums_up_its_region(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(
        "单位,汇总所属\n青禾县人民政府,是\n绿水县人民政府,否\n白石县人民政府,\n", encoding="utf-8"
    )
    assert [unit.whole for unit in read_roster(path).units] == [True, False, None]


def test_figures_of_the_government_alone_are_not_compared() -> None:
    lead = "本报告数据仅包括县政府本级。"
    assert outcomes(county(12, [1, 9, 5], lead=lead), EXCEEDS) == set()
