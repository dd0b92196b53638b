"""The whole pipeline on a synthetic report: bytes → Document → Report → Judgement."""

from collections.abc import Callable, Mapping
from functools import cache

from hypothesis import HealthCheck, settings

from examples.generator import Layout, Truth, to_docx, to_html, to_markdown, to_text
from linter.checks.engine import judge
from linter.checks.outcome import Finding, Judgement
from linter.checks.rulebook import Rule
from linter.document.registry import read_document
from linter.lint import Selection, ruleset_for
from linter.report.model import Report
from linter.report.read import read_report

Writer = Callable[[Truth, Layout], bytes]

WRITERS: Mapping[str, Writer] = {
    "report.docx": to_docx,
    "fragment.html": lambda truth, layout: to_html(truth, layout, "fragment"),
    "page.html": lambda truth, layout: to_html(truth, layout, "page"),
    "word.html": lambda truth, layout: to_html(truth, layout, "word"),
    "pipe.md": lambda truth, layout: to_markdown(truth, layout, "pipe"),
    "repeated.md": lambda truth, layout: to_markdown(truth, layout, "pipe-repeated"),
    "inline.md": lambda truth, layout: to_markdown(truth, layout, "html"),
    "tabs.txt": lambda truth, layout: to_text(truth, layout, "tabs"),
    "spaces.txt": lambda truth, layout: to_text(truth, layout, "spaces"),
    "cells.txt": lambda truth, layout: to_text(truth, layout, "cells"),
}

# Few examples, the same on every machine: a wide net is cast by `python -m benchmarks.accuracy`.
few = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)


def read(name: str, data: bytes) -> Report:
    """The report in a file."""
    return read_report(read_document(data, name), name)


@cache
def rules() -> tuple[Rule, ...]:
    """The shipped rules, without those of a place."""
    return ruleset_for(Selection(profile="exemplary")).rules


def judged(name: str, data: bytes) -> Judgement:
    """What the shipped rules say of the report in a file."""
    return judge(read(name, data), rules())


def serious(judgement: Judgement) -> list[tuple[str, str]]:
    """Names and messages of the errors and warnings."""
    return [(finding.name, finding.message) for finding in judgement.findings if finding.severity != "info"]


def names(judgement: Judgement) -> set[str]:
    """The names of all findings and of what is grouped under them."""
    return {name for finding in judgement.findings for name in (finding.name, *_related(finding))}


def _related(finding: Finding) -> list[str]:
    return [related.name for related in finding.related]
