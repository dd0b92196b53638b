"""Judge one report by rules: run the checks, group what has one cause, word the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from time import perf_counter

from linter.checks import identity
from linter.checks.facts import year_in_doubt
from linter.checks.grouping import Group, Judged, OpenGroup, group_failures, group_open, open_where_lost
from linter.checks.kinds import CORPUS_KINDS, KINDS
from linter.checks.outcome import (
    Finding,
    Judgement,
    OpenItem,
    Outcome,
    Place,
    Related,
    RuleError,
    Severity,
    Verdict,
)
from linter.checks.rulebook import EDITIONS, ISSUER_KINDS, Rule
from linter.document.model import Location
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS


def judge(report: Report, rules: Sequence[Rule], lang: str = "zh") -> Judgement:
    """All that `rules` say of `report`, in `lang` ("zh" or "en").

    A check that raises becomes a RuleError and is never counted against the report.
    """
    judged: list[Judged] = []
    errors: list[RuleError] = []
    counts: Counter[tuple[str, Outcome]] = Counter()
    seconds: dict[str, float] = {}
    other = year_in_doubt(report)
    for rule in rules:
        began = perf_counter()
        try:
            results = [_read_by_recognition(item, report, lang) for item in _decided(rule, report, other)]
        except Exception as error:
            errors.append(_rule_error(rule, error, lang))
            counts[rule.code, Outcome.ERROR] += 1
            continue
        finally:
            seconds[rule.name] = perf_counter() - began
        if not results:
            counts[rule.code, Outcome.NOT_APPLICABLE] += 1
        judged.extend(results)
    judged = open_where_lost(judged)
    for item in judged:
        counts[item.rule.code, item.verdict.outcome] += 1
    findings: list[tuple[Rule, Finding]] = []
    for group in group_failures(judged, lang):
        try:
            findings.append((group.lead.rule, _finding(group, lang)))
        except (KeyError, IndexError, ValueError) as error:
            errors.append(_rule_error(group.lead.rule, error, lang))
    findings.sort(key=lambda pair: (_order(pair[1].place), pair[1].code))
    return Judgement(
        findings=fingerprinted(report.issuer, report.year, [finding for _, finding in findings]),
        open=tuple(sorted((_open_item(g, lang) for g in group_open(judged)), key=_open_order)),
        errors=tuple(errors),
        outcomes=dict(counts),
        seconds=seconds,
    )


def _decided(rule: Rule, report: Report, other: int | None) -> list[Judged]:
    """The verdicts of one rule. Where title and period give different years, of which `other` is not the
    report's, what fails by the one year only follows from that contradiction, which is a finding of its
    own: it is open. So is what only some kinds of organs owe, where nothing tells whose report it is."""
    results = _run(rule, report)
    if report.issuer_kind is None and set(rule.issuer_kinds) != set(ISSUER_KINDS):
        results = [_whose(item) for item in results]
    if other is None or all(item.verdict.outcome is not Outcome.FAIL for item in results):
        return results
    from linter.report.read import edition_of_year

    edition = edition_of_year(other)
    by_other = report._replace(year=other, edition=edition, edition_by_year=edition)
    certain = {_matter(item) for item in _run(rule, by_other) if item.verdict.outcome is Outcome.FAIL}
    return [_in_doubt(item, report, other) if _matter(item) not in certain else item for item in results]


def _whose(item: Judged) -> Judged:
    if item.verdict.outcome is not Outcome.FAIL:
        return item
    opened = Verdict(
        Outcome.OPEN,
        item.verdict.place,
        reason="编制机关不知道，无法确定是否适用（可用 --issuer-kind 写明）",
        reason_en="the organ is not known, so whether this applies is open (state it with --issuer-kind)",
    )
    return Judged(item.rule, opened)


def _read_by_recognition(item: Judged, report: Report, lang: str) -> Judged:
    """The verdict, open where it fails by words that may have been misread."""
    if not report.document.recognised_pages:
        return item
    from linter.checks.recognised import opened, rests_on_recognised_words

    if not rests_on_recognised_words(item, report):
        return item
    return opened(item, report, worded(item.rule, item.verdict, lang), lang)


def _matter(item: Judged) -> tuple[str, Place]:
    return item.verdict.item, item.verdict.place


def _in_doubt(item: Judged, report: Report, other: int) -> Judged:
    if item.verdict.outcome is not Outcome.FAIL:
        return item
    opened = Verdict(
        Outcome.OPEN,
        item.verdict.place,
        reason=f"题目的年份是 {report.year}，统计期限的年份是 {other}，报告年度不能确定，无法核对",
        reason_en=f"the title gives the year {report.year}, the period {other}: which is right is open",
    )
    return Judged(item.rule, opened)


def _run(rule: Rule, report: Report) -> list[Judged]:
    """The verdicts of one rule; none where it does not apply, as one of several reports does not."""
    if rule.kind in CORPUS_KINDS:
        return []
    if report.edition is None:
        if set(rule.editions) != set(EDITIONS):
            return []
    elif report.edition not in rule.editions:
        return []
    if report.issuer_kind is not None and report.issuer_kind not in rule.issuer_kinds:
        return []
    if isinstance(rule.parameters, identity.Parameters):
        table = report.tables.get(rule.parameters.table)
        if table is not None and table.found:
            return [
                Judged(rule, identity.judge_instance(instance), instance)
                for instance in identity.instances(rule.parameters, table)
            ]
    return [Judged(rule, verdict) for verdict in KINDS[rule.kind].check(rule.parameters, report)]


def _rule_error(rule: Rule, error: Exception, lang: str) -> RuleError:
    said = f"{type(error).__name__}: {error}"
    return RuleError(rule.code, rule.name, said if lang == "en" else f"规则本身出错：{said}")


def arguments_in(arguments: Mapping[str, str], lang: str) -> dict[str, str]:
    """The message arguments in one language: in English `x.en` stands for `x`."""
    chosen = {key: value for key, value in arguments.items() if not key.endswith(".en")}
    if lang == "en":
        chosen |= {key[:-3]: value for key, value in arguments.items() if key.endswith(".en")}
    return chosen


def worded(rule: Rule, verdict: Verdict, lang: str) -> str:
    """The rule's message with the verdict's arguments put in.

    Chinese templates set a blank before what is usually a figure; before words it closes up.
    """
    template, arguments = rule.message.of(lang), arguments_in(verdict.arguments, lang)
    if lang == "zh":
        for name, value in arguments.items():
            if value and not value[0].isascii():
                template = template.replace(f" {{{name}}}", f"{{{name}}}")
    return template.format_map(arguments)


def _finding(group: Group, lang: str) -> Finding:
    rule, verdict = group.lead.rule, group.lead.verdict
    zero = verdict.outcome is Outcome.OPEN
    severity: Severity = "warning" if zero and rule.severity == "error" else rule.severity
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=_zero_message(verdict, lang) if zero else worded(rule, verdict, lang),
        clause=rule.clause.of(lang),
        hint=rule.hint.of(lang),
        fingerprint="",
        place=verdict.place,
        evidence=verdict.evidence,
        suspects=group.suspects,
        related=tuple(_related(item, lang) for item in group.related),
        arguments=arguments_in(verdict.arguments, lang) | {"item": verdict.item},
        fixes=tuple(
            dict.fromkeys(fix for item in (group.lead, *group.related) for fix in item.verdict.fixes)
        ),
    )


def _related(item: Judged, lang: str) -> Related:
    rule, verdict = item.rule, item.verdict
    open_reading = verdict.outcome is Outcome.OPEN
    message = _zero_message(verdict, lang) if open_reading else worded(rule, verdict, lang)
    return Related(rule.code, rule.name, message, verdict.place, verdict.evidence)


def _zero_message(verdict: Verdict, lang: str) -> str:
    line = verdict.arguments.get("line", "")
    if lang == "en":
        return f"{line}: {verdict.zero_reading_en}"
    return f"{verdict.arguments.get('table', '')}“{line}”：{verdict.zero_reading}"


def _open_item(group: OpenGroup, lang: str) -> OpenItem:
    reason = group.reason_en if lang == "en" else group.reason
    return OpenItem(group.rule.code, group.rule.name, reason, group.place)


def fingerprinted(issuer: str | None, year: int | None, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """A stable name for each finding: issuer, year, code and semantic place, then its occurrence."""
    if not findings:
        return ()
    from hashlib import blake2b

    seen: Counter[str] = Counter()
    result = []
    for finding in findings:
        place = finding.place
        parts = (
            issuer,
            year,
            finding.code,
            place.section,
            place.table,
            place.row,
            place.column,
            finding.arguments.get("item"),
        )
        name = blake2b(
            "|".join("" if part is None else str(part) for part in parts).encode(), digest_size=8
        ).hexdigest()
        seen[name] += 1
        suffix = f"-{seen[name]}" if seen[name] > 1 else ""
        arguments = {key: value for key, value in finding.arguments.items() if key != "item"}
        result.append(finding._replace(fingerprint=name + suffix, arguments=arguments))
    return tuple(result)


def _order(place: Place) -> tuple[int, ...]:
    rank = SECTION_KEYS.index(place.section) + 1 if place.section in SECTION_KEYS else 0
    return (rank, *_position(place.location))


def _position(location: Location) -> tuple[int, ...]:
    box = int(location.box[1]) if location.box else 0
    numbers = (location.page, location.line, location.paragraph, location.table, location.row, location.cell)
    return (numbers[0] or 0, box, *(number or 0 for number in numbers[1:]))


def _open_order(item: OpenItem) -> tuple[tuple[int, ...], str]:
    return _order(item.place), item.code
