"""`gongkai corpus`: the reports of many units, matched to their roster and compared over the years."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from linter.cli.options import language_option, selection_options
from linter.cli.run import write
from linter.exits import SEVERITIES, exit_code

if TYPE_CHECKING:
    from linter.corpus.collect import Item
    from linter.corpus.model import Corpus
    from linter.corpus.reading import Engine
    from linter.corpus.roster import Roster
    from linter.lint import Selection

_Command = TypeVar("_Command", bound=Callable[..., Any])
_LONG_RUN = 10


def corpus_options(command: _Command) -> _Command:
    """What every command over a corpus takes."""
    for option in reversed(
        (
            click.argument("paths", nargs=-1, metavar="PATH..."),
            click.option(
                "--roster",
                metavar="FILE",
                help="单位名录（CSV、XLSX）· roster of the units that owe a report",
            ),
            click.option(
                "--manifest",
                metavar="FILE",
                help="文件清单（CSV、XLSX）：单位、年度、文件、发布日期 · list of the files",
            ),
            click.option("--years", metavar="YEARS", help="只看这些年度：2022-2024 · report years"),
            click.option(
                "--store",
                metavar="FILE|URL",
                help="结果存入 SQLite 文件或 postgresql:// 库，下次只读改动的文件 · keep results",
            ),
            click.option(
                "--jobs",
                type=click.IntRange(0, 64),
                default=0,
                show_default=True,
                help="同时处理的进程数，0 为全部核心 · processes, 0 for one a core",
            ),
            click.option(
                "--seconds",
                type=click.IntRange(1),
                default=120,
                show_default=True,
                help="一个文件最多读多少秒 · time limit of a file",
            ),
            click.option(
                "--engine",
                type=click.Choice(["local", "dask"]),
                default="local",
                show_default=True,
                help="在本机处理，或交给 dask 集群 · where to work",
            ),
            click.option("--scheduler", metavar="ADDRESS", help="dask 调度器的地址 tcp://… · dask scheduler"),
        )
    ):
        command = option(command)
    return selection_options(command)


@click.command(
    help="汇总很多单位的报告：对照名录看谁没有发布、谁逾期，逐份检查，并与上一年度核对。\n\n"
    "Judge the reports of many units: who is missing or late, what each says, how years agree.",
    epilog="""\b
例 Examples:
  gongkai corpus 全市年报/ --roster 名录.csv
  gongkai corpus 全市年报/ --roster 名录.csv --store 结果.db --format json --output 汇总.json
  gongkai corpus '年报/**/*.docx' 附件.zip s3://bucket/年报 --roster 名录.xlsx --years 2022-2024
  gongkai corpus --manifest 清单.csv
