"""Reports in memory for the tests of checks: consistent ones, and ones with named departures."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from linter.checks.cells import columns_of, matches, rows_of
from linter.document.model import Document, Link, Location, Paragraph
from linter.report.model import (
    Announcement,
    Contact,
    Deviation,
    Edition,
    IssuerKind,
    Label,
    Passage,
    Period,
    Reading,
    Report,
    Section,
    Signature,
    StandardTable,
    State,
    Statement,
    SuppressionState,
    TableCell,
)
from linter.report.norm import STATISTICS, TABLE_KEYS, section_specs, statistics_rows, table_spec

ISSUER = "青禾县自然资源局"
APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other")
NUMERALS = "一二三四五六七八九十"

LEAD = "本报告根据《中华人民共和国政府信息公开条例》编制，电子版可在青禾县人民政府网站查阅。"

TEXTS = {
    "overview": "{year}年，本局依法做好政府信息公开工作。\n（一）主动公开。全年公开信息 120 条。\n"
    "（二）依申请公开。通过规定的渠道接收申请。\n（三）政府信息管理。公文起草时标明公开属性。\n"
    "（四）平台建设。维护网站专栏。\n（五）监督保障。组织业务培训，开展工作考核和社会评议，"
    "没有需要追究责任的情形。",
    "disclosure": "",
    "applications": "",
    "disputes": "",
    "problems": "一是公开内容不够全面，二是解读形式单一。下一步将加强培训，改进解读形式。",
    "others": "本年度未收取信息处理费。",
}


def cell(text: str | int | Decimal | None) -> TableCell:
    """A cell as the report layer would read it from plain text."""
    written = "" if text is None else str(text)
    bare = written.strip()
    if not bare:
        return TableCell(written, State.BLANK)
    if bare in {"/", "-", "—", "无", "〇"}:
        return TableCell(written, State.PLACEHOLDER)
    found = re.fullmatch(r"([+-]?)\s*(\d+(?:\.\d+)?)\s*(万元|元|件)?(（.*）)?", bare)
    if not found:
        return TableCell(written, State.TEXT)
    sign = "-" if found[1] == "-" else ""
    value: int | Decimal = Decimal(sign + found[2]) if "." in found[2] else int(sign + found[2])
    return TableCell(written, State.NUMBER, value, found[3], found[4] and found[4][1:-1])


def _applications(edition: str, rng: random.Random) -> dict[tuple[str | None, str], int]:
    spec = table_spec("applications", edition)
    rows = [row.key for block in spec.blocks for row in block.rows]
    results = [r for r in rows if r not in ("new", "carried_in", "result_total", "carried_out")]
    values: dict[tuple[str | None, str], int] = {}
    for column in APPLICANTS:
        most = 30 if column == "natural_person" else 4
        for row in results:
            values[row, column] = rng.randint(0, most) if rng.random() < 0.4 else 0
        values["result_total", column] = sum(values[row, column] for row in results)
        values["carried_out", column] = rng.randint(0, 3)
        whole = values["result_total", column] + values["carried_out", column]
        values["carried_in", column] = rng.randint(0, min(3, whole))
        values["new", column] = whole - values["carried_in", column]
    for row in rows:
        values[row, "total"] = sum(values[row, column] for column in APPLICANTS)
    return values


def _disputes(rng: random.Random) -> dict[tuple[str | None, str], int]:
    values: dict[tuple[str | None, str], int] = {}
    for group in ("review", "litigation_direct", "litigation_after_review"):
        parts = {name: rng.randint(0, 5) for name in ("upheld", "corrected", "other", "pending")}
        values |= {(None, f"{group}.{name}"): value for name, value in parts.items()}
        values[None, f"{group}.total"] = sum(parts.values())
    return values


def _disclosure(edition: str, rng: random.Random) -> dict[tuple[str | None, str], int | Decimal]:
    values: dict[tuple[str | None, str], int | Decimal] = {
        key: rng.randint(0, 40) for key in table_spec("disclosure", edition).cell_keys()
    }
    for row in ("regulations", "normative_documents"):
        if edition == "2021":
            issued, repealed = rng.randint(3, 9), rng.randint(0, 3)
            values |= {(row, "issued"): issued, (row, "repealed"): repealed}
            values[row, "in_force"] = issued + rng.randint(0, 30)
        else:
            made = rng.randint(0, 9)
            values |= {(row, "made"): made, (row, "published"): made}
            values[row, "total"] = made + max(1, rng.randint(0, 20))
    # A county's bureau makes no regulations.
    values |= {key: 0 for key in values if key[0] == "regulations"}
    if edition == "2021":
        values["fees", "amount"] = Decimal("12.50")
    else:
        values |= {("procurement", "projects"): 3, ("procurement", "amount"): Decimal("93.36")}
    return values


def standard_table(key: str, edition: str, rng: random.Random) -> StandardTable:
    """A consistent table of the edition."""
    values: Mapping[tuple[str | None, str], int | Decimal]
    if key == "applications":
        values = _applications(edition, rng)
    elif key == "disputes":
        values = _disputes(rng)
    else:
        values = _disclosure(edition, rng)
    keys = table_spec(key, edition).cell_keys()
    cells = {place: cell(values[place]) for place in keys}
    line = 100 * (TABLE_KEYS.index(key) + 1)
    return StandardTable(key, cast(Edition, edition), True, cells, location=Location(line=line))


def statistics_table(rng: random.Random) -> StandardTable:
    """A consistent statistics table of the national form."""
    keys = [key for key, row in statistics_rows().items() if not row.local]
    values = {key: rng.randint(0, 9) for key in keys}
    for key in keys:
        parts = [part for part in keys if part.rpartition(".")[0] == key and key != "disclosed"]
        if parts and not key.startswith("response"):
            values[key] = sum(values[part] for part in parts)
    values["replied.refused"] = sum(values[key] for key in keys if key.startswith("refused."))
    values["replied"] = sum(values[key] for key in keys if key.startswith("replied."))
    values["concluded"] = values["replied"]
    values["concluded.extended"] = rng.randint(0, values["concluded"])
    values["concluded.on_time"] = values["concluded"] - values["concluded.extended"]
    values["disclosed"] = max(value for key, value in values.items() if key.startswith("channel."))
    values["disclosed.normative"] = rng.randint(0, values["disclosed"])
    for event in ("response.press", "response.interview"):
        values[f"{event}.chief"] = rng.randint(0, values[event])
    cells: dict[tuple[str | None, str], TableCell] = {(key, "value"): cell(values[key]) for key in keys}
    return StandardTable(STATISTICS, "pre-2019", True, cells, location=Location(line=700))


def consistent_report(edition: str = "2021", seed: int = 0, year: int | None = None) -> Report:
    """A report without any fault, its figures drawn from `seed`."""
    rng = random.Random(seed)
    year = year or {"2019": 2019, "2021": 2023, "pre-2019": 2016}[edition]
    tabled = edition != "pre-2019"
    specs = section_specs()
    sections = tuple(
        Section(
            key=spec.key,
            heading=f"{NUMERALS[index]}、{spec.title}",
            number=index + 1,
            title=spec.title,
            location=Location(line=20 + 90 * index),
            passages=_passages(TEXTS[spec.key].format(year=year), 21 + 90 * index),
            tables=(spec.key,) if spec.key in TABLE_KEYS and tabled else (),
        )
        for index, spec in enumerate(specs)
    )
    found = cast(Edition, edition)
    title = f"{ISSUER}{year}年政府信息公开工作年度报告"
    period_text = f"{year}年1月1日至{year}年12月31日"
    return Report(
        path="report.txt",
        document=Document("text", ()),
        title=Statement(title, title, Location(line=1)),
        issuer=ISSUER,
        issuer_kind="department",
        year=year,
        edition=found,
        edition_by_year=found,
        edition_by_tables=found if tabled else None,
        period=Period(dt.date(year, 1, 1), dt.date(year, 12, 31), period_text, Location(line=3)),
        contact=Contact(
            address=Statement("青禾县中心路 8 号", "地址：青禾县中心路 8 号", Location(line=4)),
            postcode=Statement("123456", "邮编：123456", Location(line=4)),
            phone=Statement("0123-4567890", "电话：0123-4567890", Location(line=4)),
            email=Statement("qhzrzy@example.cn", "邮箱：qhzrzy@example.cn", Location(line=4)),
        ),
        signature=Signature(),
        announcement=None,
        links=(),
        lead=_passages(LEAD, 2),
        sections=sections,
        tail=(),
        tables={key: standard_table(key, edition, rng) for key in TABLE_KEYS}
        if tabled
        else {STATISTICS: statistics_table(rng)},
        deviations=(),
        reading=Reading("text", "full"),
        published=dt.date(year + 1, 1, 20),
        topics={} if tabled else {s.key: s for s in sections if s.key in ("problems", "others")},
    )


def _passages(text: str, line: int) -> tuple[Passage, ...]:
    return tuple(
        Passage(part, Location(line=line + index)) for index, part in enumerate(text.split("\n")) if part
    )


def with_cells(report: Report, table: str, changes: Mapping[tuple[str | None, str], TableCell]) -> Report:
    """The report with cells of one table replaced or added."""
    old = report.tables[table]
    new = old._replace(cells={**old.cells, **changes})
    return report._replace(tables={**report.tables, table: new})


def with_cell(
    report: Report, table: str, row: str | None, column: str, text: str | int | Decimal | None
) -> Report:
    """The report with one cell written anew."""
    return with_cells(report, table, {(row, column): cell(text)})


def without_rows(report: Report, table: str, pattern: str) -> Report:
    """The report whose table lacks the rows that fit the pattern."""
    old = report.tables[table]
    cells = {key: value for key, value in old.cells.items() if not matches(pattern, key[0])}
    return report._replace(tables={**report.tables, table: old._replace(cells=cells)})


def given_report(given: Mapping[str, Any]) -> Report:
    """The consistent base report with the departures that a YAML case names.

    Keys: edition, seed, year, title, issuer, issuer_kind, published (null unknown), published_by_page,
    signature, period, contact, lead, tail, sections (key → text, null removes), repeat (key → how often
    its text stands), headings (key → whole line), split (key → headings in its place), extra (headings),
    statistics (null none, text lost with that reason),
    tables (key → null missing, text lost with that reason), cells (table → row → column → text;
    the disputes table without rows), drop_rows, deviations, table_deviations, announcement, links,
    labels (table → column → header as printed), paragraphs (of the document), edition_by_tables,
    certainty, scanned (pages without text), pages, previous (last year's report: departures from one
    that agrees with this one; `same`: it is this one but for the year), version (departures of another
    file of the same report).
    """
    report = consistent_report(given.get("edition", "2021"), given.get("seed", 0), given.get("year"))
    for key, value in given.items():
        report = _DEPARTURES[key](report, value)
    if (last := given.get("previous")) is not None:
        report = report._replace(previous=_last_year(report, given, last))
    if (second := given.get("version")) is not None:
        same = {key: value for key, value in given.items() if key not in ("previous", "version")}
        report = report._replace(versions=(given_report({**same, **second}),))
    return report


def _last_year(report: Report, given: Mapping[str, Any], last: Mapping[str, Any]) -> Report:
    """Last year's report: another one whose stocks and carry-over lead to those of `report`, with the
    departures `last` from it."""
    year = last.get("year", (report.year or 2023) - 1)
    departures = {key: value for key, value in last.items() if key != "same"}
    if last.get("same"):
        return given_report(
            {key: value for key, value in given.items() if key != "previous"} | {"year": year}
        )
    edition = last.get("edition", given.get("edition", "2021"))
    base = consistent_report(edition, given.get("seed", 0) + 1, year)
    for table, place, value in _leading_to(report, base):
        base = with_cells(base, table, {place: cell(value)})
    for name, departure in departures.items():
        base = _DEPARTURES[name](base, departure)
    return base


def _leading_to(report: Report, base: Report) -> list[tuple[str, tuple[str | None, str], Any]]:
    """Cells of last year that follow from this year's."""
    applications, disclosure = report.tables["applications"].cells, report.tables["disclosure"].cells
    found: list[tuple[str, tuple[str | None, str], Any]] = [
        ("applications", ("carried_out", column), now.value)
        for (row, column), now in applications.items()
        if row == "carried_in"
    ]
    for row in ("regulations", "normative_documents"):
        now = [disclosure.get((row, column)) for column in ("in_force", "issued", "repealed")]
        if all(part is not None and part.value is not None for part in now):
            in_force, issued, repealed = (part.value or 0 for part in now if part)
            if (row, "in_force") in base.tables["disclosure"].cells:
                found.append(("disclosure", (row, "in_force"), in_force - issued + repealed))
    for (line, column), part in disclosure.items():
        if column == "last_year" and (line, "change") in base.tables["disclosure"].cells:
            found += [("disclosure", (line, "last_year"), part.value), ("disclosure", (line, "change"), 0)]
    return found


