"""The command `gongkai`."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from linter import __version__
from linter.cli.options import (
    ISSUER_KINDS,
    baseline_options,
    configuration_options,
    input_options,
    language_option,
    output_options,
    profile_option,
    selection_options,
)
from linter.cli.plan import selectors, usage_errors
from linter.cli.run import Run, columns_for, sources_of, write
from linter.exits import SEVERITIES, TROUBLE
from linter.render import CHECK_FORMATS

if TYPE_CHECKING:
    import datetime as dt

    from linter.checks.profile import Profiled
    from linter.checks.rulebook import Rule
    from linter.lint import Selection

_OBJECTS_BEFORE_COLLECTING = 100_000


class _Commands(click.Group):
    """A group whose commands never end in exit code 1, "findings", by breaking down."""

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
    # Little of what a run makes is garbage: it need not be looked for often, nor before the process ends.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    atexit.register(gc.freeze)


@main.command(
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
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="达到此级别即以 1 退出 · lowest severity that makes the exit code 1",
)
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
    from linter.cli.check import check_once, show_settings

    if options["show_settings"]:
        show_settings(context)
    elif options["watch"]:
        from linter.cli.watch import watch

        watch(lambda: check_once(context), options["paths"], options["config"], options["output"])
    else:
        sys.exit(check_once(context))


@main.command(
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
def extract(
    *,
    paths: tuple[str, ...],
    stdin_filename: str | None,
    year: int | None,
    edition: Any,
    issuer_kind: Any,
    published: dt.datetime | None,
    form: str,
    output: str | None,
    jobs: int,
) -> None:
    """Read and render every report."""
    from linter.lint import Stated, extract_source
    from linter.render.extract_json import render_run

    stated = Stated(year, edition, issuer_kind, published.date() if published else None)
    entries = Run(partial(extract_source, stated), sources_of(paths, stdin_filename, output), jobs)
    with entries.progress(hidden=False):
        write(render_run(entries), output, form, color=False)
    sys.exit(entries.exit_code("never"))


@main.command(
    help="说明一条规则：含义、依据、错误写法、正确写法、怎么改。\n\n"
    "Explain a rule: meaning, clause, wrong and right example, how to mend.",
    epilog="""\b
例 Examples:
  gongkai explain disputes-total
  gongkai explain disputes-total --lang en
""",
)
@click.argument("rule", metavar="CODE|NAME")
@profile_option
@language_option
def explain(rule: str, profile: str | None, lang: str) -> None:
    """Print one rule."""
    from linter.render.rules import render_rule

    with usage_errors():
        own = _profiled(profile)
        text = render_rule(_rule(rule, own), lang, columns_for(None), own)
    write([text], output=None, form="text", color=False)


@main.command(
    help="列出规则；不写 --profile 时列出全部。\n\nList the rules: all of them, or those of a profile.",
    epilog="""\b
例 Examples:
  gongkai rules
  gongkai rules --profile 法定
  gongkai rules --select arithmetic --format json
""",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式 · output format",
)
@click.option("--output", "-o", metavar="FILE", help="结果写入文件 · write to FILE")
@selection_options
@language_option
def rules(
    *,
    form: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    profile: str | None,
    lang: str,
) -> None:
    """Print all rules, or those selected."""
    from linter.lint import Selection
    from linter.render.rules import list_rules_json, list_rules_text

    named = selectors(select), selectors(ignore), selectors(extend_select)
    chosen = _all_rules(*named) if profile is None else _rules(Selection(*named, profile))
    if form == "json":
        listing = list_rules_json(chosen, lang, _profiled(profile))
    else:
        listing = list_rules_text(chosen, lang, columns_for(output))
    write([listing], output, form, color=False)


@main.command(
    help="比较同一机关前后两个年度的报告：变化的数字、雷同的文字、对不上的结转和件数。\n\n"
    "Compare two years of one organ: figures that changed, text that stayed, what does not agree.",
    epilog="""\b
例 Examples:
  gongkai compare 2023年度报告.docx 2024年度报告.docx
  gongkai compare 2023年度报告.docx 2024年度报告.docx --format json --output 比较.json
