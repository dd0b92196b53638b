"""YAML as the source, a compiled form for speed.

Parsing the shipped YAML costs more than linting a report, so its JSON form is kept in a cache
keyed by the source's content; where no cache can be written the YAML is parsed each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
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
    compiled = _cache_folder() / f"{hashlib.blake2b(source, digest_size=16).hexdigest()}.json"
    try:
        return json.loads(compiled.read_bytes())
    except (OSError, ValueError):
        pass
    import yaml

    content = yaml.load(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    _keep(compiled, json.dumps(content, ensure_ascii=False))
    return content


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "gongkai-lint" / "compiled"


def _keep(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    except OSError:
        pass