def _same(report: Report, value: Any) -> Report:
    del value
    return report


def _title(report: Report, value: str | None) -> Report:
    statement = Statement(value, value, Location(line=1)) if value else None
    return report._replace(title=statement)


def _period(report: Report, value: Mapping[str, str | None] | None) -> Report:
    if value is None:
        return report._replace(period=None)
    text = f"自{value['start'] or ''}至{value['end'] or ''}"
    dates = [dt.date.fromisoformat(day) if day else None for day in (value["start"], value["end"])]
    period = Period(dates[0], dates[1], text, Location(line=3))
    return report._replace(period=period)


def _contact(report: Report, value: Mapping[str, str | None] | None) -> Report:
    if value is None:
        return report._replace(contact=Contact())
    changed = {
        key: Statement(text, text, Location(line=4)) if text is not None else None
        for key, text in value.items()
    }
    return report._replace(contact=report.contact._replace(**changed))


def _sections(report: Report, value: Mapping[str, str | None]) -> Report:
    kept = []
    for section in report.sections:
        text = value.get(section.key or "", section.text)
        if text is not None:
            line = (section.location.line or 0) + 1
            kept.append(section._replace(passages=_passages(text, line)))
    topics = {s.key: s for s in kept if s.key and s.key in report.topics}
    return report._replace(sections=tuple(kept), topics=topics)


