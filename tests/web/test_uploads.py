"""Files as a browser sends them: taken whole, or cut off at a limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("python_multipart")

from linter.web.uploads import Limits, Refused, Upload, label, received

KIND = "multipart/form-data; boundary=b"
SMALL = Limits(file_bytes=1000, request_bytes=3000, request_files=3)


def part(name: str, data: bytes) -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return head.encode() + data + b"\r\n"


def take(
    pieces: Iterable[bytes], limits: Limits = SMALL, kind: str = KIND, length: str | None = None
) -> list[Upload]:
    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return asyncio.run(received(kind, length, stream(), limits, lambda size: None))


def refusal(pieces: Iterable[bytes], kind: str = KIND, length: str | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        take(pieces, kind=kind, length=length)
    return refused.value


@given(st.lists(st.binary(max_size=900), min_size=1, max_size=3), st.integers(1, 50))
def test_files_come_whole_however_the_stream_is_cut(contents: list[bytes], size: int) -> None:
    body = b"".join(part(f"{index}.md", data) for index, data in enumerate(contents)) + b"--b--\r\n"
    if any(b"--b" in data for data in contents):
        return
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    assert [upload.data for upload in take(pieces)] == contents


def test_a_field_that_is_no_file_is_passed_over() -> None:
    field = b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nabc\r\n'
    nothing_chosen = part("", b"")
    assert take([field + nothing_chosen + part("a.md", b"1") + b"--b--"]) == [Upload("a.md", b"1")]


def test_a_file_over_its_limit_ends_the_request() -> None:
    assert refusal([part("a.md", b"x" * 1001), b"--b--"]).status == 413


def test_a_request_that_says_it_is_too_large_is_not_read() -> None:
    def unread() -> Iterator[bytes]:
        raise AssertionError("read all the same")
        yield b""

    assert refusal(unread(), length=str(1024**3)).status == 413


def test_a_gigabyte_without_a_length_is_cut_off_at_the_limit() -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield part("a.md", b"")[:-2]
        while sent < 1024**3:
            sent += 100
            yield b"x" * 100

    assert refusal(endless()).status == 413
    assert sent < SMALL.request_bytes


def test_what_is_no_file_counts_as_well() -> None:
    field = b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n'
    assert refusal([field, *([b"y" * 500] * 10)]).status == 413


def test_too_many_files_are_refused_empty_ones_too() -> None:
    assert refusal([part(f"{n}.md", b"") for n in range(4)]).key == "refused_count"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        (KIND, b"no parts"),
        (KIND, part("a.md", b"cut off")),
        (KIND, b""),
    ],
)
def test_a_request_that_is_not_whole_is_refused(kind: str, body: bytes) -> None:
    assert refusal([body] if body else [], kind).status == 400


def test_a_full_desk_refuses_before_anything_is_kept() -> None:
    def full(size: int) -> None:
        raise Refused(413, "refused_held_bytes", limit=1)

    async def stream() -> AsyncIterator[bytes]:
        yield part("a.md", b"1") + b"--b--"

    with pytest.raises(Refused):
        asyncio.run(received(KIND, None, stream(), SMALL, full))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("报告.docx", "报告.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\报告.docx", "报告.docx"),
        ("..", "未命名"),
        ("", "未命名"),
        ("a\r\nSet-Cookie: x.md", "a Set-Cookie: x.md"),
        ("\u202exod.exe", "xod.exe"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_a_name_is_but_a_label(name: str, shown: str) -> None:
    assert label(name) == shown


@given(st.text(max_size=300))
def test_a_label_is_short_printable_and_never_a_path(name: str) -> None:
    shown = label(name)
    assert 0 < len(shown) <= 120
    assert not set("/\\\r\n\0") & set(shown)
    assert shown.strip(".")
