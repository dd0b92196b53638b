"""One file of a run as the renderers pass it on, and the settings they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from linter.checks.outcome import Finding, Judgement, RuleError
from linter.exits import CLEAN, FINDINGS, SEVERITIES, exit_code
from linter.report.model import Report

Lang = Literal["zh", "en"]


class Settings(NamedTuple):
    """How to render: language, colour (ANSI codes in text), the columns of the terminal; the profile and
    the severity that fails the run, and whether a stale baseline does, for outputs that state them."""

    lang: Lang = "zh"
    color: bool = False
    columns: int = 80
    profile: str = "standard"
    fail_on: str = "error"
    fail_on_stale: bool = False


class Spent(NamedTuple):
    """Seconds spent on one file; `judging` is all of it, `rules` what each rule took of it, by name."""

    reading: float
    facts: float
    judging: float
    rendering: float
    rules: Mapping[str, float]


def spent_of(times: Sequence[float], rules: Mapping[str, float]) -> Spent:
    """From the times at which reading, facts, judging and rendering began, and the end."""
    reading, facts, judging, rendering = (end - begin for begin, end in pairwise(times))
    return Spent(reading, facts, judging, rendering, rules)


class Compared(NamedTuple):
    """What a report has to do with the baseline: the fingerprints that it holds and that are found here,
    in full number, and those of this report that are not found any more."""

    found: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One file of a run: its rendered body and what the run's frame says of it.

    `suppressed` and `known` count the findings set aside and those of the baseline, which are in no other
    count; `compared` is what the comparison with the baseline gave. `reason` says why the file could not
    be read; it is "" for a file that was judged. `errors` are rules that broke on it. `spent` is measured
    where the run asks for it. `until` is the last day on which this holds, "" where no day matters.
    """

    path: str
    body: str = ""
    reason: str = ""
    title: str | None = None
    issuer: str | None = None
    year: int | None = None
    error: int = 0
    warning: int = 0
    info: int = 0
    open: int = 0
    errors: tuple[RuleError, ...] = ()
    spent: Spent | None = None
    suppressed: int = 0
    known: int = 0
    compared: Compared | None = None
    until: str = ""


class Tally(NamedTuple):
    """The sums over a run."""

    files: int
    unreadable: int
    error: int
    warning: int
    info: int
    open: int
    suppressed: int = 0
    known: int = 0


def entry_of(report: Report, judgement: Judgement, body: str) -> Entry:
    """The entry of a judged report, rendered as `body`."""
    severities = [finding.severity for finding in judgement.findings]
    return Entry(
        path=report.path,
        body=body,
        title=report.title.value if report.title else None,
        issuer=report.issuer,
        year=report.year,
        error=severities.count("error"),
        warning=severities.count("warning"),
        info=severities.count("info"),
        open=len(judgement.open),
        errors=judgement.errors,
        suppressed=len(judgement.suppressed),
        known=len(judgement.known),
        until=judgement.until.isoformat() if judgement.until else "",
    )


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """`findings`, the gravest first, else in their order."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def stale(every: Iterable[Compared]) -> set[str]:
    """The fingerprints that no report of a run has any more. Copies of a report count as one."""
    gone: set[str] = set()
    there: set[str] = set()
    for one in every:
        gone.update(one.stale)
        there.update(one.found)
    return gone - there


def exit_code_of(entries: Sequence[Entry], settings: Settings) -> int:
    """How a run of `entries` ends."""
    severities = {severity for entry in entries for severity in SEVERITIES if getattr(entry, severity)}
    trouble = any(entry.reason or entry.errors for entry in entries)
    code = exit_code(severities, trouble, settings.fail_on)
    counts = settings.fail_on_stale and stale(entry.compared for entry in entries if entry.compared)
    return FINDINGS if code == CLEAN and counts else code


def tally(entries: Iterable[Entry]) -> Tally:
    """The sums over `entries`; `files` counts every file, the unreadable included."""
    read = list(entries)
    return Tally(
        files=len(read),
        unreadable=sum(bool(entry.reason) for entry in read),
        error=sum(entry.error for entry in read),
        warning=sum(entry.warning for entry in read),
        info=sum(entry.info for entry in read),
        open=sum(entry.open for entry in read),
        suppressed=sum(entry.suppressed for entry in read),
        known=sum(entry.known for entry in read),
    )
