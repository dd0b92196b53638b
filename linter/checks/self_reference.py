"""How a report names itself: by another organ's name, or as the report of another year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.organ_names import foreign
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import bad_expression, place_in, sections_of, stretches
from linter.report.model import Report
from linter.report.wording import squeeze

_ANNOUNCING = ("编制", "撰写", "编写", "形成", "现公布", "现发布", "现将")
_TITLED = (
    r"(?:编制(?:了|完成|形成|本)?|撰写(?:了|完成)?|编写(?:了|完成)?|形成(?:了)?|现公布|现发布|现将)\s*[《“]?"
    r"(?P<organ>[\u4e00-\u9fff]{0,30}?)\s*(?P<year>20\d\d)\s*年度?\s*政府信息公开(?:工作)?(?:年度|情况)?(?:报告|年报)"
    r"(?!的?格式|有关|编制|的通知|工作(?!报告))"
)
_COMPILED = (
    r"本(?:年度)?(?:报告|年报)(?:系|是)?由(?P<organ>[\u4e00-\u9fff]{3,30}?)(?:负责|组织)?(?:编制|编写|撰写)"
)
_BASES = ("根据", "按照", "依据", "依照")
_DEEDS = (
    "坚持",
    "认真",
    "严格",
    "深入",
    "全面",
    "以习近平",
    "紧紧",
    "始终",
    "高度",
    "积极",
    "切实",
    "持续",
    "不断",
    "扎实",
)
_NAME_ENDS = (
    "局",
    "委员会",
    "厅",
    "镇",
    "乡",
    "街道",
    "街道办事处",
    "人民政府",
    "人民政府办公室",
    "县",
    "区",
)
_NO_NAME = ("党委", "在", "围绕", "上级", "国务院", "要求", "规定")
# What an organ of a kind never calls itself.
_NOT_ITSELF = {
    "government": ("我局",),
    "office": ("我局",),
    "township": ("我局", "我厅"),
    "subdistrict": ("我局", "我厅"),
    "department": ("我镇", "我乡", "我街道"),
}
_JOINT = ("和", "及", "与", "、", "各", "全")


class Parameters(NamedTuple):
    """`part`: what of the name is compared. `akin`: expressions; organs whose names both fit one of
    them may be one organ with two plates."""

    part: Literal["issuer", "year"]
    akin: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict; none where the report's own organ or year is not known."""
    if parameters.part == "issuer":
        # An organ taken from elsewhere than the title may itself be the foreign one.
        if not report.issuer or not report.title or squeeze(report.issuer) not in squeeze(report.title.text):
            return
        found = next(_foreign_names(parameters, report), None)
        said, right = (found[0], report.issuer) if found else ("", "")
    else:
        if report.year is None:
            return
        found = next(_other_years(report), None)
        said, right = (found[0], str(report.year)) if found else ("", "")
    if found is None:
        yield Verdict(Outcome.PASS)
    else:
        yield Verdict(Outcome.FAIL, found[1], {"found": said, "right": right}, item=said)


def _foreign_names(parameters: Parameters, report: Report) -> Iterator[tuple[str, Place]]:
    for name, place in names_of_itself(report):
        if foreign(report.issuer or "", name, parameters.akin):
            yield name, place
    yield from _designations(report)


def _designations(report: Report) -> Iterator[tuple[str, Place]]:
    """A township that speaks of itself as 我局, a bureau as 我镇."""
    issuer, kind = report.issuer or "", report.issuer_kind or ""
    if kind == "department" and (
        not issuer.endswith(("局", "委", "委员会")) or re.search(r"[镇乡街]", issuer)
    ):
        return
    for stretch in stretches(report, ("prose",)):
        for words in _NOT_ITSELF.get(kind, ()):
            start = stretch.text.find(words)
            end = start + len(words)
            beside = stretch.text[max(0, start - 1) : start] + stretch.text[end : end + 1]
            # Not a brand (“我局说政策”), not 我乡村.
            if start >= 0 and not set(beside) & set("“《‘「村"):
                yield words, place_in(stretch, start, end)


def names_of_itself(report: Report) -> Iterator[tuple[str, Place]]:
    """The organs that the lead-in names as author, and the subject of the opening sentence; not several
    of them together."""
    for name, place in _names(report):
        if not any(mark in name.removeprefix(report.issuer or "") for mark in _JOINT):
            yield name, place


def _names(report: Report) -> Iterator[tuple[str, Place]]:
    for stretch in stretches(report, ("lead",)):
        for match in _lead_matches(stretch.text):
            if match["organ"]:
                yield squeeze(match["organ"]), place_in(stretch, match.start("organ"), match.end("organ"))
        if name := _subject(stretch.text, _BASES):
            start = stretch.text.find(name)
            yield name, place_in(stretch, start, start + len(name))
    for section in sections_of(report, "overview")[:1]:
        for passage in section.passages[:1]:
            year, _, rest = passage.text.partition("年")
            if year.strip().isdecimal() and (name := _subject(rest.lstrip("，, "), _DEEDS)):
                yield name, Place("overview", location=passage.location, excerpt=passage.text[:60].strip())


def _subject(text: str, behind: Sequence[str]) -> str | None:
    """The organ that a sentence begins with, up to the first of the words `behind` it."""
    end = min((at for word in behind if (at := text.find(word, 0, 32)) > 0), default=0)
    name = text[:end].strip()
    if not name.endswith(_NAME_ENDS) or not all("\u4e00" <= letter <= "\u9fff" for letter in name):
        return None
    if name[0] in "我本全各该现" or any(word in name for word in _NO_NAME):
        return None
    return name


def _lead_matches(text: str) -> Iterator[re.Match[str]]:
    if _titled(text):
        yield from re.finditer(_TITLED, text)
    if "由" in text and ("本报告" in text or "本年度报告" in text or "本年报" in text):
        yield from re.finditer(_COMPILED, text)


def _titled(text: str) -> bool:
    return "政府信息公开" in text and any(word in text for word in _ANNOUNCING)


def _other_years(report: Report) -> Iterator[tuple[str, Place]]:
    for stretch in stretches(report, ("lead",)):
        if not _titled(stretch.text):
            continue
        for match in re.finditer(_TITLED, stretch.text):
            if int(match["year"]) != report.year:
                yield match["year"], place_in(stretch, match.start("year"), match.end("year"))


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Bad expressions."""
    del editions
    for index, expression in enumerate(parameters.akin):
        if reason := bad_expression(expression):
            yield ("akin", index), reason


KIND = Kind(
    name="self_reference",
    parameters=Parameters,
    arguments=frozenset({"found", "right"}),
    check=check,
    verify=verify,
)
