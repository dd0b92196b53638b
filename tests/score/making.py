"""Corpora of our own making: records as a run keeps them, without files."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linter.checks.profile import load_profile
from linter.checks.rulebook import Rule
from linter.corpus.model import Corpus, Filing, Status, Unmatched
from linter.corpus.record import Record
from linter.corpus.roster import Roster, Unit
from linter.report.norm import TABLE_KEYS, table_spec
from linter.score.board import Asked, Board
from linter.score.folder import write_folder
from linter.score.formula import shipped_formula
from linter.score.letters import Letters
from linter.score.scoring import scheme_of

Outcomes = Mapping[str, Mapping[str, int]]

_PLACES = ["青禾", "绿水", "白石", "云岭", "松溪", "竹塘"]
_BUREAUS = [
    "教育局",
    "财政局",
    "民政局",
    "公安局",
    "司法局",
    "水利局",
    "审计局",
    "统计局",
    "商务局",
    "交通运输局",
    "应急管理局",
    "卫生健康局",
]


def finding(rule: Rule, number: int = 0, **location: Any) -> dict[str, Any]:
    """A finding of `check --format json`."""
    nowhere = dict.fromkeys(("page", "line", "column", "section", "table", "row", "cell", "excerpt"))
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "message": f"{rule.hint.zh.rstrip('。')}（第 {number} 处，原数 {number + 3}，应为 {number + 5}）",
        "clause": rule.clause.zh,
        "hint": rule.hint.zh,
        "fingerprint": f"{rule.code}-{number}",
        "location": {**nowhere, **location},
        "evidence": {
            "formula": "1 + 2 = 3 ≠ 4" if rule.group == "arithmetic" else None,
            "left": None,
            "right": None,
            "difference": None,
            "cells": [],
        },
        "causes": [],
        "related": [],
    }


def record_with(outcomes: Outcomes, findings: tuple[Mapping[str, Any], ...] = (), **changes: Any) -> Record:
    """A record with these outcomes."""
    given: dict[str, Any] = {
        "path": "2024/青禾县教育局.docx",
        "digest": "0",
        "title": "青禾县教育局2024年政府信息公开工作年度报告",
        "issuer": "青禾县教育局",
        "year": 2024,
        "edition": "2021",
        "reader": "docx",
        "certainty": "full",
        "published": "2025-01-20",
    }
    return Record(**{**given, "outcomes": outcomes, "findings": findings, **changes})


def filing_of(record: Record | None, status: Status = "in-time", **changes: Any) -> Filing:
    """What the unit filed: its record's findings and outcomes, and what else is given."""
    unit = changes.pop("unit", Unit("青禾县教育局", "department"))
    return Filing(
        unit,
        changes.pop("year", 2024),
        status,
        due="2025-01-31",
        record=record,
        findings=changes.pop("findings", record.findings if record else ()),
        open=changes.pop("open", record.open if record else ()),
        outcomes=changes.pop("outcomes", record.outcomes if record else {}),
        **changes,
    )


def made_roster(count: int) -> Roster:
    """A city with its counties, their bureaus and townships, until there are `count` units."""
    units = [Unit("青山市人民政府", "government")]
    for place in _PLACES:
        county = f"{place}县人民政府"
        units.append(Unit(county, "government", "青山市人民政府"))
        units += [Unit(f"{place}县{bureau}", "department", county) for bureau in _BUREAUS]
        units.append(Unit(f"{place}镇人民政府", "township", county))
        units.append(Unit(f"{place}县税务局", "other", county, apart=True))
    more = max(0, count - len(units))
    units += [Unit(f"第{n:04d}街道办事处", "subdistrict", f"{_PLACES[n % 6]}县人民政府") for n in range(more)]
    return Roster(units[:count])


