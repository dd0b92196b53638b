"""The parts that the lead-in announces against the parts that follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from linter.checks.kind import Kind, nothing_to_verify
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import pattern, unread_prose
from linter.checks.wording import joined, quoted
from linter.report.model import Announcement, Report, Section
from linter.report.norm import section_specs

_FOLD = r"[\W_的和及与]+"
_OPEN_END = r"等(?:共?[一二三四五六七八九十\d]+[个项]?)?(?:方面|部分|内容|情况)|等。|等，|等$"
_ATTACHED = r"统计表|附件|附表|附录"


class Parameters(NamedTuple):
    """No parameters."""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict: count against list, list against headings. `等` leaves the list open-ended."""
    del parameters
    said = report.announcement
    if said is None or not report.sections:
        return
    place = Place(location=said.location, excerpt=said.text)
    if unread := unread_prose(report):
        reason, reason_en = unread
        yield Verdict(
            Outcome.OPEN,
            place,
            reason=f"{reason}，无法与导语列出的部分核对",
            reason_en=f"{reason_en}: cannot be compared with the lead-in",
        )
        return
    titles = [title for title in said.titles if not pattern(_ATTACHED).search(title)]
    matches = [_heading(title, report) for title in titles]
    foreign = [title for title, match in zip(titles, matches, strict=True) if match is None]
    listed = {id(match) for match in matches if match is not None}
    unlisted = [s for s in report.sections if id(s) not in listed and not pattern(_ATTACHED).search(s.title)]
    ends_open = pattern(_OPEN_END).search(said.text) is not None
    parts = len(listed) + len(foreign) + len(said.titles) - len(titles)
    problem = _problem(report, said, parts, foreign, [] if ends_open else unlisted)
    if problem is None:
        yield Verdict(Outcome.PASS, place)
        return
    missing = _missing_section(report, foreign)
    arguments = {"problem": problem[0], "problem.en": problem[1]}
    if missing and not unlisted:
        place = Place(missing, location=said.location, excerpt=said.text)
    yield Verdict(Outcome.FAIL, place, arguments, item="announcement")


def _problem(
    report: Report, said: Announcement, parts: int, foreign: list[str], unlisted: list[Section]
) -> tuple[str, str] | None:
    if said.titles and foreign:
        names = [quoted(title) for title in foreign]
        return (
            f"列出的{joined(names)}在正文的一级标题中找不到",
            f"{joined(names, 'en')} is listed but no heading of the report says so",
        )
    if said.titles and said.count is not None and said.count != parts and not _vague(said, parts):
        return (
            f"说共 {said.count} 个部分，却只列出 {parts} 个"
            if said.count > parts
            else f"说共 {said.count} 个部分，却列出了 {parts} 个",
            f"{said.count} parts are announced but {parts} are listed",
        )
    if said.titles and unlisted:
        names = [quoted(section.heading) for section in unlisted]
        return (
            f"没有列出正文中的{joined(names)}",
            f"{joined(names, 'en')} is a heading of the report but not listed",
        )
    attached = any(pattern(_ATTACHED).search(title) for title in said.titles)
    if said.count is not None and said.count != len(report.sections) and not attached:
        return (
            f"说共 {said.count} 个部分，正文实有 {len(report.sections)} 个一级标题",
            f"{said.count} parts are announced, the report has {len(report.sections)} headings",
        )
    return None


def _vague(said: Announcement, parts: int) -> bool:
    """`…等六个部分` after a shorter list is no contradiction."""
    return said.count is not None and parts < said.count and pattern(_OPEN_END).search(said.text) is not None


def _fold(text: str) -> str:
    return pattern(_FOLD).sub("", text)


def _canonical(title: str) -> str | None:
    folded = _fold(title)
    for spec in section_specs():
        if any(_fold(wording) == folded for wording in (spec.title, *spec.aliases, *spec.variants)):
            return spec.key
    return None


def _heading(title: str, report: Report) -> Section | None:
    """The heading that a listed title means; a part of a split section is not that section."""
    folded = _fold(title)
    if not folded:
        return None
    for section in report.sections:
        heading = _fold(section.title)
        if heading and (folded == heading or folded in heading or heading in folded):
            return section
    key = _canonical(title)
    split = {deviation.key for deviation in report.deviations if deviation.kind == "split"}
    if key is None or key in split:
        return None
    return next((s for s in report.sections if s.key == key and s.part_of is None), None)


def _missing_section(report: Report, foreign: list[str]) -> str | None:
    """The section that all foreign titles name, where it is missing from the report."""
    keys = {_canonical(title) for title in foreign}
    present = {section.key for section in report.sections} | {s.part_of for s in report.sections}
    key = keys.pop() if len(keys) == 1 else None
    return key if key and key not in present else None


KIND = Kind(
    name="announcement",
    parameters=Parameters,
    arguments=frozenset({"problem"}),
    check=check,
    verify=nothing_to_verify,
)
