"""Names of files by patterns: `*` within a name, `**` over folders, relative to a folder."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path, PurePath


def matches(pattern: str, path: str, folder: Path) -> bool:
    """Whether `path` fits `pattern`, which counts from `folder`.

    A pattern without a slash fits a file or folder of that name at any depth; one that fits a folder
    fits all that is in it.
    """
    at = PurePath(path)
    name = os.path.relpath(real_folder(str(at.parent)) / at.name, folder).replace(os.sep, "/")
    return _expression(pattern).match(name) is not None


def is_pattern(pattern: str) -> bool:
    """Whether `pattern` is one: in [z-a] the range runs backwards."""
    try:
        _expression(pattern)
    except re.error:
        return False
    return True


@lru_cache(maxsize=512)
def real_folder(name: str) -> Path:
    """The absolute path of a folder, links followed."""
    return Path(name).resolve()


@lru_cache(maxsize=512)
def _expression(pattern: str) -> re.Pattern[str]:
    bare = pattern.replace("\\", "/").removeprefix("./")
    head = "" if "/" in bare.rstrip("/") else r"(?:.*/)?"
    return re.compile(f"{head}{_translated(bare.rstrip('/'))}(?:/.*)?$", re.S)


def _translated(pattern: str) -> str:
    parts = re.findall(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]|.", pattern, re.S)
    return "".join(map(_piece, parts))


def _piece(part: str) -> str:
    known = {"**/": r"(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if part in known:
        return known[part]
    if len(part) > 2 and part[0] == "[":
        body = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"[^{body[1:]}]" if body[0] == "!" else f"[{body}]"
    return re.escape(part)
