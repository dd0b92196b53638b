"""Which reader reads a file, and what is refused with which words."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples.generator.ole import compound_file
from linter.document.model import Document, Paragraph, Unreadable
from linter.document.registry import SUPPORTED_SUFFIXES, read_document, read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        ("一、总体情况\n正文。", "a.docx", "text"),
        ("# 标题\n正文", "a.txt", "markdown"),
        ("甲 | 乙\n--- | ---\n1 | 2", "a.txt", "markdown"),
        ("**一、总体情况**\n\n正文", "", "markdown"),
        ("正文", "a.md", "markdown"),
        ("正文，没有标签", "a.html", "text"),
        ("<p>正文</p>", "a.txt", "html"),
        ("\ufeff\n<!-- 注 --><DIV>正文</DIV>", "a.doc", "html"),
        ("<!doctype html><p>正文", "a.md", "html"),
        ("<?xml version='1.0' encoding='gb2312'?><html><body>正文</body></html>", "", "html"),
        ("标题<br>正文<br><b>一</b><p>二</p>", "", "html"),
        ("# 标题\n\n<table><tr><td>1</td><td>2</td></tr></table>", "", "markdown"),
        ("<自治区要点>的通知，1 < 2，a|b", "", "text"),
    ],
)
def test_the_type_is_decided_by_content(data: str, name: str, reader: str) -> None:
    assert read_document(data.encode(), name).reader == reader


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b" \r\n\t ", "空"),
        ("\ufeff\u3000\u00a0\n".encode(), "空"),
        (compound_file({"EncryptedPackage": b""}), "加密"),
        (compound_file({"Workbook": b""}), "Excel"),
        (compound_file({"Contents": b""}), "旧版 Office"),
        (compound_file({"WordDocument": b""}), "损坏"),
        (OLE, "损坏"),
        (rb"{\rtf1\ansi }", "RTF"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "图片"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        (b"GIF89a" + bytes(50), "图片（GIF）"),
        (b"BM\x10\0\0\0\0\0\0\0" + bytes(50), "图片"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "RAR"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "7z"),
        (zipped("a.txt"), "zip"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "workbook.xml"),
        (OLE + "Workbook".encode("utf-16-le"), "损坏"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD.xml"),
        (zipped("[Content_Types].xml", "word/document.xml")[:-30], "损坏"),
        (b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>", "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht"),
        (bytes(range(256)) * 9, "二进制"),
    ],
)
def test_what_is_not_a_report_file_is_named(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word) as caught:
        read_document(data, "报告.docx")
    assert "\n" not in str(caught.value)


def test_docx_and_pdf_go_to_their_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    import linter.document.docx
    import linter.document.pdf

    monkeypatch.setattr(linter.document.docx, "read_docx", lambda data: Document("docx", ()))
    monkeypatch.setattr(linter.document.pdf, "read_pdf", lambda data: Document("pdf", ()))
    assert read_document(zipped("[Content_Types].xml", "word/document.xml"), "a.pdf").reader == "docx"
    assert read_document(b"\r\njunk %PDF-1.7 ...", "a.txt").reader == "pdf"


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.write(b"text")
        file.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match="20 MB"):
            read_file(path)
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()


def test_folders_missing_files_and_devices(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="文件夹"):
        read_file(tmp_path)
    with pytest.raises(Unreadable, match="不存在"):
        read_file(tmp_path / "无.txt")
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(Unreadable, match="普通文件"):
        read_file(tmp_path / "管道.txt")


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes("一、总体情况".encode("gb18030"))
    assert read_file(path).reader == "text"
    assert {".docx", ".htm", ".markdown", ".ofd", ".xlsx", ".xls", ".et"} <= SUPPORTED_SUFFIXES


_STARTS = st.sampled_from(
    [
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<html>",
        b"# ",
        b"{\\rtf",
        "标题\n".encode(),
        "总\t计\n".encode("gbk"),
    ]
)


@given(
    _STARTS,
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(["", "a.md", "a.html"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_document_or_unreadable(start: bytes, rest: bytes, name: str) -> None:
    try:
        assert read_document(start + rest, name).blocks
    except Unreadable as reason:
        assert str(reason)
        assert "\n" not in str(reason)


def test_control_characters_in_a_page_are_left_out() -> None:
    words = "全年公开政府信息。" * 99
    page = f"<html><body><p>\x07\x03共收到申请\x040\x05件。{words}</p></body></html>"
    document = read_document(page.encode(), "a.html")
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == [f"共收到申请0件。{words}"]
