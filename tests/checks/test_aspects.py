"""Where the words of an aspect are looked for."""

from builder import given_report

from linter.checks.aspects import KIND, Aspect, Parameters
from linter.checks.outcome import Outcome
from linter.report.model import Passage, Section

PLATFORMS = Parameters(
    "overview", (Aspect("平台建设", "platforms", ("平台", "网站")),), apart_from=("problems",)
)


def outcome(overview: str, problems: str = "", extra: str = "") -> Outcome:
    report = given_report({"sections": {"overview": overview, "problems": problems, "others": ""}})
    if extra:
        section = Section(None, "二、其他工作", 2, "其他工作", passages=(Passage(extra),))
        report = report._replace(sections=(*report.sections, section))
    (verdict,) = KIND.check(PLATFORMS, report)
    return verdict.outcome


def test_words_broken_by_blanks_are_words() -> None:
    assert outcome("维护网 站。") is Outcome.PASS


def test_plans_are_not_looked_at() -> None:
    assert outcome("公开信息。", problems="将建设平台。") is Outcome.FAIL


def test_a_section_that_the_form_does_not_know_is_looked_at() -> None:
    assert outcome("公开信息。", extra="维护网站。") is Outcome.PASS
