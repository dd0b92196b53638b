"""A parent's figures against those of its children.

A child whose report is not at hand may have any figures, as may a cell without one: a relation fails only
where nothing unknown could satisfy it. So the sum of the known children can prove that the parent's figure
is too small with any coverage, and that it is too large only where every child is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from linter.checks.cells import CellKey, evidence_of, matching, place_of, spec_of, unknown_lines
from linter.checks.kind import Problem
from linter.checks.outcome import Evidence, Number, Outcome, Verdict
from linter.checks.relation import Bound, broken, interval, size
from linter.checks.texts import bad_expression, pattern
from linter.checks.wording import cell_name, joined, number_text, table_name
from linter.corpus.kind import Beside, CorpusKind, Said
from linter.report.model import Report, StandardTable, TableCell

if TYPE_CHECKING:
    from linter.corpus.filed import Filed
    from linter.corpus.model import Corpus
    from linter.corpus.roster import Unit

_BROKEN = {"=": "≠", "<=": ">", ">=": "<"}
_SHOWN = 8


class Cells(NamedTuple):
    """The cells of a table that are summed: `row/column`, either with * for all."""

    table: str
    cells: tuple[str, ...]


class Parameters(NamedTuple):
    """`relation` is that of the parent's figure to the sum of its children's.

    The figures are only comparable where the parent's are those of its whole region. The roster may say so;
    else `whole` and `own` are expressions by which a report says that they are, or are not. Children that
    the roster keeps apart do not count, nor do those of kind "other"; of those whose name fits `doubtful`
    nothing tells whether they do. `own_by` are the kinds of children one of which must be there for the
    parent's own figures to be among its children's (the office that handles what the government itself
    receives).
    """

    relation: Literal["<=", ">="]
    sums: tuple[Cells, ...]
    whole: tuple[str, ...]
    own: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    own_by: tuple[str, ...] = ()


class _Family(NamedTuple):
    """A parent with its children: those at hand, and the names of those that are not or are in doubt."""

    parent: Filed
    children: Mapping[str, Report]
    missing: tuple[str, ...]
    doubtful: tuple[str, ...]
    own_missing: bool


class _Sum(NamedTuple):
    """One cell of the parent beside the same of each child."""

    key: CellKey
    table: StandardTable
    terms: tuple[tuple[str, StandardTable | None, TableCell | None], ...]
    low: Bound
    high: Bound

    def known(self) -> list[tuple[str, Number]]:
        """The children's figures that are known."""
        return [(name, cell.value) for name, _, cell in self.terms if cell and cell.value is not None]


def check(parameters: Parameters, corpus: Corpus) -> Iterator[Said]:
    """One verdict for each table of each parent whose report is at hand with one of a child at least."""
    from linter.corpus.filed import by_unit, filed_in
    from linter.corpus.record import report_of
    from linter.corpus.scope import covers_region

    filed = by_unit(filed_in(corpus))
    for parent in filed.values():
        units = [unit for unit in corpus.roster.children(parent.unit.name) if _counts(unit, parent.year)]
        family = _family(parameters, parent, units, filed)
        if not family.children:
            continue
        report = report_of(parent.record)
        region = parent.unit.whole
        if region is None:
            region = covers_region(report, parameters.whole, parameters.own)
        if region is False:
            continue
        for sums in parameters.sums:
            table = report.tables.get(sums.table)
            if table is not None:
                said = _judged(parameters, family, list(_sums(sums, table, family)), table)
                yield said if region or said.verdict.outcome is not Outcome.FAIL else _unstated(said)


def _counts(unit: Unit, year: int) -> bool:
    return unit.owes(year) and not unit.apart and unit.kind != "other"


