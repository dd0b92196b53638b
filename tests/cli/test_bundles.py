"""Folders and zips: a page and its attachments are one report, other files stand for themselves."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_files import good_docx, report_text

from linter.cli import main
from linter.document.registry import SUPPORTED_SUFFIXES
from linter.files import Source, find_sources
from linter.lint import Stated, read

BODY = report_text()


def page(text: str, head: str = "") -> str:
    paragraphs = "".join(
        f"<p>{line}</p>" if "\t" not in line else f"<pre>{line}</pre>" for line in text.splitlines()
    )
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{paragraphs}</body></html>"


LINKING = (
    "<html><head><title>甲县水务局2023年政府信息公开工作年度报告</title>"
    "<meta name='PubDate' content='2024-01-22'></head><body><h1>甲县水务局2023年政府信息公开工作年度报告</h1>"
    "<p>附件：<a href='/files/{0}'>{0}</a></p></body></html>"
)


def zipped(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def placed(folder: Path, files: dict[str, bytes | str]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def names(*paths: Path) -> list[tuple[str, ...]]:
    """The sources of a run: each with its partners, by their last names."""
    return [
        tuple(each.path.replace("\\", "/").rsplit("/", 1)[-1] for each in (source, *source.partners))
        for source in find_sources(map(str, paths), SUPPORTED_SUFFIXES)
    ]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments), "--format", "json", "--fail-on", "never"])


def reports(result: Result) -> list[dict[str, object]]:
    found = json.loads(result.stdout)["reports"]
    assert isinstance(found, list)
    return found


# --- what belongs together


def test_a_page_and_the_attachment_of_its_name_are_one(tmp_path: Path) -> None:
    placed(tmp_path, {"年报.html": "", "年报.docx": "", "年报.pdf": "", "别的.docx": ""})
    assert names(tmp_path) == [("别的.docx",), ("年报.html", "年报.docx", "年报.pdf")]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='https://x.example/P020.pdf'>附件</a>",
        "<a href='./P020.pdf?v=1'>附件</a>",
        "<a href='/down?file=P020.pdf'>附件</a>",
        "<iframe src='P020.pdf'></iframe>",
        "<a href='/api/1001'>P020.pdf</a>",
    ],
)
def test_a_page_and_the_attachment_it_links_to_are_one(tmp_path: Path, link: str) -> None:
    placed(tmp_path, {"t1.html": f"<html><body>{link}</body></html>", "P020.pdf": "", "P021.pdf": ""})
    assert names(tmp_path) == [("P021.pdf",), ("t1.html", "P020.pdf")]


def test_files_without_a_page_stand_for_themselves(tmp_path: Path) -> None:
    placed(tmp_path, {"年报.docx": "", "年报.pdf": ""})
    assert names(tmp_path) == [("年报.docx",), ("年报.pdf",)]


def test_attachments_of_other_folders_and_other_years_stand_for_themselves(tmp_path: Path) -> None:
    link = "<a href='2022年报.docx'>上年</a>"
    placed(tmp_path, {"2023年报.html": link, "2022年报.docx": "", "乡/2023年报.docx": ""})
    assert len(names(tmp_path)) == 3


def test_files_named_on_the_command_line_are_all_judged(tmp_path: Path) -> None:
    placed(tmp_path, {"年报.html": "", "年报.docx": ""})
    assert len(names(tmp_path / "年报.html", tmp_path / "年报.docx")) == 2


def test_pages_that_a_browser_saved_with_a_page_are_not_judged_and_said(tmp_path: Path) -> None:
    saved: dict[str, bytes | str] = {"年报.html": page(BODY), "年报_files/saved_resource.html": "<p>x</p>"}
    placed(tmp_path, {**saved, "年报_files/x.docx": ""})
    (source, attached) = find_sources([str(tmp_path)], SUPPORTED_SUFFIXES)
    assert (Path(source.path).name, Path(attached.path).name) == ("年报.html", "x.docx")
    assert "1 个网页不单独检查" in source.notes[0]


# --- which of them is judged


def test_a_page_that_only_links_gives_its_day_to_the_attachment(tmp_path: Path) -> None:
    placed(
        tmp_path,
        {"t1.html": LINKING.format("P020.docx").replace("2023年", "2022年"), "P020.docx": good_docx()},
    )
    result = CliRunner().invoke(main, ["extract", str(tmp_path)])
    (report,) = json.loads(result.stdout)["reports"]
    assert report["path"].endswith("P020.docx")
    assert any("只链接到附件" in note for note in report["reading"]["notes"])
    (judged,) = find_sources([str(tmp_path)], SUPPORTED_SUFFIXES)
    assert str(read(judged, Stated()).published) == "2024-01-22"


def test_a_page_of_another_year_gives_no_day_and_is_said(tmp_path: Path) -> None:
    placed(tmp_path, {"t1.html": LINKING.format("P020.docx"), "P020.docx": good_docx()})
    (source,) = find_sources([str(tmp_path)], SUPPORTED_SUFFIXES)
    report = read(source, Stated())
    assert report.published is None
    assert any("放错" in note for note in report.reading.notes)


def test_of_two_files_that_hold_the_report_the_fuller_is_judged_and_the_other_said(tmp_path: Path) -> None:
    short = "\n".join(BODY.splitlines()[:4])
    placed(
        tmp_path, {"a.html": page(short + "\n一、总体情况\n" + "本局依法公开。" * 60), "a.docx": good_docx()}
    )
    result = CliRunner().invoke(main, ["extract", str(tmp_path)])
    (report,) = json.loads(result.stdout)["reports"]
    assert report["path"].endswith("a.docx")
    assert any("a.html" in note for note in report["reading"]["notes"])


def test_where_none_holds_the_report_each_reason_is_given(tmp_path: Path) -> None:
    placed(tmp_path, {"t1.html": LINKING.format("P020.docx"), "P020.docx": b"PK\x03\x04broken"})
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "P020.docx：" in result.output
    assert "t1.html：" in result.output


# --- zips


def test_a_zip_with_one_report_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"年报/b.docx": good_docx(), "年报/photo.jpg": b"\xff\xd8\xff"}))
    result = run(path)
    assert result.exit_code == 0, result.output
    assert [report["path"] for report in reports(result)] == [f"{path}!/年报/b.docx"]


def test_every_report_in_a_zip_is_a_source_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"甲/a.docx": good_docx(), "乙/a.docx": good_docx(), "丙.txt": BODY}))
    for jobs in ("1", "2"):
        found = [report["path"] for report in reports(run(path, "--jobs", jobs))]
        assert found == [f"{path}!/{name}" for name in ("丙.txt", "乙/a.docx", "甲/a.docx")]


def test_a_zip_in_a_folder_is_opened(tmp_path: Path) -> None:
    placed(
        tmp_path,
        {"a.zip": zipped({"b.docx": good_docx()}), "photos.zip": zipped({"a.gif": b"x"}), "c.txt": BODY},
    )
    assert names(tmp_path) == [("c.txt",), ("b.docx",), ("photos.zip",)]


def test_a_page_and_its_attachments_in_a_zip_are_one(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    frame = "<html><body><iframe src='年报_files/f.html'></iframe></body></html>"
    path.write_bytes(
        zipped({"年报.html": frame, "年报_files/f.html": page(BODY * 3), "年报.pdf": b"%PDF-broken"})
    )
    result = CliRunner().invoke(main, ["extract", str(path)])
    (report,) = json.loads(result.stdout)["reports"]
    assert report["path"] == f"{path}!/年报.html"
    notes = "".join(report["reading"]["notes"])
    assert "框架页" in notes
    assert "年报.pdf" in notes
    assert "不单独检查" in notes


def test_a_zip_from_standard_input() -> None:
    data = zipped({"b.docx": good_docx()})
    result = CliRunner().invoke(main, ["check", "-", "--format", "json", "--fail-on", "never"], input=data)
    assert [report["path"] for report in reports(result)] == ["-!/b.docx"]


def test_a_word_file_named_zip_is_a_word_file(tmp_path: Path) -> None:
    placed(tmp_path, {"a.zip": good_docx()})
    assert [report["path"] for report in reports(run(tmp_path / "a.zip"))] == [str(tmp_path / "a.zip")]


def test_gbk_names_are_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = zipped({"AAAA.txt": BODY})
    name = "年报".encode("gb18030")
    path.write_bytes(data.replace(b"AAAA", name))
    assert names(path) == [("年报.txt",)]
    assert len(reports(run(path))) == 1


def test_zips_in_a_zip_stay_shut_and_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"b.zip": zipped({"c.docx": good_docx()}), "a.docx": good_docx()}))
    result = run(path)
    assert result.exit_code == 2
    assert "不再打开" in result.output
    assert len(reports_of(result.output)) == 1


def reports_of(output: str) -> list[object]:
    found = json.loads(output[output.index("{") :])["reports"]
    assert isinstance(found, list)
    return found


def test_a_zip_with_nothing_to_check_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.gif": b"x", "__MACOSX/._a.docx": b"x", "~$b.docx": b"x", ".c/d.txt": "x"}))
    result = run(path)
    assert result.exit_code == 2
    assert "没有可以检查的文件" in result.output


def test_names_that_lead_out_of_the_zip_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.zip"
    placed(tmp_path, {"in/a.zip": zipped({"../../evil.txt": BODY, "/etc/b.txt": BODY, "C:\\x\\c.txt": BODY})})
    found = [source.path for source in find_sources([str(path)], SUPPORTED_SUFFIXES)]
    assert found == [f"{path}!/{name}" for name in ("C:/x/c.txt", "etc/b.txt", "evil.txt")]
    assert run(path).exit_code == 0
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_a_frame_cannot_leave_the_zip(tmp_path: Path) -> None:
    frame = "<html><body><iframe src='../../secret.html'></iframe></body></html>"
    placed(tmp_path, {"in/a.zip": zipped({"a/p.html": frame}), "secret.html": page(BODY * 3)})
    result = run(tmp_path / "in" / "a.zip")
    assert result.exit_code == 2
    assert "框架" in result.output


def test_a_file_without_a_name_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("x", b"x")
        archive.writestr("a.md", report_text())
    data = whole.getvalue()
    at = data.index(b"PK\x01\x02")
    # In the directory the length of the name becomes 0; its one letter is then a comment.
    data = data[: at + 28] + b"\0\0" + data[at + 30 : at + 32] + b"\1\0" + data[at + 34 :]
    (tmp_path / "a.zip").write_bytes(data)
    result = CliRunner().invoke(main, ["check", str(tmp_path / "a.zip"), "--format", "json"])
    assert [report["year"] for report in json.loads(result.stdout)["reports"]] == [2022]


def test_bombs_encrypted_and_damaged_zips_are_one_line_each(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": b"0" * 30_000_000})
    stated = bytearray(zipped({f"{number}.txt": BODY for number in range(3)}))
    at = stated.find(b"PK\x01\x02")
    while at >= 0:
        stated[at + 24 : at + 28] = struct.pack("<I", 0x7FFFFFFF)
        at = stated.find(b"PK\x01\x02", at + 4)
    locked = bytearray(zipped({"a.txt": BODY}))
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    files = {"bomb.zip": bomb, "lies.zip": bytes(stated), "locked.zip": bytes(locked), "cut.zip": bomb[:200]}
    placed(tmp_path, dict(files))
    for name in files:
        result = run(tmp_path / name)
        assert result.exit_code == 2, name
        assert "Traceback" not in result.output


def test_the_output_never_overwrites_a_zip_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"b.docx": good_docx()}))
    assert run(path, "--output", path).exit_code == 2
    assert zipfile.is_zipfile(path)


def test_the_data_of_a_zip_is_not_taken_for_a_path() -> None:
    (source,) = find_sources(["-"], SUPPORTED_SUFFIXES, Source("x.zip", zipped({"b.txt": BODY})))
    assert (source.path, source.inside) == ("x.zip!/b.txt", "b.txt")
