"""The parts that the lead-in announces against the parts that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
_COMMONPLACE = r"政府信息公开|政务公开|信息公开|政府信息|工作|情况|主要|有关|相关|本?年度"
_TOPICS = (
    (r"复议|诉讼", "disputes"),
    (r"收费|减免|费用", "fees"),
    (r"问题|不足|困难|改进|打算|下一?步|今后|努力方向", "problems"),
    (r"其他|其它|需要(?:说明|报告)", "others"),
    (r"申请", "applications"),
    (r"主动", "disclosure"),
    (r"总体|概述|概况|基本情况", "overview"),
)
"""What a title is about; the first that matches decides."""


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
    compared = _compare(said, report.sections)
    problem = _problem(said, compared)
    if problem is None:
        yield Verdict(Outcome.PASS, place)
        return
    because = ""
    for key in dict.fromkeys(section.part_of for section in report.sections if section.part_of):
        if _problem(said, _compare(said, _made_whole(report.sections, key))) is None:
            because = f"split:{key}"
    missing = _missing_section(report, compared.foreign)
    arguments = {"problem": problem[0], "problem.en": problem[1]}
    if missing and not compared.unlisted:
        place = Place(missing, location=said.location, excerpt=said.text)
    yield Verdict(Outcome.FAIL, place, arguments, item="announcement", because=because)


class _Compared(NamedTuple):
    """The list against the headings: how many parts it names, titles without a heading, headings not
    listed, and how many headings there are."""

    titles: int
    parts: int
    foreign: list[str]
    unlisted: list[Section]
    headings: int


def _compare(said: Announcement, sections: Sequence[Section]) -> _Compared:
    every = [part for title in said.titles for part in _single(title, sections)]
    titles = [title for title in every if not pattern(_ATTACHED).search(title)]
    listed: dict[int, Section] = {}
    foreign = []
    for title in titles:
        match = _heading(title, sections, listed)
        if match is None:
            foreign.append(title)
        else:
            listed[id(match)] = match
    ends_open = pattern(_OPEN_END).search(said.text) is not None
    unlisted = [s for s in sections if id(s) not in listed and not pattern(_ATTACHED).search(s.title)]
    parts = len(listed) + len(foreign) + len(every) - len(titles)
    return _Compared(len(every), parts, foreign, [] if ends_open else unlisted, len(sections))


def _single(title: str, sections: Sequence[Section]) -> list[str]:
    """The titles in one entry of the list: several where no heading has the whole in it."""
    folded = _fold(title)
    if "、" not in title or _canonical(title) or any(folded in _fold(s.title) for s in sections):
        return [title]
    return [part for part in title.split("、") if part.strip()]


def _made_whole(sections: Sequence[Section], key: str) -> list[Section]:
    """The sections as they were if `key` had not been split."""
    title = next(spec.title for spec in section_specs() if spec.key == key)
    whole = []
    for section in sections:
        if key not in (section.key, section.part_of):
            whole.append(section)
        elif all(other.key != key for other in whole):
            whole.append(section._replace(key=key, title=title, part_of=None))
    return whole


def _problem(said: Announcement, compared: _Compared) -> tuple[str, str] | None:
    foreign, unlisted, parts = compared.foreign, compared.unlisted, compared.parts
    if said.titles and foreign:
        names = [quoted(title) for title in foreign]
        return (
            f"列出的{joined(names)}在正文的一级标题中找不到",
            f"{joined(names, 'en')} is listed but no heading of the report says so",
        )
    counted = said.count in (None, parts, compared.titles)
    if said.titles and said.count is not None and not counted and not _vague(said, parts):
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
    if said.count is not None and said.count != compared.headings and not attached:
        return (
            f"说共 {said.count} 个部分，正文实有 {compared.headings} 个一级标题",
            f"{said.count} parts are announced, the report has {compared.headings} headings",
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


def _heading(title: str, sections: Sequence[Section], listed: Mapping[int, Section]) -> Section | None:
    """The heading that a listed title means, rather one not `listed` yet; a part of a split section is
    not that section. Lists abridge and reword, so the same subject is enough."""
    folded = _fold(title)
    if not folded:
        return None
    key, topic, core = _canonical(title), _topic(title), _core(title)
    split = {section.part_of for section in sections} - {None}
    whole = [s for s in sections if s.part_of is None and s.key not in split]
    named = [(section, _fold(section.title)) for section in sections]
    found = (
        [s for s, heading in named if heading == folded]
        or [s for s, heading in named if heading and (folded in heading or heading in folded)]
        or [s for s in whole if key is not None and s.key == key]
        or [s for s in whole if topic is not None and _topic(s.title) == topic]
        or [s for s in whole if _same_words(core, _core(s.title))]
    )
    return next((s for s in found if id(s) not in listed), found[0] if found else None)


def _topic(title: str) -> str | None:
    return next((topic for words, topic in _TOPICS if pattern(words).search(title)), None)


def _core(title: str) -> set[str]:
    return set(_fold(pattern(_COMMONPLACE).sub("", title)))


def _same_words(one: set[str], other: set[str]) -> bool:
    return min(len(one), len(other)) > 1 and (one <= other or other <= one)


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
