"""SARIF 2.1.0, which code scanning and editors show.

The kinds are those of design.md §4: fail and open a result for each place, pass and notApplicable one for
each rule and report. Where the file has no lines, the place stands in logical locations, in words and keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from linter import __version__
from linter.checks.outcome import Finding, Judgement, OpenItem, Outcome, Place, Suppressed
from linter.exits import CLEAN, FINDINGS
from linter.render.address import from_here, uri
from linter.render.check_json import array, dump, finding_object
from linter.render.entry import Entry, Settings, exit_code_of, ranked
from linter.render.place import place_words, position_words
from linter.render.rule_titles import rules_by_code, texts_by_code, titled
from linter.render.words import words
from linter.report.model import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "gongkaiFinding/v1"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_KINDS = {"config": "external", "inline": "inSource", "comment": "inSource"}
_ROOT = "%SRCROOT%"

Object = dict[str, Any]


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """The rules that the results name, on one line: code → name, "" where no result tells it; then a
    result a line."""
    results = list(_results(report, judgement, settings))
    rules = dict.fromkeys(sorted({result["ruleId"] for result in results}), "")
    rules.update(
        {result["ruleId"]: result["properties"]["name"] for result in results if "properties" in result}
    )
    return "\n".join(dump(line) for line in (rules, *results))


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """The log around the results."""
    read = list(entries)
    rules = {error.code: error.name for entry in read for error in entry.errors}
    for entry in read:
        if not entry.reason:
            named = json.loads(entry.body.partition("\n")[0])
            rules.update({code: name or rules.get(code, "") for code, name in named.items()})
    driver = {
        "name": "gongkai-lint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, rules[code], settings) for code in sorted(rules)],
    }
    base = {"description": {"text": words(settings.lang)["here"]}}
    yield '{"$schema": ' + dump(SCHEMA) + ', "version": "2.1.0", "runs": [{\n "tool": '
    yield dump({"driver": driver}) + ",\n"
    yield ' "language": ' + dump("en" if settings.lang == "en" else "zh-CN") + ",\n"
    yield ' "columnKind": "unicodeCodePoints",\n'
    yield ' "originalUriBaseIds": ' + dump({_ROOT: base}) + ",\n"
    yield ' "invocations": ' + dump([_invocation(read, settings)]) + ",\n"
    yield ' "artifacts": ' + array(dump(_artifact(entry)) for entry in read) + ",\n"
    yield ' "results": [\n  '
    between = ""
    for entry in read:
        for line in entry.body.split("\n")[1:]:
            yield between + line
            between = ",\n  "
    yield "]}]}\n"


def _results(report: Report, judgement: Judgement, settings: Settings) -> Iterator[Object]:
    state = {"baselineState": "new"} if judgement.baselined else {}
    for finding in ranked(judgement.findings):
        yield {**_failed(finding, report, settings.lang), **state, "suppressions": []}
    for finding in ranked(judgement.known):
        known = {"baselineState": "unchanged", "suppressions": []}
        yield {**_failed(finding, report, settings.lang), **known}
    for item in judgement.suppressed:
        yield {**_failed(item.finding, report, settings.lang), "suppressions": [_suppression(item)]}
    for open_item in judgement.open:
        yield _undecided(open_item, report, settings.lang)
    yield from _held(report, judgement, settings)


def _failed(finding: Finding, report: Report, lang: str) -> Object:
    told = finding_object(finding)
    kept = ("name", "clause", "hint", "location", "evidence", "causes", "related")
    return {
        "ruleId": finding.code,
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(finding.place, report, lang)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {key: told[key] for key in kept},
    }


def _suppression(item: Suppressed) -> Object:
    where = {"properties": {"where": item.where}} if item.where else {}
    return {"kind": _KINDS[item.kind], "justification": item.reason, **where}


def _undecided(item: OpenItem, report: Report, lang: str) -> Object:
    return {
        "ruleId": item.code,
        "kind": "open",
        "level": "none",
        "message": {"text": item.reason},
        "locations": [_location(item.place, report, lang)],
        "suppressions": [],
        "properties": {"name": item.name},
    }


def _held(report: Report, judgement: Judgement, settings: Settings) -> Iterator[Object]:
    """A result for each rule that only passes, and for each that does not apply."""
    said: dict[str, set[Outcome]] = {}
    for code, outcome in judgement.outcomes:
        said.setdefault(code, set()).add(outcome)
    word = words(settings.lang)
    for code in sorted(said):
        if said[code] <= {Outcome.PASS, Outcome.NOT_APPLICABLE}:
            passes = Outcome.PASS in said[code]
            told = word["rule_passed" if passes else "rule_not_applicable"]
            yield {
                "ruleId": code,
                "kind": "pass" if passes else "notApplicable",
                "level": "none",
                "message": {"text": f"{titled(code, '', settings)}{word['colon']}{told}"},
                "locations": [{"physicalLocation": {"artifactLocation": _address(report.path)}}],
                "suppressions": [],
            }


def _location(place: Place, report: Report, lang: str) -> Object:
    """Where `place` is: a region where the file has lines, and always the place in the report."""
    position = place.location
    physical: Object = {"artifactLocation": _address(report.path)}
    if position.line is not None:
        column = {} if position.column is None else {"startColumn": position.column}
        physical["region"] = {"startLine": position.line, **column}
    location: Object = {"physicalLocation": physical}
    logical = _logical(place, report, lang)
    if logical:
        location["logicalLocations"] = [logical]
    if words_of := position_words(position, lang):
        location["message"] = {"text": words_of}
    known = {key: value for key, value in position._asdict().items() if value is not None}
    if known.keys() - {"line", "column"}:
        location["properties"] = known
    return location


def _logical(place: Place, report: Report, lang: str) -> Object:
    """The place by its keys, `applications/new/total`, and in the words of the form."""
    keys = [place.table or place.section, place.row, place.column]
    shown = place_words(place, report, lang)
    if not keys[0]:
        return {}
    kind = "cell" if place.column else "row" if place.row else "table" if place.table else "section"
    return {
        "name": shown,
        "fullyQualifiedName": "/".join(key for key in keys if key),
        "kind": kind,
        "properties": {
            "section": place.section or place.table,
            "table": place.table,
            "row": place.row,
            "column": place.column,
        },
    }


def _address(path: str) -> Object:
    """The file; one outside the folder of the run has an address of its own."""
    address = uri(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": _ROOT}


def _artifact(entry: Entry) -> Object:
    known = {"title": entry.title, "issuer": entry.issuer, "year": entry.year}
    return {
        "location": _address(entry.path),
        "roles": ["analysisTarget"],
        "properties": {key: value for key, value in known.items() if value is not None},
    }


def _invocation(entries: Sequence[Entry], settings: Settings) -> Object:
    """How the run went; what could not be read, and rules that broke, are notifications."""
    code = exit_code_of(entries, settings)
    return {
        "executionSuccessful": code in (CLEAN, FINDINGS),
        "exitCode": code,
        "toolExecutionNotifications": [
            notification for entry in entries for notification in _notifications(entry)
        ],
    }


def _notifications(entry: Entry) -> Iterator[Object]:
    where = {"locations": [{"physicalLocation": {"artifactLocation": _address(entry.path)}}]}
    if entry.reason:
        text = f"{from_here(entry.path)}: {entry.reason}"
        yield {
            "descriptor": {"id": "unreadable"},
            "level": "error",
            "message": {"text": text},
            **where,
        }
    for error in entry.errors:
        yield {
            "descriptor": {"id": "rule-error"},
            "associatedRule": {"id": error.code},
            "level": "error",
            "message": {"text": error.reason},
            **where,
        }


def _rule(code: str, name: str, settings: Settings) -> Object:
    """What the log says of a rule; its name alone where the profile of the run does not know it."""
    rule = rules_by_code(settings.profile).get(code)
    if rule is None:
        return {"id": code, "name": name or code}
    lang = settings.lang
    texts = texts_by_code(settings.profile)[code]
    word = words(lang)
    hint, clause = rule.hint.of(lang), rule.clause.of(lang)
    wrong, right = f"{word['wrong']}{word['colon']}", f"{word['right']}{word['colon']}"
    help_lines = [
        f"{word['hint']}{word['colon']}{hint}",
        f"{word['clause']}{word['colon']}{clause}",
        wrong + texts.wrong,
        right + texts.right,
    ]
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": texts.title.of(lang)},
        "fullDescription": {"text": texts.explanation.of(lang)},
        "help": {"text": "\n".join(help_lines)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "clause": clause,
            "group": rule.group,
            "level": rule.level,
            "basis": rule.basis,
            "mandatory": rule.mandatory,
            "tags": [rule.group],
        },
    }
