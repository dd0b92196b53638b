"""The command `gongkai fix`: safe fixes, and copies with the findings as notes at their places."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from linter.cli.options import language_option, selection_options
from linter.exits import CLEAN, FINDINGS, SEVERITIES, TROUBLE

if TYPE_CHECKING:
    import datetime as dt


@click.command(
    help="自动修改文字和版式上有把握的问题（标题用语和序号、文号括号、全角数字、表头空格）；数字从不改动。"
    "不写 --in-place 或 -o 时，结果另存为“文件名.fixed.docx”，原文件不动。\n\n"
    "加 --annotate 则不作修改，另存一份带批注的副本，批注就在出问题的地方。\n\n"
    "Mend wording and layout where that is safe, never a figure; or write a copy with the findings as "
    "comments.",
    epilog="""\b
例 Examples:
  gongkai fix 年度报告.docx --diff
  gongkai fix 年度报告.docx
  gongkai fix 年度报告.docx --in-place
  gongkai fix --annotate 年度报告.docx -o 年度报告.reviewed.docx

\b
退出码 Exit code: 0 没有剩下问题 nothing left, 1 还有问题或可改之处 findings left, 2 出错 trouble
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--annotate", is_flag=True, help="只加批注，不修改 · a copy with comments (.docx .html .pdf)")
@click.option("--diff", "show_diff", is_flag=True, help="只显示会怎样修改，不写文件 · show, write nothing")
@click.option("--in-place", is_flag=True, help="直接改原文件 · change the file itself")
@click.option("--output", "-o", metavar="FILE", help="结果写入文件 · write to FILE")
@click.option("--force", is_flag=True, help="结果文件已存在时覆盖 · overwrite an existing result")
@click.option(
    "--unsafe-fixes",
    is_flag=True,
    help="也作没有把握的修改：空格、“/”、“—”填 0，行名列名改为规定用语 · "
    "blanks and signs to 0, labels of the form",
)
@click.option("--year", type=click.IntRange(2008, 2100), help="报告年度，不写则从报告中读出 · report year")
@click.option(
    "--edition",
    type=click.Choice(["2019", "2021", "pre-2019"]),
    help="适用格式，不写则按年度 · form to judge by",
)
@click.option(
    "--issuer-kind",
    type=click.Choice(["government", "office", "department", "township", "subdistrict", "other"]),
    help="编制机关类别 · kind of issuer",
)
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="发布日期 · date of publication",
)
@selection_options
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="剩下的问题达到此级别即以 1 退出 · lowest severity left that makes the exit code 1",
)
@language_option
def fix(
    *,
    paths: tuple[str, ...],
    annotate: bool,
    show_diff: bool,
    in_place: bool,
    output: str | None,
    force: bool,
    unsafe_fixes: bool,
    year: int | None,
    edition: Any,
    issuer_kind: Any,
    published: dt.datetime | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    profile: str | None,
    fail_on: str,
    lang: Any,
) -> None:
    """Mend or annotate every file."""
    from linter.cli import selection_of
    from linter.cli.mending import Mending, mend_file
    from linter.lint import Stated

    if sum((show_diff, in_place, output is not None)) > 1:
        raise click.UsageError("--diff、--in-place、-o 只能用一个")
    if annotate and (show_diff or unsafe_fixes):
        raise click.UsageError("--annotate 只加批注，不能与 --diff、--unsafe-fixes 同用")
    sources = _sources(paths)
    if output is not None and len(sources) != 1:
        raise click.UsageError("-o 只能用于一个文件")
    mending = Mending(
        annotate=annotate,
        show_diff=show_diff,
        in_place=in_place,
        output=output,
        force=force,
        unsafe=unsafe_fixes,
        stated=Stated(year, edition, issuer_kind, published.date() if published else None),
        selection=selection_of(select, ignore, extend_select, profile),
        lang=lang,
    )
    worst = CLEAN
    for source in sources:
        outcome = mend_file(source, mending)
        for line in outcome.lines:
            click.echo(line, err=outcome.trouble)
        counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
        code = TROUBLE if outcome.trouble else FINDINGS if outcome.severities & set(counted) else CLEAN
        worst = max(worst, code, FINDINGS if outcome.to_mend and fail_on != "never" else CLEAN)
    sys.exit(worst)


def _sources(paths: tuple[str, ...]) -> list[Any]:
    from linter.document.registry import SUPPORTED_SUFFIXES
    from linter.files import STDIN, find_sources

    if STDIN in paths:
        raise click.UsageError("fix 不能读标准输入，请写文件名")
    return find_sources(paths, SUPPORTED_SUFFIXES)
