"""One cause, one finding: which verdicts are shown together, and under which of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linter.checks.determined import with_determined
from linter.checks.outcome import Outcome, Place, Suspect, Verdict
from linter.checks.proof import open_reason
from linter.checks.relation import Instance
from linter.checks.rulebook import Rule


class Judged(NamedTuple):
    """A verdict with its rule; `instance` is the identity it judges, if it is one."""

    rule: Rule
    verdict: Verdict
    instance: Instance | None = None


class Group:
    """Verdicts of one cause: the one that leads, what follows from it, and the suspected cells."""

    def __init__(
        self, lead: Judged, related: Sequence[Judged] = (), suspects: tuple[Suspect, ...] = ()
    ) -> None:
        self.lead = lead
        self.related = list(related)
        self.suspects = suspects


class OpenGroup(NamedTuple):
    """What one rule leaves open for one reason."""

    rule: Rule
    place: Place
    reason: str
    reason_en: str


def group_failures(judged: Sequence[Judged], lang: str = "zh") -> list[Group]:
    """The failures by cause: identities by suspects, parts under the missing whole, and readings of
    blanks as zero under the finding that names the blank."""
    failures = [item for item in judged if item.verdict.outcome is Outcome.FAIL]
    groups = _arithmetic(judged, lang)
    grouped = {id(item) for group in groups for item in (group.lead, *group.related)}
    groups.extend(Group(item) for item in failures if id(item) not in grouped)
    groups = _under_causes(_under_absences(groups))
    _add_zero_readings(groups, with_determined(judged))
    return groups


def _arithmetic(judged: Sequence[Judged], lang: str) -> list[Group]:
    """Failed equalities of one table, grouped by the cells that explain them."""
    tables: dict[str, list[tuple[Judged, Instance]]] = {}
    for item in judged:
        if item.instance is not None and item.instance.relation == "=":
            tables.setdefault(item.instance.table.key, []).append((item, item.instance))
    groups = []
    for members in tables.values():
        if all(item.verdict.outcome is not Outcome.FAIL for item, _ in members):
            continue
        from linter.checks.suspects import explain

        table = members[0][1].table
        for explanation in explain(table, [instance for _, instance in members], lang):
            items = sorted(
                (members[index] for index in explanation.failed), key=lambda pair: len(pair[1].terms)
            )
            groups.append(Group(items[0][0], [item for item, _ in items[1:]], explanation.suspects))
    return groups


def _inside(place: Place, whole: Place) -> bool:
    """Whether `place` lies in the part that `whole` names, or is that part."""
    if whole.section is None and whole.table is None:
        return False
    if whole.table is not None and place.table != whole.table:
        return False
    if whole.table is None and place.section != whole.section:
        return False
    if whole.row is not None and place.row != whole.row:
        return False
    return whole.column is None or place.column == whole.column


def _under_absences(groups: list[Group]) -> list[Group]:
    """What fails inside a missing part follows from its absence."""
    absences = [group for group in groups if group.lead.verdict.absence]
    absences.sort(key=lambda group: _depth(group.lead.verdict.place))
    absorbed: set[int] = set()
    for whole in absences:
        if id(whole) in absorbed:
            continue
        for group in groups:
            if group is whole or id(group) in absorbed:
                continue
            if _follows(group.lead.verdict, whole.lead.verdict.place):
                whole.related.extend((group.lead, *group.related))
                absorbed.add(id(group))
    return [group for group in groups if id(group) not in absorbed]


def _under_causes(groups: list[Group]) -> list[Group]:
    """What follows from a failure that stands elsewhere is shown under that failure."""
    hosts = {cause: group for group in reversed(groups) if (cause := group.lead.verdict.causes)}
    free = []
    for group in groups:
        host = hosts.get(group.lead.verdict.because)
        if host is None:
            free.append(group)
        else:
            host.related.extend((group.lead, *group.related))
    return free


def _follows(verdict: Verdict, whole: Place) -> bool:
    """Whether a failure at a missing place follows from its absence. What stands in a table that is
    there although its section heading is not does not follow."""
    if not _inside(verdict.place, whole):
        return False
    return whole.table is not None or verdict.place.table is None or verdict.absence


def open_where_lost(judged: Sequence[Judged]) -> list[Judged]:
    """Failures that follow from a part which may only have been lost are open for the same reason."""
    lost = [i.verdict for i in judged if i.verdict.absence and i.verdict.outcome is Outcome.OPEN]
    if not lost:
        return list(judged)
    result = []
    for item in judged:
        cause = next((v for v in lost if _follows(item.verdict, v.place)), None)
        if item.verdict.outcome is Outcome.FAIL and cause is not None and item.instance is None:
            opened = Verdict(Outcome.OPEN, item.verdict.place, reason=cause.reason, reason_en=cause.reason_en)
            result.append(Judged(item.rule, opened))
        else:
            result.append(item)
    return result


def _depth(place: Place) -> int:
    return sum(key is not None for key in (place.table, place.row, place.column))


def _add_zero_readings(groups: list[Group], judged: Sequence[Judged]) -> None:
    """An open identity that would not hold with its blanks as zero is shown under the finding that
    names one of its blanks; where there is none, as a warning of its own."""
    blanks: dict[tuple[str, str | None, str], Group] = {}
    for group in groups:
        evidence = group.lead.verdict.evidence
        if evidence is None or group.lead.instance is not None:
            continue
        for cell in evidence.cells:
            if cell.value is None and cell.year is None:
                blanks.setdefault((cell.table, cell.row, cell.column), group)
    for item in judged:
        verdict = item.verdict
        if verdict.outcome is not Outcome.OPEN or not verdict.zero_reading or verdict.evidence is None:
            continue
        unknown = [(c.table, c.row, c.column) for c in verdict.evidence.cells if c.value is None]
        host = next((blanks[key] for key in unknown if key in blanks), None)
        if host is not None:
            host.related.append(item)
        else:
            groups.append(Group(item))


def group_open(judged: Iterable[Judged]) -> list[OpenGroup]:
    """What stayed open: the identities of one rule in one table come as one item."""
    tables: dict[tuple[str, str], list[Judged]] = {}
    single: dict[tuple[str, Place, str], OpenGroup] = {}
    for item in judged:
        verdict = item.verdict
        if verdict.outcome is not Outcome.OPEN:
            continue
        if item.instance is not None:
            tables.setdefault((item.rule.code, item.instance.table.key), []).append(item)
        else:
            key = (item.rule.code, verdict.place, verdict.reason)
            single[key] = OpenGroup(item.rule, verdict.place, verdict.reason, verdict.reason_en)
    return [*single.values(), *(_open_table(items) for items in tables.values())]


def _open_table(items: list[Judged]) -> OpenGroup:
    first = items[0]
    instances = [item.instance for item in items if item.instance is not None]
    reason, reason_en = open_reason(instances)
    place = first.verdict.place
    if len(instances) > 1:
        place = Place(place.section, place.table, location=instances[0].unknown()[0].cell.location)
    return OpenGroup(first.rule, place, reason, reason_en)
