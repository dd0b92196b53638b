"""How a command ends: the exit codes of design.md §6."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

CLEAN, FINDINGS, TROUBLE = 0, 1, 2

SEVERITIES: tuple[Literal["error", "warning", "info"], ...] = ("error", "warning", "info")
"""The gravest first."""


def exit_code(severities: Collection[str], trouble: bool, fail_on: str) -> int:
    """The code of a run whose findings have `severities`.

    `trouble` tells of an unreadable file or a broken rule; `fail_on` is a severity or "never".
    """
    if trouble:
        return TROUBLE
    counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    return FINDINGS if any(severity in severities for severity in counted) else CLEAN