def _repeat(report: Report, value: Mapping[str, int]) -> Report:
    sections = tuple(s._replace(passages=s.passages * value.get(s.key or "", 1)) for s in report.sections)
    return report._replace(sections=sections)


def _headings(report: Report, value: Mapping[str, str]) -> Report:
    changed = []
    for section in report.sections:
        heading = value.get(section.key or "", section.heading)
        number, _, title = heading.partition("、") if heading[0] in NUMERALS else ("", "", heading)
        order = NUMERALS.index(number) + 1 if number else None
        changed.append(section._replace(heading=heading, number=order, title=title))
    return report._replace(sections=tuple(changed))


def _split(report: Report, value: Mapping[str, list[str]]) -> Report:
    sections: list[Section] = []
    for section in report.sections:
        for heading in value.get(section.key or "", [section.heading]):
            part = section.key in value
            sections.append(
                section._replace(
                    heading=heading,
                    number=len(sections) + 1,
                    title=heading.partition("、")[2] or heading,
                    part_of=section.key if part else None,
                    key=None if part else section.key,
                )
            )
    return report._replace(sections=tuple(sections))


def _extra(report: Report, value: list[str]) -> Report:
    added = [
        Section(None, h, len(report.sections) + i + 1, h.partition("、")[2], Location(line=900 + i))
        for i, h in enumerate(value)
    ]
    return report._replace(sections=(*report.sections, *added))