def _family(
    parameters: Parameters, parent: Filed, units: Sequence[Unit], filed: Mapping[tuple[str, int], Filed]
) -> _Family:
    from linter.corpus.record import report_of

    doubtful = [unit for unit in units if any(pattern(e).search(unit.name) for e in parameters.doubtful)]
    certain = [unit for unit in units if unit not in doubtful]
    there = {unit.name: found for unit in certain if (found := filed.get((unit.name, parent.year)))}
    return _Family(
        parent,
        {name: report_of(found.record) for name, found in there.items()},
        tuple(unit.name for unit in certain if unit.name not in there),
        tuple(unit.name for unit in doubtful),
        bool(parameters.own_by) and not any(unit.kind in parameters.own_by for unit in certain),
    )


def _sums(sums: Cells, table: StandardTable, family: _Family) -> Iterator[_Sum]:
    tables = {name: report.tables.get(table.key) for name, report in family.children.items()}
    for key in table.cells:
        if not any(_fits(each, key) for each in sums.cells):
            continue
        terms = []
        low, high = interval(table.cells[key], key)
        for name, of_child in tables.items():
            cell = of_child.cells.get(key) if of_child and of_child.layout == table.layout else None
            terms.append((name, of_child, cell))
            first, last = interval(cell, key) if cell else (0, None)
            low, high = _minus(low, last), _minus(high, first)
        if family.missing or family.doubtful or family.own_missing:
            low = None
        yield _Sum(key, table, tuple(terms), low, high)


def _fits(cells: str, key: CellKey) -> bool:
    row, column = cells.split("/")
    return bool(matching([column], [key[1]])) and (key[0] is None or bool(matching([row], [key[0]])))


def _minus(bound: Bound, other: Bound) -> Bound:
    return None if bound is None or other is None else bound - other


def _judged(parameters: Parameters, family: _Family, sums: Sequence[_Sum], table: StandardTable) -> Said:
    unit, year = family.parent.unit.name, family.parent.year
    wrong = [each for each in sums if broken(parameters.relation, each.low, each.high)]
    if wrong:
        # The total says most: what the applicants' columns lack follows.
        lead = next((each for each in wrong if each.key[1].endswith("total")), wrong[0])
        rest = tuple(_beside(parameters, each) for each in wrong if each is not lead)
        return Said(unit, year, _failed(parameters, family, lead, len(wrong)), rest)
    bounds = [each.high if parameters.relation == "<=" else each.low for each in sums]
    settled = all(
        bound is not None and (bound <= 0 if parameters.relation == "<=" else bound >= 0) for bound in bounds
    )
    if settled:
        return Said(unit, year, Verdict(Outcome.PASS, place_of(table)))
    reason, reason_en = _reason(family)
    return Said(unit, year, Verdict(Outcome.OPEN, place_of(table), reason=reason, reason_en=reason_en))


def _reason(family: _Family) -> tuple[str, str]:
    at_hand, all_of_them = len(family.children), len(family.children) + len(family.missing)
    zh = [f"所属 {all_of_them} 家中有 {at_hand} 家的报告在手"]
    en = [f"{at_hand} of {all_of_them} children at hand"]
    if family.missing:
        zh.append(f"缺{joined(family.missing)}")
        en.append(f"missing: {joined(family.missing, 'en')}")
    if family.doubtful:
        zh.append(f"{joined(family.doubtful)}是否计入不能确定（名录中可标明“不汇总”）")
        en.append(f"whether {joined(family.doubtful, 'en')} count is not known (say so in the roster)")
    if family.own_missing:
        zh.append("名录中没有政府办公室，政府自己收到的申请不在所属各家之中")
        en.append("the roster has no office of the government, whose own figures no child has")
    if not (family.missing or family.doubtful or family.own_missing):
        zh.append("有的格没有数字")
        en.append("cells without a figure")
    return "；".join(zh) + "，无法核对", "; ".join(en) + ": cannot be checked"


def _unstated(said: Said) -> Said:
    """The failure, open where the parent does not say that its figures are those of the region."""
    shown = said.verdict.arguments["formula"]
    reason = (
        f"{shown}（所属各家之和）；报告没有写明数字是否包括整个行政区域，请核对（名录可在“汇总所属”一列写明）"
    )
    reason_en = (
        f"{shown}; the report does not say whether its figures are those of the whole region (the roster may)"
    )
    verdict = Verdict(Outcome.OPEN, said.verdict.place, reason=reason, reason_en=reason_en)
    return Said(said.unit, said.year, verdict)


