"""The command `gongkai`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from linter import __version__

if TYPE_CHECKING:
    import datetime as dt

    from linter.checks.rulebook import Rule
    from linter.files import Source
    from linter.lint import Selection
    from linter.render.entry import Entry

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
_SEVERITIES = ("error", "warning", "info")
# From this many files on, a run shows how far it has come.
_LONG_RUN = 10
_Command = TypeVar("_Command", bound=Callable[..., Any])


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


def _shared(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Several options as one decorator, shown in the order given."""

    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_input_options = _shared(
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option(
        "--stdin-filename",
        metavar="NAME",
        help="从标准输入读取（PATH 写 -）时的文件名 · name of the file read from -",
    ),
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
        type=click.Choice(["government", "office", "department", "township", "subdistrict", "other"]),
        help="编制机关类别 · kind of issuer",
    ),
    click.option(
        "--published",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="发布日期 · date of publication",
    ),
)
_output_options = _shared(
    click.option("--output", "-o", metavar="FILE", help="结果写入文件，不写则输出到屏幕 · write to FILE"),
    click.option(
        "--jobs",
        type=click.IntRange(0, 64),
        default=1,
        show_default=True,
        help="同时处理的进程数，0 为全部核心 · processes, 0 for one a core",
    ),
)
_language_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="输出语言 · language of the output",
)
_selection_options = _shared(
    click.option(
        "--select", multiple=True, metavar="RULE", help="只用这些规则（编号、编号前缀、名称或组）· only these"
    ),
    click.option("--ignore", multiple=True, metavar="RULE", help="不用这些规则 · all but these"),
    click.option("--extend-select", multiple=True, metavar="RULE", help="另加这些规则 · these as well"),
)


@main.command(
    help="检查报告文件或文件夹，列出发现的问题。\n\n"
    "Lint report files and folders (.docx .pdf .html .md .txt).",
    epilog="""\b
例 Examples:
  gongkai check 年度报告.docx
  gongkai check 全县年报/ --jobs 0 --format html --output 检查结果.html
  gongkai check 报告.pdf --select disputes-total --fail-on warning
  cat 报告.txt | gongkai check - --stdin-filename 报告.txt

\b
退出码 Exit code: 0 没有问题 clean, 1 有问题 findings, 2 有文件不能读取 unreadable file or usage error
""",
)
@_input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "json"]),
    default="text",
    show_default=True,
    help="输出格式 · output format",
)
@_output_options
@_selection_options
@click.option(
    "--fail-on",
    type=click.Choice([*_SEVERITIES, "never"]),
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
@_language_option
def check(
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
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    fail_on: str,
    color: str,
    lang: Any,
) -> None:
    """Read, judge and render every report."""
    from linter.lint import Job, Selection, Stated, check_source
    from linter.render import check_renderer
    from linter.render.entry import Settings

    selection = Selection(_split(select), _split(ignore), _split(extend_select))
    _rules(selection)
    settings = Settings(lang, _wants_color(color, output), _columns(output))
    stated = Stated(year, edition, issuer_kind, published.date() if published else None)
    sources = _sources(paths, stdin_filename, output)
    entries = _Run(partial(check_source, Job(form, stated, selection, settings)), sources, jobs)
    streaming = form == "text" and output is None
    with entries.progress(hidden=streaming and sys.stdout.isatty()):
        pieces = check_renderer(form).render_run(entries, settings)
        _write(pieces, output, form, settings.color)
    sys.exit(entries.exit_code(fail_on))


@main.command(
    help="读出报告的全部内容：章节、表格的每一格、期限、联系方式，并说明读得是否可靠。\n\n"
    "Print what was read, with how and how surely.",
    epilog="""\b
例 Examples:
  gongkai extract 年度报告.pdf
  gongkai extract 全县年报/ --output 数据.json
""",
)
@_input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["json"]),
    default="json",
    show_default=True,
    help="输出格式 · output format",
)
@_output_options
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
    entries = _Run(partial(extract_source, stated), _sources(paths, stdin_filename, output), jobs)
    with entries.progress(hidden=False):
        _write(render_run(entries), output, form, color=False)
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
@_language_option
def explain(rule: str, lang: str) -> None:
    """Print one rule."""
    from linter.render.rules import render_rule

    text = render_rule(_rule(rule), lang, _columns(None))
    _write([text], output=None, form="text", color=False)


