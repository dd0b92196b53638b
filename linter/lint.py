"""The way of one file through the linter: bytes → Document → Report → Judgement → rendered entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from linter.document.model import Document, Unreadable
from linter.faults import fault_words
from linter.files import Source
from linter.render import check_renderer
from linter.render.entry import Entry, Settings, entry_of, spent_of
from linter.report.model import Edition, IssuerKind, Report

if TYPE_CHECKING:
    from linter.checks.outcome import Judgement
    from linter.checks.profile import Profiled
    from linter.checks.rulebook import Choice, Rule, Selectors
    from linter.config.resolve import Configured
    from linter.suppress.model import Suppression

DEFAULT_PROFILE = "standard"

_DIED = "读取这个文件时程序意外中止（可能内存不足），未检查"


class Stated(NamedTuple):
    """What the user states of the reports; None where the report itself is to tell. Among `previous` is
    the report of the year before of each."""

    year: int | None = None
    edition: Edition | None = None
    issuer_kind: IssuerKind | None = None
    published: dt.date | None = None
    previous: tuple[Source, ...] = ()


class Selection(NamedTuple):
    """Selectors of rules: codes, prefixes, names or groups. An empty `select` takes every rule of the
    profile, which is a name or a file. `below` is what configuration files say, the nearest last: what is
    stated here comes after it."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    profile: str = DEFAULT_PROFILE
    below: tuple[Selectors, ...] = ()


class Ruleset(NamedTuple):
    """The rules of a run, and how its profile has blank cells read."""

    rules: tuple[Rule, ...]
    blank_as_zero: bool


class Job(NamedTuple):
    """What to do with each file of a run. `format` names an output of `check`; with `timings` each
    entry says how long its parts took. `configured` finds what holds for a file, in place of `stated`,
    `selection` and `suppressions`; `baseline` is the file of findings that are known."""

    format: str = "text"
    stated: Stated = Stated()
    selection: Selection = Selection()
    settings: Settings = Settings()
    timings: bool = False
    configured: Configured | None = None
    suppressions: tuple[Suppression, ...] = ()
    baseline: str | None = None


def ruleset_for(selection: Selection) -> Ruleset:
    """The rules that `selection` takes, loaded once a process.

    Raises the rulebook's errors for a faulty file, a selector that names no rule, a profile that is not.
    """
    return _ruleset(selection, _stamp(selection.profile))


@cache
def _ruleset(selection: Selection, stamp: tuple[int, ...]) -> Ruleset:
    from linter.checks.profile import load_profile

    del stamp
    profiled = load_profile(selection.profile)
    rules = tuple(choice.rule for choice in choices_for(selection, profiled) if choice.on)
    return Ruleset(rules, profiled.blank_as_zero)


def choices_for(selection: Selection, profiled: Profiled) -> tuple[Choice, ...]:
    """Every rule with whether it is run and why. Raises UnknownSelector."""
    from linter.checks.rulebook import Selectors, choices

    own = Selectors(selection.select, selection.ignore, selection.extend_select, source="命令行")
    return choices(profiled.rulebook, [*selection.below, own], profiled.held)


def _stamp(profile: str) -> tuple[int, ...]:
    """What tells a profile file from another that is found under the same name later."""
    try:
        found = Path(profile).stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def read(source: Source, stated: Stated) -> Report:
    """The report in `source`. Raises Unreadable with one line in Chinese."""
    from linter.report.read import read_report

    if source.partners:
        from linter.together import read_together

        return read_together(source, partial(read, stated=stated))
    if source.fault:
        raise Unreadable(source.fault)
    return read_report(
        document_of(source),
        source.path,
        year=stated.year,
        edition=stated.edition,
        issuer_kind=stated.issuer_kind,
        published=stated.published,
    )


