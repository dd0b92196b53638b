"""A report that names itself as another organ of the roster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.checks.kind import nothing_to_verify
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.self_reference import names_of_itself
from linter.corpus.kind import CorpusKind, Said

if TYPE_CHECKING:
    from linter.corpus.filed import Filed
    from linter.corpus.model import Corpus
    from linter.corpus.roster import Roster, Unit


class Parameters(NamedTuple):
    """`known_by`: names of rules of one report that find the same; a report in which one of them failed is
    not judged again."""

    known_by: tuple[str, ...] = ()


def check(parameters: Parameters, corpus: Corpus) -> Iterator[Said]:
    """One verdict for each report that names its author. What the roster knows as another organ is one,
    however much its name is like the report's own; the organ's other names, and those above it, are not."""
    from linter.corpus.filed import filed_in

    for filed in filed_in(corpus):
        if any(finding["name"] in parameters.known_by for finding in filed.record.findings):
            continue
        if (verdict := _judged(filed, corpus.roster)) is not None:
            yield Said(filed.unit.name, filed.year, verdict)


def _judged(filed: Filed, roster: Roster) -> Verdict | None:
    from linter.corpus.record import report_of

    named = list(names_of_itself(report_of(filed.record)))
    for name, place in named:
        units = roster.by_any_name.get(name, ())
        if units and not any(_of_one_line(unit, filed.unit, roster) for unit in units):
            arguments = {"found": name, "right": filed.unit.name}
            at = Place(place.section, excerpt=place.excerpt)
            return Verdict(Outcome.FAIL, at, arguments, item=name)
    return Verdict(Outcome.PASS) if named else None


def _of_one_line(one: Unit, own: Unit, roster: Roster) -> bool:
    """Whether it is the organ itself, one above or below it, or the office of one above it."""
    above = {*_above(own, roster), own.name}
    if one.name in above or own.name in _above(one, roster):
        return True
    return one.kind == "office" and one.parent in above


def _above(unit: Unit, roster: Roster) -> set[str]:
    found: set[str] = set()
    while unit.parent and unit.parent not in found and unit.parent in roster.by_name:
        found.add(unit.parent)
        unit = roster.by_name[unit.parent]
    return found


KIND = CorpusKind(
    name="other_unit_named",
    parameters=Parameters,
    arguments=frozenset({"found", "right"}),
    check=check,
    verify=nothing_to_verify,
)
