"""The folders that ship with the package: rules, grammars, templates.

They lie beside the package in a checkout or an editable install, and inside it in a wheel.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """The shipped folder `name` ("rules", "grammars" or "templates").

    Raises FileNotFoundError where the installation is broken.
    """
    for parent in (_PACKAGE / "shipped", _PACKAGE.parent):
        if (folder := parent / name).is_dir():
            return folder
    raise FileNotFoundError(f"gongkai-lint is installed without its folder {name!r}; reinstall it")
