"""The manifest: whose report each file is, of which year, when it was published."""

import datetime as dt
from pathlib import Path

import pytest
from provinces import ENGINE, put, truth_of

from linter.corpus.manifest import read_manifest
from linter.corpus.roster import RosterFault
from linter.corpus.run import Wanted, run

TRUTH = truth_of("云浦县财政局", 2023)


def manifest(folder: Path, *rows: str, head: str = "单位,类别,上级,年度,文件,发布日期") -> Path:
    path = folder / "清单.csv"
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    return path


def test_the_manifest_states_unit_year_and_day(tmp_path: Path) -> None:
    put(TRUTH, tmp_path / "附件" / "1.html")
    listed = read_manifest(
        manifest(
            tmp_path,
            "云浦县财政局,部门,云浦县人民政府,2023,附件/1.html,2024年4月2日",
            "云浦县教育局,部门,云浦县人民政府,,,",
        )
    )
    (item,) = listed.items
    assert (item.unit, item.year, item.published) == ("云浦县财政局", 2023, dt.date(2024, 4, 2))
    assert [(unit.name, unit.kind, unit.parent) for unit in listed.roster.units] == [
        ("云浦县财政局", "department", "云浦县人民政府"),
        ("云浦县教育局", "department", "云浦县人民政府"),
        ("云浦县人民政府", "government", ""),
    ]
    corpus = run(listed.items, listed.roster, Wanted(), ENGINE)
    assert [(each.unit.name, each.status, each.how) for each in corpus.filings] == [
        ("云浦县财政局", "late", "manifest"),
        ("云浦县教育局", "missing", None),
        ("云浦县人民政府", "missing", None),
    ]


def test_a_file_of_another_organ_than_listed_is_left_unmatched(tmp_path: Path) -> None:
    put(TRUTH, tmp_path / "1.html")
    listed = read_manifest(manifest(tmp_path, "云浦县教育局,,,2023,1.html,", "云浦县财政局,,,2023,,"))
    corpus = run(listed.items, listed.roster, Wanted(), ENGINE)
    (unmatched,) = corpus.unmatched
    assert "清单写的是“云浦县教育局”，报告的机关却是“云浦县财政局”" in unmatched.reason


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("云浦县财政局,,,2023,1.html,去年春天", "第 2 行：“去年春天”不是日期"),
        ("云浦县财政局,,,2023,1.html,2024-02-31", "第 2 行：“2024-02-31”不是日期"),
        ("云浦县财政局,,,今年,1.html,", "第 2 行：“今年”不是年度"),
        ("云浦县财政局,衙门,,2023,1.html,", "第 2 行：没有类别“衙门”"),
        (",,,2023,1.html,", "第 2 行的“单位”是空的"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(RosterFault, match=said):
        read_manifest(manifest(tmp_path, row))


def test_a_file_listed_twice_is_refused(tmp_path: Path) -> None:
    put(TRUTH, tmp_path / "1.html")
    row = "云浦县财政局,,,2023,1.html,"
    with pytest.raises(RosterFault, match=r"第 3 行：1\.html 与第 2 行重复"):
        read_manifest(manifest(tmp_path, row, row))


def test_english_names_of_columns_are_accepted(tmp_path: Path) -> None:
    put(TRUTH, tmp_path / "1.html")
    path = manifest(tmp_path, "云浦县财政局,2023,1.html", head="unit,year,file")
    assert [item.unit for item in read_manifest(path).items] == ["云浦县财政局"]
