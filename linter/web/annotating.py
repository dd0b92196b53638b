"""The annotated copy of an uploaded file, in the file's own format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.checks.outcome import Judgement
    from linter.render.entry import Lang
    from linter.report.model import Report


def annotated(
    data: bytes, suffix: str, report: Report, judgement: Judgement, lang: Lang
) -> bytes | None:
    """`data` with a note at the place of each finding; None for a format that takes no notes."""
    return None
