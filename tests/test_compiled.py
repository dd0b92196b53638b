"""What is kept of a source is never taken for another's, and is made anew where it is damaged."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from linter.compiled import cache_folder, kept, parse_yaml


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def entries() -> list[Path]:
    return sorted(cache_folder().glob("*"))


def test_a_source_is_compiled_once() -> None:
    made: list[int] = []

    def make() -> dict[str, str]:
        made.append(1)
        return {"名": "值"}

    assert kept(b"source", make) == kept(b"source", make) == {"名": "值"}
    assert len(made) == len(entries()) == 1


def test_sources_with_the_same_checksum_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zlib, "crc32", lambda data: 0)
    assert kept(b"one", lambda: 1) == 1
    assert kept(b"two", lambda: 2) == 2
    assert kept(b"one", lambda: 1) == 1


@pytest.mark.parametrize("damage", [b"", b"a: 1\n", b"a: 1\n{", b"\xff\xfe"])
def test_a_damaged_entry_is_made_anew(damage: bytes) -> None:
    assert parse_yaml(b"a: 1\n") == {"a": 1}
    (entry,) = entries()
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    assert parse_yaml(b"a: 1\n") == {"a": 1}
    assert entry.read_bytes() == whole


def test_without_a_place_for_a_cache_the_source_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert parse_yaml(b"a: 1\n") == {"a": 1}