""",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式 · output format",
)
@click.option("--output", "-o", metavar="FILE", help="结果写入文件 · write to FILE")
@profile_option
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="达到此级别即以 1 退出 · lowest severity that makes the exit code 1",
)
@language_option
def compare(
    *, old: str, new: str, form: str, output: str | None, profile: str | None, fail_on: str, lang: Any
) -> None:
    """Print how two years differ."""
    from linter.cli.compare import print_comparison

    sys.exit(
        print_comparison(old, new, form=form, output=output, profile=profile, fail_on=fail_on, lang=lang)
    )


@main.command(
    help="起草一份空白的年度报告：六个部分和写作提示、标准表格（每格填 0）、统计期限。\n\n"
    "Write an empty draft: six sections with prompts, the standard tables with zeros, the period.",
    epilog="""\b
例 Examples:
  gongkai new 年度报告.docx --issuer 青河县教育局
  gongkai new 年度报告.docx --issuer 青河县教育局 --year 2025 --previous 2024年度报告.docx
""",
)
@click.argument("file", metavar="FILE.docx|FILE.md")
@click.option("--issuer", required=True, metavar="NAME", help="编制机关的全称 · name of the organ")
@click.option(
    "--year",
    type=click.IntRange(2019, 2100),
    help="报告年度，不写则为上一年 · report year, default last year",
)
@click.option(
    "--issuer-kind",
    type=click.Choice(ISSUER_KINDS),
    help="编制机关类别，不写则按名称判断 · kind of issuer",
)
@click.option(
    "--previous",
    metavar="PATH",
    help="上一年度的报告，从中带入“上年结转” · last year's report, for what was carried over",
)
@click.option("--force", is_flag=True, help="文件已经存在时覆盖 · overwrite FILE")
def new(
    *, file: str, issuer: str, year: int | None, issuer_kind: Any, previous: str | None, force: bool
) -> None:
    """Write a draft."""
    from linter.cli.new import write_draft

    write_draft(file, issuer, year, issuer_kind, previous, force=force)


@main.command(
    help="语言服务器：在编辑器里检查 Markdown、网页和纯文本的草稿（经标准输入输出，由编辑器启动）。\n\n"
    "Language server over standard input and output, for an editor to start.",
    epilog="""\b
例 Examples:
  gongkai lsp
  gongkai lsp --profile 示范
""",
)
@selection_options
@language_option
def lsp(
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    profile: str | None,
    lang: Any,
) -> None:
    """Serve an editor until it goes."""
    selection = selection_of(select, ignore, extend_select, profile)
    try:
        from linter.lsp.server import make_server
    except ModuleNotFoundError as missing:
        raise click.UsageError(
            f'语言服务器需要另外安装：pip install "gongkai-lint[lsp]"（缺少 {missing.name}）'
        ) from None
    make_server(selection, lang).start_io()


def selection_of(
    select: Iterable[str], ignore: Iterable[str], extend_select: Iterable[str], profile: str | None
) -> Selection:
    """The rules that the options select. Exits with a usage error where they name none."""
    from linter.lint import DEFAULT_PROFILE, Selection

    selection = Selection(
        selectors(select), selectors(ignore), selectors(extend_select), profile or DEFAULT_PROFILE
    )
    _rules(selection)
    return selection


def _rules(selection: Selection) -> tuple[Rule, ...]:
    """The selected rules of the profile."""
    from linter.lint import ruleset_for

    with usage_errors():
        return ruleset_for(selection).rules


def _all_rules(*named: tuple[str, ...]) -> tuple[Rule, ...]:
    """The selected rules, whatever the profile."""
    from linter.checks.rulebook import load_rulebook, select_rules

    with usage_errors():
        return select_rules(load_rulebook(), *named)


def _profiled(profile: str | None) -> Profiled | None:
    """The rules under the profile, where one is named."""
    from linter.checks.profile import load_profile

    return load_profile(profile) if profile else None


def _rule(name: str, own: Profiled | None) -> Rule:
    """The one rule of that code or name, also one of a pack. Exits with a usage error where it is none."""
    from linter.checks.profile import every_rule, shipped_profiles

    rule = (own.rulebook if own else every_rule(shipped_profiles())).find(name)
    if rule is None:
        raise click.UsageError(f"“{name}”不是一条规则的代码或名称；gongkai rules 列出全部规则")
    return rule


def _register() -> None:
    """Commands that have a module of their own."""
    from linter.cli.baseline import baseline
    from linter.cli.corpus import corpus
    from linter.cli.fix import fix
    from linter.cli.review import history, review
    from linter.cli.schema import schema
    from linter.cli.score import score
    from linter.cli.serving import serve

    main.add_command(fix)
    main.add_command(serve)
    main.add_command(baseline)
    main.add_command(schema)
    for command in (corpus, score, history, review):
        main.add_command(command)


_register()
