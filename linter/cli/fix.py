"""The command `gongkai fix`: safe fixes, and copies with the findings as notes at their places."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.cli.options import (
    baseline_option,
    configuration_options,
    fail_on_option,
    language_option,
    paths_argument,
    selection_options,
    stated_options,
)
from linter.exits import CLEAN, FINDINGS, exit_code

if TYPE_CHECKING:
    from linter.cli.mending import MendedFile
    from linter.files import Source

_FIXED = frozenset({".docx", ".html", ".htm", ".md", ".markdown", ".txt"})
_ANNOTATED = frozenset({".docx", ".html", ".htm", ".pdf"})
_RESULTS = (".fixed", ".reviewed")


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
  gongkai fix 全县年报/ --in-place
  gongkai fix --annotate 年度报告.docx -o 年度报告.reviewed.docx

\b
退出码 Exit code: 0 没有剩下问题 nothing left, 1 还有问题或可改之处 findings left, 2 出错 trouble
""",
)
@paths_argument
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
@stated_options
@selection_options
@configuration_options
@baseline_option
@fail_on_option
@language_option
@click.pass_context
def fix(
    context: click.Context,
    /,
    *,
    paths: tuple[str, ...],
    annotate: bool,
    show_diff: bool,
    in_place: bool,
    output: str | None,
    force: bool,
    unsafe_fixes: bool,
    **options: Any,
) -> None:
    """Mend or annotate every file."""
    from linter.cli.mending import Mending, mend_file
    from linter.cli.plan import check_settings, job_of, plan_of, sources_for, usage_errors

    if sum((show_diff, in_place, output is not None)) > 1:
        raise click.UsageError("--diff、--in-place、-o 只能用一个")
    if annotate and (show_diff or unsafe_fixes):
        raise click.UsageError("--annotate 只加批注，不能与 --diff、--unsafe-fixes 同用")
    if "-" in paths:
        raise click.UsageError("fix 不能读标准输入，请写文件名")
    with usage_errors():
        plan = plan_of(context)
    suffixes = _ANNOTATED if annotate else _FIXED
    sources = list(_each(sources_for(context, plan, None), paths, suffixes))
    if not sources:
        raise click.UsageError(f"没有可以处理的文件（{'、'.join(sorted(suffixes))}）")
    if output is not None and len(sources) != 1:
        raise click.UsageError("-o 只能用于一个文件")
    with usage_errors():
        check_settings(sources, plan)
    mending = Mending(
        annotate=annotate,
        show_diff=show_diff,
        in_place=in_place,
        output=output,
        force=force,
        unsafe=unsafe_fixes,
        brief=len(sources) > 1,
        job=job_of(plan),
    )
    worst = CLEAN
    for source in sources:
        outcome = mend_file(source, mending)
        for line in outcome.lines:
            click.echo(line, err=outcome.trouble)
        for line in outcome.asides:
            click.echo(line, err=True)
        worst = max(worst, _code(outcome, plan.fail_on))
    sys.exit(worst)


def _code(outcome: MendedFile, fail_on: str) -> int:
    """How the command ends for this file."""
    code = exit_code(outcome.severities, outcome.trouble, fail_on)
    return FINDINGS if code == CLEAN and outcome.to_mend and fail_on != "never" else code


def _each(sources: Iterable[Source], named: Iterable[str], suffixes: frozenset[str]) -> Iterator[Source]:
    """Each file by itself. Of a folder those are taken that can be mended, but neither files in a zip nor
    what was written for another file there; a file that the user names is always tried."""
    from linter.files import Source

    own = {Path(path).resolve() for path in named if not Path(path).is_dir()}
    for source in sources:
        file = Path(source.container or source.path)
        if file.resolve() in own or (source.fault and not file.is_dir()):
            yield source
        elif not source.inside and not source.fault:
            for path in (source.path, *(partner.path for partner in source.partners)):
                if Path(path).suffix.lower() in suffixes and not _is_result(Path(path)):
                    yield Source(path)


def _is_result(path: Path) -> bool:
    original = Path(path.stem)
    return original.suffix in _RESULTS and path.with_name(original.stem + path.suffix).exists()
