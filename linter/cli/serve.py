"""The command `gongkai serve`."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import click

from linter.cli.options import baseline_option, configuration_options, language_option, selection_options
from linter.exits import TROUBLE

_NEEDED = ("starlette", "uvicorn", "python_multipart", "xlsxwriter")


@click.command(
    help="在本机打开检查网页：拖入报告，对照表格看问题，下载带批注的原稿。\n\n"
    "The local web page: drop reports, see findings beside the tables, download annotated copies.",
    epilog="""\b
例 Examples:
  gongkai serve --open
  gongkai serve --port 8000 --profile 示范

\b
文件只在本机内存中，不存盘。按 Ctrl-C 结束。 Files stay in this machine's memory; Ctrl-C ends it.
""",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="监听地址；改成别的地址后局域网中的人也能使用 · address to listen at",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    help="端口，0 为任一空闲端口 · port, 0 for a free one",
)
@click.option("--open", "opens", is_flag=True, help="启动后打开浏览器 · open the browser")
@click.option(
    "--jobs",
    type=click.IntRange(0, 64),
    default=0,
    show_default=True,
    help="同时检查的份数，0 为全部核心 · files judged at a time, 0 for one a core",
)
@selection_options
@configuration_options
@baseline_option
@language_option
@click.pass_context
def serve(context: click.Context, /, *, host: str, port: int, opens: bool, jobs: int, **options: Any) -> None:
    """Serve the page until the user ends it. What holds in the current folder holds for every file."""
    if any(find_spec(name) is None for name in _NEEDED):
        _refuse('gongkai serve 需要另外安装：pip install "gongkai-lint[web]"')
    from linter.cli.plan import check_settings_here, job_of, plan_of, usage_errors
    from linter.web.guard import is_loopback
    from linter.web.serving import address_of, bound_socket
    from linter.web.serving import serve as serve_until_ended
    from linter.web.uploads import Limits

    with usage_errors():
        plan = plan_of(context)
        check_settings_here(plan)
        job = job_of(plan._replace(configured=plan.configured.pinned(str(Path.cwd()))))
    try:
        opened = bound_socket(host, port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        _refuse(f"不能在 {host} 端口 {port} 上监听：{reason}")
    address = address_of(opened, host)
    if not is_loopback(host):
        click.echo(
            f"注意：{host} 不是本机地址，网络中的其他人也能打开这一页、放入文件；页面没有密码，传输不加密。",
            err=True,
        )

    def began() -> None:
        click.echo(f"检查网页：{address.url} （Ctrl-C 结束）")
        sys.stdout.flush()
        if opens:
            import webbrowser

            webbrowser.open(address.url)

    processes = jobs or os.cpu_count() or 1
    serve_until_ended(opened, address, job, jobs=processes, limits=Limits(), began=began)


def _refuse(reason: str) -> NoReturn:
    """One line, and the exit code of trouble."""
    click.echo(reason, err=True)
    sys.exit(TROUBLE)