def _failed(parameters: Parameters, family: _Family, lead: _Sum, count: int) -> Verdict:
    table, at_hand = lead.table, len(family.children)
    spec, every = spec_of(table), at_hand + len(family.missing)
    known = [(name, value) for name, value in lead.known() if value]
    known.sort(key=lambda one: (-one[1], one[0]))
    shown = [f"{name} {number_text(value)}" for name, value in known]
    parent = table.cells[lead.key].value
    total = sum((value for _, value in known), start=0)
    single = known[0] if known and parent is not None and known[0][1] > parent else None
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "cell": cell_name(spec, *lead.key),
        "parent": number_text(parent),
        "children": number_text(total),
        "difference": number_text(size((parent or 0) - total)),
        "formula": _formula(parameters, lead),
        "units": joined(shown, most=_SHOWN),
        "units.en": joined(shown, "en", most=_SHOWN),
        "coverage": f"{every} 家中 {at_hand} 家的报告在手",
        "coverage.en": f"{at_hand} of {every} children at hand",
        "single": f"，仅{single[0]}一家就有 {number_text(single[1])}" if single else "",
        "single.en": f"; {single[0]} alone has {number_text(single[1])}" if single else "",
        "count": str(count),
    }
    evidence = _evidence(parameters, lead)
    # One finding for the table, by whatever cell it is led, so that its fingerprint stays.
    place = place_of(table)._replace(excerpt=table.cells[lead.key].text or None)
    return Verdict(Outcome.FAIL, place, arguments, evidence)


def _evidence(parameters: Parameters, one: _Sum) -> Evidence:
    left: Number = one.table.cells[one.key].value or 0
    right: Number = sum((value for _, value in one.known()), start=0)
    cells = [evidence_of(one.table, one.key)]
    cells += [
        evidence_of(of_child, one.key)._replace(unit=name)
        for name, of_child, cell in one.terms
        if of_child and cell and (cell.value or cell.value is None)
    ]
    return Evidence(_formula(parameters, one), left, right, left - right, tuple(cells))


def _formula(parameters: Parameters, one: _Sum) -> str:
    values = [value for _, value in one.known() if value]
    total = number_text(sum(values, start=0))
    unknown = len(one.known()) < len(one.terms)
    parts = " + ".join(map(number_text, values[:_SHOWN])) + (" + …" if len(values) > _SHOWN else "")
    summed = f"{parts} {'≥' if unknown else '='} {total}" if len(values) > 1 else total
    return f"{number_text(one.table.cells[one.key].value)} {_BROKEN[parameters.relation]} {summed}"


def _beside(parameters: Parameters, one: _Sum) -> Beside:
    name = cell_name(spec_of(one.table), *one.key)
    said = f"{name}：{_formula(parameters, one)}"
    return Beside(said, said, place_of(one.table, *one.key), _evidence(parameters, one))


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, rows and columns; expressions that are none."""
    for index, sums in enumerate(parameters.sums):
        for at, cells in enumerate(sums.cells):
            if cells.count("/") != 1:
                yield ("sums", index, "cells", at), f"“{cells}”应写作 行/列"
                continue
            row, column = cells.split("/")
            for name, reason in unknown_lines(sums.table, editions, [] if row == "*" else [row], [column]):
                keys: tuple[str | int, ...] = ("table",) if name == sums.table else ("cells", at)
                yield ("sums", index, *keys), reason
    for key in ("whole", "own", "doubtful"):
        for at, expression in enumerate(getattr(parameters, key)):
            if fault := bad_expression(expression):
                yield (key, at), fault


KIND = CorpusKind(
    name="rollup",
    parameters=Parameters,
    arguments=frozenset(
        {
            "table",
            "cell",
            "parent",
            "children",
            "difference",
            "formula",
            "units",
            "coverage",
            "single",
            "count",
        }
    ),
    nested={"sums": Cells},
    check=check,
    verify=verify,
)
