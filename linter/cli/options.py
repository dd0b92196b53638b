"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from linter.exits import SEVERITIES

_Command = TypeVar("_Command", bound=Callable[..., Any])

ISSUER_KINDS = ("government", "office", "department", "township", "subdistrict", "other")


def _shared(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Several options as one decorator, shown in the order given."""

    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
stated_options = _shared(
    click.option(
        "--year", type=click.IntRange(2008, 2100), help="报告年度，不写则从报告中读出 · report year"
    ),
    click.option(
        "--edition",
        type=click.Choice(["2019", "2021", "pre-2019"]),
        help="适用格式，不写则按年度 · form to judge by",
    ),
    click.option(
        "--issuer-kind",
        type=click.Choice(ISSUER_KINDS),
        help="编制机关类别 · kind of issuer",
    ),
    click.option(
        "--published",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="发布日期 · date of publication",
    ),
)
input_options = _shared(
    paths_argument,
    click.option(
        "--stdin-filename",
        metavar="NAME",
        help="从标准输入读取（PATH 写 -）时的文件名 · name of the file read from -",
    ),
    stated_options,
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="（剩下的）问题达到此级别即以 1 退出 · lowest severity (left) that makes the exit code 1",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(0, 64),
    default=1,
    show_default=True,
    help="同时处理的进程数，0 为全部核心 · processes, 0 for one a core",
)
output_options = _shared(
    click.option("--output", "-o", metavar="FILE", help="结果写入文件，不写则输出到屏幕 · write to FILE"),
    jobs_option,
)
language_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="输出语言 · language of the output",
)
profile_option = click.option(
    "--profile",
    metavar="NAME|FILE",
    help="按哪一套要求：法定、规范（默认）、示范，或自己的 .yaml 文件 · "
    "statutory, standard (default), exemplary, or a file of your own",
)
selection_options = _shared(
    profile_option,
    click.option(
        "--select", multiple=True, metavar="RULE", help="只用这些规则（编号、编号前缀、名称或组）· only these"
    ),
    click.option("--ignore", multiple=True, metavar="RULE", help="不用这些规则 · all but these"),
    click.option("--extend-select", multiple=True, metavar="RULE", help="另加这些规则 · these as well"),
)
configuration_options = _shared(
    click.option(
        "--config",
        metavar="FILE",
        help="用这个配置文件，不写则从文件所在文件夹向上找 gongkai.toml · configuration to use",
    ),
    click.option("--isolated", is_flag=True, help="不读任何配置文件 · read no configuration"),
)
baseline_option = click.option(
    "--baseline", metavar="FILE", help="基线：其中已有的问题不再计入 · findings there no longer count"
)
baseline_options = _shared(
    baseline_option,
    click.option(
        "--fail-on-stale",
        is_flag=True,
        help="基线中有已不再出现的问题时以 1 退出 · exit 1 where the baseline holds findings that are gone",
    ),
)
