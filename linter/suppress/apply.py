"""Findings set aside where somebody says so with a reason; what came of each such wish is judged in turn.

A wish without a reason, past its day, not understood, without anything to set aside, or against a
mandatory rule changes nothing and is a finding of its own (the rules of the kind `suppression`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from linter.checks.engine import judge
from linter.checks.outcome import Finding, Judgement, OpenItem, Place, Related, Suppressed
from linter.checks.rulebook import Rule, exactness
from linter.document.model import Location, Paragraph
from linter.report.model import Report, SuppressionState, SuppressionStatus
from linter.suppress.model import PlacePattern, Suppression
from linter.suppress.remarks import suppression_of

KIND = "suppression"


class _Where(NamedTuple):
    """What is needed to tell places: the first line of each paragraph → its last, and the place of each
    heading → the key of its section."""

    lines: Mapping[int, int]
    sections: Mapping[Location, str]


def set_aside(
    report: Report,
    judgement: Judgement,
    rules: Sequence[Rule],
    suppressions: Iterable[Suppression],
    today: dt.date,
    *,
    lang: str = "zh",
) -> Judgement:
    """The judgement with findings set aside by `suppressions` and by the remarks in the report.

    `rules` are those of the run; what speaks of a rule that is not among them is left alone.
    """
    remarks = (suppression_of(one, lang) for one in report.document.remarks)
    wishes = [part for wish in (*suppressions, *remarks) for part in _parts(wish, today)]
    if not wishes:
        return judgement
    known = {rule.code: rule for rule in rules}
    where = _where(report)
    kept: list[Finding] = []
    aside: list[Suppressed] = []
    states: dict[int, SuppressionStatus] = {index: _flaw(wish, today) for index, wish in enumerate(wishes)}
    for finding in judgement.findings:
        by = None
        for index, wish in enumerate(wishes):
            if states[index] in ("unreasoned", "expired", "unknown") or not _meant(
                wish, finding, known, where
            ):
                continue
            if _is_mandatory(finding, known):
                states[index] = "mandatory"
            else:
                states[index] = states[index] if states[index] == "mandatory" else "used"
                by = by or wish
        if by is None:
            kept.append(finding)
        else:
            aside.append(Suppressed(finding, by.reason, by.kind, by.where))
    for index, wish in enumerate(wishes):
        if states[index] == "unused" and not _is_of_a_rule(wish, rules):
            states[index] = "unknown"
        if states[index] == "unused" and (not wish.certain or _may_be_needed(wish, judgement, known, where)):
            states[index] = "used"
    stated = tuple(_state(wish, states[index]) for index, wish in enumerate(wishes))
    return _with_own_findings(
        judgement._replace(
            findings=tuple(kept),
            suppressed=(*judgement.suppressed, *aside),
            until=min((wish.until for wish in wishes if wish.until and wish.until >= today), default=None),
        ),
        report._replace(suppressions=stated),
        [rule for rule in rules if rule.kind == KIND],
        lang,
    )


def _with_own_findings(judgement: Judgement, report: Report, rules: Sequence[Rule], lang: str) -> Judgement:
    """The judgement with what the rules about suppressions say."""
    said = judge(report, rules, lang)
    codes = {rule.code for rule in rules}
    before = {key: count for key, count in judgement.outcomes.items() if key[0] not in codes}
    return judgement._replace(
        findings=(*judgement.findings, *said.findings),
        errors=(*judgement.errors, *said.errors),
        outcomes={**before, **said.outcomes},
        seconds={**judgement.seconds, **said.seconds},
    )


def _parts(wish: Suppression, today: dt.date) -> list[Suppression]:
    """A wish about several rules as one for each, as one may be of use and another not; what is wrong with
    the wish as a whole is said once."""
    if _flaw(wish, today) != "unused":
        return [wish]
    return [wish._replace(rules=(name,)) for name in wish.rules]


def _flaw(wish: Suppression, today: dt.date) -> SuppressionStatus:
    """What is wrong with a wish as it stands; "unused" where nothing is."""
    if wish.fault:
        return "unknown"
    if not wish.reason:
        return "unreasoned"
    return "expired" if wish.until is not None and wish.until < today else "unused"


def _is_of_a_rule(wish: Suppression, rules: Sequence[Rule]) -> bool:
    """Whether there are rules of these names, if not in this run."""
    if all(any(exactness(rule, name) for rule in rules) for name in wish.rules):
        return True
    from linter.checks.profile import every_rule, shipped_profiles

    known = (*rules, *every_rule(shipped_profiles()).rules)
    return wish.kind == "config" or all(any(exactness(rule, name) for rule in known) for name in wish.rules)


def _state(wish: Suppression, status: SuppressionStatus) -> SuppressionState:
    return SuppressionState(
        status=status,
        rule="、".join(wish.rules) or wish.fault,
        where="" if wish.kind == "inline" else wish.where,
        until=wish.until.isoformat() if wish.until else "",
        location=wish.location or Location(),
    )


def _is_mandatory(finding: Finding, known: Mapping[str, Rule]) -> bool:
    """Whether a finding, or what has the same cause, is of a rule that nobody may silence."""
    codes = [finding.code, *(related.code for related in finding.related)]
    return any(known[code].mandatory for code in codes if code in known)


def _meant(
    wish: Suppression, said: Finding | OpenItem | Related, known: Mapping[str, Rule], where: _Where
) -> bool:
    rule = known.get(said.code)
    if rule is None or rule.kind == KIND or not any(exactness(rule, name) for name in wish.rules):
        return False
    if wish.place is not None and not _fits(wish.place, said.place):
        return False
    if wish.target is None or _is_of_section(wish.target, said.place, where.sections):
        return True
    evidence = None if isinstance(said, OpenItem) else said.evidence
    places = [said.place.location, *(cell.location for cell in (evidence.cells if evidence else ()))]
    return any(_stands_at(wish.target, place, where.lines) for place in places)


def _may_be_needed(wish: Suppression, judgement: Judgement, known: Mapping[str, Rule], where: _Where) -> bool:
    """Whether a wish that set nothing aside still has its sense: its rules were not judged in this run,
    or are undecided there, or their finding is listed under another with the same cause."""
    if not any(exactness(rule, name) for rule in known.values() for name in wish.rules):
        return True
    others: list[OpenItem | Related] = [*judgement.open]
    others += [one for finding in judgement.findings for one in finding.related]
    return any(_meant(wish, said, known, where) for said in others)


def _fits(pattern: PlacePattern, place: Place) -> bool:
    section = place.section or place.table
    return (
        pattern.section in (None, section)
        and pattern.table in (None, place.table)
        and all(
            wanted is None or fnmatchcase(found or "", wanted)
            for wanted, found in ((pattern.row, place.row), (pattern.column, place.column))
        )
    )


def _stands_at(target: Location, place: Location, lines: Mapping[int, int]) -> bool:
    """Whether `place` is in the paragraph, cell or table at `target`."""
    if target.table is not None:
        cells = ((target.row, place.row), (target.cell, place.cell))
        return target.table == place.table and all(wanted in (None, found) for wanted, found in cells)
    if place.table is not None:
        return False
    if target.paragraph is not None:
        return target.paragraph == place.paragraph
    if target.line is None or place.line is None:
        return False
    return target.line <= place.line <= lines.get(target.line, target.line)


def _is_of_section(target: Location, place: Place, sections: Mapping[Location, str]) -> bool:
    """Whether `target` is the heading of the section in which `place` is: a remark there speaks of all of
    the section but its table."""
    return place.table is None and place.section is not None and sections.get(target) == place.section


def _where(report: Report) -> _Where:
    lines = {
        block.location.line: max((line.location.line or 0 for line in block.lines), default=0)
        for block in report.document.blocks
        if isinstance(block, Paragraph) and block.location.line is not None
    }
    return _Where(lines, {one.location: one.key for one in report.sections if one.key})
