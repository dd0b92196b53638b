"""A zip container is opened within bounds, and every fault of it is one clear line."""

from __future__ import annotations

import io
import zipfile

import pytest

from linter.document import archive
from linter.document.archive import Archive, parse_xml
from linter.document.model import Unreadable


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return buffer.getvalue()


def test_a_part_is_found_whatever_its_case_and_slashes() -> None:
    container = Archive(zipped({"Word\\Document.xml": b"<a/>"}))
    assert container.read("word/document.xml") == b"<a/>"
    assert "/word/document.xml" in container


def test_a_missing_part_is_none() -> None:
    assert Archive(zipped({"a": b""})).read("b") is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", bytes(range(256)) * 40])
def test_what_is_no_zip_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable, match="已损坏"):
        Archive(data)


def test_every_truncation_is_unreadable_or_whole() -> None:
    content = bytes(range(256)) * 20
    data = zipped({"a": content})
    for end in range(0, len(data), 97):
        with pytest.raises(Unreadable):
            Archive(data[:end]).read("a")


def test_damaged_bytes_inside_a_part_are_unreadable() -> None:
    data = bytearray(zipped({"a": bytes(range(256)) * 400}))
    data[200:260] = b"\xff" * 60
    with pytest.raises(Unreadable, match="已损坏"):
        Archive(bytes(data)).read("a")


def test_a_part_larger_than_the_bound_is_refused_while_unpacking() -> None:
    bomb = zipped({"a": b"\0" * (archive.MAX_BYTES + 1)})
    assert len(bomb) < 100_000
    with pytest.raises(Unreadable, match="压缩炸弹"):
        Archive(bomb).read("a")


def test_a_bomb_whose_header_states_a_small_size_is_not_believed() -> None:
    data = bytearray(zipped({"a": b"\0" * 8_000_000}))
    stated = (8_000_000).to_bytes(4, "little")
    assert data.count(stated) == 2  # in the local header and in the listing
    lying = bytes(data).replace(stated, (10).to_bytes(4, "little"))
    with pytest.raises(Unreadable):
        Archive(lying).read("a")


def test_a_high_ratio_is_refused_only_above_a_harmless_size() -> None:
    assert Archive(zipped({"a": b"\0" * 900_000})).read("a") == b"\0" * 900_000
    with pytest.raises(Unreadable, match="压缩炸弹"):
        Archive(zipped({"a": b"\0" * 3_000_000})).read("a")


def test_the_parts_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1500)
    container = Archive(zipped({"a": b"x" * 1000, "b": b"y" * 1000}))
    assert container.read("a") is not None
    with pytest.raises(Unreadable, match="超过"):
        container.read("b")


def test_a_listing_of_countless_parts_is_refused_before_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    with pytest.raises(Unreadable, match="部件数量"):
        Archive(zipped({str(index): b"" for index in range(4)}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_unpack_without_bound_are_refused(method: int) -> None:
    with pytest.raises(Unreadable, match="压缩方式"):
        Archive(zipped({"a": b"x" * 100}, method)).read("a")


def test_a_part_with_a_password_is_said_to_have_one() -> None:
    data = bytearray(zipped({"a": b"x" * 100}))
    listing = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[listing + 8] |= 1
    with pytest.raises(Unreadable, match="密码"):
        Archive(bytes(data)).read("a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_dtd_is_refused(encoding: str) -> None:
    text = f"""<?xml version="1.0" encoding="{encoding}"?>
        <!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>"""
    with pytest.raises(Unreadable, match="DTD"):
        parse_xml(text.encode(encoding), "a.xml")


def test_a_dtd_behind_a_long_comment_is_refused_too() -> None:
    text = f"<!--{'-x' * 9000}--><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"
    with pytest.raises(Unreadable, match="DTD"):
        parse_xml(text.encode(), "a.xml")


def test_malformed_xml_names_the_part_without_its_folder() -> None:
    with pytest.raises(Unreadable, match=r"XML 有误.*（document\.xml）"):
        parse_xml(b"<a><b></a>", "word/document.xml")
