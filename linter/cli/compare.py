"""`gongkai compare`: two years of one organ."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal

import click

from linter.cli.options import language_option, profile_option
from linter.cli.run import columns_for, wants_color, write
from linter.exits import SEVERITIES, TROUBLE, exit_code

if TYPE_CHECKING:
    from linter.report.model import Report


@click.command(
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
    sys.exit(
        print_comparison(old, new, form=form, output=output, profile=profile, fail_on=fail_on, lang=lang)
    )


def print_comparison(
    old: str,
    new: str,
    *,
    form: str,
    output: str | None,
    profile: str | None,
    fail_on: str,
    lang: Literal["zh", "en"],
) -> int:
    """Print the comparison of the files and return the exit code."""
    from linter.lint import DEFAULT_PROFILE, Selection, lint
    from linter.render.entry import Settings
    from linter.years.comparison import compare as compare_reports

    reports = [_read(path) for path in (old, new)]
    if any(report is None for report in reports):
        return TROUBLE
    before, after = (report for report in reports if report is not None)
    if before.year is not None and after.year is not None and before.year >= after.year:
        raise click.UsageError(
            f"{old} 是 {before.year} 年度的报告，{new} 是 {after.year} 年度的：先写较早的，再写较晚的"
        )
    if before.issuer and after.issuer and before.issuer != after.issuer:
        click.echo(f"两份报告的机关名称不同：{before.issuer}，{after.issuer}", err=True)
    after = after._replace(previous=before)
    judgement = lint(after, Selection(("cross-year",), profile=profile or DEFAULT_PROFILE), lang)
    settings = Settings(lang, wants_color("auto", output), columns_for(output))
    comparison = compare_reports(before, after)
    if form == "json":
        from linter.years.compare_json import compare_json

        text = compare_json(before, after, comparison, judgement)
    else:
        from linter.years.compare_text import compare_text

        text = compare_text(before, after, comparison, judgement, settings)
    write([text], output, form, settings.color)
    return exit_code({finding.severity for finding in judgement.findings}, False, fail_on)


def _read(path: str) -> Report | None:
    """The report in a file; None, with one line that says why, where there is none."""
    from linter.document.model import Unreadable
    from linter.files import Source
    from linter.lint import Stated, read
    from linter.render.excerpt import harmless

    try:
        return read(Source(path), Stated())
    except Unreadable as reason:
        click.echo(harmless(f"{path}: {reason}"), err=True)
        return None
