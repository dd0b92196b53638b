"""Children whose report is not among those at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.checks.kind import nothing_to_verify
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.wording import joined
from linter.corpus.kind import Beside, CorpusKind, Said

if TYPE_CHECKING:
    from linter.corpus.model import Corpus

_SHOWN = 8


class Parameters(NamedTuple):
    """Nothing to say: the roster says who owes a report."""


def check(parameters: Parameters, corpus: Corpus) -> Iterator[Said]:
    """One verdict for each parent and year of which the parent's report or a child's is at hand. It is open
    where none of the children's is: then they were not looked for."""
    from linter.corpus.filed import by_unit, filed_in

    del parameters
    filed = by_unit(filed_in(corpus))
    for parent in corpus.roster.units:
        for year in corpus.years:
            units = corpus.roster.children(parent.name)
            owing = [unit.name for unit in units if unit.owes(year) and not unit.apart]
            missing = [name for name in owing if (name, year) not in filed]
            nobody = len(missing) == len(owing)
            if not owing or (nobody and (parent.name, year) not in filed):
                continue
            if nobody:
                reason = f"所属 {len(owing)} 家的报告都不在这批材料中，无法核对"
                reason_en = f"the reports of none of the {len(owing)} children are at hand"
                verdict = Verdict(Outcome.OPEN, Place(), reason=reason, reason_en=reason_en)
                yield Said(parent.name, year, verdict)
            elif missing:
                yield _failed(parent.name, year, missing, len(owing))
            else:
                yield Said(parent.name, year, Verdict(Outcome.PASS))


def _failed(parent: str, year: int, missing: list[str], owing: int) -> Said:
    arguments = {
        "count": str(len(missing)),
        "owing": str(owing),
        "year": str(year),
        "units": joined(missing, most=_SHOWN),
        "units.en": joined(missing, "en", most=_SHOWN),
    }
    beside = tuple(
        Beside(f"{name}：没有 {year} 年度的报告", f"{name}: no report of {year}") for name in missing
    )
    return Said(parent, year, Verdict(Outcome.FAIL, Place(), arguments), beside)


KIND = CorpusKind(
    name="missing_children",
    parameters=Parameters,
    arguments=frozenset({"count", "owing", "year", "units"}),
    check=check,
    verify=nothing_to_verify,
)
