"""What the documents say of rules and profiles is what the rules say."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from linter.checks.engine import judge
from linter.checks.outcome import Outcome
from linter.checks.profile import load_profile, shipped_profiles
from linter.checks.rulebook import load_texts
from linter.render.reference import COMMAND, pages

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
from builder import given_report

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["rules/zh.md", "rules/en.md", "rules/coverage.md"])
def test_the_reference_is_generated_from_the_rules(page: str) -> None:
    committed = (DOCS / page).read_text(encoding="utf-8")
    assert committed == pages()[page], f"docs/{page} is stale: run {COMMAND}"


def test_no_page_is_left_over() -> None:
    there = {path.relative_to(DOCS).as_posix() for path in (DOCS / "rules").iterdir()}
    assert there == set(pages())


def test_the_example_of_a_profile_works(tmp_path: Path) -> None:
    text = (DOCS / "profiles.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    mine = load_profile(str(path))
    assert mine.blank_as_zero and mine.profile.deductions
    own = [rule for rule in mine.rulebook.rules if rule.path == path]
    assert own and {rule.code for rule in own} <= mine.held
    for rule in own:
        for case in load_texts(own)[rule.code].cases:
            outcomes = {outcome for _, outcome in judge(given_report(case["given"]), [rule]).outcomes}
            assert outcomes == {Outcome(case["expect"])}


def test_every_shipped_profile_is_named_in_the_document() -> None:
    text = (DOCS / "profiles.md").read_text(encoding="utf-8")
    for one in shipped_profiles():
        assert f"`{one.profile.name.zh}` `{one.profile.name.en}`" in text
