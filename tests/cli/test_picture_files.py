"""Pictures in folders and zips: the numbered pages of a scan are one report, illustrations are none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from linter.document.model import Unreadable
from linter.document.registry import SUPPORTED_SUFFIXES, read_pages
from linter.files import Source, files_of, find_sources


def found(folder: Path, *names: str) -> list[tuple[str, ...]]:
    """The sources of a folder with these files, each with its further pages and partners."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return [told(source, f"{folder}/") for source in find_sources([str(folder)], SUPPORTED_SUFFIXES)]


def told(source: Source, prefix: str) -> tuple[str, ...]:
    together = (source, *source.pages, *source.partners)
    return tuple((each.inside or each.path).removeprefix(prefix) for each in together)


def test_numbered_pictures_are_the_pages_of_one_report_in_their_order(tmp_path: Path) -> None:
    assert found(tmp_path, "10.jpg", *(f"{number}.jpg" for number in range(1, 10))) == [
        tuple(f"{number}.jpg" for number in range(1, 11))
    ]


def test_pages_numbered_after_a_name_are_one_report(tmp_path: Path) -> None:
    names = ("甲局_01.png", "甲局_02.png", "乙局 (1).jpg", "乙局 (2).jpg")
    assert found(tmp_path, *names) == [names[2:], names[:2]]


def test_pictures_by_other_names_are_reports_of_one_page(tmp_path: Path) -> None:
    assert found(tmp_path, "甲局.jpg", "乙局.jpg") == [("乙局.jpg",), ("甲局.jpg",)]


def test_years_and_gaps_are_no_numbers_of_pages(tmp_path: Path) -> None:
    names = ("1.bmp", "3.bmp", "甲2023.jpg", "甲2024.jpg")
    assert found(tmp_path, *names) == [(name,) for name in names]


def test_pictures_beside_a_document_are_not_read(tmp_path: Path) -> None:
    assert found(tmp_path, "report.docx", "1.jpg", "2.jpg") == [("report.docx",)]


@pytest.mark.parametrize("picture", ["report_files/1.png", "images/banner.jpg", "a/b/2.jpg"])
def test_pictures_saved_with_a_web_page_are_not_read(tmp_path: Path, picture: str) -> None:
    assert found(tmp_path, "report.html", picture) == [("report.html",)]


def test_each_folder_of_pictures_is_its_own_report(tmp_path: Path) -> None:
    pages = ("甲/1.jpg", "甲/2.jpg"), ("乙/1.jpg", "乙/2.jpg")
    assert found(tmp_path, *pages[0], *pages[1]) == [pages[1], pages[0]]


def test_a_tiff_is_read_beside_documents_too(tmp_path: Path) -> None:
    assert found(tmp_path, "a.txt", "b.tif") == [("a.txt",), ("b.tif",)]


def test_pages_in_a_zip_are_one_report(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("扫描/2.jpg", "扫描/1.jpg"):
            archive.writestr(name, b"x")
    path = tmp_path / "a.zip"
    path.write_bytes(out.getvalue())
    (source,) = find_sources([str(path)], SUPPORTED_SUFFIXES)
    assert told(source, "") == ("扫描/1.jpg", "扫描/2.jpg")


def test_every_page_counts_as_a_file_of_the_run(tmp_path: Path) -> None:
    found(tmp_path, "1.jpg", "2.jpg")
    (source,) = find_sources([str(tmp_path)], SUPPORTED_SUFFIXES)
    assert len(list(files_of(source))) == 2


def test_a_file_that_only_has_the_name_of_a_picture_is_refused_in_one_line() -> None:
    with pytest.raises(Unreadable, match="不是图片"):
        read_pages([b"text", b"text"])
