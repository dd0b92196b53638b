"""How a report names itself: by another organ's name, or as the report of another year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.kind import Kind, Problem
from linter.checks.organ_names import foreign
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import bad_expression, place_in, sections_of, stretches
from linter.report.issuer import issuer_of_lead, kind_of
from linter.report.model import Report
from linter.report.wording import squeeze

_REPORT = "政府信息公开"
_TITLED = (
    r"(?:编制(?:了|完成|形成|本)?|撰写(?:了|完成)?|编写(?:了|完成)?|形成(?:了)?|现公布|现发布|现将)\s*[《“]?"
    r"(?P<organ>[\u4e00-\u9fff]{0,30}?)\s*(?P<year>20\d\d)\s*年度?\s*政府信息公开(?:工作)?(?:年度|情况)?(?:报告|年报)"
    r"(?!的?格式|有关|编制|的通知|工作(?!报告))"
)
_COMPILED = (
    r"本(?:年度)?(?:报告|年报)(?:系|是)?由(?P<organ>[\u4e00-\u9fff]{3,30}?)(?:负责|组织)?(?:编制|编写|撰写)"
)
_OPENING = (
    r"\s*(?:[（(]?一[)）、是][^，。]{0,12}[。\s])?20\d\d\s*年[，,]?\s*(?P<organ>(?![我本全各该])[\u4e00-\u9fff]{2,24}?"
    r"(?:局|委员会|厅|镇|乡|街道|街道办事处|人民政府|人民政府办公室|县|区))"
    r"(?:坚持|认真|严格|深入|全面|以习近平|紧紧|始终|高度|积极|切实|持续|不断|扎实)"
)
_JOINT = ("和", "及", "与", "、", "各", "全")


class Parameters(NamedTuple):
    """`part`: what of the name is compared. `akin`: expressions; organs whose names both fit one of
    them may be one organ with two plates."""

    part: Literal["issuer", "year"]
    akin: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict; none where the report's own organ or year is not known."""
    if parameters.part == "issuer":
        if report.issuer is None or report.title is None:
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
    for name, place in _names(report):
        joint = any(mark in name.removeprefix(report.issuer or "") for mark in _JOINT)
        if not joint and foreign(report.issuer or "", name, parameters.akin):
            yield name, place


def _names(report: Report) -> Iterator[tuple[str, Place]]:
    """The organs that the lead-in names as author, and the subject of the opening sentence."""
    for stretch in stretches(report, ("lead",)):
        for match in _lead_matches(stretch.text):
            if match["organ"]:
                yield squeeze(match["organ"]), place_in(stretch, match.start("organ"), match.end("organ"))
        # What this takes from a paragraph is a name without blanks, so its place is looked up again.
        author = issuer_of_lead([stretch.text])
        if author is not None and (start := stretch.text.find(author)) >= 0:
            yield author, place_in(stretch, start, start + len(author))
    for section in sections_of(report, "overview")[:1]:
        for passage in section.passages[:1]:
            opening = re.match(_OPENING, passage.text)
            if opening and _plain(opening["organ"]):
                yield (
                    squeeze(opening["organ"]),
                    Place("overview", location=passage.location, excerpt=passage.text[:60].strip()),
                )


def _plain(name: str) -> bool:
    """Whether the words are a name that stands for a single organ of a known sort."""
    return kind_of(name) != "other" and not re.search(r"党委|在.|按照|根据|围绕|上级|国务院", name)


def _lead_matches(text: str) -> Iterator[re.Match[str]]:
    if _REPORT in text:
        yield from re.finditer(_TITLED, text)
    if "由" in text and ("本报告" in text or "本年度报告" in text or "本年报" in text):
        yield from re.finditer(_COMPILED, text)


def _other_years(report: Report) -> Iterator[tuple[str, Place]]:
    for stretch in stretches(report, ("lead",)):
        if _REPORT not in stretch.text:
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