""",
)
@corpus_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式 · output format",
)
@click.option("--output", "-o", metavar="FILE", help="结果写入文件 · write to FILE")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="never",
    show_default=True,
    help="达到此级别即以 1 退出 · lowest severity that makes the exit code 1",
)
@language_option
def corpus(*, form: str, output: str | None, fail_on: str, lang: Any, **options: Any) -> None:
    """Run over the corpus and print it."""
    made = corpus_of(lang=lang, **options)
    if form == "json":
        from linter.corpus.corpus_json import corpus_json

        pieces = corpus_json(made)
    else:
        from linter.corpus.corpus_text import corpus_text

        pieces = corpus_text(made, lang)
    write(pieces, output, form, color=False)
    sys.exit(code_of(made, fail_on))


def code_of(made: Corpus, fail_on: str) -> int:
    """How a command over a corpus ends; rules that broke are named."""
    dismissed = {
        fingerprint for fingerprint, decided in made.decisions.items() if decided.decision == "dismissed"
    }
    worst = {
        str(finding["severity"])
        for filing in made.filings
        for finding in filing.findings
        if finding["fingerprint"] not in dismissed
    }
    for error in made.errors:
        click.echo(f"规则 {error.code} {error.name} 出错：{error.reason}", err=True)
    return exit_code(worst, bool(made.unreadable or made.errors), fail_on)


def corpus_of(
    *,
    paths: tuple[str, ...],
    roster: str | None,
    manifest: str | None,
    years: str | None,
    store: str | None,
    jobs: int,
    seconds: int,
    engine: str,
    scheduler: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    profile: str | None,
    lang: Any,
) -> Corpus:
    """The corpus that the options name. Exits with a usage error for what cannot be used."""
    from linter.corpus.reading import Judging
    from linter.corpus.run import Wanted, run

    if not paths and not manifest:
        raise click.UsageError("请写出报告所在的文件夹或文件，或者用 --manifest 给出清单")
    judging = Judging(_selection(select, ignore, extend_select, profile), lang)
    wanted = Wanted(judging, _years(years))
    with usage_errors():
        items, listed = _items(paths, roster, manifest)
        units = _roster(roster) or listed
        if units is None:
            click.echo("没有名录（--roster）：单位取自报告中的机关名称，谁没有发布不得而知", err=True)
        spread = _engine(engine, scheduler, jobs, seconds)
        with progress(len(items)) as advance:
            if store is None:
                return run(items, units, wanted, spread, advance=advance)
            from linter.store.run import stored_run

            return stored_run(store, items, units, wanted, spread, advance=advance)


def _selection(
    select: tuple[str, ...], ignore: tuple[str, ...], extend_select: tuple[str, ...], profile: str | None
) -> Selection:
    """The rules that the options select. Exits with a usage error where they name none."""
    from linter.cli.plan import selectors, usage_errors
    from linter.lint import DEFAULT_PROFILE, Selection, ruleset_for

    named = selectors(select), selectors(ignore), selectors(extend_select)
    selection = Selection(*named, profile or DEFAULT_PROFILE)
    with usage_errors():
        ruleset_for(selection)
    return selection


def _items(
    paths: Sequence[str], roster: str | None, manifest: str | None
) -> tuple[list[Item], Roster | None]:
    """The files, what the manifest says of one going before, and its units. Roster and manifest may lie
    among the reports."""
    from linter.corpus.collect import collect

    listed, units = _listed(manifest)
    apart = {os.path.realpath(path) for path in (roster, manifest) if path}
    apart |= {os.path.realpath(item.source.path) for item in listed}
    found = [item for item in collect(paths) if os.path.realpath(item.source.path) not in apart]
    return [*listed, *found], units


def _listed(manifest: str | None) -> tuple[tuple[Item, ...], Roster | None]:
    if manifest is None:
        return (), None
    from linter.corpus.manifest import read_manifest

    return read_manifest(Path(manifest))


def _roster(path: str | None) -> Roster | None:
    from linter.corpus.roster import read_roster

    return None if path is None else read_roster(Path(path))


def _years(text: str | None) -> tuple[int, ...]:
    """The years of `2022-2024` or `2022,2024`."""
    if text is None:
        return ()
    years: set[int] = set()
    for part in re.split(r"[,，、\s]+", text.strip()):
        match = re.fullmatch(r"(20\d\d)(?:[-–~](20\d\d))?", part)
        if match is None:
            raise click.UsageError(f"--years “{text}”应写作 2023、2022-2024 或 2022,2024")
        years.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return tuple(sorted(years))


def _engine(name: str, scheduler: str | None, jobs: int, seconds: int) -> Engine:
    if name == "dask":
        if scheduler is None:
            raise click.UsageError("--engine dask 要用 --scheduler tcp://… 写明调度器的地址")
        from linter.corpus.dask_engine import dask_engine

        return dask_engine(scheduler, seconds)
    from linter.corpus.run import local_engine
    from linter.supervised import Watch

    return local_engine(Watch(jobs or os.cpu_count() or 1, seconds))


@contextmanager
def progress(length: int, label: str = "检查") -> Iterator[Callable[[int], None]]:
    """Shows on the terminal how far a long run has come, and how long it will yet take."""
    if length < _LONG_RUN or not sys.stderr.isatty():
        yield lambda count: None
        return
    with click.progressbar(length=length, label=label, show_pos=True, file=sys.stderr) as bar:
        yield bar.update


@contextmanager
def usage_errors() -> Iterator[None]:
    """A roster, manifest, library or store inside that cannot be used exits with one line."""
    from linter.corpus.collect import MissingExtra
    from linter.corpus.dask_engine import ClusterFault
    from linter.corpus.nearness import MissingLibrary
    from linter.corpus.roster import RosterFault
    from linter.store.fault import StoreFault

    try:
        yield
    except (RosterFault, MissingExtra, ClusterFault, MissingLibrary, StoreFault) as fault:
        raise click.UsageError(str(fault)) from None
    except OSError as fault:
        named = f"{fault.filename}：" if fault.filename else ""
        raise click.UsageError(f"打不开 {named}{fault.strerror or fault}") from None
