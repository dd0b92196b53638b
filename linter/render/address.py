"""Paths as other programs want them: from the current folder, with slashes, as a URI."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

_SAFE = "/-._~!$&'()*+,;=@"


def from_here(path: str) -> str:
    """`path` with slashes, and from the current folder where it is inside; else as given."""
    parts = Path(path)
    if parts.is_absolute() and parts.is_relative_to(Path.cwd()):
        parts = parts.relative_to(Path.cwd())
    return parts.as_posix()


def uri(path: str) -> str:
    """`path` as a URI reference from the current folder, or an absolute one for an absolute path outside."""
    shown = from_here(path)
    quoted = quote(os.fsencode(shown), safe=_SAFE)
    if Path(shown).is_absolute():
        return "file://" + ("" if shown.startswith("/") else "/") + quoted
    return quoted


def without_controls(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
