"""What was read of a report, held against the truth."""

from __future__ import annotations

from dataclasses import dataclass, field

from examples.generator.truth import CellKey, CellTruth, Truth
from linter.report.model import Report, State, TableCell
from linter.report.norm import TABLE_KEYS


@dataclass(frozen=True, slots=True)
class Problem:
    """A difference: the document, the kind by which like ones are told together, the detail."""

    document: str
    kind: str
    detail: str = ""


@dataclass(slots=True)
class Score:
    """Counts over one or more documents.

    `numbers` are the figures of the truth: each is `right`, or `lost` (said to be so), or
    `missed` (given another state); `wrong` counts figures presented that are not those of the
    truth at that place, `states` cells of the truth, numbers included, with right state and value.
    """

    documents: int = 0
    strict: int = 0
    front: int = 0
    cells: int = 0
    states: int = 0
    numbers: int = 0
    right: int = 0
    wrong: int = 0
    lost: int = 0
    missed: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Adds the counts of `other`."""
        for name in (
            "documents",
            "strict",
            "front",
            "cells",
            "states",
            "numbers",
            "right",
            "wrong",
            "lost",
            "missed",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.problems += other.problems


def compare(truth: Truth, report: Report, name: str) -> Score:
    """One document's score; `problems` tell each difference in a line."""
    score = Score(documents=1)
    for key in TABLE_KEYS:
        table = truth.tables.get(key)
        expected = table.cells if table else {}
        read = report.tables[key].cells if key in report.tables else {}
        for place in sorted({*expected, *read}, key=str):
            _cell(score, f"{name}: {key}", place, expected.get(place), read.get(place))
    score.strict = int(score.states == score.cells and not score.wrong)
    faults = front_faults(truth, report)
    score.front = int(not faults)
    score.problems += [Problem(name, fault) for fault in faults]
    return score


def _cell(
    score: Score, name: str, place: CellKey, expected: CellTruth | None, read: TableCell | None
) -> None:
    state = read.state if read else State.ABSENT
    value = read.value if read else None
    if expected is None:
        if state is State.NUMBER:
            score.wrong += 1
            score.problems.append(Problem(name, "a figure read where no cell is", f"{place}: {value}"))
        return
    score.cells += 1
    same = state is expected.state and (state is not State.NUMBER or value == expected.value)
    score.states += same
    if expected.state is State.NUMBER:
        score.numbers += 1
        score.right += same
        score.lost += state is State.LOST
        score.missed += state not in {State.LOST, State.NUMBER}
    score.wrong += state is State.NUMBER and not same
    if not same:
        reason = f" ({read.reason})" if read and read.reason else ""
        detail = f"{place}: {expected.text!r} read as {read.text if read else None!r}{reason}"
        score.problems.append(Problem(name, f"{expected.state} read as {state}", detail))


def front_faults(truth: Truth, report: Report) -> list[str]:
    """What of year, edition, issuer, kind, period and contact was read otherwise than written."""
    period = (report.period.start, report.period.end) if report.period else None
    pairs: list[tuple[str, object, object]] = [
        ("year", truth.year, report.year),
        ("edition", truth.edition, report.edition),
        ("issuer", truth.issuer, report.issuer),
        ("issuer kind", truth.organ.kind, report.issuer_kind),
        ("period", truth.period, period),
    ]
    for item in ("address", "postcode", "phone", "fax", "email"):
        statement = getattr(report.contact, item)
        written = getattr(truth.contact, item) if truth.contact else None
        pairs.append((item, written, statement.value if statement else None))
    return [f"{name}: {written}, read {read}" for name, written, read in pairs if written != read]