def _statistics(report: Report, reason: str | None) -> Report:
    tables = dict(report.tables)
    table = tables.pop(STATISTICS)
    if reason is not None:
        lost = TableCell("", State.LOST, reason=reason)
        tables[STATISTICS] = table._replace(cells=dict.fromkeys(table.cells, lost), lost=reason)
    return report._replace(tables=tables)


def _tables(report: Report, value: Mapping[str, str | None]) -> Report:
    tables = dict(report.tables)
    for key, reason in value.items():
        state = State.LOST if reason else State.ABSENT
        cells = {place: TableCell("", state, reason=reason) for place in tables[key].cells}
        tables[key] = tables[key]._replace(found=False, cells=cells, lost=reason)
    return report._replace(tables=tables)


def _cells(report: Report, value: Mapping[str, Mapping[str, Any]]) -> Report:
    for table, rows in value.items():
        named = {None: rows} if table == "disputes" else dict(rows)
        for row_pattern, columns in named.items():
            for column_pattern, text in columns.items():
                report = with_cells(report, table, _written(report, table, row_pattern, column_pattern, text))
    return report


def _written(
    report: Report, table: str, row_pattern: str | None, column_pattern: str, text: Any
) -> dict[tuple[str | None, str], TableCell]:
    standard = report.tables[table]
    new = TableCell("", State.LOST, reason=text["lost"]) if isinstance(text, dict) else cell(text)
    rows = [r for r in rows_of(standard) if row_pattern is None or matches(row_pattern, r)] or [row_pattern]
    columns = [c for c in columns_of(standard) if c and matches(column_pattern, c)]
    known = {(row, column) for row in rows for column in columns}
    adding = row_pattern is not None and row_pattern not in rows_of(standard) and "*" not in row_pattern
    return {key: new for key in known if key in standard.cells or adding}


