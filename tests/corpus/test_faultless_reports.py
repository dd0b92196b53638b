"""Reports written by hand in the manner of many organs: all agrees, so nothing may be said against them."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from whole import rules, serious

from linter.checks.engine import judge
from linter.report.model import Report
from linter.report.norm import table_spec

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
from builder import given_report

APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other")
OUTCOMES = ("upheld", "corrected", "other", "pending")
BRIEFLY = (
    "（一）主动公开。依法主动公开各类政府信息。",
    "（三）政府信息管理。严格执行公开审查制度。\n（四）平台建设。加强政府网站信息公开专栏建设。\n"
    "（五）监督保障。组织业务培训和工作考核，开展社会评议，没有需要追究责任的情形。",
)
LEFT_OUT = {
    "problems": "存在问题：一是公开不够及时，二是解读形式单一。改进情况：完善审核机制，制作了图解和短视频。",
    "others": "本年度没有收取信息处理费，没有其他需要报告的事项。",
}
TEXTS = ("overview", "applications_text", "disputes_text", "others")
REPORTS = [
    entry
    for path in sorted((Path(__file__).parent / "faultless").glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def plain(text: str) -> str:
    """The text without the brackets that mark the figures which tables or text decide."""
    return text.replace("{", "").replace("}", "")


def faultless(entry: Mapping[str, Any]) -> Report:
    """The report of an entry of faultless/*.yaml, its tables filled and summed."""
    edition = entry.get("edition", "2021")
    year = entry["year"]
    told = {key: plain(entry[key]) for key in TEXTS if key in entry}
    overview = told["overview"]
    if entry.get("briefly"):
        overview = "\n".join((BRIEFLY[0], overview, BRIEFLY[1]))
    title = f"{entry['issuer']}{year}年政府信息公开工作年度报告"
    sections = {
        "overview": overview,
        "applications": told.get("applications_text", ""),
        "disputes": told.get("disputes_text", ""),
        "problems": entry.get("problems", LEFT_OUT["problems"]),
        "others": told.get("others", LEFT_OUT["others"]),
    }
    given = {
        "edition": edition,
        "year": year,
        "title": entry.get("title", title),
        "issuer": entry["issuer"],
        "issuer_kind": entry["issuer_kind"],
        "lead": f"本报告依法编制。统计期限自{year}年1月1日起至{year}年12月31日止。",
        "sections": sections,
        "cells": {
            "applications": _applications(entry["applications"], edition),
            "disputes": _disputes(entry["disputes"]),
            "disclosure": {
                row: {column: 0 for _, column in keys} | entry["disclosure"].get(row, {})
                for row, keys in _rows("disclosure", edition).items()
            },
        },
    }
    if "published" in entry:
        given["published"] = entry["published"]
    return given_report(given)


def _rows(table: str, edition: str) -> dict[str, list[tuple[str | None, str]]]:
    rows: dict[str, list[tuple[str | None, str]]] = {}
    for key in table_spec(table, edition).cell_keys():
        rows.setdefault(key[0] or "", []).append(key)
    return rows


def _applications(given: Mapping[str, list[int]], edition: str) -> dict[str, dict[str, int]]:
    rows = {row: list(given.get(row, [0] * 6)) for row in _rows("applications", edition)}
    fixed = ("new", "carried_in", "result_total", "carried_out")
    assert set(given) <= set(rows), set(given) - set(rows)
    for index in range(6):
        rows["result_total"][index] = sum(v[index] for row, v in rows.items() if row not in fixed)
        handled = rows["result_total"][index] + rows["carried_out"][index]
        rows["new"][index] = handled - rows["carried_in"][index]
    return {row: dict(zip(APPLICANTS, v, strict=True)) | {"total": sum(v)} for row, v in rows.items()}


def _disputes(given: Mapping[str, list[int]]) -> dict[str, int]:
    cells: dict[str, int] = {}
    for group in ("review", "litigation_direct", "litigation_after_review"):
        values = given.get(group, [0] * 4)
        cells |= {f"{group}.{name}": value for name, value in zip(OUTCOMES, values, strict=True)}
        cells[f"{group}.total"] = sum(values)
    return cells


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["name"]) for entry in REPORTS])
def test_nothing_is_said_against_a_faultless_report(entry: dict[str, Any]) -> None:
    judgement = judge(faultless(entry), rules())
    assert not judgement.errors
    assert serious(judgement) == []
