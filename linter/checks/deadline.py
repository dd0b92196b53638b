"""The last day on which a report of some year and issuer may be published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, get_args

from linter.checks.facts import FACTS, day_words
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import stretches
from linter.report.model import IssuerKind, Report


class Limit(NamedTuple):
    """A day of the year after the report year, for issuers of these kinds.

    `among`: words of which the name of the issuer must contain one, `not_among`: of which it must
    contain none. `doubted_by`: words of the lead-in or of section 一 that leave it open whether the
    limit applies. `from_year` and `to_year` are report years.
    """

    issuers: tuple[str, ...]
    month: int
    day: int
    among: tuple[str, ...] = ()
    not_among: tuple[str, ...] = ()
    doubted_by: tuple[str, ...] = ()
    from_year: int = 0
    to_year: int = 9999


class Parameters(NamedTuple):
    """The limits; where several apply to a report, each must be kept.

    `unknown_issuer`: whether a report of an issuer that is not known is judged here, as far as that is
    possible. Of the rules that share out the issuers, one does.
    """

    limits: tuple[Limit, ...]
    unknown_issuer: bool = False


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict; none where no limit is for this issuer."""
    place = Place(location=report.title.location) if report.title else Place()
    if report.year is None:
        if parameters.unknown_issuer:
            yield _open(place, "报告年度不知道，无法核对发布时间", "the year of the report is not known")
        return
    known = report.issuer_kind is not None
    limits = [
        (limit, dt.date(report.year + 1, limit.month, limit.day))
        for limit in parameters.limits
        if limit.from_year <= report.year <= limit.to_year
        and (_is_for(limit, report.issuer or "", report.issuer_kind) if known else parameters.unknown_issuer)
    ]
    if not limits:
        return
    first = min(last for _, last in limits)
    if report.published is None:
        yield _unknown_day(place, report, first if known else None)
        return
    late = [(limit, last) for limit, last in limits if report.published > last]
    if not late:
        yield Verdict(Outcome.PASS, place)
    elif not known:
        said = "编制机关不知道，无法确定发布期限，用 --issuer-kind 写明"
        yield _open(place, said, "the issuer is not known: state its kind with --issuer-kind")
    elif report.published_by_page and report.published.year > report.year + 1:
        zh, en = day_words(report.published)
        yield _open(
            place,
            f"网页所载日期是{zh}，可能是改版后重新上传的日期；用 --published 写明最初的发布日期",
            f"the page says {en}, perhaps the day it was moved: state the first publication by --published",
        )
    else:
        yield _late(place, report, report.published, late)


def last_day(parameters: Parameters, issuer: str, kind: IssuerKind, year: int) -> dt.date | None:
    """The day by which an organ is to publish its report of `year`; None where no limit is for it."""
    days = [
        dt.date(year + 1, limit.month, limit.day)
        for limit in parameters.limits
        if limit.from_year <= year <= limit.to_year and _is_for(limit, issuer, kind)
    ]
    return min(days, default=None)


def _is_for(limit: Limit, name: str, kind: IssuerKind | None) -> bool:
    return (
        kind in limit.issuers
        and (not limit.among or any(word in name for word in limit.among))
        and not any(word in name for word in limit.not_among)
    )


def _unknown_day(place: Place, report: Report, limit: dt.date | None) -> Verdict:
    zh, en = (
        "发布日期不知道，用 --published 写明",
        "the day of publication is not known: state it by --published",
    )
    if limit is not None:
        zh += f"（期限是{day_words(limit)[0]}）"
        en += f" (due by {limit})"
        signed = FACTS["signature.date"].find(report).day
        if signed is not None and signed > limit:
            zh += f"；落款日期{day_words(signed)[0]}已晚于期限"
            en += f"; the signature, {signed}, is later"
    return _open(place, zh, en)


def _late(place: Place, report: Report, published: dt.date, late: Sequence[tuple[Limit, dt.date]]) -> Verdict:
    doubts = {word for limit, _ in late for word in _doubt(limit, report)}
    firm = [last for limit, last in late if not _doubt(limit, report)]
    last = min(firm or [day for _, day in late])
    zh, en = day_words(last)
    if not firm:
        words = "、".join(f"“{word}”" for word in sorted(doubts))
        return _open(
            place,
            f"发布日期晚于{zh}，但文中有{words}，可能是另一类机关的报告；核对后用 --issuer-kind 写明",
            f"published after {en}, but {words} may make it another kind of report: use --issuer-kind",
        )
    said, said_en = day_words(published)
    arguments = {
        "published": said,
        "published.en": said_en,
        "limit": zh,
        "limit.en": en,
        "days": str((published - last).days),
        "issuer": report.issuer or "",
    }
    return Verdict(Outcome.FAIL, place, arguments)


def _doubt(limit: Limit, report: Report) -> list[str]:
    if not limit.doubted_by:
        return []
    said = "\n".join("".join(part.text.split()) for part in stretches(report, ("lead", "overview")))
    return [word for word in limit.doubted_by if word in said]


def _open(place: Place, zh: str, en: str) -> Verdict:
    return Verdict(Outcome.OPEN, place, reason=zh, reason_en=en)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown kinds of issuers, days that do not exist."""
    del editions
    kinds = get_args(IssuerKind)
    for index, limit in enumerate(parameters.limits):
        for number, issuer in enumerate(limit.issuers):
            if issuer not in kinds:
                yield (
                    ("limits", index, "issuers", number),
                    f"没有机关类别“{issuer}”，可用的有：{'、'.join(kinds)}",
                )
        try:
            # A year without a leap day: the limit must exist in every year.
            dt.date(2023, limit.month, limit.day)
        except ValueError:
            yield ("limits", index), f"没有{limit.month}月{limit.day}日这一天"


KIND = Kind(
    name="deadline",
    parameters=Parameters,
    arguments=frozenset({"published", "limit", "days", "issuer"}),
    nested={"limits": Limit},
    check=check,
    verify=verify,
)
