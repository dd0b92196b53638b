"""Files saved with a web page, found by the address that the page gives them; never outside its folder."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

LIMIT = 20 * 1024 * 1024
"""Bytes of a frame that are still read."""


def local_path(address: str) -> str:
    """The relative path that an address names; "" for one that leads to another place."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith(("/", "\\")) or "\0" in parts.path:
        return ""
    return unquote(parts.path)


def file_beside(page: Path, address: str) -> bytes | None:
    """The file at a relative address in the folder of `page` or below it, None without one."""
    name = local_path(address)
    if not name or "\0" in name:
        return None
    try:
        folder = page.parent.resolve()
        found = (folder / name).resolve()
        if not found.is_relative_to(folder) or not found.is_file() or found.stat().st_size > LIMIT:
            return None
        return found.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return None
