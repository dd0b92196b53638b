"""Bytes → text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.document.charset import declared_charset, decode
from linter.document.model import Unreadable

TEXT = "云溪县 2023 年\r\n共公开 12 条（含“补录”），\t其中网站 9 条。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_the_charset_is_found_by_content(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, ())


def test_characters_beyond_gbk_and_a_short_stub() -> None:
    assert decode("㙍䶮𠮷".encode("gb18030"))[0] == "㙍䶮𠮷"
    assert decode("总计".encode("gbk"))[0] == "总计"


def test_a_meta_charset_that_contradicts_valid_utf8_loses() -> None:
    data = f"<meta charset=gb2312><p>{TEXT}".encode()
    assert declared_charset(data) == "gb2312"
    assert TEXT in decode(data)[0]


def test_declared_big5_is_used_where_utf8_fails() -> None:
    data = "<meta charset='big5'><p>資訊公開</p>".encode("big5")
    assert "資訊公開" in decode(data)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_damaged_byte_is_replaced_and_said(encoding: str) -> None:
    data = (TEXT * 20).encode(encoding)
    text, notes = decode(data[:400] + b"\xff" + data[400:])
    assert text.count("云溪县") >= 19
    assert "\ufffd" in text
    assert notes


def test_a_character_cut_at_the_end_is_said() -> None:
    text, notes = decode("总计".encode()[:-1])
    assert (text, len(notes)) == ("总", 1)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x00\x01\x02\x03" * 50,
        b"ab\x00\x01cd" * 9,
        "总计".encode() + b"\x01\x02\x03\x04" * 9,
    ],
)
def test_binary_data_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_unreadable(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except Unreadable as reason:
        assert "\n" not in str(reason)
        return
    text.encode()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1))
def test_utf8_is_read_back(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode())[0] == text