def _drop_rows(report: Report, value: Mapping[str, list[str]]) -> Report:
    for table, patterns in value.items():
        for pattern in patterns:
            report = without_rows(report, table, pattern)
    return report


def _deviations(report: Report, value: list[Mapping[str, Any]]) -> Report:
    found = tuple(Deviation(**{"key": None, **entry}) for entry in value)
    return report._replace(deviations=found)


def _table_deviations(report: Report, value: Mapping[str, list[Mapping[str, Any]]]) -> Report:
    tables = dict(report.tables)
    for key, entries in value.items():
        found = tuple(Deviation(**{"key": None, "table": key, **entry}) for entry in entries)
        tables[key] = tables[key]._replace(deviations=found)
    return report._replace(tables=tables)


def _announcement(report: Report, value: Mapping[str, Any]) -> Report:
    titles = tuple(value.get("titles", ()))
    text = value.get("text") or f"本报告包括{'、'.join(titles)}。"
    said = Announcement(titles, value.get("count"), text, Location(line=2))
    return report._replace(announcement=said)


def _links(report: Report, value: list[Mapping[str, str]]) -> Report:
    links = tuple(Link(entry["text"], entry["target"], Location(line=5)) for entry in value)
    return report._replace(links=links)


def _signature(report: Report, value: Mapping[str, str]) -> Report:
    said = {key: Statement(text, text, Location(line=960)) for key, text in value.items()}
    return report._replace(signature=Signature(**said))


def _published(report: Report, value: str | None) -> Report:
    return report._replace(published=dt.date.fromisoformat(value) if value else None)


def _published_by_page(report: Report, value: str) -> Report:
    return report._replace(published=dt.date.fromisoformat(value), published_by_page=True)


def _labels(report: Report, value: Mapping[str, Mapping[str, str]]) -> Report:
    tables = dict(report.tables)
    for key, columns in value.items():
        printed = tuple(Label(column, text) for column, text in columns.items())
        tables[key] = tables[key]._replace(columns=printed)
    return report._replace(tables=tables)


def _paragraphs(report: Report, value: list[str]) -> Report:
    return report._replace(document=Document("text", tuple(Paragraph(text) for text in value)))


_DEPARTURES: dict[str, Any] = {
    "previous": _same,
    "version": _same,
    "edition": _same,
    "seed": _same,
    "year": _same,
    "title": _title,
    "issuer_kind": lambda report, value: report._replace(issuer_kind=cast(IssuerKind, value)),
    "period": _period,
    "contact": _contact,
    "lead": lambda report, value: report._replace(lead=_passages(value, 2)),
    "tail": lambda report, value: report._replace(tail=_passages(value, 950)),
    "sections": _sections,
    "repeat": _repeat,
    "headings": _headings,
    "split": _split,
    "extra": _extra,
    "statistics": _statistics,
    "tables": _tables,
    "cells": _cells,
    "drop_rows": _drop_rows,
    "deviations": _deviations,
    "table_deviations": _table_deviations,
    "announcement": _announcement,
    "issuer": lambda report, value: report._replace(issuer=value),
    "suppressions": lambda report, value: report._replace(
        suppressions=tuple(SuppressionState(**said) for said in value)
    ),
    "published": _published,
    "published_by_page": _published_by_page,
    "signature": _signature,
    "links": _links,
    "scanned": lambda report, value: report._replace(
        document=report.document._replace(scanned_pages=tuple(value))
    ),
    "pages": lambda report, value: report._replace(document=report.document._replace(pages=value)),
    "labels": _labels,
    "paragraphs": _paragraphs,
    "edition_by_tables": lambda report, value: report._replace(edition_by_tables=value),
    "certainty": lambda report, value: report._replace(reading=Reading("text", value)),
}
