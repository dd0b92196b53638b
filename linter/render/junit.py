"""JUnit XML, which CI servers show as tests: a suite a file, a case a rule.

A rule with findings is a failed case; one that is undecided, set aside or known to the baseline is a
skipped one; a rule that broke, and a file that cannot be read, is an error. Rules that do not apply are
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from linter.checks.outcome import Finding, Judgement, Outcome
from linter.render.address import from_here, without_controls
from linter.render.entry import Entry, Settings, ranked
from linter.render.phrases import advised, placed, proof, suspected
from linter.render.place import where_words
from linter.render.rule_titles import rules_by_code, titled
from linter.render.words import words
from linter.report.model import Report


class Case(NamedTuple):
    """A case of a suite. `kind` is the element that tells how it ended, "" for a passed one."""

    code: str
    name: str = ""
    kind: str = ""
    type: str = ""
    message: str = ""
    text: str = ""


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """The suite of one file."""
    return _suite(report.path, _cases(report, judgement, settings.lang), settings)


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The suites as they come."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gongkai-lint">\n'
    for entry in entries:
        title = words(settings.lang)["unreadable_file"]
        yield entry.body or _suite(
            entry.path, [Case(title, "", "error", "unreadable", entry.reason, entry.reason)], settings
        )
    yield "</testsuites>\n"


def _cases(report: Report, judgement: Judgement, lang: str) -> list[Case]:
    """One case for each rule that had something to say, by code; the gravest outcome tells."""
    passed = {code: Case(code) for code, outcome in judgement.outcomes if outcome is Outcome.PASS}
    word = words(lang)
    skipped: dict[str, Case] = {}
    for finding in judgement.known:
        told = word["by_baseline"]
        skipped[finding.code] = Case(
            finding.code, finding.name, "skipped", "known", told, placed(finding, report, lang)
        )
    for item in judgement.suppressed:
        told = f"{word['type_suppressed']}{word['colon']}{item.reason}"
        text = placed(item.finding, report, lang)
        skipped[item.finding.code] = Case(
            item.finding.code, item.finding.name, "skipped", "suppressed", told, text
        )
    for open_item in judgement.open:
        told = f"{word['open']}{word['colon']}{open_item.reason}"
        text = f"{where_words(open_item.place, report, lang)}{word['colon']}{open_item.reason}"
        before = skipped.get(open_item.code)
        if before and before.type == "open":
            skipped[open_item.code] = before._replace(text=f"{before.text}\n{text}")
        else:
            skipped[open_item.code] = Case(open_item.code, open_item.name, "skipped", "open", told, text)
    failed = {finding.code: _failure(finding.code, report, judgement, lang) for finding in judgement.findings}
    broken = {e.code: Case(e.code, e.name, "error", "rule", e.reason, e.reason) for e in judgement.errors}
    cases = {**passed, **skipped, **failed, **broken}
    return [cases[code] for code in sorted(cases)]


def _failure(code: str, report: Report, judgement: Judgement, lang: str) -> Case:
    """All findings of one rule as one failed case."""
    findings = [finding for finding in ranked(judgement.findings) if finding.code == code]
    text = "\n\n".join(_told(finding, report, lang) for finding in findings)
    return Case(
        code, findings[0].name, "failure", findings[0].severity, placed(findings[0], report, lang), text
    )


def _told(finding: Finding, report: Report, lang: str) -> str:
    suspects = suspected(finding, report, lang)
    word = words(lang)
    lines = [
        f"[{word[finding.severity]}] {placed(finding, report, lang)}",
        proof(finding),
        f"{word['suspect']}{word['colon']}{suspects}" if suspects else "",
        advised(finding, lang),
        f"{word['clause']}{word['colon']}{finding.clause}" if finding.clause else "",
    ]
    return "\n".join(line for line in lines if line)


def _suite(path: str, cases: Sequence[Case], settings: Settings) -> str:
    kinds = [case.kind for case in cases]
    suite = etree.Element(
        "testsuite",
        name=without_controls(from_here(path)),
        tests=str(len(cases)),
        failures=str(kinds.count("failure")),
        errors=str(kinds.count("error")),
        skipped=str(kinds.count("skipped")),
    )
    for case in cases:
        rule = rules_by_code(settings.profile).get(case.code)
        name = titled(case.code, case.name, settings)
        made = etree.SubElement(suite, "testcase", classname=rule.group if rule else "gongkai", name=name)
        if case.kind:
            told = etree.SubElement(made, case.kind, type=case.type, message=without_controls(case.message))
            told.text = without_controls(case.text)
    return etree.tostring(suite, encoding="unicode", pretty_print=True)
