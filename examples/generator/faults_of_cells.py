"""Faults in the standard tables. Each function gives the faulty report and (table, row, column)."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from examples.generator.figures import APPLICANTS, FATES, ROUTES, make_tables
from examples.generator.truth import BLANK, CellKey, CellTruth, Line, TableTruth, Truth, number_cell
from linter.report.model import State

Faulty: TypeAlias = tuple[Truth, tuple[str | None, str | None, str | None]]


def _changed(truth: Truth, key: str, row: str | None, column: str, cell: CellTruth) -> Faulty:
    table = truth.tables[key].with_cells({(row, column): cell})
    return truth.with_table(table), (key, row, column)


def _other_figure(rng: random.Random, value: int) -> CellTruth:
    """A figure a clerk may write instead of `value`: never the same, never negative."""
    digits = str(value)
    slips = {value + 1, value + rng.randint(2, 9), value * 10 + rng.randint(1, 9), int(digits[::-1])}
    slips |= {value - 1} if value else set()
    return number_cell(rng.choice(sorted(slips - {value})))


def _rows(table: TableTruth) -> list[str]:
    return [row.key for row in table.blocks[0].rows]


def wrong_total(truth: Truth, rng: random.Random) -> Faulty:
    """A total of table 三 that is not the sum."""
    table = truth.tables["applications"]
    row, column = rng.choice(
        [("result_total", rng.choice((*APPLICANTS, "total"))), (rng.choice(_rows(table)), "total")]
    )
    return _changed(truth, table.key, row, column, _other_figure(rng, table.number(row, column)))


def changed_cell(truth: Truth, rng: random.Random) -> Faulty:
    """Any figure of table 三 changed."""
    table = truth.tables["applications"]
    row, column = rng.choice(_rows(table)), rng.choice((*APPLICANTS, "total"))
    return _changed(truth, table.key, row, column, _other_figure(rng, table.number(row, column)))


def wrong_dispute_total(truth: Truth, rng: random.Random) -> Faulty:
    """A figure of table 四 changed, so that its group no longer adds up."""
    table = truth.tables["disputes"]
    column = f"{rng.choice(ROUTES)}.{rng.choice((*FATES, 'total'))}"
    return _changed(truth, table.key, None, column, _other_figure(rng, table.number(None, column)))


def blank_cell(truth: Truth, rng: random.Random) -> Faulty:
    """A cell of table 三 left blank."""
    table = truth.tables["applications"]
    return _changed(truth, table.key, rng.choice(_rows(table)), rng.choice((*APPLICANTS, "total")), BLANK)


def blank_row(truth: Truth, rng: random.Random) -> Faulty:
    """A whole row of table 三 left blank."""
    table = truth.tables["applications"]
    row = rng.choice(_rows(table))
    blanks: dict[CellKey, CellTruth] = {(row, column): BLANK for column in (*APPLICANTS, "total")}
    return truth.with_table(table.with_cells(blanks)), (
        table.key,
        row,
        None,
    )


def blank_column(truth: Truth, rng: random.Random) -> Faulty:
    """A whole column of table 三 left blank."""
    table = truth.tables["applications"]
    column = rng.choice((*APPLICANTS, "total"))
    blanks: dict[CellKey, CellTruth] = {(row, column): BLANK for row in _rows(table)}
    return truth.with_table(table.with_cells(blanks)), (table.key, None, column)


def blank_block(truth: Truth, rng: random.Random) -> Faulty:
    """One of the three groups of table 四 left blank."""
    table, route = truth.tables["disputes"], rng.choice(ROUTES)
    blanks: dict[CellKey, CellTruth] = {(None, f"{route}.{f}"): BLANK for f in (*FATES, "total")}
    return truth.with_table(table.with_cells(blanks)), (table.key, None, f"{route}.total")


def placeholder(truth: Truth, rng: random.Random) -> Faulty:
    """A stroke or 无 where a nought belongs."""
    table = truth.tables["applications"]
    noughts = [key for key, cell in table.cells.items() if cell.value == 0] or list(table.cells)
    row, column = rng.choice(noughts)
    cell = CellTruth(rng.choice(("/", "-", "—", "无", "／")), State.PLACEHOLDER)
    return _changed(truth, table.key, row, column, cell)


def annotated(truth: Truth, rng: random.Random) -> Faulty:
    """A figure with a remark beside it."""
    table = truth.tables["disclosure"]
    column = "issued" if table.layout == "2021" else "made"
    value = table.number("normative_documents", column)
    note = f"（其中修订{value // 2}件）"
    cell = CellTruth(f"{value}{note}", State.NUMBER, value, note=note)
    return _changed(truth, table.key, "normative_documents", column, cell)


def text_in_cell(truth: Truth, rng: random.Random) -> Faulty:
    """Words where a figure belongs."""
    table = truth.tables["disclosure"]
    cell = CellTruth(rng.choice(("详见附件", "若干", "正在统计")), State.TEXT)
    return _changed(truth, table.key, "licensing", "decisions", cell)


def negative(truth: Truth, rng: random.Random) -> Faulty:
    """A count that is negative or has a fraction."""
    value: int | Decimal = rng.choice(
        (-rng.randint(1, 40), Decimal(rng.randint(10, 990)) / 10 + Decimal("0.05"))
    )
    return _changed(truth, "disclosure", "penalties", "decisions", number_cell(value))


def _without(table: TableTruth, gone: set[str]) -> TableTruth:
    blocks = tuple(replace(b, rows=tuple(row for row in b.rows if row.key not in gone)) for b in table.blocks)
    cells = {key: cell for key, cell in table.cells.items() if key[0] not in gone}
    return replace(table, blocks=blocks, cells=cells)


def _idle(table: TableTruth) -> list[str]:
    """Result rows with no figure but nought: leaving one out breaks no sum."""
    mandatory = {"new", "carried_in", "result_total", "carried_out"}
    rows = [row for row in _rows(table) if row not in mandatory and not table.number(row, "total")]
    return rows or ["denied.state_secret"]


def missing_row(truth: Truth, rng: random.Random) -> Faulty:
    """A result row of table 三 left out."""
    table = truth.tables["applications"]
    rows = [row for row in _idle(table) if not row.startswith("other")]
    row = rng.choice(rows or ["denied.state_secret"])
    return truth.with_table(_without(table, {row})), (table.key, row, None)


def _relabelled(table: TableTruth, key: str, label: str) -> TableTruth:
    def line(old: Line) -> Line:
        return replace(old, label=label) if old.key == key else old

    blocks = tuple(
        replace(b, rows=tuple(map(line, b.rows)), columns=tuple(map(line, b.columns))) for b in table.blocks
    )
    return replace(table, blocks=blocks)


def renamed_row(truth: Truth, rng: random.Random) -> Faulty:
    """A row label of table 三 in other words."""
    wordings = {
        "denied.enforcement_file": "7.属于执法案卷信息",
        "unavailable.not_held": "1.本机关不掌握该政府信息",
        "rejected.publication": "3.要求提供出版物",
        "denied.prohibited_by_law": "2.其他法律法规禁止公开",
        "carried_out": "四、结转下一年度继续办理",
    }
    row = rng.choice(sorted(wordings))
    return truth.with_table(_relabelled(truth.tables["applications"], row, wordings[row])), (
        "applications",
        row,
        None,
    )


def renamed_column(truth: Truth, rng: random.Random) -> Faulty:
    """A column header of table 三 in other words."""
    wordings = {"business": "企业单位", "public_interest": "公益组织", "legal_service": "法律机构"}
    column = rng.choice(sorted(wordings))
    table = _relabelled(truth.tables["applications"], column, wordings[column])
    return truth.with_table(table), ("applications", None, column)


def unsplit_other(truth: Truth, rng: random.Random) -> Faulty:
    """（六）其他处理 as a single row in a report of edition 2021."""
    table = truth.tables["applications"]
    parts = {row for row in _rows(table) if row.startswith("other.")}
    sums: dict[CellKey, CellTruth] = {
        ("other", column): number_cell(sum(table.number(row, column) for row in parts))
        for column in (*APPLICANTS, "total")
    }
    single = Line("other", "（六）其他处理", "三、本年度办理结果")
    rows: list[Line] = []
    for row in table.blocks[0].rows:
        if row.key not in parts:
            rows.append(row)
        elif single not in rows:
            rows.append(single)
    shortened = _without(table, parts)
    blocks = (replace(table.blocks[0], rows=tuple(rows)),)
    return truth.with_table(replace(shortened, blocks=blocks).with_cells(sums)), (
        table.key,
        "other",
        None,
    )


def half_empty_procurement(truth: Truth, rng: random.Random) -> Faulty:
    """Procurement projects without an amount."""
    table = truth.tables["disclosure"]
    changed: dict[CellKey, CellTruth] = {
        ("procurement", "projects"): number_cell(rng.randint(1, 30)),
        ("procurement", "amount"): number_cell(0),
    }
    return truth.with_table(table.with_cells(changed)), (table.key, "procurement", "amount")


def total_below_published(truth: Truth, rng: random.Random) -> Faulty:
    """More documents published in the year than published in all."""
    table = truth.tables["disclosure"]
    published = rng.randint(2, 30)
    changed: dict[CellKey, CellTruth] = {
        ("normative_documents", "made"): number_cell(published),
        ("normative_documents", "published"): number_cell(published),
        ("normative_documents", "total"): number_cell(rng.randint(0, published - 1)),
    }
    return truth.with_table(table.with_cells(changed)), (table.key, "normative_documents", "total")


def in_force_below_issued(truth: Truth, rng: random.Random) -> Faulty:
    """Fewer documents in force than issued in the year and not repealed."""
    table = truth.tables["disclosure"]
    issued = rng.randint(2, 30)
    changed: dict[CellKey, CellTruth] = {
        ("normative_documents", "issued"): number_cell(issued),
        ("normative_documents", "repealed"): number_cell(0),
        ("normative_documents", "in_force"): number_cell(rng.randint(0, issued - 1)),
    }
    return truth.with_table(table.with_cells(changed)), (table.key, "normative_documents", "in_force")


def edition_mismatch(truth: Truth, rng: random.Random) -> Faulty:
    """The tables of 2019 in a report for 2021 or later."""
    tables = make_tables(rng, truth.organ, "2019")
    return replace(truth, tables=tables), (None, None, None)
