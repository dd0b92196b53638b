"""Lines that every format prints the same way."""

from __future__ import annotations

from examples.generator.layout import Layout
from examples.generator.truth import Truth

_NAME = "政府信息公开工作年度报告"


def title_lines(truth: Truth, layout: Layout) -> tuple[str, ...]:
    """The title, on one line or cut in two where a clerk would cut it."""
    title, organ = truth.title, truth.organ.name
    if not title:
        return ()
    if layout.title_lines == 1 or not title.endswith(_NAME):
        return (title,)
    if title.startswith(organ):
        return (organ, title.removeprefix(organ))
    return (title.removesuffix(_NAME), _NAME)


def caption(key: str, layout: Layout) -> tuple[str, ...]:
    """The line above the table `key`, if the layout has one."""
    return ("（单位：件）",) if layout.caption and key in ("applications", "disputes") else ()


def closing_lines(truth: Truth) -> tuple[str, ...]:
    """The signature: organ and date."""
    if truth.signature is None:
        return ()
    organ, day = truth.signature
    return (organ, f"{day.year}年{day.month}月{day.day}日")
