"""The command `gongkai extract`."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import click

from linter.cli.options import configuration_options, input_options, output_options


@click.command(
    help="读出报告的全部内容：章节、表格的每一格、期限、联系方式，并说明读得是否可靠。\n\n"
    "Print what was read, with how and how surely.",
    epilog="""\b
例 Examples:
  gongkai extract 年度报告.pdf
  gongkai extract 全县年报/ --output 数据.json
""",
)
@input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["json"]),
    default="json",
    show_default=True,
    help="输出格式 · output format",
)
@output_options
@configuration_options
@click.pass_context
def extract(context: click.Context, /, *, output: str | None, form: str, **options: Any) -> None:
    """Read and render every report."""
    from linter.cli.plan import job_of, plan_of, selections_of, sources_for, usage_errors
    from linter.cli.run import Run, write
    from linter.lint import extract_source
    from linter.render.extract_json import render_run

    with usage_errors():
        plan = plan_of(context)
    sources = sources_for(context, plan, output)
    with usage_errors():
        selections_of(sources, plan)
    entries = Run(partial(extract_source, job_of(plan)), sources, plan.jobs)
    with entries.progress(hidden=False):
        write(render_run(entries), output, form, color=False)
    sys.exit(entries.exit_code("never"))