@main.command(
    help="列出全部规则。\n\nList the rules.",
    epilog="""\b
例 Examples:
  gongkai rules
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
@_selection_options
@_language_option
def rules(
    *,
    form: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    lang: str,
) -> None:
    """Print all rules, or those selected."""
    from linter.lint import Selection
    from linter.render.rules import list_rules_json, list_rules_text

    chosen = _rules(Selection(_split(select), _split(ignore), _split(extend_select)))
    listing = (
        list_rules_json(chosen, lang) if form == "json" else list_rules_text(chosen, lang, _columns(output))
    )
    _write([listing], output, form, color=False)


class _Run:
    """The entries of a run as they come, with what the exit code needs of them."""

    def __init__(self, work: Callable[[Source], Entry], sources: Sequence[Source], jobs: int) -> None:
        self._work = work
        self._sources = sources
        self._jobs = jobs or os.cpu_count() or 1
        self._worst: set[str] = set()
        self._trouble = False
        self._advance: Callable[[int], None] = lambda count: None

    def __iter__(self) -> Iterator[Entry]:
        from linter.lint import run

        for entry in run(self._work, self._sources, self._jobs):
            if entry.reason:
                self._trouble = True
                click.echo(f"{_printable(entry.path)}: {_printable(entry.reason)}", err=True)
            for error in entry.errors:
                self._trouble = True
                said = f"{entry.path}: 规则 {error.code} {error.name} 出错：{error.reason}"
                click.echo(_printable(said), err=True)
            self._worst.update(severity for severity in _SEVERITIES if getattr(entry, severity))
            self._advance(1)
            yield entry

    def progress(self, hidden: bool) -> Any:
        """A context in which a long run shows on the terminal how far it has come."""
        from contextlib import nullcontext

        if hidden or len(self._sources) < _LONG_RUN or not sys.stderr.isatty():
            return nullcontext()
        bar = click.progressbar(length=len(self._sources), label="检查", file=sys.stderr)
        self._advance = bar.update
        return bar

    def exit_code(self, fail_on: str) -> int:
        """0, 1 or 2 as design.md §6 says."""
        if self._trouble:
            return TROUBLE
        counted = _SEVERITIES[: _SEVERITIES.index(fail_on) + 1] if fail_on in _SEVERITIES else ()
        return FINDINGS if self._worst.intersection(counted) else CLEAN


def _rules(selection: Selection) -> tuple[Rule, ...]:
    """The selected rules. Exits with a usage error for a faulty rule file or an unknown selector."""
    from linter.checks.rulebook import RuleFault, UnknownSelector
    from linter.lint import rules_for

    try:
        return rules_for(selection)
    except UnknownSelector as error:
        raise click.UsageError(str(error)) from None
    except (RuleFault, OSError) as error:
        raise click.UsageError(f"规则文件有误：{error}") from None


def _rule(name: str) -> Rule:
    """The one rule of that code or name. Exits with a usage error where it is none or a whole group."""
    from linter.lint import Selection

    found = [
        rule for rule in _rules(Selection((name,))) if name.strip().lower() in (rule.code.lower(), rule.name)
    ]
    if not found:
        raise click.UsageError(
            f"“{name}”不是一条规则的代码或名称；gongkai rules --select {name} 列出它包含的规则"
        )
    return found[0]


def _sources(paths: Iterable[str], stdin_filename: str | None, output: str | None) -> list[Source]:
    """The files of the run. Exits with a usage error where the output would overwrite one of them."""
    from linter.document.registry import BINARY_LIMIT, SUPPORTED_SUFFIXES
    from linter.files import STDIN, Source, find_sources

    given = list(paths)
    stdin = None
    if STDIN in given:
        # One byte over the limit is enough for the reader to refuse it.
        data = sys.stdin.buffer.read(BINARY_LIMIT + 1)
        stdin = Source(stdin_filename or STDIN, data)
    sources = find_sources(given, SUPPORTED_SUFFIXES, stdin)
    if output is not None:
        target = os.path.realpath(output)
        if any(os.path.realpath(source.path) == target for source in sources if source.data is None):
            raise click.UsageError(f"输出文件 {output} 同时是要检查的文件，请换一个名字")
    return sources


def _write(pieces: Iterable[str], output: str | None, form: str, color: bool) -> None:
    from linter.output import write_bytes, write_file, write_text

    if output is not None:
        try:
            write_file(pieces, Path(output))
        except OSError as error:
            raise click.UsageError(f"不能写入 {output}：{error.strerror or error}") from None
    elif form == "text":
        write_text(pieces, color)
    else:
        write_bytes(pieces)


def _wants_color(choice: str, output: str | None) -> bool:
    if choice == "auto":
        return output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"


def _columns(output: str | None) -> int:
    """The width to lay text out in: the terminal's within reason, 80 elsewhere."""
    if output is not None or not sys.stdout.isatty():
        return 80
    return max(50, min(shutil.get_terminal_size().columns, 100))


def _split(selectors: Iterable[str]) -> tuple[str, ...]:
    """Selectors given one an option or several with commas."""
    return tuple(part.strip() for given in selectors for part in given.split(",") if part.strip())


def _printable(text: str) -> str:
    from linter.render.excerpt import plain

    return plain(text)
