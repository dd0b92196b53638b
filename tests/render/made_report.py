"""A report and its judgement made by hand, so that renderers are tested without reader or rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from linter.checks.outcome import (
    CellEvidence,
    Evidence,
    Finding,
    Judgement,
    OpenItem,
    Place,
    Related,
    Suspect,
)
from linter.document.model import Document, Location
from linter.report.model import (
    Contact,
    Passage,
    Period,
    Reading,
    Report,
    Section,
    Signature,
    StandardTable,
    State,
    Statement,
    TableCell,
)
from linter.report.norm import section_specs, table_spec

Key = tuple[str | None, str]

HOSTILE = '<script>alert(1)</script>\x1b[31m"&'


def cell(text: str, state: State | None = None, location: Location | None = None) -> TableCell:
    """A cell by its text: a number where it reads as one, blank where it is empty."""
    place = location or Location(table=2, row=3, cell=4)
    if state is not None:
        return TableCell(
            text, state, reason="原文转换时丢失" if state is State.LOST else None, location=place
        )
    if not text:
        return TableCell("", State.BLANK, location=place)
    value = Decimal(text) if "." in text else int(text)
    return TableCell(text, State.NUMBER, value, location=place)


def table(key: str, changed: Mapping[Key, TableCell], layout: str = "2019") -> StandardTable:
    """A standard table of zeros with some cells changed."""
    cells = {place: cell("0") for place in table_spec(key, layout).cell_keys()}
    return StandardTable(
        key, "2021" if layout == "2021" else "2019", True, {**cells, **changed}, location=Location(table=1)
    )


def report() -> Report:
    """A faulty report of an invented office, edition 2019."""
    sections = tuple(
        Section(
            spec.key,
            f"{'一二三四五六'[spec.number - 1]}、{spec.title}",
            spec.number,
            spec.title,
            Location(paragraph=spec.number * 3),
            (Passage("本年度工作平稳。", Location(paragraph=spec.number * 3 + 1)),),
        )
        for spec in section_specs()
    )
    return Report(
        path="青川/办公室.docx",
        document=Document("docx", ()),
        title=Statement(
            "青川县人民政府办公室2019年政府信息公开工作年度报告",
            "青川县人民政府办公室2019年政府信息公开工作年度报告",
        ),
        issuer="青川县人民政府办公室",
        issuer_kind="office",
        year=2019,
        edition="2019",
        edition_by_year="2019",
        edition_by_tables="2019",
        period=Period(dt.date(2019, 1, 1), None, "自2019年1月1日起"),
        contact=Contact(phone=Statement("0839-0000000", "电话：0839-0000000")),
        signature=Signature(),
        announcement=None,
        links=(),
        lead=(),
        sections=sections,
        tail=(),
        tables={
            "disclosure": table("disclosure", {("procurement", "amount"): cell("93.36")}),
            "applications": table(
                "applications",
                {
                    ("new", "natural_person"): cell("12", location=Location(table=6, row=4, cell=2)),
                    ("new", "business"): cell("3"),
                    ("new", "total"): cell("16", location=Location(table=6, row=4, cell=8)),
                    ("carried_in", "other"): cell(""),
                    ("granted", "natural_person"): cell("12"),
                    ("granted", "research"): cell("", State.LOST),
                    ("granted", "total"): cell("15"),
                    ("result_total", "total"): cell("15"),
                    ("other", "business"): cell("3"),
                    ("denied.internal", "other"): cell("/", State.PLACEHOLDER),
                    ("denied.process", "other"): cell(HOSTILE, State.TEXT),
                },
            ),
            "disputes": table(
                "disputes",
                {
                    (None, "litigation_after_review.upheld"): cell("1"),
                    (None, "litigation_after_review.pending"): cell("1"),
                },
            ),
        },
        deviations=(),
        reading=Reading("docx", "partial", ("文件中有未处理的修订，按接受修订后的内容读取。",)),
    )


def evidence_cell(made: Report, key: str, row: str | None, column: str) -> CellEvidence:
    """A cell of `made` as evidence quotes it."""
    found = made.tables[key].cells[(row, column)]
    return CellEvidence(key, row, column, found.text, found.state.value, found.value, found.location)


def judgement(made: Report) -> Judgement:
    """Findings of each severity and shape, and open items."""
    new_row = tuple(
        evidence_cell(made, "applications", "new", spec.key)
        for spec in table_spec("applications", "2019").blocks[0].columns
    )
    balance = tuple(
        evidence_cell(made, "applications", row, "total")
        for row in ("new", "carried_in", "result_total", "carried_out")
    )
    disputes = tuple(
        evidence_cell(made, "disputes", None, f"litigation_after_review.{part}")
        for part in ("upheld", "corrected", "other", "pending", "total")
    )
    finding = Finding(
        code="T3-101",
        name="applications-applicant-total",
        severity="error",
        message="“一、本年新收政府信息公开申请数量”的总计不等于各类申请人之和。",
        clause="国办公开办函〔2019〕60号附件，第三部分表格",
        hint="核对这一行各格与总计，改正写错的一格。",
        fingerprint="0123456789abcdef",
        place=Place("applications", "applications", "new", "total", Location(table=6, row=4, cell=8)),
        evidence=Evidence("12 + 3 + 0 + 0 + 0 + 0 = 15 ≠ 16", 15, 16, -1, new_row),
        suspects=(Suspect(new_row[-1], 15, "末位数字误写"),),
        related=(
            Related(
                "T3-102",
                "applications-balance",
                "一＋二不等于七＋四。",
                Place("applications", "applications", None, "total"),
                Evidence("16 + 0 = 16 ≠ 15 = 15 + 0", 16, 15, 1, balance),
            ),
        ),
    )
    return Judgement(
        findings=(
            finding._replace(
                code="F-104",
                name="missing-period",
                severity="warning",
                message="没有写明统计期限的起止日期。",
                place=Place(
                    "overview",
                    location=Location(paragraph=2),
                    excerpt="本报告所列数据的统计期限自2019年1月1日起，联系电话0839-0000000。",
                ),
                evidence=None,
                suspects=(),
                related=(),
                arguments={"text": "自2019年1月1日起"},
            ),
            finding,
            finding._replace(
                code="T3-102",
                name="applications-balance",
                message="总计列：一＋二不等于七＋四。",
                place=Place("applications", "applications", None, "total"),
                evidence=finding.related[0].evidence,
                suspects=(Suspect(balance[0], 15), Suspect(balance[2], 16)),
                related=(),
            ),
            finding._replace(
                code="T4-101",
                name="disputes-total",
                message="“复议后起诉”的总计不等于四项之和。",
                place=Place(
                    "disputes",
                    "disputes",
                    None,
                    "litigation_after_review.total",
                    Location(page=8, table=7, row=3, cell=15),
                ),
                evidence=Evidence("1 + 0 + 0 + 1 = 2 ≠ 0", 2, 0, 2, disputes),
                suspects=(Suspect(disputes[-1], 2),),
                related=(),
            ),
            finding._replace(
                code="C-101",
                name="missing-title",
                severity="info",
                message="标题写法与常例不同。",
                place=Place(location=Location(line=1)),
                evidence=None,
                suspects=(),
                related=(),
                hint="",
            ),
        ),
        open=tuple(
            OpenItem(
                "T3-103",
                "applications-result-total",
                "这一列有没能读出的格。",
                Place("applications", "applications", None, column),
            )
            for column in ("research", "natural_person", "business", "other")
        ),
    )