def made_corpus(count: int = 60, years: tuple[int, ...] = (2022, 2023, 2024), seed: int = 1) -> Corpus:
    """A corpus of `count` units: good and bad ones, late, missing and unreadable reports."""
    roster = made_roster(count)
    profiled = load_profile("standard")
    rules = [rule for rule in profiled.rulebook.rules if rule.code in profiled.held]
    filings = []
    for unit in roster.units:
        chance = random.Random(f"{seed} {unit.name}")
        quality = chance.uniform(0.005, 0.16)
        base = chance.randint(3, 400)
        for year in years:
            filings.append(_made(unit, year, rules, chance, quality, base + chance.randint(0, 60)))
            quality *= chance.uniform(0.5, 1.2)
    stray = record_with({}, path="杂/无名.docx", issuer=None, title=None)
    broken = Record("杂/坏文件.pdf", "1", reason="文件已损坏，无法打开")
    return Corpus(roster, years, tuple(filings), (Unmatched(stray, "报告没有写明机关"),), (broken,))


def _made(
    unit: Unit, year: int, rules: list[Rule], chance: random.Random, quality: float, base: int
) -> Filing:
    fate = chance.random()
    due = f"{year + 1}-03-31" if unit.kind == "government" else f"{year + 1}-01-31"
    if fate < 0.04:
        return Filing(unit, year, "missing", due)
    path = f"{year}/{unit.name}.docx"
    if fate < 0.06:
        broken = Record(path, "2", reason="扫描件，没有可以读出的文字")
        return Filing(unit, year, "unreadable", due, broken)
    late = fate < 0.12
    poor = 0.12 <= fate < 0.15
    outcomes: dict[str, dict[str, int]] = {}
    findings: list[dict[str, Any]] = []
    undecided: list[dict[str, Any]] = []
    for number, rule in enumerate(rules):
        draw = chance.random()
        if rule.name == "published-late":
            draw = 0 if late else 0.9
        elif shipped_formula().compares(rule):
            draw = draw * 2 if year > 2022 else 1
        elif draw > 0.85 and rule.group not in ("arithmetic", "structure"):
            draw = 1
        if draw < quality or draw == 0:
            outcomes[rule.code] = {"fail": 1, "pass": 2}
            findings.append(finding(rule, number % 7, page=1 + number % 5, section="applications"))
        elif draw < quality + (0.5 if poor else 0.04):
            outcomes[rule.code] = {"open": 1}
            undecided.append(
                {
                    "code": rule.code,
                    "name": rule.name,
                    "reason": "表格没有读准，无法核对" if number % 2 else "空格未填，不能判定",
                    "location": finding(rule)["location"],
                }
            )
        else:
            outcomes[rule.code] = {"pass": 3} if draw < 1 else {"not-applicable": 1}
    record = record_with(
        outcomes,
        tuple(findings),
        path=path,
        title=f"{unit.name}{year}年政府信息公开工作年度报告",
        issuer=unit.name,
        issuer_kind=unit.kind,
        year=year,
        published=f"{year + 1}-06-0{chance.randint(1, 9)}"
        if late
        else f"{year + 1}-01-2{chance.randint(0, 9)}",
        certainty="poor" if poor else "full",
        open=tuple(undecided),
        cells=_cells(chance, base),
        layouts=dict.fromkeys(TABLE_KEYS, "2021"),
    )
    return Filing(
        unit,
        year,
        "late" if late else "in-time",
        due,
        record,
        findings=record.findings,
        open=record.open,
        outcomes=record.outcomes,
    )


def _cells(
    chance: random.Random, base: int
) -> dict[str, tuple[tuple[str | None, str, str, str | None], ...]]:
    def cell(row: str | None, column: str) -> tuple[str | None, str, str, str | None]:
        if chance.random() < 0.01:
            return row, column, "blank", None
        return row, column, "number", str(chance.randint(0, base))

    return {
        key: tuple(cell(row, column) for row, column in table_spec(key, "2021").cell_keys())
        for key in TABLE_KEYS
    }


def board_of(corpus: Corpus, profile: str = "standard", asked: Asked | None = None) -> Board:
    return Board(corpus, scheme_of(load_profile(profile)), asked or Asked())


def write(board: Board, target: Path, letters: Path | None = None, *, force: bool = False) -> Path:
    write_folder(board, target, Letters(letters), force=force, advance=lambda count: None)
    return target
