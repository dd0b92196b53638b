"""Pages saved as one file."""

import pytest

from linter.document.model import Paragraph, Unreadable
from linter.document.registry import read_document

HEAD = (
    b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n'
)
PICTURE = b"------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n"


def archive(page: bytes, kind: str, coding: str) -> bytes:
    """An archive of a picture and the page."""
    head = f"------B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode()
    return HEAD + PICTURE + head + page + b"\r\n------B--\r\n"


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_document(data, "a.mht").blocks if isinstance(block, Paragraph)]


def test_the_page_is_found_among_the_parts() -> None:
    page = "<html><body><p>政府信息公开</p></body></html>".encode().hex("=").upper().encode()
    assert texts(archive(b"=" + page, "text/html", "quoted-printable")) == ["政府信息公开"]


def test_the_charset_of_the_part_is_taken() -> None:
    page = "<p>年度报告</p>".encode("gb18030")
    assert texts(archive(page, 'text/html; charset="gb2312"', "8bit")) == ["年度报告"]


def test_a_charset_that_is_wrong_or_missing_is_found_out() -> None:
    page = "<p>年度报告</p>".encode("gb18030")
    assert texts(archive(page, "text/html; charset=utf-8", "binary")) == ["年度报告"]
    assert texts(archive(page, "text/html", "binary")) == ["年度报告"]


def test_an_archive_without_a_page_is_refused() -> None:
    with pytest.raises(Unreadable, match="没有网页"):
        read_document(HEAD + PICTURE + b"------B--\r\n", "a.mht")


def test_a_text_that_speaks_of_mime_is_a_text() -> None:
    assert read_document("说明 MIME-Version: 1.0 是什么".encode(), "a.txt").reader == "text"
