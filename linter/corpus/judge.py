"""Judge a corpus by the rules of several reports: the findings of each unit and year, worded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from linter.checks.engine import arguments_in, fingerprinted, worded
from linter.checks.kinds import CORPUS_KINDS
from linter.checks.outcome import Finding, Judgement, OpenItem, Outcome, Related, RuleError
from linter.checks.rulebook import Rule
from linter.corpus.kind import Said
from linter.corpus.model import Corpus, Filing
from linter.corpus.nearness import MissingLibrary
from linter.render.check_json import findings_and_open
from linter.report.read import edition_of_year


class CorpusJudgement(NamedTuple):
    """What is said of each unit, by its name, and year; and the rules that broke."""

    of: Mapping[tuple[str, int], Judgement]
    errors: tuple[RuleError, ...] = ()


def judge_corpus(corpus: Corpus, rules: Sequence[Rule], lang: str = "zh") -> CorpusJudgement:
    """All that those of `rules` that are of several reports say of the corpus, in `lang`.

    A check that raises becomes a RuleError. Raises MissingLibrary where that of an extra is needed.
    """
    judged: dict[tuple[str, int], list[tuple[Rule, Said]]] = {}
    errors: list[RuleError] = []
    editions = {
        (filing.unit.name, filing.year): filing.record.edition for filing in corpus.filings if filing.record
    }
    kinds = {unit.name: unit.kind for unit in corpus.roster.units}
    for rule in rules:
        if rule.kind not in CORPUS_KINDS:
            continue
        try:
            for said in CORPUS_KINDS[rule.kind].check(rule.parameters, corpus):
                key = (said.unit, said.year)
                edition = editions.get(key) or edition_of_year(said.year)
                fitting = edition in rule.editions
                if fitting and kinds.get(said.unit) in rule.issuer_kinds:
                    judged.setdefault(key, []).append((rule, said))
        except MissingLibrary:
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            zh = f"规则本身出错：{reason}"
            errors.append(RuleError(rule.code, rule.name, reason if lang == "en" else zh))
    return CorpusJudgement(
        {key: _judgement(key, said, lang) for key, said in sorted(judged.items())}, tuple(errors)
    )


def with_findings(corpus: Corpus, judged: CorpusJudgement) -> Corpus:
    """The corpus whose filings have what is said of them among the rest."""
    filings = []
    for filing in corpus.filings:
        said = judged.of.get((filing.unit.name, filing.year))
        filings.append(_told(filing, said) if said else filing)
    return corpus._replace(filings=tuple(filings))


def _told(filing: Filing, said: Judgement) -> Filing:
    objects = findings_and_open(said)
    outcomes = {code: dict(counts) for code, counts in filing.outcomes.items()}
    for (code, outcome), count in said.outcomes.items():
        # That the rule does not apply to a single report is no outcome in a corpus.
        of_rule = outcomes.setdefault(code, {})
        of_rule.pop(Outcome.NOT_APPLICABLE.value, None)
        of_rule[outcome.value] = count
    return filing._replace(
        findings=(*filing.findings, *objects["findings"]),
        open=(*filing.open, *objects["open"]),
        outcomes=outcomes,
    )


def _judgement(key: tuple[str, int], judged: Iterable[tuple[Rule, Said]], lang: str) -> Judgement:
    findings: list[Finding] = []
    undecided: list[OpenItem] = []
    counts: Counter[tuple[str, Outcome]] = Counter()
    for rule, said in sorted(judged, key=lambda one: one[0].code):
        verdict = said.verdict
        counts[rule.code, verdict.outcome] += 1
        if verdict.outcome is Outcome.FAIL:
            findings.append(_finding(rule, said, lang))
        elif verdict.outcome is Outcome.OPEN:
            reason = verdict.reason_en if lang == "en" else verdict.reason
            if all((item.code, item.reason) != (rule.code, reason) for item in undecided):
                undecided.append(OpenItem(rule.code, rule.name, reason, verdict.place))
    unit, year = key
    return Judgement(fingerprinted(unit, year, findings), tuple(undecided), outcomes=dict(counts))


def _finding(rule: Rule, said: Said, lang: str) -> Finding:
    verdict = said.verdict
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=worded(rule, verdict, lang),
        clause=rule.clause.of(lang),
        hint=rule.hint.of(lang),
        fingerprint="",
        place=verdict.place,
        evidence=verdict.evidence,
        related=tuple(
            Related(
                rule.code,
                rule.name,
                beside.message_en if lang == "en" else beside.message,
                beside.place,
                beside.evidence,
            )
            for beside in said.beside
        ),
        arguments=arguments_in(verdict.arguments, lang) | {"item": verdict.item},
    )
