"""The command `gongkai lsp`."""

from __future__ import annotations

from typing import Any

import click

from linter.cli.options import configuration_options, language_option, selection_options


@click.command(
    help="语言服务器：在编辑器里检查 Markdown、网页和纯文本的草稿，"
    "改正有把握的问题（经标准输入输出，由编辑器启动）。\n\n"
    "Language server over standard input and output, for an editor to start.",
    epilog="""\b
例 Examples:
  gongkai lsp
  gongkai lsp --profile 示范
""",
)
@selection_options
@configuration_options
@language_option
@click.pass_context
def lsp(context: click.Context, /, **options: Any) -> None:
    """Serve an editor until it goes."""
    from linter.cli.plan import check_settings_here, plan_of, usage_errors

    with usage_errors():
        plan = plan_of(context)
        check_settings_here(plan)
    try:
        from linter.lsp.server import make_server
    except ModuleNotFoundError as missing:
        raise click.UsageError(
            f'语言服务器需要另外安装：pip install "gongkai-lint[lsp]"（缺少 {missing.name}）'
        ) from None
    make_server(plan.configured, plan.lang).start_io()
