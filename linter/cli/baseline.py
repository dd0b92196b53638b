"""The command `gongkai baseline`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from linter.cli.options import configuration_options, input_options, jobs_option, selection_options
from linter.cli.plan import check_settings, job_of, plan_of, sources_for, usage_errors
from linter.cli.run import Run, write


@click.command(
    help="把现有的问题记入基线文件：以后检查时写 --baseline FILE，只有新的问题才计入。\n\n"
    "Write the present findings to a baseline, so that only new ones count.",
    epilog="""\b
例 Examples:
  gongkai baseline 基线.json 全县年报/
  gongkai check 全县年报/ --baseline 基线.json
  gongkai baseline 基线.json 全县年报/ --prune

\b
没有检查到的报告、这次没有用到的规则，其记录保留不动。
What belongs to reports or rules that are not of this run stays as it is.
""",
)
@click.argument("file", metavar="FILE")
@input_options
@click.option(
    "--update", is_flag=True, help="改为现有的问题：去掉已不再出现的，加上新的 · drop gone, add new"
)
@click.option("--prune", is_flag=True, help="只去掉已不再出现的，不加新的 · only drop what is gone")
@jobs_option
@selection_options
@configuration_options
@click.pass_context
def baseline(context: click.Context, /, *, file: str, update: bool, prune: bool, **said: Any) -> None:
    """Write, update or prune a baseline."""
    from linter.baseline import (
        Baseline,
        baseline_of,
        baseline_text,
        known_from,
        load_baseline,
        renewed,
    )
    from linter.lint import known_source
    from linter.render.entry import stale

    if update and prune:
        raise click.UsageError("--update 和 --prune 只能写一个")
    there = Path(file).exists()
    if there and not (update or prune):
        raise click.UsageError(f"{file} 已经存在：--update 改为现有的问题，--prune 只去掉已不再出现的")
    with usage_errors():
        plan = plan_of(context)
    # What is known is that of this file, whatever baseline the configuration names.
    plan = plan._replace(baseline=file if there else None)
    sources = sources_for(context, plan, file)
    with usage_errors():
        check_settings(sources, plan)
        old = load_baseline(file) if there else Baseline({}, {})
        if prune and not there:
            load_baseline(file)
    run = Run(partial(known_source, job_of(plan)), sources, plan.jobs)
    with run.progress(hidden=False):
        found = [one for entry in run if not entry.reason for one in known_from(entry.body)]
    gone = stale(run.compared)
    new = renewed(old, found, gone, add=not prune) if there else baseline_of(found)
    write([baseline_text(new)], file, "json", color=False)
    dropped = len(old.known.keys() - new.known.keys())
    added = len(new.known.keys() - old.known.keys())
    click.echo(f"{file}：共 {len(new.known)} 条，新增 {added} 条，去掉 {dropped} 条", err=True)
    sys.exit(run.exit_code("never"))
