"""The command `gongkai new`: a draft written to a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.cli.options import ISSUER_KINDS

if TYPE_CHECKING:
    from linter.draft.form import Block, Carried
    from linter.report.model import IssuerKind, Report


@click.command(
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
    write_draft(file, issuer, year, issuer_kind, previous, force=force)


def write_draft(
    file: str,
    issuer: str,
    year: int | None,
    issuer_kind: IssuerKind | None,
    previous: str | None,
    *,
    force: bool,
) -> None:
    """Write the draft that is asked for, and say what is left to do.

    Exits with a usage error where the file exists, its type is none that can be written, or last
    year's report cannot be read or is another year's.
    """
    from linter.draft.form import Wanted, carried_over, draft

    path = Path(file)
    if path.suffix.lower() not in (".docx", ".md"):
        raise click.UsageError(f"不能起草 {file}：文件名应以 .docx 或 .md 结尾")
    if path.exists() and not force:
        raise click.UsageError(f"{file} 已经存在；要覆盖它，加上 --force")
    if not issuer.strip():
        raise click.UsageError("--issuer 是空的：请写编制机关的全称")
    if not issuer.isprintable():
        raise click.UsageError("--issuer 中有换行或控制字符：请写编制机关的全称")
    wanted_year = year or dt.date.today().year - 1
    before = _last_year(previous, wanted_year) if previous else None
    carried = carried_over(before) if before else {}
    blocks = draft(Wanted(issuer.strip(), wanted_year, issuer_kind, carried))
    _write(path, blocks_as(path, blocks))
    click.echo(f"已写好 {file}：{issuer.strip()} {wanted_year} 年度。")
    if before:
        click.echo(_carried_words(carried, before))
        if before.issuer and before.issuer != issuer.strip():
            organs = f"“{before.issuer}”，不是“{issuer.strip()}”"
            click.echo(f"注意：{previous} 的编制机关是{organs}，请确认没有选错文件。")
    click.echo("下一步：替换标出的“【请填写：…】”，填好表格，再运行")
    click.echo(f'  gongkai check "{file}"' if " " in file else f"  gongkai check {file}")


def blocks_as(path: Path, blocks: list[Block]) -> bytes:
    """The blocks in the format that the name of the file asks for."""
    if path.suffix.lower() == ".md":
        from linter.draft.markdown import to_markdown

        return to_markdown(blocks).encode()
    from linter.draft.docx import to_docx

    return to_docx(blocks)


def _write(path: Path, data: bytes) -> None:
    from linter.output import why_not_written, write_whole

    try:
        write_whole([data], path)
    except OSError as error:
        raise click.UsageError(f"不能写入 {path}：{why_not_written(path, error)}") from None


def _last_year(previous: str, year: int) -> Report:
    from linter.document.model import Unreadable
    from linter.files import Source
    from linter.lint import Stated, read

    try:
        report = read(Source(previous), Stated())
    except Unreadable as reason:
        raise click.UsageError(f"{previous}: {' '.join(str(reason).split())}") from None
    if report.year != year - 1:
        found = f"{report.year} 年度" if report.year else "看不出年度"
        raise click.UsageError(f"{previous} 是{found}的报告，不是 {year - 1} 年度的，不能从中带入上年结转")
    return report


def _carried_words(carried: Carried, before: Report) -> str:
    total = carried.get("total")
    if total is None:
        return f"{before.path} 的“结转下年度继续办理”没有读出合计，请自行核对“上年结转”一行。"
    return f"“上年结转”一行已从 {before.path} 带入，共 {total} 件，请核对。"
