"""Consistent figures for the three standard tables: every identity of the norm holds."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

from examples.generator.truth import (
    Block,
    CellKey,
    CellTruth,
    Line,
    Organ,
    TableEdition,
    TableTruth,
    number_cell,
)
from linter.report.norm import BlockSpec, table_spec

APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other")
FATES = ("upheld", "corrected", "other", "pending")
ROUTES = ("review", "litigation_direct", "litigation_after_review")

# Relative frequency of each way to settle an application; what is not listed is rare.
_USUAL = {
    "granted": 40,
    "partial": 8,
    "denied.third_party": 3,
    "denied.internal": 3,
    "denied.process": 3,
    "unavailable.not_held": 25,
    "unavailable.to_be_made": 3,
    "rejected.petition": 4,
    "rejected.repeat": 3,
    "other": 4,
    "other.no_correction": 3,
    "other.other": 2,
}
_APPLICANT_WEIGHTS = (86, 8, 1, 1, 2, 2)


def empty_table(key: str, layout: TableEdition) -> TableTruth:
    """The standard table `key` with the norm's labels and no cells."""
    return TableTruth(key, layout, tuple(_block(block) for block in table_spec(key, layout).blocks), {})


def _block(spec: BlockSpec) -> Block:
    return Block(
        spec.title,
        spec.corner,
        tuple(Line(column.key, column.label, column.group) for column in spec.columns),
        tuple(Line(row.key, row.label, row.group) for row in spec.rows),
    )


def make_tables(rng: random.Random, organ: Organ, layout: TableEdition) -> dict[str, TableTruth]:
    """The three tables of `organ` in the form of edition `layout`."""
    disclosure = _disclosure_2019(rng, organ) if layout == "2019" else _disclosure_2021(rng, organ)
    cells = {
        "disclosure": disclosure,
        "applications": _applications(rng, organ, layout),
        "disputes": _disputes(rng, organ),
    }
    return {key: empty_table(key, layout).with_cells(filled) for key, filled in cells.items()}


def _whole(counts: Mapping[CellKey, int]) -> dict[CellKey, CellTruth]:
    return {key: number_cell(value) for key, value in counts.items()}


def _size(rng: random.Random, organ: Organ) -> int:
    """How many applications the organ settles in a year."""
    if organ.kind == "government":
        return rng.randint(300, 2400) if organ.rank == "city" else rng.randint(15, 260)
    if organ.kind == "office":
        return rng.randint(3, 90)
    if organ.kind == "department":
        return rng.choice((0, rng.randint(1, 9), rng.randint(5, 60)))
    return rng.choice((0, 0, rng.randint(1, 6)))


