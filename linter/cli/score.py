"""`gongkai score`: scorecards, ranking, circular and notices of a corpus, as a folder to open and pass on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.cli.corpus import code_of, corpus_of, corpus_options
from linter.cli.options import language_option
from linter.exits import SEVERITIES

if TYPE_CHECKING:
    from linter.corpus.model import Corpus
    from linter.score.board import Board


@click.command(
    help="给很多单位的报告评分：谁没有发布、谁逾期，每个单位的评分卡（每一分扣在哪里），排名、热力图、"
    "历年变化，以及工作簿、通报和整改通知。结果是一个文件夹，打开其中的 index.html。\n\n"
    "Score the reports of many units: scorecards, ranking, workbook, circular, notices, in a folder.",
    epilog="""\b
例 Examples:
  gongkai score 全市年报/ --roster 名录.csv -o 评分/
  gongkai score 全市年报/ --roster 名录.csv --store 结果.db --profile 宿迁评分 -o 评分/ --force
  gongkai score --manifest 清单.csv --sender 青山市人民政府办公室 --date 2026年4月10日 -o 评分/
""",
)
@corpus_options
@click.option("--output", "-o", required=True, metavar="FOLDER", help="写入的文件夹 · folder to write")
@click.option("--force", is_flag=True, help="替换以前写出的文件夹 · replace a folder written before")
@click.option("--title", default="", metavar="TEXT", help="总览的标题 · title of the overview")
@click.option("--sender", default="", metavar="NAME", help="通报和通知的发文机关 · sender of the letters")
@click.option("--date", default="", metavar="DATE", help="通报和通知的日期 · date of the letters")
@click.option(
    "--letters",
    metavar="FOLDER",
    help="自己改过的 circular.md.j2、notice.md.j2 所在的文件夹 · templates of your own",
)
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="never",
    show_default=True,
    help="达到此级别即以 1 退出 · lowest severity that makes the exit code 1",
)
@language_option
def score(
    *,
    output: str,
    force: bool,
    title: str,
    sender: str,
    date: str,
    letters: str | None,
    fail_on: str,
    lang: Any,
    **options: Any,
) -> None:
    """Score the corpus and write the folder."""
    from linter.score.board import Asked, Board
    from linter.score.folder import FolderFault, check_free

    target = Path(output)
    try:
        check_free(target, force)
    except FolderFault as fault:
        raise click.UsageError(str(fault)) from None
    if letters and not Path(letters).is_dir():
        raise click.UsageError(f"--letters {letters}：没有这个文件夹")
    made = corpus_of(lang=lang, **options)
    if not made.filings:
        raise click.UsageError("没有可以评分的报告：没有一份能归到单位和年度")
    board = Board(made, _scheme(options["profile"]), Asked(title, lang, sender, date))
    _write(board, target, letters, force=force)
    _say(made, board, target)
    sys.exit(code_of(made, fail_on))


def _scheme(profile: str | None) -> Any:
    from linter.checks.profile import load_profile
    from linter.lint import DEFAULT_PROFILE
    from linter.score.scoring import scheme_of

    return scheme_of(load_profile(profile or DEFAULT_PROFILE))


def _write(board: Board, target: Path, letters: str | None, *, force: bool) -> None:
    from linter.cli.corpus import progress
    from linter.score.folder import FolderFault, write_folder
    from linter.score.letters import Letters, TemplateFault

    own = Letters(Path(letters) if letters else None)
    try:
        with progress(len(board.corpus.roster.units), "写出") as advance:
            write_folder(board, target, own, force=force, advance=advance)
    except (FolderFault, TemplateFault) as fault:
        raise click.UsageError(str(fault)) from None
    except OSError as fault:
        raise click.UsageError(f"不能写入 {target}：{fault.strerror or fault}") from None


def _say(made: Corpus, board: Board, target: Path) -> None:
    latest = board.latest
    due = len(latest.standings)
    click.echo(
        f"{latest.year} 年度：应发布 {due}，未发布 {latest.count('missing')}，逾期 {latest.count('late')}；"
        f"参加排名 {len(latest.ranked)}，平均 {latest.mean if latest.mean is not None else '—'} 分"
    )
    if made.unmatched:
        click.echo(f"没有归到单位的文件 {len(made.unmatched)} 个，见总览")
    if not (target / "scores.xlsx").is_file():
        click.echo('没有写出工作簿：需要另外安装 pip install "gongkai-lint[xlsx]"', err=True)
    click.echo(f"已写好 {target}：打开 {target / 'index.html'}")
