"""`gongkai score` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linter.cli import main

REPORTS = Path(__file__).parents[2] / "examples" / "reports"


def gongkai(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["score", *arguments])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "年报"
    folder.mkdir()
    for path in REPORTS.glob("2024-*.docx"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_a_folder_of_reports_becomes_a_folder_of_scores(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "评分"
    done = gongkai(str(reports), "-o", str(output), "--jobs", "1")
    assert done.exit_code == 0, done.output
    assert "index.html" in done.output
    scores = json.loads((output / "data" / "scores.json").read_text("utf-8"))["scores"]
    assert len(scores) == len(list(reports.iterdir()))
    assert all(0 < float(one["total"]) <= 100 for one in scores)
    again = gongkai(str(reports), "-o", str(output), "--jobs", "1")
    assert (again.exit_code, "--force" in again.output) == (2, True)


def test_a_roster_tells_who_is_missing(reports: Path, tmp_path: Path) -> None:
    roster = tmp_path / "名录.csv"
    roster.write_text("单位,类别\n无影县教育局,部门\n", "utf-8")
    output = tmp_path / "评分"
    done = gongkai(str(reports), "--roster", str(roster), "-o", str(output), "--years", "2024", "--jobs", "1")
    assert done.exit_code == 0, done.output
    assert "未发布 1" in done.output
    assert f"没有归到单位的文件 {len(list(reports.iterdir()))} 个" in done.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "{reports}"), "其他文件"),
        (("-o", "{tmp}/a", "--letters", "{tmp}/none"), "没有这个文件夹"),
        (("-o", "{tmp}/a", "--profile", "无此配置"), "没有配置"),
        (("-o", "{tmp}/a", "--roster", "{tmp}/none.csv"), "none.csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    reports: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    given = (one.format(reports=reports, tmp=tmp_path) for one in options)
    done = gongkai(str(reports), *given)
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "a").exists()
