"""The command `gongkai check`."""

from __future__ import annotations

import sys
from typing import Any

import click

from linter.cli.options import (
    baseline_options,
    configuration_options,
    fail_on_option,
    input_options,
    language_option,
    output_options,
    selection_options,
)
from linter.render import CHECK_FORMATS


@click.command(
    help="检查报告文件或文件夹，列出发现的问题。\n\n"
    "Lint report files and folders (.docx .doc .wps .rtf .pdf .ofd .html .mht .xlsx .xls .md .txt .zip).",
    epilog="""\b
例 Examples:
  gongkai check 年度报告.docx
  gongkai check 全县年报/ --jobs 0 --format html --output 检查结果.html
  gongkai check 报告.pdf --select disputes-total --fail-on warning
  gongkai check 报告.docx --profile 示范
  cat 报告.txt | gongkai check - --stdin-filename 报告.txt

\b
退出码 Exit code: 0 没有问题 clean, 1 有问题 findings, 2 有文件不能读取 unreadable file or usage error
""",
)
@input_options
@click.option(
    "--previous",
    metavar="PATH",
    help="上一年度的报告，文件或文件夹，一并核对 · last year's report, or a folder of them",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(CHECK_FORMATS)),
    default="text",
    show_default=True,
    help="输出格式 · output format",
)
@output_options
@selection_options
@configuration_options
@click.option(
    "--force-exclude",
    is_flag=True,
    help="命令中直接写出的文件也按配置的 exclude 排除（供 pre-commit 用） · exclude named files too",
)
@fail_on_option
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="文字输出是否用颜色 · colour of the text output",
)
@baseline_options
@click.option("--no-cache", is_flag=True, help="不用、不留保存的结果 · neither use nor keep results")
@click.option(
    "--watch", is_flag=True, help="文件一改就重新检查，按 Ctrl-C 结束 · check again on every change"
)
@click.option(
    "--show-settings",
    is_flag=True,
    help="不检查，只列出每个文件的设置、来自哪里、每条规则为什么用或不用 · why each rule is on",
)
@click.option("--timings", is_flag=True, help="另外列出每一步和每条规则用的时间 · time of each step and rule")
@language_option
@click.pass_context
def check(context: click.Context, /, **options: Any) -> None:
    """Read, judge and render every report."""
    from linter.cli.checking import check_once, show_settings

    if options["show_settings"]:
        show_settings(context)
    elif options["watch"]:
        from linter.cli.watch import watch

        watch(lambda: check_once(context), options["paths"], options["config"], options["output"])
    else:
        sys.exit(check_once(context))
