"""`gongkai corpus`, and `gongkai check --previous`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from provinces import put, truth_of, with_figure

from linter.cli import main

BUREAU = "云浦县财政局"


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    before, after = truth_of(BUREAU, 2022), truth_of(BUREAU, 2023)
    carried = before.tables["applications"].number("carried_out", "natural_person")
    put(before, tmp_path / "年报" / "2022.html")
    wrong = with_figure(after, "applications", "carried_in", "natural_person", carried + 1)
    put(wrong, tmp_path / "年报" / "2023.html")
    (tmp_path / "名录.csv").write_text(f"单位\n{BUREAU}\n云浦县教育局\n", encoding="utf-8")
    return tmp_path


def test_who_is_missing_is_listed_by_year(folder: Path) -> None:
    done = gongkai("corpus", folder / "年报", "--roster", folder / "名录.csv", "--jobs", 1)
    assert done.exit_code == 0
    assert "2023 年度：2 个单位，按期 1，未见 1" in done.output
    assert "云浦县教育局" in done.output


def test_json_holds_every_filing(folder: Path) -> None:
    done = gongkai(
        "corpus", folder / "年报", "--roster", folder / "名录.csv", "--format", "json", "--jobs", 1
    )
    said = json.loads(done.stdout)
    assert said["summary"]["missing"] == 2
    assert said["years"] == [2022, 2023]
    assert [(each["unit"], each["year"], each["status"]) for each in said["filings"]][1] == (
        BUREAU,
        2023,
        "in-time",
    )
    found = {finding["name"] for each in said["filings"] for finding in each["findings"]}
    assert "carry-over-mismatch" in found


def test_a_roster_among_the_reports_is_none_of_them(folder: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(folder / "年报" / "名录.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ["单位", BUREAU])
    done = gongkai("corpus", folder / "年报", "--roster", folder / "年报" / "名录.xlsx", "--jobs", 1)
    assert (done.exit_code, done.output.count("按期 1；")) == (0, 2)


def test_findings_fail_the_run_only_where_asked_for(folder: Path) -> None:
    assert gongkai("corpus", folder / "年报", "--jobs", 1).exit_code == 0
    assert gongkai("corpus", folder / "年报", "--jobs", 1, "--fail-on", "error").exit_code == 1
    (folder / "年报" / "x.pdf").write_bytes(b"nothing")
    done = gongkai("corpus", folder / "年报", "--jobs", 1)
    assert (done.exit_code, "x.pdf" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--manifest"),
        (["年报", "--roster", "没有.csv"], "没有.csv"),
        (["年报", "--years", "去年"], "--years"),
        (["年报", "--engine", "dask"], "--scheduler"),
        (["年报", "--select", "nothing-such"], "nothing-such"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(folder)
    done = gongkai("corpus", *arguments)
    assert done.exit_code == 2
    assert said in done.output.splitlines()[-1]


def test_a_faulty_roster_names_file_and_line(folder: Path) -> None:
    (folder / "名录.csv").write_text("单位,类别\n云浦县财政局,衙门\n", encoding="utf-8")
    done = gongkai("corpus", folder / "年报", "--roster", folder / "名录.csv")
    assert done.exit_code == 2
    assert "名录.csv 第 2 行：没有类别“衙门”" in done.output


@pytest.mark.parametrize("previous", ["年报/2022.html", "年报"])
def test_check_takes_last_years_report_or_a_folder_of_them(folder: Path, previous: str) -> None:
    report = folder / "年报" / "2023.html"
    alone = gongkai("check", report, "--select", "cross-year")
    beside = gongkai("check", report, "--select", "cross-year", "--previous", folder / previous)
    assert (alone.exit_code, beside.exit_code) == (0, 1)
    assert "carry-over-mismatch" in beside.output


def test_a_report_of_the_wrong_year_is_no_previous_one(folder: Path) -> None:
    report = folder / "年报" / "2022.html"
    done = gongkai("check", report, "--previous", folder / "年报" / "2023.html")
    assert done.exit_code == 2
    assert "2023 年度的报告，不是 2022 年度的上一年度" in done.output
