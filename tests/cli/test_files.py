"""Which files a run takes, in which order, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linter.files import Source, find_sources

SUFFIXES = frozenset({".txt", ".docx"})


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")


def taken(*paths: str) -> list[str]:
    return [source.path for source in find_sources(paths, SUFFIXES)]


def test_a_folder_gives_its_supported_files_sorted_at_any_depth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(
        tmp_path,
        "县/b.txt",
        "县/a.DOCX",
        "县/乡/c.txt",
        "县/photo.jpg",
        "县/~$a.docx",
        "县/.git/d.txt",
        "县/.e.txt",
    )
    monkeypatch.chdir(tmp_path)
    assert taken("县") == [str(Path("县", name)) for name in ("a.DOCX", "b.txt", "乡/c.txt")]


def test_a_named_file_is_always_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "photo.gif")
    monkeypatch.chdir(tmp_path)
    assert taken("./photo.jpg", "missing.docx") == ["./photo.jpg", "missing.docx"]


def test_each_file_comes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "d/a.txt", "d/b.txt")
    monkeypatch.chdir(tmp_path)
    assert taken("d/b.txt", "d", "./d/a.txt") == ["d/b.txt", str(Path("d", "a.txt"))]


def test_a_folder_with_nothing_to_check_says_so(tmp_path: Path) -> None:
    make(tmp_path, "photo.gif")
    (source,) = find_sources([str(tmp_path)], SUFFIXES)
    assert "没有可以检查的文件" in source.fault


def test_a_closed_folder_is_said_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.txt", "closed/b.txt")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    readable, closed = find_sources([str(tmp_path)], SUFFIXES)
    assert (Path(readable.path).name, readable.fault) == ("a.txt", "")
    assert closed.path.endswith("closed")
    assert "打不开" in closed.fault


def test_standard_input_stands_for_a_file() -> None:
    stdin = Source("报告.txt", b"...")
    assert find_sources(["-"], SUFFIXES, stdin) == [stdin]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    try:
        (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    assert len(taken(str(tmp_path))) == 1
