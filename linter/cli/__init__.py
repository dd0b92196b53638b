"""The command `gongkai`: the group of its commands, each a module that is imported when it is wanted."""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module
from typing import Any

import click

from linter import __version__
from linter.exits import TROUBLE

_OBJECTS_BEFORE_COLLECTING = 100_000
_MODULES = {
    "baseline": "baseline",
    "check": "check",
    "compare": "compare",
    "corpus": "corpus",
    "explain": "rules",
    "extract": "extract",
    "fix": "fix",
    "history": "review",
    "lsp": "lsp",
    "new": "new",
    "review": "review",
    "rules": "rules",
    "schema": "schema",
    "score": "score",
    "serve": "serve",
}
"""A command → the module of this package that holds it under its name."""


class _Commands(click.Group):
    """A group whose commands never end in exit code 1, "findings", by breaking down."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{_MODULES[cmd_name]}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as fault:
            from traceback import format_exception

            click.echo("".join(format_exception(fault)), err=True, nl=False)
            click.echo("gongkai 出错中止，以上是出错的位置，请反馈。", err=True)
            sys.exit(TROUBLE)


@click.group(
    cls=_Commands,
    help="检查政府信息公开工作年度报告。\n\nLint annual reports on government information disclosure.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
例 Examples:
  gongkai check 年度报告.docx
  gongkai check 全县年报/ --format html --output 检查结果.html
  gongkai explain disputes-total""",
)
@click.version_option(__version__, prog_name="gongkai-lint")
def main() -> None:
    """The group of all commands."""
    _open_streams()
    # Little of what a run makes is garbage: it need not be looked for often, nor before the process ends.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    atexit.register(gc.freeze)


def _open_streams() -> None:
    """Have somewhere to write to where a caller has closed standard output or error (`>&-`)."""
    from linter.output import nowhere

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, nowhere())
