"""One run of `check`: every file read, judged and rendered, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.cli.plan import (
    Plan,
    check_settings,
    job_of,
    plan_of,
    sources_for,
    stated_options,
    usage_errors,
)
from linter.cli.run import Run, columns_for, same_file, wants_color, write

if TYPE_CHECKING:
    from linter.cache import Cache
    from linter.files import Source
    from linter.lint import Job

_MOST_STALE = 20


def check_once(context: click.Context) -> int:
    """Check the files that the command line names. Returns the exit code."""
    from linter.lint import check_source
    from linter.render import check_renderer

    said = context.params
    output = said["output"]
    plan, sources = _prepared(context)
    job = _job(context, plan)
    entries = Run(partial(check_source, job), sources, plan.jobs, _cache(said, plan, job))
    streaming = plan.format == "text" and output is None
    with entries.progress(hidden=streaming and sys.stdout.isatty()):
        pieces = check_renderer(plan.format).render_run(entries, job.settings)
        write(pieces, output, plan.format, job.settings.color)
    if said["timings"]:
        from linter.cli.timings import timing_lines

        for line in timing_lines(entries.spent):
            click.echo(line, err=True)
    if plan.baseline is not None:
        _say_stale(plan.baseline, entries)
    return entries.exit_code(plan.fail_on, on_stale=said["fail_on_stale"])


def _cache(said: Mapping[str, Any], plan: Plan, job: Job) -> Cache | None:
    """The kept results of folders, beside the configuration or in the current folder. What rests on
    another report as well, last year's, is not kept."""
    folders = any(Path(path).is_dir() for path in said["paths"])
    if not plan.cache or job.timings or not folders or said["previous"]:
        return None
    from linter.cache import Cache

    return Cache(plan.layers[-1].path.parent if plan.layers else Path.cwd(), job)


def _say_stale(name: str, entries: Run) -> None:
    """Name what the baseline holds and no report has any more."""
    from linter.baseline import load_baseline
    from linter.render.entry import stale

    gone = stale(entries.compared)
    if gone:
        known = load_baseline(name).known
        click.echo(
            f"基线 {name} 中有 {len(gone)} 条问题已经不再出现，可用 gongkai baseline --prune 去掉：", err=True
        )
        for one in sorted((known[one] for one in gone), key=str)[:_MOST_STALE]:
            click.echo(f"  {one.issuer or ''} {one.year or ''} {one.code} {one.name} {one.place}", err=True)
        if len(gone) > _MOST_STALE:
            click.echo(f"  另有 {len(gone) - _MOST_STALE} 条", err=True)


def show_settings(context: click.Context) -> None:
    """Print what holds for every file, and why."""
    from linter.config.show import settings_text

    plan, sources = _prepared(context)
    with usage_errors():
        own = stated_options(context)
        paths = dict.fromkeys(source.container or source.path for source in sources)
        texts = [settings_text(path, plan.configured, own, plan.lang) for path in paths]
    write(["\n".join(texts)], context.params["output"], "text", color=False)


def _prepared(context: click.Context) -> tuple[Plan, list[Source]]:
    """The plan of the run and its files; every setting is known to be sound."""
    with usage_errors():
        plan = plan_of(context)
    sources = sources_for(context, plan, context.params["output"])
    _check_output(plan, context.params["output"])
    with usage_errors():
        check_settings(sources, plan)
    if plan.baseline is None and context.params["fail_on_stale"]:
        raise click.UsageError("--fail-on-stale 要有基线：写 --baseline FILE，或者在配置文件中写 baseline")
    return plan, sources


def _check_output(plan: Plan, output: str | None) -> None:
    """Refuse an output that would overwrite what the run rests on."""
    rests_on = [*([plan.baseline] if plan.baseline else []), *(str(layer.path) for layer in plan.layers)]
    for name in rests_on:
        if output is not None and same_file(output, name):
            raise click.UsageError(f"输出文件 {output} 同时是这次检查的基线或配置文件，请换一个名字")


def _job(context: click.Context, plan: Plan) -> Job:
    from linter.render.entry import Settings

    said = context.params
    settings = Settings(
        plan.lang,
        wants_color(said["color"], said["output"]),
        columns_for(said["output"]),
        plan.profile,
        plan.fail_on,
        said["fail_on_stale"],
    )
    return job_of(plan, settings)._replace(timings=said["timings"])