def with_previous(report: Report, previous: tuple[Source, ...]) -> Report:
    """The report with that of the year before, which is the one of `previous` that has its issuer and the
    year before its own. One file alone is taken whatever the organ was called then.

    Raises Unreadable where a file alone cannot be read or is of another year.
    """
    if not previous:
        return report
    if len(previous) == 1:
        last = _last_year(previous[0])
        if last.year is not None and report.year is not None and last.year != report.year - 1:
            told = f"{last.path} 是 {last.year} 年度的报告，不是 {report.year} 年度的上一年度"
            raise Unreadable(told)
        return report._replace(previous=last)
    found = [last for last in _last_years(previous) if (last.issuer, last.year) == _before(report)]
    return report._replace(previous=found[0]) if len(found) == 1 else report


def _before(report: Report) -> tuple[str | None, int | None]:
    return report.issuer, report.year - 1 if report.year else None


@cache
def _last_year(source: Source) -> Report:
    """The report in `source`, read once a process."""
    try:
        return read(source, Stated())
    except Unreadable as reason:
        raise Unreadable(f"上一年度的报告 {source.path}：{reason}") from None


@cache
def _last_years(previous: tuple[Source, ...]) -> tuple[Report, ...]:
    """Those of last year's reports that can be read and say whose and of which year they are."""
    found = []
    for source in previous:
        try:
            report = _last_year(source)
        except Unreadable:
            continue
        if report.issuer and report.year:
            found.append(report)
    return tuple(found)


def document_of(source: Source) -> Document:
    """The file of `source`, read. Raises Unreadable with one line in Chinese."""
    from linter.document.registry import read_document, read_file, read_pages

    if source.pages:
        return read_pages(map(_bytes_of, (source, *source.pages)))
    if source.inside:
        from linter.zipped import read_inside

        return read_inside(source)
    if source.data is None:
        return read_file(Path(source.path))
    return read_document(source.data, source.path)


def _bytes_of(source: Source) -> bytes:
    from linter.document.registry import file_bytes

    if source.inside:
        from linter.zipped import bytes_inside

        return bytes_inside(source)
    return file_bytes(Path(source.path)) if source.data is None else source.data


def lint(
    report: Report,
    selection: Selection,
    lang: Literal["zh", "en"] = "zh",
    suppressions: Sequence[Suppression] = (),
) -> Judgement:
    """What the selected rules say of `report`, with findings set aside by `suppressions` and by the
    remarks in the report itself."""
    from linter.checks.engine import judge

    ruleset = ruleset_for(selection)
    if ruleset.blank_as_zero:
        from linter.checks.blanks import blanks_as_zero

        report = blanks_as_zero(report)
    judgement = judge(report, ruleset.rules, lang)
    if not suppressions and not report.document.remarks:
        return judgement
    from linter.suppress.apply import set_aside

    return set_aside(report, judgement, ruleset.rules, suppressions, today(), lang=lang)


def today() -> dt.date:
    """The day on which suppressions are judged."""
    return dt.date.today()


def for_file(job: Job, path: str) -> Job:
    """The job with what the configuration of the file `path` says. Raises what a faulty one raises."""
    if job.configured is None:
        return job
    said = job.configured.of(path)
    return job._replace(
        stated=said.stated,
        selection=said.selection,
        suppressions=said.suppressions,
        settings=job.settings._replace(profile=said.selection.profile),
        configured=None,
    )


def judged(job: Job, source: Source) -> tuple[Report, Judgement]:
    """One file, read and judged. Raises Unreadable with one line in Chinese."""
    job = for_file(job, source.container or source.path)
    report = with_previous(read(source, job.stated), job.stated.previous)
    return report, judged_report(job, report)


def judged_report(job: Job, report: Report) -> Judgement:
    """What the job's rules say of a report that was read, with the findings of the baseline apart."""
    judgement = lint(report, job.selection, job.settings.lang, job.suppressions)
    if job.baseline is None:
        return judgement
    from linter.baseline import compared, load_baseline

    return compared(judgement, load_baseline(job.baseline))


