"""A government's report with the figures of its office alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from linter.checks.cells import evidence_of, place_of, unknown_tables
from linter.checks.kind import Problem
from linter.checks.outcome import Evidence, Outcome, Verdict
from linter.checks.wording import joined, table_name
from linter.corpus.kind import CorpusKind, Said
from linter.report.model import StandardTable

if TYPE_CHECKING:
    from linter.corpus.filed import Filed
    from linter.corpus.model import Corpus


class Parameters(NamedTuple):
    """A table fails where the government has the figures of its office, at least `least` of which are not
    zero, while other children have figures in it, too."""

    tables: tuple[str, ...]
    least: int


def check(parameters: Parameters, corpus: Corpus) -> Iterator[Said]:
    """One verdict for each table of a government and an office whose reports are both at hand."""
    from linter.corpus.filed import by_unit, filed_in
    from linter.corpus.record import report_of

    filed = by_unit(filed_in(corpus))
    for parent in filed.values():
        units = [unit for unit in corpus.roster.children(parent.unit.name) if not unit.apart]
        offices = [unit for unit in units if unit.kind == "office"]
        if len(offices) != 1 or (office := filed.get((offices[0].name, parent.year))) is None:
            continue
        tables, of_office = report_of(parent.record).tables, report_of(office.record).tables
        at_hand = [found for unit in units if (found := filed.get((unit.name, parent.year)))]
        others = [other for other in at_hand if other is not office]
        for key in parameters.tables:
            if key in tables and key in of_office and others:
                verdict = _judged(parameters, tables[key], of_office[key], others)
                said = _named(verdict, office) if verdict.outcome is Outcome.FAIL else verdict
                yield Said(parent.unit.name, parent.year, said)


def _judged(
    parameters: Parameters, table: StandardTable, office: StandardTable, others: Sequence[Filed]
) -> Verdict:
    place = place_of(table)
    if table.layout != office.layout:
        return Verdict(Outcome.PASS, place)
    pairs = [(key, cell.value, office.cells[key].value) for key, cell in table.cells.items()]
    if any(one != other for _, one, other in pairs if one is not None and other is not None):
        return Verdict(Outcome.PASS, place)
    same = [key for key, one, other in pairs if one and other]
    with_figures = [other.unit.name for other in others if _has_figures(other, table.key)]
    if len(same) < parameters.least or not with_figures:
        return Verdict(Outcome.PASS, place)
    if any(one is None or other is None for _, one, other in pairs):
        reason = "有的格没有数字，无法确定是否与办公室的全部相同"
        return Verdict(Outcome.OPEN, place, reason=reason, reason_en="cells without a figure")
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "count": str(len(same)),
        "units": joined(with_figures),
        "units.en": joined(with_figures, "en"),
    }
    evidence = Evidence(cells=tuple(evidence_of(table, key) for key in same))
    return Verdict(Outcome.FAIL, place, arguments, evidence)


def _named(verdict: Verdict, office: Filed) -> Verdict:
    return verdict._replace(arguments={**verdict.arguments, "office": office.unit.name})


def _has_figures(filed: Filed, table: str) -> bool:
    return any(value not in (None, "0") for _, _, _, value in filed.record.cells.get(table, ()))


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables."""
    del editions
    yield from unknown_tables(parameters.tables)


KIND = CorpusKind(
    name="same_as_office",
    parameters=Parameters,
    arguments=frozenset({"table", "count", "office", "units"}),
    check=check,
    verify=verify,
)
