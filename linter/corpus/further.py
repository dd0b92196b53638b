"""What rules of several reports add to a filing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from linter.checks.outcome import Judgement, Outcome
from linter.corpus.model import Filing
from linter.render.check_json import findings_and_open

_Counts = Mapping[str, Mapping[str, int]]


class Further(NamedTuple):
    """Findings and undecided items as JSON, and the verdicts counted by rule and outcome."""

    findings: tuple[Mapping[str, Any], ...] = ()
    open: tuple[Mapping[str, Any], ...] = ()
    outcomes: Mapping[str, Mapping[str, int]] = {}


def further_of(judgement: Judgement) -> Further:
    """What the judgement says, as a filing keeps it."""
    said = findings_and_open(judgement)
    outcomes: dict[str, dict[str, int]] = {}
    for (code, outcome), count in sorted(judgement.outcomes.items()):
        outcomes.setdefault(code, {})[outcome.value] = count
    return Further(tuple(said["findings"]), tuple(said["open"]), outcomes)


def with_further(filing: Filing, further: Further) -> Filing:
    """The filing with that as well; what it says already is not said twice."""
    known = {finding["fingerprint"] for finding in filing.findings}
    new = (finding for finding in further.findings if finding["fingerprint"] not in known)
    return filing._replace(
        findings=(*filing.findings, *new),
        open=(*filing.open, *further.open),
        outcomes=_summed(filing.outcomes, further.outcomes),
    )


def _summed(own: _Counts, more: _Counts) -> _Counts:
    """The counts of both; a rule that applies to one of them no longer counts as not applicable."""
    summed = dict(own)
    for code, counts in more.items():
        both = Counter(summed.get(code, {})) + Counter(counts)
        if len(both) > 1:
            del both[Outcome.NOT_APPLICABLE.value]
        elif both[Outcome.NOT_APPLICABLE.value]:
            both[Outcome.NOT_APPLICABLE.value] = 1
        summed[code] = dict(sorted(both.items()))
    return dict(sorted(summed.items()))
