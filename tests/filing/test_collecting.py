"""Where the files of a corpus come from."""

import sys
import zipfile
from pathlib import Path

import pytest
from provinces import corpus_of, put, truth_of

from linter.corpus.collect import MissingExtra, collect
from linter.corpus.reading import Judging, record

ONE, OTHER = truth_of("云浦县财政局", 2023), truth_of("云浦县教育局", 2023)


def paths(*given: str) -> list[str]:
    return [item.source.path for item in collect(given)]


def test_a_folder_a_pattern_and_a_zip_hold_the_same_reports(tmp_path: Path) -> None:
    for truth in (ONE, OTHER):
        put(truth, tmp_path / "年报" / f"{truth.issuer}.html")
    with zipfile.ZipFile(tmp_path / "年报.zip", "w") as archive:
        for path in sorted((tmp_path / "年报").iterdir()):
            archive.write(path, path.name)
    found = [
        [filing.unit.name for filing in corpus_of(tmp_path, items=collect([str(tmp_path / name)])).filings]
        for name in ("年报", "年*/**/*.html", "年报.zip")
    ]
    assert found == [["云浦县教育局", "云浦县财政局"]] * 3


def test_a_file_named_twice_is_taken_once_and_files_come_in_a_fixed_order(tmp_path: Path) -> None:
    for name in "cab":
        put(ONE, tmp_path / f"{name}.html")
    wanted = [str(tmp_path / f"{name}.html") for name in "abc"]
    assert paths(str(tmp_path), str(tmp_path / "a.html"), str(tmp_path / "*.html")) == wanted


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, items=collect([str(tmp_path / "没有.docx"), str(tmp_path / "没有*.docx")]))
    assert [(Path(each.path).name, bool(each.reason)) for each in corpus.unreadable] == [
        ("没有.docx", True),
        ("没有*.docx", True),
    ]


def test_a_remote_folder_is_read_like_a_local_one(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    page = put(ONE, tmp_path / "a.html").read_bytes()
    memory.pipe(
        {"/年报/2023/a.html": page, "/年报/2023/b.html": b"<p>", "/年报/readme.exe": b"", "/年报/c.zip": b""}
    )
    # A zip is not passed over in silence.
    assert paths("memory://年报") == [
        f"memory:///年报/{name}" for name in ("2023/a.html", "2023/b.html", "c.zip")
    ]
    assert paths("memory://年报/*/a.html") == ["memory:///年报/2023/a.html"]
    (item,) = collect(["memory://年报/2023/a.html"])
    made = record(Judging(), item)
    assert (made.issuer, made.year, made.reason) == ("云浦县财政局", 2023, "")
    (gone,) = collect(["memory://年报/2023/c.html"])
    assert record(Judging(), gone).reason == "没有这个文件"


def test_a_missing_library_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(MissingExtra, match=r"gongkai-lint\[remote\]"):
        collect(["s3://bucket/年报"])
