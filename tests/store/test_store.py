"""Results that are kept: files that did not change are not read again, decisions outlive runs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kept import BUREAU, Counting, put, reports, rows, stored, truth_of

from linter.cli import main
from linter.corpus.corpus_json import corpus_json
from linter.corpus.reading import Judging
from linter.corpus.run import Wanted
from linter.lint import Selection
from linter.store.connection import opened
from linter.store.fault import StoreFault

pytest.importorskip("sqlalchemy")


def gongkai(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def fingerprint_of(store: Path) -> str:
    said = json.loads(gongkai("history", BUREAU, "--store", store, "--format", "json").stdout)
    found: str = next(
        finding["fingerprint"]
        for year in said["years"]
        for finding in year["findings"]
        if finding["name"] == "carry-over-mismatch"
    )
    return found


def test_the_result_is_the_same_with_and_without_a_store_and_a_second_time(tmp_path: Path) -> None:
    folder = reports(tmp_path)
    plain = gongkai("corpus", folder, "--format", "json").stdout
    for _ in range(2):
        assert gongkai("corpus", folder, "--format", "json", "--store", tmp_path / "s.db").stdout == plain


def test_only_changed_files_are_read_again(tmp_path: Path) -> None:
    folder, store = reports(tmp_path), tmp_path / "s.db"
    counts = []
    for change in (lambda: None, lambda: None, lambda: put(truth_of(BUREAU, 2023, 9), folder / "2023.html")):
        change()
        engine = Counting()
        stored(store, folder, engine)
        counts.append(engine.read)
    assert counts == [3, 0, 1]


def test_a_moved_file_is_not_read_again_and_has_its_new_path(tmp_path: Path) -> None:
    folder, store = reports(tmp_path), tmp_path / "s.db"
    stored(store, folder)
    shutil.move(folder, tmp_path / "新")
    engine = Counting()
    corpus = stored(store, tmp_path / "新", engine)
    assert engine.read == 0
    assert {Path(each.record.path).parent.name for each in corpus.filings if each.record} == {"新"}


def test_other_rules_or_statements_make_records_anew(tmp_path: Path) -> None:
    folder, store = reports(tmp_path), tmp_path / "s.db"
    stored(store, folder)
    engine = Counting()
    stored(store, folder, engine, Wanted(Judging(Selection(select=("applications-balance",)))))
    assert engine.read == 3
    assert rows(store)["records"] == 6


def test_a_run_twice_doubles_no_record(tmp_path: Path) -> None:
    folder, store = reports(tmp_path), tmp_path / "s.db"
    stored(store, folder)
    once = rows(store)
    stored(store, folder)
    twice = rows(store)
    assert (once["runs"], twice["runs"]) == (1, 2)
    assert [twice[table] for table in ("records", "figures")] == [
        once[table] for table in ("records", "figures")
    ]
    assert once["filings"] == 3
    assert once["figures"] > 100


def test_copies_of_a_file_under_one_name_are_one_record(tmp_path: Path) -> None:
    folder, store = reports(tmp_path, 1), tmp_path / "s.db"
    for name in ("甲", "乙"):
        (folder / name).mkdir()
        shutil.copy(folder / "2021.html", folder / name / "2021.html")
    corpus = stored(store, folder)
    assert rows(store)["records"] == 1
    assert [len(filing.others) for filing in corpus.filings] == [2]


def test_a_decision_outlives_the_next_runs_and_needs_its_reason(tmp_path: Path) -> None:
    folder, store = reports(tmp_path), tmp_path / "s.db"
    stored(store, folder)
    fingerprint = fingerprint_of(store)
    assert gongkai("review", fingerprint, "--store", store, "--decision", "dismissed").exit_code == 2
    done = gongkai(
        "review",
        fingerprint,
        "--store",
        store,
        "--decision",
        "dismissed",
        "--reason",
        "口径变化",
        "--by",
        "王",
    )
    assert done.exit_code == 0, done.output
    assert done.output.startswith("不成立：")
    corpus = stored(store, folder)
    decided = corpus.decisions[fingerprint]
    assert (decided.decision, decided.reason, decided.by) == ("dismissed", "口径变化", "王")
    assert f'"{fingerprint}": {{"decision": "dismissed"' in "".join(corpus_json(corpus))
    assert "不成立 口径变化" in gongkai("history", BUREAU, "--store", store).output


def test_a_finding_put_right_is_shown_as_gone(tmp_path: Path) -> None:
    folder, store = reports(tmp_path), tmp_path / "s.db"
    stored(store, folder)
    fingerprint = fingerprint_of(store)
    put(truth_of(BUREAU, 2022), folder / "2022.html")
    (folder / "2021.html").unlink()
    stored(store, folder)
    shown = gongkai("history", BUREAU, "--store", store).output
    line = next(line for line in shown.splitlines() if fingerprint in line)
    assert line.endswith("（最近一次检查已没有）")


def test_what_is_not_in_the_store_is_said(tmp_path: Path) -> None:
    folder, store = reports(tmp_path), tmp_path / "s.db"
    stored(store, folder)
    assert "是不是 云浦县财政局" in gongkai("history", "财政局", "--store", store).output
    assert "没有指纹" in gongkai("review", "abc", "--store", store, "--decision", "confirmed").output
    gone = gongkai("history", BUREAU, "--store", tmp_path / "other.db")
    assert (gone.exit_code, "没有结果库" in gone.output) == (2, True)
    assert not (tmp_path / "other.db").exists()


def refused(store: object, folder: Path) -> str:
    done = gongkai("corpus", folder, "--store", store)
    assert done.exit_code == 2
    last = done.output.splitlines()[-1]
    assert last.startswith("Error: 结果库")
    return last


def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder, store = reports(tmp_path, 1), tmp_path / "s.db"
    store.write_text("not a database, but text that is long enough to be taken for one" * 20)
    before = store.read_bytes()
    assert "不是结果库" in refused(store, folder)
    assert store.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "文件夹不存在" in refused(tmp_path / "nowhere" / "s.db", reports(tmp_path, 1))


def test_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    assert "不支持" in refused("mysql://localhost/x", reports(tmp_path, 1))


def test_a_store_made_by_another_version_is_refused(tmp_path: Path) -> None:
    from sqlalchemy import text

    folder, store = reports(tmp_path, 1), tmp_path / "s.db"
    stored(store, folder)
    with opened(str(store)) as kept, kept.writing() as connection:
        connection.execute(text("UPDATE about SET value = '99'"))
    with pytest.raises(StoreFault, match="另一个版本"):
        stored(store, folder)


def test_without_the_library_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    done = gongkai("corpus", reports(tmp_path, 1), "--store", tmp_path / "s.db")
    assert (done.exit_code, "gongkai-lint[store]" in done.output) == (2, True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk, needs root")
def test_a_full_disk_is_one_clear_line_and_nothing_is_lost(tmp_path: Path) -> None:
    folder, disk = reports(tmp_path), tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        assert "磁盘已满" in refused(disk / "s.db", folder)
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        assert gongkai("corpus", folder, "--store", disk / "s.db").exit_code == 0
        assert rows(disk / "s.db")["records"] == 3
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a disk, needs root")
def test_a_store_that_is_read_only_is_one_clear_line(tmp_path: Path) -> None:
    folder, disk = reports(tmp_path), tmp_path / "disk"
    disk.mkdir()
    stored(disk / "s.db", folder)
    if subprocess.run(["mount", "--bind", str(disk), str(disk)], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(disk)], check=True)
        assert "只读" in refused(disk / "s.db", folder)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