def _applications(rng: random.Random, organ: Organ, layout: TableEdition) -> dict[CellKey, CellTruth]:
    rows = [row.key for row in empty_table("applications", layout).blocks[0].rows]
    results = [row for row in rows if row not in {"new", "carried_in", "result_total", "carried_out"}]
    weights = [_USUAL.get(row, 1 if rng.random() < 0.3 else 0) for row in results]
    counts: dict[CellKey, int] = {(row, applicant): 0 for row in rows for applicant in APPLICANTS}
    settled, left_over = _size(rng, organ), 0
    if settled:
        left_over = rng.choice((0, 0, rng.randint(0, max(1, settled // 12))))
    settlements = rng.choices(results, weights, k=settled)
    for row, applicant in zip(
        settlements, rng.choices(APPLICANTS, _APPLICANT_WEIGHTS, k=settled), strict=True
    ):
        counts[row, applicant] += 1
    for applicant in rng.choices(APPLICANTS, _APPLICANT_WEIGHTS, k=left_over):
        counts["carried_out", applicant] += 1
    for applicant in APPLICANTS:
        total = sum(counts[row, applicant] for row in results)
        handled = total + counts["carried_out", applicant]
        carried_in = rng.choice((0, 0, rng.randint(0, handled // 10 + (handled > 0))))
        counts["result_total", applicant] = total
        counts["carried_in", applicant] = carried_in
        counts["new", applicant] = handled - carried_in
    sums: dict[CellKey, int] = {
        (row, "total"): sum(counts[row, applicant] for applicant in APPLICANTS) for row in rows
    }
    return _whole({**counts, **sums})


def _disputes(rng: random.Random, organ: Organ) -> dict[CellKey, CellTruth]:
    counts: dict[CellKey, int] = {}
    busy = organ.kind in {"government", "office"} or rng.random() < 0.25
    top = 14 if organ.rank == "city" else 3
    for route in ROUTES:
        fates = {fate: rng.choice((0, rng.randint(0, top))) if busy else 0 for fate in FATES}
        counts |= {(None, f"{route}.{fate}"): count for fate, count in fates.items()}
        counts[None, f"{route}.total"] = sum(fates.values())
    return _whole(counts)


def _documents(rng: random.Random, organ: Organ) -> int:
    if organ.kind in {"government", "office"}:
        return rng.randint(1, 24)
    return rng.choice((0, 0, rng.randint(1, 5))) if organ.kind != "other" else 0


def _decisions(rng: random.Random, organ: Organ) -> tuple[int, int, int]:
    """Licences, penalties and coercive measures decided in the year."""
    if organ.kind == "government":
        return rng.randint(800, 98000), rng.randint(60, 12000), rng.randint(0, 900)
    if organ.kind == "department":
        return (
            rng.choice((0, rng.randint(10, 4200))),
            rng.randint(0, 640),
            rng.choice((0, rng.randint(0, 35))),
        )
    return rng.choice((0, rng.randint(0, 120))), 0, 0


def _regulations(rng: random.Random, organ: Organ) -> int:
    makes_them = organ.kind == "government" and organ.rank == "city"
    return rng.randint(0, 4) if makes_them else 0


def _disclosure_2021(rng: random.Random, organ: Organ) -> dict[CellKey, CellTruth]:
    counts: dict[CellKey, int] = {}
    for row, issued in (
        ("regulations", _regulations(rng, organ)),
        ("normative_documents", _documents(rng, organ)),
    ):
        repealed = rng.choice((0, rng.randint(0, 3))) if issued else 0
        older = rng.randint(0, 60) if issued else 0
        counts[row, "issued"], counts[row, "repealed"] = issued, repealed
        counts[row, "in_force"] = issued + older
    for row, decided in zip(("licensing", "penalties", "coercion"), _decisions(rng, organ), strict=True):
        counts[row, "decisions"] = decided
    charges = organ.kind in {"government", "department"} and rng.random() < 0.7
    amount = Decimal(rng.randint(1, 2000000)) / 100 if charges else Decimal(0)
    fees = number_cell(amount, f"{amount:.2f}".rstrip("0").rstrip(".")) if amount else number_cell(0)
    if fees.value is not None and "." not in fees.text:
        fees = number_cell(int(fees.value))
    return {**_whole(counts), ("fees", "amount"): fees}


def _signed(value: int, style: str) -> CellTruth:
    return number_cell(value, f"{style}{value}" if value > 0 else None)


def _disclosure_2019(rng: random.Random, organ: Organ) -> dict[CellKey, CellTruth]:
    cells: dict[CellKey, CellTruth] = {}
    for row, made in (
        ("regulations", _regulations(rng, organ)),
        ("normative_documents", _documents(rng, organ)),
    ):
        published = made - (rng.randint(0, made // 5) if made else 0)
        total = published + (rng.randint(1, 90) if made else 0)
        cells |= _whole({(row, "made"): made, (row, "published"): published, (row, "total"): total})
    licences, penalties, coercion = _decisions(rng, organ)
    plus = rng.choice(("+", "", "+ ", "＋"))
    other = rng.choice((0, rng.randint(1, 300)))
    for row, decided in (
        ("licensing", licences),
        ("other_services", other),
        ("penalties", penalties),
        ("coercion", coercion),
    ):
        projects = rng.randint(3, 420) if decided else 0
        change = rng.choice((0, rng.randint(-projects // 4, 30))) if decided else 0
        cells[row, "last_year"], cells[row, "decisions"] = number_cell(projects), number_cell(decided)
        cells[row, "change"] = _signed(change, plus)
    charged = rng.randint(1, 40) if organ.kind in {"government", "department"} and rng.random() < 0.7 else 0
    cells["fees", "last_year"] = number_cell(charged)
    cells["fees", "change"] = _signed(rng.randint(-min(charged, 3), 3) if charged else 0, plus)
    return cells | _procurement(rng)


def _procurement(rng: random.Random) -> dict[CellKey, CellTruth]:
    if rng.random() < 0.4:
        return _whole({("procurement", "projects"): 0, ("procurement", "amount"): 0})
    cents = rng.randint(100, 900000)
    amount, unit = (Decimal(cents) / 100, "万元") if rng.random() < 0.8 else (Decimal(cents * 100), "元")
    figure = f"{amount:.2f}" if unit == "万元" else str(int(amount))
    value: int | Decimal = Decimal(figure) if "." in figure else int(figure)
    text = f"{figure}{rng.choice(('', ' '))}{unit}"
    return {
        ("procurement", "projects"): number_cell(rng.randint(1, 60)),
        ("procurement", "amount"): number_cell(value, text, unit),
    }
