"""Reports of the years before 2019: the topics of the Regulations of 2007, and the statistics table."""

from __future__ import annotations

import datetime as dt
import random
from typing import get_args

from examples.generator.organs import make_contact, make_organ
from examples.generator.prose import contact_sentence, make_period, make_title
from examples.generator.truth import (
    Block,
    CellKey,
    CellTruth,
    Line,
    OrganKind,
    Part,
    Prose,
    TableMark,
    TableTruth,
    Truth,
    number_cell,
)
from linter.report.norm import STATISTICS, statistics_rows

_KINDS: tuple[OrganKind, ...] = get_args(OrganKind)
TITLES = (
    "概述",
    "主动公开政府信息情况",
    "依申请公开政府信息和不予公开政府信息情况",
    "政府信息公开的收费及减免情况",
    "因政府信息公开申请行政复议、提起行政诉讼情况",
    "政府信息公开工作存在的主要问题及改进情况",
    "政府信息公开情况统计表",
)
# Rows of the form that only head the rows below them, by the row that follows.
CHAPTERS = {
    "disclosed": "一、主动公开情况",
    "channel.gazette": "（二）通过不同渠道和方式公开政府信息的情况",
    "responded": "二、回应解读情况",
    "response.press": "（二）通过不同渠道和方式回应解读的情况",
    "received": "三、依申请公开情况",
    "offices": "八、机构建设和保障经费情况",
    "meetings": "九、政府信息公开会议和培训情况",
}
"""Chapter headings inside the table, by the key of the row below each."""


def make_older_report(seed: int) -> Truth:
    """The faultless report of `seed` for one of the years 2014 to 2018, with its statistics table."""
    rng = random.Random(f"older report {seed}")
    organ = make_organ(rng, rng.choice(_KINDS))
    year = rng.randint(2014, 2018)
    table = statistics_table(rng)
    contact = make_contact(rng, organ)
    address = f"http://www.{organ.pinyin}.example.cn/zfxxgk/"
    period, period_sentence = make_period(rng, year)
    lead = (
        f"根据《中华人民共和国政府信息公开条例》，{organ.name}编制{year}年度报告。{period_sentence}"
        f"电子版见 {address} 。",
        contact_sentence(rng, organ, contact),
    )
    return Truth(
        seed=seed,
        edition="pre-2019",
        year=year,
        organ=organ,
        title=make_title(rng, organ, year),
        lead=lead,
        sections=tuple(
            Part(None, number, title, body)
            for number, (title, body) in enumerate(zip(TITLES, _bodies(year, table), strict=True), 1)
        ),
        tables={STATISTICS: table},
        period=period,
        contact=contact,
        link=(address, address),
        signature=(organ.name, dt.date(year + 1, 3, rng.randint(1, 28))) if rng.random() < 0.5 else None,
    )


def _bodies(year: int, table: TableTruth) -> list[tuple[Prose | TableMark, ...]]:
    number = {key: table.number(key, "value") for key in statistics_rows()}
    applied = f"{year}年共收到政府信息公开申请{number['received']}件。"
    if number["received"] == 0:
        applied = f"{year}年未收到政府信息公开申请。"
    disputes = f"{year}年发生行政复议{number['review']}件，行政诉讼{number['litigation']}件。"
    return [
        (Prose(f"{year}年，我们健全工作制度，明确专人负责，按时更新公开目录。"),),
        (Prose(f"{year}年共主动公开政府信息{number['disclosed']}条。"),),
        (Prose(applied),),
        (Prose("依申请提供政府信息没有收取费用，也没有减免的情形。"),),
        (Prose(disputes),),
        (Prose("目前公开内容还不够全面，解读形式单一。今后将加强培训，丰富解读形式。"),),
        (TableMark(STATISTICS),),
    ]


def statistics_table(rng: random.Random) -> TableTruth:
    """The statistics table of the national form, its figures agreeing with each other."""
    rows = {key: row.line for key, row in statistics_rows().items() if not row.local}
    block = Block(
        "政府信息公开情况统计表",
        "指标名称",
        (Line("value", rng.choice(("统计数", "数量", "本年度"))),),
        tuple(Line(key, line.label, line.unit or "") for key, line in rows.items()),
    )
    figures = _figures(rng)
    cells: dict[CellKey, CellTruth] = {(key, "value"): number_cell(figures[key]) for key in rows}
    return TableTruth(STATISTICS, "pre-2019", (block,), cells)


def _figures(rng: random.Random) -> dict[str, int]:
    keys = [key for key, row in statistics_rows().items() if not row.local]
    busy = rng.choice((0, 3, 30))
    found = {key: rng.randint(0, busy) if rng.random() < 0.5 else 0 for key in keys}
    for key in keys:
        if key.startswith("channel."):
            found[key] = rng.randint(0, 900)
    found["disclosed"] = max(value for key, value in found.items() if key.startswith("channel."))
    found["disclosed.normative"] = rng.randint(0, min(40, found["disclosed"]))
    found["replied.refused"] = _sum(found, "refused")
    for whole in ("received", "replied", "review", "litigation", "staff"):
        found[whole] = _sum(found, whole)
    found["concluded"] = found["replied"]
    found["concluded.extended"] = rng.randint(0, found["concluded"])
    found["concluded.on_time"] = found["concluded"] - found["concluded.extended"]
    for event in ("response.press", "response.interview"):
        found[f"{event}.chief"] = rng.randint(0, found[event])
    return found


def _sum(found: dict[str, int], group: str) -> int:
    return sum(value for key, value in found.items() if key.startswith(group + "."))
