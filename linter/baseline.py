"""The findings that a team has already: kept by fingerprint with their number in a report.

A fingerprint tells issuer, year, rule and semantic place, so that a baseline holds though the report is
laid out anew, renamed or converted to another format. The file is JSON, sorted, a finding a line.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from linter.checks.outcome import Finding, Judgement
from linter.render.entry import Compared
from linter.report.model import Report

SCHEMA = 1


class BaselineFault(Exception):
    """A baseline that cannot be used; the message names the file and the reason."""


class Known(NamedTuple):
    """A finding of the baseline: `count` is how often it is in one report. All but `fingerprint` and
    `count` is for people, and for telling of which report it is."""

    issuer: str | None
    year: int | None
    code: str
    name: str
    place: str
    fingerprint: str
    count: int  # type: ignore[assignment]  # hides a method of tuples


class Baseline(NamedTuple):
    """The known findings by fingerprint, and the fingerprints of each report (issuer and year)."""

    known: Mapping[str, Known]
    reports: Mapping[tuple[str | None, int | None], tuple[str, ...]]


def baseline_of(known: Iterable[Known]) -> Baseline:
    """The baseline of these findings; of one that is there twice the larger count."""
    by: dict[str, Known] = {}
    for one in known:
        if one.fingerprint not in by or by[one.fingerprint].count < one.count:
            by[one.fingerprint] = one
    reports: dict[tuple[str | None, int | None], list[str]] = {}
    for one in by.values():
        reports.setdefault((one.issuer, one.year), []).append(one.fingerprint)
    return Baseline(by, {report: tuple(names) for report, names in reports.items()})


def load_baseline(name: str) -> Baseline:
    """The baseline in a file. Raises BaselineFault."""
    path = Path(name)
    try:
        status = path.stat()
    except OSError:
        raise BaselineFault(f"{name} 不存在；用 gongkai baseline {name} 文件夹 生成") from None
    return _load(name, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=2)
def _load(name: str, changed: int, size: int) -> Baseline:
    del changed, size
    try:
        data = json.loads(Path(name).read_bytes())
    except OSError as error:
        raise BaselineFault(f"{name} 不能读取（{error.strerror}）") from None
    except json.JSONDecodeError as error:
        raise BaselineFault(
            f"{name}:{error.lineno}: 不是基线文件，或者被改坏了（不是完整的 JSON），请改正或重新生成"
        ) from None
    except (ValueError, RecursionError):
        raise BaselineFault(f"{name} 不是基线文件（不是 UTF-8 编码的 JSON），请重新生成") from None
    found = data.get("findings") if isinstance(data, dict) else None
    if not isinstance(found, list) or "schema" not in data:
        raise BaselineFault(f"{name} 不是基线文件（没有 schema 和 findings），请重新生成")
    if data["schema"] != SCHEMA or data["schema"] is True:
        raise BaselineFault(f"{name} 的 schema 是 {data['schema']}，这个版本只认 {SCHEMA}，请重新生成")
    return baseline_of(_known(name, number, said) for number, said in enumerate(found, 1))


def _known(name: str, number: int, said: object) -> Known:
    """One finding of a file that people may have edited."""
    fault = "应为一组键和值"
    if isinstance(said, dict):
        fault = next((f"缺少 {key}" for key in Known._fields if key not in said), "")
        fault = fault or next((f"没有 {key} 这一项" for key in said if key not in Known._fields), "")
        fault = fault or next((f"{key} 应为{wanted}" for key, wanted in _faulty(said)), "")
        if not fault:
            return Known(**said)
    raise BaselineFault(f"{name} 的第 {number} 条有误：{fault}；请改正或重新生成")


def _faulty(said: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in said.items():
        whole = isinstance(value, int) and not isinstance(value, bool)
        if key == "count":
            if not whole or value < 0:  # type: ignore[operator]
                yield key, "0 以上的整数"
        elif key == "year":
            if value is not None and not whole:
                yield key, "整数或 null"
        elif not isinstance(value, str) and not (key == "issuer" and value is None):
            yield key, "文字"


def known_text(known: Iterable[Known]) -> str:
    """Findings as one line, for handing them from process to process."""
    return json.dumps(list(known), ensure_ascii=False)


def known_from(text: str) -> list[Known]:
    """The findings in such a line."""
    return [Known(*said) for said in json.loads(text)]


def baseline_text(baseline: Baseline) -> str:
    """The file: one finding a line, sorted by organ, year, rule and place."""
    found = sorted(baseline.known.values(), key=lambda one: (one.issuer or "", one.year or 0, *one[2:]))
    lines = ",\n  ".join(json.dumps(one._asdict(), ensure_ascii=False) for one in found)
    return f'{{"schema": {SCHEMA}, "findings": [' + (f"\n  {lines}\n" if lines else "") + "]}\n"


def findings_of(report: Report, judgement: Judgement) -> list[Known]:
    """What a baseline holds of one report."""
    every = (*judgement.findings, *judgement.known)
    counts = Counter(map(_bare, every))
    first = {_bare(finding): finding for finding in reversed(every)}
    return [
        Known(report.issuer, report.year, one.code, one.name, _place(one), name, counts[name])
        for name, one in first.items()
    ]


def compared(judgement: Judgement, baseline: Baseline) -> Judgement:
    """The judgement with the findings of the baseline apart: as many of each as it holds."""
    left = {name: known.count for name, known in baseline.known.items()}
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in judgement.findings:
        name = _bare(finding)
        if left.get(name, 0) > 0:
            left[name] -= 1
            known.append(finding)
        else:
            new.append(finding)
    return judgement._replace(findings=tuple(new), known=tuple(known), baselined=True)


def comparison(report: Report, judgement: Judgement, baseline: Baseline) -> Compared:
    """Which fingerprints of the baseline the judged report has in full number, and which of its own it has
    not: those of rules that were judged and are not undecided."""
    counts = Counter(_bare(finding) for finding in judgement.known)
    judged = {code for code, _ in judgement.outcomes} - {item.code for item in judgement.open}
    found = tuple(name for name, count in counts.items() if count >= baseline.known[name].count)
    stale = tuple(
        name
        for name in baseline.reports.get((report.issuer, report.year), ())
        if baseline.known[name].count > counts[name] and baseline.known[name].code in judged
    )
    return Compared(found, stale)


def renewed(old: Baseline, found: Iterable[Known], gone: Container[str], *, add: bool) -> Baseline:
    """The baseline without what is gone, each finding with its present number, which is never raised
    unless new ones are added (`add`)."""
    now = baseline_of(found).known
    kept = [one for name, one in old.known.items() if name in now or name not in gone]
    if add:
        return baseline_of([*(one for one in kept if one.fingerprint not in now), *now.values()])
    return baseline_of(
        one._replace(count=min(one.count, now[one.fingerprint].count)) if one.fingerprint in gone else one
        for one in kept
    )


def _bare(finding: Finding) -> str:
    """The fingerprint without its number among equal ones."""
    return finding.fingerprint.partition("-")[0]


def _place(finding: Finding) -> str:
    place = finding.place
    return ".".join(part for part in (place.table or place.section, place.row, place.column) if part)
