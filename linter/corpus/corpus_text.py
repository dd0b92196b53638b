"""A corpus in words for the terminal: how many are there, who is missing, what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from linter.corpus.model import Corpus, Filing, Status

STATUS_WORDS: dict[str, tuple[str, str]] = {
    "in-time": ("按期", "in time"),
    "late": ("逾期", "late"),
    "undated": ("发布日期不明", "undated"),
    "unreadable": ("读不出", "unreadable"),
    "missing": ("未见", "missing"),
}
_LISTED = ("missing", "late", "unreadable")
_BY_PATH = ("folder", "file-name")


def corpus_text(corpus: Corpus, lang: Literal["zh", "en"] = "zh") -> Iterator[str]:
    """A few lines a year, then what wants somebody's eye."""
    english = lang == "en"
    for year in corpus.years:
        filings = [filing for filing in corpus.filings if filing.year == year]
        counts = Counter(filing.status for filing in filings)
        parts = [
            f"{STATUS_WORDS[status][english]} {counts[status]}"
            for status in get_args(Status)
            if counts[status]
        ]
        severities = Counter(finding["severity"] for filing in filings for finding in filing.findings)
        if english:
            yield f"{year}: {len(filings)} units — {', '.join(parts)}; "
            yield f"{severities['error']} errors, {severities['warning']} warnings\n"
        else:
            yield f"{year} 年度：{len(filings)} 个单位，{'，'.join(parts)}；"
            yield f"错误 {severities['error']}，警告 {severities['warning']}\n"
        for status in _LISTED:
            named = [filing.unit.name for filing in filings if filing.status == status]
            yield from _list(STATUS_WORDS[status][english], named)
    doubtful = [filing for filing in corpus.filings if filing.how in _BY_PATH]
    yield from _list(
        "matched by the path alone" if english else "只凭文件名或文件夹归属", map(_told, doubtful)
    )
    unmatched = (f"{each.record.path}: {each.reason}" for each in corpus.unmatched)
    yield from _list("matched to no unit" if english else "不能归属", unmatched)
    unreadable = (f"{each.path}: {each.reason}" for each in corpus.unreadable)
    yield from _list("unreadable" if english else "不能读取", unreadable)


def _told(filing: Filing) -> str:
    path = filing.record.path if filing.record else ""
    return f"{filing.unit.name} {filing.year}: {path}"


def _list(head: str, lines: Iterable[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        if not index:
            yield f"  {head}:\n"
        yield f"    {line}\n"