def check_source(job: Job, source: Source) -> Entry:
    """One file read, judged and rendered; a file that cannot be read becomes an entry that says why."""
    return entry_or_reason(source, partial(_timed if job.timings else _checked, job))


def known_source(job: Job, source: Source) -> Entry:
    """One file read, judged and rendered as the findings that a baseline holds of it."""
    return entry_or_reason(source, partial(_known, job))


def extract_source(job: Job, source: Source) -> Entry:
    """One file read and rendered as what was read of it."""
    return entry_or_reason(source, partial(_extracted, job))


def run(work: Callable[[Source], Entry], sources: Sequence[Source], jobs: int) -> Iterator[Entry]:
    """`work` on every source, in order, in up to `jobs` processes."""
    if jobs <= 1 or len(sources) <= 1:
        yield from map(work, sources)
        return
    from linter.parallel import in_processes

    load()
    yield from in_processes(work, sources, min(jobs, len(sources)), _died)


def load() -> None:
    """Load what every file needs, so that processes forked from this one have it already."""
    for name in ("linter.document.registry", "linter.report.read", "linter.checks.engine"):
        import_module(name)


def _checked(job: Job, source: Source) -> Entry:
    job = for_file(job, source.container or source.path)
    report, judgement = judged(job, source)
    body = check_renderer(job.format).render_report(report, judgement, job.settings)
    return _with_comparison(job, report, judgement, entry_of(report, judgement, body))


def _with_comparison(job: Job, report: Report, judgement: Judgement, entry: Entry) -> Entry:
    if job.baseline is None:
        return entry
    from linter.baseline import comparison, load_baseline

    return entry._replace(compared=comparison(report, judgement, load_baseline(job.baseline)))


def _known(job: Job, source: Source) -> Entry:
    from linter.baseline import findings_of, known_text

    report, judgement = judged(job, source)
    entry = entry_of(report, judgement, known_text(findings_of(report, judgement)))
    return _with_comparison(job, report, judgement, entry)


def _timed(job: Job, source: Source) -> Entry:
    """The same with the time that each step took.

    It is done twice: the first time pays for what a process loads and compiles but once. The facts are
    read by themselves, lest they count as the time of the first rule that asks for them.
    """
    from linter.report.facts import read_facts

    _checked(job, source)
    job = for_file(job, source.container or source.path)
    began = perf_counter()
    report = read(source, job.stated)
    have_read = perf_counter()
    read_facts(report.sections, report.issuer, report.year)
    have_facts = perf_counter()
    judgement = judged_report(job, report)
    have_judged = perf_counter()
    body = check_renderer(job.format).render_report(report, judgement, job.settings)
    times = (began, have_read, have_facts, have_judged, perf_counter())
    entry = entry_of(report, judgement, body)._replace(spent=spent_of(times, judgement.seconds))
    return _with_comparison(job, report, judgement, entry)


def _extracted(job: Job, source: Source) -> Entry:
    from linter.render.extract_json import render_report

    stated = for_file(job, source.container or source.path).stated
    return Entry(source.path, render_report(read(source, stated)))


def entry_or_reason(source: Source, work: Callable[[Source], Entry]) -> Entry:
    """What `work` makes of `source`; an entry that says why, where it cannot be read."""
    try:
        return work(source)
    except Exception as fault:
        # One bad file never stops the others.
        return Entry(source.path, reason=why_unreadable(fault))


def why_unreadable(fault: Exception) -> str:
    """What is said of a file whose reading ended so; what the reader did not foresee is said as it is."""
    if isinstance(fault, Unreadable):
        return " ".join(str(fault).split())
    if isinstance(fault, MemoryError):
        return _DIED
    if said := fault_words(fault):
        return " ".join(said.split())
    return f"读取时程序出错（{type(fault).__name__}: {fault}），请反馈此文件"


def _died(source: Source) -> Entry:
    return Entry(source.path, reason=_DIED)
