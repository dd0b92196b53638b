"""The folder that `gongkai score` writes: it appears whole, or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from linter.output import encoded
from linter.resources import resource_folder
from linter.score.board import Board, card_name
from linter.score.card import card
from linter.score.data import csv_files, scores_json
from linter.score.letters import CIRCULAR, NOTICE, Letters, circular, notice
from linter.score.overview import overview, overview_name

MARK = "data/scores.json"
"""What tells a folder of this program's from any other."""

_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+|^\.+|[. ]+$')
_LONGEST_NAME = 60


class FolderFault(Exception):
    """A folder that may not be written; the message says why and what to do."""


def write_folder(
    board: Board, target: Path, letters: Letters, *, force: bool, advance: Callable[[int], None]
) -> None:
    """Write everything about the board into `target`; `advance` is told of each unit that is done.

    Raises FolderFault where `target` is there and may not be replaced, TemplateFault, OSError.
    """
    check_free(target, force)
    with _whole(target) as folder:
        for name in ("assets", "units", "data", _notices(board), "templates"):
            (folder / name).mkdir()
        _assets(folder, letters)
        _data(board, folder)
        files = _files(board, folder)
        (folder / files[0][0]).write_bytes(circular(board, board.latest, letters))
        for year in board.years:
            _write(folder / overview_name(board, year), overview(board, year, files))
        latest = {one.filing.unit.name: one for one in board.latest.standings}
        for number, unit in enumerate(board.corpus.roster.units, 1):
            _write(folder / "units" / card_name(unit), card(board, unit))
            letter = notice(board, latest[unit.name], letters) if unit.name in latest else None
            if letter:
                name = f"{number:04d} {file_name(unit.name)}.docx"
                (folder / _notices(board) / name).write_bytes(letter)
            advance(1)


def check_free(target: Path, force: bool) -> None:
    """Refuse a target that is there, unless it is to be replaced and was written by this program."""
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir() or target.is_symlink():
        raise FolderFault(f"{target} 已经存在，不是文件夹：请换一个名称")
    if not any(target.iterdir()):
        return
    if not (target / MARK).is_file():
        raise FolderFault(f"{target} 里有其他文件，不会覆盖：请换一个文件夹")
    if not force:
        raise FolderFault(f"{target} 已经存在；要用新的结果替换它，加上 --force")


def file_name(text: str) -> str:
    """`text` as it may stand in the name of a file on any system."""
    return _NO_NAME.sub("_", text)[:_LONGEST_NAME] or "_"


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place once all is written."""
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    old = made.with_name(made.name + ".old")
    try:
        yield made
        made.chmod(0o755)
        if target.exists():
            os.replace(target, old)
        os.replace(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        if old.exists() and not target.exists():
            with suppress(OSError):
                os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    path.write_bytes(encoded(text))


def _assets(folder: Path, letters: Letters) -> None:
    shipped = resource_folder("templates")
    style = (shipped / "page.css").read_text("utf-8") + (shipped / "score" / "score.css").read_text("utf-8")
    _write(folder / "assets" / "score.css", style)
    _write(folder / "assets" / "score.js", (shipped / "score" / "score.js").read_text("utf-8"))
    for name in (CIRCULAR, NOTICE):
        _write(folder / "templates" / name, letters.source(name)[1])


def _data(board: Board, folder: Path) -> None:
    for name, pieces in [*csv_files(board), ("scores.json", scores_json(board))]:
        with (folder / "data" / name).open("wb") as file:
            file.writelines(map(encoded, pieces))


def _files(board: Board, folder: Path) -> list[tuple[str, str]]:
    """What may be downloaded, the circular first; the workbook only where it can be written."""
    word = board.word
    year = board.latest.year
    files = [
        (f"{word['circular']}{year}.docx", f"{word['circular']}.docx"),
        (_notices(board), f"{word['notice']} (.docx)"),
    ]
    try:
        from linter.score.workbook import write_workbook

        write_workbook(board, folder / "scores.xlsx")
        files.append(("scores.xlsx", f"{word['workbook']} scores.xlsx"))
    except ModuleNotFoundError:
        pass
    names = ("scores.csv", "items.csv", "findings.csv", "figures.csv", "scores.json")
    return files + [(f"data/{name}", f"{word['data']} {name}") for name in names]


def _notices(board: Board) -> str:
    return f"{board.word['notice']}{board.latest.year}"
