"""YAML as the source, a compiled form for speed.

Parsing the shipped YAML costs more than linting a report, so what is made of a source is kept as JSON
in a cache; where no cache can be written it is made each time.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from linter.resources import resource_folder


@cache
def load_yaml(folder: str, name: str) -> Any:
    """The content of the shipped YAML file `name` in `folder`.

    Raises yaml.YAMLError for a file that is not YAML.
    """
    source = (resource_folder(folder) / name).read_bytes()
    return parse_yaml(source)


def parse_yaml(source: bytes) -> Any:
    """The content of a YAML text, from the cache where its compiled form is there."""

    def parse() -> Any:
        import yaml

        return yaml.load(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    return kept(source, parse)


def kept(source: bytes, make: Callable[[], Any]) -> Any:
    """The JSON value that `make` gives for `source`, from the cache where it is there.

    An entry holds its source in full, so that one of another source is never taken for it.
    """
    path = cache_folder() / f"{len(source):x}-{zlib.crc32(source):08x}.json"
    try:
        entry = path.read_bytes()
        if entry.startswith(source):
            # Decoded here: json would first look which encoding it is.
            return json.loads(entry[len(source) :].decode())
    except (OSError, ValueError):
        pass
    content = make()
    keep(path, source + json.dumps(content, ensure_ascii=False).encode())
    return content


def cache_folder() -> Path:
    """Where compiled forms are kept, in the user's folder of caches; it need not exist yet."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "gongkai-lint" / "compiled"


def keep(path: Path, content: bytes) -> None:
    """Write a file of the cache, whole or not at all; nothing happens where that is not possible."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    except OSError:
        pass
