"""The annotated copy of an uploaded file, in the file's own format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from linter.checks.outcome import Judgement
    from linter.render.entry import Lang
    from linter.report.model import Report


class Annotated(NamedTuple):
    """The copy, or why there is none."""

    data: bytes | None
    reason: str = ""


def annotated(data: bytes, report: Report, judgement: Judgement, lang: Lang) -> Annotated:
    """`data` with a note at the place of each finding."""
    from linter.document.model import Unreadable
    from linter.mend.annotate import NotAnnotated, annotate

    try:
        return Annotated(annotate(data, report, judgement, lang))
    except (NotAnnotated, Unreadable) as reason:
        return Annotated(None, " ".join(str(reason).split()))
    except Exception as fault:
        # The result is of use without its copy.
        return Annotated(None, f"加批注时程序出错（{type(fault).__name__}: {fault}），请反馈此文件")
