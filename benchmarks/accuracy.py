"""How surely each format is read: `python -m benchmarks.accuracy [--per-format 200]`.

Makes the corpus (kept in a cache folder), reads every document and compares each cell's state and
value with the truth. Then judges the faultless documents: none may have an error or a warning. The last
column holds the figures against what is promised for the format.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.compare import Problem, Score, compare
from benchmarks.corpus import FORMATS, Sample, corpus, default_folder
from examples.generator.pdf import Absent
from linter.checks.engine import judge
from linter.document.model import Unreadable
from linter.document.registry import read_document
from linter.lint import Selection, ruleset_for
from linter.report.read import read_report

_HEAD = (
    "format",
    "docs",
    "cells",
    "cells right",
    "numbers right",
    "wrong",
    "lost",
    "missed",
    "strict",
    "front",
    "findings",
    "target",
)


class Target(NamedTuple):
    """What is promised for a format: shares in per cent of cells and of numbers read right, and of
    numbers read right or said to be lost."""

    cells: float = 0.0
    numbers: float = 0.0
    known: float = 0.0


_WHOLE, _PRINTED = Target(100.0, 100.0, 100.0), Target(99.9, 100.0, 100.0)
_UNRULED, _SCANNED = Target(0.0, 99.5, 100.0), Target(0.0, 0.0, 99.8)


def target_of(form: str) -> Target:
    """The target of a format; of text, which may have lost its cells, only that nothing is wrong."""
    if form.endswith("-unruled"):
        return _UNRULED
    kind = form.split("-", maxsplit=1)[0]
    if kind in ("docx", "doc", "html", "mhtml", "md", "xlsx", "xls"):
        return _WHOLE
    return {"pdf": _PRINTED, "ofd": _PRINTED, "scan": _SCANNED}.get(kind, Target())


@click.command()
@click.option("--per-format", default=200, show_default=True, help="Documents of each format.")
@click.option(
    "--format",
    "chosen",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Only these; needed for scans.",
)
@click.option("--cache", type=click.Path(path_type=Path), default=None, help="Folder of the corpus.")
@click.option("--problems", default=0, help="Print so many differences of each format.")
@click.option("--no-findings", is_flag=True, help="Read only; judge nothing.")
def main(
    per_format: int, chosen: tuple[str, ...], cache: Path | None, problems: int, no_findings: bool
) -> None:
    """Measures how surely each format is read, over generated reports with known cells."""
    folder = cache or default_folder()
    print("| " + " | ".join(_HEAD) + " |")
    print("|" + " --- |" * len(_HEAD))
    details: list[str] = []
    short: list[str] = []
    for form in chosen or [form for form in FORMATS if not form.startswith("scan-")]:
        started = time.perf_counter()
        try:
            samples = corpus(form, per_format, folder)
        except Absent as reason:
            print(f"| {form} | skipped: {reason} |")
            continue
        making = time.perf_counter() - started
        score, findings = measure(samples, judged=not no_findings)
        misses = shortfalls(score, sum(findings.values()), target_of(form))
        print(
            _row(form, score, findings, "PASS" if not misses else "short: " + ", ".join(misses)), flush=True
        )
        short += [form] if misses else []
        details += [f"{form}: corpus made in {making:.0f} s; raised: {dict(findings)}"]
        details += told_together(score.problems)[:problems]
    print("\nAll targets met" if not short else f"\nShort of the target: {', '.join(short)}")
    print("\n".join(details), file=sys.stderr)
    sys.exit(int(bool(short)))


def measure(samples: list[Sample], *, judged: bool) -> tuple[Score, Counter[str]]:
    """The score of the samples, and errors and warnings raised on the faultless ones, by rule name."""
    total, findings = Score(), Counter[str]()
    for sample in samples:
        name = f"{sample.name} {'/'.join(sample.defects)}".strip()
        try:
            report = read_report(read_document(sample.path.read_bytes(), sample.path.name), str(sample.path))
        except Unreadable as reason:
            total.add(Score(documents=1, problems=[Problem(name, f"unreadable: {reason}")]))
            continue
        total.add(compare(sample.truth, report, name))
        if judged and not sample.defects:
            raised = judge(report, ruleset_for(Selection(profile="exemplary")).rules).findings
            serious = [finding for finding in raised if finding.severity != "info"]
            if report.document.recognised_pages:  # that it is a scan is no fault of the reading
                serious = [finding for finding in serious if finding.name != "scanned-report"]
            findings.update(finding.name for finding in serious)
            total.problems += [
                Problem(name, f"finding {finding.name}", finding.message) for finding in serious
            ]
    return total, findings


def shortfalls(score: Score, findings: int, target: Target) -> list[str]:
    """What of a format's figures is short of its target; a wrong number and a false finding always are."""
    shares = (
        ("cells", score.states, score.cells, target.cells),
        ("numbers", score.right, score.numbers, target.numbers),
        ("right or lost", score.right + score.lost, score.numbers, target.known),
    )
    misses = [
        f"{name} below {least:g} %"
        for name, part, whole, least in shares
        if 100 * part < least * max(1, whole)
    ]
    unreadable = any(problem.kind.startswith("unreadable") for problem in score.problems)
    told = ((score.wrong, "wrong numbers"), (findings, "false findings"), (unreadable, "not all read"))
    return misses + [name for count, name in told if count]


def told_together(problems: list[Problem]) -> list[str]:
    """A line for each document and kind of difference: how many, and the first of them."""
    groups: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        groups.setdefault((problem.document, problem.kind), []).append(problem.detail)
    return [f"{name}: {kind} ×{len(details)} {details[0]}" for (name, kind), details in groups.items()]


def _row(form: str, score: Score, findings: Counter[str], verdict: str) -> str:
    cells = (
        form,
        score.documents,
        score.cells,
        f"{100 * score.states / max(1, score.cells):.3f} %",
        f"{100 * score.right / max(1, score.numbers):.3f} %",
        score.wrong,
        score.lost,
        score.missed,
        score.strict,
        score.front,
        sum(findings.values()),
        verdict,
    )
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main()
